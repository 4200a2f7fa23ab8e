"""The front page draws what it is given, and leaves out what is not known."""

import numpy as np

from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.figures.front_page import histories


def made_up(n_tls):
    time, mean = np.logspace(-1, 1, 5), np.array([0.1, 0.3, 0.2, 1e-3, 1e-3])
    stderr = np.array([1e-3, 2e-3, 1e-3, 4e-4, 6e-4])
    return Curve(Ensemble(n_tls), CONCURRENCE, time, mean, stderr, mean[None], 10, 0.0)


def test_a_point_is_drawn_where_it_is_known():
    ax = histories([made_up(4), made_up(8)]).axes[0]
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), [0.1, 0.3, 0.2, 1e-3])  # the last is below two errors
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["$N = 4$", "$N = 8$"]
