"""The paper's estimates for real glasses: Table I, the scales of the master equation, the phase diagram of Fig. 2."""
