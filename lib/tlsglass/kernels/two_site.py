"""Exact two-site density matrices of the master equation (15): every element is a product over the other spins.

The Hamiltonian is diagonal and the jumps act on single sites. Hence an element of the density matrix of sites `a, b`
is the product, over all other spins `j`, of the trace of one small problem (:mod:`tlsglass.kernels.relaxation`), in
which spin `j` feels the frequency `w = 2 J_aj (s_a - s'_a) + 2 J_bj (s_b - s'_b)`. The idea is that of Foss-Feig et
al., Phys. Rev. A 87, 042101 (2013). Only four frequencies occur: `4 J_aj`, `4 J_bj`, their sum and their difference.

All matrices are in the frame that rotates with the on-site frequencies `nu_i`. Time is cut into tiles of `TILE` values;
it is the innermost axis, so that the compiler uses vector instructions.
"""

import cmath
import math

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.relaxation import (
    eigenvalues,
    lower_weight,
    populations,
    relaxed_populations,
    trace_weight,
    upper_weight,
)

TILE = 16


@kernel
def times_in_tiles(times):
    """Copy the times into an array of shape (n_tiles, TILE); the last time fills what is left over."""
    n_tiles = (times.size + TILE - 1) // TILE
    tiles = np.empty((n_tiles, TILE))
    for i in range(n_tiles * TILE):
        tiles[i // TILE, i % TILE] = times[min(i, times.size - 1)]
    return tiles


@kernel
def phase_tables(J, tiles):
    """Return `cos(4 J_ij t)` and `sin(4 J_ij t)`, shape (N, n_tiles, N, TILE), in the order in which they are read."""
    N, n_tiles = J.shape[0], tiles.shape[0]
    cosine = np.empty((N, n_tiles, N, TILE))
    sine = np.empty((N, n_tiles, N, TILE))
    for i in range(N):
        for j in range(i + 1):
            for tile in range(n_tiles):
                for k in range(TILE):
                    x = 4.0 * J[i, j] * tiles[tile, k]
                    c, s = math.cos(x), math.sin(x)
                    cosine[i, tile, j, k] = cosine[j, tile, i, k] = c
                    sine[i, tile, j, k] = sine[j, tile, i, k] = s
    return cosine, sine


@kernel
def multiply_by_trace(re, im, cosine, sine, w, G, f, m, decay, t):
    """Multiply the products `re + i im`, shape (TILE,), by the trace of one spin: its `u + d` at frequency `w`.

    `cosine` and `sine` are those of `w t`, `decay` is `exp(-G t)`. The three branches are one formula,
    `(1 - B) exp(slow t) + B exp(fast t)`: at T = 0 its exponentials are `exp(-i w t)` and `exp(i w t) exp(-G t)`, known
    from the tables; without dissipation what remains is `cos(w t) - i m sin(w t)`.
    """
    if G == 0.0:
        for k in range(TILE):
            c, s = cosine[k], m * sine[k]
            x, y = re[k], im[k]
            re[k] = x * c + y * s
            im[k] = y * c - x * s
        return
    B = trace_weight(w, G, f, m)
    if f == 0.0:
        x_B, y_B = B.real, B.imag
        for k in range(TILE):
            c, s, D = cosine[k], sine[k], decay[k]
            z_re = (1.0 - x_B + x_B * D) * c - y_B * (1.0 + D) * s
            z_im = -y_B * (1.0 - D) * c - (1.0 - x_B - x_B * D) * s
            x, y = re[k], im[k]
            re[k] = x * z_re - y * z_im
            im[k] = x * z_im + y * z_re
        return
    slow, fast, _ = eigenvalues(w, G, f)
    for k in range(TILE):
        z = (1.0 - B) * cmath.exp(slow * t[k]) + B * cmath.exp(fast * t[k])
        x, y = re[k], im[k]
        re[k] = x * z.real - y * z.imag
        im[k] = x * z.imag + y * z.real


@kernel
def own_populations(u, d, cosine, sine, w, G, f, m, decay, t):
    """Write the populations `(u, d)` of a site of the pair while the other is off-diagonal, shape (TILE,), complex.

    The same three branches as in :func:`multiply_by_trace`.
    """
    y, z = upper_weight(w, G, f, m), lower_weight(w, G, f, m)
    p, q = 0.5 * (1.0 + m), 0.5 * (1.0 - m)
    slow, fast, _ = eigenvalues(w, G, f)
    for k in range(TILE):
        if f == 0.0:
            e_slow = complex(cosine[k], -sine[k])
            e_fast = complex(cosine[k], sine[k]) * decay[k]
        else:
            e_slow, e_fast = cmath.exp(slow * t[k]), cmath.exp(fast * t[k])
        u[k] = (p - y) * e_slow + y * e_fast
        d[k] = z * e_slow + (q - z) * e_fast


@kernel
def coherence(G, f, m, t):
    """Modulus of the off-diagonal element of one site at time `t`: `sin(theta) / 2` at first, decaying at `1/T_2`."""
    return 0.5 * math.sqrt(max(0.0, 1.0 - m * m)) * math.exp(-0.5 * G * (1.0 + 2.0 * f) * t)


@kernel
def assemble(rho, p_a, q_a, p_b, q_b, c_a, c_b, u_a, d_a, u_b, d_b, F_a, F_b, F_sum, F_difference):
    """Fill `rho`, shape (4, 4), basis `|++>, |+->, |-+>, |-->`.

    `p, q`: populations of the ground and the excited state; `c`: coherences; `u, d`: populations while the other site
    is off-diagonal; `F`: the products over the other spins.
    """
    rho[0, 0], rho[1, 1] = p_a * p_b, p_a * q_b
    rho[2, 2], rho[3, 3] = q_a * p_b, q_a * q_b
    rho[0, 2], rho[1, 3] = c_a * F_a * u_b, c_a * F_a * d_b
    rho[0, 1], rho[2, 3] = c_b * F_b * u_a, c_b * F_b * d_a
    rho[0, 3], rho[1, 2] = c_a * c_b * F_sum, c_a * c_b * F_difference
    for i in range(3):
        for j in range(i + 1, 4):
            rho[j, i] = rho[i, j].conjugate()


@kernel
def two_site_matrices(J, G, f, m, a, b, times, out):
    """Density matrices of sites `a` and `b` at all times, straight from the definition, into `out`, shape (T, 4, 4).

    Parameters
    ----------
    J : array, shape (N, N)
    G, f, m : arrays, shape (N,)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    times : array, shape (T,)
    """
    w, F = np.empty(4), np.empty(4, np.complex128)
    for k in range(times.size):
        t = times[k]
        F[:] = 1.0
        for j in range(J.shape[0]):
            if j != a and j != b:
                w[0], w[1] = 4.0 * J[a, j], 4.0 * J[b, j]
                w[2], w[3] = w[0] + w[1], w[0] - w[1]
                for i in range(4):
                    u, d = populations(w[i], G[j], f[j], m[j], t)
                    F[i] *= u + d
        p_a, q_a = relaxed_populations(G[a], f[a], m[a], t)
        p_b, q_b = relaxed_populations(G[b], f[b], m[b], t)
        c_a, c_b = coherence(G[a], f[a], m[a], t), coherence(G[b], f[b], m[b], t)
        u_a, d_a = populations(4.0 * J[a, b], G[a], f[a], m[a], t)
        u_b, d_b = populations(4.0 * J[a, b], G[b], f[b], m[b], t)
        assemble(out[k], p_a, q_a, p_b, q_b, c_a, c_b, u_a, d_a, u_b, d_b, F[0], F[1], F[2], F[3])
