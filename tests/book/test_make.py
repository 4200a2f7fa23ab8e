"""The Makefile: a set-up that is complete or made again, and `make lab` with the folders and options people have.

Python and Jupyter are scripts here that write down how they were called.
"""

import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PYTHON = """#!/bin/sh
case "$*" in
    --version) echo "$VERSION";;
    "-m venv --clear .venv") rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo venv >> calls;;
    *) echo "$*" >> calls; exit "${PIP_FAILS:-0}";;
esac
"""
RECORD = '#!/bin/sh\nfor word; do echo "$word" >> calls; done\n'


def script(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


@pytest.fixture
def copy(tmp_path):
    """Return a folder, with a space in its name, in which `make` can run without installing anything."""
    folder = tmp_path / "my book"
    lock = "lib/tlsbook/npm/package-lock.json"
    (folder / lock).parent.mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "constraints.txt", "lib/pyproject.toml", lock):
        shutil.copy(ROOT / name, folder / name)
    script(folder / "python", PYTHON)
    return folder


def make(folder, *arguments, **environment):
    """Run make and return what it said and which calls it made."""
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    path = f"{folder / 'tools'}:/usr/bin:/bin"
    done = subprocess.run(
        ["make", *arguments], cwd=folder, env={"PATH": path, "VERSION": "Python 3.11.2", **environment},
        capture_output=True, text=True,
    )  # fmt: skip
    return done, calls.read_text().splitlines() if calls.is_file() else []


def set_up(folder, **environment):
    return make(folder, "PYTHON=./python", ".venv/.installed", **environment)


def test_a_set_up_that_failed_half_way_is_made_again_from_the_start(copy):
    done, calls = set_up(copy, PIP_FAILS="1")
    assert done.returncode != 0
    assert calls[0] == "venv"
    done, calls = set_up(copy)
    assert done.returncode == 0
    assert [calls[0], len(calls)] == ["venv", 3]
    assert "-c constraints.txt -r requirements.txt" in calls[1]
    assert calls[2] == "-m tlsbook.mathjax"
    assert set_up(copy)[1] == []


@pytest.mark.parametrize("change", ["another Python", "moved", "new constraints"])
def test_a_set_up_that_does_not_fit_any_more_is_made_again(copy, change):
    set_up(copy)
    version = "Python 3.11.2"
    if change == "another Python":
        version = "Python 3.13.0"
    elif change == "moved":
        copy = copy.rename(copy.with_name("our book"))
    else:
        time.sleep(0.1)  # the clock of a file system is coarse
        (copy / "constraints.txt").touch()
    assert set_up(copy, VERSION=version)[1][0] == "venv"
    assert set_up(copy, VERSION=version)[1] == []


@pytest.fixture
def lab(copy):
    """Return a function that runs `make lab` as somebody and returns what it said and what Jupyter was told."""
    set_up(copy)
    for name in ("jupyter", "jupyter-book", "python"):
        script(copy / "bin" / name, RECORD)

    def run(user, *options):
        script(copy / "tools" / "id", f"#!/bin/sh\necho {user}\n")
        return make(copy, "PYTHON=./python", "BIN=./bin", "lab", *options)

    return run


def test_lab_in_a_folder_with_a_space_and_with_options(lab, copy):
    done, calls = lab(1000, "LAB_ARGS=--port 9000 --no-browser")
    assert done.returncode == 0, done.stderr
    expected = ["lab", f"--ServerApp.root_dir={copy}", "--port", "9000", "--no-browser", "lab/intro.ipynb"]
    assert calls[-len(expected) :] == expected


def test_lab_as_root_says_what_to_do(lab):
    done, calls = lab(0)
    assert done.returncode != 0
    assert calls == []
    (advice,) = re.findall(r"make lab (LAB_ARGS=\S+)", done.stderr)
    done, calls = lab(0, advice)
    assert done.returncode == 0, done.stderr
    assert "--allow-root" in calls


@pytest.mark.parametrize("missing", ["chromium", "site"])
def test_pages_cannot_be_checked_without_a_browser_or_a_site(tmp_path, missing):
    """Skipped tests would end with 0."""
    if missing == "chromium":
        (tmp_path / "index.html").write_text("")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/book/site", f"--site={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode != 0
    assert f"no {missing}" in done.stdout + done.stderr


def constraints():
    lines = (ROOT / "constraints.txt").read_text("utf8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def test_every_pinned_package_takes_the_oldest_python_that_is_promised():
    """Of those installed here: their own metadata say so."""
    (oldest,) = re.findall(r"With Python ([\d.]+) to", (ROOT / "README.md").read_text("utf8"))
    assert f'requires-python = ">={oldest},' in (ROOT / "lib/pyproject.toml").read_text("utf8")
    pinned = {c.name: c for c in constraints() if not c.marker or c.marker.evaluate({"python_full_version": oldest})}
    found = {d.name.lower().replace("_", "-"): d for d in distributions()}
    checked = {name: found[name] for name in pinned.keys() & found.keys()}
    assert len(checked) > 100
    here = {name: d for name, d in checked.items() if pinned[name].specifier.contains(d.version)}
    wrong = [n for n, d in here.items() if not SpecifierSet(d.metadata.get("Requires-Python", "")).contains(oldest)]
    assert wrong == []


def test_setuptools_that_builds_the_library_is_pinned():
    (pinned,) = [c for c in constraints() if c.name == "setuptools"]
    assert f'requires = ["setuptools{pinned.specifier}"]' in (ROOT / "lib/pyproject.toml").read_text("utf8")
