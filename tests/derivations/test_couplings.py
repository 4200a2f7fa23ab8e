"""Eqs. (A14), (A15), (A21)-(A28), (22): the paper's route, and four others to the same number."""

from itertools import product

import mpmath
import numpy as np
import pytest
import sympy as sp
from scipy.constants import hbar

from tlsglass.derivations import couplings as derived
from tlsglass.derivations import dipole_contraction as symbolic
from tlsglass.derivations.angular_coefficients import coefficients
from tlsglass.derivations.angular_integrals import AXES
from tlsglass.derivations.elastic_green import DENSITY, biharmonic_residual, equilibrium_residual, pair_energy
from tlsglass.derivations.phonon_quadrature import contraction_by_quadrature, smeared_contraction
from tlsglass.derivations.polarisations import (
    direction,
    on_circles,
    polarisation_vectors,
    projector,
    reduced_sum,
    strain_sum,
)
from tlsglass.derivations.radial_integrals import ALPHA, DELTA, regularised_integral, tail
from tlsglass.derivations.symbols import MEAN_VELOCITY
from tlsglass.disorder.couplings import interactions
from tlsglass.disorder.dipoles import dipole_contraction
from tlsglass.glass.materials import GLASSES, SIMULATION

D_I, D_J = symbolic.symbolic_dipole("i"), symbolic.symbolic_dipole("j")
MATERIALS = [*GLASSES.values(), SIMULATION]
WORDS = ["".join(word) for word in product(AXES, repeat=4)]


def symmetric(rng):
    D = rng.standard_normal((3, 3))
    return D + D.T


# --- the sum over polarisations and the occupation numbers --------------------


def test_transverse_projector():
    """(A24), from two explicit polarisation vectors; the longitudinal one is the rest."""
    q = direction()
    identity = projector("longitudinal") + projector("transverse")
    assert identity.applyfunc(on_circles) == sp.eye(3)
    assert (projector("longitudinal") - q * q.T).applyfunc(on_circles) == sp.zeros(3, 3)


@pytest.mark.parametrize("branch", ["longitudinal", "transverse"])
def test_strains_reduce(branch):
    """The symmetrised strains of (A14) reduce to the integrands of (A21) and below (A24), for symmetric dipoles."""
    assert on_circles(strain_sum(branch, D_I, D_J) - reduced_sum(branch, D_I, D_J)) == 0
    assert on_circles(strain_sum(branch, D_I, D_J)) != 0


def test_temperature_drops_out():
    """A mode and its mirror image: the occupation cancels, and absorption and emission add up."""
    weight = derived.thermal_weight()
    assert "f_T" not in {str(s) for s in weight.free_symbols}
    omega, chi = sp.Symbol("omega", positive=True), sp.Symbol("chi", real=True)
    assert sp.simplify(weight + 2 * sp.cos(chi) / omega) == 0


# --- the radial integrals --------------------


@pytest.mark.parametrize(("power", "order"), [(-3, 0), (-2, 1), (-2, 0), (-1, 2), (-1, 1)])
def test_radial_integrals_from_delta(power, order):
    """Against mpmath's integral of the oscillating function from a small delta; the rest of the series is O(delta)."""
    delta, wave = mpmath.mpf("1e-4"), mpmath.cos if order % 2 else mpmath.sin
    numeric = mpmath.quad(lambda z: z**power * wave(z), [delta, 1e-3, 1e-2, 0.1, 1])
    numeric += mpmath.quadosc(lambda z: z**power * wave(z), [1, mpmath.inf], omega=1)
    exact = float(regularised_integral(power, order).subs(DELTA, sp.Float("1e-4")))
    assert float(numeric) == pytest.approx(exact, abs=2e-4)


