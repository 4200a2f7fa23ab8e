"""Where results are read from and kept."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


class MissingData(LookupError):
    """The committed tables do not have what was asked for; the message says why, and what to do."""


def in_repository() -> bool:
    """Whether this library lies in the repository of the book, and not where `pip install` copies it."""
    return (REPOSITORY / "lib" / "pyproject.toml").is_file()


def data_folder() -> Path:
    """Folder of the committed tables: `$TLSGLASS_DATA`, or `data/` of the repository.

    Raises
    ------
    MissingData
        If there is neither.
    """
    if given := os.environ.get("TLSGLASS_DATA"):
        return Path(given).expanduser()
    if in_repository():
        return REPOSITORY / "data"
    raise MissingData(
        "tlsglass is installed without the tables of the book: set TLSGLASS_DATA to the folder data/ of its repository"
    )


def local_folder() -> Path:
    """Folder in which live results are kept.

    `$TLSGLASS_CACHE`, or `_build/ensembles` of the repository; outside a repository `tlsglass/ensembles` in the user's
    cache, `$XDG_CACHE_HOME` or `~/.cache`.
    """
    if given := os.environ.get("TLSGLASS_CACHE"):
        return Path(given).expanduser()
    if in_repository():
        return REPOSITORY / "_build" / "ensembles"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tlsglass" / "ensembles"
