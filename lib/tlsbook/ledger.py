"""The ledger of the paper's equations, `data/equations.csv`: what it says, and whether it may say so.

A row claims that one equation is a definition, derived, checked or corrected, and names the tests that prove it. The
claim stands only while every one of them passes (:mod:`tlsbook.proofs`); :mod:`tlsbook.ledger_problems` lists what
does not stand, and the build of the book turns each into a warning, hence a failure.

`python -m tlsbook.ledger` runs those of the tests whose outcome is not known for the code as it is now.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from tlsbook.place import book_here
from tlsbook.proofs import Proofs

FILE = "data/equations.csv"
PAGE = "chapters/b-equations"
COLUMNS = ["equation", "status", "why", "chapter", "test"]
STATUSES = {
    "definition": "a definition or a model: the code implements it, and a test says so",
    "derived": "re-derived symbolically from what stands before it",
    "checked": "confirmed numerically by an independent computation",
    "corrected": "not right as printed; the correction is proved",
    "not needed": "not used by anything in this book",
    "open": "not treated yet",
}
UNPROVED = ("not needed", "open")  # the statuses that need a reason, but no test
SECTIONS = {"": 30, "A": 28, "B": 4, "C": 7, "D": 9}  # how many numbered equations the paper and its appendices have
NUMBERED = [f"{section}{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
KINDS = {"text": "Sec.", "fig": "Fig.", "tab": "Table"}  # first word of the name of a row that is no equation
PLACE = re.compile(r"[IVX]+|[A-D]|\d+")  # parts of its name that are a number


@dataclass(frozen=True)
class Row:
    """One row of the ledger."""

    equation: str
    status: str
    why: str
    chapter: str
    test: str

    @property
    def tests(self) -> list[str]:
        """Pytest node ids that prove the row."""
        return [node_id.strip() for node_id in self.test.split(";") if node_id.strip()]

    @property
    def numbered(self) -> bool:
        """Whether it is an equation of the paper; otherwise a passage of text, a caption or a table."""
        return self.equation in NUMBERED

    @property
    def name(self) -> str:
        """As one says it: "Eq. (A18)"; "Fig. 9, caption" for "fig-9-caption", "Sec. III B, text" for "text-III-B"."""
        if self.numbered:
            return f"Eq. ({self.equation})"
        kind, *parts = self.equation.split("-")
        place = [part for part in parts if PLACE.fullmatch(part)]
        words = " ".join(part for part in parts if part not in place) or ("text" if kind == "text" else "")
        prefix = KINDS[kind] if kind != "text" or place[0] not in SECTIONS else "App."
        return ", ".join(filter(None, [f"{prefix} {' '.join(place)}", words]))

    @property
    def label(self) -> str:
        """Label of the equation in its chapter."""
        return f"eq-{self.equation.lower()}"

    @property
    def anchor(self) -> str:
        """Anchor of the row on the page of the ledger."""
        return "ledger-" + re.sub(r"[^a-z0-9]+", "-", self.equation.lower())

    @property
    def css_class(self) -> str:
        """Class of the status badge."""
        return "status-" + self.status.replace(" ", "-")


def read(root: Path) -> list[Row]:
    """Rows of the ledger of the book in `root`, in their order.

    Raises
    ------
    ValueError
        If the file does not have the columns of `COLUMNS`, or a row has more or fewer fields.
    """
    with (root / FILE).open(encoding="utf8", newline="") as file:
        reader = csv.reader(file)
        header, *records = [[field.strip() for field in record] for record in reader if record]
    if header != COLUMNS:
        raise ValueError(f"{FILE}: the columns are {header}; they must be {COLUMNS}")
    for record in records:
        if len(record) != len(COLUMNS):
            raise ValueError(f"{FILE}: {record} has {len(record)} fields; it must have {len(COLUMNS)}")
    return [Row(*record) for record in records]


def main() -> None:
    """Run the tests that the ledger of the book in the current folder names, if they have to."""
    root = book_here(FILE)
    proofs = Proofs(root)
    todo = proofs.to_run(test for row in read(root) for test in row.tests)
    if todo:
        print(f"{len(todo)} of the tests that {FILE} names have to run:", flush=True)
        proofs.run(todo)


if __name__ == "__main__":
    main()
