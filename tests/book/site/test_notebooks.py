"""The notebooks of the site: plain Markdown, every cell with its outputs, and at work in a folder of their own.

Two are run from nothing but what lies beside them, by a Python that has the packages they need but not this library.
"""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tlsbook.chapters import chapters
from tlsbook.check import EMPTY
from tlsbook.downloads import EVERYTHING, TABLES

ROOT = Path(__file__).resolve().parents[3]
CHAPTERS = [chapter for chapter in chapters(ROOT) if chapter.code_cells]
EVERY_CHAPTER = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
ROLES = "glue:[a-z]+|eq|doc|cite|cite:[tp]|ref|numref|prf:ref|claim|ledger"
RAW_MYST = re.compile(rf"\{{({ROLES})\}}`|^ *:::|`{{3,}}\{{|^\([\w-]+\)=$|^:\w+: |^% \w", re.MULTILINE)
OURS = re.compile(r"(__editable__.*|tls(glass|book).*|distutils-precedence\.pth)")
# quick ones that read tables, and draw: one through the library's figures, one with exercises to work in
RUN = ("01-tls-model-solved", "17-what-was-found")


def notebooks_of(site, chapter):
    """Files of a chapter's notebooks that its page offers."""
    page = BeautifulSoup((site / f"chapters/{chapter.name}.html").read_text("utf8"), "html.parser")
    links = {a["href"] for a in page.find_all("a", href=True) if a["href"].endswith(".ipynb")}
    return sorted((site / "chapters" / link).resolve() for link in links)


def without_first(notebook):
    first, *rest = notebook.cells
    assert "%pip install" in first.source
    return [cell for cell in rest if cell.cell_type == "code"]


@EVERY_CHAPTER
def test_chapter_offers_its_notebook_with_and_without_solutions(site, chapter):
    solved = "{solution-start}" in chapter.text
    names = [file.name for file in notebooks_of(site, chapter)]
    assert names == [f"{chapter.name}-solved.ipynb"] * solved + [f"{chapter.name}.ipynb"]
    full, *empty = [nbformat.read(file, as_version=4) for file in notebooks_of(site, chapter)]
    assert [cell.source for cell in without_first(full)] == [cell.source for cell in chapter.code_cells]
    assert all(cell.execution_count for cell in without_first(full))
    shown = {c.source for c in chapter.code_cells if "figure" in c.metadata.get("mystnb", {})}
    for cell in without_first(full):
        pictures = [o for o in cell.outputs if {"image/svg+xml", "image/png"} & set(o.get("data", {}))]
        assert pictures or cell.source not in shown
    for notebook in empty:
        cells = [cell.source for cell in without_first(notebook)]
        assert sum(cell.startswith(EMPTY) for cell in cells) == chapter.text.count("{solution-start}")


@EVERY_CHAPTER
def test_text_of_the_notebooks_is_plain_markdown(site, chapter):
    for file in notebooks_of(site, chapter):
        notebook = nbformat.read(file, as_version=4)
        nbformat.validate(notebook, relax_add_props=False)
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        assert notebook.metadata.kernelspec.name == "python3"
        assert notebook.metadata.kernelspec.language == notebook.metadata.language_info.name == "python"
        assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
        text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert RAW_MYST.findall(text) == []
        assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


def test_the_archive_holds_all_notebooks_and_what_they_need(site):
    folder = site / "_sources" / "chapters"
    with zipfile.ZipFile(folder / EVERYTHING) as archive:
        names = set(archive.namelist())
    assert names == {file.name for file in folder.iterdir() if file.suffix in {".ipynb", ".whl"}} | {TABLES}
    with zipfile.ZipFile(folder / TABLES) as archive:
        tables = {name: archive.read(name) for name in archive.namelist()}
    files = [*(ROOT / "data").glob("*.csv"), *(ROOT / "data").glob("*.json")]
    assert tables == {file.name: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def elsewhere(site, tmp_path_factory):
    """A folder with the unpacked archive, and a Python that has everything but tlsglass and tlsbook."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(site / "_sources" / "chapters" / EVERYTHING) as archive:
        archive.extractall(folder)
    packages = folder / "packages"
    packages.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not OURS.fullmatch(entry.name):
            (packages / entry.name).symlink_to(entry)
    venv.create(folder / "python", symlinks=True)
    (library,) = (folder / "python" / "lib").glob("python*/site-packages")
    (library / "others.pth").write_text(f"{packages}\n")
    return folder


def execute(elsewhere, folder, name):
    """Run a notebook that lies in a folder, by the Python that has everything but the library."""
    python = elsewhere / "python" / "bin" / "python"
    kernel = elsewhere / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(elsewhere), "JUPYTER_PATH": str(elsewhere / "jupyter")}
    environment |= {"TQDM_DISABLE": "1", "PIP_NO_INDEX": "1"}
    run = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=600"]
    run += ["--output", "ran.ipynb", f"{name}.ipynb"]
    command = [Path(sys.executable).with_name(run[0]), *run[1:]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_a_notebook_alone_says_what_must_lie_beside_it(elsewhere, tmp_path):
    """As in Colab, where one uploads it. Nothing is installed before all is there."""
    wheel = next(elsewhere.glob("*.whl")).name
    for brought, missing in ((f"{RUN[0]}.ipynb", TABLES), (TABLES, wheel)):
        shutil.copy(elsewhere / brought, tmp_path)
        said = execute(elsewhere, tmp_path, RUN[0]).stderr
        assert f"{missing} must lie beside this notebook, in {tmp_path}" in said


@pytest.mark.parametrize("name", RUN)
def test_notebook_runs_outside_the_repository(elsewhere, name):
    done = execute(elsewhere, elsewhere, name)
    assert done.returncode == 0, done.stderr[-3000:]
    where = [elsewhere / "python" / "bin" / "python", "-c", "import tlsglass; print(tlsglass.__file__)"]
    found = subprocess.run(where, cwd=elsewhere, env={"HOME": str(elsewhere)}, capture_output=True, text=True).stdout
    assert Path(found).is_relative_to(elsewhere)
    shutil.rmtree(elsewhere / "tlsglass-data")
