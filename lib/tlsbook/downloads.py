"""What a reader can take along: every chapter as a notebook that runs anywhere, and the data behind the figures.

Beside the notebooks lie the library as a wheel and the tables of `data/`: the first cell of each installs them, unless
it runs in a copy of the repository. A chapter with solutions has a second notebook without them, to work in.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import nbformat
from docutils import nodes
from nbformat.v4 import new_code_cell, new_notebook

from tlsbook.cache import executed_notebook
from tlsbook.dependencies import hash_of
from tlsbook.links import published
from tlsbook.markdown import Page

NOTEBOOKS = "_sources/chapters"
TABLES = "tlsglass-data.zip"
EVERYTHING = "notebooks.zip"
SOURCES = {".py", ".toml", ".js", ".css", ".json"}  # of the library
FIRST_CELL = """\
# Run this cell first. Outside a copy of the book's repository it installs the library and unpacks the tables. Both
# files must lie beside this notebook: on the site of the book they do, and {everything} holds all of them. In Colab,
# upload them: the symbol of a folder, on the left, opens the place.
import importlib.util
import os
import sys
import types
import urllib.request
import zipfile
from pathlib import Path


def beside(name):
    if not Path(name).is_file():
        {otherwise}
    return name


if importlib.util.find_spec("tlsglass") is None:
    beside("{tables}"), beside("{wheel}")  # both, before anything is installed
    %pip install -q ./{wheel}
    importlib.invalidate_caches()
from tlsglass.results.folders import in_repository

if not in_repository() and "TLSGLASS_DATA" not in os.environ:
    zipfile.ZipFile(beside("{tables}")).extractall("tlsglass-data")
    os.environ["TLSGLASS_DATA"] = str(Path("tlsglass-data").resolve())
if importlib.util.find_spec("myst_nb") is None:  # its glue() carries numbers to the text of the book's pages
    sys.modules["myst_nb"] = types.SimpleNamespace(glue=lambda *_, **__: None)"""
REFUSE = 'raise FileNotFoundError(f"{{name}} must lie beside this notebook, in {{Path.cwd()}}: it is in {everything}")'
FETCH = 'urllib.request.urlretrieve(f"{site}/{{name}}", name)'  # where the site is public
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}  # as every editor of notebooks knows it
LINKS = (  # text, what stands before ".ipynb", tooltip
    ("Notebook", "", "Download the notebook, with empty cells for the exercises"),
    ("Notebook, solved", "-solved", "Download the notebook with the solutions"),
)


def _write_notebooks(app, pagename, templatename, context, doctree):
    """Write the notebooks of a page, and offer them."""
    file = executed_notebook(app, pagename)
    context["notebooks"] = []
    if doctree is None or app.builder.name != "html" or not file.is_file():
        return
    source = nbformat.read(file, as_version=4)
    solved = any(type(node).__name__ == "solution_node" for node in doctree.findall())
    for text, ending, tooltip in LINKS if solved else LINKS[:1]:
        page = Page(doctree, source, _numbers(app, pagename), solutions=bool(ending))
        metadata = {"kernelspec": KERNEL, "language_info": source.metadata.get("language_info", {"name": "python"})}
        first = _first_cell(Path(app.srcdir), published(app.config.tlsbook_repository, NOTEBOOKS))
        notebook = new_notebook(cells=[*first, *page.cells], metadata=metadata)
        for number, cell in enumerate(notebook.cells):
            cell.id = f"cell-{number}"  # random ones would make every build differ
        name = f"{pagename}{ending}.ipynb"
        target = Path(app.outdir) / "_sources" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
        context["notebooks"].append((text, f"_sources/{name}", tooltip))


def _numbers(app, pagename) -> dict[str, str]:
    """Numbers of the page's figures and exercises by id, of its equations by label too."""
    counted = app.env.toc_fignumbers.get(pagename, {})
    numbers = {name: ".".join(map(str, number)) for kind in counted.values() for name, number in kind.items()}
    labels = app.env.get_domain("math").equations
    return numbers | {
        label: numbers[nodes.make_id(f"equation-{label}")]
        for label in labels
        if nodes.make_id(f"equation-{label}") in numbers
    }


def _first_cell(root: Path, site: str | None) -> list[nbformat.NotebookNode]:
    wheel = library(root)
    if wheel is None:
        return []
    otherwise = FETCH.format(site=site) if site else REFUSE.format(everything=EVERYTHING)
    return [
        new_code_cell(FIRST_CELL.format(everything=EVERYTHING, wheel=wheel.name, tables=TABLES, otherwise=otherwise))
    ]


@cache
def library(root: Path) -> Path | None:
    """Return the library as a wheel, built once for each state of its sources; None if they say not how."""
    sources = [file for file in sorted((root / "lib").rglob("*")) if file.suffix in SOURCES]
    if root / "lib" / "pyproject.toml" not in sources:
        return None
    state = hash_of((file.relative_to(root).as_posix(), file.read_bytes()) for file in sources)
    folder = root / "_build" / "wheel" / state
    if not list(folder.glob("*.whl")):
        with tempfile.TemporaryDirectory() as build:
            for file in sources:
                copy = Path(build) / file.relative_to(root / "lib")
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
            made = Path(build) / "made"
            backend = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
            subprocess.run([sys.executable, "-c", backend, made], cwd=build, check=True, capture_output=True)
            shutil.rmtree(folder.parent, ignore_errors=True)
            shutil.copytree(made, folder)
    return next(folder.glob("*.whl"))


def _offer(app, pagename, templatename, context, doctree):
    """Put the notebooks before what the theme offers to download."""
    for group in context.get("header_buttons", ()):
        if group["label"] == "download-buttons" and context["notebooks"]:
            everything = ("All notebooks", f"{NOTEBOOKS}/{EVERYTHING}", "Download all notebooks with library and data")
            group["buttons"][:0] = [
                {
                    "type": "link",
                    "url": context["pathto"](path, 1),
                    "text": text,
                    "tooltip": tooltip,
                    "icon": "fas fa-file-archive" if path.endswith("zip") else "fas fa-code",
                    "label": "download-notebook-button",
                }
                for text, path, tooltip in [*context["notebooks"], everything]
            ]


def _copy_data(app, exception):
    """Copy the tables of `data/` and their description to where the provenance lines link to, and to the notebooks."""
    source, site = Path(app.srcdir) / "data", Path(app.outdir)
    if exception is not None or app.builder.name != "html" or not source.is_dir():
        return
    (site / "data").mkdir(exist_ok=True)
    tables = sorted([*source.glob("*.csv"), *source.glob("*.json")])
    for file in tables:
        shutil.copyfile(file, site / "data" / file.name)
    if wheel := library(Path(app.srcdir)):
        folder = site / NOTEBOOKS
        shutil.copyfile(wheel, folder / wheel.name)
        pack(folder / TABLES, tables)
        pack(folder / EVERYTHING, [*sorted(folder.glob("*.ipynb")), folder / TABLES, folder / wheel.name])


def pack(target: Path, files: Iterable[Path]) -> None:
    """Write files into an archive, the same bytes for the same contents."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.name)
            member.external_attr = 0o644 << 16  # or nobody could read it
            archive.writestr(member, file.read_bytes(), zipfile.ZIP_DEFLATED)


def setup(app):
    """Connect to Sphinx, before and after the theme (priority 501) makes its buttons."""
    app.connect("html-page-context", _write_notebooks, priority=100)
    app.connect("html-page-context", _offer, priority=600)
    app.connect("build-finished", _copy_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
