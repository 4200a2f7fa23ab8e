"""Style and structure of everything that is committed, checked by tools."""

import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pybtex.database
import pytest

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent


def run(*command, cwd=ROOT):
    done = subprocess.run([TOOLS / command[0], *command[1:]], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_likes_library_and_tests():
    run("ruff", "check", "lib", "tests")
    run("ruff", "format", "--check", "lib", "tests")


def test_ruff_likes_the_cells_of_the_chapters(tmp_path):
    """Except docstrings (D), imports below the first cell (E402) and the value at the end of a cell (B018)."""
    for chapter in chapters(ROOT):
        notebook = jupytext.reads(chapter.text, fmt="md:myst")
        notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in notebook.cells:
            cell.metadata.clear()  # captions would become long comments
        (tmp_path / f"{chapter.name}.py").write_text(jupytext.writes(notebook, fmt="py:percent"))
    configuration = ("--config", ROOT / "ruff.toml", "--config", f"src = ['{ROOT / 'lib'}']")
    run("ruff", "check", *configuration, "--extend-ignore", "D,E402,B018", "--no-cache", ".", cwd=tmp_path)


def test_imports_go_one_way():
    run("lint-imports", "--no-cache", cwd=ROOT / "lib")


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout: the list of tracked files is not known")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_tracked_depends_on_one_machine_or_is_unfinished():
    absolute = re.compile(r"(?<![\w./~$}])/(?:home|root|Users|mnt|work|tmp|opt)/\w")
    unfinished = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")
    found = []
    for file in tracked_files():
        if file.suffix in {".csv", ".png", ".svg", ".gz", ".npz"}:
            continue
        for number, line in enumerate(file.read_text("utf8").splitlines(), start=1):
            if absolute.search(line) or unfinished.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []


def test_large_files_are_not_tracked():
    assert [file.name for file in tracked_files() if file.stat().st_size > 2_000_000] == []


def test_bibliography_can_be_read_and_every_entry_is_complete():
    entries = pybtex.database.parse_file(ROOT / "references.bib").entries
    assert len(entries) == (ROOT / "references.bib").read_text("utf8").count("\n@") + 1  # the first stands on line 1
    for key, entry in entries.items():
        assert {"title", "year"} <= set(entry.fields), key
        assert {"doi", "eprint", "isbn", "publisher"} & set(entry.fields), key
