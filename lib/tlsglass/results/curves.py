"""Labelled results with their provenance: read from `data/` if they are there, computed and kept if not."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from tlsglass._checks import integer
from tlsglass.ensembles.averages import Average, Ensemble, average_concurrence
from tlsglass.ensembles.experiments import experiment
from tlsglass.results import tables
from tlsglass.results.folders import data_folder, local_folder


@dataclass(frozen=True)
class Curve:
    """Average concurrence of one ensemble, and where it comes from.

    Attributes
    ----------
    ensemble : Ensemble
    average : Average
        Times, mean, standard error, block means.
    data_file : str or None
        The committed table it was read from; None if it was computed here.
    function : str
        The library function that makes these numbers.
    """

    ensemble: Ensemble
    average: Average
    data_file: str | None
    function: str = "tlsglass.ensembles.averages.average_concurrence"

    @property
    def time(self) -> np.ndarray:
        """Times in units of `hbar / W`, shape (T,)."""
        return self.average.time

    @property
    def concurrence(self) -> np.ndarray:
        """Average concurrence `C(t)`, Eq. (28), shape (T,)."""
        return self.average.mean

    @property
    def stderr(self) -> np.ndarray:
        """Standard error of `concurrence`, shape (T,)."""
        return self.average.stderr

    @property
    def seed(self) -> int:
        """Seed of the ensemble."""
        return self.ensemble.seed

    @property
    def n_realisations(self) -> int:
        """Number of realisations."""
        return self.average.n_realisations

    @property
    def run_time_s(self) -> float:
        """Seconds that the computation took."""
        return self.average.run_time


def curve(figure: str, n_realisations: int | None = None, **parameters) -> Curve:
    """Average concurrence of one ensemble of a figure, or of a variation of it.

    What is in the committed table of the figure is read from there. Anything else is computed now, with a progress bar,
    and kept: the second call is quick, and an interrupted one goes on where it stopped.

    Parameters
    ----------
    figure : str
        Name of an experiment, such as "fig04"; sets the times, and every parameter that is not given (those of the
        figure's first ensemble).
    n_realisations : int, optional
        Default: as many as the figure has.
    **parameters
        Parameters of :class:`tlsglass.ensembles.averages.Ensemble`, such as `n_tls=60`.

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        If the figure or a parameter is unknown or outside its range.
    tlsglass.ensembles.store.DamagedFile
        If a file is damaged.

    Examples
    --------
    >>> from tlsglass import results
    >>> c = results.curve("fig04", n_tls=4, n_realisations=10)
    >>> c.concurrence.shape
    (91,)
    """
    plan = experiment(figure)
    known = {field.name for field in dataclasses.fields(Ensemble)}
    if unknown := set(parameters) - known:
        raise ValueError(f"{', '.join(sorted(unknown))}: unknown; the parameters are {', '.join(sorted(known))}")
    ensemble = dataclasses.replace(plan.ensembles[0], **parameters)
    if n_realisations is None:
        n_realisations = plan.n_realisations(ensemble)
    integer("n_realisations", n_realisations, at_least=2)
    if ensemble in plan.ensembles and n_realisations == plan.n_realisations(ensemble):
        average = tables.read(data_folder(), figure, ensemble)
        if average is not None:
            return Curve(ensemble, average, f"{figure}.csv")
    return Curve(ensemble, compute(figure, ensemble, n_realisations), None)


def curves(figure: str) -> list[Curve]:
    """All curves of a figure, in its order."""
    return [curve(figure, **ensemble.parameters) for ensemble in experiment(figure).ensembles]


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of several curves come from; the attributes are those of :class:`Curve`."""

    function: str
    seed: int
    n_realisations: str
    data_file: str | None
    run_time_s: float


def provenance(curves: list[Curve]) -> Provenance:
    """Say where the numbers of a figure with several curves come from.

    Parameters
    ----------
    curves : list of Curve
        With the same seed.

    Returns
    -------
    Provenance
        The run time is the sum over the curves; the data file is None if they are not all from one table.
    """
    counts = sorted({c.n_realisations for c in curves})
    files = {c.data_file for c in curves}
    return Provenance(
        curves[0].function,
        curves[0].seed,
        " to ".join(f"{n:,}".replace(",", " ") for n in (counts[0], counts[-1])[: len(counts)]),
        files.pop() if len(files) == 1 else None,
        sum(c.run_time_s for c in curves),
    )


def compute(figure: str, ensemble: Ensemble, n_realisations: int) -> Average:
    """Compute one ensemble at the times of a figure, keeping finished batches in :func:`local_folder`."""
    plan = experiment(figure)
    return average_concurrence(ensemble, plan.time(ensemble), n_realisations, local_folder(), plan.over_time)
