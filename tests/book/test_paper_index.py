"""The index of the paper: every figure and equation once, and nothing that is not there; captions say the number."""

import re
from pathlib import Path

import pytest

from tlsbook import ledger
from tlsbook.chapters import chapters
from tlsbook.paper_index import FIGURES, expand

ROOT = Path(__file__).resolve().parents[2]
PAGE = expand((ROOT / "chapters/g-the-paper.md").read_text("utf8"), ROOT)
BOOK = chapters(ROOT)
CAPTIONS = {
    figure["name"]: " ".join(figure["caption"].split())
    for chapter in BOOK
    for cell in chapter.code_cells
    if "caption" in (figure := cell.metadata.get("mystnb", {}).get("figure", {}))
}
REDRAWN = {name: caption for name, caption in CAPTIONS.items() if re.fullmatch(r"fig-\d+[a-z]?", name)}


def test_every_figure_of_the_paper_has_a_row_with_its_number_in_words():
    assert re.findall(r"^\| (Fig\. \d+ of the paper)", PAGE, re.MULTILINE) == [
        f"Fig. {number} of the paper" for number in range(1, 13)
    ]
    assert list(FIGURES) == list(range(1, 13))


def test_figures_that_are_linked_are_those_that_chapters_draw():
    assert sorted(re.findall(r"\{numref\}`([\w-]+)`", PAGE)) == sorted(REDRAWN)


def test_equations_that_are_linked_are_those_that_chapters_display():
    displayed = {equation.label for chapter in BOOK for equation in chapter.equations if equation.tag}
    assert set(re.findall(r"\{eq\}`([\w-]+)`", PAGE)) == displayed


def test_ranges_cover_every_numbered_equation_once():
    ends = re.findall(r"^\| Eqs?\. \((\w+)\)(?:-\((\w+)\))? of the paper", PAGE, re.MULTILINE)
    order = ledger.NUMBERED
    covered = [n for first, last in ends for n in order[order.index(first) : order.index(last or first) + 1]]
    assert covered == order


def test_every_chapter_that_is_linked_exists():
    assert set(re.findall(r"\{doc\}`([\w-]+)`", PAGE)) <= {chapter.name for chapter in BOOK}


@pytest.mark.parametrize("name", sorted(REDRAWN))
def test_the_caption_of_a_redrawn_figure_says_its_number_in_the_paper(name):
    number, part = re.fullmatch(r"fig-(\d+)([a-z]?)", name).groups()
    figure = re.escape(f"Fig. {number}({part})" if part else f"Fig. {number}")
    assert re.search(rf"paper's {figure}(?!\d)|{figure}(?!\d)[^.]* of the paper", REDRAWN[name])
