"""Which code made a number: fingerprints of the library's numerical sources, and of a reader's own function.

Kept results carry them. Where they agree, nothing has changed; where they differ, a part is computed again. Comments,
docstrings and layout do not count.
"""

import ast
import functools
from collections.abc import Callable
from pathlib import Path

from tlsglass.ensembles.descriptions import Description, NoDescription, digest, own_module, unwrapped

LIBRARY = Path(__file__).parents[1]
NUMERICAL = ("kernels", "glass", "disorder", "dynamics", "entanglement", "ensembles")
# What in them moves numbers about, or words, but makes none.
PLUMBING = {f"ensembles/{name}.py" for name in (
    "__init__", "averages", "blas", "curve", "descriptions", "fingerprints", "probes", "scheduler", "store"
)}  # fmt: skip


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
    return digest(repr([(name, code_of(file.read_text("utf-8"))) for name, file in named if name not in PLUMBING]))


def fingerprint_of(function: Callable) -> str:
    """Fingerprint of a function: its code, its defaults, and all that it uses, but the code of other modules.

    The code is the compiled one, so another version of Python gives another fingerprint.

    Raises
    ------
    ValueError
        Naming what it uses, if nothing can say whether that has changed: an open file, a lock.
    """
    name = getattr(unwrapped(function), "__qualname__", type(function).__qualname__)
    try:
        return digest(Description(own_module(function)).of(function, name))
    except (NoDescription, RecursionError) as error:
        raise ValueError(
            f"results of {name} cannot be kept: {error}. Average without a folder, or hand it over in another way"
        ) from error
