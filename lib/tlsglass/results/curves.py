"""Labelled results with their provenance: read from `data/` if they are there, computed and kept if asked for."""

import dataclasses
from collections.abc import Callable

import numpy as np

from tlsglass._checks import integer, one_of
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.ensembles.averages import average, in_this_process
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.experiments import Experiment, experiment
from tlsglass.ensembles.observables import Observable, as_observable
from tlsglass.results import tables
from tlsglass.results.curve_tables import read_curve
from tlsglass.results.folders import MissingData, data_folder, local_folder


@checked
def curve(
    figure: str,
    n_realisations: int | None = None,
    observable: str | Observable | Callable[[System, np.ndarray], np.ndarray] | None = None,
    compute: bool | None = None,
    **parameters,
) -> Curve:
    """Average over one ensemble of a figure, or over a variation of it.

    The figure's own ensembles are read from the committed table. A variation is computed now, with a progress bar, and
    kept: the second call is quick, and an interrupted one goes on where it stopped.

    Parameters
    ----------
    figure : str
        Name of an experiment, such as "fig04"; sets the times, and every parameter that is not given (those of the
        figure's first ensemble).
    n_realisations : int, optional
        Default: as many as the figure has.
    observable : str, Observable or callable, optional
        Name of one of the figure's observables (default: its first), or any other, such as a function of one system
        and the times.
    compute : bool, optional
        True: compute whatever is not in the table, however long it takes. False: compute nothing. Default: compute
        variations only; if the table should have it and has not, that is an error.
    **parameters
        Parameters of :class:`tlsglass.ensembles.ensemble.Ensemble`, such as `n_tls=60`.

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        If the figure or a parameter is unknown or outside its range.
    tlsglass.results.folders.MissingData
        If the table is absent, or does not have the ensemble, and it is not to be computed.
    tlsglass.ensembles.store.DamagedFile
        If a file is damaged.

    Examples
    --------
    >>> from tlsglass import results
    >>> c = results.curve("fig04", n_tls=4, n_realisations=10)
    >>> c.mean.shape
    (91,)
    """
    plan = experiment(figure)
    chosen = _observable_of(plan, observable)
    known = {field.name for field in dataclasses.fields(plan.ensembles[0])}
    if unknown := set(parameters) - known:
        raise ValueError(f"{', '.join(sorted(unknown))}: unknown; the parameters are {', '.join(sorted(known))}")
    ensemble = dataclasses.replace(plan.ensembles[0], **parameters)
    planned = plan.n_realisations(ensemble)
    n = planned if n_realisations is None else integer("n_realisations", n_realisations, at_least=2)
    own = ensemble in plan.ensembles and chosen in plan.observables and n == planned
    if own and (found := _committed(figure, ensemble, chosen, n, needed=not compute)) is not None:
        return found
    if compute is False:
        raise MissingData(f"{figure} has no such ensemble, observable or count of realisations: compute=True allows it")
    return compute_curve(figure, ensemble, chosen, n)


@checked
def curves(figure: str, observable: str | None = None, compute: bool | None = None) -> list[Curve]:
    """All curves of a figure for one of its observables, in its order; see :func:`curve`."""
    return [
        curve(figure, observable=observable, compute=compute, **ensemble.parameters)
        for ensemble in experiment(figure).ensembles
    ]


@checked
def compute_curve(
    figure: str, ensemble: Ensemble, observable: Observable, n_realisations: int, compute: Callable = in_this_process
) -> Curve:
    """Compute one ensemble at the times of a figure, keeping finished batches in the local folder.

    `compute` says where, see :func:`tlsglass.ensembles.averages.average`.
    """
    plan = experiment(figure)
    return average(
        ensemble, observable, plan.time(ensemble), n_realisations, local_folder(), plan.over_time, compute
    )  # fmt: skip


def _observable_of(plan: Experiment, observable) -> Observable:
    if observable is None:
        return plan.observables[0]
    if isinstance(observable, str):
        known = {o.name: o for o in plan.observables}
        return known[one_of("observable", observable, known)]
    return as_observable(observable)


def _committed(figure, ensemble, chosen, n, needed) -> Curve | None:
    """Return what the table has. If it is needed and not there, say which: the folder, the table, or the ensemble."""
    how = f"To compute it now ({n} realisations, which can take hours), call with compute=True."
    try:
        folder = data_folder()
    except MissingData as error:
        if needed:
            raise MissingData(f"{error}. {how}") from None
        return None
    if (found := read_curve(folder, figure, ensemble, chosen, n)) is not None or not needed:
        return found
    if not folder.is_dir():
        raise MissingData(f"there is no folder {folder} (TLSGLASS_DATA sets it), so no table of {figure}. {how}")
    if tables.find(folder, figure) is None:
        raise MissingData(f"the table {figure} is not in {folder} (TLSGLASS_DATA sets it). {how}")
    raise MissingData(f"{folder / figure}.csv does not have {n} realisations of {chosen.name} for {ensemble}. {how}")
