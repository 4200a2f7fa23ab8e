"""The tail of the concurrence: power laws over many decades, and a map of what rules where."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, one_for_each, positive, refuse
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import local_exponent
from tlsglass.analysis.tail import known_local_exponent
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.weak_pairs import FEWEST_EFFECTIVE
from tlsglass.figures._bands import known_part, with_band
from tlsglass.figures.isolated import CONCURRENCE_LABEL, TIME_LABEL
from tlsglass.figures.style import COLUMN, PALETTE, in_style, looks, subplots


@checked
@in_style
def tails(
    curves: list[Curve],
    labels: list[str],
    laws: list[float],
    n_times: int = 7,
    unit: float = 1.0,
    time_label: str = TIME_LABEL,
    exponents: tuple[float, float] = (0.0, 7.0),
    at_least: float = FEWEST_EFFECTIVE,
    sampled: list[Curve] = (),
) -> Figure:
    """Average concurrence and its local exponents, where they are known.

    Parameters
    ----------
    curves, labels : lists
        One entry for each ensemble.
    laws : list of float
        Predicted exponents, drawn as dotted lines on the right.
    n_times : int
        Neighbouring times behind each slope.
    unit : float
        Unit of the times shown, in `hbar / W`.
    time_label : str
    exponents : pair of float
        Ends of the axis of exponents.
    at_least : float
        Least effective number of pairs behind a local exponent that is shown.
    sampled : list of Curve, optional
        Plain averages of the same ensembles: symbols, where the local exponent of the decay is known to 1.
    """
    one_for_each("curves", curves, labels=labels)
    if sampled:
        one_for_each("curves", curves, sampled=sampled)
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.2))
    for curve, label, look in zip(curves, labels, looks("curves", curves), strict=True):
        known_part(left, curve, look.line, colour=look.colour, label=label, errors=2, unit=unit)
        t, exponent, error = known_local_exponent(curve, n_times, at_least)
        with_band(right, t / unit, exponent, error, look.line, colour=look.colour, label=label)
    for curve, look in zip(sampled, looks("sampled", sampled, by_colour=True), strict=True):
        points = dict(fmt=look.marker, color=look.colour, markerfacecolor="white")
        seen = curve.mean > 2 * curve.stderr
        left.errorbar(curve.time[seen] / unit, curve.mean[seen], curve.stderr[seen], **points)
        t, exponent, error = local_exponent(curve.time, curve.mean, curve.blocks, n_times)
        seen = (exponent > 0) & (error < 1)
        right.errorbar(t[seen] / unit, exponent[seen], error[seen], **points)
    for law in laws:
        right.axhline(law, linestyle=":", color="black", linewidth=1)
    left.set(xscale="log", yscale="log", xlabel=time_label, ylabel=CONCURRENCE_LABEL)
    left.legend(loc="lower left")
    right.set(xscale="log", xlabel=time_label, ylabel=r"local exponent $-d\ln C/d\ln t$", ylim=exponents)
    return figure


@checked
@in_style
def what_lasts(curves: list[Curve], labels: list[str], law: float, window: tuple[float, float]) -> Figure:
    """Average concurrences, the power law in which the first one ends, and an exponential fitted to its early decay.

    Parameters
    ----------
    curves, labels : lists
        One entry for each ensemble.
    law : float
        Exponent of the dotted line, through the last mean of the first curve.
    window : pair of float
        Shaded. The dashed exponential has the values of the first curve at its ends.
    """
    one_for_each("curves", curves, labels=labels)
    figure, axes = subplots(size=(6.4, 4.2))
    axes.axvspan(*window, color="0.9", linewidth=0)
    for curve, label, look in zip(curves, labels, looks("curves", curves, by_colour=True), strict=True):
        known_part(axes, curve, colour=look.colour, label=label, errors=2)
    first = curves[0]
    t, mean = first.time, first.mean
    early, late = np.exp(np.interp(np.log(window), np.log(t), np.log(mean)))
    x = np.geomspace(window[0] / 2, 20 * window[1], 200)
    fall = np.log(early / late) / (window[1] - window[0])
    axes.plot(x, early * np.exp(-fall * (x - window[0])), "--", color="black", linewidth=1, label="exponential")
    x = t[t > window[1]]
    axes.plot(x, mean[-1] * (x / t[-1]) ** -law, ":", color="black", linewidth=1.5, label=f"$t^{{-{law:g}}}$")
    axes.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, ylim=(mean[-1] / 30, 1))
    axes.legend(loc="lower left")
    return figure


@checked
@in_style
def two_samplings(plain: list[Curve], weighted: list[Curve], labels: list[str]) -> Figure:
    """Plain and weighted averages of the same ensembles: points with errors over lines.

    Parameters
    ----------
    plain, weighted, labels : lists
        One entry for each ensemble.
    """
    one_for_each("plain", plain, weighted=weighted, labels=labels)
    figure, axes = subplots(size=(6.4, 4.2))
    for p, w, label, look in zip(plain, weighted, labels, looks("plain", plain), strict=True):
        seen = w.mean > 2 * w.stderr
        axes.plot(w.time[seen], w.mean[seen], look.line, color=look.colour, label=f"{label}, weighted pairs")
        seen = (p.mean > 2 * p.stderr) & (p.time >= w.time[0])
        axes.errorbar(
            p.time[seen], p.mean[seen], p.stderr[seen], fmt=look.marker, color=look.colour,
            label=f"{label}, plain", markerfacecolor="white", capsize=2,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, xlim=(0.15, 2e3))
    axes.legend()
    return figure


@checked
@in_style
def crossover_map(
    maximum: float,
    overshoot: float,
    points: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]],
    followed: dict[int, tuple[float, float]],
    window: tuple[float, float],
    fitted: tuple[np.ndarray, np.ndarray],
) -> Figure:
    """Which law rules at which size and time, for `p = 1`.

    Parameters
    ----------
    maximum, overshoot : float
        Times of the maximum and of the end of the overshoot.
    points : dict
        From what happens there to `(size, time, standard error)`, numbers or arrays.
    followed : dict
        From the size to the first and the last time at which the law of the tail was seen.
    window : pair of float
        Shaded: where exponents were fitted to Fig. 4.
    fitted : pair of arrays
        Sizes and times of a dotted line through the first of the points.
    """
    positive("maximum", maximum), positive("overshoot", overshoot)
    one_for_each("fitted", fitted[0], times=fitted[1])
    figure, axes = subplots(size=(6.4, 4.4))
    axes.axhspan(*window, color="0.9", linewidth=0)
    axes.axhline(maximum, color="black", linewidth=1)
    axes.axhline(overshoot, color="black", linewidth=1)
    for n, (first, last) in followed.items():
        axes.plot([n, n], [first, last], color=PALETTE[2], linewidth=5, alpha=0.6, solid_capstyle="butt")
    axes.plot(*fitted, ":", color=PALETTE[0])
    for (name, (n, time, error)), look in zip(points.items(), looks("points", points, by_colour=True), strict=True):
        axes.errorbar(n, time, error, fmt=look.marker, color=look.colour, capsize=2, label=name)
    axes.set(xscale="log", yscale="log", xlabel="$N$", ylabel=TIME_LABEL, xlim=(4, 300), ylim=(0.02, 1e6))
    for n, t, words in (
        (120, 0.04, "rise"), (120, np.sqrt(maximum * overshoot), "overshoot"), (120, 300, r"$t^{-3}$"),
        (20, 1e3, r"$t^{-1}$"), (8, 1e4, "plateau"),
    ):  # fmt: skip
        axes.text(n, t, words, ha="center", va="center", fontsize=11)
    axes.legend(loc="upper right")
    return figure


@checked
@in_style
def survival(
    time: np.ndarray, ratios: dict[str, tuple[np.ndarray, np.ndarray]], law: np.ndarray, law_label: str
) -> Figure:
    """What dissipation leaves of the concurrence, and a prediction.

    Parameters
    ----------
    time : array, shape (T,)
    ratios : dict
        From a name to `(ratio, stderr)`, arrays of shape (T,).
    law : array, shape (T,)
    law_label : str
    """
    time = finite_array("time", time, (None,))
    law = finite_array("law", law, time.shape)
    if any(x.shape != time.shape for pair in ratios.values() for x in pair):
        refuse("ratios", ratios, f"pairs of arrays of the shape {time.shape} of time")
    figure, axes = subplots(size=(6.4, 4.0))
    for (name, (ratio, error)), look in zip(ratios.items(), looks("ratios", ratios, by_colour=True), strict=True):
        known = (ratio > 0) & (error < 0.7 * ratio)
        points = dict(fmt=look.marker, color=look.colour, capsize=2)
        axes.errorbar(time[known], ratio[known], error[known], **points, label=name)
    axes.plot(time, law, ":", color="black", label=law_label)
    axes.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel="with dissipation / isolated")
    axes.legend(loc="lower left")
    return figure
