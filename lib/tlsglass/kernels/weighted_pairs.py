"""Concurrence of one pair in each of many systems, of which only the two rows of couplings of the pair are known."""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.concurrence import concurrences
from tlsglass.kernels.two_site import two_site_matrices


@kernel
def pair_concurrences(rows_of_pair, G, f, m, weight, times, out):
    """Write the weighted mean of the concurrence of the sites 0 and 1 over all systems into `out`.

    Parameters
    ----------
    rows_of_pair : array, shape (P, 2, N)
        `J_0j` and `J_1j`.
    G, f, m : arrays, shape (P, N)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    weight : array, shape (P,)
    times : array, shape (T,)
    out : array, shape (T,)
    """
    P = rows_of_pair.shape[0]
    rho, C = np.empty((times.size, 4, 4), np.complex128), np.empty(times.size)
    J = np.zeros((m.shape[1], m.shape[1]))  # couplings among the spectators do not matter
    out[:] = 0.0
    for p in range(P):
        J[0], J[1] = rows_of_pair[p, 0], rows_of_pair[p, 1]
        two_site_matrices(J, G[p], f[p], m[p], 0, 1, times, rho)
        concurrences(rho, C)
        out += weight[p] * C
    out /= P
