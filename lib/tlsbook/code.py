"""Python code as it is written: what it imports, which texts it contains, and what in it cannot be seen through."""

import ast
import importlib.util
import re
from functools import cache, cached_property

from IPython.core.inputtransformer2 import TransformerManager

PYTHON_LINES = {"time", "timeit", "prun"}  # magics whose line is Python
PYTHON_BODIES = {"time", "timeit", "prun", "capture"}  # magics whose cell is Python
HARMLESS = {"matplotlib", "config"}  # magics that run nothing of ours
MAGICS = {"run_line_magic", "run_cell_magic"}  # what IPython makes of `%` and `%%`
OPTIONS = re.compile(r"^(?:-\w+(?:\s+\d+)?\s+)*")
LOADERS = {"import_module", "__import__"}
# What may run anything, or ask another machine: names, whatever is done with them; methods; modules, and all that is
# imported without a name.
HIDING_NAMES = {"exec", "eval", "compile", "__builtins__"}
PROCESSES = r"system|popen|exec[lv]\w*|(posix_)?spawn[lv]\w*"
HIDING_METHODS = re.compile(rf"{PROCESSES}|getoutput|create_subprocess_\w+|(load|exec)_module|resolve_name")
IMPORTING = r"sys\.(path|meta_path|path_hooks|modules)"
HIDING_MODULES = re.compile(
    r"(subprocess|runpy|imp|importlib\.(util|machinery)|zipimport|site|builtins|pkgutil|code|codeop|pty|ctypes|cffi"
    r"|c?[pP]rofile|asyncio\.subprocess|socket|http\.client|urllib\.request|urllib3|requests|httpx|aiohttp)(\..*)?"
    rf"|os\.({PROCESSES})|{IMPORTING}|.*\.\*"
)
WILDCARDS = re.compile(r"\*|%[-+ #\d.]*[a-z]|\{[^{}]*\}")  # of glob, of % and of str.format


class Code:
    """Python source; of a cell, with IPython's magics, by `Code.of_cell`.

    Attributes
    ----------
    imports : set of str
        Dotted names that may be modules: for `from a import b` both `a` and `a.b`.
    hidden : list of str
        What may run code or load modules that cannot be seen, in words for its author.
    """

    def __init__(self, source: str, package: str | None = None):
        self.package = package
        self.imports, self.hidden, self.trees = set(), [], []
        self._read(source)

    @classmethod
    @cache
    def of_cell(cls, source: str) -> "Code":
        """Code of a cell. One that is no Python runs nothing: IPython reports its error."""
        code = cls("")
        try:
            code._read(TransformerManager().transform_cell(source))
        except SyntaxError:
            pass
        return code

    def _read(self, source):
        tree = compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        self.trees.append(tree)
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        magics = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in MAGICS}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self.imports.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                self._import_from("." * node.level + (node.module or ""), [alias.name for alias in node.names])
                renamed = [alias for alias in node.names if alias.asname and alias.name in LOADERS]
                self.hidden += [f"`{a.name}` under the name `{a.asname}` is not followed" for a in renamed]
            elif isinstance(node, ast.Call):
                self._call(node)
                if ast.unparse(node.func) == "get_ipython" and id(node) not in magics:
                    self.hidden.append("`get_ipython()` may run anything")
            elif isinstance(node, ast.Name) and node.id in HIDING_NAMES:
                self.hidden.append(f"`{node.id}` may run anything")
            elif isinstance(node, ast.Name) and node.id in LOADERS and id(node) not in called:
                self.hidden.append(f"`{node.id}` under another name is not followed")
            elif isinstance(node, ast.Attribute) and id(node) not in called and _hides(node.attr):
                self.hidden.append(f"`{ast.unparse(node)}` under another name may run anything")
            elif isinstance(node, ast.Attribute) and re.fullmatch(IMPORTING, ast.unparse(node)):
                self.hidden.append(f"`{ast.unparse(node)}` decides what is imported")
        self.hidden += [f"`{name}` may run anything" for name in sorted(self.imports) if HIDING_MODULES.fullmatch(name)]

    def _import_from(self, module, names):
        if module.startswith("."):
            module = importlib.util.resolve_name(module, self.package)
        self.imports.add(module)
        self.imports.update(f"{module}.{name}" for name in names)

    def _call(self, node):
        name = _last(node.func)
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in MAGICS:
            self._magic(*texts, *[""] * (3 - len(texts)))
        elif name in LOADERS:
            if texts and not texts[0].startswith("."):
                self.imports.add(texts[0])
            else:
                self.hidden.append(f"`{ast.unparse(node)}` does not say which module")
        elif isinstance(node.func, ast.Attribute) and _hides(name) or name == "getattr" and any(map(_hides, texts)):
            self.hidden.append(f"`{ast.unparse(node)}` may run anything")

    def _magic(self, name, line, body):
        try:
            if body and name in PYTHON_BODIES:
                self._read(TransformerManager().transform_cell(body))
            if name in PYTHON_LINES:
                self._read(TransformerManager().transform_cell(OPTIONS.sub("", line)))
            elif name not in HARMLESS | PYTHON_BODIES:
                self.hidden.append(f"the magic `%{name}` may run anything: write Python")
        except SyntaxError:
            self.hidden.append(f"`%{name} {line}` cannot be read")

    @cached_property
    def strings(self) -> set[str]:
        """Every constant text."""
        nodes = [node for tree in self.trees for node in ast.walk(tree)]
        return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}

    @cached_property
    def patterns(self) -> set[str]:
        """Every text as a regular expression, with `.*` where something is put in."""
        return {pattern for tree in self.trees for pattern in _patterns(tree)}


def _last(node):
    """Last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _hides(name):
    return name in LOADERS or HIDING_METHODS.fullmatch(name) is not None


def _patterns(node):
    if isinstance(node, ast.JoinedStr):
        parts = [_pattern(v.value) if isinstance(v, ast.Constant) else ".*" for v in node.values]
        yield "".join(parts)
        nodes = [value.value for value in node.values if isinstance(value, ast.FormattedValue)]
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield _pattern(node.value)
        return
    else:
        nodes = ast.iter_child_nodes(node)
    for child in nodes:
        yield from _patterns(child)


def _pattern(text):
    return ".*".join(re.escape(part) for part in WILDCARDS.split(text))
