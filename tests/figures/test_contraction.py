"""The figures of the chapters on angular integrals and couplings: what is given is what is drawn."""

import numpy as np
import pytest

from tlsglass.figures.angular_integrals import angular_integrals, cutoff_dependence
from tlsglass.figures.contraction import contraction_distribution, direction_dependence


def labels(ax):
    return [line.get_label() for line in ax.lines if not line.get_label().startswith("_")]


def test_angular_integrals():
    zeta, dots = np.linspace(0.1, 10, 50), np.array([1.0, 2.0])
    curves = {"xxxx": np.cos, "zz": np.sin}
    figure = angular_integrals(zeta, curves, dots, {"xxxx": np.cos(dots), "zz": np.sin(dots)})
    four, two = figure.axes
    assert labels(four) == ["$I^{xxxx}$"]
    np.testing.assert_array_equal(two.lines[0].get_ydata(), np.sin(zeta))
    np.testing.assert_array_equal(two.lines[1].get_ydata(), np.sin(dots))


def test_cutoff_dependence():
    x = np.linspace(1, 5, 20)
    figure = cutoff_dependence(x, {"zzzz": x}, {"zzzz": -x}, {"zzzz": 0.5})
    (ax,) = figure.axes
    assert len(labels(ax)) == 3
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), -x)
    assert set(ax.lines[2].get_ydata()) == {0.5}


def test_direction_dependence():
    angles = np.linspace(0, 90, 10)
    (ax,) = direction_dependence(angles, {"shear": (angles, 2 * angles)}).axes
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), 2 * angles)
    assert "shear" in labels(ax)


def test_distribution_is_normalised():
    sample = np.random.default_rng(0).standard_normal(100_000)
    left, right = contraction_distribution({"a": sample}, {"b": 2 * sample}).axes
    assert left.get_yscale() == "log"
    for ax, width in ((left, 1), (right, 2)):
        x, density = ax.lines[0].get_data()  # bins of width 0.25; empty ones are not drawn
        assert density.sum() * 0.25 == pytest.approx(1, abs=1e-3)
        assert np.sqrt((density * x**2).sum() * 0.25) == pytest.approx(width, rel=0.02)
