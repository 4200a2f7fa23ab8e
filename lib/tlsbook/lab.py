"""Copies of the built notebooks to work in: `python -m tlsbook.lab BUILT FOLDER`. What one writes stays.

A copy that is still as it was made is made anew when the chapter changed; one that somebody worked in stays, and a word
says so. Beside the copies, `.as_copied` remembers how each was.
"""

import argparse
import filecmp
import shutil
import sys
from pathlib import Path


def copy(built: Path, folder: Path) -> list[str]:
    """Copy the notebooks of one folder into another.

    Returns
    -------
    list of str
        Names of the copies that were changed since they were made, and whose chapters were changed too: they stay.

    Raises
    ------
    ValueError
        If `built` has no notebooks.
    """
    notebooks = sorted(built.glob("*.ipynb"))
    if not notebooks:
        raise ValueError(f"built = {str(built)!r} is not allowed: it has no notebooks; `make book` makes them")
    as_copied = folder / ".as_copied"
    as_copied.mkdir(parents=True, exist_ok=True)
    kept = []
    for notebook in notebooks:
        mine, original = folder / notebook.name, as_copied / notebook.name
        if original.is_file() and filecmp.cmp(original, notebook, shallow=False) and mine.is_file():
            continue
        if mine.is_file() and not (original.is_file() and filecmp.cmp(mine, original, shallow=False)):
            kept.append(notebook.name)
            continue
        shutil.copyfile(notebook, original)
        shutil.copyfile(notebook, mine)
    return kept


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tlsbook.lab", description=__doc__)
    parser.add_argument("built", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    try:
        kept = copy(given.built, given.folder)
    except (ValueError, OSError) as error:
        sys.exit(f"The notebooks were not copied. {error}")
    for name in kept:
        print(f"{given.folder / name} is yours and stays; delete it to get the chapter as it is now")


if __name__ == "__main__":
    main()
