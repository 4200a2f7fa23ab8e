"""The fingerprint of a reader's function: the same in every process, another when anything it uses has changed."""

import os
import subprocess
import sys

import pytest

from tlsglass.ensembles.fingerprints import fingerprint_of

# The beginning of a reader's module. A test adds a line that makes VALUE, which the function uses.
MODULE = """
import datetime, decimal, enum, fractions, functools, logging, math, threading
from collections import namedtuple
from dataclasses import dataclass, field
import numba, numpy as np, pandas as pd
from scipy.interpolate import CubicSpline
from scipy.special import ellipe, ellipk
from tlsglass.dynamics import System
from tlsglass.ensembles import Ensemble
from tlsglass.entanglement import two_qubits
from tlsglass.entanglement.negativity import logarithmic_negativity, negativity
from tlsglass.glass.materials import GLASSES

def power(t, p):
    return t**p

def closing(value):
    def inner(t, power=2):
        return value * t**power
    return inner

{lines}

def observed(system, time):
    return VALUE
"""
# What VALUE is, and what else it might be.
VALUES = [
    ("{'a', 'b', 'c'}", "{'a', 'b', 'd'}"),
    ("frozenset({'a', 'b', (1, 'c')})", "frozenset({'a', 'b', (2, 'c')})"),
    ("{('a', 1): {'x'}, 'b': 2}", "{('a', 1): {'y'}, 'b': 2}"),
    ("range(3)", "range(4)"),
    ("slice(0, 3)", "slice(0, 4)"),
    ("fractions.Fraction(1, 3)", "fractions.Fraction(2, 3)"),
    ("decimal.Decimal('0.1')", "decimal.Decimal('0.2')"),
    ("datetime.date(2020, 1, 1)", "datetime.date(2020, 1, 2)"),
    ("b'ab'", "b'ac'"),
    ("bytearray(b'ab')", "bytearray(b'ac')"),
    ("True", "1"),
    ("0.0", "-0.0"),
    ("np.random.default_rng(1)", "np.random.default_rng(2)"),
    ("np.arange(2000.0)", "np.where(np.arange(2000) == 1000, 7.0, np.arange(2000.0))"),
    ("np.zeros(4)", "np.zeros((2, 2))"),
    ("np.zeros(4)", "np.zeros(4, int)"),
    ("np.float64(1)", "np.float32(1)"),
    ("np.array([{'a', 'b'}, 1], object)", "np.array([{'a', 'c'}, 1], object)"),
    ("pd.DataFrame({'x': [1.0, 2.0]})", "pd.DataFrame({'x': [1.0, 3.0]})"),
    ("CubicSpline([0, 1, 2], [0, 1, 4])", "CubicSpline([0, 1, 2], [0, 1, 5])"),
    ("GLASSES['SiO2']", "GLASSES['BK7']"),
    ("Ensemble(4)", "Ensemble(5)"),
    ("System(np.zeros((2, 2)))", "System(np.ones((2, 2)) - np.eye(2))"),
    ("functools.partial(power, p=2)", "functools.partial(power, p=3)"),
    ("functools.partial(math.pow, 2)", "functools.partial(math.pow, 3)"),
    ("np.sin", "np.cos"),
    ("ellipk", "ellipe"),
    ("math.sin", "math.cos"),
    ("negativity", "logarithmic_negativity"),
    ("np.linalg", "np.fft"),
    ("dict", "list"),
    ("closing(1)", "closing(2)"),
    ("closing({'a', 'b'})", "closing({'a', 'c'})"),
    ("[1, [2, 3]]", "[1, [2, 4]]"),
    ("numba.njit(lambda t: t + 1)", "numba.njit(lambda t: t + 2)"),
    ("numba.njit(lambda t: t)", "numba.njit(lambda t: t, fastmath=True)"),
    ("functools.cache(lambda t: t + 1)", "functools.cache(lambda t: t + 2)"),
    ("logging.getLogger('a')", "logging.getLogger('b')"),
    ("enum.Enum('Kind', 'A B').A", "enum.Enum('Kind', 'A B').B"),
    ("namedtuple('Pair', 'x y')(1, 2)", "namedtuple('Pair', 'x y')(1, 3)"),
    ("Ensemble(4).realisation", "Ensemble(5).realisation"),
]
# Whole definitions, and one that differs in what is told.
DEFINITIONS = {
    "method of a callable object": (
        "class Rule:\n    def __call__(self, t): return t + {}\nVALUE = Rule()", "1", "2"
    ),
    "helper method": (
        "class Rule:\n    def __call__(self, t): return self.more(t)\n"
        "    def more(self, t): return t + {}\nVALUE = Rule()", "1", "2"
    ),
    "attribute of a class": ("class Rule:\n    scale = {}\nVALUE = Rule", "1", "2"),
    "attribute of the class above": ("class Above:\n    scale = {}\nclass Rule(Above): pass\nVALUE = Rule()", "1", "2"),
    "property": ("class Rule:\n    @property\n    def scale(self): return {}\nVALUE = Rule", "1", "2"),
    "cached property": (
        "class Rule:\n    @functools.cached_property\n    def scale(self): return {}\nVALUE = Rule", "1", "2"
    ),
    "static method": ("class Rule:\n    @staticmethod\n    def scale(): return {}\nVALUE = Rule", "1", "2"),
    "method of an object": (
        "class Rule:\n    def of(self, t): return t * {}\nVALUE = Rule().of", "1", "2"
    ),
    "slot": ("class Rule:\n    __slots__ = ('scale',)\nVALUE = Rule()\nVALUE.scale = {}", "1", "2"),
    "field": ("@dataclass(frozen=True)\nclass Rule:\n    words: set\nVALUE = Rule({})", "{'a', 'b'}", "{'a', 'c'}"),
    "default of a field": ("@dataclass\nclass Rule:\n    scale: float = {}\nVALUE = Rule", "1.0", "2.0"),
    "set in the code": ("def VALUE(t): return t in {}", "{'a', 'b', 'c'}", "{'a', 'b', 'd'}"),
    "tuple with a set in the code": ("def VALUE(t): return t in ({{'a', 'b'}}, {})", "1", "2"),
    "default of a helper": ("def VALUE(t, p={}): return t**p", "1", "2"),
    "keyword default of a helper": ("def VALUE(t, *, p={}): return t**p", "1", "2"),
    "attribute of a function": ("def VALUE(t): return VALUE.p\nVALUE.p = {}", "1", "2"),
    "constant of a compiled helper": (
        "P = {}\n@numba.njit\ndef VALUE(t): return t**P\nVALUE(2.0)", "1", "2"
    ),
    "list that contains itself": ("VALUE = [{}]\nVALUE.append(VALUE)", "1", "2"),
    "functions that call each other": (
        "def VALUE(t): return other(t)\ndef other(t): return VALUE(t) if t else {}", "1", "2"
    ),
    "a set of functions that call each other": (
        "def one(t): return other(t)\ndef other(t): return one(t) if t else {}\nVALUE = {{one, other}}", "1", "2"
    ),
    "objects that know each other": (
        "class Node: pass\nVALUE, other = Node(), Node()\nVALUE.next, other.next, other.x = other, VALUE, {}", "1", "2"
    ),
    "name of a library's function in an inner one": (
        "def VALUE(t): return [{}(x) for x in t]", "ellipk", "ellipe"
    ),
}  # fmt: skip
SOURCES = [(f"VALUE = {one}", f"VALUE = {other}") for one, other in VALUES]
SOURCES += [(text.format(one), text.format(other)) for text, one, other in DEFINITIONS.values()]
LABELS = [*(one for one, _ in VALUES), *DEFINITIONS]


