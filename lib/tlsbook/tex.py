"""Every formula goes through MathJax while the book is built, so that broken TeX is a warning, hence an error.

The site's own MathJax runs in an embedded JavaScript engine, with the packages that the site loads or autoloads.
"""

import json
from functools import cache

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.util import logging

from tlsbook import mathjax

EXTENSIONS = (
    "action", "amscd", "bbox", "boldsymbol", "braket", "color", "enclose", "cancel", "extpfeil", "html", "mhchem",
    "unicode", "verb",
)  # fmt: skip
FILES = ("loader.js", "startup.js", "core.js", "input/tex.js", *(f"input/tex/extensions/{e}.js" for e in EXTENSIONS))
ERRORS = """
const packages = ['base', 'ams', 'newcommand', 'configmacros', 'textmacros', ...EXTENSIONS];
function error(formula, display) {
    const tex = new MathJax._.input.tex_ts.TeX({packages});
    tex.setMmlFactory(new MathJax._.core.MmlTree.MmlFactory.MmlFactory());
    const item = new MathJax._.core.MathItem.AbstractMathItem(formula, tex, display);
    let found = '';
    tex.compile(item, {}).walkTree(node => {
        if (node.isKind('merror')) found = found || node.attributes.get('data-mjx-error') || 'error';
    });
    return found;
}
"""
log = logging.getLogger(__name__)


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    engine.eval("var MathJax = {loader: {load: []}, startup: {typeset: false, ready() {}}}; var global = globalThis;")
    for file in FILES:
        engine.eval((mathjax.folder() / "mathjax" / file).read_text("utf8"))
    engine.eval(f"const EXTENSIONS = {json.dumps(EXTENSIONS)};{ERRORS}")
    return engine


@cache
def tex_error(formula: str, display: bool = False) -> str:
    """What MathJax says of a formula; empty if nothing is wrong with it.

    Examples
    --------
    >>> tex_error(r"x^2")
    ''
    >>> tex_error(r"x^2^3")
    'Double exponent: use braces to clarify'
    """
    if display and r"\\" in formula:
        formula = rf"\begin{{split}}{formula}\end{{split}}"  # as the page has it
    return _engine().call("error", formula, display)


def _check(app, doctree):
    for node in doctree.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block))):
        error = tex_error(node.astext(), isinstance(node, nodes.math_block) and not node.get("nowrap"))
        if error:
            log.warning("broken TeX: %s, in %s", error, " ".join(node.astext().split()), location=node)


def setup(app):
    """Connect to Sphinx."""
    app.connect("doctree-read", _check)
    return {"parallel_read_safe": True}
