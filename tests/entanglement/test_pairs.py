"""Concurrence of all pairs: sums, the isolated pair by hand, monogamy, and the W state against the text below (28)."""

import numpy as np
import pytest

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import System, brute_force, system
from tlsglass.entanglement import average_concurrence, concurrence
from tlsglass.entanglement.pairs import concurrence_matrix, cumulative_share, pairs_for_share, w_state


def sample(n_tls, k=0):
    return system(draw(Disorder(n_tls), seed=8, k=k))


def all_pairs(psi):
    """Concurrence of every pair of a pure state, shape (N, N)."""
    n = int(np.log2(psi.size))
    C = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            C[i, j] = C[j, i] = concurrence(brute_force.reduced_density_matrix(psi[None], (i, j)))[0]
    return C


def test_sum_over_pairs_is_the_average_concurrence():
    tls, time = sample(7), np.array([0.0, 0.05, 0.3, 2.0])
    C = concurrence_matrix(tls, time)
    np.testing.assert_array_equal(C, C.swapaxes(1, 2))
    np.testing.assert_allclose(C.sum(axis=(1, 2)) / 14, average_concurrence(tls, time), atol=1e-12)


def test_isolated_pair_in_closed_form():
    """C = |sin(theta_a) sin(theta_b) sin(4 J t)|; the phase 4 J t <= 40 is rounded to 1e-14."""
    J, angles, time = 0.8, np.array([0.7, 2.1]), np.linspace(0, 12, 50)
    zero = np.zeros(2)
    tls = System([[0, J], [J, 0]], zero, zero, np.array([0.3, 2.0]), np.cos(angles), np.array([0.1, 4.0]))
    expected = np.abs(np.prod(np.sin(angles)) * np.sin(4 * J * time))
    np.testing.assert_allclose(concurrence_matrix(tls, time)[:, 0, 1], expected, atol=1e-13)


def test_without_third_spins_every_pair_is_an_isolated_pair():
    """The closed form with each pair's own J; the phase 4 J t < 1e2 is rounded to 1e-14."""
    tls, time = sample(6), np.array([0.01, 0.3, 5.0])
    alone = concurrence_matrix(tls, time, third_spins=False)
    sine = np.sqrt(1 - tls.polarisation**2)
    expected = np.abs(np.outer(sine, sine) * np.sin(4 * tls.J * time[:, None, None]))
    np.testing.assert_allclose(alone, expected, atol=1e-12)
    assert np.all(alone[0] >= concurrence_matrix(tls, time)[0])  # nobody has turned by more than a fraction of pi yet


def test_third_spins_are_why_few_pairs_hold_most():
    """Near the maximum of C(t): O(1) pairs per TLS with third spins, a fixed share of all pairs without."""
    few, many = [], []
    for n in (10, 40):
        samples = [system(draw(Disorder(n), 5, k)) for k in range(4)]
        for found, third_spins in ((few, True), (many, False)):
            C = np.array([concurrence_matrix(s, 0.07, third_spins)[0] for s in samples])
            found.append(pairs_for_share(C, 0.9).mean())
    assert few[1] < 1.3 * few[0]  # the mean of four samples is known to a fifth
    assert many[1] > 2.5 * many[0]  # four times as many pairs


@pytest.mark.parametrize("n_tls", [3, 5, 8])
def test_w_state_has_every_pair_equally_entangled(n_tls):
    """So O(N^2) pairs are non-negligible: the text below (28) does not follow from monogamy."""
    C = all_pairs(w_state(n_tls))
    np.testing.assert_allclose(C[~np.eye(n_tls, dtype=bool)], 2 / n_tls, atol=1e-13)
    np.testing.assert_allclose(pairs_for_share(C, 1 - 1e-9), (n_tls - 1) / 2)


@pytest.mark.parametrize("k", range(4))
def test_coffman_kundu_wootters(k):
    """sum_j C_ij^2 <= 4 det rho_i: at all times of real samples, and an equality for the W state."""
    tls = sample(6, k)
    for t in (0.02, 0.2, 1.0):
        psi = brute_force.state_vector(tls, t)
        C = all_pairs(psi[0])
        np.testing.assert_allclose(C, concurrence_matrix(tls, t)[0], atol=1e-12)
        for i in range(6):
            tangle = 4 * np.linalg.det(brute_force.reduced_density_matrix(psi, (i,))[0]).real
            assert (C[i] ** 2).sum() <= tangle + 1e-12
    w = w_state(6)
    bound = 4 * np.linalg.det(brute_force.reduced_density_matrix(w[None], (0,))[0]).real
    assert (all_pairs(w)[0] ** 2).sum() == pytest.approx(bound, abs=1e-12)


def test_shares_by_hand():
    C = np.zeros((3, 3))
    C[0, 1], C[0, 2], C[1, 2] = 0.1, 0.6, 0.3
    C += C.T
    np.testing.assert_allclose(cumulative_share(C), [0.6, 0.9, 1.0])
    assert pairs_for_share(C, 0.5) == pytest.approx(1 / 3)
    assert pairs_for_share(C, 0.8) == pytest.approx(2 / 3)
    assert np.isnan(cumulative_share(np.zeros((3, 3)))).all()


def test_bad_input():
    with pytest.raises(ValueError, match="shape"):
        cumulative_share(np.zeros((3, 2)))
    with pytest.raises(ValueError, match="share = 1"):
        pairs_for_share(np.zeros((3, 3)), 1)
    with pytest.raises(ValueError, match="time"):
        concurrence_matrix(sample(3), -1)
    with pytest.raises(ValueError, match="third_spins"):
        concurrence_matrix(sample(3), 1, third_spins="off")


@pytest.mark.parametrize("seed", range(5))
def test_no_preparation_needs_less_than_27_and_one_reaches_it(seed):
    """(27) is the least average concurrence over all ways to mix pure states into rho."""
    rng = np.random.default_rng(seed)
    Sigma = np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))
    ket = rng.normal(size=4) + 1j * rng.normal(size=4)
    noise = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    rho = np.outer(ket, ket.conj()) / 2 + 0.03 * noise @ noise.conj().T
    rho /= np.trace(rho).real
    values, vectors = np.linalg.eigh(rho)
    X = vectors * np.sqrt(values)
    tau = X.T @ Sigma @ X
    left, singular, _ = np.linalg.svd(tau)
    gap = 2 * singular[0] - singular.sum()
    assert gap > 0.05  # entangled: otherwise the test says little
    assert float(concurrence(rho)) == pytest.approx(gap, abs=1e-13)
    z = rng.normal(size=(2, 3000, 4, 4))
    U = np.linalg.qr(z[0] + 1j * z[1])[0]
    assert np.abs(np.einsum("nak,ab,nbk->nk", U, tau, U)).sum(axis=1).min() >= gap
    V = left * np.exp(0.5j * np.angle(np.diag(left.conj().T @ tau @ left.conj())))
    halves = np.kron([[1, 1], [1, -1]], [[1, 1], [1, -1]]) / 2
    best = X @ V.conj() @ np.diag([1, 1j, 1j, 1j]) @ halves
    np.testing.assert_allclose(best @ best.conj().T, rho, atol=1e-14)
    assert np.abs(np.diag(best.T @ Sigma @ best)).sum() == pytest.approx(gap, abs=1e-13)