@pytest.mark.parametrize(("power", "order"), [(0, 3), (1, 4), (0, 1), (1, 2)])
def test_radial_integrals_with_cutoff(power, order):
    """With the cutoff the outer integrals are finite; without it nothing is left of them."""
    wave, alpha = (mpmath.cos if order % 2 else mpmath.sin), 0.3
    numeric = mpmath.quad(lambda z: z**power * wave(z) * mpmath.exp(-alpha * z), mpmath.linspace(0, 150, 51))
    formula = regularised_integral(power, order)
    assert float(numeric) == pytest.approx(float(formula.subs(ALPHA, alpha)), abs=1e-12)  # exp(-45) is cut away
    assert sp.limit(formula, ALPHA, 0) == 0


def test_tails_are_the_papers():
    """`pi / 4 C_0 + pi / 2 C_2` of (A23), and `pi / 2 C_0` of (A25), for each of the 90 components."""
    for word in WORDS:
        numbers = coefficients(word)
        assert tail(word) == numbers[0] + 2 * numbers[2], word
    for word in product(AXES, repeat=2):
        assert tail("".join(word)) == 2 * coefficients("".join(word))[0]
    assert tail("zz") == -4  # a number that is not zero


@pytest.mark.parametrize(("power", "order"), [(-4, 0), (2, 0), (True, 1), (0, 5), (0.5, 1)])
def test_bad_radial_integrals(power, order):
    with pytest.raises(ValueError, match="is not allowed: it must be an integer from"):
        regularised_integral(power, order)


# --- the contraction and the couplings --------------------


def test_contraction_is_the_printed_one():
    """(A27) literally, from the numbers C_l, with the velocities as symbols."""
    v, v_L, v_T = symbolic.V, symbolic.V_L, symbolic.V_T
    total = 0
    for a, b, c, d in product(range(3), repeat=4):
        two, four = coefficients(AXES[a] + AXES[c]), coefficients(AXES[a] + AXES[b] + AXES[c] + AXES[d])
        bracket = -2 * two[0] * (b == d) / v_T**2 + (four[0] + 2 * four[2]) * (1 / v_T**2 - 1 / v_L**2)
        total += v**2 * bracket * D_I[a, b] * D_J[c, d]
    assert sp.expand(total - symbolic.contraction(D_I, D_J)) == 0


def test_longitudinal_and_transverse_add_up():
    """(A23) + (A25) = (A26) with (A27)."""
    shares = derived.Pi_longitudinal(D_I, D_J) + derived.Pi_transverse(D_I, D_J)
    assert sp.expand(shares - derived.Pi_total(symbolic.contraction(D_I, D_J))) == 0


def test_coupling_is_equation_22():
    """(A15) of (A26) is (A28), which is (22)."""
    assert sp.expand(derived.J_from_phonons(D_I, D_J) - derived.J_printed(symbolic.contraction(D_I, D_J))) == 0


def test_invariant_form():
    """The rotation invariants reproduce (A27) in its own frame, and do not change under a rotation of everything."""
    assert sp.expand(symbolic.contraction(D_I, D_J) - symbolic.invariant_contraction(D_I, D_J)) == 0
    turn = sp.Matrix([[2, -1, 2], [2, 2, -1], [-1, 2, 2]]) / 3
    assert turn * turn.T == sp.eye(3)
    turned = symbolic.invariant_contraction(turn * D_I * turn.T, turn * D_J * turn.T, turn * symbolic.Z_AXIS)
    assert sp.expand(turned - symbolic.invariant_contraction(D_I, D_J)) == 0


def test_equal_velocities_leave_one_invariant():
    """Below (A15): a contribution vanishes if v_L = v_T, and only then."""
    shear, second = symbolic.invariants(D_I, D_J)
    form = symbolic.invariant_contraction(D_I, D_J)
    assert sp.expand(form.subs(symbolic.V_L, symbolic.V_T) - symbolic.V**2 / symbolic.V_T**2 * shear) == 0
    assert second != 0


def test_dilatations_do_not_interact():
    assert symbolic.contraction(sp.eye(3), sp.eye(3)) == 0
    assert symbolic.contraction(sp.eye(3), sp.diag(0, 0, 1)) != 0


# --- independent routes --------------------


def test_kelvin_tensor_is_in_equilibrium():
    for a, c in product(range(3), repeat=2):
        assert equilibrium_residual(a, c) == 0
        assert biharmonic_residual(a, c) == 0  # why two widths extrapolate


