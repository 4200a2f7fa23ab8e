"""Average concurrence, Eq. (28), of many realisations: the loop in which the time of the whole book is spent.

For each pair and each tile of times the four products over the other spins grow factor by factor. Every factor has
modulus <= 1, so a pair that is certainly separable after a few factors stays so, and the tile is dropped. The test is
cheap: scale the partial transpose to a unit diagonal; if in each row the moduli beside it add up to less than 1, it is
positive (Gershgorin), and a two-qubit state with positive partial transpose is separable (Horodecki 1996).
"""

import math

import numpy as np
from numba import prange

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.concurrence import concurrence
from tlsglass.kernels.relaxation import relaxed_populations
from tlsglass.kernels.two_site import (
    TILE,
    assemble,
    coherence,
    multiply_by_trace,
    own_populations,
    phase_tables,
    times_in_tiles,
)

_CHECK_EVERY = 6  # factors between two tests for separability
_SAFE_PIVOT = 1e-10  # far above the rounding of the elimination, far below what the physics needs


@kernel
def off_diagonal_bounds(p_a, q_a, p_b, q_b, c_a, c_b, u_a, d_a, u_b, d_b, bound):
    """Moduli beside the unit diagonal of the scaled partial transpose, per unit of the products, shape (3, TILE)."""
    for k in range(TILE):
        x, y = c_a[k] / math.sqrt(p_a[k] * q_a[k]), c_b[k] / math.sqrt(p_b[k] * q_b[k])
        bound[0, k] = x * max(abs(u_b[k]) / p_b[k], abs(d_b[k]) / q_b[k])
        bound[1, k] = y * max(abs(u_a[k]) / p_a[k], abs(d_a[k]) / q_a[k])
        bound[2, k] = x * y


@kernel
def certainly_separable(re, im, bound):
    """Whether every time of the tile passes the Gershgorin test. A nan in `bound` means no."""
    for k in range(TILE):
        row = bound[0, k] * math.sqrt(re[0, k] ** 2 + im[0, k] ** 2) + bound[1, k] * math.sqrt(
            re[1, k] ** 2 + im[1, k] ** 2
        )
        corner = math.sqrt(max(re[2, k] ** 2 + im[2, k] ** 2, re[3, k] ** 2 + im[3, k] ** 2))
        if not row + bound[2, k] * corner < 1.0 - 1e-12:
            return False
    return True


@kernel
def positive_partial_transpose(rho, work):
    """Whether the partial transpose of `rho` over the second site is safely positive definite (so: separable)."""
    for i in range(4):
        for j in range(4):
            # (s_a s_b, s'_a s'_b) -> (s_a s'_b, s'_a s_b): swap the lowest bits
            scale = math.sqrt(rho[i, i].real * rho[j, j].real)
            if not scale > 0.0:
                return False
            work[i, j] = rho[(i & 2) | (j & 1), (j & 2) | (i & 1)] / scale
    for p in range(4):
        d = work[p, p].real
        if not d > _SAFE_PIVOT:
            return False
        for i in range(p + 1, 4):
            ratio = work[i, p] / d
            for j in range(p + 1, 4):
                work[i, j] -= ratio * work[p, j]
    return True


