"""Every page of the built site, seen in chromium without a network."""

from functools import cache

import pytest
from visit import visit


@pytest.fixture(scope="session")
def look(browser, site):
    return cache(lambda name: visit(browser, site / name))


@pytest.fixture
def seen(look, page_name):
    return look(page_name)


def test_page_asks_nobody(seen):
    assert seen.requests == []


def test_page_has_no_script_errors(seen):
    assert seen.console == []


def test_every_equation_is_typeset_and_can_be_spoken(seen):
    equations = seen.equations
    assert equations["errors"] == []
    assert equations["written"] == equations["typeset"] == equations["spoken"]


def test_every_image_is_there_and_has_words(seen):
    assert seen.images_without_words == []
    assert seen.broken_images == []


@pytest.mark.parametrize("view", ["light", "dark", "print", "phone"])
def test_one_image_of_each_figure_is_seen(seen, view):
    """Of up to four: wide or narrow, light or dark."""
    assert seen.not_one[view] == []


def test_desktop_shows_every_line_of_a_cell_whole(seen):
    """Also of a folded one, in the narrowest column of a desktop."""
    assert seen.cut_cells == []


def test_phone_needs_no_sideways_scrolling(seen):
    assert seen.too_wide == []


def test_phone_cuts_no_equation(seen):
    assert seen.cut == []


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
def test_axe_finds_nothing(seen, view):
    assert seen.findings[view] == []
