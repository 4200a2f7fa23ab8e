"""Notebooks to take along: plain Markdown for any Jupyter, with and without solutions, and the files they need."""

import importlib.metadata
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest

from tlsbook import downloads
from tlsbook.check import EMPTY
from tlsbook.downloads import library, pack

RAW_MYST = re.compile(r"\{[a-z:]+\}`|^:::|^ *`{3,}\{|^\([\w-]+\)=$|^:\w+:|^% ", re.MULTILINE)


def notebook(book, name):
    return nbformat.read(book.root / f"_build/html/_sources/chapters/{name}.ipynb", as_version=4)


def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", ["01-first", "01-first-solved", "02-second"])
def test_text_is_plain_markdown(book, name):
    found = notebook(book, name)
    nbformat.validate(found)
    assert RAW_MYST.findall(markdown(found)) == []


def test_numbers_references_and_captions_are_resolved(book):
    first = markdown(notebook(book, "01-first"))
    assert "The library says 42.0 in Fig. 1.1." in first
    assert "**Fig. 1.1.** A caption." in first
    assert re.findall(r"\\tag\{(.*?)\}", first) == ["1.1", "A18", "1.2"]
    second = markdown(notebook(book, "02-second"))
    assert "See (2.1) and (A18), Fig. 1.1 in First, and Exercise 1.1." in second


def test_boxes_are_quotations_and_tables_are_tables(book):
    second = markdown(notebook(book, "02-second"))
    assert "> **A box**\n>\n> - One *thing*,\n> - and `code` in it." in second
    assert re.search(r"> \*\*Theorem 2\.1 \(Of nothing\)\*\*\n>\n> That \$x = x\$\.", second)
    assert "<details><summary>" in second and "**Yes.** By Theorem 2.1." in second
    assert "| a | b |\n| --- | --- |\n| $x$ | 2 |" in second


def test_an_exercise_comes_with_and_without_its_solution(book):
    solved, empty = notebook(book, "01-first-solved"), notebook(book, "01-first")
    assert "> **Exercise 1.1**\n>\n> How much is it?" in markdown(solved)
    assert code(solved)[-1] == "answer()"
    assert EMPTY in code(empty)[-1]
    assert code(solved)[:-1] == code(empty)[:-1]
    page = book.page("chapters/01-first")
    assert [name for name in ("01-first.ipynb", "01-first-solved.ipynb") if f"/chapters/{name}" not in page] == []
    assert "-solved.ipynb" not in book.page("chapters/02-second")


def test_outputs_come_with_their_cells(book):
    shown = [o for cell in notebook(book, "01-first").cells for o in cell.get("outputs", ())]
    assert any("image/svg+xml" in output.get("data", {}) for output in shown)


def test_wheel_is_what_pip_installs_and_is_built_once(book, tmp_path, monkeypatch):
    """A library without dependencies, since nothing is fetched here."""
    project = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    project += '[project]\nname = "tlsglass"\nversion = "7.1"\n[tool.setuptools]\npackages = ["tlsglass"]\n'
    assert library(book.root) is None
    monkeypatch.setattr(downloads, "library", library.__wrapped__)
    (book.root / "lib/pyproject.toml").write_text(project)
    try:
        wheel = downloads.library(book.root)
        made = wheel.stat().st_mtime_ns
        assert downloads.library(book.root).stat().st_mtime_ns == made
        (first,) = downloads._first_cell(book.root, site=None)
        assert "%pip install -q ./tlsglass-7.1-py3-none-any.whl" in first.source
    finally:
        (book.root / "lib/pyproject.toml").unlink()
    assert wheel.name == "tlsglass-7.1-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-c", "import tlsglass; print(tlsglass.answer())"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.stdout == "42\n", done.stderr
    (found,) = importlib.metadata.distributions(path=[str(tmp_path)])
    assert found.version == "7.1"


def test_archives_have_the_same_bytes_for_the_same_contents(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    pack(tmp_path / "one.zip", [tmp_path / "a.csv"])
    (tmp_path / "a.csv").touch()
    pack(tmp_path / "two.zip", [tmp_path / "a.csv"])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.read("a.csv") == b"x\n1\n"
        assert archive.getinfo("a.csv").external_attr >> 16 == 0o644
