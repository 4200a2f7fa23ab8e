"""Nonsense is answered by a result, or by a ValueError or TypeError that names the argument: the whole public surface.

The functions and classes are found by introspection, so that a new one is tried without a word here if the names of
its parameters are known in `surface/examples.py`; if one is not, the test says what to add there.
"""

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import re
import signal
import typing
import warnings
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest
import sympy
from examples import BY_NAME, BY_PLACE, BY_TYPE

import tlsglass

# Not called here, and why.
EXCLUDED = {
    "analysis.isolated.collapse_error": "computes realisations: seconds",
    "claims.glasses.contraction_kurtosis": "samples dipoles: seconds",
    "claims.glasses.contraction_mean": "samples dipoles: seconds",
    "claims.glasses.contraction_rms": "samples dipoles: seconds",
    "derivations.angular_quadrature.integrals_by_quadrature": "81 integrals over the sphere: a second a call",
    "derivations.master_equation.dissipator_of_bath": "simplifies at length; its parts are here",
    "derivations.phonon_quadrature": "integrates over three dimensions: a second a call",
    "derivations.symbols.symbolic_tensor": "a check: it speaks of the name that it is given",
    "claims.glasses.scale_ratio": "samples realisations: seconds",
    "claims.isolated.collapse": "five realisations of four ensembles: seconds",
    "claims.table": "all claims: half a minute; read and written in tests/test_claims.py",
    "derivations.bath_decay.measure_rate": "evolves thousands of modes; its steps are here",
    "ensembles.ensemble.parameter": "writes the fields of a class",
    "ensembles.descriptions": "between a reader's function and its kept results: tests/ensembles",
    "ensembles.fingerprints": "between the library and its kept results: tests/ensembles",
    "ensembles.observables": "what is no observable is refused in its own words: tests/ensembles",
    "ensembles.probes": "between the library and its tables: tests/ensembles",
    "ensembles.scheduler": "needs machines: tests/ensembles",
    "ensembles.store": "between the library and its kept results: tests/ensembles",
    "ensembles.systems": "between the library and its kernels: tests/ensembles",
    "ensembles.averages": "computes ensembles",
    "random_states.averages.block": "a worker of the averages beside it",
    "reproduce": "the command line: it refuses by leaving",
    "results": "reads and writes files, and computes what is absent: tests/results",
}  # fmt: skip
SECONDS = 2  # of computing; longer is a loop over a number that should have been refused

NONSENSE = {
    "None": None, "nan": np.nan, "inf": np.inf, "-1": -1, "0": 0, "2.5": 2.5, "True": True, "10**20": 10**20,
    "10**400": 10**400, "-10**20": -(10**20), "Fraction": Fraction(-1, 3), "1j": 1j, "pi": sympy.pi,
    "symbol": sympy.Symbol("x"), "x": "x", "empty string": "", "bytes": b"x", "[]": [], "{}": {}, "[None]": [None],
    "ragged": [[1.0], [1.0, 2.0]], "object": object(), "ellipsis": ..., "[nan]": np.full(3, np.nan),
    "[[nan]]": np.full((4, 4), np.nan), "[[1, 2]]": np.arange(8.0).reshape(2, 4), "[]array": np.empty((0, 3, 3)),
    "[x]": np.array(["x"]), "{x: None}": {"x": None}, "{1: nan}": {1: np.nan},
}  # fmt: skip


def public_callables():
    """Yield `(place, callable)` for every public function and class, and for the public methods of the classes."""
    for module in pkgutil.walk_packages(tlsglass.__path__, "tlsglass."):
        words = module.name.split(".")[1:]
        if words[0] == "kernels" or any(word.startswith("_") for word in words):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not callable(value) or getattr(value, "__module__", None) != module.name:
                continue
            if inspect.isclass(value) and issubclass(value, Exception):
                continue
            place = ".".join([*words, name])
            yield place, value
            if inspect.isclass(value):
                for method, function in vars(value).items():
                    if inspect.isfunction(function) and (not method.startswith("_") or method == "__call__"):
                        yield f"{place}.{method}", function


