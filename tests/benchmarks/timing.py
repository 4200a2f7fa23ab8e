"""How long a call takes, and systems to time.

Seconds are those of the processor that this process used, so that what else the machine does disturbs little; only
the line about threads is by the clock on the wall.
"""

import time as clock

import numpy as np

from tlsglass.ensembles import Ensemble
from tlsglass.kernels.average import average_concurrences

HISTORY = np.logspace(-3, 6, 91)  # the times of Fig. 4
REGIMES = {"isolated": (0.0, 0.0), "open": (1.0, 0.0), "warm": (1.0, 0.1)}  # dissipation scale, temperature
REPEAT = 0.5  # seconds for which a short call is repeated


def seconds(function, repeat=True, now=clock.process_time):
    """Best time of one call, repeated for a while after a first one, which may compile; or of a single call."""
    if repeat:
        function()
    best, start = np.inf, clock.perf_counter()
    while best == np.inf or (repeat and clock.perf_counter() - start < REPEAT):
        begin = now()
        function()
        best = min(best, now() - begin)
    return best


def systems(n, regime, count):
    """Bare arrays `J, G, f, m` of the first realisations of the paper's disorder."""
    scale, temperature = REGIMES[regime]
    ensemble = Ensemble(n, dissipation_scale=scale, temperature=temperature, seed=1)
    drawn = [ensemble.realisation(k) for k in range(count)]
    J, Y, f, m = (np.array([getattr(s, name) for s in drawn]) for name in ("J", "Y", "occupation", "polarisation"))
    return J, 4.0 * Y, f, m


def averages(numbers, time=HISTORY):
    """Average concurrence of each system, shape (R, T)."""
    out = np.empty((len(numbers[0]), time.size))
    average_concurrences(*numbers, time, out)
    return out


def milliseconds(n, regime, count, repeat=True):
    """Milliseconds that one realisation takes on one thread, over the history of 91 times."""
    numbers = systems(n, regime, count)
    return 1e3 * seconds(lambda: averages(numbers), repeat) / count
