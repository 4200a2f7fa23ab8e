"""Where the numbers of a figure with several curves come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from tlsglass._signatures import checked
from tlsglass.ensembles.curve import Curve


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of several curves come from; the attributes are those of a curve."""

    function: str
    seed: int
    n_realisations: str
    data_file: str | None
    run_time_s: float


@checked
def provenance(curves: Sequence[Curve]) -> Provenance:
    """Say where the numbers of several curves come from.

    Parameters
    ----------
    curves : sequence of Curve
        At least one; all with the same seed, and all from the same table or all computed here.

    Returns
    -------
    Provenance
        The run time is the sum over the curves; the functions and the range of counts are those of all curves.

    Raises
    ------
    ValueError
        If there is no curve, or they differ in seed or source: then no one line is true of all.
    """
    if not curves:
        raise ValueError("curves is empty: it must have at least one curve")
    for name in ("seed", "data_file"):
        if len(different := {getattr(c, name) for c in curves}) > 1:
            raise ValueError(f"curves differ in {name}, {sorted(map(str, different))}: give each kind its own")
    counts = sorted({c.n_realisations for c in curves})
    return Provenance(
        function=", ".join(dict.fromkeys(c.function for c in curves)),
        seed=curves[0].seed,
        n_realisations=" to ".join(f"{n:,}".replace(",", " ") for n in (counts[0], counts[-1])[: len(counts)]),
        data_file=curves[0].data_file,
        run_time_s=sum(c.run_time_s for c in curves),
    )
