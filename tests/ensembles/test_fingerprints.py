"""The fingerprint of the numerical sources: sees what may change a number, and nothing else."""

import shutil

import pytest

from tlsglass.ensembles import fingerprints
from tlsglass.ensembles.fingerprints import code_of, numerical_sources

SOURCE = '''"""A module."""

import math


def area(r):
    """Area of a circle."""
    return math.pi * r**2  # a comment


class Empty:
    """Nothing in it."""
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [("A module.", "The module."), ("Area of a circle.", "Of a disc."), ("  # a comment", ""), ("\n\n\n", "\n"),
     ("math.pi * r**2", "(math.pi *\n            r ** 2)")],
)  # fmt: skip
def test_words_and_layout_do_not_count(old, new):
    assert old in SOURCE
    assert code_of(SOURCE.replace(old, new)) == code_of(SOURCE)


@pytest.mark.parametrize(("old", "new"), [("**2", "**3"), ("r**2", "2"), ("import math", "import cmath as math")])
def test_code_counts(old, new):
    assert code_of(SOURCE.replace(old, new)) != code_of(SOURCE)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the library's sources that may be edited, and the fingerprint of it."""
    shutil.copytree(fingerprints.LIBRARY, tmp_path / "tlsglass", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprints, "LIBRARY", tmp_path / "tlsglass")
    return tmp_path / "tlsglass", numerical_sources.__wrapped__


def test_what_is_between_a_seed_and_a_number(copied):
    library, fingerprint = copied
    before = fingerprint()
    assert before == numerical_sources()
    for file in ("kernels/concurrence.py", "glass/materials.py", "disorder/realisations.py", "dynamics/states.py",
                 "entanglement/two_qubits.py", "ensembles/ensemble.py", "ensembles/observables.py"):  # fmt: skip
        text = (library / file).read_text("utf-8")
        (library / file).write_text(text + "\n# words\n", "utf-8")
        assert fingerprint() == before, file
        (library / file).write_text(text + "\nx = 1\n", "utf-8")
        assert fingerprint() != before, file
        (library / file).write_text(text, "utf-8")
    for file in ("figures/style.py", "ensembles/averages.py", "ensembles/experiments/isolated.py"):
        (library / file).write_text("")
    assert fingerprint() == before
