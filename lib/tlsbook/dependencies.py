"""What the numbers of a chapter depend on: library modules and data files, found by reading code, not by running it.

Two things are not seen: a module imported by a name put together at run time, and a data file whose name is.
"""

import ast
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

PACKAGES = ("tlsglass", "tlsbook")
PACKAGE_DESCRIPTION = "datapackage.json"


class Dependencies:
    """Files that the cells of a chapter depend on.

    Parameters
    ----------
    root : Path
        Folder with `lib/` and `data/`.
    cells : iterable of str
        Source of the chapter's code cells. IPython's magics are allowed.

    Attributes
    ----------
    modules : list of Path
        Files of our packages that the cells import, directly or not.
    data : list of Path
        Files of `data/` named by a string in the cells or in `modules`: "fig04.csv" or "data/fig04.csv" names one,
        "fig04" names `fig04.csv` and the block means beside it, `fig04_blocks.csv`.
    """

    def __init__(self, root: Path, cells: Iterable[str]):
        self.root = root
        magic = TransformerManager().transform_cell
        trees = [ast.parse(magic(cell)) for cell in cells]
        found = {}
        strings = {text for tree in trees for text in _strings(tree)}
        todo = {name for tree in trees for name in _imports(tree, package=None)}
        while todo:
            name = todo.pop()
            file = _module_file(root, name)
            if file is None or name in found:
                continue
            found[name] = file
            package = name if file.name == "__init__.py" else name.rpartition(".")[0]
            imports, texts = _imports_and_strings(file, package, file.stat().st_mtime_ns)
            strings |= texts
            todo |= imports | {name.rpartition(".")[0]}
        self.modules = sorted(found.values())
        self.data = sorted({file for text in strings for file in self._data_files(text)})

    def _data_files(self, text: str) -> list[Path]:
        name = text.removeprefix("../").removeprefix("data/")
        if not re.fullmatch(r"\w[\w.-]*", name) or name == PACKAGE_DESCRIPTION:
            return []
        folder = self.root / "data"
        return [
            file for file in (folder / name, folder / f"{name}.csv", folder / f"{name}_blocks.csv") if file.is_file()
        ]

    @property
    def files(self) -> list[Path]:
        """Every file whose change may change the numbers; the description of the data among them."""
        shared = (self.root / "constraints.txt", self.root / "data" / PACKAGE_DESCRIPTION)
        return [*self.modules, *self.data, *filter(Path.is_file, shared)]

    def digest(self) -> str:
        """Hash of the modules, of the data with their own entries of the data package, and of the versions in use."""
        description = self.root / "data" / PACKAGE_DESCRIPTION
        resources = json.loads(description.read_text("utf8"))["resources"] if description.is_file() else []
        names = {file.name for file in self.data}
        described = [resource for resource in resources if Path(str(resource.get("path"))).name in names]
        versions = self.root / "constraints.txt"
        content = [(f.relative_to(self.root).as_posix(), f.read_bytes()) for f in [*self.modules, *self.data]]
        content.append((PACKAGE_DESCRIPTION, json.dumps(described, sort_keys=True).encode()))
        content.append((versions.name, versions.read_bytes() if versions.is_file() else b""))
        return _hash(content)


def _hash(named_contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in named_contents:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@cache
def _imports_and_strings(file: Path, package: str, modified_ns: int) -> tuple[set[str], set[str]]:
    """Kept by time of change: many chapters and tests depend on the same module."""
    tree = ast.parse(file.read_bytes(), filename=str(file))
    return _imports(tree, package), _strings(tree)


def _module_file(root: Path, name: str) -> Path | None:
    if name.partition(".")[0] not in PACKAGES:
        return None
    path = root / "lib" / Path(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _imports(tree: ast.AST, package: str | None) -> set[str]:
    """Dotted names that may be modules: for `from a import b` both `a` and `a.b`."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            relative = "." * node.level + (node.module or "")
            module = importlib.util.resolve_name(relative, package) if node.level else relative
            names.add(module)
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


def _strings(tree: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
