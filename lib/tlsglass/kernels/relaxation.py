"""One spin that is traced out, or is diagonal, in an element of a reduced density matrix.

Its two populations `(u, d)` feel a real frequency `w` from the sites that are off-diagonal, and jump with the rates
`G (1 + f)` (towards the ground state) and `G f`:

    d/dt (u, d) = [[-i w - G f, G (1 + f)], [G f, i w - G (1 + f)]] (u, d),   (u, d)(0) = ((1 + m) / 2, (1 - m) / 2).

The matrix has two eigenvalues, so `u + d` and `u` are sums of two exponentials. `G = 0` gives Appendix B.
"""

import cmath
import math

from tlsglass.kernels.compilation import kernel


@kernel
def eigenvalues(w, G, f):
    """Both eigenvalues and half their difference, `(slow, fast, half)`; `Re slow >= Re fast`.

    `slow` is written as a quotient because `half - G (1 + 2 f) / 2` would cancel where dissipation dominates.
    """
    width = 0.5 * G * (1.0 + 2.0 * f)
    half = cmath.sqrt(complex(width * width - w * w, -w * G))
    slow = complex(-w * w, -w * G) / (half + width) if w != 0.0 else 0j
    return slow, -half - width, half


@kernel
def trace_weight(w, G, f, m):
    """Weight `B` of the fast exponential: `u + d = (1 - B) exp(slow t) + B exp(fast t)`."""
    slow, _, half = eigenvalues(w, G, f)
    if half == 0:
        return 0j
    return (slow + 1j * w * m) / (2.0 * half)


@kernel
def upper_weight(w, G, f, m):
    """Weight `y` of the fast exponential in the upper population: `u = (p - y) exp(slow t) + y exp(fast t)`."""
    slow, _, half = eigenvalues(w, G, f)
    if half == 0:
        return 0j
    p = 0.5 * (1.0 + m)
    initial_slope = complex(-G * f * p + G * (1.0 + f) * (1.0 - p), -w * p)
    return (p * slow - initial_slope) / (2.0 * half)


@kernel
def lower_weight(w, G, f, m):
    """Weight `z` of the slow exponential in the lower population: `d = z exp(slow t) + (1 - p - z) exp(fast t)`.

    It vanishes with `f`; written so that this is exact, because `d` then decays far below the rounding of 1.
    """
    slow, _, half = eigenvalues(w, G, f)
    if half == 0:
        return 0j
    inflow = G * (1.0 + f)
    return (
        G * f / (2.0 * half) * (0.5 * (1.0 + m) + inflow * 0.5 * (1.0 - m) / complex(slow.real + inflow, slow.imag - w))
    )


@kernel
def populations(w, G, f, m, t):
    """Return the pair `(u, d)` at time `t`."""
    slow, fast, _ = eigenvalues(w, G, f)
    e_slow, e_fast = cmath.exp(slow * t), cmath.exp(fast * t)
    y, z = upper_weight(w, G, f, m), lower_weight(w, G, f, m)
    return (0.5 * (1.0 + m) - y) * e_slow + y * e_fast, z * e_slow + (0.5 * (1.0 - m) - z) * e_fast


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