def excluded(place):
    words = place.split(".")
    return any(".".join(words[:n]) in EXCLUDED for n in range(1, len(words) + 1))


CALLABLES = {place: value for place, value in public_callables() if not excluded(place)}


def parameters(function):
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p for p in inspect.signature(function).parameters.values() if p.kind not in kinds and p.name != "self"]


def has_arrays(value):
    """Whether it is a dataclass with fields that are arrays."""
    hints = typing.get_type_hints(value).values() if dataclasses.is_dataclass(value) else ()
    return any(hint in (np.ndarray, np.ndarray | None) for hint in hints)


def valid_arguments(place):
    """Return an example of each argument of a function, by name."""
    function = CALLABLES[place]
    found, words, hints = {}, place.split("."), typing.get_type_hints(inspect.unwrap(function))
    if inspect.isclass(function):
        hints = typing.get_type_hints(function.__init__) | typing.get_type_hints(function)
    for p in parameters(function):
        places = [".".join([*words[:n], p.name]) for n in range(len(words), 0, -1)]
        narrowest = next((x for x in places if x in BY_PLACE), None)
        if narrowest is not None:
            found[p.name] = BY_PLACE[narrowest]
        elif p.default is not p.empty:
            found[p.name] = p.default
        elif hints.get(p.name) in BY_TYPE:
            found[p.name] = BY_TYPE[hints[p.name]]
        elif p.name in BY_NAME:
            found[p.name] = BY_NAME[p.name]
        else:
            pytest.fail(
                f"no example of `{p.name}`, a parameter of {place}: add it to BY_NAME in tests/surface/examples.py, "
                f'or "{places[0]}" to BY_PLACE'
            )
    return found


def called(place, arguments):
    """Call a function; a method is called on an example of its class."""
    owner = place.rpartition(".")[0]
    first = [CALLABLES[owner](**valid_arguments(owner))] if inspect.isclass(CALLABLES.get(owner)) else []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # numpy's about nan and overflow
        return CALLABLES[place](*first, **arguments)


@contextmanager
def limited():
    def stop(*_):
        raise TimeoutError(f"longer than {SECONDS} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture(autouse=True)
def somewhere_else(empty_library, tmp_path, monkeypatch):
    """Nothing is written where the data and the results are."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("place", CALLABLES)
def test_nonsense_is_refused_by_name(place):
    valid = valid_arguments(place)
    called(place, valid)  # an example that is refused would make the test empty
    wrong = []
    for name in valid:
        for label, nonsense in NONSENSE.items():
            try:
                with limited():
                    called(place, valid | {name: nonsense})
            except (ValueError, TypeError) as error:
                if not re.search(rf"(?<!\w){name}(?!\w)", str(error)):
                    wrong.append(f"{name} = {label}: {type(error).__name__} without the name: {str(error)[:120]}")
            except Exception as error:
                wrong.append(f"{name} = {label}: {type(error).__name__}: {str(error)[:120]}")
    assert not wrong, f"{place}\n  " + "\n  ".join(wrong)


WITH_ARRAYS = [place for place, value in CALLABLES.items() if has_arrays(value)]


@pytest.mark.parametrize("place", WITH_ARRAYS)
def test_frozen_objects_with_arrays_stay_what_they_are(place):
    """They can be compared, hashed and copied, and nobody writes into them."""
    one, same = (called(place, valid_arguments(place)) for _ in range(2))
    assert one == same and hash(one) == hash(same) and one in [same]
    for each in (one, copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert each == one
        assert [n for n, v in vars(each).items() if isinstance(v, np.ndarray) and v.flags.writeable] == []


def test_objects_with_arrays_are_found():
    assert len(WITH_ARRAYS) >= 8
