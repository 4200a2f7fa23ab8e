"""How long a call takes, and systems to time."""

import time as clock

import numpy as np

from tlsglass.ensembles import Ensemble
from tlsglass.kernels.average import average_concurrences

HISTORY = np.logspace(-3, 6, 91)  # the times of Fig. 4
REGIMES = {"isolated": (0.0, 0.0), "open": (1.0, 0.0), "warm": (1.0, 0.1)}  # dissipation scale, temperature


def seconds(function, at_least=0.5):
    """Best time of one call, repeated for at least this long after a first one, which may compile; 0: one call only."""
    if at_least > 0:
        function()
    best, start = np.inf, clock.perf_counter()
    while best == np.inf or clock.perf_counter() - start < at_least:
        begin = clock.perf_counter()
        function()
        best = min(best, clock.perf_counter() - begin)
    return best


def systems(n, regime, count):
    """Bare arrays `J, G, f, m` of the first realisations of the paper's disorder."""
    scale, temperature = REGIMES[regime]
    ensemble = Ensemble(n, dissipation_scale=scale, temperature=temperature, seed=1)
    drawn = [ensemble.realisation(k) for k in range(count)]
    J, Y, f, m = (np.array([getattr(s, name) for s in drawn]) for name in ("J", "Y", "occupation", "polarisation"))
    return J, 4.0 * Y, f, m


def averages(numbers, time=HISTORY, threads=1):
    """Average concurrence of each system, shape (R, T)."""
    out = np.empty((len(numbers[0]), time.size))
    average_concurrences(*numbers, time, out, threads=threads)
    return out


def milliseconds(n, regime, count, at_least=0.5):
    """Milliseconds that one realisation takes on one thread, over the history of 91 times."""
    numbers = systems(n, regime, count)
    return 1e3 * seconds(lambda: averages(numbers), at_least) / count
