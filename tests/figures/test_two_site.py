"""The figures of the two-site state draw the numbers they are given."""

import numpy as np

from tlsglass.figures.two_site import closed_form_and_solver, trace_paths


def test_paths_and_their_moduli():
    z = np.exp(1j * np.linspace(0, 8 * np.pi, 9)) * np.linspace(1, 0.5, 9)
    left, right = trace_paths({"a": z, "b": z / 2}).axes
    circle, first, second, _ = left.lines
    np.testing.assert_allclose(np.hypot(*circle.get_data()), 1)
    np.testing.assert_array_equal(first.get_xydata(), np.column_stack([z.real, z.imag]))
    np.testing.assert_array_equal(second.get_xydata(), np.column_stack([z.real, z.imag]) / 2)
    np.testing.assert_array_equal(right.lines[1].get_ydata(), np.abs(z) / 2)
    assert right.lines[0].get_xdata()[-1] == 4  # turns of w


def test_lines_are_ours_and_points_the_solver():
    time = np.arange(7.0)
    ax = closed_form_and_solver(time, {"a": (time, time**2)}, "x").axes[0]
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), time)
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[0, 0], [3, 9], [6, 36]])
    assert ax.get_ylabel() == "x"
