"""The tail of `C(t)` from weighted pairs: where a plain average of thousands of systems sees nothing any more.

All pairs of an ensemble are alike, so `C(t)` of Eq. (28) is `(N - 1) / 2` times the mean concurrence of one pair in its
system, and that pair may be drawn with weights (:mod:`tlsglass.disorder.weak_pairs`). A "realisation" is here a set of
weighted pairs; sets are independent, so means, errors, blocks, resuming and the jackknife are those of every average.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, finite_array, integer, times
from tlsglass._signatures import Value, checked
from tlsglass._windows import within
from tlsglass.disorder.couplings import bose_occupation, dissipation_rates
from tlsglass.disorder.weak_pairs import draw_weak_pairs
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.ensemble import MATERIALS, Ensemble, parameter
from tlsglass.ensembles.observables import Observable
from tlsglass.kernels.weighted_pairs import pair_concurrences

FEWEST_EFFECTIVE = 50  # a mean of fewer effective pairs, known to 14 %, may have missed what matters


@dataclass(frozen=True, eq=False)
class WeightedPairs(Value):
    """`P` systems of `N` TLSs as their TLSs 0 and 1 see them, in natural units, with the weight of each.

    Attributes
    ----------
    J : array, shape (P, 2, N)
    Y, occupation, polarisation : arrays, shape (P, N)
        As in :class:`tlsglass.dynamics.states.System`.
    weight : array, shape (P,)

    Raises
    ------
    ValueError
        If an array has another shape, or a number is not finite.
    """

    J: np.ndarray
    Y: np.ndarray
    occupation: np.ndarray
    polarisation: np.ndarray
    weight: np.ndarray

    def __post_init__(self):
        super().__post_init__()
        n_pairs, _, n_tls = finite_array("J", self.J, (None, 2, None)).shape
        for name in ("Y", "occupation", "polarisation"):
            finite_array(name, getattr(self, name), (n_pairs, n_tls))
        finite_array("weight", self.weight, (n_pairs,))


@dataclass(frozen=True)
class WeakPairEnsemble(Ensemble):
    """An ensemble whose realisation `k` is a set of weighted pairs; the averages are those of the plain ensemble.

    Parameters
    ----------
    n_pairs : int
        Pairs in a set.

    Raises
    ------
    ValueError
        If a parameter is outside its range.
    """

    n_pairs: int = parameter("weighted pairs in a set", 500)

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "n_pairs", integer("n_pairs", self.n_pairs, 1))

    def realisation(self, k: int) -> WeightedPairs:
        """Return set `k`."""
        material = MATERIALS[self.material]
        pairs = draw_weak_pairs(self.disorder, self.seed, k, self.n_pairs, material)
        flat = [x.ravel() for x in (pairs.tunnelling, pairs.splitting, pairs.trace_d2)]
        shape = pairs.asymmetry.shape
        return WeightedPairs(
            J=self.interaction_scale * pairs.interactions(material),
            Y=self.dissipation_scale * dissipation_rates(*flat, self.prefactor, material).reshape(shape),
            occupation=bose_occupation(flat[1], self.temperature).reshape(shape),
            polarisation=pairs.polarisation,
            weight=pairs.weight,
        )

    def realisations(self, first: int, count: int) -> list[WeightedPairs]:
        """Return the sets `first ... first + count - 1`."""
        first, count = integer("first", first, 0), integer("count", count, 1, LARGEST_SAMPLE // self.n_pairs)
        return [self.realisation(k) for k in range(first, first + count)]


@checked
def weighted_rows(sets: Sequence[WeightedPairs], time: np.ndarray) -> np.ndarray:
    """Estimate `C(t)`, Eq. (28), from each set of weighted pairs, shape (number of sets, T)."""
    time = times("time", time)
    out = np.empty((len(sets), time.size))
    for row, s in zip(out, sets, strict=True):
        G = 4.0 * s.Y if np.any(s.Y) else None
        f = s.occupation if G is not None and np.any(s.occupation) else None
        pair_concurrences(s.J, G, f, s.polarisation, s.weight, time, row)
        row *= (s.J.shape[2] - 1) / 2
    return out


WEIGHTED_CONCURRENCE = Observable(
    "weighted_concurrence", "average concurrence C(t), Eq. (28), from weighted pairs", 1, weighted_rows, in_threads=True
)


@checked
def effective_pairs(curve: Curve) -> np.ndarray:
    """Effective number of pairs behind each mean, shape (T,): that many equal ones would know it as well.

    It is `(mean / stderr)^2`. For rare contributions `x_i = weight_i C_i` this is `(sum x_i)^2 / sum x_i^2`, the
    effective sample size; 0 where the mean is.
    """
    known = curve.stderr > 0
    return np.where(known, curve.mean / np.where(known, curve.stderr, 1.0), 0.0) ** 2


@checked
def require_effective_pairs(curve: Curve, window: tuple[float, float], at_least: float = FEWEST_EFFECTIVE) -> None:
    """Refuse a window of times in which the mean hangs on too few pairs.

    Parameters
    ----------
    curve : Curve
    window : pair of float
        First and last time.
    at_least : float
        Least effective number of pairs.

    Raises
    ------
    ValueError
        Saying where, and how many there are; or that the window holds no time.
    """
    inside = within(curve.time, window)
    if not inside.any():
        raise ValueError(f"window = {window!r} is not allowed: it must hold one of the curve's times")
    found = np.where(inside, effective_pairs(curve), np.inf)
    if found.min() < at_least:
        raise ValueError(
            f"window = {window!r} is not allowed: at t = {curve.time[found.argmin()]:.3g} the mean hangs on "
            f"{found.min():.0f} effective pairs, fewer than at_least = {at_least:g}: average more realisations"
        )
