"""The table of claims: computed from the library and the committed results, written to `data/claims.csv`."""

from pathlib import Path

import numpy as np
import pandas as pd

from tlsglass._files import write_atomically
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate
from tlsglass.claims import glasses, isolated, open_system, random_states, tail
from tlsglass.claims.claim import VERDICTS, Claim
from tlsglass.results.folders import data_folder

FILE = "claims.csv"
CLAIMS: tuple[Claim, ...] = (
    *glasses.CLAIMS,
    *isolated.CLAIMS,
    *tail.CLAIMS,
    *open_system.CLAIMS,
    *random_states.CLAIMS,
)
COLUMNS = (
    "id", "statement", "where", "paper", "ours", "error", "verdict", "function", "chapter", "remark",
)  # fmt: skip


@checked
def digits(estimate: Estimate) -> tuple[str, str]:
    """Value and standard error as text: two digits of the error, or three of a value without one.

    Examples
    --------
    >>> from tlsglass.analysis.exponents import Estimate
    >>> from tlsglass.claims.table import digits
    >>> digits(Estimate(0.79123, 0.0123)), digits(Estimate(1.5263, 0.0))
    (('0.791', '0.012'), ('1.53', ''))
    """
    value, error = estimate.value, estimate.stderr
    if not error > 0:
        return f"{value:.3g}", ""
    decimals = 1 - int(np.floor(np.log10(error)))
    return (f"{value:.{decimals}f}", f"{error:.{decimals}f}") if decimals > 0 else (f"{value:.0f}", f"{error:.0f}")


@checked
def rows(claim: Claim) -> list[dict[str, str]]:
    """Rows of one claim, one for each case, computed now."""
    values = claim.values()
    found = []
    for case, value, verdict in zip(claim.cases, values, claim.verdicts(values), strict=True):
        ours, error = ("", "") if value is None else digits(value)
        found.append({
            "id": f"{claim.id} {case}".strip(),
            "statement": claim.statement.replace("{case}", case),
            "where": claim.where,
            "paper": claim.paper,
            "ours": ours,
            "error": error,
            "verdict": verdict,
            "function": claim.function,
            "chapter": claim.chapter,
            "remark": claim.remark,
        })  # fmt: skip
    return found


def table() -> pd.DataFrame:
    """All claims, computed now; every column holds text."""
    return pd.DataFrame([row for claim in CLAIMS for row in rows(claim)], columns=list(COLUMNS))


@checked
def write(folder: Path | None = None) -> Path:
    """Compute all claims and write the table into `folder` (by default the data folder), atomically."""
    path = (folder or data_folder()) / FILE
    content = table().to_csv(index=False, lineterminator="\n").encode()
    write_atomically(path, lambda file: file.write(content))
    return path


@checked
def read(folder: Path | None = None) -> pd.DataFrame:
    """Return the table as written; every column holds text.

    Raises
    ------
    FileNotFoundError
        If it has not been written.
    ValueError
        If the file has other columns than `COLUMNS`, no row, a name twice, or a verdict that is none of `VERDICTS`.
    """
    path = (folder or data_folder()) / FILE
    found = pd.read_csv(path, dtype=str, keep_default_na=False)
    if tuple(found.columns) != COLUMNS:
        raise ValueError(f"{path}: the columns are {list(found.columns)}; they must be {list(COLUMNS)}")
    if found.empty:
        raise ValueError(f"{path}: there is no row; `make data FIG=claims` writes them")
    for name, verdict, again in zip(found["id"], found["verdict"], found["id"].duplicated(), strict=True):
        if again:
            raise ValueError(f"{path}: there are two rows with the id {name!r}; there must be one")
        if verdict not in VERDICTS:
            raise ValueError(f"{path}: the verdict of {name!r} is {verdict!r}; it must be one of {', '.join(VERDICTS)}")
    return found
