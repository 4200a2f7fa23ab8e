"""Experiments on isolated systems: Figs. 4, 5 and 6."""

import numpy as np

from tlsglass._signatures import checked
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.experiments.experiment import Experiment
from tlsglass.ensembles.observables import CONCURRENCE

SEED = 214205
# From the first rise to the plateau, in hbar / W, for eta = 1e5.
HISTORY = np.logspace(-3, 6, 91)
# Long after every phase that matters has turned many times: averaged over, they give the plateau.
PLATEAU = np.logspace(7, 9, 16)


@checked
def history(ensemble: Ensemble) -> np.ndarray:
    """Return times from the rise to the plateau: the same numbers in units of the interaction for every `eta`."""
    return HISTORY * (1e5 / ensemble.interaction_scale)


@checked
def plateau_realisations(ensemble: Ensemble) -> int:
    """More realisations for larger systems, in which fewer of them are still entangled."""
    return 20_000 if ensemble.n_tls <= 8 else 50_000 if ensemble.n_tls <= 11 else 200_000


EXPERIMENTS = {
    "fig04": Experiment(
        "Average concurrence of isolated systems of many sizes",
        tuple(Ensemble(n, seed=SEED) for n in (4, 5, 6, 7, 8, 10, 12, 16, 20, 30, 40, 50, 60)),
        (CONCURRENCE,),
        history,
        lambda ensemble: 5000,
    ),
    "fig05": Experiment(
        "Average concurrence for several tunnelling amplitudes, and for the disorder of a glass",
        tuple(Ensemble(50, delta_bar=d, seed=SEED) for d in (0.01, 0.03, 0.1, 0.3, 1.0))
        + (Ensemble(50, delta_bar=1e-5, n_delta=8.0, seed=SEED),),
        (CONCURRENCE,),
        history,
        lambda ensemble: 5000,
    ),
    "fig06a": Experiment(
        "Plateau of the average concurrence against the size: mean over late times, of which the last is given",
        tuple(Ensemble(n, seed=SEED) for n in range(4, 15)),
        (CONCURRENCE,),
        lambda ensemble: PLATEAU,
        plateau_realisations,
        over_time=True,
    ),
    "fig06b": Experiment(
        "Average concurrence for several strengths of the interaction",
        tuple(Ensemble(50, interaction_scale=eta, seed=SEED) for eta in (1e3, 1e4, 1e5, 1e6)),
        (CONCURRENCE,),
        history,
        lambda ensemble: 1000,
    ),
}
