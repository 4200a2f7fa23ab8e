"""Which code made a number: fingerprints of the library's numerical sources, and of a reader's own function.

Kept results carry them. Where they agree, nothing has changed; where they differ, a part is computed again. Comments,
docstrings and layout do not count.
"""

import ast
import functools
import hashlib
import inspect
import types
from collections.abc import Callable
from pathlib import Path

LIBRARY = Path(__file__).parents[1]
NUMERICAL = ("kernels", "glass", "disorder", "dynamics", "entanglement", "ensembles")
# What in them moves numbers about, or words, but makes none.
PLUMBING = {f"ensembles/{name}.py" for name in (
    "__init__", "averages", "curve", "fingerprints", "probes", "scheduler", "store"
)}  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def code_of(source: str) -> str:
    """Return Python source without comments, docstrings and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):  # docstrings, and strings that stand alone
            bare = [x for x in body if not (isinstance(x, ast.Expr) and isinstance(x.value, ast.Constant))]
            node.body = bare or [ast.Pass()]
    return ast.unparse(tree)


@functools.cache
def numerical_sources() -> str:
    """Fingerprint of all library code between a seed and a number."""
    files = [file for part in NUMERICAL for file in sorted((LIBRARY / part).glob("*.py"))]
    named = [(file.relative_to(LIBRARY).as_posix(), file) for file in files]
    return _digest(repr([(name, code_of(file.read_text("utf-8"))) for name, file in named if name not in PLUMBING]))


def fingerprint_of(function: Callable) -> str:
    """Fingerprint of a function: its code, its defaults, and the values and functions of its own module it uses.

    What it imports from other modules is not looked at. The code is the compiled one, so another version of Python
    gives another fingerprint.
    """
    return _digest(repr(_description(function, seen=[])))


def _description(value, seen: list):
    """Nested tuples that say what `value` is; a function is described once."""
    if inspect.ismethod(value):
        return _description(value.__func__, seen), _description(value.__self__, seen)
    if isinstance(value, functools.partial):
        return _description(value.func, seen), _description((value.args, value.keywords), seen)
    if isinstance(value, types.FunctionType):
        if value in seen:
            return value.__qualname__
        seen.append(value)
        names, cells = _names(value.__code__), value.__closure__ or ()
        used = {name: value.__globals__[name] for name in sorted(names & set(value.__globals__))}
        own = {n: v for n, v in used.items() if getattr(v, "__module__", value.__module__) == value.__module__}
        return (
            _code(value.__code__, value.__doc__), _description((value.__defaults__, value.__kwdefaults__), seen),
            tuple(_description(cell.cell_contents, seen) for cell in cells), _description(own, seen),
        )  # fmt: skip
    if isinstance(value, dict):
        return tuple((str(name), _description(v, seen)) for name, v in value.items())
    if isinstance(value, (tuple, list)):
        return tuple(_description(v, seen) for v in value)
    if hasattr(value, "tobytes"):  # an array: its repr leaves numbers out
        return str(value.dtype), value.shape, hashlib.sha256(value.tobytes()).hexdigest()
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return value
    if isinstance(value, (types.ModuleType, type, types.BuiltinFunctionType)):
        return value.__name__
    return type(value).__qualname__, _description(getattr(value, "__dict__", {}), seen)


def _names(code: types.CodeType) -> set[str]:
    inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
    return set(code.co_names).union(*(_names(c) for c in inner))


def _code(code: types.CodeType, docstring: str | None = None) -> tuple:
    """Instructions, names and constants, without the docstring."""
    kept = [None if docstring is not None and c == docstring else c for c in code.co_consts]
    constants = tuple(_code(c) if isinstance(c, types.CodeType) else repr(c) for c in kept)
    return code.co_code, code.co_names, code.co_varnames, constants
