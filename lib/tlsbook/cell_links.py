"""Names of the library in a chapter's cells lead to what the reference says of them, and from there to their source.

sphinx-codeautolink would do this, but stops at a chapter with exercises ("pop from empty list") and forgets, at the
next build, the links of every page that is no `.rst` file. Here nothing is kept: the links are put into a page each
time it is written, and a name that may stand for something else gets none.
"""

import ast
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import get_type_hints

CELL = re.compile(r'(<div class="highlight-ipython3 notranslate"><div class="highlight"><pre>)(.*?)(</pre>)', re.DOTALL)
PIECE = re.compile(r"<[^>]*>|[^<]+")
PACKAGE = "tlsglass"


@dataclass(frozen=True)
class Link:
    """Characters `start` to `end` of a cell are about the object of that full name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class _Instance:
    """What is known of a value that a call returns: its class."""

    of: type


NOT_OURS = object()  # any other value


class Names(ast.NodeVisitor):
    """What names stand for in the cells of one page, which are read in order.

    Parameters
    ----------
    documented : container of str
        Full names of the objects that have an entry in the reference.
    """

    def __init__(self, documented):
        self.documented, self.bound = documented, {}

    def links(self, source: str) -> list[Link]:
        """Return the links of the next cell; none if it is no Python."""
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return []
        self.found, self.lines = [], source.splitlines(keepends=True)
        inner = [node for node in ast.walk(tree) if isinstance(node, ast.arg | ast.comprehension)]
        targets = [node.target if isinstance(node, ast.comprehension) else node for node in inner]
        self.hidden = {getattr(n, "arg", getattr(n, "id", None)) for target in targets for n in ast.walk(target)}
        self.visit(tree)
        return sorted(self.found, key=lambda link: link.start)

    def _position(self, line, column):
        """Characters before a place; the tree counts bytes of UTF-8."""
        return sum(map(len, self.lines[: line - 1])) + len(self.lines[line - 1].encode()[:column].decode())

    def _add(self, name, node, length=None):
        """Link `node`, or its last characters, to the entry of a full name, if it has one."""
        if name in self.documented:
            end = self._position(node.end_lineno, node.end_col_offset)
            start = self._position(node.lineno, node.col_offset) if length is None else end - length
            self.found.append(Link(start, end, name))

    def visit_ImportFrom(self, node):
        """Bind what comes from our package, and link it."""
        for alias in node.names:
            value = _imported(f"{node.module}.{alias.name}") if node.module.split(".")[0] == PACKAGE else NOT_OURS
            self.bound[alias.asname or alias.name] = value
            self._add(_full_name(value), alias)

    def visit_Import(self, node):
        """Bind modules under the name that the cell gives them."""
        for alias in node.names:
            name = alias.name if alias.asname else alias.name.split(".")[0]
            self.bound[alias.asname or name] = _imported(name) if name.split(".")[0] == PACKAGE else NOT_OURS

    def visit_Assign(self, node):
        """Remember what a name stands for from here on."""
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)
            if isinstance(target, ast.Name):
                self.bound[target.id] = self._value(node.value)

    def visit_FunctionDef(self, node):
        """A function of the cell's own hides what its name meant."""
        self.bound.pop(node.name, None)
        self.generic_visit(node)

    def visit_JoinedStr(self, node):
        """Python 3.11 does not know where the parts of an f-string stand."""

    def visit_Name(self, node):
        """Link a name that is used; one that gets a new value loses its meaning."""
        if isinstance(node.ctx, ast.Load):
            self._add(_full_name(self._value(node)), node)
        else:
            self.bound.pop(node.id, None)

    def visit_Attribute(self, node):
        """Link `module.name` as a whole, and of `value.name` the name."""
        owner = self._value(node.value)
        if isinstance(node.value, ast.Name) and not isinstance(owner, _Instance):
            self._add(_full_name(self._value(node)), node)
        else:
            self.visit(node.value)
            own = isinstance(owner, _Instance)
            name = f"{_full_name(owner.of)}.{node.attr}" if own else _full_name(self._value(node))
            self._add(name, node, length=len(node.attr))

    def _value(self, node):
        match node:
            case ast.Name(id=name):
                return NOT_OURS if name in self.hidden else self.bound.get(name, NOT_OURS)
            case ast.Attribute(value=owner, attr=attr):
                owner = self._value(owner)
                if isinstance(owner, _Instance):
                    return _returned(getattr(owner.of, attr, None)) or _hint(owner.of, attr)
                return NOT_OURS if owner is NOT_OURS else getattr(owner, attr, NOT_OURS)
            case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if isinstance(self._value(owner), _Instance):
                return _hint(getattr(self._value(owner).of, attr, None), "return")
            case ast.Call(func=function):
                function = self._value(function)
                return _Instance(function) if isinstance(function, type) else _hint(function, "return")
        return NOT_OURS


def _imported(name):
    try:
        return import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return getattr(import_module(module), attribute, NOT_OURS)


def _full_name(value) -> str | None:
    if isinstance(value, ModuleType):
        return value.__name__
    return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else None


def _returned(attribute):
    """Value of a property, by its annotation."""
    return _hint(attribute.fget, "return") if isinstance(attribute, property) else None


def _hint(owner, key):
    try:
        hint = get_type_hints(owner).get(key)
    except (TypeError, NameError):
        return NOT_OURS
    return _Instance(hint) if isinstance(hint, type) else NOT_OURS


def with_links(body: str, documented, address: Callable[[str], str]) -> str:
    """Put the links into the cells of a page.

    Parameters
    ----------
    body : str
        HTML of the page.
    documented : container of str
        Full names with an entry in the reference.
    address : callable
        Gives the address of the entry of a full name, as seen from the page.
    """
    names = Names(documented)

    def linked(match):
        source = html.unescape(re.sub("<[^>]*>", "", match[2]))
        links = [(link.start, link.end, address(link.name), link.name) for link in names.links(source)]
        return match[1] + _insert(match[2], links) + match[3]

    return CELL.sub(linked, body)


def _insert(code, links):
    """Put anchors around whole words; what begins or ends within a word of the highlighter gets none."""
    pieces, at, starts, ends = PIECE.findall(code), 0, {}, {}
    for i, piece in enumerate(pieces):
        if not piece.startswith("<"):
            in_span = i > 0 and pieces[i - 1].startswith("<span")
            starts[at] = i - in_span
            at += len(html.unescape(piece))
            ends[at] = i + in_span
    for start, end, address, name in links:
        if start in starts and end in ends:
            opening = f'<a class="cell-link" href="{html.escape(address)}" title="{html.escape(name)}">'
            pieces[starts[start]] = opening + pieces[starts[start]]
            pieces[ends[end]] += "</a>"
    return "".join(pieces)


def _link_cells(app, pagename, templatename, context, doctree):
    if doctree is not None and app.builder.name == "html" and "body" in context:
        objects = app.env.domains["py"].objects

        def address(name):
            return f"{app.builder.get_relative_uri(pagename, objects[name].docname)}#{objects[name].node_id}"

        context["body"] = with_links(context["body"], objects, address)


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", _link_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
