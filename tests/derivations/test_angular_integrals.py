"""Eqs. (A16)-(A20): all 81 + 9 components, their numbers C_l, their limits."""

from itertools import product

import numpy as np
import pytest
import sympy as sp

from tlsglass.derivations.angular_coefficients import coefficients, infrared_weight, oscillation, parametrised
from tlsglass.derivations.angular_integrals import (
    ZETA,
    angular_integral,
    from_generating_function,
    limit_at_zero,
    printed_integrals,
    small_zeta_series,
)
from tlsglass.derivations.angular_quadrature import integral_with_cutoff, integrals_by_quadrature
from tlsglass.derivations.radial_integrals import radial_integral

COMPONENTS = ["".join(word) for rank in (2, 4) for word in product("xyz", repeat=rank)]


def printed(component):
    """The printed closed form that covers a component, with I^{xxzz} in the place of the misprinted I^{xzzz}; or 0."""
    forms = printed_integrals()
    forms["xxzz"] = forms.pop("xzzz")
    swapped = component.translate(str.maketrans("xy", "yx"))
    for name, expression in forms.items():
        if sorted(name) in (sorted(component), sorted(swapped)):
            return expression
    return sp.Integer(0)


def test_all_components():
    """Definition, generating function and print agree for each of the 90 components, symbolically."""
    assert len(COMPONENTS) == 90
    for component in COMPONENTS:
        value = angular_integral(component)
        assert sp.expand(value - from_generating_function(component)) == 0, component
        assert sp.expand(value - printed(component)) == 0, component


def test_which_components_vanish():
    """Nonzero exactly where every letter occurs an even number of times: 3 of 9 and 21 of 81."""
    nonzero = [c for c in COMPONENTS if angular_integral(c) != 0]
    assert nonzero == [c for c in COMPONENTS if all(c.count(axis) % 2 == 0 for axis in "xyz")]
    assert len(nonzero) == 3 + 21


def test_printed_xzzz_is_xxzz():
    """The component named in print vanishes; the printed closed form is that of I^{xxzz}."""
    form = printed_integrals()["xzzz"]
    assert angular_integral("xzzz") == 0
    assert sp.limit(form, ZETA, 0) == sp.Rational(1, 15)
    assert sp.expand(form - angular_integral("xxzz")) == 0


@pytest.mark.parametrize("zeta", [0.3, 1.0, 4.5, 25.0])
def test_quadrature(zeta):
    """Adaptive quadrature over the sphere of all components at once, complex as they are defined."""
    two, four = integrals_by_quadrature(zeta)
    numbers = np.concatenate([two.ravel(), four.ravel()])
    exact = np.array([float(angular_integral(c, sp.Float(zeta, 40))) for c in COMPONENTS])
    np.testing.assert_allclose(numbers, exact, rtol=0, atol=1e-11)  # quad_vec is asked for 1e-12
    assert two.shape == (3, 3)
    assert four.shape == (3, 3, 3, 3)


def test_parametrisation():
    """(A19) with (A20) reproduces every component, and its numbers are integers that add up to no IR divergence."""
    for component in COMPONENTS:
        numbers = coefficients(component)
        assert len(numbers) == len(component) + 1
        assert all(number.is_integer for number in numbers)
        assert sp.expand(parametrised(component) - angular_integral(component)) == 0, component


def test_infrared_divergences_cancel():
    assert {infrared_weight(component) for component in COMPONENTS} == {0}
    assert sum(coefficients(component)[0] != 0 for component in COMPONENTS) == 24  # so the statement is not empty


def test_traces():
    """Contracting two equal letters takes away two factors of a unit vector."""
    for a, b in product("xyz", repeat=2):
        contracted = sum(angular_integral(a + b + c + c) for c in "xyz")
        assert sp.expand(contracted - angular_integral(a + b)) == 0
    assert sp.expand(sum(angular_integral(c + c) for c in "xyz") - sp.sin(ZETA) / ZETA) == 0


def test_limit_and_small_zeta_series():
    for component in COMPONENTS:
        assert sp.limit(angular_integral(component), ZETA, 0) == limit_at_zero(component), component
    series = small_zeta_series("zzzz", order=7)
    assert series == sp.Rational(1, 5) - ZETA**2 / 14 + ZETA**4 / 216 - ZETA**6 / 7920
    # the next term bounds the error: the series alternates
    next_term = small_zeta_series("zzzz", order=9) - series
    at = {ZETA: sp.Rational(1, 2)}
    assert abs((angular_integral("zzzz") - series).subs(at).evalf(30)) < abs(next_term.subs(at).evalf(30))


