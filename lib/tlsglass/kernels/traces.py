"""The trace `u + d` of one spectator from tabulated phases and decays: scalar formulas for vectorised loops.

Isolated: `cos(w t) - i m sin(w t)`. At T = 0 the two exponentials are `exp(-i w t)` and `exp(i w t) exp(-G t)`. At
T > 0 they are multiplied by `exp(-G f t)` and shifted by a frequency that is small where the coupling dominates; where
it is not small, one sine, one cosine and two exponentials are left to compute.
"""

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.elementary import (
    HALF_PI,
    HALF_PI_TAIL,
    LARGEST_PHASE,
    exponential,
    sine_cosine_of_remainder,
)
from tlsglass.kernels.relaxation import TINY, eigenvalues, over_twice, scale

_SMALL = 2.0**-6  # the Taylor series below leave x^7 / 5040 < 5e-17
_LINEAR = 2.0**-26  # 1 + x leaves x^2 / 2 < 2e-16
LINEAR, EARLY, LATE = range(3)  # how large a shift is


@kernel(inline=True)
def cold_weight(w, G, m):
    """Weight of the fast exponential at T = 0, `-i w (1 - m) / (G - 2 i w)`, as two numbers."""
    s = scale(w, G, 0.0)
    w, G = w / s, G / s
    factor = (1.0 - m) * w / max(G * G + 4.0 * w * w, TINY)
    return 2.0 * w * factor, -G * factor


@kernel(inline=True)
def cold_trace(cosine, sine, re, im, decay):
    """`(1 - B) exp(-i w t) + B exp(i w t) exp(-G t)` with `B = re + i im`, as (real part, imaginary part)."""
    re_late, im_late = re * decay, im * decay
    return (
        (1.0 - re + re_late) * cosine - (im + im_late) * sine,
        (im_late - im) * cosine - (1.0 - re - re_late) * sine,
    )


@kernel(inline=True)
def warm_weight(w, G, f, m):
    """Weight of the fast exponential (two numbers), `Re slow`, and the shift (two numbers)."""
    s = scale(w, G, f)
    w, G = w / s, G / s
    slow_re, shift_re, shift_im, half_re, half_im = eigenvalues(w, G, f)
    re, im = over_twice(slow_re, shift_im - w * (1.0 - m), half_re, half_im)
    return re, im, s * slow_re, s * shift_re, s * shift_im


@kernel(inline=True)
def is_small(shift_re, shift_im, latest):
    """Whether the shift is small enough for :func:`early_exponentials` until the time `latest`."""
    return (abs(shift_re) + abs(shift_im)) * latest < _SMALL


@kernel(inline=True)
def is_linear(shift_re, shift_im, latest):
    """Whether the shift is so small that :func:`linear_exponentials` will do until the time `latest`."""
    return (abs(shift_re) + abs(shift_im)) * latest < _LINEAR


@kernel(inline=True)
def linear_exponentials(x, y, upward, downward):
    """`exp(z) upward` and `exp(-z) downward` with `z = x + i y`, `|z| < 2^-26`, as four numbers."""
    return upward + upward * x, upward * y, downward - downward * x, -downward * y


@kernel(inline=True)
def early_exponentials(x, y, upward, downward):
    """`exp(z) upward` and `exp(-z) downward` with `z = x + i y`, `|z| < 1/64`, as four numbers."""
    re, im = x * x - y * y, 2.0 * x * y  # even part 1 + z^2/2 (1 + z^2/12 (1 + z^2/30)), odd part z (1 + z^2/6 ...)
    even_re, even_im = 1.0 + re * (1.0 / 30.0), im * (1.0 / 30.0)
    even_re, even_im = 1.0 + (re * even_re - im * even_im) / 12.0, (re * even_im + im * even_re) / 12.0
    even_re, even_im = 1.0 + 0.5 * (re * even_re - im * even_im), 0.5 * (re * even_im + im * even_re)
    odd_re, odd_im = 1.0 + re * (1.0 / 20.0), im * (1.0 / 20.0)
    odd_re, odd_im = 1.0 + (re * odd_re - im * odd_im) / 6.0, (re * odd_im + im * odd_re) / 6.0
    odd_re, odd_im = x * odd_re - y * odd_im, x * odd_im + y * odd_re
    return (
        upward * (even_re + odd_re), upward * (even_im + odd_im),
        downward * (even_re - odd_re), downward * (even_im - odd_im),
    )  # fmt: skip


@kernel(inline=True)
def late_exponentials(slow, fast, y):
    """`exp(slow) exp(i y)` and `exp(fast) exp(-i y)`, as four numbers; one sine and cosine serve both.

    `y` is rounded for each of the four frequencies of a pair: they fit together up to the rounding of `y`, which is as
    large as `w t` where a spin jumps much faster than it is coupled. A `y` that has no digit left counts as 0.
    """
    y = 0.0 if abs(y) >= LARGEST_PHASE else y
    n = np.rint(y * (1.0 / HALF_PI))
    sine, cosine = sine_cosine_of_remainder(y - n * HALF_PI - n * HALF_PI_TAIL, n)
    e_slow, e_fast = exponential(slow), exponential(fast)
    return e_slow * cosine, e_slow * sine, e_fast * cosine, -e_fast * sine


@kernel(inline=True)
def shifted_exponentials(size, slow, fast, shift_re, shift_im, upward, downward, t):
    """Exponentials of :func:`late_exponentials` at the time `t`, by the shortest way that `size` allows."""
    if size == LINEAR:
        return linear_exponentials(shift_re * t, shift_im * t, upward, downward)
    if size == EARLY:
        return early_exponentials(shift_re * t, shift_im * t, upward, downward)
    return late_exponentials(slow * t, fast * t, shift_im * t)


@kernel(inline=True)
def warm_trace(cosine, sine, re, im, slow_re, slow_im, fast_re, fast_im):
    """`(1 - B) exp(-i w t) S + B exp(i w t) F` with `B = re + i im` and the exponentials `S`, `F` without the phase."""
    s_re, s_im = (1.0 - re) * slow_re + im * slow_im, (1.0 - re) * slow_im - im * slow_re  # (1 - B) S
    f_re, f_im = re * fast_re - im * fast_im, re * fast_im + im * fast_re  # B F
    return (
        (s_re + f_re) * cosine + (s_im - f_im) * sine,
        (s_im + f_im) * cosine - (s_re - f_re) * sine,
    )
