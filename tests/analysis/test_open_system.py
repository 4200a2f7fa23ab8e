"""Exponents side by side, and stretched exponentials, on curves whose answers are known."""

import dataclasses

import numpy as np
import pytest

from tlsglass.analysis.exponents import Estimate
from tlsglass.analysis.open_system import (
    Stretched,
    exponent_difference,
    fit_stretched,
    over_plateau,
    stretching_slope,
)
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.weak_pairs import WEIGHTED_CONCURRENCE, WeakPairEnsemble

TIMES = np.logspace(-3, 6, 91)


def curve(mean, scale=0.0, noise=0.01, shared=None, n_realisations=1000, n_tls=8):
    """Blocks scatter by `noise` around `mean`, by factors that may be shared by several curves."""
    factors = 1 + noise * (np.random.default_rng(1).standard_normal(20) if shared is None else shared)
    blocks = mean * factors[:, None]
    stderr = np.full(mean.shape, noise / np.sqrt(20)) * mean
    ensemble = Ensemble(n_tls, dissipation_scale=scale)
    return Curve(ensemble, CONCURRENCE, TIMES, blocks.mean(axis=0), stderr, blocks, n_realisations, 1.0)


def test_difference_of_exponents_is_exact_where_the_noise_is_shared():
    """Blocks of both curves with exponents that scatter together: the difference does not scatter."""
    wobble = 0.2 * np.random.default_rng(2).standard_normal((20, 1))
    blocks = [TIMES ** (-beta - wobble) for beta in (4.0, 3.5)]
    curves = [
        Curve(Ensemble(8, dissipation_scale=s), CONCURRENCE, TIMES, b.mean(axis=0), 0.01 * b.mean(axis=0), b, 100, 1.0)
        for s, b in zip((1.0, 0.0), blocks, strict=True)
    ]
    difference = exponent_difference(*curves)
    assert difference.value == pytest.approx(0.5, abs=0.02)
    assert difference.stderr < 0.005 < 0.2 / np.sqrt(20)  # of one exponent alone


@pytest.mark.parametrize(
    ("delta", "tau", "amplitude", "form"),
    [
        (0.2, 3e3, 1.0, "amplitude 1"), (0.6, 1e4, 1.0, "amplitude 1"),
        (0.2, 3e3, 1.0, "amplitude free"), (0.4, 1e4, 0.8, "amplitude free"),
    ],
)  # fmt: skip
def test_stretched_exponential_is_recovered(delta, tau, amplitude, form):
    isolated = curve(np.full(TIMES.size, 0.3))
    open_ = curve(0.3 * amplitude * np.exp(-((TIMES / tau) ** delta)), 1e-6)
    fit = fit_stretched(open_, isolated, (10.0, 1e5), form)
    for ours, expected in ((fit.delta, delta), (fit.tau, tau), (fit.amplitude, amplitude)):
        assert ours.value == pytest.approx(expected, rel=1e-4)  # tolerance of the least squares
        assert ours.stderr < 1e-3 * expected  # the noise is shared: it cancels in the ratio
    assert fit(tau) == pytest.approx(amplitude / np.e, rel=1e-3)
    assert fit.window == pytest.approx((10.0, 1e5))
    assert (fit.shift.value, fit.shift.stderr) == (0, 0)


@pytest.mark.parametrize(("delta", "tau", "shift"), [(0.2, 300.0, 3e3), (0.5, 1e4, 2e3)])
def test_shifted_stretched_exponential_is_recovered(delta, tau, shift):
    """The form of Fig. 9, with the amplitude with which nothing has decayed at t = 0."""
    isolated = curve(np.full(TIMES.size, 0.3))
    law = np.exp((shift / tau) ** delta - ((TIMES + shift) / tau) ** delta)
    fit = fit_stretched(curve(0.3 * law, 1e-6), isolated, (10.0, 1e5), "shifted")
    for ours, expected in ((fit.delta, delta), (fit.tau, tau), (fit.shift, shift)):
        assert ours.value == pytest.approx(expected, rel=1e-2)  # the three nearly make up for one another
    np.testing.assert_allclose(fit(TIMES), law, rtol=1e-4)


