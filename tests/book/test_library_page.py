"""The reference of the library has a section for every module, and only for what is there."""

import re
from pathlib import Path

import pytest

from tlsbook.library_page import expand, modules

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lib/tlsglass"


def test_page_lists_every_module_once_with_its_title():
    page = expand((ROOT / "chapters/d-library.md").read_text("utf8"), PACKAGE)
    listed = re.findall(r"^### (\w+)\n\n```\{eval-rst\}\n.*\n\.\. automodule:: (\S+)$", page, re.MULTILINE)
    files = [file.relative_to(PACKAGE.parent).with_suffix("") for file in PACKAGE.rglob("*.py")]
    assert sorted(module for _, module in listed) == sorted(
        ".".join(file.parts) for file in files if not file.name.startswith("_")
    )
    assert all(title == module.split(".")[-1] for title, module in listed)


def test_other_text_stays_as_it_is():
    assert expand("# Title\n\nmodules: glass\n", PACKAGE) == "# Title\n\nmodules: glass\n"


def test_an_unknown_room_is_refused_by_name():
    with pytest.raises(ValueError, match="modules: 'cellar' is not allowed"):
        modules(PACKAGE, "cellar")
