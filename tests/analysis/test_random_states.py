"""Fits to the average concurrence of random states, on numbers made by hand."""

import numpy as np
import pytest

from tlsglass.analysis import random_states as fits
from tlsglass.random_states import law


def test_line_is_found_and_its_error_measures_the_scatter():
    n = np.arange(4, 9)
    exact = -0.2 * 2.0 ** (1.1 * n)
    b, a = fits.scaling_fit(n, exact)
    assert (b.value, a.value) == pytest.approx((1.1, 0.2), rel=1e-12)
    assert max(b.stderr, a.stderr) < 1e-12
    scattered = np.log2(-exact) + np.array([0.01, -0.02, 0.01, 0.02, -0.01])
    b, a = fits.scaling_fit(n, -(2.0**scattered))
    x = n - n.mean()
    slope = 1.1 + x @ [0.01, -0.02, 0.01, 0.02, -0.01] / (x @ x)
    assert b.value == pytest.approx(slope, rel=1e-12)
    rest = scattered - np.log2(a.value) - b.value * n
    assert b.stderr == pytest.approx(np.sqrt(rest @ rest / 3 / (x @ x)), rel=1e-10)
    at_zero = np.sqrt(rest @ rest / 3 * (1 / 5 + n.mean() ** 2 / (x @ x)))
    assert a.stderr == pytest.approx(a.value * np.log(2) * at_zero, rel=1e-10)


def test_the_papers_fit_follows_from_the_exact_law():
    """b = 1.009(6) and a = 0.127(3) are what a line through the exact law gives at N = 4 to 7."""
    b, a = fits.scaling_fit(range(4, 8), [law.log_mean_concurrence(2 ** (n - 2)) for n in range(4, 8)])
    assert b.value == pytest.approx(1.009, abs=0.006)
    assert a.value == pytest.approx(0.127, abs=0.003)


def test_corrections_are_found_with_their_errors():
    K = 2.0 ** np.arange(2, 9)
    error = np.full(K.size, 0.01)
    rng = np.random.default_rng(1)
    found = [fits.correction_fit(K, 0.3 + 0.8 / K - 0.5 / K**2 + rng.normal(scale=error), error) for _ in range(400)]
    for i, truth in enumerate((0.3, 0.8)):
        values = np.array([f[i].value for f in found])
        assert values.mean() == pytest.approx(truth, abs=4 * values.std() / 20)
        assert found[0][i].stderr == pytest.approx(values.std(), rel=0.15)  # four errors of a standard deviation


def test_errors_of_the_corrections_follow_from_those_of_the_points_and_not_from_their_scatter():
    """Points without scatter: the errors are those of the normal equations of `r + c_1 / K + c_2 / K^2`."""
    K, error = np.array([4.0, 8.0, 16.0, 32.0, 64.0]), np.array([0.01, 0.02, 0.01, 0.03, 0.02])
    r, c_1 = fits.correction_fit(K, 0.3 + 0.8 / K, error)
    A = np.stack([np.ones(K.size), 1 / K, 1 / K**2], axis=1) / error[:, None]
    expected = np.sqrt(np.diag(np.linalg.inv(A.T @ A)))
    assert (r.stderr, c_1.stderr) == pytest.approx(tuple(expected[:2]), rel=1e-9)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: fits.scaling_fit([4, 5], [-1, -2]), "three or more"),
        (lambda: fits.scaling_fit([4, 5, 6], [-1, -2, 0]), "negative"),
        (lambda: fits.scaling_fit([4, 5, 6], [-1, -2]), "log_concurrence"),
        (lambda: fits.correction_fit([4, 8, 16], [0, 0, 0], [1, 1, 1]), "four or more"),
        (lambda: fits.correction_fit([4, 8, 16, 32], [0, 0, 0, 0], [1, 1, 1, 0]), "positive"),
    ],
)
def test_bad_input(call, error):
    with pytest.raises(ValueError, match=error):
        call()
