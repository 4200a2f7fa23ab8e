"""The examples in the docstrings of the library run, and print what they say."""

import doctest
import functools
import importlib
import pkgutil

import pytest

import tlsglass
from tlsglass.ensembles import averages as ensembles

MODULES = sorted(m.name for m in pkgutil.walk_packages(tlsglass.__path__, "tlsglass."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, empty_library, monkeypatch):
    # the first call of a kernel compiles it, which can take long enough for the progress bar to appear
    monkeypatch.setattr(ensembles, "tqdm", functools.partial(ensembles.tqdm, disable=True))
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples():
    """An example was found where one is known to be."""
    finder = doctest.DocTestFinder()
    module = importlib.import_module("tlsglass.entanglement.two_qubits")
    assert any(test.examples for test in finder.find(module))
