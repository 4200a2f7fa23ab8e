"""Elastic dipoles: the fast contraction against the symbolic one, and the statistics of random dipoles."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from tlsglass.derivations import contraction_moments as exact
from tlsglass.derivations import dipole_contraction as symbolic
from tlsglass.derivations.symbols import MEAN_VELOCITY
from tlsglass.disorder.dipole_statistics import moments, moments_of_glasses, sample_contractions
from tlsglass.disorder.dipoles import NORMS, dipole_contraction, random_dipoles
from tlsglass.glass.materials import GLASSES, SIMULATION

MATERIALS = [*GLASSES.values(), SIMULATION]
Z = np.array([0.0, 0.0, 1.0])


@pytest.mark.parametrize("material", MATERIALS, ids=lambda m: m.name)
def test_against_the_symbolic_contraction(material):
    """In the paper's own frame, from its numbers C_l."""
    D_i, D_j = symbolic.symbolic_dipole("i"), symbolic.symbolic_dipole("j")
    names = [[D[a, b] for a in range(3) for b in range(a, 3)] for D in (D_i, D_j)]
    formula = symbolic.contraction(D_i, D_j).subs(symbolic.V, MEAN_VELOCITY)
    formula = sp.lambdify([*names, symbolic.V_L, symbolic.V_T], formula)
    A, B = (random_dipoles(np.random.default_rng(s), 50, traceless=False) for s in (1, 2))
    upper = np.triu_indices(3)
    expected = [formula(a[upper], b[upper], material.v_L, material.v_T) for a, b in zip(A, B, strict=True)]
    got = dipole_contraction(A, B, Z, material.v_L, material.v_T)
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-13)  # tens of terms of order ten, 1e-16 each


@given(seed=st.integers(0, 2**32 - 1), ratio=st.floats(0.5, 5))
def test_laws(seed, ratio):
    """Bilinear, symmetric, even in the direction, unchanged by rotations; its average over directions vanishes."""
    rng = np.random.default_rng(seed)
    A, B, C = random_dipoles(rng, 3, traceless=False)
    n = rng.standard_normal(3)
    n /= np.linalg.norm(n)

    def D(a, b, direction=n):
        return dipole_contraction(a, b, direction, ratio, 1.0)

    scale = 1e-13 * 100 * max(1, ratio**2)  # up to 30 times (v / v_T)^2 <= 30 * 3^(2/3) in a sum, rounded a dozen times
    assert abs(D(A, B) - D(B, A)) < scale
    assert abs(D(A, B) - D(A, B, -n)) < scale
    assert abs(D(2 * A + C, B) - 2 * D(A, B) - D(C, B)) < 4 * scale
    R = Rotation.random(rng=rng).as_matrix()
    assert abs(D(R @ A @ R.T, R @ B @ R.T, R @ n) - D(A, B)) < scale
    assert abs(D(np.eye(3), np.eye(3))) < scale
    # the icosahedron's 12 corners average polynomials up to degree 5 exactly, and D_ij is of degree 4 in the direction
    golden = (1 + np.sqrt(5)) / 2
    corners = np.array([np.roll([0, s, t * golden], k) for s in (1, -1) for t in (1, -1) for k in range(3)])
    corners /= np.linalg.norm(corners, axis=1, keepdims=True)
    assert abs(D(A, B, corners).mean()) < scale


def test_broadcasting():
    rng = np.random.default_rng(0)
    A, B = random_dipoles(rng, 4), random_dipoles(rng, 5)
    n = rng.standard_normal((4, 5, 3))
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    table = dipole_contraction(A[:, None], B[None, :], n, 1.6, 1.0)
    assert table.shape == (4, 5)
    assert table[2, 3] == pytest.approx(float(dipole_contraction(A[2], B[3], n[2, 3], 1.6, 1.0)), abs=1e-14)
    assert dipole_contraction(A[0], B[0], Z, 1.6, 1.0).shape == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"D_i": np.triu(np.ones((3, 3)))}, "D_i .* symmetric"),
        ({"D_j": np.eye(2)}, r"D_j = .* shape \(..., 3, 3\)"),
        ({"D_j": np.full((3, 3), np.nan)}, "D_j .* finite"),
        ({"direction": [1.0, 1.0, 0.0]}, "direction .* length 1.*1.414"),
        ({"direction": [1.0, 1e-5, 0.0]}, "direction .* length 1.*1.00000000005"),
        ({"direction": [1.0, 0.0]}, r"direction of shape \(2,\)"),
        ({"direction": 1.0}, r"direction of shape \(\)"),
        ({"direction": [np.nan, 0.0, 1.0]}, "direction .* nan"),
        ({"v_L": -1.0}, "v_L = -1.0"),
        ({"v_T": 0}, "v_T = 0"),
    ],
)
def test_bad_contraction_arguments(changes, message):
    arguments = {"D_i": np.eye(3), "D_j": np.eye(3), "direction": Z, "v_L": 1.6, "v_T": 1.0}
    with pytest.raises(ValueError, match=message):
        dipole_contraction(**(arguments | changes))


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("traceless", [True, False])
def test_random_dipoles(norm, traceless):
    """Symmetric, of the stated trace and norm, without preferred axes."""
    n = 200_000
    D = random_dipoles(np.random.default_rng(3), n, traceless, norm)
    assert D.shape == (n, 3, 3)
    np.testing.assert_array_equal(D, D.swapaxes(1, 2))
    square = (D**2).sum(axis=(1, 2))
    dimension = 5 if traceless else 6
    variance = {"gaussian": 2 / dimension, "paper": 2.0, "fixed": 0.0}[norm]  # of Tr D^2
    assert square.mean() == pytest.approx(1, abs=5 * np.sqrt(variance / n) + 1e-12)
    if norm == "fixed":
        np.testing.assert_allclose(square, 1, rtol=1e-13)
    if traceless:
        assert np.abs(np.trace(D, axis1=1, axis2=2)).max() < 1e-13
    # without preferred axes <D_ab D_ab> is 1/15 of a unit for each way to pair the letters, plus the trace's share
    shear = (D[:, 0, 1] ** 2).mean()
    assert shear == pytest.approx(1 / (2 * dimension), abs=5 * (D[:, 0, 1] ** 2).std() / np.sqrt(n))
    for unequal in (D[:, 0, 0] - D[:, 2, 2], D[:, 0, 1]):
        assert abs(unequal.mean()) < 5 * unequal.std() / np.sqrt(n)


