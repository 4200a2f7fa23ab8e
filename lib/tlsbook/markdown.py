"""A page as Markdown cells between its code cells: what MyST and Sphinx resolved, as text that any Jupyter shows.

The walk is over the resolved doctree, where every reference has its number, every citation its authors and every glued
number its value. Code cells are taken from the executed notebook.
"""

import re
from collections.abc import Iterable

from docutils import nodes
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from tlsbook.check import cells_to_work_in

HIDDEN = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
NAMES = {"exercise_enumerable_node": "Exercise", "theorem_node": "Theorem", "proof_node": "Proof"}  # boxes
NOT_HERE = "*(Here the page of the chapter has a figure that moves.)*"


class Page:
    """The cells of one page.

    Parameters
    ----------
    doctree : docutils.nodes.document
        Resolved.
    source : NotebookNode
        The executed notebook of the page.
    numbers : dict
        Number of each numbered thing of the page ("3.1"), by id or by the label of an equation.
    solutions : bool
        Whether the solutions of the exercises come too; cells to work in stand in the place of each that does not.
    """

    def __init__(self, doctree: nodes.document, source: NotebookNode, numbers: dict[str, str], solutions: bool):
        self.source, self.numbers, self.solutions = source, numbers, solutions
        self.cells: list[NotebookNode] = []
        self._text: list[str] = []
        self._next, self._withheld = 0, set()
        self._blocks(doctree, 0)
        self._code(len(source.cells) - 1)

    # cells

    def _flush(self):
        text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, self._text))).strip()
        if text:
            self.cells.append(new_markdown_cell(text))
        self._text = []

    def _code(self, upto):
        """Take the code cells up to this one; those before it are not on the page, but later ones need what they do."""
        self._flush()
        for index in range(self._next, upto + 1):
            cell = self.source.cells[index]
            if cell.cell_type != "code" or index in self._withheld:
                continue
            tags = set(cell.metadata.get("tags", []))
            on_page = index == upto and not tags & {"remove-cell", "remove-output"}
            folded = index < upto or tags & HIDDEN
            self.cells.append(
                new_code_cell(
                    cell.source,
                    execution_count=cell.execution_count,
                    outputs=[_without_twin(output) for output in cell.outputs] if on_page else [],
                    metadata={"jupyter": {"source_hidden": True}} if folded else {},
                )
            )
        self._next = max(self._next, upto + 1)

    # blocks

    def _blocks(self, parent, level):
        for node in parent.children:
            self._block(node, level)

    def _block(self, node, level):
        kind = type(node).__name__
        if isinstance(node, nodes.section):
            self._blocks(node, level + 1)
        elif isinstance(node, nodes.title):
            self._text.append("#" * max(1, level) + " " + inline(node))
        elif isinstance(node, nodes.container) and "cell_index" in node:
            self._code(node["cell_index"])
            self._text += [self._caption(figure) for figure in node.findall(nodes.figure)]
        elif kind == "solution_node" and not self.solutions:
            self._withheld |= set(cells_in(node))
            self._flush()
            self.cells += map(new_code_cell, cells_to_work_in(node["target_label"]))
        elif isinstance(node, nodes.Admonition) or kind in NAMES or kind == "solution_node":
            self._box(node, level)
        elif isinstance(node, nodes.math_block):
            self._text.append(self._equation(node))
        elif isinstance(node, nodes.literal_block):
            self._text.append(f"```{node.get('language', '')}\n{node.astext()}\n```")
        elif isinstance(node, (nodes.bullet_list, nodes.enumerated_list)):
            ordered = isinstance(node, nodes.enumerated_list)
            items = [self._item(f"{n}. " if ordered else "- ", item) for n, item in enumerate(node.children, 1)]
            self._text.append("\n".join(items))
        elif isinstance(node, nodes.definition_list):
            for item in node.findall(nodes.definition_list_item):
                self._text.append(f"**{inline(item[0])}** " + self._inside(item[-1]))
        elif isinstance(node, nodes.table):
            self._text += [inline(title) for title in node.findall(nodes.title)] + [self._table(node)]
        elif isinstance(node, nodes.figure):
            self._text += [inline(image) for image in node.findall(nodes.image)] + [self._caption(node)]
        elif isinstance(node, nodes.block_quote):
            self._text.append(quoted(self._inside(node)))
        elif isinstance(node, nodes.raw):
            self._text.append(raw_html(node))
        elif isinstance(node, (nodes.Invisible, nodes.target)):
            pass
        elif isinstance(node, nodes.TextElement):
            self._text.append(inline(node))
        else:
            self._blocks(node, level)

    def _inside(self, node, level=1):
        """Text of the blocks inside a node, which must hold no code cell."""
        outer, self._text = self._text, []
        self._blocks(node, level)
        inner, self._text = self._text, outer
        return "\n\n".join(filter(None, inner))

    def _item(self, mark, item):
        return mark + self._inside(item).replace("\n", "\n" + " " * len(mark))

    def _box(self, node, level):
        """Admonition, exercise, theorem, proof: a quotation under its title; between lines if it holds code cells."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        name = NAMES.get(type(node).__name__, "")
        given = inline(title) if title is not None else ""
        words = " ".join(f"{name} {self._number(node)} {given}".split())
        rest = [child for child in node.children if child is not title]
        if list(cells_in(node)):
            self._text += ["---", f"**{words}**"]
            for child in rest:
                self._block(child, level + 1)
            self._text.append("---")
        else:
            holder = nodes.container("", *[child.deepcopy() for child in rest])
            self._text.append(quoted(f"**{words}**\n\n{self._inside(holder)}"))

    def _number(self, node):
        return next((self.numbers[name] for name in node["ids"] if name in self.numbers), "")

    def _equation(self, node):
        tex, number = node.astext().strip(), node.get("tag") or self.numbers.get(node.get("label"), "")
        if r"\\" in tex and r"\begin" not in tex:
            tex = rf"\begin{{split}}{tex}\end{{split}}"
        return f"$$\n{tex}" + (rf" \tag{{{number}}}" if number else "") + "\n$$"

    def _caption(self, figure):
        number = self._number(figure)
        words = [inline(caption) for caption in figure.findall(nodes.caption)]
        return "\n\n".join([f"**Fig. {number}.** " + word if number else word for word in words])

    def _table(self, node):
        rows = [[self._entry(entry) for entry in row.findall(nodes.entry)] for row in node.findall(nodes.row)]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([*lines[:1], "|" + " --- |" * len(rows[0]), *lines[1:]]) if rows else ""

    def _entry(self, entry):
        return self._inside(entry).replace("\n", " ").replace("|", r"\|")


def _without_twin(output: NotebookNode) -> NotebookNode:
    """Return an output without the narrow twin of its image, which only the page shows."""
    metadata = {mime: {k: v for k, v in of.items() if k != "narrow"} for mime, of in output.get("metadata", {}).items()}
    return NotebookNode(output, metadata=metadata) if metadata else output


def cells_in(node: nodes.Node) -> Iterable[int]:
    """Indices of the code cells inside a node."""
    return (container["cell_index"] for container in node.findall(nodes.container) if "cell_index" in container)


def quoted(text: str) -> str:
    """Text with Markdown's mark of a quotation before every line."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def raw_html(node: nodes.raw) -> str:
    """Return the HTML of a raw node, but words in the place of a figure that needs the scripts of the site."""
    if node.get("format") != "html":
        return ""
    return NOT_HERE if "data-explorer" in node.astext() else node.astext()


def inline(node: nodes.Node) -> str:
    """Markdown of what stands in a line."""
    if isinstance(node, nodes.Text):
        return re.sub(r"([*_`$<\[\]])", r"\\\1", node.astext()).replace("\n", " ")
    if isinstance(node, nodes.math):
        return f"${' '.join(node.astext().split())}$"
    if isinstance(node, nodes.literal):
        return f"`{node.astext()}`"
    if isinstance(node, nodes.image):
        return f"![{node.get('alt', '')}]({node['uri']})"
    if isinstance(node, nodes.raw):
        return raw_html(node)
    if isinstance(node, nodes.system_message):
        return ""
    inner = "".join(map(inline, node.children))
    if isinstance(node, (nodes.emphasis, nodes.title_reference)):
        return f"*{inner}*"
    if isinstance(node, nodes.strong):
        return f"**{inner.strip()}**" + " " * inner.endswith(" ")
    if isinstance(node, nodes.reference) and "://" in node.get("refuri", ""):
        return f"[{inner}]({node['refuri']})"
    return inner
