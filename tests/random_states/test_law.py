"""The exact law: the largest determinant, the coordinates, the closed form, the integral and its leading form."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import betaln

from tlsglass.derivations import entangled_coordinates as coordinates
from tlsglass.entanglement import concurrence
from tlsglass.random_states import law
from tlsglass.random_states.quadrature import beta_nodes
from tlsglass.random_states.sampling import MAGIC, two_site_states


@given(st.integers(0, 10_000), st.integers(4, 12), st.floats(0.0, 0.9))
def test_no_entangled_state_has_a_larger_determinant(seed, K, mixing):
    """Random states, and their mixtures with a Bell state, which are near the edge."""
    rng = np.random.default_rng(seed)
    bell = np.outer(MAGIC[:, seed % 4], MAGIC[:, seed % 4].conj())
    rho = (1 - mixing) * two_site_states(K, 20, rng) + mixing * bell
    C, det = concurrence(rho), np.linalg.det(rho).real
    entangled = C > 1e-9
    assert np.all(det[entangled] <= [law.largest_determinant(c) * (1 + 1e-9) for c in C[entangled]])


@pytest.mark.parametrize("C", [1e-9, 0.1, 0.5, 0.9])
def test_bound_is_reached_by_werner_states(C):
    weights = np.array([(1 + C) / 2, (1 - C) / 6, (1 - C) / 6, (1 - C) / 6])
    rho = (MAGIC * weights) @ MAGIC.conj().T
    assert concurrence(rho) == pytest.approx(C, abs=1e-13)
    assert np.linalg.det(rho).real == pytest.approx(law.largest_determinant(C), rel=1e-12)


def test_supremum_by_search():
    """Maximise the determinant over the bound from a random entangled state: it is reached, and never passed."""

    def log_ratio(x):
        X = (x[:16] + 1j * x[16:]).reshape(4, 4)
        rho = X @ X.conj().T / (x @ x)
        C = float(concurrence(rho))
        return np.log(np.linalg.det(rho).real / law.largest_determinant(C)) if C > 0 else -1e3

    X = MAGIC * np.sqrt([0.7, 0.15, 0.1, 0.05]) + 0.1 * np.random.default_rng(1).standard_normal((4, 4))
    start = np.r_[X.real.ravel(), X.imag.ravel()]
    assert log_ratio(start) < -0.1
    found = minimize(lambda x: -log_ratio(x), start, method="BFGS")
    assert log_ratio(found.x) <= 1e-9  # rounding of the determinant and of C
    assert log_ratio(found.x) > -1e-2  # the search ends where its finite differences step over the edge


def test_largest_determinant_ends_at_the_werner_state_and_below_that_of_separable_ones():
    assert law.largest_determinant(1e-12) == pytest.approx(16 / 27 / 256, rel=1e-9)
    assert law.largest_determinant(1) == 0
    werner = (MAGIC * [1 / 2, 1 / 6, 1 / 6, 1 / 6]) @ MAGIC.conj().T
    assert concurrence(werner) < 1e-15  # separable: the supremum is not attained
    assert np.linalg.det(werner).real == pytest.approx(1 / 432, rel=1e-12)


def random_coordinates(rng):
    """`Q` in the magic basis with `c > 0`, its `c`, and a filter of determinant 1."""
    while True:
        root = rng.standard_normal((3, 3))
        A, kappa = root @ root.T / 10, rng.standard_normal(3) / 5
        b = np.trace(A) + 2 * (c := rng.uniform(0.01, 0.5))
        Q = np.block([[np.array([[b]]), 1j * kappa[None]], [-1j * kappa[:, None], A]])
        if np.linalg.eigvalsh(Q)[0] > 0:
            F = rng.standard_normal((2, 2)) + 1j * rng.standard_normal((2, 2))
            return Q, A, kappa, c, F / np.sqrt(np.linalg.det(F))


def test_concurrence_in_the_coordinates():
    """`W = (1 x F) Q (1 x F)^+` has the concurrence `2 c`, whatever `A`, `kappa` and the filter `F` are."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        Q, _, _, c, F = random_coordinates(rng)
        W = np.kron(np.eye(2), F) @ MAGIC @ Q @ MAGIC.conj().T @ np.kron(np.eye(2), F).conj().T
        trace = np.trace(W).real
        assert concurrence(W / trace) == pytest.approx(2 * c / trace, abs=1e-11)


