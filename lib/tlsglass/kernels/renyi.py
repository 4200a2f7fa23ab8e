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
def log_of_product(lane):
    """`ln` of the product of all lanes, each of which is a product that fits a float."""
    total = 0.0
    for i in range(LANES):
        total += math.log(lane[i])
    return total


@kernel
def log_weights(sine, opening, out):
    """Logarithmic weights `ln prod_j |F_j|^2` of all particles, shape (P,); `sine` has shape (P, M)."""
    lane = np.empty(LANES)
    for p in range(sine.shape[0]):
        lane[:] = 1.0
        for start in range(0, opening.size, LANES):
            for i in range(LANES):
                lane[i] *= 1.0 - opening[start + i] * sine[p, start + i] ** 2
        out[p] = log_of_product(lane)


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
    zero, up, down = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for p in range(d.shape[0]):
        c, s = cosine[p], sine[p]
        non_zero = 0
        for a in range(d.shape[1]):
            non_zero += abs(d[p, a])
        for a in range(d.shape[1]):
            C, S, now = cos_table[a], sin_table[a], float(d[p, a])
            turned = abs(now)
            zero[:] = up[:] = down[:] = 1.0
            for start in range(0, M, LANES):
                for i in range(LANES):
                    j = start + i
                    back_c, back_s = 1.0 + turned * (C[j] - 1.0), now * S[j]  # turn back to d_a = 0
                    c_0, s_0 = c[j] * back_c + s[j] * back_s, s[j] * back_c - c[j] * back_s
                    one, other = s_0 * C[j], c_0 * S[j]
                    zero[i] *= 1.0 - opening[j] * s_0**2
                    up[i] *= 1.0 - opening[j] * (one + other) ** 2
                    down[i] *= 1.0 - opening[j] * (one - other) ** 2
            others = non_zero - abs(d[p, a])
            l_0, l_up, l_down = log_of_product(zero), log_of_product(up), log_of_product(down)
            top = max(l_0, l_up, l_down)
            w_0 = stay[a] * math.exp(exponent * (l_0 - top)) if others >= 2 else 0.0
            w_up, w_down = flip[a] * math.exp(exponent * (l_up - top)), flip[a] * math.exp(exponent * (l_down - top))
            x = uniform[p, a] * (w_0 + w_up + w_down)
            new = 0 if x < w_0 else 1 if x < w_0 + w_up else -1
            for _ in range(abs(new - d[p, a])):  # one step of +-1 at a time
                sign = 1.0 if new > d[p, a] else -1.0
                for j in range(M):
                    c_j, s_j = c[j], s[j]
                    c[j], s[j] = c_j * C[j] - sign * s_j * S[j], s_j * C[j] + sign * c_j * S[j]
            d[p, a] = new
            non_zero = others + abs(new)
