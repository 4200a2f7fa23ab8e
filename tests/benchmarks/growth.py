"""What one realisation costs as N grows, all pairs, 91 times; a sample of the pairs at N = 10 000; two threads."""

import time as clock

import numba
import numpy as np
from timing import HISTORY, REGIMES, milliseconds, seconds

from tlsglass.disorder.couplings import dissipation_rates
from tlsglass.ensembles import CONCURRENCE, Ensemble
from tlsglass.ensembles.averages import observed
from tlsglass.glass.materials import SIMULATION
from tlsglass.kernels.neighbours import NEAR
from tlsglass.kernels.realisation import pairs_of_blocks, workspace
from tlsglass.kernels.rows import empty_rows, fill_rows, fill_sites
from tlsglass.kernels.tiles import TILE, times_in_tiles

FIT_FROM = 125


def memory(n, isolated):
    """Megabytes that one thread works in, couplings included."""
    tables = [array for part in workspace(n, isolated) for array in part]
    return 1e-6 * (sum(array.nbytes for array in tables) + 8 * n * n)


def growth(sizes):
    """Times and memory, and the exponents of both between the sizes from N = 125 on."""
    rows, fitted = [], {}
    for n in sizes:
        row = {"N": n}
        for regime in ("isolated", "open"):
            row[f"{regime} ms"] = milliseconds(n, regime, max(1, 256 // n), repeat=n < 200)
            row[f"{regime} MB"] = memory(n, regime == "isolated")
        rows.append(row)
    large = [row for row in rows if row["N"] >= min(FIT_FROM, sizes[-2])]
    for key in rows[0]:
        if key != "N":
            logs = np.log([[row["N"], row[key]] for row in large])
            fitted[key.replace(" ms", " time").replace(" MB", " memory")] = float(np.polyfit(*logs.T, 1)[0])
    return rows, fitted


def large_system(n, sample, rng):
    """Couplings of a few of `n` sites to all others, and the numbers of all sites, with the paper's disorder."""
    asymmetry, side = rng.random(n), n ** (1 / 3)
    tunnelling = 0.1 * 10.0 ** (2 * (rng.random(n) - 0.5))
    splitting = 2 * np.hypot(asymmetry, tunnelling)
    positions = side * rng.random((n, 3))
    separation = positions[:sample, None] - positions[None]
    separation -= side * np.rint(separation / side)
    distance = np.sqrt((separation**2).sum(axis=-1))
    distance[np.arange(sample), np.arange(sample)] = np.inf
    tilt, contraction = asymmetry / splitting, rng.normal(size=(sample, n))
    upper = np.triu(contraction[:, :sample], 1)
    contraction[:, :sample] = upper + upper.T
    unit = 1e5 * SIMULATION.interaction_energy / SIMULATION.W
    J = unit * tilt[:sample, None] * tilt * contraction / distance**3
    G = 4 * REGIMES["open"][0] * dissipation_rates(tunnelling, splitting, rng.normal(size=n) ** 2)
    return J, G, rng.uniform(-1, 1, n)


def hours_of_one_realisation(n, sample):
    """Hours that one realisation of `n` sites takes on one core, from all pairs among a few of its sites."""
    few, G, m = large_system(n, sample, np.random.default_rng(0))
    J = np.zeros((n, n))  # the kernel asks for all rows; only those of the sample are ever touched
    J[:sample] = few
    _hours(J, None, m, sample), _hours(J, G, m, sample)  # compiled
    best = {"isolated": np.inf, "open": np.inf}
    for _ in range(5):
        best["isolated"] = min(best["isolated"], _hours(J, None, m, sample))
        best["open"] = min(best["open"], _hours(J, G, m, sample))
    return best


def _hours(J, G, m, sample):
    n, space = len(J), workspace(len(J), G is None)
    rows = empty_rows(sample, n, G is not None)
    space.pair.near[:sample] = np.argsort(-abs(J[:sample]), axis=1)[:, : min(NEAR, n - 1)]
    out, tables, pairs = np.zeros(HISTORY.size), 0.0, 0.0
    for tile, t in enumerate(times_in_tiles(HISTORY)):
        first, latest = tile * TILE, t.max()
        count = min(TILE, HISTORY.size - first)
        fill_sites(space.sites, G, None, m, t)
        begin = clock.process_time()
        fill_rows(rows, space.sites, J, G, None, m, t, latest, 0, sample)
        between = clock.process_time()
        pairs_of_blocks(
            space.pair, space.queue, space.sites, rows, 0, rows, 0, J, G, None, m, t, latest, first, count, out
        )
        tables, pairs = tables + between - begin, pairs + clock.process_time() - between
    block = space.rows.cosine.shape[0]
    blocks = -(-n // block)
    rows_filled = block * blocks * (blocks + 1) / 2  # each block beside all that come after it
    return (tables / sample * rows_filled + pairs * (n * (n - 1)) / (sample * (sample - 1))) / 3600


def threads(n, count):
    """Time on one thread over time on two, by the clock on the wall; None where there is one core."""
    if numba.config.NUMBA_NUM_THREADS < 2:
        return {"N": n, "ratio": None}
    rows, best = {}, {1: np.inf, 2: np.inf}

    def compute():
        rows[threads] = observed(Ensemble(n, seed=1), CONCURRENCE, HISTORY, 0, count)

    before = numba.config.NUMBA_NUM_THREADS
    for threads in [1, 2] * 3:  # in turn, while the machine's speed drifts
        numba.config.NUMBA_NUM_THREADS = threads
        best[threads] = min(best[threads], seconds(compute, now=clock.perf_counter))
    numba.config.NUMBA_NUM_THREADS = before
    np.testing.assert_array_equal(rows[1], rows[2])
    return {"N": n, "ratio": best[1] / best[2]}
