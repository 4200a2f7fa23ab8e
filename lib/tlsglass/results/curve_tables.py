"""The tables of a figure: `figNN.csv` has one row for each ensemble and time, and for each observable two columns.

`figNN_blocks.csv` has the same rows with the means over 20 consecutive parts of the realisations, for the jackknife.
The data package says how each ensemble was computed, and keeps a probe of it: see :mod:`tlsglass.ensembles.probes`.
"""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from tlsglass.ensembles.averages import N_BLOCKS
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.experiments.experiment import Experiment
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.ensembles.observables import Observable
from tlsglass.ensembles.probes import probe, probe_times
from tlsglass.ensembles.store import DamagedFile
from tlsglass.results import tables

TYPES = {int: "integer", float: "number", str: "string", bool: "boolean"}
TIME = {"time": ("number", "time in units of hbar / W")}


def write_curves(folder: Path, figure: str, plan: Experiment, curves: Sequence[Curve]) -> None:
    """Write the two tables of a figure.

    Parameters
    ----------
    folder : Path
    figure : str
        Its name.
    plan : Experiment
    curves : sequence of Curve
        One of each ensemble and observable of the experiment.
    """
    labels = label_fields(plan.ensembles)
    means, blocks, runs = [], [], []
    for ensemble in plan.ensembles:
        mine = [next(c for c in curves if (c.ensemble, c.observable) == (ensemble, o)) for o in plan.observables]
        first = mine[0]
        label = pd.DataFrame({n: [ensemble.parameters[n]] * len(first.time) for n in labels} | {"time": first.time})
        columns = {name: x for c in mine for name, x in zip(_columns(c.observable), (c.mean, c.stderr), strict=True)}
        means.append(label.assign(**columns, n_realisations=first.n_realisations))
        parts = {n: x for c in mine for n, x in zip(_block_columns(c.observable), c.blocks, strict=True)}
        blocks.append(pd.concat([label, pd.DataFrame(parts)], axis=1))
        runs.append(
            {
                **ensemble.parameters,
                "n_realisations": first.n_realisations,
                "observables": [_run(plan, c) for c in mine],
            }
        )
    labels = labels | TIME
    values = {name: field for o in plan.observables for name, field in _columns(o).items()}
    count = {"n_realisations": ("integer", "number of realisations")}
    parts = {name: field for o in plan.observables for name, field in _block_columns(o).items()}
    write = dict(labels=labels, numerical_sources=numerical_sources())
    tables.write_table(folder, figure, pd.concat(means), labels | values | count, plan.title, runs, **write)
    title = f"{plan.title} (means over parts of the realisations)"
    tables.write_table(folder, f"{figure}_blocks", pd.concat(blocks), labels | parts, title, **write)


def read_curve(
    folder: Path, figure: str, ensemble: Ensemble, observable: Observable, n_realisations: int
) -> Curve | None:
    """Return the average of one observable over one ensemble from the tables of a figure; None if it is not in them.

    Raises
    ------
    DamagedFile
        If a table's content is not what the data package says, or from another version of the observable.
    """
    resource = tables.find(folder, figure)
    run = None if resource is None else find_run(resource, ensemble, n_realisations)
    if run is None:
        return None
    made = next((o for o in run.get("observables", ()) if o["name"] == observable.name), None)
    if made is None:
        return None
    if made["version"] != observable.version:
        raise DamagedFile(
            f"{folder / resource['path']} holds version {made['version']} of {observable.name}, the code has version "
            f"{observable.version}: write it again with `make data FIG={figure}`"
        )
    means, blocks = (_rows_of(tables.read_table(folder, name), ensemble) for name in (figure, f"{figure}_blocks"))
    mean, stderr = _columns(observable)
    try:
        return Curve(
            ensemble=ensemble,
            observable=observable,
            time=means["time"].to_numpy(float),
            mean=means[mean].to_numpy(float),
            stderr=means[stderr].to_numpy(float),
            blocks=blocks[list(_block_columns(observable))].to_numpy(float).T,
            n_realisations=n_realisations,
            run_time_s=made["run_time_s"],
            data_file=f"{figure}.csv",
        )
    except (KeyError, ValueError) as error:
        raise tables.damaged(folder, f"{figure} and {figure}_blocks do not have what it describes: {error}") from error


def label_fields(ensembles: Sequence[Ensemble]) -> tables.Fields:
    """Return the parameters that label the rows of a table: some always, the others if they vary."""
    found = {}
    for field in dataclasses.fields(ensembles[0]):
        if field.metadata["always"] or len({getattr(e, field.name) for e in ensembles}) > 1:
            found[field.name] = (TYPES[field.type], field.metadata["words"])
    return found


def _columns(observable: Observable) -> tables.Fields:
    return {
        observable.name: ("number", observable.words),
        f"{observable.name}_stderr": ("number", "its standard error over realisations"),
    }


def _block_columns(observable: Observable) -> tables.Fields:
    return {
        f"{observable.name}_block_{i:02d}": ("number", f"mean of {observable.name} over part {i} of the realisations")
        for i in range(1, N_BLOCKS + 1)
    }


def _run(plan: Experiment, curve: Curve) -> dict:
    """Say how a curve was computed, with a probe of it: its mean from the very rows, its tolerance computed now."""
    time = plan.time(curve.ensemble)
    n = plan.n_probe(curve.ensemble)
    _, tolerance = probe(curve.ensemble, curve.observable, time, n, plan.over_time)
    chosen = probe_times(curve.time)
    return {
        **curve.observable.identity,
        "function": curve.function,
        "run_time_s": round(curve.run_time_s, 1),
        "probe": {
            "n_realisations": n,
            "time": curve.time[chosen].tolist(),
            "mean": [float(f"{x:.12g}") for x in curve.first[:n, chosen].mean(axis=0)],
            "tolerance": [float(f"{x:.2g}") for x in tolerance],
        },
    }


def find_run(resource: dict, ensemble: Ensemble, n_realisations: int) -> dict | None:
    """Return the run of an ensemble; a parameter that came later has its default there."""
    defaults = {field.name: field.default for field in dataclasses.fields(ensemble)}
    for run in resource.get("runs", []):
        parameters = {name: run.get(name, default) for name, default in defaults.items()}
        if parameters == ensemble.parameters and run.get("n_realisations") == n_realisations:
            return run
    return None


def _rows_of(table: pd.DataFrame, ensemble: Ensemble) -> pd.DataFrame:
    labels = [n for n in ensemble.parameters if n in table]
    return table[np.all([table[n] == ensemble.parameters[n] for n in labels], axis=0)]
