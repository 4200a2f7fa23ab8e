"""Eqs. (21), (A7)-(A13): angular weights by quadrature, the rate by three routes, the lost factor, refusals."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.derivations import dissipation_rate as dr
from tlsglass.derivations import eigenoperators
from tlsglass.disorder.couplings import dissipation_rates
from tlsglass.estimates import glass_numbers
from tlsglass.glass.materials import GLASSES, SIMULATION

D = dr.dipole()


def zero(expression):
    """Whether a rational expression vanishes identically."""
    return sp.cancel(sp.together(expression)) == 0


def quadrature(matrix, polarisation):
    """(A10) on the sphere by product quadrature, exact for the polynomials of degree 4 that occur."""
    u, weight = np.polynomial.legendre.leggauss(8)
    phi = 2 * np.pi * np.arange(12) / 12
    ct, phi = np.meshgrid(u, phi, indexing="ij")
    st_ = np.sqrt(1 - ct**2)
    n = np.stack([st_ * np.cos(phi), st_ * np.sin(phi), ct])
    frames = {
        "L": [n],
        "T": [np.stack([ct * np.cos(phi), ct * np.sin(phi), -st_]), np.stack([-np.sin(phi), np.cos(phi), 0 * phi])],
    }
    strains = (np.einsum("a...,b...->ab...", n, e) for e in frames[polarisation])
    values = sum(np.einsum("ab,ab...->...", (matrix + matrix.T) / 2, s) ** 2 for s in strains)
    return float((weight[:, None] / 2 * values).sum() / 12)


@pytest.mark.parametrize("polarisation", ["L", "T"])
def test_weights_of_a_general_dipole(polarisation):
    assert zero(dr.strain_average(D, polarisation) - dr.weight(D, polarisation))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(-3, 3), min_size=9, max_size=9), st.sampled_from("LT"))
def test_weights_against_quadrature(entries, polarisation):
    matrix = np.reshape(entries, (3, 3))
    by_sympy = dr.strain_average(matrix, polarisation, allow_asymmetric=True)
    # A sum of a few hundred products of entries up to 3.
    assert float(by_sympy) == pytest.approx(quadrature(matrix, polarisation), rel=1e-12, abs=1e-13)


def test_a10_holds_for_every_symmetric_dipole():
    assert zero(dr.strain_average(D, "L") + dr.strain_average(D, "T") - (D * D).trace() / 3)


def test_a10_fails_for_every_other_dipole():
    """The two sides differ by a sum of squares of the antisymmetric part: (A10) holds only if that vanishes."""
    G = dr.dipole(symmetric=False)
    left = sum(dr.strain_average(G, p, allow_asymmetric=True) for p in "LT")
    defect = sum((G[a, b] - G[b, a]) ** 2 for a, b in ((0, 1), (0, 2), (1, 2))) / 6
    assert zero(left - (G * G).trace() / 3 - defect)


def test_pure_shear_and_dilatation():
    assert dr.strain_average(sp.eye(3), "T") == 0  # a dilatation does not feel transverse waves
    shear = sp.diag(1, -1, 0)
    assert dr.strain_average(shear, "L") / dr.strain_average(shear, "T") == sp.Rational(2, 3)


def test_a11_and_a12():
    f = sp.Function("f_T")
    scale = dr.GAMMA**2 * (D * D).trace() * dr.NU**3 / (12 * sp.pi * dr.DENSITY * dr.HBAR * dr.V**5)
    assert zero(dr.real_gamma(D, dr.V, dr.V) - scale)
    emission = dr.real_gamma(D, dr.V, dr.V, dr.NU, f)
    absorption = dr.real_gamma(D, dr.V, dr.V, -dr.NU, f)
    assert zero(emission - scale * (1 + f(dr.HBAR * dr.NU)))
    assert zero(absorption - scale * f(dr.HBAR * dr.NU))
    assert dr.real_gamma(D, dr.V, dr.V, sp.Integer(0), f) == 0  # no pure dephasing


def test_the_lost_factor_two():
    """(A7) with (A12) is twice (A13): 6 pi, not 12 pi."""
    derived = dr.dissipation_rate(D, dr.V, dr.V)
    assert zero(derived - 2 * dr.printed_rate(D))
    square = (D * D).trace()
    assert zero(derived - dr.DELTA**2 * dr.GAMMA**2 * dr.NU * square / (6 * sp.pi * dr.DENSITY * dr.HBAR**3 * dr.V**5))


def test_golden_rule_and_textbook_give_4y():
    Y = dr.dissipation_rate(D)
    assert zero(dr.golden_rule_rate(D) - 4 * Y)
    assert zero(dr.textbook_rate(D) - 4 * Y)


def test_matrix_element_of_the_golden_rule():
    """<g| sigma^z |e> = 2 Delta / (hbar nu), from the eigenvectors of H_TLS and not from the paper's (13)."""
    eps, Delta = sp.Rational(3), sp.Rational(4)  # hbar nu = 10
    H = eigenoperators.hamiltonian(eps, Delta)
    (ground,), (excited,) = ((H - sign * 5 * sp.eye(2)).nullspace() for sign in (-1, 1))
    element = (ground.T * eigenoperators.PAULI[2] * excited)[0] / (ground.norm() * excited.norm())
    assert abs(element) == 2 * Delta / 10


