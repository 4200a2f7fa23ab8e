"""The line under a figure that says where its numbers come from."""

from html import escape
from pathlib import Path

# A chapter lies in chapters/, on the site as in the repository, and the CSV files in data/ beside it.
DATA_FROM_CHAPTER = "../data/"


def provenance_line(record) -> str:
    """HTML line naming function, seed, realisations, data file and run time of the numbers in a figure.

    Parameters
    ----------
    record : object
        Anything with some of the attributes `function`, `seed`, `n_realisations`, `data_file` and `run_time_s`
        (for example a record of `tlsglass.results.curves`). What is missing or None is left out.

    Returns
    -------
    str
        `<p class="provenance">Data: ...</p>`.

    Raises
    ------
    ValueError
        If the record has none of the five.
    """
    parts = []
    if (function := getattr(record, "function", None)) is not None:
        name = function if isinstance(function, str) else f"{function.__module__}.{function.__qualname__}"
        parts.append(f"<code>{escape(name)}</code>")
    if (seed := getattr(record, "seed", None)) is not None:
        parts.append(f"seed {escape(str(seed))}")
    if (n_realisations := getattr(record, "n_realisations", None)) is not None:
        count = f"{n_realisations:,}".replace(",", " ") if isinstance(n_realisations, int) else str(n_realisations)
        parts.append(f"{escape(count)} realisations")
    if (data_file := getattr(record, "data_file", None)) is not None:
        name = escape(Path(data_file).name, quote=True)
        parts.append(f'<a href="{DATA_FROM_CHAPTER}{name}">{name}</a>')
    if (run_time := getattr(record, "run_time_s", None)) is not None:
        parts.append(f"run time {_duration(run_time)}")
    if not parts:
        raise ValueError(
            f"provenance = {record!r} is not allowed: it must have at least one of function, seed, n_realisations, "
            "data_file, run_time_s"
        )
    return f'<p class="provenance">Data: {", ".join(parts)}</p>'


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.2g} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"
