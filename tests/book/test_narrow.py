"""The narrow twin of a figure: its panels below each other, with their own labels and numbers."""

import numpy as np
import pytest

from tlsbook.narrow import WIDTH, make_narrow
from tlsglass.figures.style import subplots


def boxes(figure):
    figure.canvas.draw()
    return [ax.get_position().bounds for ax in figure.axes]


def test_panels_side_by_side_come_below_each_other():
    figure, (left, right) = subplots(1, 2, size=(8.2, 4.0), sharey=True)
    left.set_ylabel("height")
    assert make_narrow(figure)
    assert figure.get_size_inches()[0] == WIDTH
    (x0, y0, w0, _), (x1, y1, w1, _) = boxes(figure)
    assert x0 == pytest.approx(x1) and w0 == pytest.approx(w1) and y0 > y1 + 0.3
    assert right.get_ylabel() == "height"
    assert right.yaxis.get_tick_params()["labelleft"]


def test_a_second_scale_stays_on_its_panel():
    figure, (left, _) = subplots(1, 2, size=(8.2, 4.0))
    left.twinx()
    make_narrow(figure)
    first, second, twin = boxes(figure)
    assert twin == pytest.approx(first) and second[1] < first[1]


def test_rows_stay_in_order_and_small_panels_two_in_a_row():
    figure, axes = subplots(2, 2, size=(8.2, 5.0))
    make_narrow(figure)
    heights = [y for _, y, _, _ in boxes(figure)]
    assert heights == sorted(heights, reverse=True) and len(set(np.round(heights, 3))) == 4
    figure, axes = subplots(1, 4, size=(8.2, 2.6))
    make_narrow(figure)
    heights = np.round([y for _, y, _, _ in boxes(figure)], 3)
    assert heights[0] == heights[1] > heights[2] == heights[3]


def test_text_of_a_drawing_shrinks_with_it_and_that_of_a_plot_does_not():
    figure, ax = subplots(size=(2 * WIDTH, 4.0))
    text = ax.text(0.5, 0.5, "box", fontsize=10)
    make_narrow(figure)
    assert text.get_fontsize() == 10
    figure, ax = subplots(size=(2 * WIDTH, 4.0))
    text = ax.text(0.5, 0.5, "box", fontsize=10)
    ax.set_axis_off()
    make_narrow(figure)
    assert text.get_fontsize() == 5


def test_a_figure_that_is_narrow_stays():
    figure, _ = subplots(size=(WIDTH, 3.0))
    assert not make_narrow(figure)
    assert figure.get_size_inches().tolist() == [WIDTH, 3.0]
