"""Pages as browsers want them: ids that are unique, and one page for printing."""

from docutils import nodes


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
    return {"parallel_read_safe": True, "parallel_write_safe": True}