def test_elastic_energy_is_twice_j():
    """Kelvin's solution, without a phonon: the energy of the pair is J_ij + J_ji."""
    assert sp.expand(derived.J_from_phonons(D_I, D_J) - derived.J_from_elasticity(D_I, D_J)) == 0
    energy = pair_energy(D_I, D_J) * 8 * sp.pi * DENSITY * symbolic.V**2
    assert sp.expand(energy - symbolic.contraction(D_I, D_J)) == 0


def test_completing_the_square():
    """The energy that a displaced mode gains, pair term: both orders of the master equation's J_ij together."""
    assert sp.expand(derived.pair_energy_of_mode() - derived.both_orders_of_mode()) == 0
    assert derived.pair_energy_of_mode() != 0


def test_displaced_oscillator_spectrum():
    """Exact diagonalisation of one mode with two frozen TLSs, against the completed square."""
    omega, xi_i, xi_j, levels = 1.3, 0.21 + 0.4j, -0.35 + 0.1j, 40
    lower = np.diag(np.sqrt(np.arange(1, levels)), 1)
    energy = {}
    for s_i, s_j in product((1, -1), repeat=2):
        pull = s_i * xi_i + s_j * xi_j
        H = omega * lower.T @ lower + pull * lower + np.conj(pull) * lower.T
        energy[s_i, s_j] = np.linalg.eigvalsh(H)[0]
    pair = (energy[1, 1] + energy[-1, -1] - energy[1, -1] - energy[-1, 1]) / 4
    formula = sp.lambdify(
        [*sp.symbols("xi_i xi_j"), sp.Symbol("hbar", positive=True), sp.Symbol("omega", positive=True)],
        derived.pair_energy_of_mode(),
    )
    # 40 levels hold the displaced ground state to exp(-|pull / omega|^2) |pull / omega|^80 / 40! < 1e-50
    assert pair == pytest.approx(complex(formula(xi_i, xi_j, 1.0, omega)).real, abs=1e-13)


@pytest.mark.parametrize("material", MATERIALS, ids=lambda m: m.name)
def test_direct_quadrature(material):
    """All wave vectors, any frame: the phonon sum itself gives the closed form for random dipoles and directions."""
    rng = np.random.default_rng(5)
    for _ in range(2):
        A, B, separation = symmetric(rng), symmetric(rng), rng.standard_normal(3)
        n = separation / np.linalg.norm(separation)
        exact = dipole_contraction(A, B, n, material.v_L, material.v_T)
        quadrature = contraction_by_quadrature(A, B, separation, material.v_L, material.v_T)
        # terms of size 1e5 (q^2 up to 100^2, times dipoles) cancel down to order one: 1e-16 * 1e5 with a margin
        assert quadrature == pytest.approx(float(exact), abs=1e-9)


def test_smearing_matters_only_with_two_velocities():
    """With v_L = v_T the kernel is harmonic and no smearing shows; otherwise it grows as the width squared."""
    rng = np.random.default_rng(6)
    A, B = symmetric(rng), symmetric(rng)
    z = [0.0, 0.0, 1.0]

    def shift(width, v_L):
        return smeared_contraction(A, B, z, v_L, 1.0, width) - float(dipole_contraction(A, B, z, v_L, 1.0))

    assert abs(shift(0.1, 1.0)) < 1e-9
    assert shift(0.12, 2.0) / shift(0.08, 2.0) == pytest.approx(1.5**2, abs=1e-6)
    assert abs(shift(0.12, 2.0)) > 1e-3


# --- against the numerical layer --------------------


