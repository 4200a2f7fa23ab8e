"""Purity of half an isolated system as a sum over `d_a` in (-1, 0, 1): the moves of a particle filter.

A particle is one pattern `d` of the subsystem and the phases `w_j t = sum_a d_a 4 J_aj t` of the spins traced out.
Their cosines and sines follow a move by angle addition. `|F_j|^2 = 1 - (1 - m_j^2) sin^2(w_j t)` is the weight of a
traced spin; a product of many is kept as a logarithm, taken once for each of `LANES` partial products.
"""

import math

import numpy as np

from tlsglass.kernels.compilation import kernel

LANES = 16  # the number of traced spins is filled up to a multiple of it, with spins of weight 1


@kernel
def log_weight(sine, opening):
    """`ln prod_j |F_j|^2` of one particle; `opening` is `1 - m_j^2`."""
    lane = np.ones(LANES)
    for start in range(0, sine.size, LANES):
        for i in range(LANES):
            lane[i] *= 1.0 - opening[start + i] * sine[start + i] ** 2
    total = 0.0
    for i in range(LANES):
        total += math.log(lane[i])
    return total


@kernel
def log_weights(sine, opening, out):
    """Logarithmic weights of all particles, shape (P,); `sine` has shape (P, M)."""
    for p in range(sine.shape[0]):
        out[p] = log_weight(sine[p], opening)


@kernel
def sweep(d, cosine, sine, cos_table, sin_table, opening, stay, flip, exponent, uniform):
    """One Gibbs sweep: draw each `d_a` anew, given all others, with the weights `prior * prod_j |F_j|^(2 exponent)`.

    Patterns with fewer than two non-zero entries have no weight: they are summed exactly elsewhere.

    Parameters
    ----------
    d : integer array, shape (P, k)
    cosine, sine : arrays, shape (P, M)
        Of the phases of the traced spins.
    cos_table, sin_table : arrays, shape (k, M)
        Of `4 J_aj t`.
    opening : array, shape (M,)
    stay, flip : arrays, shape (k,)
        Prior weight of `d_a = 0`, and of each of `+-1`.
    exponent : float
    uniform : array, shape (P, k)
        Random numbers in [0, 1).
    """
    M = opening.size
    c_0, s_0, s_up, s_down = np.empty(M), np.empty(M), np.empty(M), np.empty(M)
    for p in range(d.shape[0]):
        c, s = cosine[p], sine[p]
        non_zero = 0
        for a in range(d.shape[1]):
            non_zero += abs(d[p, a])
        for a in range(d.shape[1]):
            C, S, now = cos_table[a], sin_table[a], float(d[p, a])
            turned = 1.0 if now != 0.0 else 0.0
            for j in range(M):
                cd, sd = 1.0 + turned * (C[j] - 1.0), now * S[j]
                c_0[j] = c[j] * cd + s[j] * sd
                s_0[j] = s[j] * cd - c[j] * sd
                s_up[j] = s_0[j] * C[j] + c_0[j] * S[j]
                s_down[j] = s_0[j] * C[j] - c_0[j] * S[j]
            others = non_zero - abs(d[p, a])
            l_0, l_up, l_down = log_weight(s_0, opening), log_weight(s_up, opening), log_weight(s_down, opening)
            top = max(l_0, l_up, l_down)
            w_0 = stay[a] * math.exp(exponent * (l_0 - top)) if others >= 2 else 0.0
            w_up, w_down = flip[a] * math.exp(exponent * (l_up - top)), flip[a] * math.exp(exponent * (l_down - top))
            x = uniform[p, a] * (w_0 + w_up + w_down)
            new = 0 if x < w_0 else 1 if x < w_0 + w_up else -1
            if new != d[p, a]:
                for j in range(M):
                    sd = new * S[j]
                    cd = C[j] if new != 0 else 1.0
                    c[j] = c_0[j] * cd - s_0[j] * sd
                    s[j] = s_0[j] * cd + c_0[j] * sd
                d[p, a] = new
            non_zero = others + abs(new)
