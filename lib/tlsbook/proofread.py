r"""Slips of the pen that MyST and Sphinx pass over in silence become warnings, hence errors.

Markup that nobody understood is shown as text: a footnote `[^x]` that is not there, a formula or a fence without its
end, a link to an undefined reference, HTML (switched off in `_config.yml`, since nothing checks what it points to). A
row of a table loses the cells that its head does not have, as a `|` within a formula makes them. A footnote that is not
used is dropped with its text. A second title is a heading that the table of contents does not know where to put. A cell
keeps any tag, also a misspelt one that hides nothing, and `raises-exception` where nothing is raised. A solution may
belong to no exercise.
"""

import re
from collections.abc import Iterator

import nbformat
from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from tlsbook.cache import executed_notebook

# A dollar, a footnote, brackets of a link, a fence, HTML, a macro of TeX, a bold word: what no reader is to see.
LEFTOVER = re.compile(r"\$|\[\^|\]\[|\]\(|`{3}|:{3}|</?[a-z!]|\\[a-zA-Z]|\*\*")
AS_TYPED = (
    nodes.literal, nodes.FixedTextElement, nodes.math, nodes.math_block, nodes.raw, nodes.comment,
    addnodes.literal_strong,
)  # fmt: skip
FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)")
NO_MARKDOWN = {"code-cell", "code", "math", "eval-rst"}  # directives whose content is no Markdown
TAGS = {
    f"{verb}-{what}" for verb in ("hide", "remove") for what in ("input", "output", "cell")
} | {"raises-exception", "scroll-output", "full-width"}  # fmt: skip
NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")  # where a footnote is defined
METADATA = {"tags", "mystnb", "load"}
log = logging.getLogger(__name__)


def leftovers(doctree: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Text of a page that is markup, with the node in which it stands."""
    for text in doctree.findall(nodes.Text):
        if LEFTOVER.search(text) and not any(_as_typed(node) for node in _above(text)):
            yield text.parent, " ".join(text.split())


def _above(node):
    while node := node.parent:
        yield node


def _as_typed(node):
    return isinstance(node, AS_TYPED) or "ledger" in node.get("classes", [])  # text of the tables in data/


def faults_of_blocks(source: str) -> Iterator[tuple[int, str]]:
    """Number of the line, and what is wrong: a fence without end, a row that does not fit, a footnote nobody uses."""
    prose = []
    yield from _faults(source.splitlines(), 1, prose)
    notes = [(number, note[1]) for number, line in prose if (note := NOTE.match(line))]
    for number, name in notes:
        if source.count(f"[^{name}]") == sum(name == other for _, other in notes):
            yield number, f"the footnote [^{name}] is used nowhere"


def _faults(lines, first, prose):
    opened, body, width = None, [], 0
    for number, line in enumerate(lines, first):
        fence = FENCE.fullmatch(line)
        if opened:
            start, marks, info = opened
            if fence and not fence["info"].strip() and fence["marks"].startswith(marks):
                if (name := re.match(r"\s*\{([\w:-]+)\}", info)) and name[1] not in NO_MARKDOWN:
                    yield from _faults(body, start + 1, prose)
                opened, body = None, []
            else:
                body.append(line)
        elif fence and not (fence["marks"][0] == "`" and "`" in fence["info"]):
            opened = number, fence["marks"], fence["info"]
        else:
            prose.append((number, line))
        cells = len(re.split(r"(?<!\\)\|", line.strip().strip("|"))) if not opened and line.startswith("|") else 0
        if cells and width and cells != width:
            yield number, f"a row of {cells} cells in a table of {width}: `\\|` for a bar in a formula, or `\\vert`"
        width = (width or cells) if cells else 0
    if opened:
        yield opened[0], f"what begins with {opened[1]} has no end"


def faults_of_cells(cells) -> Iterator[str]:
    """What is wrong with the tags and the other metadata of the cells of an executed notebook."""
    for number, cell in enumerate(cells, 1):
        tags = set(cell.metadata.get("tags", []))
        unknown = sorted(tags - TAGS) + sorted(key for key in cell.metadata if key not in METADATA | {"execution"})
        yield from (f"cell {number}: unknown tag or option `{name}`" for name in unknown)
        raised = any(output.output_type == "error" for output in cell.outputs)
        if "raises-exception" in tags and not raised:
            yield f"cell {number}: tagged `raises-exception`, and raises none"


def _check_source(app, docname, source):
    for number, what in faults_of_blocks(source[0]):
        log.warning(what, location=(docname, number))


def _check_page(app, doctree):
    for node, text in leftovers(doctree):
        log.warning("markup shown as text: %s", text, location=node)
    for section in [part for part in doctree.children if isinstance(part, nodes.section)][1:]:
        log.warning("a second title of the page: %s", section[0].astext(), location=section)
    file = executed_notebook(app, app.env.docname)
    if app.env.metadata[app.env.docname].get("kernelspec") and file.is_file():
        cells = [cell for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]
        for what in faults_of_cells(cells):
            log.warning(what, location=app.env.docname)


def _check_solutions(app, env):
    exercises = getattr(env, "sphinx_exercise_registry", {})
    for entry in exercises.values():
        target = entry["node"].get("target_label")
        if target is not None and target not in exercises:
            log.warning("a solution of `%s`, which is no exercise", target, location=entry["docname"])


def setup(app):
    """Connect to Sphinx."""
    app.connect("source-read", _check_source, priority=100)  # as it is written, before anything is put in
    app.connect("doctree-read", _check_page)
    app.connect("env-check-consistency", _check_solutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
