"""The reference of the library writes itself: `% modules: dynamics` becomes a section for each module of the room."""

import re
from pathlib import Path

MARKER = re.compile(r"^% modules: (\w+)$", re.MULTILINE)
SECTION = """## {title}

```{{eval-rst}}
.. default-role:: literal
.. automodule:: {module}
   :members:
.. default-role::
```
"""


def modules(package: Path, room: str) -> list[str]:
    """Names of the public modules of a room, in order; a room is a folder of the package, or one file.

    Raises
    ------
    ValueError
        If there is no such room.
    """
    place = package / room
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    names = [file.relative_to(package.parent).with_suffix("") for file in files if not file.name.startswith("_")]
    if not names or not all(file.is_file() for file in files):
        raise ValueError(f"modules: {room!r} is not allowed: it must be a folder or a module of {package}")
    return [".".join(name.parts) for name in names]


def expand(text: str, package: Path) -> str:
    """Put the sections in the place of the lines that ask for them."""

    def sections(match):
        return "\n".join(
            SECTION.format(module=module, title=module.removeprefix(f"{package.name}.{match[1]}.").split(".")[-1])
            for module in modules(package, match[1])
        )

    return MARKER.sub(sections, text)


def _package(app) -> Path:
    return Path(app.srcdir) / "lib" / "tlsglass"


def _expand_source(app, docname, source):
    if rooms := MARKER.findall(source[0]):
        app.env.metadata[docname]["modules"] = {room: modules(_package(app), room) for room in rooms}
        source[0] = expand(source[0], _package(app))


def _pages_with_new_modules(app, env, added, changed, removed):
    """Pages to read again: what their modules say is noted by autodoc, what modules there are is not."""
    listed = {docname: page.get("modules", {}) for docname, page in env.metadata.items()}
    return [name for name, page in listed.items() if not all(_is_still(_package(app), *room) for room in page.items())]


def _is_still(package, room, listed):
    try:
        return modules(package, room) == listed
    except ValueError:  # the room is gone: reading the page says so, if it still asks for it
        return False


def setup(app):
    """Connect to Sphinx."""
    app.connect("source-read", _expand_source)
    app.connect("env-get-outdated", _pages_with_new_modules)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