def test_error_of_the_fit_is_the_scatter_of_fits():
    """Independent noise on curve and plateau: the jackknife error against the scatter over 60 samples."""
    rng, values, errors = np.random.default_rng(3), [], []  # of delta, and of tau
    for _ in range(60):
        isolated = curve(np.full(TIMES.size, 0.3), noise=0.05, shared=rng.standard_normal(20))
        open_ = curve(0.3 * np.exp(-((TIMES / 1e4) ** 0.5)), 1e-6, noise=0.05, shared=rng.standard_normal(20))
        fit = fit_stretched(open_, isolated, (100.0, 1e5), "amplitude 1")
        values.append((fit.delta.value, fit.tau.value))
        errors.append((fit.delta.stderr, fit.tau.stderr))
    # both are known to 10 %: 60 samples, and 20 blocks
    np.testing.assert_allclose(np.sqrt(np.mean(np.square(errors), axis=0)), np.std(values, axis=0), rtol=0.35)


def test_local_slope_is_the_exponent():
    isolated = curve(np.full(TIMES.size, 0.3))
    open_ = curve(0.3 * np.exp(-((TIMES / 1e4) ** 0.35)), 1e-6)
    t, slope, error = stretching_slope(open_, isolated)
    inside = (t > 1) & (t < 1e6)
    np.testing.assert_allclose(slope[inside], 0.35, atol=1e-9)
    assert error[inside].max() < 1e-9


def test_over_plateau_divides_by_the_late_mean():
    isolated = curve(np.where(TIMES >= 1e3, 0.2, 0.5))
    ratio, blocks = over_plateau(curve(np.full(TIMES.size, 0.1), 1.0), isolated)
    np.testing.assert_allclose(ratio, 0.5)
    assert blocks.shape == (20, 2, TIMES.size)


def test_a_curve_that_ends_before_the_plateau_is_refused():
    isolated = dataclasses.replace(curve(np.full(TIMES.size, 0.2)), time=TIMES / 1e4)
    with pytest.raises(ValueError, match=r"isolated = .* known at times from 1000 on"):
        over_plateau(curve(np.full(TIMES.size, 0.1), 1.0), isolated)


def test_refuses_what_does_not_belong_together():
    a = curve(np.full(TIMES.size, 0.3))
    for other in (curve(a.mean, 1.0, n_realisations=500), curve(a.mean, 1.0, n_tls=6)):
        for function in (exponent_difference, over_plateau, stretching_slope):
            with pytest.raises(ValueError, match="do not share their realisations"):
                function(other, a)
    other = curve(a.mean, 1.0)
    for change, said in (
        ({"time": 2 * TIMES}, "time"),
        ({"observable": WEIGHTED_CONCURRENCE}, "observable"),
        ({"ensemble": WeakPairEnsemble(8, dissipation_scale=1.0)}, "(n_pairs, )?type of ensemble"),
    ):
        strange = dataclasses.replace(other, **change)
        for pair in ((strange, a), (a, strange)):
            with pytest.raises(ValueError, match=f"open_ and isolated are not allowed: .* they differ in {said}$"):
                exponent_difference(*pair)
    open_ = curve(0.3 * np.exp(-TIMES / 1e4), 1e-6)
    with pytest.raises(ValueError, match="holds 3 times"):
        fit_stretched(open_, a, (10.0, 16.0), "amplitude 1")
    with pytest.raises(ValueError, match="between 0 and 1"):
        fit_stretched(a, a, (10.0, 1e3), "amplitude 1")
    with pytest.raises(ValueError, match="form = 'free' is not allowed"):
        fit_stretched(open_, a, (10.0, 1e5), "free")


def test_plateau_may_be_known_at_other_times():
    """Only its late mean is used."""
    isolated = curve(np.full(TIMES.size, 0.2))
    late = dataclasses.replace(isolated, time=TIMES + 1e3)
    np.testing.assert_allclose(over_plateau(curve(np.full(TIMES.size, 0.1), 1.0), late)[0], 0.5)


@pytest.mark.parametrize("n_times", [2, 4])
def test_a_slope_needs_an_odd_number_of_times(n_times):
    isolated = curve(np.full(TIMES.size, 0.3))
    with pytest.raises(ValueError, match=f"n_times = {n_times} is not allowed"):
        stretching_slope(curve(0.3 * np.exp(-TIMES), 1e-6), isolated, n_times)


@pytest.mark.parametrize("window", [(2.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (0.0, np.inf), (1.0,)])
def test_a_fit_has_a_window_that_ends_after_it_begins(window):
    with pytest.raises(ValueError, match="window = "):
        Stretched(*3 * [Estimate(1.0, 0.1)], window)
