"""Density of the splittings against its integral and real draws."""

import numpy as np
import pytest
from scipy import integrate, stats

from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.levels import density_of_splittings

CASES = [(1e-5, 8.0), (0.1, 2.0), (1.0, 2.0)]


def cumulative(E, delta_bar, n_delta):
    """Integral of the density up to each E, on a grid fine enough for 1e-4: far below what 2000 draws resolve."""
    top = 2 * np.hypot(1, delta_bar * 10 ** (n_delta / 2))
    # quadratic grid points below 2 W and above: the density has a kink or a root-like corner there
    corners = [1e-12, 2 * delta_bar * 10 ** (-n_delta / 2), 2 * delta_bar * 10 ** (n_delta / 2), 2.0, top]
    grid = np.unique(np.concatenate([np.geomspace(1e-12, top, 4001), np.linspace(0, top, 40001)[1:], corners]))
    values = integrate.cumulative_trapezoid(density_of_splittings(grid, delta_bar, n_delta), grid, initial=0)
    return np.interp(E, grid, values)


@pytest.mark.parametrize(("delta_bar", "n_delta"), CASES)
def test_density_is_normalised(delta_bar, n_delta):
    assert cumulative(1e3, delta_bar, n_delta) == pytest.approx(1, abs=1e-4)  # the trapezoidal rule at the corners


@pytest.mark.parametrize(("delta_bar", "n_delta"), CASES)
def test_real_draws_follow_it(delta_bar, n_delta):
    splitting = draw(Disorder(2000, delta_bar, n_delta), seed=11, k=0).splitting
    law = stats.kstest(splitting, lambda E: cumulative(E, delta_bar, n_delta))
    assert law.pvalue > 1e-3


def test_flat_above_the_tunnelling_and_zero_outside():
    assert density_of_splittings(1.9, 1e-5, 8.0) == pytest.approx(0.5, rel=3e-3)
    assert density_of_splittings([0.0, 1e-9, 3.0], 1e-5, 8.0).tolist() == [0, 0, 0]


def test_far_below_it_is_a_logarithm():
    """Between the smallest and the largest Delta, arcosh(x) is ln(2 x) but for 1 / (4 x^2)."""
    E = np.array([1e-6, 1e-4])
    expected = np.log(E / 1e-9) / (2 * np.log(1e8))
    np.testing.assert_allclose(density_of_splittings(E, 1e-5, 8.0), expected, rtol=1e-6)


def test_bad_input():
    with pytest.raises(ValueError, match="delta_bar = 0"):
        density_of_splittings(1.0, 0, 2.0)
    with pytest.raises(ValueError, match="n_delta = -1"):
        density_of_splittings(1.0, 0.1, -1)
    for delta_bar in (1e300, 1e-300):
        with pytest.raises(ValueError, match="delta_bar = 1e"):
            density_of_splittings(1.0, delta_bar, 2.0)
    with pytest.raises(ValueError, match="n_delta = 1e-20"):  # both ends of the range are one number
        density_of_splittings(1.0, 0.1, 1e-20)
    with pytest.raises(ValueError, match="splitting"):
        density_of_splittings(np.nan, 0.1, 2.0)
