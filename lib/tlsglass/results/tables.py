"""Committed tables: tidy CSV files, and one `datapackage.json` (Frictionless) that says what is in them.

Every computed file's SHA-256 is in the data package: a damaged table is never read as data. Line endings do not count,
since git may change them.
"""

import hashlib
import io
import json
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath

import pandas as pd

from tlsglass._files import locked, write_atomically
from tlsglass.ensembles.store import DamagedFile
from tlsglass.results.ledgers import LEDGERS, resources

PACKAGE = "datapackage.json"
Fields = dict[str, tuple[str, str]]  # name: (type in the words of Frictionless, description)


def write_table(
    folder: Path,
    name: str,
    frame: pd.DataFrame,
    fields: Fields,
    title: str,
    runs: Sequence[dict] = (),
    labels: Collection[str] = (),
    **more,
) -> Path:
    """Write a table and its part of the data package, each atomically, while nobody else writes there.

    Parameters
    ----------
    folder : Path
    name : str
        Of the table; the file is `name.csv`.
    frame : pandas.DataFrame
        Has the columns of `fields`.
    fields : dict
        For each column its type ("number", "integer", "string") and what it is.
    title : str
    runs : sequence of dict
        How it was computed: parameters, seeds, counts, run times.
    labels : collection of str
        Columns of which every number comes back as the very number it is. The others are written to 12 digits.
    **more
        Further properties of the table for the data package.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If the columns are not those of `fields`.
    """
    if list(frame.columns) != list(fields):
        raise ValueError(f"frame has the columns {list(frame.columns)}: it must have {list(fields)}")
    text = pd.DataFrame({n: [_text(x, n in labels) for x in frame[n]] for n in fields})
    content = text.to_csv(index=False, lineterminator="\n").encode()
    resource = {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": n, "type": t, "description": d} for n, (t, d) in fields.items()]},
        "bytes": len(content),
        "hash": _hash(content),
        "library_version": version("tlsglass"),
        **more,
        "runs": list(runs),
    }
    with locked(folder):
        write_atomically(folder / resource["path"], lambda file: file.write(content))
        _register(folder, resource)
    return folder / resource["path"]


def find(folder: Path, name: str) -> dict | None:
    """Return what the data package says of a table; None if there is no such table.

    Raises
    ------
    DamagedFile
        If the data package is malformed.
    """
    return next((r for r in read_package(folder)["resources"] if r["name"] == name), None)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return a table as it was written.

    Raises
    ------
    DamagedFile
        If the table is not what the data package says, or not in it.
    OSError
        If the file cannot be read.
    """
    resource = find(folder, name)
    if resource is None:
        raise DamagedFile(f"{folder / PACKAGE} has no table {name}: write it with `make data FIG={name}`")
    path = folder / resource["path"]
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DamagedFile(f"{path} is not there: restore it, or write it again with `make data`") from error
    if _hash(content) != resource.get("hash"):
        raise DamagedFile(
            f"{path} is not the file that {PACKAGE} describes: restore it, or write it again with `make data`"
        )
    text = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    # not left to pandas, whose fast route from text to numbers may miss the last bit
    types = {"integer": int, "number": float}
    try:
        return text.astype({f["name"]: types[f["type"]] for f in resource["schema"]["fields"] if f["type"] in types})
    except (KeyError, ValueError) as error:
        raise damaged(folder, f"{path.name} does not have the columns that it describes: {error}") from error


def read_package(folder: Path) -> dict:
    """Return the data package of a folder; one without tables if there is none.

    Raises
    ------
    DamagedFile
        If it is no data package, or names a file outside the folder.
    """
    path = folder / PACKAGE
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {
            "name": "tlsglass",
            "title": "Dynamics of two-level systems in glasses: disorder averages",
            "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
            "resources": [],
        }
    except UnicodeDecodeError as error:
        raise damaged(folder, error) from error
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged(folder, error) from error
    entries = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(entries, list):
        raise damaged(folder, "it has no list of resources")
    for number, resource in enumerate(entries):
        if (fault := _fault(folder, resource)) is not None:
            raise damaged(folder, f"resource {number}: {fault}")
    return package


def _fault(folder: Path, resource) -> str | None:
    """Say what is wrong with an entry of the data package."""
    if not isinstance(resource, dict) or not all(isinstance(resource.get(key), str) for key in ("name", "path")):
        return "it must have a name and a path"
    path = PurePosixPath(resource["path"])
    if path.is_absolute() or ".." in path.parts or not (folder / path).resolve().is_relative_to(folder.resolve()):
        return f"its path {resource['path']!r} leaves {folder}"
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not _are_objects(fields, name=str, type=str):
        return "its schema must have fields, each with a name and a type"
    runs = resource.get("runs", [])
    if not _are_objects(runs):
        return "its runs must be a list of objects"
    needed = dict(name=str, version=(int, str), run_time_s=(int, float))
    if not all(_are_objects(run.get("observables", []), **needed) for run in runs):
        return "the observables of its runs must be a list of objects, each with a name, a version and a run_time_s"
    return None


def _are_objects(entries, **types) -> bool:
    """Whether it is a list of objects that have these properties, of these types."""
    return isinstance(entries, list) and all(
        isinstance(entry, dict) and all(isinstance(entry.get(name), kind) for name, kind in types.items())
        for entry in entries
    )


def damaged(folder: Path, why) -> DamagedFile:
    """Return the error that says what is wrong with the data package of a folder."""
    return DamagedFile(f"{folder / PACKAGE} is damaged ({why}): restore it, or write the tables again with `make data`")


def _register(folder: Path, resource: dict) -> None:
    package = read_package(folder)
    fresh = [resource, *resources(folder)]
    others = [r for r in package["resources"] if r["name"] not in {resource["name"], *LEDGERS}]
    package["resources"] = sorted([*others, *fresh], key=lambda r: r["name"])
    content = (json.dumps(package, indent=1) + "\n").encode()
    write_atomically(folder / PACKAGE, lambda file: file.write(content))


def _text(value, exact: bool) -> str:
    """Write a number without a needless ".0": its shortest exact text, or 12 digits."""
    if not isinstance(value, float):
        return str(value)
    return repr(float(value)).removesuffix(".0") if exact else f"{value:.12g}"


def _hash(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
