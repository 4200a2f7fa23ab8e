"""The book is printed: each chapter on a page of its own, with an outline, without the reference of the library."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BOOK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Book</title>
<script>MathJax = { startup: { promise: Promise.resolve() } };</script>
<body><article><section><h1>intro</h1><div class="toctree-wrapper">{}</div></section></article></body>
</html>"""
CHAPTER = """<span id="document-chapters/{0}"></span><section><h1>{0}</h1><p>Text.</p>
<details class="dropdown"><summary>Solution</summary><p>Unfolded.</p></details></section>"""
NAMES = ("01-first", "02-second", "d-library", "d-library-glass")


@pytest.fixture
def book(tmp_path) -> Path:
    file = tmp_path / "book.html"
    file.write_text(BOOK.replace("{}", "".join(CHAPTER.format(name) for name in NAMES)), "utf8")
    return file


def printed(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "tlsbook.pdf", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def pages_and_outline(pdf: Path) -> tuple[int, list[str]]:
    content = pdf.read_bytes()
    outline = [title.decode() for title in re.findall(rb"/Title \(([\w-]+)\)", content)]
    return len(re.findall(rb"/Type /Page\b(?!s)", content)), [title for title in outline if title in ("intro", *NAMES)]


def test_all_chapters_each_on_its_page_without_the_reference(browser, book, tmp_path):
    assert printed(book, tmp_path / "out.pdf").returncode == 0
    assert pages_and_outline(tmp_path / "out.pdf") == (3, ["intro", "01-first", "02-second"])


def test_only_what_is_asked_for(browser, book, tmp_path):
    assert printed(book, tmp_path / "out.pdf", "02-second").returncode == 0
    assert pages_and_outline(tmp_path / "out.pdf") == (2, ["intro", "02-second"])


def test_an_unknown_chapter_is_refused_by_name(browser, book, tmp_path):
    done = printed(book, tmp_path / "out.pdf", "3-third")
    assert done.returncode == 1
    assert "chapter = '3-third' is not allowed: it must be one of 01-first" in done.stderr
    assert not (tmp_path / "out.pdf").exists()
