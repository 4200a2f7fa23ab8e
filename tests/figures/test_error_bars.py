"""Every error bar and every error band is one standard error, at the point where it is known."""

import numpy as np
import pytest

from tlsglass.analysis.exponents import Estimate, PowerLaw
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.estimates.phase_diagram import phase_points
from tlsglass.figures import distributions, front_page, isolated
from tlsglass.figures.phase_diagram import phase_diagram

T = np.array([0.01, 0.03, 0.3, 0.5, 1.0, 2.0])
MEAN = np.array([0.05, 0.2, 0.1, 0.02, 4e-3, 1e-3])
ERROR = np.array([1e-3, 2e-3, 1e-3, 4e-4, 1e-4, 9e-4])  # the last is drawn, but not by the front page
LAW = PowerLaw(Estimate(2.5, 0.07), 1.0, (0.5, 2.0), 3, 1.0)
SLOPES = (T[2:], np.array([1.0, 1.5, 2.0, 2.5]), np.array([0.05, 0.1, 0.2, 0.4]))


def curve(n_tls, time=T, mean=MEAN, stderr=ERROR, **parameters):
    return Curve(Ensemble(n_tls, **parameters), CONCURRENCE, time, mean, stderr, np.tile(mean, (20, 1)), 100, 1.0)


def around(mean, error):
    return np.column_stack([mean - error, mean + error])


def lower_end_stays_visible(mean, error):
    return np.column_stack([np.maximum(mean - error, mean / 10), mean + error])


def test_front_page(band):
    ax = front_page.histories([curve(8)]).axes[0]
    np.testing.assert_allclose(band(ax.collections[0], T[:-1]), around(MEAN, ERROR)[:-1], rtol=1e-12)


def test_history(band, bars):
    left, right = isolated.history([curve(20)], [LAW]).axes
    np.testing.assert_allclose(band(left.collections[0], T), lower_end_stays_visible(MEAN, ERROR), rtol=1e-12)
    np.testing.assert_allclose(bars(right.containers[0]), [[2.43, 2.57]], rtol=1e-12)


def test_rise(bars):
    (axes,) = isolated.rise([curve(20)], [1.0]).axes
    np.testing.assert_allclose(bars(axes.containers[0]), around(MEAN, ERROR)[:2] / T[:2, None], rtol=1e-12)


def test_local_slopes(band):
    t, exponent, error = SLOPES
    (axes,) = isolated.local_slopes([curve(20)], [SLOPES], (0.5, 2.0)).axes
    np.testing.assert_allclose(band(axes.collections[-1], t), around(exponent, error), rtol=1e-12)


def test_tunnelling(band):
    t, exponent, error = SLOPES
    left, right = isolated.tunnelling([curve(20)], ["a"], [LAW], [SLOPES]).axes
    np.testing.assert_allclose(band(left.collections[0], T), lower_end_stays_visible(MEAN, ERROR), rtol=1e-12)
    np.testing.assert_allclose(band(right.collections[0], t), around(exponent, error), rtol=1e-12)


def test_plateau(bars):
    n, c, error = np.array([4, 5, 7]), np.array([0.1, 0.05, 0.02]), np.array([4e-3, 3e-3, 5e-3])
    curves = [curve(int(i), T[-1:], c[k : k + 1], error[k : k + 1]) for k, i in enumerate(n)]
    left, right = isolated.plateau(curves, Estimate(0.8, 0.1), 1.0, {4: 0.2, 5: 0.03}).axes
    np.testing.assert_allclose(np.concatenate([bars(x) for x in left.containers[:3]]), around(c, error), rtol=1e-12)
    # -d ln C / dN between neighbours: the relative errors of two independent means, by hand
    local = np.array([np.log(2), np.log(2.5) / 2])
    local_error = np.sqrt([0.04**2 + 0.06**2, (0.06**2 + 0.25**2) / 4])
    np.testing.assert_allclose(bars(right.containers[0]), around(local, local_error), rtol=1e-12)


def test_collapse(band):
    left, _ = isolated.collapse([curve(20, interaction_scale=1e5)]).axes
    np.testing.assert_allclose(band(left.collections[0], T), lower_end_stays_visible(MEAN, ERROR), rtol=1e-12)


def test_phase_diagram(bars):
    """The bars of Fig. 2 reach one standard deviation of ln Delta, a log-uniform number over n_Delta decades."""
    axes = phase_diagram(phase_points()).axes[0]
    for container, decades in zip(axes.containers, (8.11394335, 7.84509804, 8.47712125), strict=True):
        low, high = bars(container)[0]
        spread = decades * np.log(10) / np.sqrt(12)
        assert np.log(high / low) == pytest.approx(2 * spread, rel=1e-8)
        assert np.sqrt(high * low) == pytest.approx(container.lines[0].get_ydata()[0], rel=1e-12)


def test_level_density(bars):
    """The error of a count is its square root."""
    splitting = np.geomspace(0.2, 2.0, 41 * 50)
    container = distributions.level_density(splitting, 0.1, 2.0).axes[0].containers[0]
    low, high = bars(container).T
    height = container.lines[0].get_ydata()
    np.testing.assert_allclose((low + high) / 2, height, rtol=1e-12)
    edges = np.geomspace(0.2, 2.0, 41)
    counts = np.histogram(splitting, edges)[0]
    np.testing.assert_allclose((high - low) / 2 / height, counts**-0.5, rtol=1e-12)
