"""Where results are read from and kept."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Folder of the committed tables: `$TLSGLASS_DATA`, or `data/` of the repository."""
    return Path(os.environ.get("TLSGLASS_DATA", REPOSITORY / "data"))


def local_folder() -> Path:
    """Folder in which live results are kept: `$TLSGLASS_CACHE`, or `_build/ensembles` of the repository."""
    return Path(os.environ.get("TLSGLASS_CACHE", REPOSITORY / "_build" / "ensembles"))
