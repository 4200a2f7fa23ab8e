"""The table of symbols: every Greek letter of every equation, every target, every chapter's link to it."""

import re
from pathlib import Path

import pytest

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[2]
BOOK = chapters(ROOT)
(PAGE,) = [chapter for chapter in BOOK if chapter.name == "e-notation"]
GREEK = frozenset(
    "alpha beta gamma Gamma delta Delta epsilon varepsilon zeta eta theta Theta kappa lambda mu nu xi Xi Pi rho"
    " sigma Sigma tau phi Phi chi psi Psi omega Omega".split()
)


def greek(tex):
    return GREEK & set(re.findall(r"\\([A-Za-z]+)", tex))


@pytest.mark.parametrize("chapter", BOOK, ids=lambda chapter: chapter.name)
def test_every_greek_letter_of_an_equation_is_in_the_table(chapter):
    missing = {letter: e.label for e in chapter.equations for letter in greek(e.tex) - greek(PAGE.text)}
    assert missing == {}


@pytest.mark.parametrize(
    "pair",
    [
        (r"\varepsilon_i", r"\epsilon"),
        (r"\Delta_i", r"\bar\Delta"),
        ("T_2", r"\mathrm{Tr}\,D_i^2"),
        (r"\Gamma", r"\gamma", "$G$"),
        ("$Y$", "4Y"),
        ("J_{ij}", "both orders"),
        ("$W$", "asymmetry", r"GG^\dagger", "W state"),
        ("$S_E$", "$S_2$", "Huang-Rhys"),
        (r"S^\pm", "ladder"),
    ],
)
def test_letters_that_collide_stand_in_one_row(pair):
    rows = PAGE.text.split("## Symbols")[0].split("\n* - ")
    assert any(all(sign in row for sign in pair) for row in rows)


def test_every_symbol_says_where_it_is_introduced():
    labels = {equation.label for chapter in BOOK for equation in chapter.equations}
    rows = PAGE.text.split("## Symbols")[1].split("\n* - ")[2:]
    for row in rows:
        symbol, _meaning, _unit, where = row.split("\n  -")
        assert re.search(r"\{(?:eq|doc)\}`", where), symbol
        assert set(re.findall(r"\{eq\}`([\w-]+)`", row)) <= labels, symbol


@pytest.mark.parametrize("chapter", [c for c in BOOK if c.name[0].isdigit()], ids=lambda chapter: chapter.name)
def test_the_box_of_every_chapter_leads_to_it(chapter):
    (box,) = re.findall(r"^```\{admonition\} What you will be able to do\n(.*?)^```", chapter.text, re.S | re.M)
    assert "{doc}`e-notation`" in box


def test_the_front_page_leads_to_it():
    assert "e-notation" in BOOK[0].text
