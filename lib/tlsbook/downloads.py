"""What a reader can take along: every chapter as an executed notebook, and the data behind the figures."""

import shutil
from importlib.metadata import version
from pathlib import Path

import nbformat

from tlsbook.cache import executed_notebook


def _offer_notebook(app, pagename, templatename, context, doctree):
    """Put the executed chapter beside its source and tell the theme's download button."""
    file = executed_notebook(app, pagename)
    if doctree is None or app.builder.name != "html" or not file.is_file():
        return
    notebook = nbformat.read(file, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(_where_from(app)))
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # MyST-NB draws random ones: every build would differ
    target = Path(app.outdir) / "_sources" / f"{pagename}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
    context["ipynb_source"] = f"{pagename}.ipynb"


def _where_from(app) -> str:
    return (
        f"This notebook is a chapter of *{app.config.project}*. Its cells import `tlsglass` and `tlsbook` "
        f"{version('tlsglass')}, which come with the book's repository and lie in its folder `lib`, and read tables "
        "from its folder `data`. In a copy of the repository `make lab` installs everything and opens the chapters; "
        "elsewhere `python -m pip install <copy>/lib` installs the library without the tables."
    )


def _copy_data(app, exception):
    """Copy the tables of `data/` and their description to the site, where the provenance lines link to."""
    source = Path(app.srcdir) / "data"
    if exception is None and app.builder.name == "html" and source.is_dir():
        target = Path(app.outdir) / "data"
        target.mkdir(exist_ok=True)
        for file in [*source.glob("*.csv"), *source.glob("*.json")]:
            shutil.copyfile(file, target / file.name)


def setup(app):
    """Connect to Sphinx, before the theme (priority 500) makes its buttons."""
    app.connect("html-page-context", _offer_notebook, priority=100)
    app.connect("build-finished", _copy_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
