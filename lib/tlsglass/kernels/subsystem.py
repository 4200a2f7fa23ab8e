"""Reduced density matrices of any number of sites, and their purity, by products over spins.

An element `<s| rho_A |s'>` is labelled by the differences `d_a = (s_a - s'_a) / 2`, each -1, 0 or 1. Every spin `j`,
inside or outside, feels the frequency `w_j = 4 sum_a J_ja d_a`. A traced spin gives its `u + d`, a site with `d_a = 0`
its `u` or `d`, a site with `d_a = +-1` its coherence. Two off-diagonal sites of one subsystem flip together, `s_a s_b =
s'_a s'_b`: their mutual coupling drops out. All is in the frame that rotates with `nu_i` and starts with real spinors.
"""

import math

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.relaxation import (
    coherence,
    exponentials,
    lower_weight,
    populations,
    relaxed_populations,
    trace_weight,
    upper_weight,
)


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
def exponentials_at(cosine, sine, w, G, f, t, slow, fast):
    """Write `exp(slow t)` and `exp(fast t)` of one spin at all times; `cosine` and `sine` are those of `w t`."""
    for x in range(t.size):
        if f > 0.0:
            slow[x], fast[x] = exponentials(cosine[x], sine[x], w, G, f, t[x])
        else:  # the eigenvalues are -i w and i w - G
            decay = math.exp(-G * t[x]) if G > 0.0 else 1.0
            slow[x], fast[x] = complex(cosine[x], -sine[x]), complex(decay * cosine[x], decay * sine[x])


@kernel
def subsystem_matrices(J, G, f, m, sites, others, times, out):
    """Density matrices of `sites` at all times into `out`, shape (T, 2^k, 2^k); the first site changes slowest.

    Half of the `3^k` patterns are computed; the others are their Hermitian conjugates. Cosines and sines of `w_j t`
    follow from those of `4 J_ja t` by angle addition: a stack holds them for the first 0, 1, ... k entries of the
    pattern, and a new pattern renews what lies above its first changed entry.

    Parameters
    ----------
    J : array, shape (N, N)
    G, f, m : arrays, shape (N,)
        `4 Y_j`, thermal occupation, and initial `<S^z_j>`.
    sites, others : integer arrays, shapes (k,), (N - k,)
    times : array, shape (T,)
    """
    k, N, T = sites.size, J.shape[0], times.size
    cos_table, sin_table = np.empty((k, N, T)), np.empty((k, N, T))
    for a in range(k):
        for j in range(N):
            for x in range(T):
                phase = 4.0 * J[sites[a], j] * times[x]
                cos_table[a, j, x], sin_table[a, j, x] = math.cos(phase), math.sin(phase)
    cosine, sine = np.ones((k + 1, N, T)), np.zeros((k + 1, N, T))
    top = np.zeros(k + 1, np.int64)  # where in the stack the phases of the first a entries lie
    d = np.zeros(k, np.int64)  # the pattern in the middle: all before it are minus the ones after it
    before = np.zeros(k, np.int64)
    values = np.empty((2**k, T), np.complex128)
    rows, columns = np.empty(2**k, np.int64), np.empty(2**k, np.int64)
    slow, fast = np.empty(T, np.complex128), np.empty(T, np.complex128)
    more = True
    while more:
        changed = 0
        while changed < k - 1 and d[changed] == before[changed]:
            changed += 1
        before[:] = d
        for a in range(changed, k):
            below = top[a]
            top[a + 1] = below if d[a] == 0 else a + 1
            if d[a] != 0:
                for j in range(N):
                    for x in range(T):
                        c, s = cosine[below, j, x], sine[below, j, x]
                        C, S = cos_table[a, j, x], d[a] * sin_table[a, j, x]
                        cosine[a + 1, j, x], sine[a + 1, j, x] = c * C - s * S, s * C + c * S
        c_all, s_all = cosine[top[k]], sine[top[k]]
        values[0] = 1.0
        for j in others:
            w = frequency(J, sites, d, j)
            if w == 0.0:
                continue
            if G[j] == 0.0:
                for x in range(T):
                    values[0, x] *= complex(c_all[j, x], -m[j] * s_all[j, x])
            else:
                B = trace_weight(w, G[j], f[j], m[j])
                exponentials_at(c_all[j], s_all[j], w, G[j], f[j], times, slow, fast)
                for x in range(T):
                    values[0, x] *= (1.0 - B) * slow[x] + B * fast[x]
        rows[0] = columns[0] = 0
        n = 1
        for a in range(k):
            i, bit = sites[a], 1 << (k - 1 - a)
            if d[a] == 0:
                w, p, q = frequency(J, sites, d, i), 0.5 * (1.0 + m[i]), 0.5 * (1.0 - m[i])
                y, z = upper_weight(w, G[i], f[i], m[i]), lower_weight(w, G[i], f[i], m[i])
                exponentials_at(c_all[i], s_all[i], w, G[i], f[i], times, slow, fast)
                for x in range(T):
                    up, down = (p - y) * slow[x] + y * fast[x], z * slow[x] + (q - z) * fast[x]
                    if w == 0.0:
                        u, v = relaxed_populations(G[i], f[i], m[i], times[x])
                        up, down = complex(u, 0.0), complex(v, 0.0)
                    for e in range(n):
                        values[n + e, x] = values[e, x] * down
                        values[e, x] *= up
                for e in range(n):
                    rows[n + e], columns[n + e] = rows[e] + bit, columns[e] + bit
                n *= 2
            else:
                for x in range(T):
                    c = coherence(G[i], f[i], m[i], times[x])
                    for e in range(n):
                        values[e, x] *= c
                for e in range(n):
                    if d[a] == 1:
                        columns[e] += bit
                    else:
                        rows[e] += bit
        for x in range(T):
            for e in range(n):
                out[x, columns[e], rows[e]] = values[e, x].conjugate()
                out[x, rows[e], columns[e]] = values[e, x]
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
