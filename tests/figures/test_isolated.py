"""The figures of the isolated system draw what they are given."""

import numpy as np
import pytest

from tlsglass.analysis import isolated
from tlsglass.analysis.exponents import Estimate, local_exponent
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.experiments.isolated import HISTORY
from tlsglass.figures import isolated as draw


def curve(n_tls, time=HISTORY, **parameters):
    mean = np.minimum(10 * time, 0.1 * time**-2.0)
    blocks = mean * (1 + 1e-3 * np.random.default_rng(n_tls).standard_normal((20, time.size)))
    stderr = blocks.std(axis=0) / np.sqrt(20)
    return Curve(Ensemble(n_tls, **parameters), CONCURRENCE, time, blocks.mean(axis=0), stderr, blocks, 100, 1.0)


@pytest.fixture
def curves():
    return [curve(n) for n in (8, 20, 60)]


def slopes(curves):
    return [local_exponent(c.time, c.mean, c.blocks) for c in curves]


def test_history_shows_each_curve_each_fit_and_its_exponent(curves):
    fits = isolated.decay_exponents(curves)
    left, right = draw.history(curves, fits).axes
    assert len(left.lines) == 3 + 2  # two systems are large enough to be fitted
    np.testing.assert_allclose(left.lines[0].get_ydata(), curves[0].mean)
    exponents = [bar[0].get_ydata()[0] for bar in right.containers]
    assert exponents == [f.exponent.value for f in fits if f is not None]
    _, right = draw.history(curves, fits, line=([0, 0.05], [4.0, 3.0])).axes
    assert [list(x) for x in right.lines[-1].get_data()] == [[0, 0.05], [4.0, 3.0]]
    assert right.get_xlim()[0] == 0


def test_rise_shows_the_ratio_and_the_law(curves):
    (axes,) = draw.rise(curves, [1.0, 2.0, 3.0]).axes
    assert len(axes.containers) == 3
    for line, slope in ((axes.lines[1], 1.0), (axes.lines[2], 2.0)):
        x, y = np.log(line.get_xdata()), line.get_ydata()
        assert np.polyfit(x, y, 1)[0] == pytest.approx(-slope)


def test_local_slopes_leave_out_what_is_not_known(curves):
    unknown = [(t, e, np.full_like(s, np.nan)) for t, e, s in slopes(curves[:1])]
    (axes,) = draw.local_slopes(curves[:2], unknown + slopes(curves[1:2]), (0.5, 2.0)).axes
    assert axes.lines[0].get_xdata().size == 0 < axes.lines[1].get_xdata().size


def test_tunnelling_shows_curves_and_local_exponents(curves):
    fits = [isolated.decay_exponent(c) for c in curves]
    figure = draw.tunnelling(curves, ["a", "b", "c"], fits, slopes(curves))
    left, _ = figure.axes
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "b", "c"]
    assert len(left.lines) == 6


def test_plateau_shows_the_points_and_the_local_alpha():
    late = np.array([1e9])
    curves = [curve(n, late) for n in (4, 5, 6, 7)]
    left, right = draw.plateau(curves, Estimate(0.8, 0.1), 1.0, {4: 0.2, 5: 0.03}).axes
    assert len(left.containers) == 4
    np.testing.assert_array_equal(left.lines[-1].get_xydata(), [[4, 0.2], [5, 0.03]])
    local = right.containers[0][0].get_ydata()
    c = [x.mean[-1] for x in curves]
    np.testing.assert_allclose(local, -np.diff(np.log(c)))


def test_collapse_puts_all_on_one_time_axis():
    curves = [curve(50, HISTORY * 1e5 / eta, interaction_scale=eta) for eta in (1e4, 1e6)]
    _, right = draw.collapse(curves).axes
    np.testing.assert_allclose(right.lines[0].get_xdata()[:5], right.lines[1].get_xdata()[:5])


def test_collapse_names_the_scales_as_they_are():
    curves = [curve(50, interaction_scale=eta) for eta in (1e4, 2e5, 0.5)]
    names = [text.get_text() for text in draw.collapse(curves).axes[0].get_legend().get_texts()]
    assert names == [r"$\eta = 10^{4}$", r"$\eta = 200000$", r"$\eta = 0.5$"]


def test_large_sample_shows_the_mean_the_scatter_and_the_system(curves):
    small = curves[0]
    (axes,) = draw.large_sample(small, 9000, small.time, 0.9 * small.mean).axes
    mean, large = axes.lines
    known = np.isin(small.time, mean.get_xdata())
    np.testing.assert_array_equal(mean.get_ydata(), small.mean[known])
    np.testing.assert_array_equal(large.get_ydata(), 0.9 * small.mean)
    top = axes.collections[0].get_paths()[0].vertices[:, 1].max()
    assert top == pytest.approx((small.mean + 10 * small.stderr)[known].max())  # of one of 100 realisations
    assert any("9000" in text.get_text() for text in axes.get_legend().get_texts())
    with pytest.raises(ValueError, match="concurrence"):
        draw.large_sample(small, 9000, small.time, 0.0 * small.mean)
