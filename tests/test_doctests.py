"""The examples in the docstrings of the library run, and print what they say."""

import doctest
import importlib
import pkgutil

import pytest

import tlsglass

MODULES = sorted(m.name for m in pkgutil.walk_packages(tlsglass.__path__, "tlsglass."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name, empty_library):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples():
    """An example was found where one is known to be."""
    finder = doctest.DocTestFinder()
    module = importlib.import_module("tlsglass.entanglement")
    assert any(test.examples for test in finder.find(module))
