"""Concurrence of one pair in each of many systems, of which only the two rows of couplings of the pair are known."""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.neighbours import find_nearest
from tlsglass.kernels.queue import deal_with, push
from tlsglass.kernels.realisation import begin_tile, separable_times, workspace, zero_or_nan
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
        Overwritten; nan if a number of any system is.
    """
    N, isolated = m.shape[1], G is None
    space = workspace(N, isolated)
    space = space._replace(rows=empty_rows(2, N, not isolated), pair=space.pair._replace(near=space.pair.near[:2]))
    weighted_mean(space, rows_of_pair, G, f, m, weight, times_in_tiles(times), np.empty_like(times), out)


@kernel(bare=True)
def weighted_mean(space, rows_of_pair, G, f, m, weight, tiles, one, out):
    """Write the weighted mean over all systems into `out`, shape (T,); `one` is memory for one of them."""
    for k in range(out.size):
        out[k] = 0.0
    for p in range(m.shape[0]):
        for k in range(out.size):
            one[k] = 0.0
        one_pair(space, rows_of_pair[p], None if G is None else G[p], None if f is None else f[p], m[p], tiles, one)
        for k in range(out.size):
            out[k] += weight[p] * one[k]
    for k in range(out.size):
        out[k] /= m.shape[0]


@kernel(bare=True)
def one_pair(space, J, G, f, m, tiles, out):
    """Add the concurrence of the sites 0 and 1 of one system to `out`, shape (T,); `J`, shape (2, N), is theirs.

    The couplings among the spectators do not matter.
    """
    pair, queue, sites, rows, _ = space
    find_nearest(J, pair.near)
    for tile in range(tiles.shape[0]):
        t, first, count, latest = begin_tile(tiles, tile, sites, G, f, m, out.size)
        fill_rows(rows, sites, J, G, f, m, t, latest, 0, 2)
        if separable_times(pair, sites, rows, 0, 0, rows, 1, 1, J, G, f, m, t, latest) < TILE:
            push(queue, pair.F, pair.E, pair.safe, sites, 0, 1, first, count)
            while queue.waiting[0] > 0:
                deal_with(queue, out)
    nothing = zero_or_nan(J, G, f, m)
    for k in range(out.size):
        out[k] += nothing
