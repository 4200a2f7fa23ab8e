"""Products over the spectators of a pair: the loop in which most of the time is spent, one for each regime.

Four products grow together, at the frequencies `w_a`, `w_b`, `w_a + w_b` and `w_a - w_b`. They are kept in one flat
array `F` of 8 tiles (real and imaginary part of each). Isolated and at T = 0 the loops work on a copy of it on the
stack, `P`, which stays in registers; at T > 0 the factors need these. The phases of sum and difference come from angle
addition.
"""

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.stack import stack_array
from tlsglass.kernels.tiles import TILE
from tlsglass.kernels.traces import (
    EARLY,
    LATE,
    LINEAR,
    cold_trace,
    cold_weight,
    is_linear,
    is_small,
    shifted_exponentials,
    warm_trace,
    warm_weight,
)

F_SIZE = 8 * TILE
_A, _B, _SUM, _DIFFERENCE = 0, 2 * TILE, 4 * TILE, 6 * TILE  # where each product begins in `F`
# Where the numbers of 16 spectators begin in `W`: frequencies, rates; weight, slow eigenvalue and shift at the sum and
# at the difference of the two frequencies.
W_A, W_B, W_G, W_F, W_M, W_SUM, W_DIFFERENCE, W_SIZE = (
    0,
    TILE,
    2 * TILE,
    3 * TILE,
    4 * TILE,
    5 * TILE,
    10 * TILE,
    15 * TILE,
)


@kernel(inline=True, bare=True)
def clear(F):
    """Set the four products to 1: none has a factor yet."""
    for k in range(TILE):
        F[k] = F[2 * TILE + k] = F[4 * TILE + k] = F[6 * TILE + k] = 1.0
        F[TILE + k] = F[3 * TILE + k] = F[5 * TILE + k] = F[7 * TILE + k] = 0.0


@kernel(inline=True)
def times_factor(F, place, re, im):
    """Multiply one product at one time by `re + i im`."""
    x, y = F[place], F[place + TILE]
    F[place] = x * re - y * im
    F[place + TILE] = x * im + y * re


@kernel(inline=True, bare=True)
def multiply_isolated(F, rows_a, a, rows_b, b, m, order, first, last):
    """Multiply by the traces `cos(w t) - i m sin(w t)` of the spectators `order[first:last]`."""
    P = stack_array(F_SIZE)
    for k in range(F_SIZE):
        P[k] = F[k]
    for n in range(first, last):
        j = order[n]
        minus = -m[j]
        for k in range(TILE):
            cos_a, sin_a = rows_a.cosine[a, j, k], rows_a.sine[a, j, k]
            cos_b, sin_b = rows_b.cosine[b, j, k], rows_b.sine[b, j, k]
            cc, ss, sc, cs = cos_a * cos_b, sin_a * sin_b, sin_a * cos_b, cos_a * sin_b
            times_factor(P, _A + k, cos_a, minus * sin_a)
            times_factor(P, _B + k, cos_b, minus * sin_b)
            times_factor(P, _SUM + k, cc - ss, minus * (sc + cs))
            times_factor(P, _DIFFERENCE + k, cc + ss, minus * (sc - cs))
    for k in range(F_SIZE):
        F[k] = P[k]


@kernel(inline=True, bare=True)
def pack(W, J, a, b, G, f, m, order, first, count):
    """Copy what the weights of the spectators `order[first : first + count]` need side by side: one lane each."""
    for n in range(count):
        j = order[first + n]
        W[W_A + n], W[W_B + n], W[W_G + n], W[W_M + n] = 4.0 * J[a, j], 4.0 * J[b, j], G[j], m[j]
        W[W_F + n] = 0.0 if f is None else f[j]


@kernel(inline=True, bare=True)
def fill_cold_weights(W):
    """Weights of the fast exponential at sum and difference of the two frequencies, of 16 spectators at once."""
    for n in range(TILE):
        w_a, w_b, G, m = W[W_A + n], W[W_B + n], W[W_G + n], W[W_M + n]
        W[W_SUM + n], W[W_SUM + TILE + n] = cold_weight(w_a + w_b, G, m)
        W[W_DIFFERENCE + n], W[W_DIFFERENCE + TILE + n] = cold_weight(w_a - w_b, G, m)


