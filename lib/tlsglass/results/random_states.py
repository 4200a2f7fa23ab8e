"""The table of Fig. 12: average concurrence of random states by three ways of sampling."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tlsglass._checks import one_of
from tlsglass._signatures import checked
from tlsglass.random_states import StateAverage, average_of_pairs, average_of_states
from tlsglass.random_states.averages import METHODS
from tlsglass.random_states.law import environment_dimension
from tlsglass.results.folders import data_folder, local_folder
from tlsglass.results.tables import read_table, write_table

NAME = "fig12"
TITLE = "Average concurrence of a pair of sites in Haar-random states, by three ways of sampling"
SEED = 214205
# Sizes and number of states for each way of sampling. Without a tilt 10^7 states see enough up to six sites; with all
# 21 pairs of each, up to seven.
PLAN = {
    "states": (range(2, 8), 10_000_000),
    "pairs": (range(2, 7), 10_000_000),
    "tilted": (range(4, 17), 1_000_000),
}
FIELDS = {
    "n_tls": ("integer", "number of sites N"),
    "environment_dimension": ("integer", "dimension K = 2^(N - 2) of what is traced out"),
    "concurrence": ("number", "average concurrence of a pair; 0 where it is too small for a double"),
    "concurrence_stderr": ("number", "its standard error; 0 where it is too small for a double"),
    "log_concurrence": ("number", "natural logarithm of the average concurrence"),
    "log_concurrence_stderr": ("number", "its standard error: the relative error of the average"),
    "n_samples": ("integer", "number of states drawn"),
    "method": ("string", "states: whole states, all pairs; pairs: two-site states alone; tilted: importance sampling"),
}


@checked
def compute(n_tls: int, method: str, n_samples: int) -> StateAverage:
    """Compute one row of the table, keeping finished blocks in the local folder.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if one_of("method", method, METHODS) == "states":
        return average_of_states(n_tls, n_samples, SEED, local_folder())
    return average_of_pairs(environment_dimension(n_tls), n_samples, SEED, method, local_folder())


@checked
def row(n_tls: int, average: StateAverage) -> dict:
    """One row of the table."""
    C = average.concurrence
    values = (n_tls, average.environment_dimension, C.value, C.stderr, C.log, C.log_stderr)
    return dict(zip(FIELDS, (*values, average.n_samples, average.method), strict=True))


def write() -> Path:
    """Compute all rows and write `fig12.csv` into the data folder.

    Returns
    -------
    Path
    """
    found = [(n, compute(n, method, count)) for method, (sizes, count) in PLAN.items() for n in sizes]
    runs = [
        {"n_tls": n, "method": a.method, "n_samples": a.n_samples, "seed": a.seed, "run_time_s": round(a.run_time, 1),
         "effective_sample_size": round(a.concurrence.effective_size)}
        for n, a in found
    ]  # fmt: skip
    frame = pd.DataFrame([row(n, a) for n, a in found], columns=list(FIELDS))
    return write_table(data_folder(), NAME, frame, FIELDS, TITLE, runs)


@dataclass(frozen=True)
class Source:
    """Where the numbers of the figure come from."""

    function: str = "tlsglass.random_states.averages"
    seed: int = SEED
    data_file: str = f"{NAME}.csv"


def read() -> pd.DataFrame:
    """Return the committed table; its columns are those of `FIELDS`.

    Raises
    ------
    tlsglass.ensembles.store.DamagedFile
        If the table is not what the data package says.
    """
    return read_table(data_folder(), NAME)