def test_exact_rate_with_two_speeds():
    square, trace = (D * D).trace(), D.trace()
    exact = (2 * square + trace**2) / dr.V_L**5 + (3 * square - trace**2) / dr.V_T**5
    exact *= dr.DELTA**2 * dr.GAMMA**2 * dr.NU / (30 * sp.pi * dr.DENSITY * dr.HBAR**3)
    assert zero(dr.dissipation_rate(D) - exact)


@pytest.mark.parametrize("name", GLASSES)
def test_error_of_one_speed(name):
    g = GLASSES[name]

    def ratio(D):
        return float(dr.dissipation_rate(D, g.velocity, g.velocity) / dr.dissipation_rate(D, g.v_L, g.v_T))

    shear, dilatation = ratio(sp.diag(1, -1, 0)), ratio(sp.eye(3))
    assert 0.9 < shear < 0.98  # 2 to 9 per cent too small
    assert 5 < dilatation < 19  # 5 to 18 times too large
    assert glass_numbers.one_speed_ratio(g, 0.0) == pytest.approx(shear, rel=1e-12)
    assert glass_numbers.one_speed_ratio(g, 1.0) == pytest.approx(dilatation, rel=1e-12)
    assert glass_numbers.one_speed_ratio(g, 1 / 3) == pytest.approx(ratio(sp.diag(1, 0, 0)), rel=1e-12)


def test_library_rate_is_the_derived_one():
    """The numbers of `couplings.dissipation_rates` are those of the sympy expressions, in SI units."""
    m, Delta, splitting = SIMULATION, 0.2, 1.3
    values = {
        dr.DELTA: Delta * m.W,
        dr.NU: splitting * m.W / sp.Float(1.0545718176461565e-34, 17),
        dr.HBAR: sp.Float(1.0545718176461565e-34, 17),
        dr.GAMMA: m.gamma,
        dr.DENSITY: m.density,
        dr.V: m.velocity,
    }
    shear = sp.diag(1, -1, 0)
    for prefactor, expression in {
        "printed": dr.printed_rate(shear),
        "corrected": dr.dissipation_rate(shear, dr.V, dr.V),
    }.items():
        in_si = float(expression.subs(values)) * float(values[dr.HBAR]) / m.W
        assert dissipation_rates([Delta], [splitting], [2.0], prefactor)[0] == pytest.approx(in_si, rel=1e-12)


FUNCTIONS = [
    lambda D: dr.strain_average(D, "L"),
    lambda D: dr.weight(D, "T"),
    dr.real_gamma,
    dr.dissipation_rate,
    dr.printed_rate,
    dr.golden_rule_rate,
    dr.textbook_rate,
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    "bad", [sp.eye(2), sp.Matrix(3, 3, range(9)), dr.dipole(symmetric=False), [[1, 2], [3]], "D", None]
)
def test_dipoles_that_are_refused(function, bad):
    with pytest.raises(ValueError, match="(?s)D = .* is not allowed: it must"):
        function(bad)


def test_other_refusals():
    with pytest.raises(ValueError, match="polarisation = 'X'"):
        dr.strain_average(D, "X")
    with pytest.raises(ValueError, match=r"shape \(3, 3\)"):
        dr.strain_average(sp.eye(4), "L", allow_asymmetric=True)
    with pytest.raises(ValueError, match="isotropic = 1.5"):
        glass_numbers.one_speed_ratio(SIMULATION, 1.5)
