"""The small figures of the chapters on eigenoperators and on the master equation draw the numbers they are given."""

import numpy as np
import pytest

from tlsglass.figures import style
from tlsglass.figures.open_system import bath_memory, bloch_relaxation, secular_step
from tlsglass.figures.tls_levels import tls_levels


def test_bath_memory_draws_both_parts_and_their_limit():
    s = np.linspace(0, 3, 7)
    ax = bath_memory(s, np.exp(-s) + 0j, s + 2j * s, 1 - 2j).axes[1]
    drawn = [line.get_ydata() for line in ax.lines]
    np.testing.assert_array_equal(drawn[0], s)
    np.testing.assert_array_equal(drawn[1], [1.0, 1.0])
    np.testing.assert_array_equal(drawn[2], 2 * s)
    np.testing.assert_array_equal(drawn[3], [-2.0, -2.0])


def test_secular_step_guides_have_slope_minus_one():
    detuning, error = np.array([1.0, 10.0, 100.0]), np.array([0.5, 0.1, 0.01])
    guide, points, other_guide, others = secular_step(detuning, {1: error, 30: error / 2}).axes[0].lines
    np.testing.assert_array_equal(points.get_ydata(), error)
    np.testing.assert_allclose(guide.get_ydata(), [np.nan, 0.1, 0.01])
    np.testing.assert_array_equal(others.get_ydata(), error / 2)
    np.testing.assert_allclose(other_guide.get_ydata(), [0.5, 0.05, 0.005])
    assert points.get_label() != others.get_label()


def test_bloch_relaxation_lines_and_points():
    time, ours = np.linspace(0, 2, 17), np.arange(51.0).reshape(17, 3) / 51
    ax = bloch_relaxation(time, ours, ours / 2).axes[0]
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), ours[:, 0])
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), ours[::8, 0] / 2)


def test_tls_levels_shares_add_up_to_one():
    levels, weights = tls_levels().axes
    np.testing.assert_allclose(sum(line.get_ydata() for line in weights.lines), 1.0, rtol=1e-14)
    upper = levels.lines[2].get_ydata()
    assert np.isclose(upper.min(), 1.0)  # half the splitting at eps = 0 is Delta


def test_tls_levels_bad_input():
    with pytest.raises(ValueError, match="reach = -1"):
        tls_levels(-1)


def test_colour_of_n_is_fixed_and_gets_lighter():
    def grey(n):
        return np.dot(style.colour_of_n(n)[:3], [0.299, 0.587, 0.114])

    greys = [grey(n) for n in (2, 4, 8, 16, 32, 60, 100)]
    assert np.all(np.diff(greys) > 0.02)
    assert style.colour_of_n(100) == style.colour_of_n(10_000)
    with pytest.raises(ValueError, match="n_tls = 1"):
        style.colour_of_n(1)


def test_figures_are_reproducible(tmp_path):
    for name in "ab":
        tls_levels().savefig(tmp_path / f"{name}.svg", metadata={"Date": None})
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
