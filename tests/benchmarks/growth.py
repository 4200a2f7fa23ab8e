"""What one realisation costs as N grows, all pairs, 91 times; and a sample of the pairs at N = 10 000."""

import time as clock

import numba
import numpy as np
from timing import HISTORY, REGIMES, averages, milliseconds, seconds, systems

from tlsglass.disorder.couplings import dissipation_rates
from tlsglass.glass.materials import SIMULATION
from tlsglass.kernels.neighbours import find_nearest
from tlsglass.kernels.realisation import TILE, pairs_of_blocks, workspace
from tlsglass.kernels.rows import fill_rows, fill_sites
from tlsglass.kernels.tiles import times_in_tiles

SIZES = (8, 16, 32, 64, 125, 250, 500, 1000)
LARGE, SAMPLE = 10_000, 40


def memory(n, isolated):
    """Megabytes that one thread works in, couplings included."""
    tables = [array for part in workspace(n, isolated) for array in part]
    return 1e-6 * (sum(array.nbytes for array in tables) + 8 * n * n)


def growth():
    """Times, memory, and the exponents between N = 125 and 1000."""
    rows = []
    for n in SIZES:
        row = {"N": n}
        for regime in ("isolated", "open"):
            row[f"{regime} ms"] = milliseconds(n, regime, max(1, 256 // n), at_least=0.5 if n < 200 else 0.0)
            row[f"{regime} MB"] = memory(n, regime == "isolated")
        rows.append(row)
    fitted = {}
    for regime in ("isolated", "open"):
        large = [(row["N"], row[f"{regime} ms"]) for row in rows if row["N"] >= 125]
        fitted[regime] = float(np.polyfit(*np.log(np.array(large)).T, 1)[0])
    return rows, fitted


def large_system(rng):
    """Couplings of a few of 10 000 sites to all others, and the numbers of all sites, with the paper's disorder."""
    asymmetry, side = rng.random(LARGE), LARGE ** (1 / 3)
    tunnelling = 0.1 * 10.0 ** (2 * (rng.random(LARGE) - 0.5))
    splitting = 2 * np.hypot(asymmetry, tunnelling)
    positions = side * rng.random((LARGE, 3))
    separation = positions[:SAMPLE, None] - positions[None]
    separation -= side * np.rint(separation / side)
    distance = np.sqrt((separation**2).sum(axis=-1))
    distance[np.arange(SAMPLE), np.arange(SAMPLE)] = np.inf
    tilt, contraction = asymmetry / splitting, rng.normal(size=(SAMPLE, LARGE))
    upper = np.triu(contraction[:, :SAMPLE], 1)
    contraction[:, :SAMPLE] = upper + upper.T
    unit = 1e5 * SIMULATION.interaction_energy / SIMULATION.W
    J = unit * tilt[:SAMPLE, None] * tilt * contraction / distance**3
    G = 4 * REGIMES["open"][0] * dissipation_rates(tunnelling, splitting, rng.normal(size=LARGE) ** 2)
    return J, G, rng.uniform(-1, 1, LARGE)


def one_row_of_many():
    """Hours that one realisation of 10 000 sites takes on one core, from all pairs among 40 sites of it."""
    J, G, m = large_system(np.random.default_rng(0))
    padded = np.zeros((LARGE, LARGE))  # only the rows of the sample are ever touched
    padded[:SAMPLE] = J
    hours = {}
    for regime, rates in (("isolated", None), ("open", G)):
        space = workspace(LARGE, rates is None)
        block, out, took = space.rows.cosine.shape[0], np.zeros(HISTORY.size), np.zeros(2)
        find_nearest(padded, space.pair.near[:SAMPLE])
        compiled = False
        for tile, t in enumerate(times_in_tiles(HISTORY)):
            count = min(TILE, HISTORY.size - tile * TILE)
            fill_sites(space.sites, rates, None, m, t)
            for part in (0, 1) if compiled else (0, 1, 0, 1):
                begin = clock.perf_counter()
                if part == 0:
                    fill_rows(space.rows, space.sites, padded, rates, None, m, t, t.max(), 0, min(block, SAMPLE))
                else:
                    some = space.rows._replace(cosine=space.rows.cosine[:SAMPLE])
                    pairs_of_blocks(
                        space.pair, space.queue, space.sites, some, 0, some, 0, padded, rates, None, m, t, t.max(),
                        tile * TILE, count, out,
                    )  # fmt: skip
                took[part] += clock.perf_counter() - begin if compiled or part == 1 else 0.0
            compiled = True
        rows, pairs = min(block, SAMPLE), SAMPLE * (SAMPLE - 1) / 2
        blocks = LARGE / block
        total = took[0] / rows * block * blocks * (blocks + 1) / 2 + took[1] / pairs * LARGE * (LARGE - 1) / 2
        hours[regime] = total / 3600
    return hours


def threads():
    """Time on one thread over time on two, 16 realisations of N = 60."""
    if numba.config.NUMBA_NUM_THREADS < 2:
        return None
    numbers = systems(60, "isolated", 16)
    np.testing.assert_array_equal(averages(numbers, threads=1), averages(numbers, threads=2))
    return seconds(lambda: averages(numbers, threads=1), 2.0) / seconds(lambda: averages(numbers, threads=2), 2.0)
