"""Where the commands of the book run: in its folder."""

import sys
from pathlib import Path


def book_here(needed: str | Path) -> Path:
    """Return the current folder, or end the program in one line if it lacks what a command needs of the book.

    Parameters
    ----------
    needed : str or Path
        A file or a folder, as seen from the folder of the book.
    """
    here = Path.cwd()
    if not (here / needed).exists():
        sys.exit(f"{needed} is not in {here}: run this command in the folder of the book")
    return here
