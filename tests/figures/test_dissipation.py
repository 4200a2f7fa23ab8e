"""What the figures of the dissipation rate show is what they were given."""

import numpy as np

from tlsglass.figures.dissipation import mode_decay, one_speed_errors


def test_mode_decay():
    times = np.linspace(0, 600, 50)
    figure = mode_decay(times, np.exp(-0.003 * times), {"right": 0.003, "half": 0.0015})
    (axes,) = figure.axes
    assert [line.get_label() for line in axes.lines] == ["single modes", "right", "half"]
    np.testing.assert_allclose(axes.lines[0].get_ydata(), axes.lines[1].get_ydata())
    assert axes.lines[2].get_ydata()[-1] == np.exp(-0.9)
    assert axes.get_yscale() == "log"


def test_one_speed_errors():
    x = np.linspace(0, 1, 5)
    figure = one_speed_errors({"a": lambda t: 1 + t, "b": lambda t: 1 + 17 * t}, x)
    a, b, one = figure.axes[0].lines
    np.testing.assert_array_equal(a.get_ydata(), 1 + x)
    assert b.get_ydata()[-1] == 18
    assert set(one.get_ydata()) == {1.0}