@pytest.mark.parametrize("material", MATERIALS, ids=lambda m: m.name)
def test_interactions_of_equation_22(material):
    """`disorder.couplings.interactions` against the sympy route, in SI units, for three TLSs in general position."""
    rng = np.random.default_rng(7)
    asymmetry, tunnelling = rng.uniform(0.1, 1, 3), rng.uniform(0.01, 1, 3)
    splitting = 2 * np.hypot(asymmetry, tunnelling)
    position, dipoles = rng.uniform(0, 3, (3, 3)), np.array([symmetric(rng) for _ in range(3)])
    separation = position[:, None] - position[None, :]
    distance = np.linalg.norm(separation, axis=-1)
    n = separation / np.where(distance == 0, 1, distance)[..., None] + np.eye(3)[:, :, None] * [0, 0, 1]
    D = dipole_contraction(dipoles[:, None], dipoles[None, :], n, material.v_L, material.v_T)
    J = interactions(asymmetry, splitting, D, distance, material) * material.W  # in J

    unit = sp.Matrix(sp.symbols("n_x n_y n_z", real=True))
    D_ij = symbolic.invariant_contraction(D_I, D_J, unit).subs(symbolic.V, MEAN_VELOCITY)
    J_ij = derived.J_printed(D_ij).subs(symbolic.V, MEAN_VELOCITY)
    entries = [[D[a, b] for a in range(3) for b in range(a, 3)] for D in (D_I, D_J)]
    names = [derived.HBAR, derived.R, derived.GAMMA_I, derived.GAMMA_J, derived.EPS_I, derived.EPS_J]
    names += [derived.NU_I, derived.NU_J, DENSITY, symbolic.V_L, symbolic.V_T]
    J_ij = sp.lambdify([*names, list(unit), *entries], J_ij)
    upper = np.triu_indices(3)
    for i, j in [(0, 1), (0, 2), (2, 1)]:
        expected = J_ij(
            hbar, distance[i, j] * material.spacing, material.gamma, material.gamma,
            asymmetry[i] * material.W, asymmetry[j] * material.W,
            splitting[i] * material.W / hbar, splitting[j] * material.W / hbar,
            material.density, material.v_L, material.v_T, n[i, j], dipoles[i][upper], dipoles[j][upper],
        )  # fmt: skip
        assert J[i, j] == pytest.approx(expected, rel=1e-12)  # a few dozen roundings


@pytest.mark.parametrize(
    "dipole",
    [
        sp.Matrix([[0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        sp.eye(2),
        sp.ones(3, 2),
        "no matrix",
        [[1, 2], [3]],
    ],
    ids=["not symmetric", "2 x 2", "3 x 2", "text", "ragged"],
)
def test_bad_symbolic_dipoles(dipole):
    calls = [
        lambda: symbolic.contraction(dipole, D_J),
        lambda: symbolic.contraction(D_I, dipole),
        lambda: symbolic.invariants(dipole, D_J),
        lambda: pair_energy(D_I, dipole),
        lambda: strain_sum("transverse", dipole, D_J),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"D_[ij] = .* symmetric matrix of shape \(3, 3\)"):
            call()


def test_why_a_dipole_must_be_symmetric():
    """An antisymmetric dipole strains nothing, but the shortened sum (A25) would count it."""
    twist = sp.Matrix([[0, 1, 0], [-1, 0, 0], [0, 0, 0]])
    q = direction()
    for e in polarisation_vectors("longitudinal") + polarisation_vectors("transverse"):
        assert on_circles((twist * (q * e.T + e * q.T)).trace()) == 0
    assert on_circles((twist * q).dot(twist * q)) != 0


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"D_i": np.triu(np.ones((3, 3)))}, "D_i"),
        ({"separation": [0.0, 0.0, 0.0]}, "separation"),
        ({"separation": [1.0, 0.0]}, "separation"),
        ({"v_L": 0.0}, "v_L"),
        ({"v_T": np.nan}, "v_T"),
        ({"width": -0.1}, "width"),
    ],
)
def test_bad_quadrature_arguments(changes, name):
    arguments = {"D_i": np.eye(3), "D_j": np.eye(3), "separation": [0, 0, 1], "v_L": 1.6, "v_T": 1.0, "width": 0.1}
    with pytest.raises(ValueError, match=name):
        smeared_contraction(**(arguments | changes))


def test_bad_branch():
    with pytest.raises(ValueError, match="branch = 'optical'"):
        projector("optical")
