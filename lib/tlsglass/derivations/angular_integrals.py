r"""Angular averages of products of unit vectors times a plane wave, Eqs. (A16)-(A18), for any component.

The unit vector is `q = (sqrt(1 - u^2) cos(phi), sqrt(1 - u^2) sin(phi), u)`, with `u = cos(theta)` measured from the
axis `r_i - r_j`. A component is written as a word, `"xxzz"` for :math:`I^{xxzz}`; its value depends only on how many
`x`, `y` and `z` the word holds. Two independent routes lead to it: the integral over the sphere, as it is defined,
and derivatives of the generating function :math:`\sin k / k`.
"""

from functools import cache

import sympy as sp

from tlsglass._checks import integer, refuse, shown

ZETA = sp.Symbol("zeta", positive=True)
AXES = "xyz"
RANKS = (2, 4)

_U = sp.Symbol("u", real=True)
_PHI = sp.Symbol("phi", real=True)
_K = sp.Symbol("k", real=True)


def check_component(component: str) -> str:
    """Return `component` if it is a word of two or four letters out of x, y, z.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    if not isinstance(component, str) or len(component) not in RANKS or not set(component) <= set(AXES):
        refuse("component", component, "two or four letters out of x, y, z")
    return component


def check_zeta(zeta: sp.Expr, component: str) -> sp.Expr:
    """Return `zeta` if it is positive: the closed forms divide by powers of it.

    Raises
    ------
    ValueError
        If `zeta` is not known to be positive and finite. The message gives the limit at 0, which exists.
    """
    component = check_component(component)
    try:
        value = sp.sympify(zeta, strict=True)
    except sp.SympifyError:
        value = sp.nan
    if not (isinstance(value, sp.Expr) and value.is_positive and value.is_finite is not False):
        raise ValueError(
            f"zeta = {shown(zeta)} is not allowed: it must be positive and finite "
            f"(I^{component} tends to {limit_at_zero(component)} at zeta = 0, see limit_at_zero)"
        )
    return value


@cache
def _azimuthal_average(n_x: int, n_y: int) -> sp.Expr:
    """Average of `cos(phi)^n_x sin(phi)^n_y` over a turn."""
    return sp.integrate(sp.expand(sp.cos(_PHI) ** n_x * sp.sin(_PHI) ** n_y), (_PHI, 0, 2 * sp.pi)) / (2 * sp.pi)


@cache
def _polar_moment(power: int) -> sp.Expr:
    """Average of `u^power e^(i zeta u)` over `u` in [-1, 1]."""
    antiderivative = sp.integrate(_U**power * sp.exp(sp.I * _K * _U), _U, conds="none")
    antiderivative = antiderivative.subs(_K, ZETA)  # the branch zeta != 0
    return sp.expand((antiderivative.subs(_U, 1) - antiderivative.subs(_U, -1)).rewrite(sp.cos) / 2)


@cache
def _by_counts(n_x: int, n_y: int, n_z: int) -> sp.Expr:
    azimuth = _azimuthal_average(n_x, n_y)
    if azimuth == 0:
        return sp.Integer(0)
    polar = sp.Poly(sp.expand((1 - _U**2) ** sp.Rational(n_x + n_y, 2) * _U**n_z), _U)
    total = sum(c * _polar_moment(m) for (m,), c in polar.terms())
    return sp.collect(sp.expand(azimuth * total), [sp.sin(ZETA), sp.cos(ZETA)])


def angular_integral(component: str, zeta: sp.Expr = ZETA) -> sp.Expr:
    """One component of the angular integrals (A16), (A17), from their definition.

    Parameters
    ----------
    component : str
        Two or four letters out of x, y, z, in any order; z is the direction of `r_i - r_j`.
    zeta : sympy expression or float
        `q r_ij`; positive.

    Returns
    -------
    sympy expression

    Raises
    ------
    ValueError
        If `component` is no such word, or if `zeta` is not positive.

    Examples
    --------
    >>> from tlsglass.derivations.angular_integrals import angular_integral
    >>> angular_integral("xz")
    0
    """
    component = check_component(component)
    zeta = check_zeta(zeta, component)
    return _by_counts(*(component.count(axis) for axis in AXES)).subs(ZETA, zeta)


@cache
def _generating_derivatives() -> tuple[sp.Expr, ...]:
    """`f_n`: the operator `(1/k) d/dk` applied n = 0 to 4 times to `sin(k) / k`."""
    derivatives = [sp.sin(ZETA) / ZETA]
    for _ in range(4):
        derivatives.append(sp.expand(sp.diff(derivatives[-1], ZETA) / ZETA))
    return tuple(derivatives)


def from_generating_function(component: str) -> sp.Expr:
    """One component of (A16), (A17) by differentiating the average of a plane wave over directions.

    That average is `sin(k) / k`. Each factor `q^a` is one `-i d/dk_a`, taken at `k = (0, 0, zeta)`. With `f_n` the
    n-th application of `(1/k) d/dk`, the fourth derivatives are `(3 terms) delta delta f_2 + (6 terms) delta k k f_3 +
    k k k k f_4`.

    Raises
    ------
    ValueError
        If `component` is not two or four letters out of x, y, z.
    """
    component = check_component(component)
    _, f1, f2, f3, f4 = _generating_derivatives()
    k = [ZETA if axis == "z" else 0 for axis in component]

    def delta(m, n):
        return int(component[m] == component[n])

    if len(component) == 2:
        return sp.expand(-(delta(0, 1) * f1 + k[0] * k[1] * f2))
    pairings = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    two = sum(delta(*p) * delta(*q) for p, q in pairings)
    one = sum(delta(*p) * k[q[0]] * k[q[1]] + delta(*q) * k[p[0]] * k[p[1]] for p, q in pairings)
    return sp.expand(two * f2 + one * f3 + k[0] * k[1] * k[2] * k[3] * f4)


def limit_at_zero(component: str) -> sp.Rational:
    """Limit of a component at `zeta = 0`: the average of a product of unit vectors over the sphere.

    Two letters give `1/3` if they are equal. Four give `1/15` for each of the three ways to pair them into equals.

    Raises
    ------
    ValueError
        If `component` is not two or four letters out of x, y, z.
    """
    a, b, *rest = check_component(component)
    if not rest:
        return sp.Rational(int(a == b), 3)
    c, d = rest
    return sp.Rational((a == b) * (c == d) + (a == c) * (b == d) + (a == d) * (b == c), 15)


def small_zeta_series(component: str, order: int = 6) -> sp.Expr:
    """Taylor polynomial of a component at `zeta = 0`, up to and including `zeta^(order - 1)`.

    Raises
    ------
    ValueError
        If `component` is not two or four letters out of x, y, z, or `order` is not a positive integer.
    """
    order = integer("order", order, 1, 40)
    return sp.series(angular_integral(component), ZETA, 0, order).removeO()


def printed_integrals() -> dict[str, sp.Expr]:
    """Give the closed forms of (A18) exactly as printed, `I^{xzzz}` included (which is a slip for `I^{xxzz}`)."""
    z, s, c = ZETA, sp.sin(ZETA), sp.cos(ZETA)
    xyxy = -(3 * z * c + (z**2 - 3) * s) / z**5
    return {
        "xyxy": xyxy,
        "xxxx": 3 * xyxy,
        "xzzz": -(z * (z**2 - 12) * c - (5 * z**2 - 12) * s) / z**5,
        "zzzz": (4 * z * (z**2 - 6) * c + (z**4 - 12 * z**2 + 24) * s) / z**5,
        "xx": (-z * c + s) / z**3,
        "zz": (2 * z * c + (z**2 - 2) * s) / z**3,
    }
