"""The figures of random states show what they are given."""

import numpy as np
import pandas as pd
import pytest

from tlsglass.analysis.exponents import Estimate
from tlsglass.figures import random_states as draw
from tlsglass.random_states import law

EXACT = {n: law.log_asymptote(2 ** (n - 2)) + 0.1 for n in (4, 5, 6)}
TABLE = pd.DataFrame({
    "n_tls": [4, 5, 4, 6],
    "method": ["states", "states", "pairs", "tilted"],
    "log_concurrence": [EXACT[4], EXACT[5], EXACT[4] + 0.01, EXACT[6]],
    "log_concurrence_stderr": [0.01, 0.02, 0.01, 0.05],
})  # fmt: skip


def points(container):
    return container[0].get_xydata()


def test_scaling_shows_points_law_and_line():
    fit = Estimate(1.0, 0.01), Estimate(0.13, 0.01)
    left, right = draw.scaling(TABLE, EXACT, fit, (4, 5)).axes
    n = np.array([4, 5, 6])
    y = np.log2([-EXACT[k] for k in n])
    np.testing.assert_allclose(left.lines[0].get_xydata().T, [n, y])
    np.testing.assert_allclose(left.lines[1].get_ydata(), np.log2(0.13) + n)
    np.testing.assert_allclose(right.lines[0].get_ydata(), y - np.log2(0.13) - n)
    np.testing.assert_allclose(points(left.containers[0]).T, [[4, 5], y[:2]])
    bars = left.containers[0][2][0].get_segments()
    assert np.ptp(bars[1][:, 1]) / 2 == pytest.approx(0.02 / -EXACT[5] / np.log(2), rel=1e-6)


def test_approach_shows_the_ratio_to_both_laws():
    asymptote = {n: law.log_asymptote(2 ** (n - 2)) for n in EXACT}
    upper, lower = draw.approach(TABLE, EXACT, asymptote).axes
    np.testing.assert_allclose(points(upper.containers[0])[:, 1], np.exp([0.1, 0.1]))
    np.testing.assert_allclose(points(lower.containers[0])[:, 1], 1)
    np.testing.assert_allclose(points(lower.containers[1])[:, 1], np.exp(0.01))
    assert np.ptp(lower.containers[2][2][0].get_segments()[0][:, 1]) / 2 == pytest.approx(0.05)


def test_edge_sets_separable_states_apart():
    (axes,) = draw.edge(np.array([0.0, 0.2]), np.array([0.003, 0.001]), law.largest_determinant).axes
    entangled, separable, bound = axes.lines[:3]
    np.testing.assert_allclose(entangled.get_xydata(), [[0.2, 0.256]])
    np.testing.assert_allclose(separable.get_xydata(), [[-0.01, 0.768]])
    assert bound.get_ydata()[0] == pytest.approx(16 / 27, rel=1e-5)


def test_a_method_without_a_look_is_refused():
    table = TABLE.assign(method=["states", "states", "pairs", "guess"])
    for figure in (
        lambda: draw.scaling(table, EXACT, (Estimate(1.0, 0.01), Estimate(0.13, 0.01)), (4, 5)),
        lambda: draw.approach(table, EXACT, EXACT),
    ):
        with pytest.raises(ValueError, match=r"table = \['guess'\] is not allowed"):
            figure()
