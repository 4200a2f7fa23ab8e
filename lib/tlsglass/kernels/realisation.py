"""Average concurrence, Eq. (28), of one realisation: all pairs, tile by tile."""

from collections import namedtuple

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.neighbours import NEAR, all_others, find_nearest, nearest_first, strongest
from tlsglass.kernels.pair import fill_pair
from tlsglass.kernels.queue import deal_with, empty_queue, push
from tlsglass.kernels.rows import empty_rows, empty_sites, fill_rows, fill_sites
from tlsglass.kernels.separability import certainly_separable, dephased, may_be_dephased
from tlsglass.kernels.spectators import F_SIZE, W_SIZE, clear, multiply, squares
from tlsglass.kernels.stack import stack_array
from tlsglass.kernels.tiles import TILE

ROW_BYTES = 2**30  # memory for the tables of two blocks of sites; with 2**28, N = 10 000 takes 1.4 times as long
STAGE = 10  # each further test for separability comes after this many times more spectators
TWO_TILES = 2 * TILE  # the size of an array on the stack must have a name

# `F`: products over spectators. `E`: what the pair itself contributes. `W`: weights of 16 spectators. `order`, `seen`:
# in which order spectators are multiplied. `left`: which second sites are not done with. `near`: strongest neighbours
# of each site. `safe`: whether the pair is certainly separable.
Pair = namedtuple("Pair", "F E W order seen left near safe")
# All memory that a realisation needs. The rows are those of two blocks of sites.
Workspace = namedtuple("Workspace", "pair queue sites rows other_rows")


def workspace(N, isolated):
    """Memory for :func:`one_realisation` of `N` sites."""
    tables = 2 if isolated else 4
    block = min(N, max(1, ROW_BYTES // (2 * tables * 8 * TILE * N)))
    pair = Pair(
        np.empty(F_SIZE), np.empty(9 * TILE), np.zeros(W_SIZE), np.empty(N, np.uint64), np.empty(N, np.bool_),
        np.empty(N, np.bool_), np.empty((N, min(NEAR, N - 1)), np.int64), np.empty(TILE),
    )  # fmt: skip
    return Workspace(
        pair, empty_queue(), empty_sites(N),
        empty_rows(block, N, not isolated), empty_rows(0 if block == N else block, N, not isolated),
    )  # fmt: skip


@kernel(inline=True, bare=True)
def begin_tile(tiles, tile, sites, G, f, m, n_times):
    """Tabulate what depends on one site alone, for one tile.

    Returns
    -------
    times, place of the first, how many count, the latest
    """
    t, first = tiles[tile], tile * TILE
    latest = 0.0
    for k in range(TILE):
        latest = max(latest, t[k])
    fill_sites(sites, G, f, m, t)
    return t, first, min(TILE, n_times - first), latest


@kernel(inline=True, bare=True)
def quickly_separable(pair, S, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest):
    """Whether the pair is certainly separable at all times of a tile by the sizes of the products and one spectator.

    `i` and `j` are the places of both sites in their rows.
    """
    if not may_be_dephased(rows_a, i, rows_b, j) or strongest(pair.near, a, b, pair.order) == 0:
        return False
    squares(S, pair.F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, pair.W, pair.order, t, latest)
    return dephased(S, rows_a, i, a, rows_b, j, b, m, G is None)


@kernel(inline=True, bare=True)
def separable_times(pair, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest):
    """Multiply the traces of all spectators, or of fewer if the pair is certainly separable at all times without them.

    The strongest neighbours come first. The state is looked at after these, and whenever many more are in.

    Returns
    -------
    at how many times of the tile the pair is certainly separable; `pair.safe` says at which
    """
    clear(pair.F)
    fill_pair(pair.E, rows_a, i, b, a, sites, J, G, f, m, t, latest)
    spectators, separable = J.shape[1] - 2, 0
    done = np.int64(0)  # not a literal, for which the products would be compiled once more
    upto = nearest_first(pair.near, a, b, pair.order, pair.seen)
    while separable < TILE:
        multiply(pair.F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, pair.W, pair.order, done, upto, t, latest)
        separable = certainly_separable(pair.F, pair.E, pair.safe)
        if upto == spectators:
            break
        if done == 0:
            all_others(pair.order, pair.seen, upto)
        done, upto = upto, min(STAGE * upto, spectators)
    return separable


@kernel(bare=True)
def pairs_of_blocks(pair, queue, sites, rows_a, first_a, rows_b, first_b, J, G, f, m, t, latest, first, count, out):
    """Add the concurrences of the pairs `a < b` of two blocks of sites at the times of a tile to `out`."""
    S = stack_array(TWO_TILES)
    for a in range(first_a, min(first_a + rows_a.cosine.shape[0], J.shape[0])):
        i, start, stop = a - first_a, max(a + 1, first_b), min(first_b + rows_b.cosine.shape[0], J.shape[0])
        for b in range(start, stop):
            j = b - first_b
            pair.left[b] = not quickly_separable(pair, S, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest)
        for b in range(start, stop):
            j = b - first_b
            if pair.left[b]:
                if separable_times(pair, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest) < TILE:
                    push(queue, pair.F, pair.E, pair.safe, sites, a, b, first, count)
                    if queue.waiting[0] >= TILE:
                        deal_with(queue, out)


@kernel(inline=True, bare=True)
def zero_or_nan(J, G, f, m):
    """Return 0, or nan if one of the numbers is none.

    A pair that was skipped has not looked at all numbers: one that is nan must not vanish with it.
    """
    checksum = 0.0
    for j in range(m.size):
        checksum += m[j]
        if G is not None:
            checksum += G[j]
        if f is not None:
            checksum += f[j]
        for i in range(J.shape[0]):
            checksum += J[i, j]
    return 0.0 * checksum


@kernel(inline=True, bare=True)
def finish(J, G, f, m, out):
    """Divide by `N`, and let a realisation with a nan among its numbers be nan."""
    nothing = zero_or_nan(J, G, f, m)
    for k in range(out.size):
        out[k] = out[k] / J.shape[0] + nothing


@kernel(bare=True)
def one_realisation(space, J, G, f, m, tiles, out):
    """Write `C(t) = (1/N) sum_{a<b} C_ab(t)` of one realisation into `out`, shape (T,).

    `G` and `f` may be None: without dissipation, and at T = 0. Each case is a kernel of its own, compiled when it is
    first needed. `space` is a :func:`workspace`, `tiles` the times, shape (n_tiles, TILE).
    """
    pair, queue, sites, rows, other_rows = space
    N, block = J.shape[0], rows.cosine.shape[0]
    find_nearest(J, pair.near)
    for k in range(out.size):
        out[k] = 0.0
    for tile in range(tiles.shape[0]):
        t, first, count, latest = begin_tile(tiles, tile, sites, G, f, m, out.size)
        for first_a in range(0, N, block):
            fill_rows(rows, sites, J, G, f, m, t, latest, first_a, min(first_a + block, N))
            rows_b = rows
            for first_b in range(first_a, N, block):
                if first_b > first_a:
                    rows_b = other_rows
                    fill_rows(rows_b, sites, J, G, f, m, t, latest, first_b, min(first_b + block, N))
                pairs_of_blocks(
                    pair, queue, sites, rows, first_a, rows_b, first_b, J, G, f, m, t, latest, first, count, out
                )
    deal_with(queue, out)
    finish(J, G, f, m, out)
