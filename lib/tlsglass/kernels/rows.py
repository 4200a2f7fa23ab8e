"""Tables of one tile of times: what depends on a site alone, and on one of the couplings of a site.

A pair needs the phases of a row of couplings of each of its sites, `4 J_aj t` and `4 J_bj t`. The rows are tabulated
for a block of sites at a time, so that the memory does not grow with `N^2`.
"""

import math
from collections import namedtuple

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.elementary import LARGEST_PHASE, exponential, late_sine_cosine, sine_cosine
from tlsglass.kernels.relaxation import coherence, relaxed_populations
from tlsglass.kernels.stack import stack_array
from tlsglass.kernels.tiles import TILE
from tlsglass.kernels.traces import (
    EARLY,
    LATE,
    cold_trace,
    cold_weight,
    is_small,
    shifted_exponentials,
    warm_trace,
    warm_weight,
)

SMALLEST_POPULATION = 1e-300
FIVE_TILES = 5 * TILE  # the size of an array on the stack must have a name

# Of each site, shape (N, TILE): populations, sqrt(p q), coherence over it, the decays exp(-G f t), exp(-G (1 + f) t).
Sites = namedtuple("Sites", "p q root x upward downward")
# Of a block of sites, shape (block, N, TILE): phases; with dissipation, the trace of spin j at the frequency 4 J_aj.
# Shape (block, TILE): the square of the modulus of the product of all traces of the row.
Rows = namedtuple("Rows", "cosine sine re im all_square")


def empty_sites(N):
    """Memory for :func:`fill_sites`."""
    return Sites(*(np.empty((N, TILE)) for _ in Sites._fields))


def empty_rows(block, N, traces):
    """Memory for :func:`fill_rows`; without dissipation no traces are tabulated."""
    tables = [np.empty((block if always or traces else 0, N, TILE)) for always in (True, True, False, False)]
    return Rows(*tables, np.empty((block, TILE)))


@kernel(bare=True)
def fill_sites(sites, G, f, m, t):
    """Tabulate what depends on one site alone at the times `t`, shape (TILE,)."""
    for j in range(m.size):
        if G is None:
            for k in range(TILE):
                sites.p[j, k], sites.q[j, k] = 0.5 * (1.0 + m[j]), 0.5 * (1.0 - m[j])
                sites.root[j, k] = math.sqrt(sites.p[j, k] * sites.q[j, k])
                sites.x[j, k] = 1.0 if m[j] * m[j] < 1.0 else 0.0
        else:
            f_j = 0.0 if f is None else f[j]
            fill_open_site(sites, j, G[j], f_j, m[j], t)


@kernel(inline=True, bare=True)
def fill_open_site(sites, j, G, f, m, t):
    """Tabulate what depends on one site alone, for one site with dissipation."""
    for k in range(TILE):
        p, q = relaxed_populations(G, f, m, t[k])
        sites.p[j, k], sites.q[j, k], sites.root[j, k] = p, q, math.sqrt(p * q)
        # a population that has no digits left is that of a site in a pure state of its own: not entangled
        sites.x[j, k] = coherence(G, f, m, t[k]) / sites.root[j, k] if min(p, q) > SMALLEST_POPULATION else 0.0
        sites.upward[j, k], sites.downward[j, k] = exponential(-G * f * t[k]), exponential(-G * (1.0 + f) * t[k])


@kernel(inline=True, bare=True)
def fill_phases(rows, i, a, J, t, latest):
    """Tabulate the cosines and the sines of `4 J_aj t` of one site, in row `i`."""
    for j in range(J.shape[1]):
        w = 4.0 * J[a, j]
        if abs(w) * latest < LARGEST_PHASE:
            for k in range(t.size):  # a loop whose length the compiler sees is unrolled, and then not vectorised
                rows.sine[i, j, k], rows.cosine[i, j, k] = sine_cosine(w, t[k])
        else:
            for k in range(TILE):
                rows.sine[i, j, k], rows.cosine[i, j, k] = late_sine_cosine(w, t[k])


@kernel(inline=True, bare=True)
def fill_cold_traces(rows, sites, i, a, J, G, m):
    """Tabulate the trace of each spin at the frequency `4 J_aj`, in row `i`, at T = 0."""
    for j in range(J.shape[1]):
        re, im = cold_weight(4.0 * J[a, j], G[j], m[j])
        for k in range(TILE):
            rows.re[i, j, k], rows.im[i, j, k] = cold_trace(
                rows.cosine[i, j, k], rows.sine[i, j, k], re, im, sites.downward[j, k]
            )


@kernel(inline=True, bare=True)
def fill_warm_traces(rows, sites, i, a, J, G, f, m, t, latest):
    """Tabulate the trace of each spin at the frequency `4 J_aj`, in row `i`, at T > 0.

    The weights of 16 spins at a time, which the compiler turns into vector instructions.
    """
    W, N = stack_array(FIVE_TILES), J.shape[1]
    for start in range(0, N, TILE):
        count = min(TILE, N - start)
        for n in range(count):
            j = start + n
            W[n], W[TILE + n], W[2 * TILE + n], W[3 * TILE + n], W[4 * TILE + n] = warm_weight(
                4.0 * J[a, j], G[j], f[j], m[j]
            )
        for n in range(count):
            j = start + n
            re, im, slow, shift_re, shift_im = W[n], W[TILE + n], W[2 * TILE + n], W[3 * TILE + n], W[4 * TILE + n]
            fast = -G[j] * (1.0 + 2.0 * f[j]) - slow
            size = EARLY if is_small(shift_re, shift_im, latest) else LATE
            for k in range(TILE):
                slow_re, slow_im, fast_re, fast_im = shifted_exponentials(
                    size, slow, fast, shift_re, shift_im, sites.upward[j, k], sites.downward[j, k], t[k]
                )
                rows.re[i, j, k], rows.im[i, j, k] = warm_trace(
                    rows.cosine[i, j, k], rows.sine[i, j, k], re, im, slow_re, slow_im, fast_re, fast_im
                )


@kernel(inline=True)
def trace_square(rows, i, j, k, m, isolated):
    """`|u + d|^2` of spin `j` at the frequency of row `i`."""
    re = rows.cosine[i, j, k] if isolated else rows.re[i, j, k]
    im = m[j] * rows.sine[i, j, k] if isolated else rows.im[i, j, k]
    return re * re + im * im


@kernel(inline=True, bare=True)
def fill_squares(rows, i, a, m, isolated):
    """Multiply the squares of the moduli of all traces in row `i`, that of site `a`."""
    product, tile = stack_array(TILE), rows.cosine.shape[2]  # a short loop of known length is not vectorised
    for k in range(tile):
        product[k] = 1.0
    for j in range(m.size):
        if j != a:
            for k in range(tile):
                product[k] *= trace_square(rows, i, j, k, m, isolated)
    for k in range(tile):
        rows.all_square[i, k] = product[k]


@kernel(bare=True)
def fill_rows(rows, sites, J, G, f, m, t, latest, first, last):
    """Tabulate the rows of the sites `first ... last - 1` at the times `t`, shape (TILE,)."""
    for a in range(first, last):
        fill_phases(rows, a - first, a, J, t, latest)
        if G is not None:
            if f is None:
                fill_cold_traces(rows, sites, a - first, a, J, G, m)
            else:
                fill_warm_traces(rows, sites, a - first, a, J, G, f, m, t, latest)
        fill_squares(rows, a - first, a, m, G is None)
