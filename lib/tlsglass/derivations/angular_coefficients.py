"""The numbers `C_l` of Eq. (A19): the angular integrals as polynomials in `zeta` times sines and cosines.

The decomposition is unique, because no polynomial relation ties `zeta`, `sin(zeta)` and `cos(zeta)` together at first
order in the latter two.
"""

from functools import cache

import sympy as sp

from tlsglass._checks import integer
from tlsglass.derivations.angular_integrals import ZETA, angular_integral, check_component, check_zeta


def oscillation(order: int, zeta: sp.Expr = ZETA) -> sp.Expr:
    """`s_l(zeta)` of Eq. (A20): the sine for even `order`, the cosine for odd.

    Raises
    ------
    ValueError
        If `order` is not one of 0 to 4.
    """
    order = integer("order", order, at_least=0, at_most=4)
    zeta = zeta if zeta is ZETA else check_zeta(zeta, "zz")
    return sp.cos(zeta) if order % 2 else sp.sin(zeta)


def coefficients(component: str) -> tuple[sp.Rational, ...]:
    """Numbers `C_0, ..., C_n` of one component, Eq. (A19); `n` is the number of letters.

    Parameters
    ----------
    component : str
        Two or four letters out of x, y, z.

    Returns
    -------
    tuple of sympy rationals
        Three numbers for two letters, five for four.

    Raises
    ------
    ValueError
        If `component` is no such word.

    Examples
    --------
    >>> from tlsglass.derivations.angular_coefficients import coefficients
    >>> coefficients("zz")
    (-2, 2, 1)
    """
    return _coefficients("".join(sorted(check_component(component))))


@cache
def _coefficients(component: str) -> tuple[sp.Rational, ...]:
    rank = len(component)
    scaled = sp.expand(ZETA ** (rank + 1) * angular_integral(component))
    return tuple(scaled.coeff(oscillation(order)).coeff(ZETA, order) for order in range(rank + 1))


def parametrised(component: str) -> sp.Expr:
    """Right-hand side of Eq. (A19) with the numbers of :func:`coefficients`."""
    numbers = coefficients(component)
    return sum(c * ZETA**order * oscillation(order) for order, c in enumerate(numbers)) / ZETA ** len(numbers)


def infrared_weight(component: str) -> sp.Rational:
    """Weight `C_0 + C_1` of the leading infrared divergence: zero for every component."""
    first, second, *_ = coefficients(component)
    return first + second
