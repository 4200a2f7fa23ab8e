r"""The half-sided Fourier integral (A5), `int_0^oo ds e^{i zeta s} = i PV 1/zeta + pi delta(zeta)`, made safe.

As it stands the integral does not converge. Two ways to give it a meaning, and both end at (A5): a factor
`e^{-eta s}` with `eta -> 0` (:func:`half_line`), or a bath whose own correlations fade (:func:`debye_gamma`).
"""

import numpy as np
import sympy as sp
from scipy.special import wofz

from tlsglass._checks import finite_array, integer, non_negative, positive, times
from tlsglass._signatures import checked


@checked
def half_line(zeta: sp.Expr, regulator: sp.Expr) -> sp.Expr:
    """Regulated half-sided Fourier integral of (A5): `int_0^oo ds e^{i zeta s - eta s} = 1 / (eta - i zeta)`.

    Its real part `eta / (eta^2 + zeta^2)` becomes `pi delta(zeta)`, its imaginary part `zeta / (eta^2 + zeta^2)`
    becomes `PV 1/zeta` as `eta -> 0`.
    """
    return 1 / (regulator - sp.I * zeta)


@checked
def smeared_half_line(centre: float, regulator: float) -> complex:
    """Regulated (A5) against the test function `exp(-(zeta - centre)^2)`: `int d zeta test / (eta - i zeta)`.

    The integral is `pi w(centre + i eta)` with the Faddeeva function `w`. At `eta = 0` it is
    `pi exp(-centre^2) + 2 i sqrt(pi) Dawson(centre)`: delta function and principal value.

    Parameters
    ----------
    centre : float
    regulator : float
        `eta >= 0`.
    """
    eta = non_negative("regulator", regulator)
    return np.pi * complex(wofz(complex(finite_array("centre", centre, ()), eta)))


@checked
def debye_correlator(delay: np.ndarray) -> np.ndarray:
    """Correlator at T = 0 of a bath with the spectrum `omega^3 exp(-omega)`: its Fourier integral `6 / (1 + i s)^4`.

    Phonons in three dimensions, coupled to strain, have the spectrum `omega^3`; the exponential stands for the Debye
    cutoff, and the frequencies are measured in it. The bath forgets after a delay `s` of about 1.

    Parameters
    ----------
    delay : array, shape (T,)
        `s >= 0`, in units of the inverse cutoff.

    Returns
    -------
    array of complex, shape (T,)
    """
    return 6.0 / (1.0 + 1j * times("delay", delay)) ** 4


@checked
def debye_gamma(frequency: float, until: np.ndarray, n_nodes: int = 400) -> np.ndarray:
    """Half-sided transform `int_0^until ds e^{i frequency s} debye_correlator(s)`, by Gauss-Legendre quadrature.

    As `until` grows the real part tends to `pi frequency^3 exp(-frequency)`, as (A5) says.

    Parameters
    ----------
    frequency : float
        In units of the cutoff, positive.
    until : array, shape (T,)
        Upper limits, in units of the inverse cutoff.
    n_nodes : int
        Nodes of the rule.

    Returns
    -------
    array of complex, shape (T,)
    """
    positive("frequency", frequency)
    until = times("until", until)
    nodes, weights = np.polynomial.legendre.leggauss(integer("n_nodes", n_nodes, 2, 10_000))
    s = until[:, None] * (nodes + 1) / 2  # t n
    values = np.exp(1j * frequency * s) * debye_correlator(s.ravel()).reshape(s.shape)
    return until / 2 * (values @ weights)
