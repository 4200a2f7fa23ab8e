"""Links inside the site lead somewhere, and what can be downloaded is complete."""

import csv
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[3]
PLAIN = {"text/plain"}
EVERY_CHAPTER = pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)

RAW_MYST = re.compile(r"\{[a-z:]+\}`\w|:::\{|`{3,}\{")


@cache
def parsed(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf8"), "html.parser")


@cache
def anchors(file: Path) -> set[str]:
    return {tag[name] for name in ("id", "name") for tag in parsed(file).find_all(attrs={name: True})}


def test_no_link_is_dead(site, page_name):
    page = site / page_name
    dead = []
    for tag in parsed(page).find_all(["a", "link", "img", "script"]):
        link = tag.get("href") or tag.get("src")
        if link is None or urlsplit(link).scheme or link.startswith("//"):
            continue
        path, fragment = unquote(urlsplit(link).path), unquote(urlsplit(link).fragment)
        target = (page.parent / path) if path else page
        if not target.is_file() or (target.suffix == ".html" and fragment and fragment not in anchors(target)):
            dead.append(link)
    assert dead == []


@EVERY_CHAPTER
def test_no_markup_is_left_in_the_text(site, chapter):
    """A backtick in the first line of a fence of backticks, for example, makes the directive a sentence."""
    article = BeautifulSoup((site / f"chapters/{chapter.name}.html").read_text("utf8"), "html.parser").article
    for code in article.select("pre, code, script"):
        code.decompose()
    assert RAW_MYST.findall(article.text) == []


@EVERY_CHAPTER
def test_outputs_are_sentences_tables_and_formulas(site, chapter):
    """Not Python's own notation, and no number with all its digits."""
    file, *_ = sorted((site / "_sources/chapters").glob(f"{chapter.name}*.ipynb"))  # the solved one, if there are two
    notebook = nbformat.read(file, as_version=4)
    cells = [cell for cell in notebook.cells if "remove-cell" not in cell.metadata.get("tags", [])]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    shown = [
        output.get("text") or output.data["text/plain"] for output in outputs if set(output.get("data", ())) <= PLAIN
    ]
    assert [text for text in shown if re.search(r"^[\[({]|\bnp\.float64\(|\d\.\d{6}", text)] == []


def test_data_of_the_figures_are_on_the_site(site):
    for file in (ROOT / "data").glob("*.csv"):
        with (site / "data" / file.name).open(newline="") as copy, file.open(newline="") as original:
            assert list(csv.reader(copy)) == list(csv.reader(original))