@kernel(inline=True, bare=True)
def fill_warm_weights(W):
    """Weights, slow eigenvalue and shift at sum and difference of the two frequencies, of 16 spectators at once."""
    for side in range(2):
        place, sign = (W_SUM, 1.0) if side == 0 else (W_DIFFERENCE, -1.0)
        for n in range(TILE):
            w = W[W_A + n] + sign * W[W_B + n]
            re, im, slow, shift_re, shift_im = warm_weight(w, W[W_G + n], W[W_F + n], W[W_M + n])
            W[place + n], W[place + TILE + n], W[place + 2 * TILE + n] = re, im, slow
            W[place + 3 * TILE + n], W[place + 4 * TILE + n] = shift_re, shift_im


@kernel(inline=True, bare=True)
def multiply_cold(F, rows_a, a, rows_b, b, sites, W, order, first, count):
    """Multiply by the traces of the spectators `order[first : first + count]` at T = 0."""
    P = stack_array(F_SIZE)
    for k in range(F_SIZE):
        P[k] = F[k]
    for n in range(count):
        j = order[first + n]
        re_sum, im_sum = W[W_SUM + n], W[W_SUM + TILE + n]
        re_difference, im_difference = W[W_DIFFERENCE + n], W[W_DIFFERENCE + TILE + n]
        for k in range(TILE):
            cos_a, sin_a = rows_a.cosine[a, j, k], rows_a.sine[a, j, k]
            cos_b, sin_b = rows_b.cosine[b, j, k], rows_b.sine[b, j, k]
            cc, ss, sc, cs = cos_a * cos_b, sin_a * sin_b, sin_a * cos_b, cos_a * sin_b
            decay = sites.downward[j, k]
            times_factor(P, _A + k, rows_a.re[a, j, k], rows_a.im[a, j, k])
            times_factor(P, _B + k, rows_b.re[b, j, k], rows_b.im[b, j, k])
            re, im = cold_trace(cc - ss, sc + cs, re_sum, im_sum, decay)
            times_factor(P, _SUM + k, re, im)
            re, im = cold_trace(cc + ss, sc - cs, re_difference, im_difference, decay)
            times_factor(P, _DIFFERENCE + k, re, im)
    for k in range(F_SIZE):
        F[k] = P[k]


@kernel(inline=True, bare=True)
def multiply_shifted(F, rows_a, a, rows_b, b, j, sites, W, n, t, size):
    """Multiply by the traces of spectator `j`, the `n`-th in `W`, at T > 0.

    `size` says how large the larger of its two shifts is. It is a constant where this is called, so that the loop has
    one way to go.
    """
    re_sum, im_sum, slow_sum = W[W_SUM + n], W[W_SUM + TILE + n], W[W_SUM + 2 * TILE + n]
    x_sum, y_sum = W[W_SUM + 3 * TILE + n], W[W_SUM + 4 * TILE + n]
    re_diff, im_diff, slow_diff = W[W_DIFFERENCE + n], W[W_DIFFERENCE + TILE + n], W[W_DIFFERENCE + 2 * TILE + n]
    x_diff, y_diff = W[W_DIFFERENCE + 3 * TILE + n], W[W_DIFFERENCE + 4 * TILE + n]
    both = -W[W_G + n] * (1.0 + 2.0 * W[W_F + n])  # the sum of the slow and the fast eigenvalue
    for k in range(TILE):
        cos_a, sin_a = rows_a.cosine[a, j, k], rows_a.sine[a, j, k]
        cos_b, sin_b = rows_b.cosine[b, j, k], rows_b.sine[b, j, k]
        cc, ss, sc, cs = cos_a * cos_b, sin_a * sin_b, sin_a * cos_b, cos_a * sin_b
        up, down = sites.upward[j, k], sites.downward[j, k]
        times_factor(F, _A + k, rows_a.re[a, j, k], rows_a.im[a, j, k])
        times_factor(F, _B + k, rows_b.re[b, j, k], rows_b.im[b, j, k])
        s_re, s_im, f_re, f_im = shifted_exponentials(size, slow_sum, both - slow_sum, x_sum, y_sum, up, down, t[k])
        re, im = warm_trace(cc - ss, sc + cs, re_sum, im_sum, s_re, s_im, f_re, f_im)
        times_factor(F, _SUM + k, re, im)
        s_re, s_im, f_re, f_im = shifted_exponentials(size, slow_diff, both - slow_diff, x_diff, y_diff, up, down, t[k])
        re, im = warm_trace(cc + ss, sc - cs, re_diff, im_diff, s_re, s_im, f_re, f_im)
        times_factor(F, _DIFFERENCE + k, re, im)


