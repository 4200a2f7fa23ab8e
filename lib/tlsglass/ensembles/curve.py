"""The average of an observable over an ensemble, with all that is needed to say where it comes from."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import finite_array, integer, non_negative, times
from tlsglass._signatures import Value
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.observables import Observable


@dataclass(frozen=True, eq=False, repr=False)
class Curve(Value):
    """Mean over realisations of an observable at the times `time`.

    Attributes
    ----------
    ensemble : Ensemble
    observable : Observable
    time : array, shape (T,)
        In units of `hbar / W`.
    mean, stderr : arrays, shape (T,)
        Mean and its standard error.
    blocks : array, shape (up to 20, T)
        Means over 20 consecutive parts of the realisations: resampling them keeps the correlation between times.
    first : array, shape (up to 20, T)
        The first realisations, which are quickly computed again: see :mod:`tlsglass.ensembles.probes`.
    n_realisations : int
    run_time_s : float
        Seconds of computing.
    data_file : str or None
        The committed table it was read from; None if it was computed here.

    Raises
    ------
    ValueError
        If a shape is wrong, or a number is outside its range.
    """

    ensemble: Ensemble
    observable: Observable
    time: np.ndarray
    mean: np.ndarray
    stderr: np.ndarray
    blocks: np.ndarray
    n_realisations: int
    run_time_s: float
    first: np.ndarray | None = None
    data_file: str | None = None

    def __post_init__(self):
        super().__post_init__()
        n_times = times("time", finite_array("time", self.time, (None,))).size
        for name in ("mean", "stderr"):
            finite_array(name, getattr(self, name), (n_times,))
        for name in ("blocks", "first"):
            if getattr(self, name) is not None:
                finite_array(name, getattr(self, name), (None, n_times))
        integer("n_realisations", self.n_realisations, at_least=2)
        non_negative("run_time_s", self.run_time_s)

    @property
    def seed(self) -> int:
        """Seed of the ensemble."""
        return self.ensemble.seed

    @property
    def function(self) -> str:
        """The function that computes the observable."""
        return self.observable.function

    def __repr__(self):
        parameters = self.ensemble.parameters.items()
        which = ", ".join(f"{n} = {v:g}" if isinstance(v, float) else f"{n} = {v}" for n, v in parameters)
        where = f"from {self.data_file}" if self.data_file else "computed here"
        times = f"{self.time.size} times from {self.time[0]:g} to {self.time[-1]:g} hbar/W"
        return (
            f"{self.observable.words}: {times}, at most {self.mean.max():.4g}\n{which}\n"
            f"{self.n_realisations} realisations by {self.function}, {where}, run time {self.run_time_s:.3g} s"
        )