def test_oscillation():
    """(A20), the sine for even order and the cosine for odd, is what the integrals need: the other choice fits nothing.

    The integrals are those of `u^k` over [-1, 1], by Gauss-Legendre quadrature: `zz` and `zzzz`.
    """
    zeta = np.linspace(0.5, 12, 40)
    u, weight = np.polynomial.legendre.leggauss(60)  # exact to rounding for 12 radians
    for component in ("zz", "zzzz"):
        values = (np.cos(np.outer(zeta, u)) * u ** len(component)) @ weight / 2
        ours = [sp.lambdify(ZETA, oscillation(order))(zeta) for order in range(len(component) + 1)]
        other = [np.cos(zeta) if order % 2 == 0 else np.sin(zeta) for order in range(len(component) + 1)]
        for waves, fits in ((ours, True), (other, False)):
            basis = np.array([wave * zeta ** (order - len(component) - 1.0) for order, wave in enumerate(waves)]).T
            numbers, *_ = np.linalg.lstsq(basis, values, rcond=None)
            residual = np.abs(basis @ numbers - values).max()
            assert (residual < 1e-9) == fits
            if fits:  # the numbers of (A19), which are integers
                np.testing.assert_allclose(numbers, [int(c) for c in coefficients(component)], atol=1e-5)


@pytest.mark.parametrize("component", ["xw", "x", "", "xyz", "xxzzz", "XX", 3, None, ["x", "y"]])
@pytest.mark.parametrize("function", [angular_integral, from_generating_function, limit_at_zero, coefficients])
def test_unknown_components(function, component):
    with pytest.raises(ValueError, match=r"component = .* two or four letters out of x, y, z"):
        function(component)


@pytest.mark.parametrize("zeta", [0, -1, 0.0, -2.5, sp.nan, sp.oo, sp.Symbol("unknown")])
def test_bad_zeta(zeta):
    with pytest.raises(ValueError, match=r"zeta = .* positive and finite .*I\^xxzz tends to 1/15"):
        angular_integral("xxzz", zeta)


@pytest.mark.parametrize("order", [0, -1, 2.5, True])
def test_bad_series_order(order):
    with pytest.raises(ValueError, match="order = .* integer from 1 to 40"):
        small_zeta_series("xx", order)


@pytest.mark.parametrize("order", [-1, 5, True, 1.5])
def test_bad_oscillation_order(order):
    with pytest.raises(ValueError, match="order = .* integer from 0 to 4"):
        oscillation(order)


def test_cutoffs():
    """A smooth cutoff leaves the tail of (A23); a sharp one adds a ripple, which for zzzz grows with the cutoff."""
    cutoffs = np.linspace(20, 60, 400)
    for component in ("xxzz", "zzzz", "xxxx", "zz"):
        limit = float(radial_integral(component))
        assert integral_with_cutoff(component, [60.0], "gaussian")[0] == pytest.approx(limit, abs=0.02)
    ripple = integral_with_cutoff("zzzz", cutoffs, "sharp")
    np.testing.assert_allclose(ripple, -cutoffs * np.cos(cutoffs), atol=6)  # C_4, and order one from C_3
    assert np.abs(integral_with_cutoff("zzzz", cutoffs, "gaussian")).max() < 0.1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("xw", [1.0], "sharp"), "component = 'xw'"),
        (("xyzz", [1.0], "sharp"), "component = 'xyzz' .* not zero"),
        (("zz", [0.0], "sharp"), r"cutoffs = array\(\[0.\]\)"),
        (("zz", [1.0], "debye"), "shape = 'debye'"),
    ],
)
def test_bad_cutoffs(arguments, message):
    with pytest.raises(ValueError, match=message):
        integral_with_cutoff(*arguments)


@pytest.mark.parametrize("zeta", [0, -1.0, np.nan, np.inf])
def test_bad_quadrature(zeta):
    with pytest.raises(ValueError, match="zeta = "):
        integrals_by_quadrature(zeta)
