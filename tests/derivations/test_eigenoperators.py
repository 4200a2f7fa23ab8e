"""Eqs. (10)-(14): derived from H_TLS, compared with the printed forms and with numerical diagonalisation."""

import numpy as np
import pytest
import sympy as sp

from tlsglass.derivations import eigenoperators as eo
from tlsglass.derivations.eigenoperators import DELTA, EPS, commutator, eigenoperator

HBAR_NU = 2 * sp.sqrt(EPS**2 + DELTA**2)
GLASSES = [(0.3, 0.7), (1.0, 1e-5), (-0.4, 0.02), (0.0, 1.0)]  # (eps, Delta), also the symmetric well and eps < 0


def is_zero(matrix):
    return matrix.applyfunc(sp.cancel) == sp.zeros(*matrix.shape)


@pytest.mark.parametrize("name, sign", [("z", 0), ("+", 1), ("-", -1)])
def test_eigenoperator_equation_10(name, sign):
    S = eigenoperator(name)
    assert is_zero(commutator(eo.hamiltonian(), S) + sign * HBAR_NU * S)
    assert not is_zero(S)


def test_eigenvalues_equation_11():
    x = sp.Symbol("x")
    polynomial = eo.commutator_matrix().charpoly(x).as_expr()
    assert sp.expand(polynomial - x * (x**2 - HBAR_NU**2)) == 0
    assert [eo.eigenvalue(name) for name in "z+-"] == [0, HBAR_NU, -HBAR_NU]


@pytest.mark.parametrize(
    "name, printed",
    [
        ("z", -2 / HBAR_NU * sp.Matrix([DELTA, 0, EPS])),
        ("+", 2 / HBAR_NU * sp.Matrix([-EPS, sp.I * HBAR_NU / 2, DELTA])),
        ("-", 2 / HBAR_NU * sp.Matrix([-EPS, -sp.I * HBAR_NU / 2, DELTA])),
    ],
)
def test_vectors_equation_13(name, printed):
    assert is_zero(eo.eigenoperator_vector(name) - printed)


def test_operators_equation_12():
    for name in "z+-":
        x, y, z = eo.eigenoperator_vector(name)
        assert is_zero(eigenoperator(name) - sp.Matrix([[z, x - sp.I * y], [x + sp.I * y, -z]]))


def test_eigenoperators_form_a_pauli_basis():
    plus, minus, Sz = (eigenoperator(name) for name in ("+", "-", "z"))
    Sx, Sy = (plus + minus) / 2, (plus - minus) / (2 * sp.I)
    for a, b, c in [(Sx, Sy, Sz), (Sy, Sz, Sx), (Sz, Sx, Sy)]:
        assert is_zero(a * a - sp.eye(2))
        assert is_zero(a * b - sp.I * c)
        assert is_zero(a - a.H)


def test_ladder_operators_are_twice_the_usual():
    plus, minus, Sz = (eigenoperator(name) for name in ("+", "-", "z"))
    assert is_zero(minus * plus - 2 * (sp.eye(2) - Sz))
    assert is_zero(plus * minus - 2 * (sp.eye(2) + Sz))
    assert is_zero(plus * plus)


def test_hamiltonian_equation_14():
    assert is_zero(eo.hamiltonian() + HBAR_NU / 2 * eigenoperator("z"))


def test_sigma_z_in_eigenoperators():
    c = eo.in_eigenoperators([0, 0, 1])
    assert [sp.cancel(c[n] - v) for n, v in [("z", -2 * EPS / HBAR_NU), ("+", DELTA / HBAR_NU)]] == [0, 0]
    assert c["+"] == c["-"]
    assert is_zero(sum((c[n] * eigenoperator(n) for n in "z+-"), sp.zeros(2)) - eo.PAULI[2])


@pytest.mark.parametrize("asymmetry, tunnelling", GLASSES)
def test_against_numerical_diagonalisation(asymmetry, tunnelling):
    H = np.array([[asymmetry, tunnelling], [tunnelling, -asymmetry]])
    energies, states = np.linalg.eigh(H)
    assert np.isclose(float(eo.splitting(asymmetry, tunnelling)), energies[1] - energies[0], rtol=1e-14)
    ground, excited = states[:, 0], states[:, 1]
    # S^z = +1 is the ground state; S^+ takes the excited state to the ground state, with matrix element of modulus 2.
    Sz, plus = (np.array(eigenoperator(n, asymmetry, tunnelling), dtype=complex) for n in "z+")
    np.testing.assert_allclose(Sz @ ground, ground, atol=1e-14)  # a few roundings of numbers of order 1
    np.testing.assert_allclose(plus @ ground, 0, atol=1e-14)
    assert np.isclose(abs(ground @ plus @ excited), 2, rtol=1e-14)


def test_text_below_3_eps_is_half_the_splitting():
    bias = sp.Symbol("varepsilon", positive=True)
    assert eo.splitting(bias, 0) == 2 * bias


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: eo.hamiltonian(0, 0), "asymmetry = tunnelling = 0"),
        (lambda: eo.splitting(sp.I, 1), "asymmetry = I"),
        (lambda: eo.splitting(1, float("nan")), "tunnelling = nan"),
        (lambda: eo.splitting(sp.oo, 1), "asymmetry = oo"),
        (lambda: eo.splitting(None, 1), "asymmetry = None"),
        (lambda: eigenoperator("x"), "name = 'x'"),
        (lambda: eo.along_pauli([1, 2]), "3 components"),
        (lambda: eo.pauli_components(sp.eye(4)), r"shape \(2, 2\)"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
