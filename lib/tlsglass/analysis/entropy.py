"""What is read off the entropies (Figs. 7 and 11): saturation, when they start to grow, and how they grow."""

import numpy as np

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass._windows import sliding_slopes
from tlsglass.analysis.exponents import Estimate, fit_power_law, jackknife, local_exponent
from tlsglass.ensembles import Curve

SATURATED_FROM = 1e4  # the entropies of systems of up to 16 TLSs do not grow any more


@checked
def saturation(curve: Curve) -> Estimate:
    """Mean of a curve over all times from `SATURATED_FROM` on.

    Raises
    ------
    ValueError
        If it has no such times.
    """
    late = curve.time >= SATURATED_FROM
    if not late.any():
        refuse("curve", curve, f"known at times from {SATURATED_FROM:g} on")

    def level(mean):
        return mean[late].mean()

    return Estimate(float(level(curve.mean)), float(jackknife(level, curve.blocks)))


@checked
def time_to_reach(curve: Curve, part: float) -> float:
    """Time at which an isolated curve first reaches a part of its saturation, interpolated in `ln t`.

    Parameters
    ----------
    curve : Curve
    part : float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If `part` is not between 0 and 1, or the curve has no late times, is above it from the first time after 0 on, or
        never.
    """
    if not 0 < part < 1:
        raise ValueError(f"part = {part!r} is not allowed: it must be between 0 and 1")
    level = part * saturation(curve).value
    k = int(np.argmax(curve.mean > level))
    if k == 0 or curve.time[k - 1] == 0:
        refuse("part", part, "above the curve at its first time after 0, and below it later")
    x, y = np.log(curve.time[k - 1 : k + 1]), curve.mean[k - 1 : k + 1]
    return float(np.exp(x[0] + (level - y[0]) / (y[1] - y[0]) * (x[1] - x[0])))


@checked
def growth_exponent(curve: Curve, n_times: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Local exponent `d ln S / d ln t` of an entropy.

    Returns
    -------
    time, exponent, stderr : arrays, shape (T - n_times + 1,)
    """
    time, exponent, stderr = local_exponent(curve.time, curve.mean, curve.blocks, n_times)
    return time, -exponent, stderr


@checked
def growth_per_decade(curve: Curve, n_times: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Local slope `d S / d log10 t`: constant for a logarithm. Shapes as in :func:`growth_exponent`.

    Raises
    ------
    ValueError
        If the times are not positive and ascending, or `n_times` is not an odd number from 3 to `T`.
    """
    centre, slopes = sliding_slopes("curve.time", curve.time, n_times, np.log10)
    return 10**centre, slopes(curve.mean), jackknife(slopes, curve.blocks)


@checked
def growth_law(curve: Curve, window: tuple[float, float]) -> Estimate:
    """Fit `S ~ t^x` to an entropy in a window of times and return `x`.

    Parameters
    ----------
    curve : Curve
    window : pair of float
        First and last time.

    Raises
    ------
    ValueError
        If the window has fewer than three times, or the entropy vanishes in it.
    """
    law = fit_power_law(curve.time, curve.mean, curve.stderr, curve.blocks, window)
    return Estimate(-law.exponent.value, law.exponent.stderr)
