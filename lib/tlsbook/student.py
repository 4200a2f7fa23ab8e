"""The student's edition: a copy of the book without its solutions, `python -m tlsbook.student FOLDER`.

The solutions are taken out of the chapters before anything is built from them. So neither pages nor sources, neither
notebooks nor the search nor the kept outputs can hold one; each leaves an empty cell to work in, and where
the answer is a number one that says whether it is right.
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

from tlsbook.chapters import chapters
from tlsbook.check import cells_to_work_in
from tlsbook.place import book_here

COPIED = ("_config.yml", "_toc.yml", "references.bib", "constraints.txt", "requirements.txt")
COPIED_FOLDERS = ("_static", "data", "lib", "tests")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.egg-info", "answers.yml")
PROOFS = "_build/proofs.json"  # the ledger stands by the tests that ran on the same library
SOLUTION = re.compile(
    r"^`{3,}\{solution-start\} *(?P<label>\S+).*?^`{3,}\{solution-end\}[^\n]*\n`{3,}[^\n]*$", re.DOTALL | re.MULTILINE
)
CELL = "```{{code-cell}} ipython3\n{}\n```"


def without_solutions(text: str) -> str:
    """Return a chapter's text with cells to work in, and to check the answer, in the place of each solution.

    Raises
    ------
    ValueError
        If something of a solution would be left: it must stand between `solution-start` and `solution-end`.
    """
    stripped = SOLUTION.sub(lambda match: "\n\n".join(map(CELL.format, cells_to_work_in(match["label"]))), text)
    if "{solution" in stripped:
        raise ValueError("text is not allowed: every solution must stand between solution-start and solution-end")
    return stripped


def prepare(root: Path, target: Path) -> None:
    """Write the student's edition of the book in `root` into the folder `target`, which keeps what was built there.

    Raises
    ------
    ValueError
        If `target` holds chapters of something that is no student's edition, or a solution cannot be taken out.
    """
    mark = target / ".student"
    if (target / "chapters").exists() and not mark.exists():
        raise ValueError(f"target = {str(target)!r} is not allowed: another book lies there")
    files = [chapter.file for chapter in chapters(root)] + sorted((root / "chapters").glob("*/*.md"))
    texts = {file.relative_to(root): without_solutions(file.read_text("utf8")) for file in files}
    for folder in ("chapters", *COPIED_FOLDERS):
        shutil.rmtree(target / folder, ignore_errors=True)
    for name, text in texts.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, "utf8")
    mark.touch()
    for folder in filter(lambda name: (root / name).is_dir(), COPIED_FOLDERS):
        shutil.copytree(root / folder, target / folder, ignore=NOT_COPIED)
    for name in filter(lambda name: (root / name).is_file(), (*COPIED, PROOFS)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tlsbook.student", description=__doc__)
    parser.add_argument("folder", type=Path)
    target = parser.parse_args(arguments).folder
    root = book_here("_toc.yml")
    try:
        prepare(root, target)
    except (ValueError, OSError) as error:
        sys.exit(f"The student's edition was not made. {error}")


if __name__ == "__main__":
    main()
