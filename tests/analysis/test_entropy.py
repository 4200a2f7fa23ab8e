"""Saturation and growth, on curves whose answers are known."""

import dataclasses

import numpy as np
import pytest

from tlsglass.analysis.entropy import growth_exponent, growth_law, growth_per_decade, saturation, time_to_reach
from tlsglass.ensembles import Curve, Ensemble
from tlsglass.ensembles.half_systems import ENTROPY

TIMES = np.logspace(-3, 6, 28)


def curve(mean, time=TIMES):
    factors = 1 + 0.01 * np.random.default_rng(1).standard_normal(20)
    blocks = mean * factors[:, None]
    return Curve(Ensemble(8), ENTROPY, time, blocks.mean(axis=0), 0.002 * mean, blocks, 1000, 1.0)


def test_saturation_is_the_late_mean_with_its_error():
    level = saturation(curve(np.where(TIMES < 1e3, 0.0, 0.2)))
    assert level.value == pytest.approx(0.2, rel=0.01)
    factors = 0.01 * np.random.default_rng(1).standard_normal(20)
    assert level.stderr == pytest.approx(0.2 * factors.std(ddof=1) / np.sqrt(20), rel=1e-6)


def test_time_to_reach_a_part():
    """S = log10(t / 10^-3) up to 9 at the end; the saturation is the mean of the last 7 times."""
    mean = np.log10(TIMES) + 3
    level = np.mean(mean[TIMES >= 1e4])
    assert time_to_reach(curve(mean), 0.25) == pytest.approx(10 ** (0.25 * level - 3), rel=1e-6)
    for part in (0, 1, 2.0):
        with pytest.raises(ValueError, match="part"):
            time_to_reach(curve(mean), part)
    with pytest.raises(ValueError, match="part = .* above the curve at its first time"):
        time_to_reach(curve(np.ones(28)), 0.5)


def test_a_curve_that_ends_early_has_no_saturation():
    early = dataclasses.replace(curve(np.ones(28)), time=TIMES / 1e3)
    with pytest.raises(ValueError, match=r"curve = .* known at times from 10000 on"):
        saturation(early)


def test_growth_of_a_power_and_of_a_logarithm():
    t, exponent, error = growth_exponent(curve(TIMES**0.4))
    assert t.shape == (26,)
    np.testing.assert_allclose(exponent, 0.4, rtol=1e-9)
    np.testing.assert_allclose(error, 0, atol=1e-9)  # a factor common to all times does not change a slope
    law = growth_law(curve(TIMES**0.4), (1.0, 100.0))
    assert law.value == pytest.approx(0.4, rel=1e-9) and law.stderr < 1e-9
    _, slope, error = growth_per_decade(curve(2.0 + 0.5 * np.log10(TIMES)))
    np.testing.assert_allclose(slope, 0.5, rtol=0.01)
    assert np.all(error > 0)


def test_a_first_time_of_zero_is_refused_where_a_logarithm_is_taken():
    """`S = t` from 0 on reaches a part of its saturation after the first positive time, or it is not known when."""
    times = np.array([0.0, 1.0, 2.0, 4.0, 1e4])
    rising = curve(np.array([0.0, 0.1, 0.2, 0.4, 1.0]), times)
    assert time_to_reach(rising, 0.3) == pytest.approx(2 * 2**0.5, rel=1e-12)  # halfway from 0.2 to 0.4, in ln t
    with pytest.raises(ValueError, match="part = .* at its first time after 0"):
        time_to_reach(rising, 0.05)
    with pytest.raises(ValueError, match=r"curve.time = .* is not allowed"):
        growth_per_decade(rising)


@pytest.mark.parametrize("n_times", [2, 4])
def test_a_slope_needs_an_odd_number_of_times(n_times):
    with pytest.raises(ValueError, match=f"n_times = {n_times} is not allowed"):
        growth_per_decade(curve(TIMES**0.4), n_times)