@kernel
def one_realisation(J, G, f, m, tiles, out):
    """Write `C(t) = (1/N) sum_{a<b} C_ab(t)` of one realisation into `out`, shape (T,)."""
    N, n_tiles = J.shape[0], tiles.shape[0]
    cosine, sine = phase_tables(J, tiles)
    p, q = np.empty((n_tiles, N, TILE)), np.empty((n_tiles, N, TILE))
    c, decay = np.empty((n_tiles, N, TILE)), np.empty((n_tiles, N, TILE))
    for tile in range(n_tiles):
        for j in range(N):
            for k in range(TILE):
                t = tiles[tile, k]
                p[tile, j, k], q[tile, j, k] = relaxed_populations(G[j], f[j], m[j], t)
                c[tile, j, k] = coherence(G[j], f[j], m[j], t)
                decay[tile, j, k] = math.exp(-G[j] * t)
    re, im, bound = np.empty((4, TILE)), np.empty((4, TILE)), np.empty((3, TILE))
    cos_sum, sin_sum, cos_diff, sin_diff = np.empty(TILE), np.empty(TILE), np.empty(TILE), np.empty(TILE)
    u_a, d_a = np.empty(TILE, np.complex128), np.empty(TILE, np.complex128)
    u_b, d_b = np.empty(TILE, np.complex128), np.empty(TILE, np.complex128)
    rho, X, A = np.empty((4, 4), np.complex128), np.empty((4, 4), np.complex128), np.empty((4, 4), np.complex128)
    sigma = np.empty(4)
    out[:] = 0.0
    for a in range(N - 1):
        for b in range(a + 1, N):
            w = 4.0 * J[a, b]
            for tile in range(n_tiles):
                t = tiles[tile]
                cos_w, sin_w = cosine[a, tile, b], sine[a, tile, b]
                p_a, q_a, c_a = p[tile, a], q[tile, a], c[tile, a]
                p_b, q_b, c_b = p[tile, b], q[tile, b], c[tile, b]
                own_populations(u_a, d_a, cos_w, sin_w, w, G[a], f[a], m[a], decay[tile, a], t)
                own_populations(u_b, d_b, cos_w, sin_w, w, G[b], f[b], m[b], decay[tile, b], t)
                off_diagonal_bounds(p_a, q_a, p_b, q_b, c_a, c_b, u_a, d_a, u_b, d_b, bound)
                re[:] = 1.0
                im[:] = 0.0
                separable = False
                for j in range(N):
                    if j == a or j == b:
                        continue
                    cos_a, sin_a = cosine[a, tile, j], sine[a, tile, j]
                    cos_b, sin_b = cosine[b, tile, j], sine[b, tile, j]
                    for k in range(TILE):
                        cc, ss = cos_a[k] * cos_b[k], sin_a[k] * sin_b[k]
                        sc, cs = sin_a[k] * cos_b[k], cos_a[k] * sin_b[k]
                        cos_sum[k], cos_diff[k] = cc - ss, cc + ss
                        sin_sum[k], sin_diff[k] = sc + cs, sc - cs
                    w_a, w_b, G_j, f_j, m_j, d_j = 4.0 * J[a, j], 4.0 * J[b, j], G[j], f[j], m[j], decay[tile, j]
                    multiply_by_trace(re[0], im[0], cos_a, sin_a, w_a, G_j, f_j, m_j, d_j, t)
                    multiply_by_trace(re[1], im[1], cos_b, sin_b, w_b, G_j, f_j, m_j, d_j, t)
                    multiply_by_trace(re[2], im[2], cos_sum, sin_sum, w_a + w_b, G_j, f_j, m_j, d_j, t)
                    multiply_by_trace(re[3], im[3], cos_diff, sin_diff, w_a - w_b, G_j, f_j, m_j, d_j, t)
                    if j % _CHECK_EVERY == 0 and certainly_separable(re, im, bound):
                        separable = True
                        break
                if separable:
                    continue
                for k in range(min(TILE, out.size - tile * TILE)):
                    assemble(
                        rho, p_a[k], q_a[k], p_b[k], q_b[k], c_a[k], c_b[k], u_a[k], d_a[k], u_b[k], d_b[k],
                        complex(re[0, k], im[0, k]), complex(re[1, k], im[1, k]),
                        complex(re[2, k], im[2, k]), complex(re[3, k], im[3, k]),
                    )  # fmt: skip
                    if not positive_partial_transpose(rho, X):
                        out[tile * TILE + k] += concurrence(rho, X, A, sigma)
    out /= N


@kernel(parallel=True)
def average_concurrences(J, G, f, m, times, out):
    """Average concurrence of each realisation; each writes its own row of `out` alone.

    Parameters
    ----------
    J : array, shape (R, N, N)
    G, f, m : arrays, shape (R, N)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    times : array, shape (T,)
    out : array, shape (R, T)
    """
    tiles = times_in_tiles(times)
    for r in prange(J.shape[0]):
        one_realisation(J[r], G[r], f[r], m[r], tiles, out[r])
