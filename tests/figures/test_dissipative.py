"""The figures of the open system draw what they are given."""

import numpy as np
import pytest

from tlsglass.analysis.exponents import Estimate, local_exponent
from tlsglass.analysis.open_system import Stretched
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.half_systems import ENTROPY
from tlsglass.figures import dissipative, half_systems

TIMES = np.logspace(-3, 6, 28)


def curve(n_tls=8, scale=0.0, observable=CONCURRENCE, **parameters):
    mean = np.minimum(10 * TIMES, 0.1 * TIMES**-0.5)
    blocks = mean * (1 + 1e-3 * np.random.default_rng(n_tls).standard_normal((20, TIMES.size)))
    ensemble = Ensemble(n_tls, dissipation_scale=scale, **parameters)
    return Curve(ensemble, observable, TIMES, mean, 1e-3 * mean, blocks, 100, 1.0)


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (0.0, "0"), (1.0, "1"), (1e-6, "10^{-6}"), (1e-3, "10^{-3}"), (10.0, "10^{1}"), (3e-5, r"3\times 10^{-5}"),
        (4e-6, r"4\times 10^{-6}"), (2.0, "2"), (0.5, "0.5"),
    ],
)  # fmt: skip
def test_scale_label_is_the_number(scale, words):
    assert dissipative.scale_label(scale) == rf"$\epsilon = {words}$"


def test_a_negative_scale_has_no_label():
    with pytest.raises(ValueError, match="scale = -1.0 is not allowed"):
        dissipative.scale_label(-1.0)


def test_one_scale_has_one_panel():
    curves = [curve(n, 1e-3) for n in (5, 9)]
    for figure in (
        dissipative.with_dissipation(curves),
        half_systems.with_dissipation(curves, []),
        half_systems.side_by_side({"a": curves[:1], "b": curves[1:]}),
    ):
        (panel,) = figure.axes
        assert len(panel.lines) == 2


def test_each_scale_has_a_panel_with_its_curves():
    curves = [curve(n, s) for s in (0.0, 1e-6, 1.0) for n in (5, 9)]
    panels = dissipative.with_dissipation(curves).axes
    assert [len(panel.lines) for panel in panels] == [2, 2, 2]
    np.testing.assert_allclose(panels[0].lines[0].get_ydata(), curves[0].mean)


def test_departure_shows_ratio_fit_and_slope():
    fit = Stretched(Estimate(0.5, 0.1), Estimate(1e3, 1.0), Estimate(1.0, 0.0), (10.0, 1e4))
    slope = TIMES, np.full(28, 0.5), np.where(TIMES < 1e3, 0.1, 0.5)
    left, right = dissipative.departure([(TIMES, np.ones(28))], [[fit]], ["a"], [slope]).axes
    assert left.lines[1].get_ydata()[0] == pytest.approx(np.exp(-((10.0 / 1e3) ** 0.5)))
    assert right.lines[0].get_xdata().max() < 1e3  # what is not known is left out
    later = dissipative.departure([(TIMES, np.ones(28))], [[fit, fit]], ["a"], [slope], start=20.0).axes
    assert [line.get_linestyle() for line in later[0].lines] == ["-", "--", ":"]
    assert [panel.lines[0].get_xdata().min() for panel in later] == [TIMES[TIMES >= 20.0].min()] * 2


def test_exponents_shows_both_against_the_inverse_size():
    beta = {"open": {9: Estimate(2.0, 0.1), 60: Estimate(4.0, 0.1)}, "isolated": {60: Estimate(3.0, 0.1)}}
    left, right = dissipative.exponents([curve(9, 1.0), curve(60, 1.0)], [curve(60)], beta).axes
    assert [line.get_linestyle() for line in left.lines] == ["-", "-", "--"]
    x, y = np.array(right.containers[0][0].get_data(), float)
    np.testing.assert_allclose(x, [1 / 9, 1 / 60])
    np.testing.assert_allclose(y, [2.0, 4.0])


def test_temperatures_are_named():
    (axes,) = dissipative.temperatures([curve(9, 1.0, temperature=T) for T in (0.0, 0.1)], "label").axes
    assert [t.get_text() for t in axes.get_legend().get_texts()] == [r"$k_BT/W = 0$", r"$k_BT/W = 0.1$"]
    assert axes.get_ylabel() == "label"


def test_entropy_of_half_systems_and_its_total():
    entropies = [curve(n, observable=ENTROPY) for n in (4, 8)]
    levels = {4: Estimate(0.1, 0.01), 8: Estimate(0.2, 0.01)}
    left, right, twin = half_systems.entropy(entropies, [curve(8)], levels, (0.3, -0.8)).axes
    assert right.lines[0].get_ydata() == pytest.approx([0, 0.3 * 8 - 0.8])
    assert [text.get_text() for text in left.texts] == ["4", "8", "$N$"]
    assert len([line for line in left.lines if len(line.get_xdata())]) == 2 and len(twin.lines) == 1
    assert [bar[0].get_ydata()[0] for bar in right.containers] == pytest.approx([0.4, 1.6])


def test_entropy_with_dissipation_has_the_isolated_curves_in_each_panel():
    curves = [curve(n, s, ENTROPY) for s in (1e-6, 1.0) for n in (4, 8)]
    panels = half_systems.with_dissipation(curves, [curve(8, 0.0, ENTROPY)]).axes
    assert [[line.get_linestyle() for line in panel.lines] for panel in panels] == [["-", "-", ":"]] * 2


def test_measures_side_by_side():
    measures = {name: [curve(8, s) for s in (0.0, 1.0)] for name in ("a", "b", "c")}
    panels = half_systems.side_by_side(measures).axes
    assert [len(panel.lines) for panel in panels] == [3, 3]


@pytest.mark.parametrize("scales", [(0.0,), (0.0, 1.0, 1.0), ()])
def test_each_measure_has_one_curve_for_each_scale(scales):
    measures = {"a": [curve(8, s) for s in (0.0, 1.0)], "b": [curve(8, s) for s in scales]}
    with pytest.raises(ValueError, match=r"measures\['b'\] = .* one curve for each"):
        half_systems.side_by_side(measures)


def test_growth_is_that_of_the_whole_half_system():
    c = curve(160)
    slopes = local_exponent(c.time, c.mean, c.blocks, 3)
    left, right = half_systems.growth([c], ["bar"], [slopes], [("2/5", 0.4)]).axes
    np.testing.assert_allclose(left.lines[0].get_ydata(), 160 * c.mean)
    assert right.lines[-1].get_ydata()[0] == 0.4
