"""Figure 1: four labelled panels, each with its phonon, the dropped processes visibly different."""

import pytest
import sympy

from tlsglass.derivations.dissipation_rate import frequency_integral
from tlsglass.derivations.master_secular import surviving_terms
from tlsglass.figures.phonon_processes import phonon_processes


@pytest.fixture(scope="module")
def panels():
    return phonon_processes().axes


def phonons(ax):
    return [line for line in ax.lines if line.get_gid() == "phonon"]


def test_four_panels_labelled_a_to_d(panels):
    assert [ax.texts[0].get_text() for ax in panels] == ["(a)", "(b)", "(c)", "(d)"]


def test_each_panel_has_one_wavy_line(panels):
    for ax in panels:
        (wave,) = phonons(ax)
        y = wave.get_ydata()
        turning_points = ((y[1:-1] - y[:-2]) * (y[2:] - y[1:-1]) < 0).sum()
        assert turning_points >= 6


def test_dropped_processes_are_dashed_and_said_to_be_dropped(panels):
    dashed = [phonons(ax)[0].is_dashed() for ax in panels]
    said = [any("dropped" in text.get_text() for text in ax.texts) for ax in panels]
    assert dashed == said == [False, True, True, False]


def test_drawn_as_kept_is_what_the_theory_keeps(panels):
    """(a), (b): products of eigenoperators that stand still; (c), (d): phonons that a TLS can emit, at 0 and at nu."""
    two_sites = surviving_terms([1.0, 1.3])
    v, nu = sympy.symbols("v nu", positive=True)
    kept = [
        ((0, "z"), (1, "z")) in two_sites,
        ((0, "+"), (1, "+")) in two_sites,
        frequency_integral(v, sympy.Integer(0)) != 0,
        frequency_integral(v, nu) != 0,
    ]
    assert [not phonons(ax)[0].is_dashed() for ax in panels] == kept


def test_levels_two_for_each_tls(panels):
    levels = [sum(len(line.get_xdata()) == 2 for line in ax.lines) for ax in panels]
    assert levels == [4, 4, 2, 2]


def test_no_titles_white_background(panels):
    assert all(ax.get_title() == "" for ax in panels)
    assert panels[0].figure.get_facecolor() == (1, 1, 1, 1)
