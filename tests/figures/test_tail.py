"""The figures of the tail and of real glasses draw what they are given."""

import numpy as np
import pytest

from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.figures import real_glasses, tail

TIME = np.logspace(-0.7, 3, 38)


def curve(exponent, relative=0.02, observable=CONCURRENCE):
    mean = TIME**-exponent
    blocks = mean * (1 + relative * np.sqrt(20) * np.random.default_rng(1).standard_normal((20, TIME.size)))
    stderr = np.broadcast_to(relative * mean, mean.shape)
    return Curve(Ensemble(20), observable, TIME, blocks.mean(axis=0), stderr, blocks, 100, 1.0)


def test_tails_show_curves_slopes_and_laws():
    curves = [curve(2.0), curve(3.0)]
    left, right = tail.tails(curves, ["a", "b"], [2, 3], unit=10.0).axes
    np.testing.assert_allclose(left.lines[1].get_xdata(), TIME / 10)
    np.testing.assert_allclose(left.lines[1].get_ydata(), curves[1].mean)
    slopes = [line.get_ydata().mean() for line in right.lines[:2]]
    assert slopes == pytest.approx([2, 3], abs=0.1)
    assert [line.get_ydata()[0] for line in right.lines[2:]] == [2, 3]


def test_what_is_not_known_is_not_drawn():
    left, right = tail.tails([curve(3.0, relative=0.8)], ["a"], []).axes
    assert len(right.lines[0].get_xdata()) == 0
    assert len(left.lines[0].get_xdata()) < TIME.size / 2


def test_plain_averages_stand_beside_the_tails():
    left, right = tail.tails([curve(3.0)], ["a"], [3], unit=10.0, sampled=[curve(4.0)]).axes
    (points,), (slopes,) = left.containers, right.containers
    np.testing.assert_allclose(points[0].get_xdata(), TIME / 10)
    np.testing.assert_allclose(points[0].get_ydata(), curve(4.0).mean)
    assert slopes[0].get_ydata().mean() == pytest.approx(4, abs=0.1)


def test_what_lasts_has_its_power_law_and_its_exponential():
    """Both meet the first curve: the exponential at the ends of the window, the power law at the last time."""
    window = (TIME[5], TIME[12])
    (axes,) = tail.what_lasts([curve(3.0, 1e-9), curve(4.0, 1e-9)], ["a", "b"], 3, window).axes
    first, second, exponential, law = axes.lines
    assert second.get_ydata()[-1] < first.get_ydata()[-1]
    x, y = exponential.get_data()
    np.testing.assert_allclose(np.exp(np.interp(window, x, np.log(y))), first.get_ydata()[[5, 12]], rtol=1e-6)
    assert np.ptp(np.diff(np.log(y)) / np.diff(x)) < 1e-9 * abs(np.diff(np.log(y)) / np.diff(x)).max()
    np.testing.assert_allclose(law.get_ydata(), law.get_xdata() ** -3.0, rtol=1e-6)


def test_two_samplings_show_both():
    (axes,) = tail.two_samplings([curve(3.0)], [curve(3.0)], ["N"]).axes
    assert len(axes.containers) == 1
    assert {text.get_text() for text in axes.get_legend().get_texts()} == {"N, weighted pairs", "N, plain"}


def test_map_shows_points_and_what_was_followed():
    points = {"crossover": (20, 10.0, 1.0), "plateau": (20, 1e4, 100.0)}
    fitted = (np.array([20.0, 40.0]), np.array([10.0, 500.0]))
    (axes,) = tail.crossover_map(0.1, 5.0, points, {80: (8.0, 1e4)}, (0.5, 2.0), fitted).axes
    assert sorted(c[0].get_ydata()[0] for c in axes.containers) == [10, 1e4]
    (bar,) = (line for line in axes.lines if list(line.get_xdata()) == [80, 80])
    assert list(bar.get_ydata()) == [8, 1e4]
    assert any(list(line.get_ydata()) == [10, 500] for line in axes.lines)


def test_weak_dipoles_leave_out_what_never_happens():
    size = np.logspace(-2, 0.3, 30)
    (axes,) = real_glasses.weak_dipoles(size, {"fixed": (size >= 1) * 1.0, "linear": size / 2}).axes
    assert axes.lines[0].get_xdata().min() >= 1
    np.testing.assert_allclose(axes.lines[1].get_ydata(), size / 2)


def test_thermal_scales_by_the_share():
    c = curve(2.0)
    left, right = real_glasses.thermal([c], ["1 K"], [1e-12], [0.01]).axes
    np.testing.assert_allclose(left.lines[0].get_xdata(), TIME * 1e-12)
    np.testing.assert_allclose(left.lines[0].get_ydata(), 0.01 * c.mean)
    np.testing.assert_allclose(right.lines[0].get_xdata(), TIME * 1e-14)
    np.testing.assert_allclose(right.lines[0].get_ydata(), c.mean)


def test_echo_times_show_both_edges():
    kelvin = np.array([0.02, 0.1])
    (axes,) = real_glasses.echo_times(kelvin, {"a": (10 / kelvin, 1 / kelvin)}, {"b": kelvin}).axes
    drawn = [line.get_ydata() for line in axes.lines]
    for expected in (10 / kelvin, 1 / kelvin, kelvin):
        assert any(np.array_equal(d, expected) for d in drawn)


def test_survival_shows_what_is_known():
    ratio = TIME**-0.5
    (axes,) = tail.survival(TIME, {"a": (ratio, np.where(TIME > 100, 1.0, 0.1) * ratio)}, ratio, "law").axes
    drawn = axes.containers[0][0]
    assert drawn.get_xdata().max() <= 100
    np.testing.assert_allclose(axes.lines[-1].get_ydata() if len(axes.lines[-1].get_xdata()) else ratio, ratio)
