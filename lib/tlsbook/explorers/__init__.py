"""Explorers: small live pictures in plain JavaScript and SVG, without a server and without a library.

```{explorer} glass
Caption.
```

puts one into a page. Its parts, the physics first, are joined into one classic script with the data that it shows:
from a file a browser loads no module. Without JavaScript the caption stays. The functions of the physics are kept in
`window.explorers[name]`, where the tests of the pages compare them with the library.
"""

import json
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

FOLDER = Path(__file__).parent
SCRIPTS = "_static/explorers"
PHYSICS = ("two-qubits", "two-site-state", "double-well", "power-law")
FUNCTIONS = ("concurrence", "lowestOfPartialTranspose", "twoSiteState", "allPairs", "levels", "powerLaw")
EXPLORERS = {  # name: function that fills a figure, and the one of tlsbook.explorers.data that makes its data
    "double-well": ("viewDoubleWell", None),
    "pair": ("viewPair", None),
    "glass": ("viewGlass", "glasses"),
    "exponent": ("viewExponent", "curves"),
}
log = logging.getLogger(__name__)


class Explorer(SphinxDirective):
    """{explorer}`name`: one live picture; the content is its caption."""

    required_arguments = 1
    has_content = True

    def run(self):
        """Make a figure that the script fills."""
        name = self.arguments[0]
        if name not in EXPLORERS:
            log.warning(
                "no explorer is called %r: there are %s", name, ", ".join(EXPLORERS), location=self.get_location()
            )
            return []
        self.env.metadata[self.env.docname].setdefault("explorers", []).append(name)
        script = f"{'../' * self.env.docname.count('/')}{SCRIPTS}/{name}.js"
        opening = f'<figure class="explorer" id="explorer-{escape(name)}" data-explorer="{escape(name)}"><figcaption>'
        closing = f'</figcaption></figure><script defer src="{escape(script)}"></script>'
        caption = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, caption)
        return [nodes.raw("", opening, format="html"), *caption.children, nodes.raw("", closing, format="html")]


@cache
def script(name: str) -> str:
    """Return the whole script of one explorer."""
    from tlsbook.explorers import data  # only here: a book without explorers needs no library

    view, make_data = EXPLORERS[name]
    shown = getattr(data, make_data)() if make_data else {}
    parts = [(FOLDER / f"{part}.js").read_text("utf8") for part in (*PHYSICS, "page", f"view-{name}")]
    return "\n".join(
        [
            "(() => {",
            f"const DATA = {json.dumps(shown, separators=(',', ':'))};",
            *parts,
            f'(window.explorers ??= {{}})["{name}"] = {{ DATA, {", ".join(FUNCTIONS)} }};',
            f"document.querySelectorAll('figure[data-explorer=\"{name}\"]').forEach({view});",
            "})();\n",
        ]
    )


def _write_scripts(app, exception):
    """Write all scripts after the build: Jupyter Book would load whatever lies in `_static` on every page."""
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / SCRIPTS
        folder.mkdir(parents=True, exist_ok=True)
        for name in {name for page in app.env.metadata.values() for name in page.get("explorers", ())}:
            (folder / f"{name}.js").write_text(script(name), "utf8")


def setup(app):
    """Connect to Sphinx."""
    app.add_directive("explorer", Explorer)
    app.connect("build-finished", _write_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
