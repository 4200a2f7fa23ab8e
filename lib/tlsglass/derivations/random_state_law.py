"""Appendix C step by step: eigenvalues of the two-site state of a random state, and the paper's estimate of `<C>`.

The density of the eigenvalues of a 4 x 4 reduced state holds the dimension `K` of what was traced out, `2^(N-2)`; the
paper writes `M = 2^N` in its place.
"""

from fractions import Fraction
from math import factorial

import sympy as sp

from tlsglass._checks import integer, refuse
from tlsglass._signatures import checked

MU = sp.symbols("mu_1:5", real=True)
ROOT_N = sp.Symbol("r", positive=True)  # sqrt(K - 4), in print sqrt(M - 4)
LAMBDA = sp.symbols("lambda_1:5", positive=True)


@checked
def moment_of_density(dimension: int, power: int) -> Fraction:
    """Mean of `sum lambda_a^power` under (C1) with `M` replaced by `dimension`, exactly.

    The density is a polynomial on the simplex; each monomial is a Dirichlet integral,
    `int prod lambda_a^n_a = prod n_a! / (3 + sum n_a)!`.

    Parameters
    ----------
    dimension : int
        At least 4.
    power : int
        At least 0.

    Raises
    ------
    ValueError
        If an argument is not an integer in its range.
    """
    base = integer("dimension", dimension, 4, 10**6) - 4
    power = integer("power", power, 0, 10**6)
    vandermonde = sp.prod([(LAMBDA[a] - LAMBDA[b]) ** 2 for b in range(4) for a in range(b)])
    terms = sp.Poly(vandermonde, *LAMBDA).terms()

    def integral(raised, by):  # all monomials have the same degree
        total = 0
        for powers, coefficient in terms:
            product = int(coefficient)
            for a, n in enumerate(powers):
                product *= factorial(n + base + (by if a == raised else 0))
            total += product
        return Fraction(total, factorial(3 + 12 + 4 * base + by))

    return 4 * integral(0, power) / integral(0, 0)


@checked
def purity(dimension: int) -> Fraction:
    """Mean `Tr rho_12^2` under (C1) with `M` replaced by `dimension`; it is `(K + 4) / (4 K + 1)`.

    Examples
    --------
    >>> from tlsglass.derivations.random_state_law import purity
    >>> purity(8), purity(32)  # five spins: with K = 2^3, and with M = 2^5 as printed
    (Fraction(4, 11), Fraction(12, 43))
    """
    return moment_of_density(dimension, 2)


def log_weight() -> sp.Expr:
    """Logarithm of `prod (1 + mu_a / r)^(r^2)` up to order 0 in `1 / r`, with `sum mu_a = 0`: the exponent of (C3)."""
    x = sp.Symbol("x", positive=True)  # 1 / r
    series = sum(sp.series(sp.log(1 + mu * x), x, 0, 3).removeO() for mu in MU) / x**2
    return sp.expand(sp.expand(series).subs(MU[3], -MU[0] - MU[1] - MU[2]))


def concurrence_of_largest() -> sp.Expr:
    """`2 s_1 - (s_1 + s_2 + s_3 + s_4)` for the eigenvalues `s_a = 1/4 + mu_a / (4 r)` of (C4), `sum mu_a = 0`."""
    s = [sp.Rational(1, 4) + mu / (4 * ROOT_N) for mu in MU]
    return sp.expand((2 * s[0] - sum(s)).subs(MU[3], -MU[0] - MU[1] - MU[2]))


def printed_c5() -> sp.Expr:
    """Second argument of the maximum in (C5), as printed."""
    return (2 * MU[0] - 1) / (4 * ROOT_N) - sp.Rational(1, 2)


@checked
def gaussian_average(integrand: sp.Expr) -> sp.Expr:
    """Average of the positive part of a rising line in `mu_1` over a standard Gaussian: the step to (C6)."""
    if not integrand.is_polynomial(MU[0]) or sp.degree(integrand, MU[0]) != 1:
        refuse("integrand", integrand, "a line in mu_1")
    slope, (root,) = sp.diff(integrand, MU[0]), sp.solve(integrand, MU[0])
    density = sp.exp(-(root**2) / 2) / sp.sqrt(2 * sp.pi)
    return slope * (density - root * sp.erfc(root / sp.sqrt(2)) / 2)


@checked
def leading_c6(threshold: sp.Expr) -> sp.Expr:
    """Leading form of that average for large `r`, with threshold `mu_1 > threshold ~ r`."""
    return sp.exp(-(threshold**2) / 2) / (2 * sp.sqrt(2 * sp.pi) * ROOT_N**3)


def printed_c6() -> sp.Expr:
    """(C6) as printed, with `M - 4 = r^2`."""
    return sp.exp(-(ROOT_N**2 + 4 + ROOT_N) / 2) / (2 * sp.sqrt(2 * sp.pi) * ROOT_N**3)


@checked
def scaling_constant(environment_over_full: sp.Expr) -> sp.Expr:
    """`a` of `-ln<C> ~ a 2^N` from `<C> ~ exp(-r^2 / 2)`, with `r^2 + 4 = environment_over_full * 2^N`."""
    n = sp.Symbol("N", positive=True)
    exponent = (environment_over_full * 2**n - 4) / 2
    return sp.limit(exponent / 2**n, n, sp.oo)
