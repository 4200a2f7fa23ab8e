"""What a chapter's numbers depend on is found by reading its cells and the library."""

import json

import pytest

from tlsbook.dependencies import Dependencies

LIBRARY = {
    "__init__.py": "",
    "states.py": "from tlsglass import couplings\n",
    "couplings.py": "from . import units\n",
    "units.py": "W = 1\n",
    "ensembles.py": "FIGURE = 'fig05'\n",
    "figures/__init__.py": "from .decay import decay\n",
    "figures/decay.py": "def decay(): pass\n",
    "kernels/__init__.py": "",
}


@pytest.fixture
def root(tmp_path):
    for name, source in LIBRARY.items():
        file = tmp_path / "lib" / "tlsglass" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
    (tmp_path / "data").mkdir()
    for name in ("fig04.csv", "fig04_blocks.csv", "fig05.csv", "table.json"):
        (tmp_path / "data" / name).write_text(name)
    describe(tmp_path, {"fig04.csv": 1, "fig05.csv": 1})
    return tmp_path


def describe(root, seeds):
    resources = [{"path": path, "seed": seed} for path, seed in seeds.items()]
    (root / "data" / "datapackage.json").write_text(json.dumps({"resources": resources}))


def names(files, root):
    return {file.relative_to(root).as_posix() for file in files}


@pytest.mark.parametrize(
    ("cell", "modules"),
    [
        ("import numpy as np", set()),
        ("import tlsglass", {"__init__.py"}),
        ("from tlsglass.states import pair", {"__init__.py", "states.py", "couplings.py", "units.py"}),
        ("from tlsglass import kernels", {"__init__.py", "kernels/__init__.py"}),
        ("%matplotlib inline\nimport tlsglass.units", {"__init__.py", "units.py"}),
        ("from tlsglass.figures import decay", {"__init__.py", "figures/__init__.py", "figures/decay.py"}),
        ("def f():\n    from tlsglass import units", {"__init__.py", "units.py"}),
    ],
)
def test_modules_are_the_closure_of_the_imports(root, cell, modules):
    assert names(Dependencies(root, [cell]).modules, root / "lib" / "tlsglass") == modules


@pytest.mark.parametrize(
    ("cell", "data"),
    [
        ("load('fig04')", {"fig04.csv", "fig04_blocks.csv"}),
        ("load('fig04.csv')", {"fig04.csv"}),
        ("open('../data/table.json')", {"table.json"}),
        ("from tlsglass import ensembles", {"fig05.csv"}),
        ("print('see fig04 and fig05'); load('fig99'); open('../../etc'); open('')", set()),
    ],
)
def test_data_files_are_found_by_their_names(root, cell, data):
    assert names(Dependencies(root, [cell]).data, root / "data") == data


def test_digest_follows_modules_and_data_but_nothing_else(root):
    def digest():
        return Dependencies(root, ["from tlsglass import couplings", "load('fig04')"]).digest()

    before = digest()
    (root / "lib" / "tlsglass" / "states.py").write_text("changed = 1\n")
    (root / "data" / "fig05.csv").write_text("changed")
    describe(root, {"fig04.csv": 1, "fig05.csv": 2})
    assert digest() == before

    edits = {
        "lib/tlsglass/units.py": "W = 2\n",
        "data/fig04.csv": "changed",
        "data/datapackage.json": json.dumps({"resources": [{"path": "fig04.csv", "seed": 2}]}),
        "constraints.txt": "numpy==9",
    }
    for name, content in edits.items():
        file = root / name
        old = file.read_bytes() if file.is_file() else b""
        file.write_text(content)
        assert digest() != before, name
        file.write_bytes(old)
        assert digest() == before, name
