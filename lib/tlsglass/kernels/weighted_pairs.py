"""Concurrence of one pair in each of many systems, of which only the two rows of couplings of the pair are known."""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.neighbours import find_nearest
from tlsglass.kernels.queue import deal_with, empty_queue
from tlsglass.kernels.realisation import empty_scratch, first_stage, later_stages
from tlsglass.kernels.rows import empty_rows, empty_sites, fill_rows, fill_sites
from tlsglass.kernels.tiles import TILE, times_in_tiles


@kernel
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
    P, N = m.shape
    tiles = times_in_tiles(times)
    scratch, queue, sites = empty_scratch(N), empty_queue(), empty_sites(N)
    J, one = np.zeros((N, N)), np.empty(times.size)  # couplings among the spectators do not matter
    out[:] = 0.0
    for p in range(P):
        J[0], J[1] = rows_of_pair[p, 0], rows_of_pair[p, 1]
        find_nearest(J, scratch.near)
        G_p = None if G is None else G[p]
        f_p = None if f is None else f[p]
        rows = empty_rows(2, N, G_p)
        one[:] = 0.0
        for tile in range(tiles.shape[0]):
            t = tiles[tile]
            latest = t.max()
            first = tile * TILE
            count = min(TILE, times.size - first)
            fill_sites(sites, G_p, f_p, m[p], t)
            fill_rows(rows, sites, J, G_p, f_p, m[p], t, latest, 0, 2)
            if first_stage(scratch, sites, rows, 0, 0, rows, 1, 1, J, G_p, f_p, m[p], t, latest) < TILE:
                later_stages(scratch, queue, sites, rows, 0, 0, rows, 1, 1, J, G_p, f_p, m[p], t, latest, first, count)
                while queue.waiting[0] > 0:
                    deal_with(queue, one)
        out += weight[p] * one
    out /= P
