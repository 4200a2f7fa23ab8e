r"""The integrals over `zeta = q r` of Eqs. (A22), (A23), with their regulators in the open.

With (A19) the sum over phonons leaves the integrals of `zeta^(l - m) s_l(zeta)` over all positive `zeta`; `m` is 3
for the four-letter integrals and 1 for the two-letter ones. None of the outer ones converges alone.

* At large `zeta` a smooth cutoff `exp(-alpha zeta)` is put in and `alpha -> 0` taken at the end. Physically `alpha =
  a / r` with `a` the length below which the solid is no continuum. What the limit drops is proportional to
  :math:`\delta^3(r)` and its derivatives: it lives at `r = 0` and never reaches a second TLS.
* At small `zeta` the integral starts at `delta`. The terms that diverge as `delta -> 0` come with the weight
  `C_0 + C_1 = 0`.
"""

from functools import cache

import sympy as sp

from tlsglass._checks import integer
from tlsglass.derivations.angular_coefficients import coefficients, oscillation

ALPHA = sp.Symbol("alpha", positive=True)
DELTA = sp.Symbol("delta", positive=True)


def regularised_integral(power: int, order: int) -> sp.Expr:
    """Integral of `zeta^power s_order(zeta)` from `DELTA` to infinity, as a series in `DELTA` up to its constant term.

    Non-negative powers carry the cutoff `exp(-ALPHA zeta)` and start at 0. They are elementary: `ALPHA` stays in the
    result. Negative powers converge at infinity and need none.

    Raises
    ------
    ValueError
        If `power` is not an integer from -3 to 1 or `order` not one from 0 to 4.
    """
    return _regularised(integer("power", power, -3, 1), integer("order", order, 0, 4))


@cache
def _regularised(power: int, order: int) -> sp.Expr:
    wave = oscillation(order)
    if power >= 0:
        damped = sp.Integer(1) / (ALPHA - sp.I)  # integral of exp((i - alpha) zeta)
        damped = (-1) ** power * sp.diff(damped, ALPHA, power)
        return sp.factor(sp.im(_real_form(damped)) if wave.func is sp.sin else sp.re(_real_form(damped)))
    return sp.expand(_from_delta(power, wave.func))


def _real_form(expression: sp.Expr) -> sp.Expr:
    """Rationalise the denominator so that real and imaginary parts can be read off."""
    numerator, denominator = sp.fraction(sp.together(expression))
    conjugate = sp.conjugate(denominator)
    return sp.expand(numerator * conjugate) / sp.expand(denominator * conjugate)


def _from_delta(power: int, wave) -> sp.Expr:
    """Integrate by parts until only the integral of `sin / zeta` is left, which is `pi / 2 - delta + ...`."""
    if power == -1:
        if wave is sp.sin:
            return sp.pi / 2
        return -sp.EulerGamma - sp.log(DELTA)
    step = power + 1
    derivative = sp.cos if wave is sp.sin else sp.sin
    sign = 1 if wave is sp.sin else -1
    boundary = sp.series(wave(DELTA) * DELTA**step, DELTA, 0, 1).removeO()
    return -(boundary + sign * _from_delta(step, derivative)) / step


def radial_integral(component: str) -> sp.Expr:
    """Integral of `zeta^2` times an angular integral over all positive `zeta`, by its parametrisation (A19).

    Parameters
    ----------
    component : str
        Two or four letters out of x, y, z.

    Returns
    -------
    sympy expression
        `pi / 4 C_0 + pi / 2 C_2` for four letters, Eq. (A23); `pi / 2 C_0` for two.

    Raises
    ------
    ValueError
        If `component` is no such word.
    """
    return _radial_integral(coefficients(component))


@cache
def _radial_integral(numbers: tuple[sp.Rational, ...]) -> sp.Expr:
    total = sum(c * regularised_integral(order + 2 - len(numbers), order) for order, c in enumerate(numbers))
    return sp.limit(sp.limit(sp.expand(total), DELTA, 0, "+"), ALPHA, 0, "+")


def tail(component: str) -> sp.Rational:
    """Return the number that multiplies `pi / 4` in :func:`radial_integral`.

    The paper writes it `C_0 + 2 C_2` for four letters, Eq. (A23), and `2 C_0` for two, Eq. (A25).

    Raises
    ------
    ValueError
        If `component` is not two or four letters out of x, y, z.

    Examples
    --------
    >>> from tlsglass.derivations.radial_integrals import tail
    >>> tail("xxxx"), tail("xxzz"), tail("zzzz")
    (3, -2, 0)
    """
    return sp.nsimplify(4 * radial_integral(component) / sp.pi)
