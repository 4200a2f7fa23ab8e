"""What a numerical experiment is."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tlsglass.ensembles.averages import N_PROBE
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.observables import Observable


@dataclass(frozen=True)
class Experiment:
    """The ensembles of one figure, and what is averaged over them.

    Attributes
    ----------
    title : str
    ensembles : tuple of Ensemble
    observables : tuple of Observable
        One table holds them all; the first is the one meant when none is named.
    time : callable
        Gives the times of one ensemble, shape (T,), in units of `hbar / W`.
    n_realisations : callable
        Gives the number of realisations of one ensemble.
    over_time : bool
        Whether each realisation is averaged over its times (the plateau).
    n_probe : callable
        Gives the number of realisations of the probe of one ensemble, at most 20; fewer where each takes seconds.
    """

    title: str
    ensembles: tuple[Ensemble, ...]
    observables: tuple[Observable, ...]
    time: Callable[[Ensemble], np.ndarray]
    n_realisations: Callable[[Ensemble], int]
    over_time: bool = False
    n_probe: Callable[[Ensemble], int] = field(default_factory=lambda: lambda ensemble: N_PROBE)
