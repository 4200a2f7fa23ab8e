"""What is averaged: observables. One of the library's, or any function of one `System` and the times."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tlsglass.dynamics import System
from tlsglass.ensembles.descriptions import unwrapped
from tlsglass.ensembles.fingerprints import fingerprint_of
from tlsglass.ensembles.systems import arrays_of
from tlsglass.kernels.average import average_concurrences

UNKNOWN = "unknown"  # version of a function whose results cannot be kept


class FailedRealisation(ValueError):
    """An observable failed at one system.

    Attributes
    ----------
    observable, which, why : str
        Name of the observable, which system it was, and what happened.
    done : array, shape (n, T)
        The rows of the systems before it.
    """

    def __init__(self, observable: str, which: str, why: str, done: np.ndarray):
        super().__init__(observable, which, why, done)  # all of it: pickle makes it anew from these
        self.observable, self.which, self.why, self.done = observable, which, why, done

    def __str__(self):
        return f"observable {self.observable}, {self.which}: {self.why}"


@dataclass(frozen=True)
class Observable:
    """A number that a system has at a time, for many systems at once.

    Parameters
    ----------
    name : str
        Names the column of a table and the folder of kept results: a Python identifier.
    words : str
        What it is, for the data package and the axes.
    version : int or str
        Changed whenever the numbers change: kept results of another version are never used.
    rows : callable
        `rows(systems, time)` gives the values, shape (number of systems, T), of a sequence of systems at the times
        `time`, shape (T,). The row of a system depends on this system alone.
    in_threads : bool
        Whether several threads may call `rows` at once. Only then do averages of it use all cores.

    Raises
    ------
    ValueError
        If `name` is no identifier.
    TypeError
        If `rows` cannot be called.
    """

    name: str
    words: str
    version: int | str
    rows: Callable[[Sequence[System], np.ndarray], np.ndarray]
    in_threads: bool = False

    def __post_init__(self):
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise ValueError(
                f"name = {self.name!r} is not allowed: it must be a Python identifier (give the function a name)"
            )
        if not callable(self.rows):
            raise TypeError(f"rows = {self.rows!r} is not allowed: it must be a function of systems and times")

    @property
    def identity(self) -> dict:
        """Name and version, and the function unless it is the library's own. Kept results must agree with them."""
        own = {} if self.function.startswith("tlsglass.") else {"function": self.function}
        return {"name": self.name, "version": self.version, **own}

    @property
    def function(self) -> str:
        """Full name of the function that computes it."""
        function = unwrapped(self.rows.function if isinstance(self.rows, OneByOne) else self.rows)
        module = getattr(function, "__module__", None)
        return f"{module}.{getattr(function, '__qualname__', type(function).__qualname__)}"

    def of(self, systems: Sequence[System], time: np.ndarray) -> np.ndarray:
        """Return the values, shape (number of systems, T), after looking at them.

        Raises
        ------
        ValueError
            Naming the observable, if they have another shape, are not real, or are not finite.
        """
        values = self.rows(systems, time)
        try:
            return _looked_at(values, (len(systems), len(time)))
        except ValueError as error:
            raise ValueError(f"observable {self.name} {error}") from error


@dataclass(frozen=True)
class OneByOne:
    """Rows from a function of one system.

    Attributes
    ----------
    function : callable
    name : str
    """

    function: Callable[[System, np.ndarray], np.ndarray]
    name: str

    def __call__(self, systems: Sequence[System], time: np.ndarray) -> np.ndarray:
        """Return the values, shape (number of systems, T).

        Raises
        ------
        FailedRealisation
            Whatever the function raises, naming it and the system, with the rows of the systems before it.
        """
        rows = np.empty((len(systems), time.size))
        for i, tls in enumerate(systems):
            try:
                values = self.function(tls, time)
            except Exception as error:
                raise FailedRealisation(
                    self.name, f"system {i}", f"{type(error).__name__}: {error}", rows[:i]
                ) from error
            try:
                rows[i] = _looked_at(values, time.shape)
            except ValueError as error:
                raise FailedRealisation(self.name, f"system {i}", f"it {error}", rows[:i]) from error
        return rows


def _looked_at(values, shape: tuple) -> np.ndarray:
    if any(map(np.ma.is_masked, values if isinstance(values, list) else [values])):
        raise ValueError("gave masked numbers: nobody says what they are")
    try:
        array = np.asarray(values)
    except Exception as error:  # a ragged list, or whatever an object answers when numpy asks
        raise ValueError(f"gave no array of numbers: {error}") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"gave numbers of type {array.dtype}: they must be real")
    if array.shape != shape:
        raise ValueError(f"gave an array of shape {array.shape}: it must be {shape}, one number for each time")
    if not np.all(np.isfinite(array)):
        raise ValueError("gave numbers that are not finite: every one must be")
    return array.astype(float)


def as_observable(value, kept: bool = True) -> Observable:
    """Return `value` if it is an observable, or make one of a function of one system and the times.

    Parameters
    ----------
    value : Observable or callable
        A function `f(system, time)` must give an array of shape (T,). The observable has its name, the first line of
        its docstring, and a fingerprint of its code for a version.
    kept : bool
        Whether results are to be kept, for which the version must be known.

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If the function has no name (a lambda), or its results are to be kept and nothing can say whether what it uses
        has changed.
    """
    if isinstance(value, Observable):
        return as_observable(value.rows.function) if kept and value.version == UNKNOWN else value
    if not callable(value):
        raise TypeError(f"observable = {value!r} is not allowed: it must be an Observable or a function of one system")
    function = unwrapped(value)
    name = getattr(value, "__name__", None) or getattr(function, "__name__", type(function).__name__)
    return Observable(name, _first_line(function.__doc__) or name, _version(value, kept), OneByOne(value, name))


def _first_line(docstring) -> str:
    lines = docstring.strip().splitlines() if isinstance(docstring, str) else []
    return lines[0].rstrip(".") if lines else ""


def _version(function, kept):
    try:
        return fingerprint_of(function)
    except ValueError:
        if kept:
            raise
        return UNKNOWN


def concurrence_rows(systems: Sequence[System], time: np.ndarray) -> np.ndarray:
    """Average concurrence `C(t) = (1/N) sum_{i<j} C_ij(t)`, Eq. (28), shape (number of systems, T)."""
    J, Y, f, m = arrays_of(systems, "J", "Y", "occupation", "polarisation")
    out = np.empty((len(systems), time.size))
    average_concurrences(J, 4.0 * Y, f, m, time, out)
    return out


CONCURRENCE = Observable("concurrence", "average concurrence C(t), Eq. (28)", 1, concurrence_rows, in_threads=True)
