"""Concurrence of one pair in each of many systems, of which only the two rows of couplings of the pair are known."""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.neighbours import find_nearest
from tlsglass.kernels.queue import deal_with
from tlsglass.kernels.realisation import begin_tile, first_stage, later_stages, workspace
from tlsglass.kernels.rows import empty_rows, fill_rows
from tlsglass.kernels.tiles import TILE, times_in_tiles


def pair_concurrences(rows_of_pair, G, f, m, weight, times, out):
    """Write the weighted mean of the concurrence of the sites 0 and 1 over all systems into `out`.

    Parameters
    ----------
    rows_of_pair : array, shape (P, 2, N)
        `J_0j` and `J_1j`.
    G, f : arrays, shape (P, N), or None
        `4 Y_j` and thermal occupation; None without dissipation, and at T = 0.
    m : array, shape (P, N)
        Initial `<S^z_j>`.
    weight : array, shape (P,)
    times : array, shape (T,)
    out : array, shape (T,)
    """
    N = m.shape[1]
    space = workspace(N, G is None)._replace(rows=empty_rows(2, N, G is not None))
    tiles = times_in_tiles(times)
    out[:] = 0.0
    for p in range(len(m)):
        J = np.zeros((N, N))  # couplings among the spectators do not matter
        J[0], J[1] = rows_of_pair[p]
        one = np.zeros(times.size)
        one_pair(space, J, None if G is None else G[p], None if f is None else f[p], m[p], tiles, one)
        out += weight[p] * one
    out /= len(m)


@kernel(bare=True)
def one_pair(space, J, G, f, m, tiles, out):
    """Add the concurrence of the sites 0 and 1 of one system to `out`, shape (T,)."""
    find_nearest(J, space.pair.near)
    for tile in range(tiles.shape[0]):
        t, first, count, latest = begin_tile(tiles, tile, space.sites, G, f, m, out.size)
        fill_rows(space.rows, space.sites, J, G, f, m, t, latest, 0, 2)
        rows = space.rows
        if first_stage(space.pair, space.sites, rows, 0, 0, rows, 1, 1, J, G, f, m, t, latest) < TILE:
            later_stages(
                space.pair, space.queue, space.sites, rows, 0, 0, rows, 1, 1, J, G, f, m, t, latest, first, count
            )
            while space.queue.waiting[0] > 0:
                deal_with(space.queue, out)
