"""What is read off the curves with dissipation (Figs. 8, 9, 10): exponents side by side, and the end of the plateau."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from tlsglass._checks import finite_array, one_of, real_array, refuse
from tlsglass._signatures import checked
from tlsglass._windows import sliding_slopes, within
from tlsglass.analysis._pairing import need_the_same_disorder
from tlsglass.analysis.exponents import Estimate, fit_power_law, jackknife
from tlsglass.ensembles import Curve

# One window for all sizes: after the maximum, and early enough for the largest system to be seen and for the smallest
# to be above its plateau.
DECAY_WINDOW = (0.3, 1.0)
PLATEAU_FROM = 1e3  # after every phase of a small isolated system has turned
FORMS = ("amplitude 1", "amplitude free", "shifted")  # of a stretched exponential


@checked
def exponent_difference(open_: Curve, isolated: Curve, window: tuple[float, float] = DECAY_WINDOW) -> Estimate:
    """Return `beta_o - beta_i` of two curves over the same realisations, with the error of the paired difference.

    Parameters
    ----------
    open_, isolated : Curve
        With the same times, disorder, seed and number of realisations.
    window : pair of float

    Returns
    -------
    Estimate
        Realisations that make both exponents large cancel in it.

    Raises
    ------
    ValueError
        If the two do not share their realisations.
    """
    need_the_same_disorder(open_=open_, isolated=isolated)

    def difference(stacked):
        a, b = stacked
        slopes = [
            fit_power_law(c.time, mean, c.stderr, np.array([mean, mean]), window).exponent.value
            for c, mean in ((open_, a), (isolated, b))
        ]
        return slopes[0] - slopes[1]

    blocks = np.stack([open_.blocks, isolated.blocks], axis=1)  # block curve time
    return Estimate(float(difference((open_.mean, isolated.mean))), float(jackknife(difference, blocks)))


@dataclass(frozen=True)
class Stretched:
    """Stretched exponential `amplitude * exp{-[(t + shift) / tau]^delta}` fitted to a curve over its plateau.

    Attributes
    ----------
    delta, tau, amplitude : Estimate
        `tau` in units of `hbar / W`; the error of a fixed amplitude is 0.
    window : pair of float
        First and last time.
    shift : Estimate
        The `t_0` of Fig. 9, in units of `hbar / W`; 0 unless it was fitted.

    Raises
    ------
    ValueError
        If the window does not end after it begins.
    """

    delta: Estimate
    tau: Estimate
    amplitude: Estimate
    window: tuple[float, float]
    shift: Estimate = Estimate(0.0, 0.0)

    def __post_init__(self):
        first, last = finite_array("window", self.window, (2,))
        if not 0 <= first < last:
            refuse("window", self.window, "two times >= 0 in ascending order")

    @checked
    def __call__(self, time: np.ndarray):
        """Value of the fitted law at `time`."""
        scaled = (real_array("time", time) + self.shift.value) / self.tau.value
        return self.amplitude.value * np.exp(-(scaled**self.delta.value))


@checked
def over_plateau(curve: Curve, isolated: Curve) -> tuple[np.ndarray, np.ndarray]:
    """Return the curve over the plateau of the isolated system with the same disorder.

    Parameters
    ----------
    curve, isolated : Curve
        Over the same realisations; the plateau is the mean of `isolated` over its times from `PLATEAU_FROM` on.

    Returns
    -------
    ratio : array, shape (T,)
    blocks : array, shape (B, T)
        Leave-one-out ratios are made of sums over these: curve and plateau of the same realisations are kept together,
        shape (B, 2, T), plateau second.

    Raises
    ------
    ValueError
        If the two do not share their realisations, or `isolated` has no times on the plateau.
    """
    need_the_same_disorder(same_times=False, curve=curve, isolated=isolated)
    late = isolated.time >= PLATEAU_FROM
    if not late.any():
        refuse("isolated", isolated, f"known at times from {PLATEAU_FROM:g} on")
    level = isolated.blocks[:, late].mean(axis=1)  # block
    blocks = np.stack([curve.blocks, np.repeat(level[:, None], curve.time.size, axis=1)], axis=1)
    return curve.mean / isolated.mean[late].mean(), blocks


def _amplitude_and_shift(form: str, delta: float, free: np.ndarray) -> tuple[float, float]:
    """Logarithm of the amplitude, and the shift over `tau`, from what a form leaves free beside `delta` and `tau`."""
    if form == "shifted":
        shift = np.exp(free[0])
        return shift**delta, shift
    return (free[0] if form == "amplitude free" else 0.0), 0.0


@checked
def fit_stretched(curve: Curve, isolated: Curve, window: tuple[float, float], form: str) -> Stretched:
    """Fit a stretched exponential to how a curve leaves the plateau, Fig. 9.

    Least squares of the logarithm, each time with the same weight.

    Parameters
    ----------
    curve, isolated : Curve
        Over the same realisations.
    window : pair of float
        First and last time.
    form : {"amplitude 1", "amplitude free", "shifted"}
        The first two have no shift `t_0`. The last has one, as in the paper, and the amplitude with which the law is 1
        at `t = 0`: on the plateau nothing has decayed yet.

    Returns
    -------
    Stretched
        Errors are jackknife errors; a `tau` that is not known to a factor has one larger than itself.

    Raises
    ------
    ValueError
        If the window has fewer than five times, the curve vanishes or reaches the plateau in it, or there is no such
        form.
    """
    one_of("form", form, FORMS)
    ratio, blocks = over_plateau(curve, isolated)
    inside = within(curve.time, window)
    if inside.sum() < 5:
        raise ValueError(f"window = {window!r} holds {inside.sum()} times: the fit needs at least 5")
    if np.any(ratio[inside] <= 0) or np.any(ratio[inside] >= 1):
        raise ValueError(f"window = {window!r} is not allowed: the ratio to the plateau must be between 0 and 1 in it")
    t = curve.time[inside]

    def fit(stacked):
        y = np.log(np.clip(stacked[0][inside] / stacked[1][inside], 1e-12, 1 - 1e-12))
        slope, offset = np.polyfit(np.log(t), np.log(-y), 1)  # ln(-ln ratio) = delta (ln t - ln tau)

        def residuals(p):
            log_amplitude, shift = _amplitude_and_shift(form, p[0], p[2:])
            return y - log_amplitude + (t / np.exp(p[1]) + shift) ** p[0]

        p = least_squares(residuals, [slope, -offset / slope, *([] if form == "amplitude 1" else [0.0])]).x
        log_amplitude, shift = _amplitude_and_shift(form, p[0], p[2:])
        return np.array([p[0], p[1], log_amplitude, shift * np.exp(p[1])])

    value, error = fit(np.stack([curve.mean, curve.mean / ratio])), jackknife(fit, blocks)
    tau, amplitude = np.exp(value[1]), np.exp(value[2])
    return Stretched(
        Estimate(float(value[0]), float(error[0])),
        Estimate(float(tau), float(tau * error[1])),
        Estimate(float(amplitude), float(amplitude * error[2])),
        (float(t[0]), float(t[-1])),
        Estimate(float(value[3]), float(error[3])),
    )


@checked
def stretching_slope(curve: Curve, isolated: Curve, n_times: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Local slope of `ln(-ln ratio)` against `ln t`: constant, and equal to `delta`, for a stretched exponential.

    Parameters
    ----------
    curve, isolated : Curve
        Over the same realisations. The ratio here is to the isolated curve at the same time, which removes what the
        plateau itself still does.
    n_times : int
        Odd number of neighbouring times used for each slope.

    Returns
    -------
    time, slope, stderr : arrays
        Nan where the ratio is not between 0 and 1.

    Raises
    ------
    ValueError
        If the two do not share their realisations, their times are not positive and ascending, or `n_times` is not an
        odd number from 3 to `T`.
    """
    need_the_same_disorder(curve=curve, isolated=isolated)
    centre, slopes = sliding_slopes("curve.time", curve.time, n_times)

    def stretching(stacked):
        with np.errstate(invalid="ignore", divide="ignore"):
            y = np.log(-np.log(stacked[0] / stacked[1]))
        return slopes(np.where(np.isfinite(y), y, np.nan))

    blocks = np.stack([curve.blocks, isolated.blocks], axis=1)
    return np.exp(centre), stretching(np.stack([curve.mean, isolated.mean])), jackknife(stretching, blocks)
