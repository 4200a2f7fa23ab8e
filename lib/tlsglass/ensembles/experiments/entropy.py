"""Experiments on half systems: Figs. 7 and 11, negativity, temperature, and the growth of entropy in large systems."""

import numpy as np

from tlsglass._signatures import checked
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.experiments.experiment import Experiment
from tlsglass.ensembles.experiments.isolated import SEED
from tlsglass.ensembles.half_systems import ENTROPY, MUTUAL_INFORMATION, NEGATIVITY, RENYI2

SEEN = np.logspace(-3, 6, 28)  # three times a decade: a half system costs 10^5 times as much as a pair
FEW = 2  # realisations of a probe where each takes seconds
GROWTH = np.logspace(0, 2.5, 8)  # long after the close pairs, before the entropy of the bars feels their length


@checked
def realisations_of_whole_states(ensemble: Ensemble) -> int:
    """Return the number of realisations where the state of the whole system is diagonalised."""
    return 1000 if ensemble.n_tls < 8 else 100


EXPERIMENTS = {
    "fig07": Experiment(
        "Half-system entropy of isolated systems of several sizes, per TLS",
        tuple(Ensemble(n, seed=SEED) for n in (4, 6, 8, 10, 12, 14, 16)),
        (ENTROPY,),
        lambda ensemble: SEEN,
        lambda ensemble: 1000,
        n_probe=lambda ensemble: 20 if ensemble.n_tls < 14 else FEW,
    ),
    "fig11": Experiment(
        "Half-system entropy with little and with much dissipation, per TLS",
        tuple(Ensemble(n, dissipation_scale=s, seed=SEED) for s in (1e-6, 1.0) for n in (4, 6, 8, 10, 12)),
        (ENTROPY,),
        lambda ensemble: SEEN,
        lambda ensemble: 1000,
    ),
    "negativity": Experiment(
        "Logarithmic negativity and Renyi-2 mutual information of the halves, per TLS",
        tuple(Ensemble(n, dissipation_scale=s, seed=SEED) for s in (0.0, 1e-6, 1.0) for n in (4, 6, 8)),
        (NEGATIVITY, MUTUAL_INFORMATION),
        lambda ensemble: SEEN,
        realisations_of_whole_states,
        n_probe=lambda ensemble: 20 if ensemble.n_tls < 8 else FEW,
    ),
    "entropy_temperature": Experiment(
        "Half-system entropy with dissipation at several temperatures, per TLS",
        tuple(Ensemble(8, dissipation_scale=1.0, temperature=T, seed=SEED) for T in (0.0, 0.1, 1.0)),
        (ENTROPY,),
        lambda ensemble: SEEN,
        lambda ensemble: 1000,
    ),
    "growth": Experiment(
        "Second Renyi entropy of half a bar, isolated, per TLS",
        (Ensemble(160, elongation=20.0, seed=SEED), Ensemble(320, elongation=40.0, seed=SEED)),
        (RENYI2,),
        lambda ensemble: GROWTH,
        lambda ensemble: 20,
        n_probe=lambda ensemble: 1,
    ),
}
