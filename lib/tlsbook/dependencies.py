"""What the numbers of a chapter depend on: library modules and data files, found by reading code, not by running it.

Code reaches a kernel by more ways than import statements; :mod:`tlsbook.code` sees those that can be seen, and names
those that cannot. A chapter with one of these is refused.
"""

import hashlib
import json
import re
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.metadata import distributions
from pathlib import Path

from tlsbook.code import Code

PACKAGES = ("tlsglass", "tlsbook")
PACKAGE_DESCRIPTION = "datapackage.json"
CHAPTERS = "chapters"  # where the cells run


class Dependencies:
    """Files that the cells of a chapter depend on.

    Parameters
    ----------
    root : Path
        Folder with `lib/`, `data/` and `chapters/`.
    cells : iterable of str
        Source of the chapter's code cells. IPython's magics are allowed.

    Attributes
    ----------
    modules : list of Path
        Files of our packages, and of the folder of the chapters, that the cells import, directly or not.
    data : list of Path
        Other files. A string in the cells or in `modules` names a file of `data/`, with or without its folder. The
        ending may be missing if there is a number: "fig04" stands for `fig04.csv` and for the block means beside it,
        `fig04_blocks.csv`. A string in the cells also names all that its beginning may be completed to ("fig" or
        `f"fig{n:02d}.csv"`), the whole folder ("data"), or a file beside the chapter.
    hidden : list of str
        What in the cells or in `modules` may use code or data that nobody sees.
    """

    def __init__(self, root: Path, cells: Iterable[str]):
        self.root = root
        cells = [Code.of_cell(cell) for cell in cells]
        self.hidden = [f"cell {number}: {what}" for number, cell in enumerate(cells, 1) for what in cell.hidden]
        found, todo = {}, {name for cell in cells for name in cell.imports}
        strings = set()
        while todo:
            name = todo.pop()
            file = _module_file(root, name)
            if file is None or name in found:
                continue
            found[name] = file
            package = name if file.name == "__init__.py" else name.rpartition(".")[0]
            code = _code_of(file, package, file.stat().st_mtime_ns)
            self.hidden += [f"{name}: {what}" for what in code.hidden]
            strings |= code.strings
            todo |= code.imports | {name.rpartition(".")[0]}
        self.modules = sorted(set(found.values()))
        data = {file for text in strings for file in self._named_exactly(text)}
        data |= {file for cell in cells for pattern in cell.patterns for file in self._named_by_cell(pattern)}
        self.data = sorted(data - set(self.modules))

    def _named_exactly(self, text: str) -> list[Path]:
        name = text.removeprefix("../").removeprefix("data/")
        if not re.fullmatch(r"\w[\w.-]*", name):
            return []
        names = [name, f"{name}.csv", f"{name}_blocks.csv"] if re.search(r"\d", name) else [name]
        return [self._all_data[name] for name in names if name in self._all_data]

    def _named_by_cell(self, pattern: str) -> list[Path]:
        if "\n" in pattern or len(pattern) > 200:
            return []
        plain = re.sub(r"\\(.)", r"\1", pattern)
        beside = (self.root / CHAPTERS / plain).resolve()
        if plain and beside.is_file() and beside.is_relative_to(self.root.resolve()):
            return [self.root / beside.relative_to(self.root.resolve())]
        if pattern.startswith(r"\.\./") and ".*" in pattern.removesuffix(".*"):  # "../da*/fig04*", f"../{x}/{y}"
            found = [f for name, f in self._all_data.items() if re.match(pattern, f"../data/{name}")]
            if found:
                return found
        folder, name = re.fullmatch(r"((?:(?:\\\.){1,2}/)*(?:data(?:/|$))?)(.*)", pattern).groups()
        literal = re.sub(r"\.\*|\\", "", name)
        if not folder.rstrip("/").endswith("data") and len(literal) < 3:
            return []
        return [file for file_name, file in self._all_data.items() if re.match(f"{name}.*", file_name)]

    @cached_property
    def _all_data(self) -> dict[str, Path]:
        found = (file for file in (self.root / "data").glob("*") if file.name != PACKAGE_DESCRIPTION)
        return {file.name: file for file in found if file.is_file()}

    @property
    def files(self) -> list[Path]:
        """Every file whose change may change the numbers; the description of the data among them."""
        description = self.root / "data" / PACKAGE_DESCRIPTION
        return [*self.modules, *self.data, *([description] if description.is_file() else [])]

    def digest(self) -> str:
        """Hash of the modules, of the data with their own entries of the data package, and of what is installed."""
        description = self.root / "data" / PACKAGE_DESCRIPTION
        resources = json.loads(description.read_text("utf8"))["resources"] if description.is_file() else []
        names = {file.name for file in self.data}
        described = [resource for resource in resources if Path(str(resource.get("path"))).name in names]
        content = [(f.relative_to(self.root).as_posix(), f.read_bytes()) for f in [*self.modules, *self.data]]
        content.append((PACKAGE_DESCRIPTION, json.dumps(described, sort_keys=True).encode()))
        content.append(("installed", installed().encode()))
        return hash_of(content)


@cache
def installed() -> str:
    """Python and every installed package, with their versions: what the kernels of the chapters import.

    Where this Python installs, not `sys.path`: to import setuptools puts the packages that it brings there.
    """
    places = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    return "\n".join([sys.version, *sorted({f"{d.name}=={d.version}" for d in distributions(path=places)})])


def hash_of(named_contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the hash of files with their names, in this order."""
    digest = hashlib.sha256()
    for name, content in named_contents:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@cache
def _code_of(file: Path, package: str, modified_ns: int) -> Code:
    """Kept by time of change: many chapters and tests depend on the same module."""
    return Code(file.read_text("utf8"), package)


def _module_file(root: Path, name: str) -> Path | None:
    folder = root / ("lib" if name.partition(".")[0] in PACKAGES else CHAPTERS)
    path = folder / Path(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)
