"""Sine, cosine and exponential as polynomials, which compilers turn into vector instructions; phases to the last digit.

A call of the C library handles one number at a time; these handle a tile of times at once. Their errors are measured
against 40 digits in the tests: at most 2 units in the last place of 1 for sine and cosine, 1 unit in the last place of
the result for the exponential.
"""

import math

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from tlsglass.kernels.compilation import kernel

# pi / 2 as a sum of two doubles
HALF_PI = 1.5707963267948966
HALF_PI_TAIL = 6.123233995736766e-17
# ln 2 as a sum of two doubles, the first with 21 zero bits at its end, so that its multiples up to 2^11 are exact
_LN2 = 6.93147180369123816490e-01
_LN2_TAIL = 1.90821492927058770002e-10
_ROUND = 6755399441055744.0  # 1.5 * 2^52: added to x, it leaves the nearest integer in the last bits
LARGEST_PHASE = 2.0**50  # beyond, a multiple of pi / 2 has no exact number any more
SMALLEST_EXPONENT = -708.0  # exp is 0 below: 3e-308, where doubles begin to lose digits


@intrinsic
def fma(typingctx, x, y, z):
    """`x y + z` with one rounding."""

    def code(context, builder, signature, arguments):
        return builder.fma(*arguments)

    return types.float64(types.float64, types.float64, types.float64), code


@intrinsic
def _shifted_power(typingctx, x):
    """`2^n` from the bits of `x = _ROUND + n`, for -1022 <= n <= 1023."""

    def code(context, builder, signature, arguments):
        i64 = ir.IntType(64)
        bits = builder.add(builder.bitcast(arguments[0], i64), ir.Constant(i64, 1023))
        return builder.bitcast(builder.shl(bits, ir.Constant(i64, 52)), ir.DoubleType())

    return types.float64(types.float64), code


@kernel(inline=True)
def sine_cosine_of_remainder(r, n):
    """`(sin x, cos x)` of `x = r + n pi / 2`, where `|r| <= pi / 4` up to rounding and `n` is a whole number (a float).

    Minimax polynomials of fdlibm (Sun Microsystems).
    """
    z = r * r
    s = 1.58969099521155010221e-10
    s = s * z - 2.50507602534068634195e-08
    s = s * z + 2.75573137070700676789e-06
    s = s * z - 1.98412698298579493134e-04
    s = s * z + 8.33333333332248946124e-03
    s = s * z - 1.66666666666666324348e-01
    s = r + r * z * s
    c = -1.13596475577881948265e-11
    c = c * z + 2.08757232129817482790e-09
    c = c * z - 2.75573143513906633035e-07
    c = c * z + 2.48015872894767294178e-05
    c = c * z - 1.38888888888741095749e-03
    c = c * z + 4.16666666666666019037e-02
    c = 1.0 - 0.5 * z + z * z * c
    quarter = n - 4.0 * np.floor(0.25 * n)
    odd = (quarter == 1.0) | (quarter == 3.0)
    sine, cosine = c if odd else s, s if odd else c
    return -sine if quarter >= 2.0 else sine, -cosine if (quarter == 1.0) | (quarter == 2.0) else cosine


@kernel(inline=True)
def sine_cosine(w, t):
    """`(sin(w t), cos(w t))` for `|w t| < 2^50`, to the last digit even where `w t` has no digits after the point.

    The product is kept as an exact sum of two doubles and reduced once. Every phase is then that of the two given
    numbers, and phases that belong together (of a, of b, of their sum) fit together at any time.
    """
    x = w * t
    rest = fma(w, t, -x)
    n = np.rint(x * (1.0 / HALF_PI))
    r = fma(-n, HALF_PI, x)
    again = np.rint(r * (1.0 / HALF_PI))  # the first quotient may be off by one where it has 50 bits
    n, r = n + again, fma(-again, HALF_PI, r)
    return sine_cosine_of_remainder(fma(-n, HALF_PI_TAIL, r) + rest, n)


@kernel
def late_sine_cosine(w, t):
    """`(sin(w t), cos(w t))` for any finite `w t`: the C library reduces both parts of the product."""
    x = w * t
    rest = fma(w, t, -x)
    s, c, s_rest, c_rest = math.sin(x), math.cos(x), math.sin(rest), math.cos(rest)
    return s * c_rest + c * s_rest, c * c_rest - s * s_rest


@kernel(inline=True)
def squared(z):
    """`|z|^2`."""
    return z.real * z.real + z.imag * z.imag


@kernel
def phase(w, t):
    """`(sin(w t), cos(w t))`."""
    return sine_cosine(w, t) if abs(w * t) < LARGEST_PHASE else late_sine_cosine(w, t)


@kernel(inline=True)
def exponential(x):
    """`exp(x)` for `x <= 700`; 0 below -708."""
    y = max(x, SMALLEST_EXPONENT)
    shifted = y * 1.4426950408889634 + _ROUND
    n = shifted - _ROUND
    r = fma(-n, _LN2_TAIL, fma(-n, _LN2, y))
    e = 1.0 / 6227020800.0  # Taylor: |r| <= ln(2) / 2 leaves r^14 / 14! = 4e-18
    for factorial in (479001600.0, 39916800.0, 3628800.0, 362880.0, 40320.0, 5040.0, 720.0, 120.0, 24.0, 6.0, 2.0):
        e = e * r + 1.0 / factorial
    e = (e * r * r + r) + 1.0
    return 0.0 if x < SMALLEST_EXPONENT else e * _shifted_power(shifted)
