"""The figures of the chapter on the concurrence draw the numbers they are given."""

import numpy as np

from tlsglass.figures.pairs import company, precision, sharing


def test_company_has_one_line_for_each_number_of_others():
    time = np.linspace(0, 1, 5)
    ax = company(time, {0: time, 3: time / 2}).axes[0]
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), time / 2)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["alone", "3 others"]


def test_precision_shows_an_exact_zero_at_the_floor():
    ax = precision(np.array([1e-3, 1.0]), {"a": np.array([0.0, 1e-9]), "b": np.array([1e-16, 1e-16])}).axes[0]
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [1e-17, 1e-9])
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), [1e-16, 1e-16])


def test_sharing_counts_pairs_per_tls():
    ax = sharing({3: np.array([0.6, 0.9, 1.0])}, w_size=5).axes[0]
    np.testing.assert_allclose(ax.lines[0].get_xdata(), [0, 1 / 3, 2 / 3, 1])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0, 0.6, 0.9, 1.0])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[0, 0], [2, 1]])  # 10 equal pairs of 5 sites
