"""Average concurrence, Eq. (28), of many realisations: the loop in which the time of the whole book is spent.

Threads. :func:`average_concurrences` shares the realisations among Python threads of its own, which end before it
returns; the compiled code holds no lock while it runs. So it may be called from any number of threads at once, before
or after a fork, and in spawned processes. Each realisation is computed by one thread and writes its own row, so the
result is the same to the last bit on any number of threads. Where the processes or threads that call it use all cores
already, pass `threads=1` (or set NUMBA_NUM_THREADS=1): it then runs in the thread that calls.
"""

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from tlsglass.kernels.realisation import one_realisation, workspace
from tlsglass.kernels.tiles import times_in_tiles


def average_concurrences(J, G, f, m, times, out, threads=None):
    """Average concurrence of each realisation; each writes its own row of `out` alone.

    Parameters
    ----------
    J : array, shape (R, N, N)
    G, f, m : arrays, shape (R, N)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    times : array, shape (T,)
    out : array, shape (R, T)
        Overwritten. A realisation with a nan among its numbers is nan at all times.
    threads : int, optional
        How many threads share the realisations; default: NUMBA_NUM_THREADS, which is the number of cores if not set.
    """
    f = f if np.any(f) else None
    G = G if np.any(G) else None
    if G is None:
        f = None  # nobody jumps
    tiles = times_in_tiles(times)
    count = len(J)
    threads = min(threads or numba.config.NUMBA_NUM_THREADS, count)

    def part(rows):
        space = workspace(J.shape[-1], G is None)
        for r in rows:
            one_realisation(space, J[r], None if G is None else G[r], None if f is None else f[r], m[r], tiles, out[r])

    if threads <= 1:
        part(range(count))
        return
    share = -(-count // (4 * threads))  # a few pieces a thread: realisations take different times
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, [range(first, min(first + share, count)) for first in range(0, count, share)]))
