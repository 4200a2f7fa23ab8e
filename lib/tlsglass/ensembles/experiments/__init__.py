"""The numerical experiments behind the figures. A new one is an entry in a module here, whose entries are joined below.

Each has a title, ensembles, observables, times and a number of realisations.
"""

from tlsglass._checks import one_of
from tlsglass._signatures import checked
from tlsglass.ensembles.experiments import entropy, isolated, open_system, tail
from tlsglass.ensembles.experiments.experiment import Experiment

EXPERIMENTS: dict[str, Experiment] = {
    **isolated.EXPERIMENTS,
    **open_system.EXPERIMENTS,
    **entropy.EXPERIMENTS,
    **tail.EXPERIMENTS,
}


@checked
def experiment(figure: str) -> Experiment:
    """Return the experiment of a figure by name, such as "fig04".

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    return EXPERIMENTS[one_of("figure", figure, EXPERIMENTS)]
