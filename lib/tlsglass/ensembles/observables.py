"""What is averaged: observables. One of the library's, or any function of one `System` and the times."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tlsglass.dynamics import System
from tlsglass.ensembles.fingerprints import fingerprint_of
from tlsglass.ensembles.systems import arrays_of
from tlsglass.kernels.average import average_concurrences


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
        """Name and version, which kept results must agree with."""
        return {"name": self.name, "version": self.version}

    @property
    def function(self) -> str:
        """Full name of the function that computes it."""
        function = self.rows.function if isinstance(self.rows, OneByOne) else self.rows
        module = getattr(function, "__module__", None)
        return f"{module}.{getattr(function, '__qualname__', type(function).__qualname__)}"

    def of(self, systems: Sequence[System], time: np.ndarray) -> np.ndarray:
        """Return the values, shape (number of systems, T), after looking at them.

        Raises
        ------
        ValueError
            Naming the observable, if they have another shape, are not real, or are not finite.
        """
        return _looked_at(self.rows(systems, time), (len(systems), len(time)), f"observable {self.name}")


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
        """Return the values, shape (number of systems, T)."""
        rows = [self._row(i, tls, time) for i, tls in enumerate(systems)]
        return np.array(rows).reshape(len(systems), time.size)

    def _row(self, i, tls, time):
        where = f"observable {self.name}, system {i} of its batch"
        try:
            values = self.function(tls, time)
        except Exception as error:  # whatever a reader's function raises, the message names the function
            raise ValueError(f"{where}: {type(error).__name__}: {error}") from error
        return _looked_at(values, time.shape, where)


def _looked_at(values, shape: tuple, where: str) -> np.ndarray:
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{where} gave numbers of type {array.dtype}: they must be real")
    if array.shape != shape:
        raise ValueError(f"{where} gave an array of shape {array.shape}: it must be {shape}, one number for each time")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{where} gave numbers that are not finite: every one must be")
    return array.astype(float)


def as_observable(value) -> Observable:
    """Return `value` if it is an observable, or make one of a function of one system and the times.

    Parameters
    ----------
    value : Observable or callable
        A function `f(system, time)` must give an array of shape (T,). The observable has its name, the first line of
        its docstring, and a fingerprint of its code for a version.

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If the function has no name (a lambda).
    """
    if isinstance(value, Observable):
        return value
    if not callable(value):
        raise TypeError(f"observable = {value!r} is not allowed: it must be an Observable or a function of one system")
    name = getattr(value, "__name__", type(value).__name__)
    words = (getattr(value, "__doc__", None) or name).strip().splitlines()[0].rstrip(".")
    return Observable(name, words, fingerprint_of(value), OneByOne(value, name))


def concurrence_rows(systems: Sequence[System], time: np.ndarray) -> np.ndarray:
    """Average concurrence `C(t) = (1/N) sum_{i<j} C_ij(t)`, Eq. (28), shape (number of systems, T)."""
    J, Y, f, m = arrays_of(systems, "J", "Y", "occupation", "polarisation")
    out = np.empty((len(systems), time.size))
    average_concurrences(J, 4.0 * Y, f, m, time, out)
    return out


CONCURRENCE = Observable("concurrence", "average concurrence C(t), Eq. (28)", 1, concurrence_rows, in_threads=True)
