"""The isolated system: Figs. 4, 5, 6(a) and 6(b), and the rise of the concurrence."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, integer, one_for_each, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate, PowerLaw
from tlsglass.ensembles import Curve
from tlsglass.figures._bands import known_part, with_band
from tlsglass.figures.style import (
    COLOURS,
    COLUMN,
    LINES,
    MARKERS,
    PALETTE,
    colour_of_n,
    in_style,
    looks,
    number_label,
    subplots,
)

TIME_LABEL = r"time $t$  $(\hbar/W)$"
CONCURRENCE_LABEL = r"average concurrence $C(t)$"


def _draw_exponents(axes, x, exponents: list[Estimate], colours, x_label, y_label):
    for x_i, beta, colour in zip(x, exponents, colours, strict=True):
        axes.errorbar(x_i, beta.value, beta.stderr, fmt="o", color=colour, capsize=2)
    axes.set(xlabel=x_label, ylabel=y_label)


@checked
@in_style
def history(
    curves: list[Curve],
    fits: list[PowerLaw | None],
    floor: float = 1e-6,
    line: tuple[np.ndarray, np.ndarray] | None = None,
) -> Figure:
    """Fig. 4: average concurrence of isolated systems of many sizes, and the exponents of its decay.

    Parameters
    ----------
    curves : list of Curve
    fits : list of PowerLaw or None
        One for each curve; None where no power law was fitted.
    floor : float
        Lower end of the concurrence axis.
    line : pair of arrays, optional
        Values of `1/N`, and of a law for the exponents there: drawn dotted.
    """
    one_for_each("curves", curves, fits=fits)
    if not any(fits):
        refuse("fits", fits, "a power law for one curve at least")
    if line is not None and np.shape(line[0]) != np.shape(line[1]):
        refuse("line", line, "a pair of arrays of the same shape")
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.6), width_ratios=(2.2, 1))
    for i, (curve, fit) in enumerate(zip(curves, fits, strict=True)):
        n = curve.ensemble.n_tls
        small = curve.mean[-1] > 10 * floor  # a small system has its number beside its plateau
        known_part(left, curve, LINES[i % len(LINES)], colour=colour_of_n(n), label="_" if small else f"{n}")
        if small:
            end = dict(xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)
            left.annotate(f"{n}", (curve.time[-1], curve.mean[-1]), color=colour_of_n(n), **end)
        if fit is not None:
            left.plot(fit.window, fit(np.array(fit.window)), "--", color="black", linewidth=1)
    left.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, ylim=(floor, 0.6))
    if left.get_legend_handles_labels()[0]:
        left.legend(title="$N$", loc="lower left", handlelength=2.6)
    fitted = [(c.ensemble.n_tls, f.exponent) for c, f in zip(curves, fits, strict=True) if f is not None]
    sizes, exponents = zip(*fitted, strict=True)
    colours = [colour_of_n(n) for n in sizes]
    _draw_exponents(right, 1 / np.array(sizes), exponents, colours, "$1/N$", r"exponent $\beta_i$")
    if line is not None:
        right.plot(*line, ":", color="black", linewidth=1)
    right.set_xlim(left=0)
    right.set_ylim(bottom=0)
    return figure


@checked
@in_style
def rise(curves: list[Curve], slopes: list[float]) -> Figure:
    """`C / t` against `ln t` at early times, between the law for far pairs and a law twice as steep.

    Parameters
    ----------
    curves : list of Curve
    slopes : list of float
        `c_1` of each, drawn dashed from the first point; twice as much, dotted.
    """
    one_for_each("curves", curves, slopes=slopes)
    figure, axes = subplots()
    for curve, slope in zip(curves, slopes, strict=True):
        n = curve.ensemble.n_tls
        early = curve.time < 0.1
        t, ratio = curve.time[early], curve.mean[early] / curve.time[early]
        axes.errorbar(t, ratio, curve.stderr[early] / t, fmt="o", color=colour_of_n(n), label=f"$N = {n}$")
        for line, times in (("--", 1), (":", 2)):
            law = ratio[0] + times * slope * np.log(t[0] / t)
            axes.plot(t[law > 0], law[law > 0], line, color=colour_of_n(n), linewidth=1)
    axes.plot([], [], "--", color="black", linewidth=1, label="slope $c_1$")
    axes.plot([], [], ":", color="black", linewidth=1, label="slope $2c_1$")
    axes.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"$C(t)/t$  $(W/\hbar)$", ylim=(0, None))
    axes.legend()
    return figure


@checked
@in_style
def local_slopes(
    curves: list[Curve], slopes: list[tuple[np.ndarray, np.ndarray, np.ndarray]], window: tuple[float, float]
) -> Figure:
    """Local exponents of the decay for several sizes, where they are known to 0.5.

    Parameters
    ----------
    curves : list of Curve
    slopes : list of tuple
        `(time, exponent, stderr)` of :func:`tlsglass.analysis.exponents.local_exponent` for each.
    window : pair of float
        Shaded.
    """
    one_for_each("curves", curves, slopes=slopes)
    figure, axes = subplots(size=(6.4, 3.6))
    axes.axvspan(*window, color="0.9", linewidth=0)
    for i, (curve, (t, exponent, error)) in enumerate(zip(curves, slopes, strict=True)):
        n = curve.ensemble.n_tls
        known = np.isfinite(error) & (error < 0.5) & (t > 0.03) & (t < 100)
        look = dict(line=LINES[i % len(LINES)], colour=colour_of_n(n), label=f"$N = {n}$")
        with_band(axes, t[known], exponent[known], error[known], **look)
    axes.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"local exponent $-d\ln C/d\ln t$")
    axes.legend()
    return figure


@checked
@in_style
def tunnelling(
    curves: list[Curve],
    labels: list[str],
    fits: list[PowerLaw],
    slopes: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
) -> Figure:
    """Fig. 5: average concurrence for several tunnelling amplitudes, and the local exponents.

    Parameters
    ----------
    curves, labels, fits : lists
        One entry for each ensemble.
    slopes : list of tuple
        `(time, exponent, stderr)` of :func:`tlsglass.analysis.exponents.local_exponent` for each.
    """
    one_for_each("curves", curves, labels=labels, fits=fits, slopes=slopes)
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.0))
    entries = zip(curves, labels, fits, slopes, looks("curves", curves), strict=True)
    for curve, label, fit, (t, exponent, error), look in entries:
        known_part(left, curve, look.line, colour=look.colour, label=label)
        left.plot(fit.window, fit(np.array(fit.window)), "--", color="black", linewidth=1)
        known = np.isfinite(error) & (error < 0.7) & (t > 0.05)
        with_band(right, t[known], exponent[known], error[known], look.line, colour=look.colour, label=label)
    left.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, ylim=(1e-6, 0.6))
    figure.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    right.axhline(3, linestyle=":", color="black", linewidth=1)
    right.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"local exponent $-d\ln C/d\ln t$", xlim=(0.05, 5))
    return figure


@checked
@in_style
def plateau(curves: list[Curve], alpha: Estimate, prefactor: float, random_states: dict[int, float]) -> Figure:
    """Fig. 6(a): plateau of the average concurrence against the size, beside random states.

    Parameters
    ----------
    curves : list of Curve
        Each with one time: the plateau.
    alpha, prefactor : Estimate, float
        Of the exponential fit.
    random_states : dict
        From the size to the exact average concurrence of random states.
    """
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.0))
    one_for_each("curves", curves)
    if not random_states:
        refuse("random_states", random_states, "an average for one size at least")
    n = np.array([c.ensemble.n_tls for c in curves])
    c = np.array([c.mean[-1] for c in curves])
    error = np.array([c.stderr[-1] for c in curves])
    for n_i, c_i, error_i in zip(n, c, error, strict=True):
        left.errorbar(n_i, c_i, error_i, fmt="o", color=colour_of_n(int(n_i)), capsize=2)
    left.plot(n, prefactor * np.exp(-alpha.value * n), "-", color="black", linewidth=1, label=rf"$\alpha = {alpha}$")
    sizes = np.array(sorted(random_states))
    values = [random_states[k] for k in sizes]
    left.plot(sizes, values, MARKERS[1] + "--", color=COLOURS["vermillion"], linewidth=1, label="random states, exact")
    left.set(yscale="log", xlabel="$N$", ylabel=r"plateau $C(\infty)$", ylim=(c[-1] / 5, 1))
    left.legend()
    local = -np.diff(np.log(c)) / np.diff(n)
    local_error = np.hypot((error / c)[1:], (error / c)[:-1]) / np.diff(n)
    right.errorbar((n[1:] + n[:-1]) / 2, local, local_error, fmt="o", color=COLOURS["blue"], capsize=2)
    right.axhline(0.8, linestyle=":", color="black", label="paper: 0.8")
    right.set(xlabel="$N$", ylabel=r"local $\alpha = -d\ln C(\infty)/dN$", ylim=(0, None))
    right.legend()
    return figure


@checked
@in_style
def collapse(curves: list[Curve]) -> Figure:
    """Fig. 6(b): average concurrence for several interaction scales, against time and against scaled time."""
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 3.8), sharey=True)
    for i, (curve, look) in enumerate(zip(curves, looks("curves", curves, ("black",), by_colour=True), strict=True)):
        eta = curve.ensemble.interaction_scale
        label = rf"$\eta = {number_label(eta)}$"
        known_part(left, curve, colour=look.colour, label=label)
        seen = curve.mean > curve.stderr
        scaled = curve.time * eta / 1e5
        right.plot(scaled[seen], curve.mean[seen], look.line, color=look.colour, linewidth=max(4 - i, 1), label=label)
    left.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, ylim=(1e-6, 0.6))
    right.set(xscale="log", xlabel=r"scaled time $t\,\eta/10^5$  $(\hbar/W)$")
    left.legend(loc="lower left")
    return figure


@checked
@in_style
def large_sample(curve: Curve, n_tls: int, time, concurrence) -> Figure:
    """One large system beside the mean of small ones, and beside one standard deviation of a single small one.

    Parameters
    ----------
    curve : Curve
        Of the small systems.
    n_tls : int
        Size of the large one.
    time, concurrence : arrays, shape (T,)
        Of the large one.
    """
    integer("n_tls", n_tls, 2)
    time = positive_array("time", time, (None,))
    concurrence = finite_array("concurrence", concurrence, time.shape)
    if not np.any(concurrence > 0):
        refuse("concurrence", concurrence, "positive somewhere")
    figure, axes = subplots(size=(COLUMN, 4.0))
    scatter = np.sqrt(curve.n_realisations) * curve.stderr
    small, seen = curve.mean > scatter / 2, concurrence > 0
    label = f"$N = {curve.ensemble.n_tls}$: mean, and scatter of one"
    with_band(
        axes, curve.time[small], curve.mean[small], scatter[small], colour=PALETTE[0], label=label, logarithmic=True
    )
    axes.plot(time[seen], concurrence[seen], "o", markersize=3, color=PALETTE[1], label=f"$N = {n_tls}$: one system")
    axes.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL)
    axes.legend(loc="best")
    return figure
