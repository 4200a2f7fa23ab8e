"""The committed tables: one tidy CSV a figure, and one `datapackage.json` (Frictionless) that says what is in them.

`figNN.csv` has one row for each ensemble and time. `figNN_blocks.csv` has the same rows with the means over 20
consecutive parts of the realisations, for the jackknife. Every file's SHA-256 is in the data package: a damaged table
is never read as data.
"""

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

from tlsglass.ensembles.averages import N_BLOCKS, Average, Ensemble
from tlsglass.ensembles.store import DamagedFile, write_atomically
from tlsglass.results.ledgers import LEDGERS, resources

PACKAGE = "datapackage.json"
LABELS = {
    "n_tls": ("integer", "number of TLSs"),
    "delta_bar": ("number", "typical tunnelling amplitude, Eq. (6), in units of W"),
    "n_delta": ("number", "span of the tunnelling amplitudes in decades, Eq. (6)"),
    "interaction_scale": ("number", "eta of Eq. (25)"),
    "dissipation_scale": ("number", "epsilon of Eq. (25)"),
    "time": ("number", "time in units of hbar / W"),
}
VALUES = {
    "concurrence": ("number", "average concurrence C(t), Eq. (28)"),
    "concurrence_stderr": ("number", "its standard error over realisations"),
    "n_realisations": ("integer", "number of realisations"),
}
BLOCKS = {
    f"block_{i:02d}": ("number", f"mean of C(t) over part {i} of the realisations") for i in range(1, N_BLOCKS + 1)
}


def write(folder: Path, figure: str, title: str, averages: dict[Ensemble, Average], version: str) -> None:
    """Write the two tables of a figure and its part of the data package, each atomically.

    Raises
    ------
    ValueError
        If two ensembles have the same labels: their rows could not be told apart.
    """
    labels = [_label_frame(ensemble, average.time) for ensemble, average in averages.items()]
    if pd.concat(labels).duplicated().any():
        raise ValueError(f"averages of {figure}: two ensembles differ in no column of {', '.join(LABELS)}")
    tables = {
        figure: pd.concat(
            label.assign(concurrence=a.mean, concurrence_stderr=a.stderr, n_realisations=a.n_realisations)
            for label, a in zip(labels, averages.values(), strict=True)
        ),
        f"{figure}_blocks": pd.concat(
            label.join(pd.DataFrame(a.blocks.T, columns=list(BLOCKS)))
            for label, a in zip(labels, averages.values(), strict=True)
        ),
    }
    columns = {figure: LABELS | VALUES, f"{figure}_blocks": LABELS | BLOCKS}
    runs = [
        {**ensemble.parameters, "n_realisations": a.n_realisations, "run_time_s": round(a.run_time, 1)}
        for ensemble, a in averages.items()
    ]
    package = _package(folder)
    for name, table in tables.items():
        content = table.to_csv(index=False, float_format="%.12g", lineterminator="\n").encode()
        write_atomically(folder / f"{name}.csv", lambda file, content=content: file.write(content))
        resource = {
            "name": name,
            "type": "table",
            "path": f"{name}.csv",
            "title": title + (" (means over parts of the realisations)" if name.endswith("_blocks") else ""),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
            "schema": {"fields": [{"name": n, "type": t, "description": d} for n, (t, d) in columns[name].items()]},
            "library_version": version,
            "runs": runs,
        }
        package["resources"] = [r for r in package["resources"] if r["name"] != name] + [resource]
    package["resources"] = [r for r in package["resources"] if r["name"] not in LEDGERS] + resources(folder)
    package["resources"].sort(key=lambda resource: resource["name"])
    text = json.dumps(package, indent=1) + "\n"
    write_atomically(folder / PACKAGE, lambda file: file.write(text.encode()))


def read(folder: Path, figure: str, ensemble: Ensemble) -> Average | None:
    """Return the average of one ensemble from the table of a figure; None if the table does not have it.

    Raises
    ------
    DamagedFile
        If a table's content is not what the data package says.
    """
    resources = {resource["name"]: resource for resource in _package(folder)["resources"]}
    if figure not in resources:
        return None
    runs = [dict(run) for run in resources[figure]["runs"]]
    run = next(
        (r for r in runs if {k: v for k, v in r.items() if k in ensemble.parameters} == ensemble.parameters), None
    )
    if run is None:
        return None
    means, blocks = (
        _rows_of(_checked_table(folder, resources[name]), ensemble) for name in (figure, f"{figure}_blocks")
    )
    return Average(
        time=means["time"].to_numpy(),
        mean=means["concurrence"].to_numpy(),
        stderr=means["concurrence_stderr"].to_numpy(),
        blocks=blocks[list(BLOCKS)].to_numpy().T,
        n_realisations=int(run["n_realisations"]),
        run_time=float(run["run_time_s"]),
    )


def _label_frame(ensemble: Ensemble, time: np.ndarray) -> pd.DataFrame:
    parameters = ensemble.parameters
    return pd.DataFrame({"time": time}).assign(**{n: parameters[n] for n in LABELS if n != "time"})[list(LABELS)]


def _package(folder: Path) -> dict:
    path = folder / PACKAGE
    if not path.exists():
        return {
            "name": "tlsglass",
            "title": "Dynamics of two-level systems in glasses: disorder averages",
            "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
            "resources": [],
        }
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise DamagedFile(
            f"{path} is damaged ({error}): restore it, or write the tables again with `make data`"
        ) from error


def _checked_table(folder: Path, resource: dict) -> pd.DataFrame:
    path = folder / resource["path"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedFile(f"{path} cannot be read ({error}): write it again with `make data`") from error
    if "sha256:" + hashlib.sha256(content).hexdigest() != resource["hash"]:
        raise DamagedFile(
            f"{path} is not the file that {PACKAGE} describes: restore it, or write it again with `make data`"
        )
    return pd.read_csv(io.BytesIO(content))


def _rows_of(table: pd.DataFrame, ensemble: Ensemble) -> pd.DataFrame:
    parameters = ensemble.parameters
    mine = np.all([np.isclose(table[n], parameters[n], rtol=1e-9, atol=0) for n in LABELS if n != "time"], axis=0)
    return table[mine]
