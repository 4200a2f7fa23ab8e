"""Probes: a few numbers of every committed average that are quickly computed again, and how well they are known.

A probe is the mean of the first 20 realisations, or of fewer that take long, at a few times. Its tolerance is what
rounding can do to it: the couplings of each realisation are changed in their last bits, and the changes of its row
are added up. Early in time that is nothing; late, where the phases `J t` have turned many times, it is all that
another processor may do.
"""

from dataclasses import replace

import numpy as np

from tlsglass.ensembles.averages import observed
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.observables import Observable

N_TIMES = 8
LAST_BITS = (
    4  # units in the last place by which a coupling may differ between machines: it has about that many roundings
)
# Each row depends on hundreds of phases, and one draw of their errors is not the largest.
SAFETY = 10.0
# The concurrence of a nearly pure state comes with the square root of the rounding of its elements: 1e-8 at worst.
FLOOR = 1e-8


def probe_times(time: np.ndarray) -> np.ndarray:
    """Return the indices of the times at which a probe is kept: up to 8, evenly, with the first and the last."""
    return np.unique(np.linspace(0, len(time) - 1, N_TIMES).astype(int))


def probe(
    ensemble: Ensemble, observable: Observable, time: np.ndarray, n_realisations: int, over_time: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Compute a probe and its tolerance now.

    Parameters
    ----------
    ensemble : Ensemble
    observable : Observable
    time : array, shape (T,)
    n_realisations : int
    over_time : bool
        Whether each realisation is averaged over its times.

    Returns
    -------
    mean, tolerance : arrays, shape (up to 8,), or (1,) with `over_time`
    """
    chosen = time if over_time else time[probe_times(time)]
    rows, moved = observed(ensemble, observable, chosen, 0, n_realisations), []
    for k in range(n_realisations):
        tls = ensemble.realisation(k)
        signs = np.random.default_rng(k).choice([-1.0, 1.0], tls.J.shape)
        if tls.J.ndim == 2:  # couplings of all pairs, symmetric; a set of weighted pairs has rows of couplings
            signs = np.triu(signs, 1) + np.triu(signs, 1).T
        moved.append(replace(tls, J=tls.J * (1.0 + LAST_BITS * np.finfo(float).eps * signs)))
    changes = np.abs(observable.of(moved, chosen) - rows)
    if over_time:
        rows, changes = rows.mean(axis=1, keepdims=True), changes.mean(axis=1, keepdims=True)
    mean = rows.mean(axis=0)
    plain = tls.J.ndim == 2  # weighted pairs that are nearly pure late in time have next to no weight
    floor = FLOOR * (max(1.0, np.abs(mean).max()) if plain else np.abs(mean))
    return mean, SAFETY * changes.mean(axis=0) + floor
