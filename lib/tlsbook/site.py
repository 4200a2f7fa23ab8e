"""The site by itself: MathJax from its own folder, ids that are unique, and one page for printing."""

import importlib.util
import shutil
from pathlib import Path

from docutils import nodes

# of MathJax 3.2.2 es5/: the component, its fonts, and the TeX extensions it loads when a macro asks for them
MATHJAX = ("tex-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")


def mathjax_folder() -> Path:
    """Where MathJax lies in the package that brings it."""
    package = importlib.util.find_spec("sphinx-mathjax-offline")  # a hyphen: cannot be imported by a statement
    return Path(package.origin).parent / "static" / "mathjax"


def _copy_mathjax(app, exception):
    """Copy MathJax after the build: Jupyter Book would load every script of `_static` on every page."""
    if exception is not None or app.builder.format != "html":
        return
    source, target = mathjax_folder(), Path(app.outdir) / "_static" / "mathjax"
    for part in MATHJAX:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part)
        else:
            shutil.copyfile(source / part, target / part)


def _let_singlehtml_see_html_handlers(app):
    """sphinx-exercise registers visitors for 'singlehtml' by name, which hides everybody's for 'html'."""
    handlers = app.registry.translation_handlers
    handlers["singlehtml"] = {**handlers.get("html", {}), **handlers.get("singlehtml", {})}


def _make_ids_unique(app, doctree, docname):
    """sphinx-exercise gives the content of every exercise the same id; nobody refers to it."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in ("exercise-content", "solution-content")]


def setup(app):
    """Connect to Sphinx."""
    app.connect("builder-inited", _let_singlehtml_see_html_handlers)
    app.connect("doctree-resolved", _make_ids_unique)
    app.connect("build-finished", _copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
