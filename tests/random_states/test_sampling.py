"""Random states as drawn: whole ones, two sites alone, and near a Werner state."""

import numpy as np
import pytest
from scipy.stats import chi2, kstest

from tlsglass.dynamics import brute_force
from tlsglass.entanglement import concurrence
from tlsglass.kernels import random_states as kernels
from tlsglass.random_states import averages, importance, sampling

P_VALUE = 1e-3  # of the statistical tests; the seeds are fixed


def rng(seed):
    return np.random.default_rng(seed)


def pair_of_whole_states(n_tls, n_states, seed):
    psi = sampling.haar_states(n_tls, n_states, rng(seed)).reshape(n_states, 4, -1)
    psi /= np.linalg.norm(psi, axis=(1, 2))[:, None, None]
    return psi @ psi.conj().swapaxes(1, 2)


def histogram_agrees(a, b):
    """Two-sample chi-square over ten equally filled bins."""
    edges = np.quantile(np.concatenate([a, b]), np.linspace(0, 1, 11)[1:-1])
    counts = np.array([np.bincount(np.digitize(x, edges), minlength=10) for x in (a, b)])
    assert len(a) == len(b)
    statistic = ((counts[0] - counts[1]) ** 2 / counts.sum(axis=0)).sum()
    return chi2.sf(statistic, 9) > P_VALUE


@pytest.mark.parametrize("n_tls", [3, 4, 5])
def test_two_sites_alone_are_those_of_whole_states(n_tls):
    """Largest eigenvalue, determinant, an element, and the concurrence; N = 3 by Gaussians, the others by Bartlett."""
    whole = pair_of_whole_states(n_tls, 20_000, 1)
    alone = sampling.two_site_states(2 ** (n_tls - 2), 20_000, rng(2))
    values = [(np.linalg.eigvalsh(r), r) for r in (whole, alone)]
    assert histogram_agrees(*(e[:, -1] for e, _ in values))
    assert histogram_agrees(*(e[:, -2] * e[:, -1] for e, _ in values))
    assert histogram_agrees(*(r[:, 3, 1].real for _, r in values))
    assert histogram_agrees(*(r[:, 0, 0].real for _, r in values))
    C = [concurrence(r) for r in (whole, alone)]
    entangled = [c[c > 0] for c in C]
    n = min(map(len, entangled))
    assert histogram_agrees(*(c[:n] for c in entangled))


def test_a_wrong_dimension_would_be_seen():
    whole = np.linalg.eigvalsh(pair_of_whole_states(4, 20_000, 1))[:, -1]
    assert not histogram_agrees(whole, np.linalg.eigvalsh(sampling.two_site_states(5, 20_000, rng(2)))[:, -1])


@pytest.mark.parametrize("K", [1, 3, 4, 9])
def test_mean_and_scatter_of_the_square_roots(K):
    """`<W> = K`, and `Var W_ii = K`, `<|W_ij|^2> = K`, for a Wishart matrix of K columns."""
    L = sampling.square_roots(K, 40_000, rng(3))
    assert L.shape == (40_000, 4, min(4, K))
    W = L @ L.conj().swapaxes(1, 2)
    error = np.sqrt(K / 40_000)
    np.testing.assert_allclose(W.mean(axis=0), K * np.eye(4), atol=4.5 * error)  # 32 numbers: p = 2e-4
    square = (np.abs(W - K * np.eye(4)) ** 2).mean(axis=0)
    np.testing.assert_allclose(square, np.full((4, 4), K), rtol=0.1)  # about 6 errors of the least known, K = 1


def test_whole_states_are_isotropic():
    """The weight of one amplitude out of 2^N is Beta(1, 2^N - 1) distributed; its phase is uniform."""
    psi = sampling.haar_states(3, 20_000, rng(4))
    psi /= np.linalg.norm(psi, axis=1)[:, None]
    for k in (0, 7):
        assert kstest(np.abs(psi[:, k]) ** 2, "beta", args=(1, 7)).pvalue > P_VALUE
        assert kstest(np.angle(psi[:, k]), "uniform", args=(-np.pi, 2 * np.pi)).pvalue > P_VALUE


@pytest.mark.parametrize("n_tls", [2, 3, 4, 6])
def test_pairs_of_a_whole_state_against_partial_traces(n_tls):
    """Every two-site matrix of the kernel is the partial trace; the mean is that over all pairs."""
    psi = sampling.haar_states(n_tls, 5, rng(5))
    mean, entangled = np.empty(5), np.empty(5)
    kernels.mean_pair_concurrences(psi, mean, entangled)
    rho = np.empty((4, 4), complex)
    for k in range(5):
        unit = psi[k] / np.linalg.norm(psi[k])
        found = []
        for a in range(n_tls - 1):
            for b in range(a + 1, n_tls):
                expected = brute_force.reduced_density_matrix(unit[None], [a, b])[0]
                kernels.pair_matrix(psi[k], a, b, rho)
                np.testing.assert_allclose(rho, expected, atol=1e-14)  # sums of 16 terms of order 1
                found.append(concurrence(expected))
        assert mean[k] == pytest.approx(np.mean(found), abs=1e-12)
        assert entangled[k] == pytest.approx(np.mean(np.array(found) > 1e-12), abs=1e-12)


