"""Exact two-site density matrices of the master equation (15): every element is a product over the other spins.

The Hamiltonian is diagonal and the jumps act on single sites. Hence an element of the density matrix of sites `a, b`
is the product, over all other spins `j`, of the trace of one small problem (:mod:`tlsglass.kernels.relaxation`), in
which spin `j` feels the frequency `w = 2 J_aj (s_a - s'_a) + 2 J_bj (s_b - s'_b)`. The idea is that of Foss-Feig et
al., Phys. Rev. A 87, 042101 (2013). Only four frequencies occur: `4 J_aj`, `4 J_bj`, their sum and their difference.

All matrices are in the frame that rotates with the on-site frequencies `nu_i`. Here they are written straight from the
definition; :mod:`tlsglass.kernels.realisation` does the same for all pairs at once, quickly.
"""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.elementary import phase
from tlsglass.kernels.relaxation import coherence, populations_from_phase, relaxed_populations


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
def multiply_by_traces(F, w_a, w_b, G, f, m, t):
    """Multiply the four products `F`, shape (4,), by the traces of one spin, at `w_a`, `w_b`, their sum and difference.

    The phases of sum and difference are the angle sums of the other two. Each phase `w t` is rounded once, so the four
    traces belong to one and the same system, if to one whose couplings differ by the rounding.
    """
    sin_a, cos_a = phase(w_a, t)
    sin_b, cos_b = phase(w_b, t)
    cc, ss, sc, cs = cos_a * cos_b, sin_a * sin_b, sin_a * cos_b, cos_a * sin_b
    for i, w, cosine, sine in (
        (0, w_a, cos_a, sin_a), (1, w_b, cos_b, sin_b),
        (2, w_a + w_b, cc - ss, sc + cs), (3, w_a - w_b, cc + ss, sc - cs),
    ):  # fmt: skip
        u, d = populations_from_phase(cosine, sine, w, G, f, m, t)
        F[i] *= u + d


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
    F = np.empty(4, np.complex128)
    for k in range(times.size):
        t = times[k]
        F[:] = 1.0
        for j in range(J.shape[0]):
            if j != a and j != b:
                multiply_by_traces(F, 4.0 * J[a, j], 4.0 * J[b, j], G[j], f[j], m[j], t)
        p_a, q_a = relaxed_populations(G[a], f[a], m[a], t)
        p_b, q_b = relaxed_populations(G[b], f[b], m[b], t)
        c_a, c_b = coherence(G[a], f[a], m[a], t), coherence(G[b], f[b], m[b], t)
        sine, cosine = phase(4.0 * J[a, b], t)
        u_a, d_a = populations_from_phase(cosine, sine, 4.0 * J[a, b], G[a], f[a], m[a], t)
        u_b, d_b = populations_from_phase(cosine, sine, 4.0 * J[a, b], G[b], f[b], m[b], t)
        assemble(out[k], p_a, q_a, p_b, q_b, c_a, c_b, u_a, d_a, u_b, d_b, F[0], F[1], F[2], F[3])
