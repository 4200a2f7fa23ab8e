"""Exponents and their errors: laws put in by hand come out, and jackknife errors are those of the mean."""

import numpy as np
import pytest

from tlsglass.analysis.exponents import (
    Estimate,
    fit_exponential,
    fit_power_law,
    jackknife,
    local_exponent,
    rise_coefficient,
)

TIME = np.logspace(-1, 2, 31)


def noisy_blocks(law, noise, seed=3, n_blocks=20):
    """Block means that scatter about a law, with noise common to all times of a block."""
    rng = np.random.default_rng(seed)
    return law * (1 + noise * rng.standard_normal((n_blocks, 1)))


def test_first_and_last_time_of_a_window_belong_to_it():
    """Also where they are written with other last bits than the grid has."""
    law = TIME**-2.0
    for window in ((TIME[3], TIME[12]), (TIME[3] * (1 + 1e-12), TIME[12] * (1 - 1e-12))):
        fit = fit_power_law(TIME, law, 0.01 * law, noisy_blocks(law, 0.01), window)
        assert fit.window == (TIME[3], TIME[12]) and fit.n_times == 10


@pytest.mark.parametrize(
    ("value", "stderr", "text"),
    [
        (0.1273, 0.0031, "0.127(3)"),
        (1.0093, 0.0062, "1.009(6)"),
        (2.1304, 0.0281, "2.130(28)"),
        (0.79, 0.05, "0.79(5)"),
        (1234.0, 25.0, "1234(25)"),
        (1234.0, 52.0, "1230(50)"),
        (0.5, 0.0, "0.5"),
        (0.5, np.nan, "0.5"),
    ],
)
def test_estimate_is_written_with_its_error_on_the_last_digits(value, stderr, text):
    assert str(Estimate(value, stderr)) == text


def test_jackknife_of_the_mean_is_its_standard_error():
    blocks = np.random.default_rng(0).standard_normal((20, 5))
    # identical in exact arithmetic: 20 values of order 1 are added, hence a few ULPs
    np.testing.assert_allclose(
        jackknife(lambda mean: mean, blocks), blocks.std(axis=0, ddof=1) / np.sqrt(20), rtol=1e-13
    )


def test_jackknife_needs_two_blocks():
    with pytest.raises(ValueError, match="at least 2"):
        jackknife(np.sum, np.ones((1, 3)))


def test_power_law_comes_back_and_common_noise_does_not_move_the_exponent():
    law = 0.3 * TIME**-1.7
    blocks = noisy_blocks(law, noise=0.1)
    fit = fit_power_law(TIME, blocks.mean(axis=0), 0.02 * law, blocks, (0.5, 20))
    assert fit.exponent.value == pytest.approx(1.7, abs=1e-12)  # a straight line through logarithms: rounding only
    assert fit.exponent.stderr < 1e-12
    assert fit.window == pytest.approx((0.501, 19.95), rel=1e-2)
    assert fit.n_times == 17
    np.testing.assert_allclose(fit(TIME), blocks.mean(axis=0), rtol=1e-11)


def test_jackknife_error_of_the_exponent_covers_the_truth():
    rng = np.random.default_rng(7)
    law = TIME**-1.5
    pulls = []
    for _ in range(200):
        blocks = law * (1 + 0.05 * rng.standard_normal((20, TIME.size)))
        stderr = np.full_like(law, 0.05) * law / np.sqrt(20)
        exponent = fit_power_law(TIME, blocks.mean(axis=0), stderr, blocks, (0.1, 100)).exponent
        pulls.append((exponent.value - 1.5) / exponent.stderr)
    # 200 pulls of unit variance: their standard deviation is known to 5 %, four of these are allowed
    assert np.std(pulls) == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize(
    ("window", "mean", "message"),
    [((1.0, 1.1), TIME**-1.0, "at least 3"), ((1.0, 50.0), np.where(TIME > 10, 0.0, 1.0), "must be positive")],
)
def test_bad_windows_are_refused(window, mean, message):
    with pytest.raises(ValueError, match=message):
        fit_power_law(TIME, mean, np.ones_like(TIME), np.tile(mean, (20, 1)), window)


def test_local_exponent_follows_a_law_that_bends():
    law = np.exp(-TIME)  # local exponent t
    t, exponent, stderr = local_exponent(TIME, law, np.tile(law, (20, 1)), n_times=3)
    # the slope over ln t +- h of exp(-t) is t sinh(h) / h, with h = 0.23
    h = np.log(TIME[1] / TIME[0])
    np.testing.assert_allclose(exponent, t * np.sinh(h) / h, rtol=1e-9)
    np.testing.assert_allclose(stderr, 0, atol=1e-9)


def test_local_exponent_is_nan_where_nothing_is_left():
    law = np.where(TIME < 10, TIME**-1.0, 0.0)
    _, exponent, _ = local_exponent(TIME, law, np.tile(law, (20, 1)))
    assert np.isnan(exponent[-1]) and exponent[0] == pytest.approx(1.0, abs=1e-12)


def test_exponential_comes_back_and_its_error_measures_the_bend():
    n = np.arange(4, 13)
    alpha, prefactor = fit_exponential(n, 5 * np.exp(-0.8 * n))
    assert alpha.value == pytest.approx(0.8, abs=1e-12)
    assert prefactor == pytest.approx(5, rel=1e-10)
    bent, _ = fit_exponential(n, np.exp(-0.05 * n**2))
    assert alpha.stderr < 1e-10 < 0.02 < bent.stderr


@pytest.mark.parametrize("mean", [[1.0, 0.5], [1.0, 0.5, 0.0], [1.0, 0.5, np.nan]])
def test_bad_plateaus_are_refused(mean):
    with pytest.raises(ValueError, match="mean"):
        fit_exponential(np.arange(len(mean)), mean)


def test_rise_coefficient_against_the_integral_over_distances():
    """One energy K and sin = 1: the sum over pairs grows by `c_1 t` when the box grows by `e^(1/3)` each way."""
    K, t = 0.7, 1e-3
    near, far = 20.0, 20.0 * np.exp(1 / 3)
    r = np.linspace(near, far, 20_001)
    shell = 0.5 * np.trapezoid(4 * np.pi * r**2 * np.abs(np.sin(4 * K * t / r**3)), r)
    # trapezoidal rule on 20 000 steps: 1e-9 relative
    assert shell / t == pytest.approx(rise_coefficient(K, sine=1.0), rel=1e-8)


@pytest.mark.parametrize("energy", [0.0, -1.0, np.nan])
def test_rise_coefficient_needs_a_positive_energy(energy):
    with pytest.raises(ValueError, match="energy"):
        rise_coefficient(energy)


@pytest.mark.parametrize(("energy", "sine", "said"), [(1e300, 1.0, "energy = 1e"), (1.0, 1e300, "sine = 1e")])
def test_rise_coefficient_refuses_what_overflows(energy, sine, said):
    with pytest.raises(ValueError, match=said):
        rise_coefficient(energy, sine)


def test_an_error_below_all_digits_is_not_written():
    assert str(Estimate(1.0, 1e-310)) == "1"


def test_equal_times_have_no_slope():
    """A line through one time, three times over, and a local slope where a time stands twice."""
    mean, blocks = np.ones(3), np.ones((20, 3))
    with pytest.raises(ValueError, match="window = .* 3 different ones"):
        fit_power_law(np.ones(3), mean, mean, blocks, (0.5, 2.0))
    with pytest.raises(ValueError, match="time = .* ascending"):
        local_exponent(np.array([1.0, 2.0, 2.0]), mean, blocks, 3)
