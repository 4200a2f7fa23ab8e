"""What the prose glues, what a text alternative says and what a provenance line covers comes from the code.

The cells are read, not run. An expression is *typed* if nothing in it was computed: literals, names that stand for
typed expressions, and operators and formats of these. Words without a number may stand beside a drawing that takes no
argument: nothing in it was computed either.
"""

import ast
from pathlib import Path

import pytest

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[2]
FORMATS = {"scientific", "power_of_ten", "Estimate", "exact", "percent"}  # of ours: they only write a number
CONVERSIONS = {"array", "asarray", "float64", "round"}  # of numpy: they only hand a number on
BUILTINS = set(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)


class Cells:
    """All cells of a chapter, as one module."""

    def __init__(self, sources):
        self.tree = ast.parse("\n".join("\n".join(s for s in c.splitlines() if s[:1] not in "%!") for c in sources))
        self.calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        self.values = {}  # name -> everything that is ever assigned to it; None if it cannot be followed
        for node in ast.walk(self.tree):
            self._assignments(node)
        self.typed_names = self._closure(
            lambda values, known: all(v is not None and self.typed(v, known) for v in values)
        )
        self.from_results = self._closure(
            lambda values, known: any(v is not None and self.names(v) & (known | {"results"}) for v in values)
        )

    def _assignments(self, node):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
            self._bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            self._bind(node.target, node.iter)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for value in node.args:  # found.append(value), found.update(value)
                self._bind_base(node.func.value, value)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.values.setdefault(node.name, []).append(None)

    def _bind(self, target, value):
        if isinstance(value, ast.Dict | ast.List) and not ast.unparse(value)[1:-1]:
            value = None  # filled later, perhaps under another name
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for one, its_value in zip(target.elts, value.elts, strict=True):
                self._bind(one, its_value)
        else:
            for name in ast.walk(target):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    self.values.setdefault(name.id, []).append(value)
            if isinstance(target, ast.Subscript | ast.Attribute):
                self._bind_base(target, value)

    def _bind_base(self, target, value):
        """Note a value that is put into something: into `a` for `a.b[c]`."""
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name) and target.id in self.values:
            self.values[target.id].append(value)

    def _closure(self, rule):
        known = set()
        while more := {name for name, values in self.values.items() if name not in known and rule(values, known)}:
            known |= more
        return known

    @staticmethod
    def names(node):
        return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}

    def typed(self, node, names=None):
        """Whether nothing in the expression was computed."""
        names = self.typed_names if names is None else names
        numpys = {a.attr for a in ast.walk(node) if isinstance(a, ast.Attribute) and ast.unparse(a.value) == "np"}
        return self.names(node) <= names | FORMATS | BUILTINS | {"np"} and numpys <= CONVERSIONS

    def glued(self):
        """Calls of glue, by key, with the glued expression."""
        return [(ast.unparse(c.args[0]), c.args[1]) for c in self._called("glue")]

    def shown(self):
        """Calls of show: the call, and its text alternative."""
        for call in self._called("show"):
            keywords = {k.arg: k.value for k in call.keywords}
            yield call, keywords["alt"] if "alt" in keywords else call.args[1], keywords.get("provenance")

    @staticmethod
    def drawing_in_words(call, alt):
        """Whether a drawing that depends on nothing is described without any number."""
        drawing = call.args[0]
        bare = isinstance(drawing, ast.Call) and not drawing.args and not drawing.keywords
        return bare and isinstance(alt, ast.Constant) and not any(c.isdigit() for c in alt.value)

    def _called(self, name):
        return [call for call in self.calls if ast.unparse(call.func) == name]

    def faults(self):
        """Everything that is not as the first line of this file says."""
        found = [f"glue({key}, {ast.unparse(v)}) is typed by hand" for key, v in self.glued() if self.typed(v)]
        for call, alt, provenance in self.shown():
            if self.typed(alt) and not self.drawing_in_words(call, alt):
                found.append(f"nothing in this text alternative is computed: {ast.unparse(alt)[:60]}")
            if provenance is None and self.names(call) & (self.from_results | {"results"}):
                found.append(f"no provenance of the results in {ast.unparse(call)[:60]}")
            if provenance is not None and self.typed(provenance):
                found.append(f"this provenance is typed by hand: {ast.unparse(provenance)[:60]}")
        return found


@pytest.mark.parametrize(
    "cell",
    [
        "glue('x', 0.81, display=False)",
        "glue('x', f'{0.81:.2f}', display=False)",
        "slope = 0.81\nglue('x', f'{slope:.2f}', display=False)",
        "a, b = 1, 2\nc = np.array(a) / b\nglue('x', str(round(c, 2)), display=False)",
        "glue('x', scientific(3e-5), display=False)",
        "for x in (1.5, 2.5):\n    glue('x', x, display=False)",
        "show(draw(), 'A line that rises from 1 to 2.')",
        "top = 3\nshow(draw(), alt=f'A line up to {top}.')",
        "show(draw(curve), 'A line that rises.')",
        "c = results.curves('fig04')\nfits = fit(c)\nshow(draw(fits), f'{fits[0]}')",
        "c = results.curves('fig04')\nshow(draw(c), f'{c[0]}', provenance=SimpleNamespace(seed=1))".replace(
            "SimpleNamespace", "dict"
        ),
    ],
)
def test_rule_finds_what_is_typed(cell):
    assert len(Cells([cell]).faults()) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "slope = fit(curve)\nglue('x', f'{slope:.2f}', display=False)",
        "glue('x', len(curve.time), display=False)",
        "slope = 0\nslope = fit(curve)\nglue('x', slope, display=False)",
        "def f(x): return x\nglue('x', f(2), display=False)",
        "show(draw(), f'A line up to {top(2):.1f}.')",
        "show(draw(), 'A ball in a bowl.')",
        "c = results.curves('fig04')\nshow(draw(c), f'{c[0]}', provenance=results.provenance(c))",
    ],
)
def test_rule_lets_pass_what_is_computed(cell):
    assert Cells([cell]).faults() == []


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)
def test_nothing_is_typed_that_looks_computed(chapter):
    assert Cells([cell.source for cell in chapter.code_cells]).faults() == []
