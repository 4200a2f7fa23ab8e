"""Random states (Appendix C): how they are drawn, their average concurrence by sampling, and its exact law."""

from tlsglass.random_states.averages import SmallSampleWarning, StateAverage, average_of_pairs, average_of_states

__all__ = ["SmallSampleWarning", "StateAverage", "average_of_pairs", "average_of_states"]
