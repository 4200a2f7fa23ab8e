"""Reduced density matrices of any number of sites, and their purity, by products over spins.

An element `<s| rho_A |s'>` is labelled by the differences `d_a = (s_a - s'_a) / 2`, each -1, 0 or 1. Every spin `j`,
inside or outside, feels the frequency `w_j = 4 sum_a J_ja d_a`. A traced spin gives its `u + d`, a site with `d_a = 0`
its `u` or `d`, a site with `d_a = +-1` its coherence. Two off-diagonal sites of one subsystem flip together, `s_a s_b =
s'_a s'_b`: their mutual coupling drops out. All is in the frame that rotates with `nu_i` and starts with real spinors.
"""

import math

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.relaxation import coherence, populations, relaxed_populations


@kernel
def next_pattern(d):
    """Step `d`, entries -1, 0, 1, to the next pattern, the last entry fastest; False after the last one."""
    for a in range(d.size - 1, -1, -1):
        if d[a] < 1:
            d[a] += 1
            return True
        d[a] = -1
    return False


@kernel
def frequency(J, sites, d, j):
    """Frequency `4 sum_a J_ja d_a` that spin `j` feels."""
    w = 0.0
    for a in range(sites.size):
        w += J[j, sites[a]] * d[a]
    return 4.0 * w


@kernel
def own_populations(w, G, f, m, t):
    """Populations `(u, d)` at frequency `w`, by the shortest formula that keeps all digits."""
    if w == 0.0:
        p, q = relaxed_populations(G, f, m, t)
        return complex(p, 0.0), complex(q, 0.0)
    if G == 0.0:
        c, s = math.cos(w * t), math.sin(w * t)
        return 0.5 * (1.0 + m) * complex(c, -s), 0.5 * (1.0 - m) * complex(c, s)
    return populations(w, G, f, m, t)


@kernel
def product_of_traces(J, G, f, m, sites, others, d, t):
    """Product of the traces `u + d` of the spins `others`."""
    F = complex(1.0, 0.0)
    for j in others:
        w = frequency(J, sites, d, j)
        if w != 0.0:
            up, down = own_populations(w, G[j], f[j], m[j], t)
            F *= up + down
    return F


@kernel
def subsystem_matrices(J, G, f, m, sites, others, times, out):
    """Density matrices of `sites` at all times into `out`, shape (T, 2^k, 2^k); the first site changes slowest.

    Half of the `3^k` patterns are computed; the others are their Hermitian conjugates.

    Parameters
    ----------
    J : array, shape (N, N)
    G, f, m : arrays, shape (N,)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    sites, others : integer arrays, shapes (k,), (N - k,)
    times : array, shape (T,)
    """
    k = sites.size
    d = np.zeros(k, np.int64)  # the pattern in the middle: all before it are minus the ones after it
    values, rows, columns = np.empty(2**k, np.complex128), np.empty(2**k, np.int64), np.empty(2**k, np.int64)
    more = True
    while more:
        for x in range(times.size):
            t = times[x]
            values[0] = product_of_traces(J, G, f, m, sites, others, d, t)
            rows[0] = columns[0] = 0
            n = 1
            for a in range(k):
                i, bit = sites[a], 1 << (k - 1 - a)
                if d[a] == 0:
                    up, down = own_populations(frequency(J, sites, d, i), G[i], f[i], m[i], t)
                    for e in range(n):
                        values[n + e] = values[e] * down
                        rows[n + e], columns[n + e] = rows[e] + bit, columns[e] + bit
                        values[e] *= up
                    n *= 2
                else:
                    c = coherence(G[i], f[i], m[i], t)
                    for e in range(n):
                        values[e] *= c
                        if d[a] == 1:
                            columns[e] += bit
                        else:
                            rows[e] += bit
            for e in range(n):
                out[x, columns[e], rows[e]] = values[e].conjugate()
                out[x, rows[e], columns[e]] = values[e]
        more = next_pattern(d)


@kernel
def element_weight(J, G, f, m, sites, d, t):
    """Sum of `|element|^2 / |product of traces|^2` over all elements of `rho_A` with the pattern `d`."""
    g = 1.0
    for a in range(sites.size):
        i = sites[a]
        if d[a] == 0:
            up, down = own_populations(frequency(J, sites, d, i), G[i], f[i], m[i], t)
            g *= up.real**2 + up.imag**2 + down.real**2 + down.imag**2
        else:
            g *= coherence(G[i], f[i], m[i], t) ** 2
    return g


@kernel
def pattern_weights(J, G, f, m, sites, others, patterns, times, out):
    """What each pattern adds to the purity `Tr rho_A^2`, into `out`, shape (n, T); `patterns` has shape (n, k)."""
    for n in range(patterns.shape[0]):
        for x in range(times.size):
            F = product_of_traces(J, G, f, m, sites, others, patterns[n], times[x])
            out[n, x] = element_weight(J, G, f, m, sites, patterns[n], times[x]) * (F.real**2 + F.imag**2)


@kernel
def purities(J, G, f, m, sites, others, times, out):
    """Purity `Tr rho_A^2` at all times, into `out`, shape (T,): the sum over all `3^k` patterns, no matrix kept."""
    d = np.zeros((1, sites.size), np.int64)
    weight = np.empty((1, times.size))
    pattern_weights(J, G, f, m, sites, others, d, times, weight)
    out[:] = weight[0]
    while next_pattern(d[0]):
        pattern_weights(J, G, f, m, sites, others, d, times, weight)
        out += 2.0 * weight[0]
