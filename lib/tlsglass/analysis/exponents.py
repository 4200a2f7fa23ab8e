"""Exponents from averaged curves, with errors that know that all times share the same realisations.

A curve and its block means (means over 20 parts of the realisations) go in. Errors are jackknife errors: leave one
block out, repeat the whole analysis, and look at the scatter (Efron and Stein, Ann. Stat. 9, 586 (1981)). The
correlation between different times of one curve is in them; the standard errors at single times alone would make them
too small.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tlsglass._checks import (
    LARGEST,
    between,
    finite_array,
    number_or_nan,
    positive,
    positive_array,
    real_array,
    refuse,
)
from tlsglass._signatures import Value, checked
from tlsglass._windows import sliding_slopes, within


@dataclass(frozen=True)
class Estimate:
    """A number and its standard error; either may be nan, if it is not known.

    Raises
    ------
    ValueError
        If one is no real number, or the error is negative.
    """

    value: float
    stderr: float

    def __post_init__(self):
        for name in ("value", "stderr"):
            object.__setattr__(self, name, number_or_nan(name, getattr(self, name)))
        if self.stderr < 0:
            refuse("stderr", self.stderr, "a number >= 0, or nan")

    def __str__(self):
        """Value with the error on its last digits, as in 0.127(3); without it where it has none or below 1e-300."""
        if not (np.isfinite(self.value) and np.isfinite(self.stderr) and self.stderr > 1e-300):
            return f"{self.value:.3g}"
        digits = 1 - int(np.floor(np.log10(self.stderr)))  # two digits of the error ...
        if round(self.stderr * 10**digits) >= 30:
            digits -= 1  # ... or one, from 3 on
        error = round(self.stderr * 10**digits)
        if digits <= 0:
            return f"{round(self.value, digits):.0f}({error * 10**-digits:.0f})"
        return f"{self.value:.{digits}f}({error})"


@dataclass(frozen=True, eq=False)
class PowerLaw(Value):
    """A power law `prefactor * t^-exponent` fitted in `window`.

    Attributes
    ----------
    exponent : Estimate
    prefactor : float
    window : tuple of float
        First and last time used.
    n_times : int
        Number of times used.
    chi_square : float
        Sum of the squared residuals over the squared standard errors, per degree of freedom. Neighbouring times share
        their realisations, so it is no test with a p-value; far above 1, the curve bends within the window.
    """

    exponent: Estimate
    prefactor: float
    window: tuple[float, float]
    n_times: int
    chi_square: float

    def __call__(self, time):
        """Value of the fitted law at `time`."""
        return self.prefactor * real_array("time", time) ** -self.exponent.value


@checked
def jackknife(statistic: Callable[[np.ndarray], np.ndarray], blocks: np.ndarray) -> np.ndarray:
    """Standard error of `statistic(mean)` from means over equal parts of the sample.

    Parameters
    ----------
    statistic : callable
        From a mean, shape (..., T), to a number or an array.
    blocks : array, shape (B, ..., T)
        Means over the parts, B >= 2.

    Returns
    -------
    array
        Of the shape that `statistic` returns.

    Raises
    ------
    ValueError
        If there are fewer than two blocks.
    """
    if blocks.ndim < 2 or not np.all(np.isfinite(blocks)):
        refuse("blocks", blocks, "a finite array of shape (B, ..., T)")
    n = len(blocks)
    if n < 2:
        raise ValueError(f"blocks has {n} rows: the jackknife needs at least 2")
    total = blocks.sum(axis=0)
    values = np.array([statistic((total - block) / (n - 1)) for block in blocks])
    return np.sqrt((n - 1) * values.var(axis=0))


@checked
def fit_power_law(
    time: np.ndarray, mean: np.ndarray, stderr: np.ndarray, blocks: np.ndarray, window: tuple[float, float]
) -> PowerLaw:
    """Fit `C ~ t^-beta` by weighted least squares of `ln C` against `ln t` in a window of times.

    Parameters
    ----------
    time, mean, stderr : arrays, shape (T,)
        Times, means and standard errors; the weights are `(mean / stderr)^2`.
    blocks : array, shape (B, T)
    window : pair of float
        First and last time to use.

    Returns
    -------
    PowerLaw
        Its exponent carries the jackknife error.

    Raises
    ------
    ValueError
        If the shapes do not match or a number is not finite, the window has fewer than three different times, or a mean
        or a standard error in it is not positive.
    """
    time, mean, blocks = _curve(time, mean, blocks)
    stderr = finite_array("stderr", stderr, time.shape)
    inside = within(time, window)
    if np.unique(time[inside]).size < 3:
        raise ValueError(f"window = {window!r} holds {inside.sum()} times: a fit needs at least 3 different ones")
    if np.any(mean[inside] <= 0):
        raise ValueError(f"window = {window!r} is not allowed: the mean must be positive at every time in it")
    if np.any(stderr[inside] <= 0):
        refuse("stderr", stderr, f"positive at every time in window = {window!r}")
    x, weight = np.log(time[inside]), mean[inside] / stderr[inside]

    def line(values):
        return np.polyfit(x, np.log(np.maximum(values[inside], 1e-300)), 1, w=weight)

    slope, intercept = line(mean)
    error = jackknife(lambda values: line(values)[0], blocks)
    residuals = weight * (np.log(mean[inside]) - slope * x - intercept)
    return PowerLaw(
        Estimate(float(-slope), float(error)),
        float(np.exp(intercept)),
        (float(time[inside][0]), float(time[inside][-1])),
        int(inside.sum()),
        float((residuals**2).sum() / (inside.sum() - 2)),
    )


def _curve(time, mean, blocks):
    """Return times, mean and block means as arrays that belong together."""
    time = positive_array("time", time, (None,))
    return time, finite_array("mean", mean, time.shape), finite_array("blocks", blocks, (None, time.size))


@checked
def local_exponent(time: np.ndarray, mean: np.ndarray, blocks: np.ndarray, n_times: int = 5) -> tuple:
    """Local exponent `-d ln C / d ln t`: the slope of a straight line through `n_times` neighbouring times.

    Parameters
    ----------
    time, mean : arrays, shape (T,)
    blocks : array, shape (B, T)
    n_times : int
        Odd number of neighbouring times used for each slope.

    Returns
    -------
    centre, exponent, stderr : arrays, shape (T - n_times + 1,)
        Geometric mean of the times, local exponent, jackknife error. Where the mean vanishes the exponent is nan.

    Raises
    ------
    ValueError
        If the shapes do not match, a number is not finite, the times do not ascend, or `n_times` is not an odd number
        from 3 to `T`.
    """
    time, mean, blocks = _curve(time, mean, blocks)
    centre, slopes = sliding_slopes("time", time, n_times)

    def exponents(values):
        return -slopes(np.log(np.where(values > 0, values, np.nan)))

    return np.exp(centre), exponents(mean), jackknife(exponents, blocks)


@checked
def fit_exponential(n: np.ndarray, mean: np.ndarray) -> tuple[Estimate, float]:
    """Fit `C ~ exp(-alpha N)` by least squares of `ln C` against `N`, every size with the same weight.

    Statistical weights would be wrong here: where the law is only roughly exponential, the sizes with the smallest
    errors would decide alone.

    Parameters
    ----------
    n, mean : arrays, shape (K,)

    Returns
    -------
    alpha : Estimate
        Its error is that of the straight line through scattered points: it measures how far from exponential they are.
    prefactor : float

    Raises
    ------
    ValueError
        If there are fewer than three values or one of them is not positive.
    """
    n = finite_array("n", n, (None,))
    mean = finite_array("mean", mean, n.shape)
    if len(mean) < 3 or np.any(mean <= 0):
        refuse("mean", mean, "three or more positive numbers, one for each n")
    if len(np.unique(n)) < 3:
        refuse("n", n, "three or more different sizes")
    (slope, intercept), covariance = np.polyfit(n, np.log(mean), 1, cov=True)
    return Estimate(float(-slope), float(np.sqrt(covariance[0, 0]))), float(np.exp(intercept))


@checked
def rise_coefficient(energy: float, sine: float = np.pi / 4) -> float:
    """Coefficient `c_1` of the rise `C = t [c_1 ln(1/t) + c_2]`: random positions, couplings `J = K / r^3`.

    A pair that nobody disturbs has `C = |sin(theta_a) sin(theta_b) sin(4 J t)|`. With one TLS per unit volume the sum
    over pairs, per TLS, is `(1/2) int 4 pi r^2 dr |sin(4 K t / r^3)| = (8 pi / 3) |K| t int dx |sin x| / x^2`; the
    integral diverges as `ln(1/t)` at small `x = 4 K t / r^3`, that is at large distances.

    Parameters
    ----------
    energy : float
        Mean of `|K|`, positive.
    sine : float
        Mean of `sin(theta)`, in [0, 1]: pi/4 on the sphere.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    return 8.0 * np.pi / 3.0 * positive("energy", energy, LARGEST) * between("sine", sine, 0, 1) ** 2
