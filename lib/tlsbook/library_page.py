"""The reference of the library writes itself: `% modules: dynamics` becomes a section for each module of the room."""

import re
from pathlib import Path

MARKER = re.compile(r"^% modules: (\w+)$", re.MULTILINE)
SECTION = """### {title}

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


def _expand_source(app, docname, source):
    package = Path(app.srcdir) / "lib" / "tlsglass"
    for room in MARKER.findall(source[0]):  # a new file changes its folder, and the page is read again
        app.env.note_dependency(str(package / room))
    source[0] = expand(source[0], package)


def setup(app):
    """Connect to Sphinx."""
    app.connect("source-read", _expand_source)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