def test_jacobian_of_the_coordinates_by_differences():
    """Volume of (c, A, kappa, F) in the space of Hermitian matrices, against `2 |det(V V^T - c^2)|`.

    With `dA` over the elements on and above the diagonal, `dF` over the six numbers of `1 + eps_k sigma_k`, and
    `b = Tr A + 2 c`; the 2 comes from `V = h - A + ...`, whose trace is `2 Tr A + 3 c`.
    """
    rng = np.random.default_rng(3)
    pauli = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
    upper = np.triu_indices(3)

    def flat(x):
        A = np.zeros((3, 3))
        A[upper] = x[1:7]
        A = A + A.T - np.diag(np.diag(A))
        k = x[7:10]
        Q = np.block([[np.array([[np.trace(A) + 2 * x[0]]]), 1j * k[None]], [-1j * k[:, None], A]])
        F = np.eye(2) + np.tensordot(x[10:13] + 1j * x[13:16], pauli, axes=1)
        F = F / np.sqrt(np.linalg.det(F))
        W = np.kron(np.eye(2), F) @ MAGIC @ Q @ MAGIC.conj().T @ np.kron(np.eye(2), F).conj().T
        rows, columns = np.triu_indices(4, 1)
        return np.r_[np.diag(W).real, W[rows, columns].real, W[rows, columns].imag]

    for _ in range(3):
        Q, A, kappa, c, _ = random_coordinates(rng)
        x = np.r_[c, A[upper], kappa, np.zeros(6)]
        step = 1e-5
        D = np.array([(flat(x + step * e) - flat(x - step * e)) / (2 * step) for e in np.eye(16)])
        h = np.trace(A) + c
        cross = np.array([[0, kappa[2], -kappa[1]], [-kappa[2], 0, kappa[0]], [kappa[1], -kappa[0], 0]])
        V = h * np.eye(3) - A + 1j * cross
        expected = 2 * abs(np.linalg.det(V @ V.T - c**2 * np.eye(3)))
        assert abs(np.linalg.det(D)) == pytest.approx(expected, rel=1e-7)  # differences: step^2 and 1e-16 / step


def test_jacobian_is_a_polynomial_in_invariants():
    assert sp.expand(coordinates.jacobian() - coordinates.jacobian_from_invariants()) == 0


@pytest.mark.parametrize("shape", [(1.0, 5.0), (2.5, 5.0), (1.5, 1.0), (1.0, 1.0), (0.5, 0.5), (1.5, 4093.0)])
def test_quadrature_is_exact_for_polynomials(shape):
    p, q = shape
    x, w = beta_nodes(6, p, q)
    for power in range(12):
        exact = np.exp(betaln(p + power, q) - betaln(p, q))
        assert w @ x**power == pytest.approx(exact, rel=1e-11)
    assert np.all((x > 0) & (x < 1) & (w > 0))


@pytest.mark.parametrize(
    ("K", "digits"),
    [(4, 5e-6), (5, 5e-8), (8, 1e-9), (11, 1e-9), (16, 1e-10), (64, 1e-10), (1000, 1e-10), (2**14, 1e-8)],
)
def test_integral_gives_the_closed_form(K, digits):
    """Two routes that share nothing: an integral in our coordinates, and the formula of Slater and Dunkl."""
    assert law.log_moment(K, 0) == pytest.approx(law.log_probability_entangled(K), abs=digits)


def test_closed_form_at_small_dimensions():
    """Pure states and mixtures of two: all entangled. K = 4 is the Hilbert-Schmidt measure: 8/33 are separable."""
    probability = [np.exp(law.log_probability_entangled(K)) for K in (1, 2, 3, 4)]
    np.testing.assert_allclose(probability, [1, 1, 13 / 14, 25 / 33], rtol=1e-12)


def test_leading_form_is_derived():
    K = coordinates.K
    for power, prefactor in ((0, sp.sqrt(3) * K), (1, sp.sqrt(3) / 2)):
        log = coordinates.log_leading_moment(power)
        assert sp.simplify(sp.exp(sp.simplify(log - K * sp.log(sp.Rational(16, 27)))) - prefactor) == 0


@pytest.mark.parametrize("power", [0, 1, 2])
def test_integral_tends_to_its_leading_form(power):
    """The difference of the logarithms falls as 1 / K."""
    leading = sp.lambdify(coordinates.K, coordinates.log_leading_moment(power))
    errors = [law.log_moment(K, power) - float(leading(K)) for K in (200, 400, 800)]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.03)  # 1 / K^2 is left out
    assert errors[1] / errors[2] == pytest.approx(2, rel=0.015)
    assert abs(errors[2]) < 5e-3


def test_asymptote():
    assert law.log_asymptote(8) == pytest.approx(np.log(3**0.5 / 2 * (16 / 27) ** 8), rel=1e-14)
    assert law.DECAY * 2**10 == pytest.approx(law.log_asymptote(1) - law.log_asymptote(1 + 2**8), rel=1e-13)
    assert law.log_mean_concurrence(2**14) == pytest.approx(law.log_asymptote(2**14), abs=1e-4)


def test_average_per_site():
    """Eq. (28): every pair counts, divided by N."""
    assert law.concurrence_per_site(6) == pytest.approx(15 / 6 * np.exp(law.log_mean_concurrence(16)), rel=1e-12)


def test_sizes_of_the_environment():
    assert [law.environment_dimension(n) for n in (2, 3, 4, 10)] == [1, 2, 4, 256]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: law.environment_dimension(1), "n_tls = 1"),
        (lambda: law.largest_determinant(0), "concurrence = 0"),
        (lambda: law.largest_determinant(1.5), "concurrence = 1.5"),
        (lambda: law.log_asymptote(0), "environment_dimension = 0"),
        (lambda: law.log_probability_entangled(0), "environment_dimension = 0"),
        (lambda: law.log_mean_concurrence(3), "environment_dimension = 3"),
        (lambda: law.concurrence_per_site(3), "n_tls = 3"),
        (lambda: law.log_moment(4, -1), "power = -1"),
        (lambda: beta_nodes(0, 1, 1), "n = 0"),
        (lambda: beta_nodes(3, 0, 1), "p = 0"),
        (lambda: coordinates.log_leading_moment(-1), "power = -1"),
    ],
)
def test_bad_input(call, error):
    with pytest.raises(ValueError, match=error):
        call()