def fingerprint(lines):
    """Fingerprint of `observed` of the reader's module with these lines."""
    names = {"__name__": "readers_module"}
    exec(compile(MODULE.replace("{lines}", lines), "readers_module.py", "exec"), names)
    return fingerprint_of(names["observed"])


@pytest.mark.parametrize(("one", "other"), SOURCES, ids=LABELS)
def test_what_the_function_uses_counts(one, other):
    first = fingerprint(one)
    assert fingerprint(one) == first
    assert fingerprint(other) != first


def every_fingerprint():
    return [fingerprint(one) for one, _ in SOURCES]


def test_every_process_gives_the_same():
    """Whatever it makes of the order of a set."""
    folder = os.path.dirname(__file__)
    command = [sys.executable, "-c", "import test_descriptions as t; print(*t.every_fingerprint(), sep='\\n')"]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder,
                       env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]  # fmt: skip
    found = [run.stdout.split() for run in runs]
    assert [label for label, a, b in zip(LABELS, *found, strict=True) if a != b] == []
    assert found[0] == every_fingerprint()


def test_running_does_not_count():
    """What numba compiles when it is first called, and what a cache keeps, change nothing."""
    names = {"__name__": "readers_module"}
    lines = "@numba.njit\ndef helper(t): return t + 1\n@functools.cache\ndef VALUE(t): return helper(t)"
    exec(MODULE.replace("{lines}", lines), names)
    before = fingerprint_of(names["observed"])
    assert names["VALUE"](1.0) == 2.0
    assert fingerprint_of(names["observed"]) == before


def test_code_of_other_modules_does_not_count(monkeypatch):
    """A function of another module is its name there."""
    names = {"__name__": "readers_module"}
    exec(MODULE.replace("{lines}", "VALUE = two_qubits.concurrence"), names)
    before = fingerprint_of(names["observed"])
    monkeypatch.setattr(names["VALUE"].__wrapped__, "__code__", (lambda rho: 0).__code__)
    assert fingerprint_of(names["observed"]) == before


@pytest.mark.parametrize("lines", ["VALUE = (x for x in [1])", "VALUE = {1: [threading.Lock()]}",
                                   "VALUE = np.frompyfunc(lambda x: x, 1, 1)"])  # fmt: skip
def test_what_nobody_can_compare_is_refused_by_name(lines):
    with pytest.raises(ValueError, match="results of observed cannot be kept: it uses VALUE = .*Average without"):
        fingerprint(lines)