def test_positive_transpose_is_the_sign_of_the_smallest_eigenvalue_of_the_partial_transpose():
    work = np.empty((4, 4), complex)
    rho = sampling.two_site_states(4, 2000, rng(6))
    transposed = rho.reshape(-1, 2, 2, 2, 2).swapaxes(2, 4).reshape(-1, 4, 4)
    smallest = np.linalg.eigvalsh(transposed)[:, 0]
    assert [kernels.has_positive_transpose(r, work) for r in rho] == list(smallest > 0)
    assert 0.2 < np.mean(smallest > 0) < 0.3  # both happen: 8/33


@pytest.mark.parametrize("power", [2, 3, 17, 400])
def test_average_over_rotations_against_sampling(power):
    m = np.array([[1.0, 1.2, 1.3, 1.5], [1.0, 4 / 3, 4 / 3, 4 / 3], [0.7, 0.7, 0.7, 0.7]])
    out = np.empty(3)
    kernels.log_rotation_average(m, power, out)
    q = rng(7).standard_normal((400_000, 4))
    q /= np.linalg.norm(q, axis=1)[:, None]
    for row, value in zip(m, out, strict=True):
        terms = ((q**2 @ row) / row.min()) ** -float(power)
        assert value + power * np.log(row.min()) == pytest.approx(
            np.log(terms.mean()), abs=4.5 * terms.std() / terms.mean() / np.sqrt(len(q)) + 1e-8
        )


def test_average_over_rotations_against_series():
    """The coefficients by multiplying four binomial series, all terms positive. More rows than lanes."""
    m = np.full((37, 4), [1.0, 4 / 3, 4 / 3, 4 / 3])
    m[5], m[36] = [0.9, 1.2, 1.4, 1.4], [1.5, 1.3, 1.1, 0.8]
    power = 2000
    j = np.arange(1, power - 1)
    central = np.cumprod(np.r_[1.0, (2 * j - 1) / (2 * j)])  # of (1 - t)^(-1/2)
    out = np.empty(37)
    kernels.log_rotation_average(m, power, out)
    for row in (0, 5, 36):
        z = m[row].min() / m[row]
        series = [central * z_a ** np.r_[0, j] for z_a in z]
        product = np.convolve(np.convolve(series[0], series[1])[: power - 1], series[2])[: power - 1]
        coefficient = product @ series[3][::-1]
        expected = np.log(coefficient / (power - 1)) - (power - 2) * np.log(m[row].min()) - np.log(m[row]).sum() / 2
        assert out[row] == pytest.approx(expected, abs=1e-10)


def test_average_over_rotations_in_closed_form():
    """Equal numbers, where the recursion loses most digits; power 2, and 3, which is its derivative."""
    out = np.empty(1)
    kernels.log_rotation_average(np.full((1, 4), 0.5), 400, out)
    assert out[0] == pytest.approx(400 * np.log(2), abs=1e-8)  # 400^3 roundings
    for power, expected in ((2, (7.2) ** -0.5), (3, 7.2**-0.5 * (1 + 1 / 2 + 1 / 3 + 1 / 1.2) / 4)):
        kernels.log_rotation_average(np.array([[1.0, 2.0, 3.0, 1.2]]), power, out)
        assert out[0] == pytest.approx(np.log(expected), rel=1e-12)


@pytest.mark.parametrize("K", [4, 8, 16])
def test_weights_are_the_ratio_of_the_densities(K):
    """Averages with weights over tilted states are those of plain ones, also of what is not entangled.

    Weights are bounded by `(9/8)^(4 K)` over a power, so that small K can be compared over all states.
    """
    if K == 4:
        tilted = importance.tilted_states(K, 100_000, rng(8))
        weight = np.exp(importance.log_weights(tilted, K)) * (16 / 27) ** K
        error = weight.std() / np.sqrt(len(weight))
        assert weight.mean() == pytest.approx(1, abs=4 * error)
        assert error < 0.05
        square = np.einsum("nab,nba->n", tilted, tilted).real
        purity = (K + 4) / (4 * K + 1)
        assert (weight * square).mean() == pytest.approx(purity, abs=4 * (weight * square).std() / np.sqrt(len(weight)))
    plain = averages.average_of_pairs(K, 400_000, 9)
    tilted = averages.average_of_pairs(K, 40_000, 9, "tilted")
    for name in ("concurrence", "entangled"):
        a, b = getattr(plain, name), getattr(tilted, name)
        assert a.log == pytest.approx(b.log, abs=4 * np.hypot(a.log_stderr, b.log_stderr))
        assert b.log_stderr < 0.02


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: sampling.haar_states(1, 5, rng(0)), "n_tls = 1"),
        (lambda: sampling.haar_states(3, 0, rng(0)), "n_states = 0"),
        (lambda: sampling.square_roots(0, 5, rng(0)), "environment_dimension = 0"),
        (lambda: sampling.two_site_states(4, 0, rng(0)), "n_states = 0"),
        (lambda: sampling.two_site_states(2.5, 3, rng(0)), "environment_dimension = 2.5"),
        (lambda: sampling.block_generator(-1), "seed = -1"),
        (lambda: sampling.block_generator(0, 1, -1), "key = -1"),
        (lambda: averages.block("x", 4, 0, 0, 10), "method = 'x'"),
        (lambda: importance.tilted_states(3, 5, rng(0)), "environment_dimension = 3"),
        (lambda: importance.log_weights(np.eye(4)[None] / 4, 3), "environment_dimension = 3"),
    ],
)
def test_bad_input(call, error):
    with pytest.raises(ValueError, match=error):
        call()
