"""Exponents and channels from curves that are known exactly."""

import dataclasses

import numpy as np
import pytest

from tlsglass.analysis.tail import (
    known_local_exponent,
    mean_exponent,
    paired_exponent,
    paired_ratio,
    predicted_exponent,
    steepest_exponent,
    tail_exponent,
    two_channels,
)
from tlsglass.ensembles import CONCURRENCE, Curve
from tlsglass.ensembles.weak_pairs import WEIGHTED_CONCURRENCE, WeakPairEnsemble

TIME = np.logspace(0, 4, 41)


def made(mean, relative, seed=0):
    """A curve with blocks that scatter by `relative`, time by time."""
    rng = np.random.default_rng(seed)
    blocks = mean * (1 + relative * np.sqrt(20) * rng.standard_normal((20, mean.size)))
    return Curve(
        WeakPairEnsemble(20), WEIGHTED_CONCURRENCE, TIME, blocks.mean(axis=0),
        np.broadcast_to(relative * mean, mean.shape), blocks, 20, 0.0,
    )  # fmt: skip


@pytest.mark.parametrize(("p", "law"), [(0.5, 2.0), (1.0, 3.0), (2.0, 5.0)])
def test_predicted_and_fitted(p, law):
    assert predicted_exponent(p) == law
    fit = tail_exponent(made(7e-3 * TIME**-law, 0.05), (10, 1e3))
    assert abs(fit.exponent.value - law) < 4 * fit.exponent.stderr
    assert fit.exponent.stderr < 0.02


def test_refuses_where_too_few_pairs_are_known():
    relative = np.where(TIME > 500, 0.3, 0.05)
    curve = made(TIME**-3.0, relative)
    tail_exponent(curve, (1, 400))
    with pytest.raises(ValueError, match="effective pairs"):
        tail_exponent(curve, (1, 1000))
    time, exponent, _ = known_local_exponent(curve)
    assert 200 < time.max() < 300  # five times a slope: two of them are later
    np.testing.assert_allclose(exponent, 3.0, atol=0.8)  # 5 % over a window of 0.4 decades


def test_two_channels():
    """3 t^-3 + 1e-4 / t: equal at t^2 = 3e4."""
    fit = two_channels(made(3 * TIME**-3.0 + 1e-4 / TIME, 0.03), 1.0, (3, 1e4))
    for estimate, truth in ((fit.both, 3), (fit.one, 1e-4), (fit.crossover, np.sqrt(3e4))):
        assert abs(estimate.value - truth) < 4 * estimate.stderr
        assert estimate.stderr < 0.1 * truth
    np.testing.assert_allclose(fit(10.0), fit.both.value * 1e-3 + fit.one.value * 0.1)


def test_one_channel_is_not_two():
    with pytest.raises(ValueError, match="does not hold two channels"):
        two_channels(made(TIME**-3.0 - 1e-4 / TIME.max() ** 2 * (TIME / TIME.max()) ** -1, 1e-4), 1.0, (50, 1e4))
    with pytest.raises(ValueError, match="holds 1 times"):
        two_channels(made(TIME**-3.0, 0.1), 1.0, (1, 1))


def test_shared_noise_drops_out_of_a_ratio():
    """240 and 400 realisations of the same seed: four groups of 60; the common noise of 50 % leaves the ratio alone."""
    rng = np.random.default_rng(3)
    rows = TIME**-3.0 * np.exp(0.5 * rng.standard_normal((400, 1)))
    halved = 0.5 * rows[:240] * (1 + 0.01 * rng.standard_normal((240, TIME.size)))
    few, many = (
        dataclasses.replace(
            made(TIME**-3.0, 0.1), blocks=r.reshape(20, -1, TIME.size).mean(axis=1), n_realisations=len(r)
        )
        for r in (halved, rows)
    )
    ratio, error = paired_ratio(few, many)
    assert np.all(np.abs(ratio - 0.5) < 0.005)
    assert np.all(error < 0.003)
    assert np.mean(np.abs(ratio - 0.5) < 2 * error) > 0.7
    with pytest.raises(ValueError, match="have 20 and 400 realisations: no 3 groups"):
        paired_ratio(dataclasses.replace(few, n_realisations=20), many)
    for name, other in (
        ("seed", {"ensemble": dataclasses.replace(many.ensemble, seed=1)}),
        ("n_tls", {"ensemble": dataclasses.replace(many.ensemble, n_tls=8)}),
        ("time", {"time": 2 * many.time}),
        ("observable", {"observable": CONCURRENCE}),
    ):
        with pytest.raises(ValueError, match=f"one and other are not allowed: .* they differ in {name}$"):
            paired_ratio(few, dataclasses.replace(many, **other))


def test_paired_exponent_knows_the_difference_of_two_tails():
    """Noise that both curves share drops out, and a bend after the window does not count in it."""
    flat = dataclasses.replace(made(TIME**-3.0, 0.05, seed=4), n_realisations=100)
    own = 1 + 0.01 * np.random.default_rng(5).standard_normal(flat.blocks.shape)
    steep = dataclasses.replace(flat, blocks=flat.blocks * TIME**-0.4 * own)
    found = paired_exponent(steep, flat, (10, 1e3))
    assert abs(found.value - 0.4) < 4 * found.stderr and 1e-4 < found.stderr < 5e-3
    level = dataclasses.replace(steep, blocks=steep.blocks * np.maximum(TIME / 1e3, 1.0) ** 0.4)
    assert paired_exponent(level, flat, (10, 1e3)) == found
    later = paired_exponent(level, flat, (1e3, 1e4))
    assert abs(later.value) < 4 * later.stderr < 0.02
    with pytest.raises(ValueError, match="window = "):
        paired_exponent(steep, flat, (11, 12))


def test_steepest_exponent():
    bend = TIME**-2.0 / (1 + (TIME / 100) ** 3)  # from 2 to 5
    assert steepest_exponent(made(bend, 0.02)).value == pytest.approx(5, abs=0.4)
    with pytest.raises(ValueError, match="none of its times"):
        steepest_exponent(made(bend, 0.9))


def test_mean_exponent():
    """From two values, 30 % known each: 0.3 sqrt(2) / ln(1000) in the exponent."""
    found = mean_exponent(made(TIME**-4.0, 0.1, seed=2), (1, 1000))
    assert abs(found.value - 4) < 4 * found.stderr
    assert found.stderr == pytest.approx(0.1 * np.sqrt(2) / np.log(1000), rel=0.6)
    with pytest.raises(ValueError, match="needs two times with positive means"):
        mean_exponent(made(TIME**-4.0, 0.1), (1, 1))
