"""Average concurrence, Eq. (28), of many realisations: the loop in which the time of the whole book is spent.

It runs in the thread that calls, and the compiled code holds no lock: any number of threads may call it at once.
"""

import numpy as np

from tlsglass.kernels.realisation import one_realisation, workspace
from tlsglass.kernels.tiles import times_in_tiles


def average_concurrences(J, G, f, m, times, out):
    """Average concurrence of each realisation; each writes its own row of `out` alone.

    Parameters
    ----------
    J : array, shape (R, N, N)
    G, f, m : arrays, shape (R, N)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    times : array, shape (T,)
    out : array, shape (R, T)
        Overwritten. A realisation with a nan among its numbers is nan at all times; `f` does not count where no `G` is
        above 0.
    """
    f = f if np.any(f) else None
    G = G if np.any(G) else None
    if G is None:
        f = None  # nobody jumps
    tiles, space = times_in_tiles(times), workspace(J.shape[-1], G is None)
    for r in range(len(J)):
        one_realisation(space, J[r], None if G is None else G[r], None if f is None else f[r], m[r], tiles, out[r])
