"""The reference of the library has a section for every module, and only for what is there."""

import ast
import re
from pathlib import Path

import pytest

from tlsbook.library_page import expand, modules

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lib/tlsglass"


def test_pages_list_every_module_once_with_its_title():
    rooms = sorted((ROOT / "chapters/d-library").glob("*.md"))
    page = "".join(expand(room.read_text("utf8"), PACKAGE) for room in rooms)
    listed = re.findall(r"^## (\w+)\n\n```\{eval-rst\}\n.*\n\.\. automodule:: (\S+)$", page, re.MULTILINE)
    files = [file.relative_to(PACKAGE.parent).with_suffix("") for file in PACKAGE.rglob("*.py")]
    assert sorted(module for _, module in listed) == sorted(
        ".".join(file.parts) for file in files if not file.name.startswith("_")
    )
    assert all(title == module.split(".")[-1] for title, module in listed)


def test_every_room_has_a_page_of_its_own_which_the_first_page_and_the_table_of_contents_list():
    rooms = [path.stem for path in PACKAGE.iterdir() if path.stem[0] not in "_." and path.suffix in ("", ".py")]
    first = re.findall(r"^- \{doc\}`d-library/(\w+)`", (ROOT / "chapters/d-library.md").read_text("utf8"), re.MULTILINE)
    contents = re.findall(r"- file: chapters/d-library/(\w+)", (ROOT / "_toc.yml").read_text("utf8"))
    assert sorted(first) == sorted(rooms)
    assert contents == first
    for room in rooms:
        text = (ROOT / f"chapters/d-library/{room}.md").read_text("utf8")
        assert text == f"# {room}\n\n% modules: {room}\n"


def test_no_property_begins_with_words_and_a_colon():
    """Napoleon takes what stands before it for the type of the property."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf8"))):
            decorators = [ast.unparse(d).split(".")[-1] for d in getattr(node, "decorator_list", [])]
            if {"property", "cached_property"} & set(decorators):
                first = ast.get_docstring(node).splitlines()[0]
                assert ": " not in re.sub(r":\w+:`[^`]*`", "", first), f"{file.name}: {first}"


def test_other_text_stays_as_it_is():
    assert expand("# Title\n\nmodules: glass\n", PACKAGE) == "# Title\n\nmodules: glass\n"


def test_an_unknown_room_is_refused_by_name():
    with pytest.raises(ValueError, match="modules: 'cellar' is not allowed"):
        modules(PACKAGE, "cellar")
