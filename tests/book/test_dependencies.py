"""What a chapter's numbers depend on is found by reading its cells and the library."""

import json
import sys
from pathlib import Path

import numpy
import pytest

from tlsbook.chapters import chapters
from tlsbook.dependencies import Dependencies, installed

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


FIGURES = {"fig04.csv", "fig04_blocks.csv", "fig05.csv"}


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
        ("%%time\nimport tlsglass.units", {"__init__.py", "units.py"}),
        ("%%capture out\nimport tlsglass.units", {"__init__.py", "units.py"}),
        ("%%timeit -n 3\nimport tlsglass.units", {"__init__.py", "units.py"}),
        ("%time import tlsglass.units", {"__init__.py", "units.py"}),
        ("import importlib\nimportlib.import_module('tlsglass.units')", {"__init__.py", "units.py"}),
        ("__import__('tlsglass.units')", {"__init__.py", "units.py"}),
        ("import tlsglass.units\nawait wait()", {"__init__.py", "units.py"}),
        ("import tlsglass.units\nprint('a'", set()),  # IPython runs nothing of it
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
        ("open('./../data/table.json')", {"table.json"}),
        ("open('../lib/tlsglass/../../data/table.json')", {"table.json"}),
        ("from tlsglass import ensembles", {"fig05.csv"}),
        ("load(f'fig{n:02d}')", FIGURES),
        ("load('fig%02d.csv' % n); load('fig{:02d}.csv'.format(n))", FIGURES),
        ("load('fig0' + str(n))", FIGURES),
        ("load(f'{name}.csv')", FIGURES),
        ("Path('../data').glob('*')", FIGURES | {"table.json"}),
        ("Path('..') / 'data' / name", FIGURES | {"table.json"}),
        ("np.load('../data/table.json')", {"table.json"}),
        ("os.path.join('..', 'data', 'fig04.csv')", FIGURES | {"table.json"}),
        ("glob.glob('../da*/fig04*')", {"fig04.csv", "fig04_blocks.csv"}),
        ("open(f'../{folder}/table.json')", {"table.json"}),
        ("print('see fig04 and fig05'); load('fig99'); open('../../etc'); open('')", set()),
        ("print(f'{x:.2f} of {y}', f'{x}', '%d' % n, 'table of figures')", set()),
    ],
)
def test_data_files_are_found_by_their_names(root, cell, data):
    assert names(Dependencies(root, [cell]).data, root / "data") == data


def test_file_beside_the_chapter_counts(root):
    (root / "chapters").mkdir()
    (root / "chapters" / "notes.txt").write_text("1")
    (root / "chapters" / "helper.py").write_text("from tlsglass import units\n")
    found = Dependencies(root, ["import helper\nopen('notes.txt')"])
    assert names(found.data, root) == {"chapters/notes.txt"}
    assert names(found.modules, root) == {"chapters/helper.py", "lib/tlsglass/__init__.py", "lib/tlsglass/units.py"}


@pytest.mark.parametrize(
    "cell",
    [
        "%run helper.py", "%load helper.py", "!python helper.py", "%%bash\npython helper.py", "files = !ls",
        "importlib.import_module(name)", "importlib.import_module('.units', 'tlsglass')", "__import__(name)",
        "exec(text)", "eval(text)", "import subprocess", "from os import system", "os.system('ls')", "import runpy",
        "import sys\nsys.path.insert(0, 'x')", "%time %run helper.py", "%%capture\n%run helper.py", "run = exec",
        "from importlib import import_module as load\nload('tlsglass.units')", "load = importlib.import_module",
        "load = __import__", "import builtins", "map(eval, texts)", "compile(text, 'x', 'exec')", "from os import *",
        "from importlib.machinery import SourceFileLoader", "import pkgutil", "os.execv('ls', [])",
        "asyncio.create_subprocess_exec('ls')", "getattr(os, 'system')('ls')", "run = os.system",
        "from os import spawnl", "from sys import path\npath.append('x')", "sys.modules['builtins']",
        "import zipimport",
        "sys.meta_path.append(finder)", "import site\nsite.addsitedir('x')", "import cProfile\ncProfile.run(text)",
        "import urllib.request", "from urllib.request import urlopen", "import requests", "import asyncio.subprocess",
        "get_ipython().run_cell(text)", "shell = get_ipython()", "from tlsglass import *",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_named(root, cell):
    assert Dependencies(root, ["x = 1", cell]).hidden[0].startswith("cell 2: ")


def test_what_a_module_hides_is_named(root):
    (root / "lib" / "tlsglass" / "units.py").write_text("exec(text)\n")
    (found,) = Dependencies(root, ["import tlsglass.units"]).hidden
    assert found.startswith("tlsglass.units: ")


@pytest.mark.parametrize(
    "cell",
    [
        "frame.eval('x + y')",
        "%matplotlib inline",
        "%config X = 1",
        "system(1)",
        "%%time\n1",
        "map(system, samples)",
        "rng.spawn(2)",
        "re.compile('x')",
        "from a import system as s",
    ],
)
def test_what_hides_nothing_is_not_refused(root, cell):
    assert Dependencies(root, [cell]).hidden == []


def test_chapters_of_this_book_hide_nothing_and_none_depends_on_the_ledger_of_equations():
    root = Path(__file__).resolve().parents[2]
    for chapter in chapters(root):
        found = Dependencies(root, [cell.source for cell in chapter.code_cells])
        assert found.hidden == [], chapter.name
        assert root / "data/equations.csv" not in found.data, chapter.name


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
    }
    for name, content in edits.items():
        file = root / name
        old = file.read_bytes() if file.is_file() else b""
        file.write_text(content)
        assert digest() != before, name
        file.write_bytes(old)
        assert digest() == before, name


def test_digest_follows_what_is_installed(root, monkeypatch):
    before = Dependencies(root, ["import numpy"]).digest()
    monkeypatch.setattr("tlsbook.dependencies.installed", lambda: "numpy==9")
    assert Dependencies(root, ["import numpy"]).digest() != before


def test_installed_is_what_is_there_and_not_what_was_asked_for(tmp_path, monkeypatch):
    assert f"numpy=={numpy.__version__}" in installed().splitlines()
    assert sys.version in installed()
    (tmp_path / "brought-1.0.dist-info").mkdir()
    metadata = "Metadata-Version: 2.1\nName: brought\nVersion: 1.0\n"
    (tmp_path / "brought-1.0.dist-info/METADATA").write_text(metadata)
    monkeypatch.syspath_prepend(tmp_path)
    installed.cache_clear()
    assert "brought" not in installed()
