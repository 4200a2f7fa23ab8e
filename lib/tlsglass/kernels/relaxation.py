"""One spin that is traced out, or is diagonal, in an element of a reduced density matrix.

Its two populations `(u, d)` feel a real frequency `w` from the sites that are off-diagonal, and jump with the rates
`G (1 + f)` (towards the ground state) and `G f`:

    d/dt (u, d) = [[-i w - G f, G (1 + f)], [G f, i w - G (1 + f)]] (u, d),   (u, d)(0) = ((1 + m) / 2, (1 - m) / 2).

The matrix has the eigenvalues

    slow = -i w - G f + shift,   fast = i w - G (1 + f) - shift,

so `u + d`, `u` and `d` are sums of two exponentials. The shift vanishes with the temperature: without it the
exponentials are pure phases times decays, which are known from tables. `G = 0` gives Appendix B.
"""

import math

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.elementary import phase

TINY = 1e-300  # keeps 0/0 away where nothing happens at all


@kernel(inline=True)
def scale(w, G, f):
    """The largest rate: divided by it, no square of a rate is lost (rates below 1e-162 have none) or overflows."""
    return max(abs(w), G * (1.0 + f), TINY)


@kernel(inline=True)
def eigenvalues(w, G, f):
    """`(Re slow, Re shift, Im shift, Re half, Im half)` for rates of order 1 at most; `half = (slow - fast) / 2`.

    `half^2 = Gamma^2 - w^2 - i w G` with `Gamma = G (1 + 2 f) / 2`. Each is a sum of terms of one sign or a quotient of
    such: the differences that define them (`slow = half - Gamma`, `shift = half - G / 2 + i w`) would cancel. At T = 0
    both `Re slow` and the shift are exactly 0.
    """
    width = 0.5 * G * (1.0 + 2.0 * f)
    x, y = (width - w) * (width + w), abs(w) * G
    larger = math.sqrt(0.5 * (math.sqrt(x * x + y * y) + abs(x)))
    smaller = 0.5 * y / max(larger, TINY)
    half_re, size = (larger, smaller) if x >= 0.0 else (smaller, larger)
    half_im = math.copysign(size, -w)
    re, im = half_re + 0.5 * G, half_im - w
    factor = G * f * G * (1.0 + f) / max(re * re + im * im, TINY)
    shift_re, shift_im = factor * re, -factor * im
    re, twice = half_re + width, 2.0 * max(half_re, TINY)
    loss = G * f * (G / twice) + 2.0 * (shift_re / twice) * (G + shift_re + width)
    slow_re = -w * w * loss / max(re * re + half_im * half_im, TINY)
    return slow_re, shift_re, shift_im, half_re, half_im


@kernel(inline=True)
def over_twice(re, im, half_re, half_im):
    """`(re + i im) / (2 half)` as two numbers; 0 where nothing happens."""
    norm = 0.5 / max(half_re * half_re + half_im * half_im, TINY)
    return (re * half_re + im * half_im) * norm, (im * half_re - re * half_im) * norm


@kernel
def trace_weight(w, G, f, m):
    """Weight `B` of the fast exponential: `u + d = (1 - B) exp(slow t) + B exp(fast t)`."""
    s = scale(w, G, f)
    w, G = w / s, G / s
    slow_re, _, shift_im, half_re, half_im = eigenvalues(w, G, f)
    return complex(*over_twice(slow_re, shift_im - w * (1.0 - m), half_re, half_im))


@kernel
def upper_weight(w, G, f, m):
    """Weight `y` of the fast exponential in the upper population: `u = (p - y) exp(slow t) + y exp(fast t)`."""
    s = scale(w, G, f)
    w, G = w / s, G / s
    _, shift_re, shift_im, half_re, half_im = eigenvalues(w, G, f)
    p, q = 0.5 * (1.0 + m), 0.5 * (1.0 - m)
    return complex(*over_twice(p * shift_re - G * (1.0 + f) * q, p * shift_im, half_re, half_im))


@kernel
def lower_weight(w, G, f, m):
    """Weight `z` of the slow exponential in the lower population: `d = z exp(slow t) + (1 - p - z) exp(fast t)`.

    It vanishes with `f`, exactly; `d` then decays far below the rounding of 1.
    """
    s = scale(w, G, f)
    w, G = w / s, G / s
    _, shift_re, shift_im, half_re, half_im = eigenvalues(w, G, f)
    p, q = 0.5 * (1.0 + m), 0.5 * (1.0 - m)
    return complex(*over_twice(q * shift_re + G * f * p, q * shift_im, half_re, half_im))


@kernel
def exponentials(cosine, sine, w, G, f, t):
    """`(exp(slow t), exp(fast t))` from the cosine and the sine of `w t`.

    The phase `w t` enters by its cosine and sine alone, so that the four frequencies of a pair, `w_a`, `w_b` and
    `w_a +- w_b`, have phases that fit together although `w t` is rounded. That keeps a state a state at late times.
    (The shift has a phase of its own, rounded each time. It is as large as `w t` where a spin jumps much faster than it
    is coupled.)
    """
    s = scale(w, G, f)
    slow_re, _, shift_im, _, _ = eigenvalues(w / s, G / s, f)
    slow_re, shift_im = s * slow_re, s * shift_im
    sin_shift, cos_shift = phase(shift_im, t)
    re = cosine * cos_shift + sine * sin_shift
    im = sine * cos_shift - cosine * sin_shift  # cosine and sine of (w - Im shift) t
    e_slow, e_fast = math.exp(slow_re * t), math.exp(-(G * (1.0 + 2.0 * f) + slow_re) * t)
    return complex(e_slow * re, -e_slow * im), complex(e_fast * re, e_fast * im)


@kernel
def populations_from_phase(cosine, sine, w, G, f, m, t):
    """Return the pair `(u, d)` at time `t` from the cosine and the sine of `w t`."""
    e_slow, e_fast = exponentials(cosine, sine, w, G, f, t)
    y, z = upper_weight(w, G, f, m), lower_weight(w, G, f, m)
    return (0.5 * (1.0 + m) - y) * e_slow + y * e_fast, z * e_slow + (0.5 * (1.0 - m) - z) * e_fast


@kernel
def populations(w, G, f, m, t):
    """Return the pair `(u, d)` at time `t`."""
    sine, cosine = phase(w, t)
    return populations_from_phase(cosine, sine, w, G, f, m, t)


@kernel
def relaxed_populations(G, f, m, t):
    """Return the pair `(u, d)` at `w = 0`, real: from the initial populations to the thermal ones.

    A sum of positive terms: `d` keeps all its digits where `1 - u` would lose them, which matters because a nearly pure
    state has a concurrence of the order of `sqrt(d)`.
    """
    rate = G * (1.0 + 2.0 * f)
    kept, lost = math.exp(-rate * t), -math.expm1(-rate * t)
    excited = f / (1.0 + 2.0 * f)
    return 0.5 * (1.0 + m) * kept + (1.0 - excited) * lost, 0.5 * (1.0 - m) * kept + excited * lost


@kernel
def coherence(G, f, m, t):
    """Modulus of the off-diagonal element of one site at time `t`: `sin(theta) / 2` at first, decaying at `1/T_2`."""
    return 0.5 * math.sqrt((1.0 - m) * (1.0 + m)) * math.exp(-0.5 * G * (1.0 + 2.0 * f) * t)
