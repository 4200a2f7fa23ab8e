"""What is read off the tail of `C(t)`: exponents where enough pairs are known, and the channels of a finite system."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import positive, real_array, refuse
from tlsglass._signatures import checked
from tlsglass._windows import within
from tlsglass.analysis._pairing import need_the_same_disorder
from tlsglass.analysis.exponents import Estimate, PowerLaw, fit_power_law, jackknife, local_exponent
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.weak_pairs import FEWEST_EFFECTIVE, effective_pairs, require_effective_pairs


@checked
def predicted_exponent(p: float) -> float:
    """Exponent of the tail for `P(g < s) ~ s^p` and `N -> infinity`: `2 p + 1`.

    Both TLSs of a pair must be weak, `t^-p` each, and close, `t^-1`.
    """
    return 2.0 * positive("p", p) + 1.0


@checked
def tail_exponent(curve: Curve, window: tuple[float, float], at_least: float = FEWEST_EFFECTIVE) -> PowerLaw:
    """Fit a power law to the tail in a window, or refuse where a mean hangs on fewer than `at_least` effective pairs.

    Raises
    ------
    ValueError
        If somewhere in the window the mean hangs on too few pairs
        (:func:`tlsglass.ensembles.weak_pairs.require_effective_pairs`), or there are fewer than three times.
    """
    require_effective_pairs(curve, window, at_least)
    return fit_power_law(curve.time, curve.mean, curve.stderr, curve.blocks, window)


@checked
def known_local_exponent(curve: Curve, n_times: int = 5, at_least: float = FEWEST_EFFECTIVE) -> tuple:
    """Local exponents as :func:`tlsglass.analysis.exponents.local_exponent`, at those times where they are known.

    A time is left out if one of the means behind its slope hangs on fewer than `at_least` effective pairs.

    Returns
    -------
    time, exponent, stderr : arrays
    """
    time, exponent, stderr = local_exponent(curve.time, curve.mean, curve.blocks, n_times)
    fewest = np.lib.stride_tricks.sliding_window_view(effective_pairs(curve), n_times).min(axis=1)
    known = (fewest >= at_least) & np.isfinite(exponent)
    return time[known], exponent[known], stderr[known]


@dataclass(frozen=True)
class TwoChannels:
    """`C = both t^-(2p+1) + one t^-p`: both TLSs of a pair weak, or one of them.

    Attributes
    ----------
    both, one : Estimate
        Amplitudes.
    crossover : Estimate
        The time at which both terms are equal.
    p : float
    """

    both: Estimate
    one: Estimate
    crossover: Estimate
    p: float

    @checked
    def __call__(self, time: np.ndarray):
        """Value of the fitted sum at `time`."""
        t = real_array("time", time)
        return self.both.value * t ** -predicted_exponent(self.p) + self.one.value * t**-self.p


@checked
def two_channels(curve: Curve, p: float, window: tuple[float, float]) -> TwoChannels:
    """Fit the amplitudes of both channels in a window, each time weighted by its relative error.

    Parameters
    ----------
    curve : Curve
    p : float
        Known from the disorder.
    window : pair of float
        First and last time; after the overshoot, before the plateau.

    Returns
    -------
    TwoChannels
        With jackknife errors.

    Raises
    ------
    ValueError
        If the window has fewer than three times, or an amplitude comes out negative: then there are not two channels
        with this `p` in this window.
    """
    inside = within(curve.time, window) & (curve.mean > 0)
    if inside.sum() < 3:
        raise ValueError(f"window = {window!r} holds {inside.sum()} times: a fit needs at least 3")
    t = curve.time[inside]
    if not np.all(np.isfinite(t ** -predicted_exponent(p))):
        refuse("p", p, "small enough for t^-(2p+1) to be a number")
    basis = np.stack([t ** -predicted_exponent(p), t**-p], axis=1) / curve.stderr[inside, None]

    def amplitudes(mean):
        both, one = np.linalg.lstsq(basis, mean[inside] / curve.stderr[inside])[0]
        return np.array([both, one, (both / one) ** (1 / (p + 1)) if both * one > 0 else np.nan])

    values = amplitudes(curve.mean)
    if not np.all(values > 0):
        raise ValueError(
            f"window = {window!r} is not allowed: it does not hold two channels with p = {p:g}, amplitudes {values[:2]}"
        )
    errors = jackknife(amplitudes, curve.blocks)
    return TwoChannels(*(Estimate(float(v), float(e)) for v, e in zip(values, errors, strict=True)), p)


@checked
def steepest_exponent(curve: Curve, n_times: int = 5, at_least: float = 20.0) -> Estimate:
    """Largest local exponent that is known; see :func:`known_local_exponent`.

    Raises
    ------
    ValueError
        If none is known.
    """
    _, exponent, stderr = known_local_exponent(curve, n_times, at_least)
    if exponent.size == 0:
        raise ValueError(f"curve: none of its times has at_least = {at_least:g} effective pairs")
    k = int(np.argmax(exponent))
    return Estimate(float(exponent[k]), float(stderr[k]))


def _paired_means(one: Curve, other: Curve) -> np.ndarray:
    """Means of both curves over the same groups of realisations, shape (groups, 2, T)."""
    need_the_same_disorder(same_count=False, one=one, other=other)
    sizes = [c.n_realisations // len(c.blocks) for c in (one, other)]
    group = np.lcm(*sizes)
    groups = min(one.n_realisations, other.n_realisations) // group
    if groups < 3 or any(c.n_realisations % len(c.blocks) for c in (one, other)):
        raise ValueError(
            f"one and other have {one.n_realisations} and {other.n_realisations} realisations: no 3 groups"
        )
    return np.stack(
        [
            c.blocks[: groups * group // size].reshape(groups, group // size, -1).mean(axis=1)
            for c, size in zip((one, other), sizes, strict=True)
        ],
        axis=1,
    )


@checked
def paired_ratio(one: Curve, other: Curve) -> tuple[np.ndarray, np.ndarray]:
    """Ratio of two averages over the realisations that both have: noise that they share drops out.

    Parameters
    ----------
    one, other : Curve
        The same observable of the same disorder at the same times. Their counts of realisations are multiples of 20,
        the number of blocks.

    Returns
    -------
    ratio, stderr : arrays, shape (T,)
        Errors by the jackknife over groups of realisations.

    Raises
    ------
    ValueError
        If the two do not share their disorder, or there are fewer than three common groups.
    """
    means = _paired_means(one, other)

    def ratio(mean):
        return mean[0] / mean[1]

    return ratio(means.mean(axis=0)), jackknife(ratio, means)


@checked
def paired_exponent(one: Curve, other: Curve, window: tuple[float, float]) -> Estimate:
    """Exponent by which `one / other` falls in a window of times, over the realisations that both have.

    Parameters
    ----------
    one, other : Curve
        As in :func:`paired_ratio`.
    window : pair of float
        Times, the ends included; at least three of the curves' times lie between.

    Returns
    -------
    Estimate
        Of a straight line through the logarithms, weighted by the errors of the ratio. Error by the jackknife.

    Raises
    ------
    ValueError
        As in :func:`paired_ratio`, and if a mean in the window is not positive or all groups have the same ratio.
    """
    means = _paired_means(one, other)
    inside = (one.time > 0) & within(one.time, window)
    if inside.sum() < 3 or not np.all(means[..., inside] > 0):
        refuse("window", window, "three times or more, after 0, at which all groups have entangled pairs")
    ratio, stderr = paired_ratio(one, other)
    if not np.all(stderr[inside] > 0):
        raise ValueError("one and other are proportional in the window: their ratio has no error to weigh with")
    weight = (ratio / stderr)[inside]

    def slope(mean):
        return -np.polyfit(np.log(one.time[inside]), np.log(mean[0] / mean[1])[inside], 1, w=weight)[0]

    return Estimate(float(slope(means.mean(axis=0))), float(jackknife(slope, means)))


@checked
def mean_exponent(curve: Curve, window: tuple[float, float]) -> Estimate:
    """Mean exponent `-ln(C_2 / C_1) / ln(t_2 / t_1)` between the first and the last time in a window.

    It needs to know two means only, and over decades even badly known ones say much.

    Raises
    ------
    ValueError
        If the window holds fewer than two times, or one of the two means is not positive.
    """
    inside = np.flatnonzero(within(curve.time, window))
    if inside.size < 2 or not np.all(curve.mean[inside[[0, -1]]] > 0):
        raise ValueError(f"window = {window!r} is not allowed: it needs two times with positive means")
    first, last = inside[[0, -1]]

    def slope(mean):
        return -np.log(mean[last] / mean[first]) / np.log(curve.time[last] / curve.time[first])

    return Estimate(float(slope(curve.mean)), float(jackknife(slope, curve.blocks)))
