"""Average concurrence, Eq. (28), of one realisation: all pairs, tile by tile."""

from collections import namedtuple

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.neighbours import NEAR, all_others, find_nearest, nearest_first
from tlsglass.kernels.pair import fill_pair
from tlsglass.kernels.queue import deal_with, empty_queue, push
from tlsglass.kernels.rows import empty_rows, empty_sites, fill_rows, fill_sites
from tlsglass.kernels.separability import certainly_separable
from tlsglass.kernels.spectators import W_SIZE, multiply
from tlsglass.kernels.tiles import TILE

ROW_BYTES = 2**28  # memory for the tables of two blocks of sites
STAGE = 10  # each further test for separability comes after this many times more spectators

Scratch = namedtuple("Scratch", "F E W order seen near done safe")


@kernel
def empty_scratch(N):
    """Memory for one pair at a time."""
    return Scratch(
        np.empty(8 * TILE), np.empty(9 * TILE), np.zeros(W_SIZE), np.empty(N, np.int64), np.empty(N, np.bool_),
        np.empty((N, min(NEAR, N - 1)), np.int64), np.empty(1, np.int64), np.empty(TILE),
    )  # fmt: skip


@kernel(bare=True)
def sites_in_block(N, G):
    """How many sites have their rows tabulated at a time."""
    tables = 2 if G is None else 4
    return min(N, max(1, ROW_BYTES // (2 * tables * 8 * TILE * N)))


@kernel(bare=True)
def first_stage(scratch, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest):
    """Multiply the traces of the strongest neighbours; return at how many times the pair is then certainly separable.

    `i` and `j` are the places of both sites in their rows.
    """
    for k in range(TILE):
        scratch.F[k] = scratch.F[2 * TILE + k] = scratch.F[4 * TILE + k] = scratch.F[6 * TILE + k] = 1.0
        scratch.F[TILE + k] = scratch.F[3 * TILE + k] = scratch.F[5 * TILE + k] = scratch.F[7 * TILE + k] = 0.0
    fill_pair(scratch.E, rows_a, i, b, a, sites, J, G, f, m, t, latest)
    nearest = nearest_first(scratch.near, a, b, scratch.order, scratch.seen)
    multiply(scratch.F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, scratch.W, scratch.order, 0, nearest, t, latest)
    scratch.done[0] = nearest
    return certainly_separable(scratch.F, scratch.E, scratch.safe)


@kernel(bare=True)
def later_stages(scratch, queue, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest, first, count):
    """Multiply the other traces, and push the states at those times at which the pair is not certainly separable."""
    done, spectators = scratch.done[0], J.shape[0] - 2
    all_others(scratch.order, scratch.seen, done)
    separable = 0
    while done < spectators and separable < TILE:
        upto = min(STAGE * done, spectators)
        multiply(
            scratch.F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, scratch.W, scratch.order, done, upto, t, latest
        )
        separable = certainly_separable(scratch.F, scratch.E, scratch.safe)
        done = upto
    push(queue, scratch.F, scratch.E, scratch.safe, sites, a, b, first, count)


@kernel
def empty_tables(N, G):
    """Memory for one tile of times: what depends on a site, and the rows of two blocks of sites."""
    block = sites_in_block(N, G)
    return empty_sites(N), empty_rows(block, N, G), empty_rows(0 if block == N else block, N, G)


@kernel(bare=True)
def pairs_of_blocks(scratch, queue, sites, rows_a, first_a, rows_b, first_b, J, G, f, m, t, latest, first, count, out):
    """Add the concurrences of the pairs `a < b` of two blocks of sites at the times of a tile to `out`."""
    for a in range(first_a, min(first_a + rows_a.cosine.shape[0], J.shape[0])):
        for b in range(max(a + 1, first_b), min(first_b + rows_b.cosine.shape[0], J.shape[0])):
            i, j = a - first_a, b - first_b
            if first_stage(scratch, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest) < TILE:
                later_stages(scratch, queue, sites, rows_a, i, a, rows_b, j, b, J, G, f, m, t, latest, first, count)
                if queue.waiting[0] >= TILE:
                    deal_with(queue, out)


@kernel(bare=True)
def all_pairs(scratch, queue, sites, rows, other_rows, J, G, f, m, tiles, out):
    """Add the concurrences of all pairs at all times to `out`."""
    N, block = J.shape[0], rows.cosine.shape[0]
    for tile in range(tiles.shape[0]):
        t = tiles[tile]
        latest = 0.0
        for k in range(TILE):
            latest = max(latest, t[k])
        first = tile * TILE
        count = min(TILE, out.size - first)
        fill_sites(sites, G, f, m, t)
        for first_a in range(0, N, block):
            fill_rows(rows, sites, J, G, f, m, t, latest, first_a, min(first_a + block, N))
            pairs_of_blocks(
                scratch, queue, sites, rows, first_a, rows, first_a, J, G, f, m, t, latest, first, count, out
            )
            for first_b in range(first_a + block, N, block):
                fill_rows(other_rows, sites, J, G, f, m, t, latest, first_b, min(first_b + block, N))
                pairs_of_blocks(
                    scratch, queue, sites, rows, first_a, other_rows, first_b, J, G, f, m, t, latest, first, count, out
                )
    deal_with(queue, out)


@kernel
def one_realisation(J, G, f, m, tiles, out):
    """Write `C(t) = (1/N) sum_{a<b} C_ab(t)` of one realisation into `out`, shape (T,).

    `G` and `f` may be None: without dissipation, and at T = 0. Each case is a kernel of its own, compiled when it is
    first needed.
    """
    N = J.shape[0]
    scratch, queue = empty_scratch(N), empty_queue()
    sites, rows, other_rows = empty_tables(N, G)
    find_nearest(J, scratch.near)
    out[:] = 0.0
    all_pairs(scratch, queue, sites, rows, other_rows, J, G, f, m, tiles, out)
    # a pair that was skipped has not looked at all numbers: one that is nan must not vanish with it
    total = J.sum() + m.sum() + (0.0 if G is None else G.sum()) + (0.0 if f is None else f.sum())
    out /= N
    out += 0.0 * total
