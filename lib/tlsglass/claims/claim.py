"""What a claim is, and the rules that judge it. A verdict is never typed: it follows from our value and its error."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite

from tlsglass._checks import number_or_nan
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate

REPRODUCED, CONSISTENT, DIFFERS = "reproduced", "consistent", "differs"
DEPENDS, OPEN = "depends on a reading", "open"
VERDICTS = (REPRODUCED, CONSISTENT, DEPENDS, DIFFERS, OPEN)
SIGMAS = 2.0  # our value is taken to lie within so many standard errors
HALF_A_DECADE = 10**0.5  # what "~" allows: the same power of ten


def exact(value: float) -> Estimate:
    """Return a number without a statistical error."""
    return Estimate(value, 0.0)


@dataclass(frozen=True)
class Quoted:
    """A number quoted by the paper.

    Attributes
    ----------
    low, high : float
        What rounds to the printed digits, or the quoted error bar.
    factor : float
        How far beyond that, as a factor, our number may lie if the paper only says "about".
    """

    low: float
    high: float
    factor: float = 1.0

    def __post_init__(self):
        for name in ("low", "high", "factor"):
            object.__setattr__(self, name, number_or_nan(name, getattr(self, name)))
        if not (self.low <= self.high and self.factor >= 1 and (self.factor == 1 or self.low > 0)):
            raise ValueError(f"{self} is not allowed: low <= high, and factor >= 1 (= 1 unless low > 0)")

    @checked
    def verdict(self, ours: Estimate) -> str:
        """Judge our number: "reproduced" within the range, "consistent" within the factor, else "differs"."""
        low, high = ours.value - SIGMAS * ours.stderr, ours.value + SIGMAS * ours.stderr
        if high >= self.low and low <= self.high:
            return REPRODUCED
        return CONSISTENT if high >= self.low / self.factor and low <= self.high * self.factor else DIFFERS


@dataclass(frozen=True)
class Holds:
    """A statement that holds if a number lies above `low` and below `high`."""

    low: float = -inf
    high: float = inf

    def __post_init__(self):
        for name in ("low", "high"):
            object.__setattr__(self, name, number_or_nan(name, getattr(self, name)))
        if not self.low < self.high or not (isfinite(self.low) or isfinite(self.high)):
            raise ValueError(f"{self} is not allowed: low < high, one of them finite")

    @checked
    def verdict(self, ours: Estimate) -> str:
        """Judge a statement: "reproduced" if it holds within the errors, "consistent" if they leave it open."""
        low, high = ours.value - SIGMAS * ours.stderr, ours.value + SIGMAS * ours.stderr
        if low >= self.low and high <= self.high:
            return REPRODUCED
        return CONSISTENT if high >= self.low and low <= self.high else DIFFERS


@dataclass(frozen=True)
class Claim:
    """One claim of the paper.

    Attributes
    ----------
    id : str
    statement : str
        What is claimed, in our words; with `{case}` where it is said of several.
    where : str
        Place in the paper.
    paper : str
        The paper's value, as quoted.
    rule : Quoted or Holds, optional
        None as long as the claim is open.
    compute : callable, optional
        From a case (no argument if there is only one) to an `Estimate`, or to None while its data are missing.
    cases : tuple of str
        Glasses, sizes or readings.
    readings : bool
        Whether the cases are readings of one statement: it is enough that one of them is true.
    chapter : str
        Where the book treats it.
    remark : str
        What our number is, or why there is none.
    """

    id: str
    statement: str
    where: str
    paper: str
    rule: Quoted | Holds | None = None
    compute: Callable[..., Estimate | None] | None = None
    cases: tuple[str, ...] = ("",)
    readings: bool = False
    chapter: str = ""
    remark: str = ""

    def values(self) -> list[Estimate | None]:
        """Our value for each case."""
        if self.compute is None:
            return [None] * len(self.cases)
        return [self.compute(case) if case else self.compute() for case in self.cases]

    @checked
    def verdicts(self, values: list[Estimate | None]) -> list[str]:
        """Verdict on each case."""
        if self.rule is None:
            return [OPEN] * len(values)
        found = [OPEN if value is None else self.rule.verdict(value) for value in values]
        holds = [verdict in (REPRODUCED, CONSISTENT) for verdict in found]
        return [DEPENDS] * len(found) if self.readings and OPEN not in found and len(set(holds)) == 2 else found

    @property
    def function(self) -> str:
        """Dotted name of the function that computes our value."""
        return f"{self.compute.__module__}.{self.compute.__qualname__}" if self.compute else ""
