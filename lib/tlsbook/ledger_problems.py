"""Whether the ledger may stand: its rows beside the equations of the chapters and the record of the proofs."""

from functools import cached_property
from pathlib import Path

from tlsbook.chapters import chapters
from tlsbook.ledger import KINDS, NUMBERED, STATUSES, UNPROVED, read
from tlsbook.proofs import Proofs


class Ledger:
    """The rows beside the chapters and the proofs of the book in `root`."""

    def __init__(self, root: Path):
        self.root = root
        self.rows = read(root)
        self.by_equation = {row.equation: row for row in self.rows}

    @cached_property
    def displayed(self) -> dict[str, str]:
        """Paper's number -> name of the chapter that displays the equation."""
        return {e.tag: chapter.name for chapter in chapters(self.root) for e in chapter.equations if e.tag}

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows of each status."""
        return {status: sum(row.status == status for row in self.rows) for status in STATUSES}

    def problems(self) -> list[str]:
        """Everything that makes the ledger untrue; empty if it may stand."""
        proofs = Proofs(self.root)
        found = [*self._missing_rows(), *self._misplaced_equations()]
        return found + [problem for row in self.rows for problem in self._problems_of(row, proofs)]

    def _missing_rows(self):
        for equation in NUMBERED:
            if equation not in self.by_equation:
                yield f"Eq. ({equation}) of the paper has no row"
        names = [row.equation for row in self.rows]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{name} has {names.count(name)} rows"

    def _misplaced_equations(self):
        for tag, chapter in self.displayed.items():
            if tag not in self.by_equation:
                yield f"Eq. ({tag}), displayed in {chapter}, has no row"
            elif self.by_equation[tag].chapter != chapter:
                yield f"Eq. ({tag}) is displayed in {chapter}, but its row says {self.by_equation[tag].chapter!r}"

    def _problems_of(self, row, proofs):
        if not row.numbered and row.equation.partition("-")[0] not in KINDS:
            yield f"{row.equation}: is no equation of the paper, and does not begin with one of {', '.join(KINDS)}"
            return
        if row.status not in STATUSES:
            yield f"{row.name}: status {row.status!r} is none of {', '.join(STATUSES)}"
        if not row.why:
            yield f"{row.name}: no reason is given"
        if row.chapter and not (self.root / "chapters" / f"{row.chapter}.md").is_file():
            yield f"{row.name}: there is no chapter {row.chapter!r}"
        if row.status in UNPROVED:
            if row.tests:
                yield f"{row.name}: is {row.status!r} and names a test"
            return
        if not row.chapter:
            yield f"{row.name}: is {row.status!r} and names no chapter"
        if not row.tests:
            yield f"{row.name}: is {row.status!r} and names no test"
        for test in row.tests:
            outcome = proofs.outcome(test)
            if outcome != "passed":
                yield f"{row.name}: {test} {outcome}"


def problems(root: Path) -> list[str]:
    """Everything that makes the ledger of the book in `root` untrue; empty if it may stand."""
    return Ledger(root).problems()
