"""Experiments with dissipation, Figs. 8, 9 and 10, and with temperature, which the paper does not have."""

from tlsglass._signatures import checked
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.experiments.experiment import Experiment
from tlsglass.ensembles.experiments.isolated import SEED, history
from tlsglass.ensembles.observables import CONCURRENCE

LARGEST = 200  # one curve at this size


@checked
def realisations(ensemble: Ensemble) -> int:
    """5000, as the paper has at most; fewer for the one curve that is far larger."""
    return 5000 if ensemble.n_tls < LARGEST else 100


def _dissipative(sizes, scales, **parameters):
    return tuple(Ensemble(n, dissipation_scale=s, seed=SEED, **parameters) for s in scales for n in sizes)


EXPERIMENTS = {
    "fig08": Experiment(
        "Average concurrence with little dissipation and with much, for several sizes",
        _dissipative((5, 7, 9, 20, 60), (1e-6, 1.0)),
        (CONCURRENCE,),
        history,
        realisations,
    ),
    "fig09": Experiment(
        "Average concurrence with little dissipation and with none, to fit how it leaves the plateau",
        _dissipative((6, 8, 9, 12), (0.0, 1e-6, 1e-4)),
        (CONCURRENCE,),
        history,
        realisations,
    ),
    "fig10": Experiment(
        "Average concurrence with much dissipation, from the paper's sizes to far beyond",
        _dissipative((4, 5, 6, 7, 8, 9, 12, 20, 40, 60, LARGEST), (1.0,)),
        (CONCURRENCE,),
        history,
        realisations,
    ),
    "temperature": Experiment(
        "Average concurrence with dissipation at several temperatures",
        tuple(Ensemble(9, dissipation_scale=1.0, temperature=T, seed=SEED) for T in (0.0, 0.01, 0.1, 1.0)),
        (CONCURRENCE,),
        history,
        realisations,
    ),
}