def test_bad_random_dipoles():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="size = 0"):
        random_dipoles(rng, 0)
    with pytest.raises(ValueError, match="norm = 'cauchy'"):
        random_dipoles(rng, 5, norm="cauchy")


@pytest.mark.parametrize("norm", ["gaussian", "fixed"])
@pytest.mark.parametrize("traceless", [True, False])
@pytest.mark.parametrize("material", MATERIALS, ids=lambda m: m.name)
def test_moments_against_exact_ones(material, traceless, norm):
    """Zero average, the exact rms and the exact kurtosis, each within five standard errors."""
    got = moments(sample_contractions(material, 100_000, 11, traceless, norm))
    rms = exact.at_velocities(sp.sqrt(exact.mean_square(traceless)), material.v_L, material.v_T)
    kurtosis = exact.at_velocities(exact.kurtosis(traceless, norm), material.v_L, material.v_T)
    assert abs(got.mean) < 5 * got.mean_stderr
    assert abs(got.rms - rms) < 5 * got.rms_stderr
    assert abs(got.kurtosis - kurtosis) < 5 * got.kurtosis_stderr
    assert got.rms_stderr < 0.01 * rms


def test_exact_kurtosis_of_the_papers_norm():
    """Tr D^2 = N(0, 1)^2 multiplies the fixed-norm fourth moment by <g^4>^2 = 9."""
    for traceless in (True, False):
        ratio = exact.kurtosis(traceless, "paper") / exact.kurtosis(traceless, "fixed")
        assert sp.simplify(ratio) == 9


def test_interaction_matrix():
    """Orthonormal shapes; the contraction in their basis; the volume changes only couple to m = 0, by v^2 / v_L^2."""
    basis = list(exact.shapes().values())
    gram = sp.Matrix(6, 6, lambda a, b: sp.simplify((basis[a] * basis[b]).trace()))
    assert gram == sp.eye(6)
    M = exact.interaction_matrix(traceless=False)
    coupled = {(a, b) for a in range(6) for b in range(6) if M[a, b] != 0}
    assert coupled == {(a, a) for a in range(5)} | {(0, 5), (5, 0)}
    assert symbolic.V_T not in M[0, 5].free_symbols
    assert exact.interaction_matrix(traceless=True) == M[:5, :5]


def test_bad_norm():
    with pytest.raises(ValueError, match="norm = 'cauchy'"):
        exact.kurtosis(norm="cauchy")


def test_moments_of_a_gaussian():
    got = moments(np.random.default_rng(4).normal(0, 2, 100_000))
    assert abs(got.rms - 2) < 5 * got.rms_stderr
    assert abs(got.kurtosis - 3) < 5 * got.kurtosis_stderr
    assert got.rms_stderr == pytest.approx(2 / np.sqrt(2 * 100_000), rel=0.5)  # 50 blocks give it to 10 %
    assert got.kurtosis_stderr == pytest.approx(np.sqrt(24 / 100_000), rel=0.5)


def test_errors_of_moments_are_a_jackknife_over_fifty_blocks():
    """Blocks left out by hand; the numbers that fill no block do not count."""
    sample = np.random.default_rng(4).normal(1, 2, 1013)
    got, kept = moments(sample), sample[:1000]
    rest = [np.delete(kept, range(k, k + 20)) for k in range(0, 1000, 20)]
    for name, of in {
        "mean": np.mean,
        "rms": lambda x: np.sqrt((x**2).mean()),
        "kurtosis": lambda x: (x**4).mean() / (x**2).mean() ** 2,
    }.items():
        values = [of(x) for x in rest]
        assert getattr(got, name) == pytest.approx(of(kept), rel=1e-12)
        assert getattr(got, f"{name}_stderr") == pytest.approx(np.sqrt(49) * np.std(values), rel=1e-9)
    assert got.n_samples == 1000


@pytest.mark.parametrize("sample", [np.zeros(10), np.zeros((100, 100)), np.full(2000, np.inf)])
def test_bad_samples(sample):
    with pytest.raises(ValueError, match="sample of shape"):
        moments(sample)


def test_bad_sample_arguments():
    with pytest.raises(ValueError, match="n_samples = -1"):
        sample_contractions(SIMULATION, -1, 0)
    with pytest.raises(ValueError, match="seed = -3"):
        sample_contractions(SIMULATION, 10, -3)


def test_standard_deviation_of_order_one():
    """The statement below (A27), and what the Gaussian of Sec. IV A leaves out."""
    table = moments_of_glasses(100_000, seed=1)
    assert list(table) == list(GLASSES)
    for got in table.values():
        assert abs(got.mean) < 5 * got.mean_stderr
        assert 1.0 < got.rms < 1.6
        assert got.kurtosis > 3 + 10 * got.kurtosis_stderr
