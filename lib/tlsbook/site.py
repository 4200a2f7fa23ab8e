"""Pages as browsers want them: ids that are unique, a card for who sends a link, and one page for printing."""

import posixpath
from html import escape

from docutils import nodes

PICTURE = "_static/front-page.png"
# of sphinx-exercise and sphinx-proof: every box has the same
SHARED_IDS = ("exercise-content", "solution-content", "proof-content")


def _let_singlehtml_see_html_handlers(app):
    """sphinx-exercise registers visitors for 'singlehtml' by name, which hides everybody's for 'html'."""
    handlers = app.registry.translation_handlers
    handlers["singlehtml"] = {**handlers.get("html", {}), **handlers.get("singlehtml", {})}


def _make_ids_unique(app, doctree, docname):
    """sphinx-exercise and sphinx-proof give the content of every box the same id; nobody refers to it."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in SHARED_IDS]


def _make_card(app, pagename, templatename, context, doctree):
    """Say what a link to the page shows: its title, its first paragraph, the picture of the front page.

    Messengers want the picture's whole address, which is known where the configuration gives `html_baseurl`.
    """
    if doctree is None:
        return
    tags = context["metatags"]
    words = next((node.astext() for node in doctree.findall(nodes.paragraph)), "")
    base = app.config.html_baseurl.rstrip("/")
    picture = f"{base}/{PICTURE}" if base else context["pathto"](PICTURE, 1)
    card = {
        "description": " ".join(words.split()),
        "og:site_name": app.config.project,
        "og:title": next((node.astext() for node in doctree.findall(nodes.title)), pagename),
        "og:description": " ".join(words.split()),
        "og:type": "article",
        "og:image": picture,
        "twitter:card": "summary_large_image",
    }
    for name, content in card.items():
        if f'"{name}"' not in tags:  # a page may say it itself
            kind = "property" if name.startswith("og:") else "name"
            tags += f'\n<meta {kind}="{name}" content="{escape(content)}" />'
    context["metatags"] = tags


def _share_contents(app, pagename, templatename, context, doctree):
    """Make the contents for the sidebar once for all pages of a folder that do not stand in them: the sources."""
    if doctree is None:
        make, kept = context["toctree"], app.contents_for.setdefault(posixpath.dirname(pagename), {})

        def toctree(**options):
            key = frozenset(options.items())
            if key not in kept:
                kept[key] = make(**options)
            return kept[key]

        context["toctree"] = toctree


def setup(app):
    """Connect to Sphinx."""
    app.contents_for = {}
    app.connect("builder-inited", _let_singlehtml_see_html_handlers)
    app.connect("html-page-context", _make_card)
    app.connect("html-page-context", _share_contents, priority=100)  # before the theme asks
    app.connect("doctree-resolved", _make_ids_unique)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