@kernel(inline=True, bare=True)
def multiply_warm(F, rows_a, a, rows_b, b, sites, W, order, first, count, t, latest):
    """Multiply by the traces of the spectators `order[first : first + count]` at T > 0."""
    for n in range(count):
        j = order[first + n]
        shift_re = max(abs(W[W_SUM + 3 * TILE + n]), abs(W[W_DIFFERENCE + 3 * TILE + n]))
        shift_im = max(abs(W[W_SUM + 4 * TILE + n]), abs(W[W_DIFFERENCE + 4 * TILE + n]))
        if is_linear(shift_re, shift_im, latest):
            multiply_shifted(F, rows_a, a, rows_b, b, j, sites, W, n, t, LINEAR)
        elif is_small(shift_re, shift_im, latest):
            multiply_shifted(F, rows_a, a, rows_b, b, j, sites, W, n, t, EARLY)
        else:
            multiply_shifted(F, rows_a, a, rows_b, b, j, sites, W, n, t, LATE)


@kernel(inline=True, bare=True)
def multiply(F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, W, order, first, last, t, latest):
    """Multiply the four products by the traces of the spectators `order[first:last]`, in any regime."""
    if G is None:
        multiply_isolated(F, rows_a, i, rows_b, j, m, order, first, last)
    else:
        for start in range(first, last, TILE):
            count = min(TILE, last - start)
            pack(W, J, a, b, G, f, m, order, start, count)
            if f is None:
                fill_cold_weights(W)
                multiply_cold(F, rows_a, i, rows_b, j, sites, W, order, start, count)
            else:
                fill_warm_weights(W)
                multiply_warm(F, rows_a, i, rows_b, j, sites, W, order, start, count, t, latest)


@kernel(inline=True, bare=True)
def isolated_squares(S, rows_a, a, rows_b, b, m, j):
    """Write `|cos(w t) - i m sin(w t)|^2` of the spectator `j` at sum and difference of the frequencies, two tiles."""
    rest = m[j] * m[j]
    for k in range(rows_a.cosine.shape[2]):  # a short loop whose length the compiler sees is not vectorised
        cc = rows_a.cosine[a, j, k] * rows_b.cosine[b, j, k]
        ss = rows_a.sine[a, j, k] * rows_b.sine[b, j, k]
        S[k] = rest + (1.0 - rest) * (cc - ss) * (cc - ss)
        S[TILE + k] = rest + (1.0 - rest) * (cc + ss) * (cc + ss)


@kernel(inline=True, bare=True)
def squares(S, F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, W, order, t, latest):
    """Write `|u + d|^2` of the spectator `order[0]` at sum and difference of the frequencies into `S`, two tiles.

    `F` is work space.
    """
    if G is None:
        isolated_squares(S, rows_a, i, rows_b, j, m, order[0])
    else:
        clear(F)
        multiply(F, rows_a, i, rows_b, j, sites, J, a, b, G, f, m, W, order, 0, 1, t, latest)
        for k in range(TILE):
            S[k] = F[_SUM + k] ** 2 + F[_SUM + TILE + k] ** 2
            S[TILE + k] = F[_DIFFERENCE + k] ** 2 + F[_DIFFERENCE + TILE + k] ** 2
