"""Links inside the site lead somewhere, and what can be downloaded is complete."""

import csv
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[3]
EVERY_CHAPTER = pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)


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
def test_chapter_is_a_page_with_a_notebook_to_download(site, chapter):
    page = parsed(site / f"chapters/{chapter.name}.html")
    (link,) = {a["href"] for a in page.find_all("a", href=True) if a["href"].endswith(".ipynb")}
    notebook = nbformat.read(site / "chapters" / link, as_version=4)
    nbformat.validate(notebook)
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in ran] == [cell.source for cell in chapter.code_cells]
    assert all(cell.execution_count for cell in ran)
    shown = [cell for cell in ran if "figure" in cell.metadata.get("mystnb", {})]
    assert all(any("image/svg+xml" in o.data or "image/png" in o.data for o in cell.outputs) for cell in shown)


def test_data_of_the_figures_are_on_the_site(site):
    for file in (ROOT / "data").glob("*.csv"):
        with (site / "data" / file.name).open(newline="") as copy, file.open(newline="") as original:
            assert list(csv.reader(copy)) == list(csv.reader(original))
