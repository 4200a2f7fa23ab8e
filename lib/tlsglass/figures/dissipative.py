"""Figs. 8, 9 and 10, and the same with temperature."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import non_negative, one_for_each, positive
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate
from tlsglass.analysis.open_system import Stretched
from tlsglass.ensembles import Curve
from tlsglass.figures._bands import known_part, with_band
from tlsglass.figures.isolated import CONCURRENCE_LABEL, TIME_LABEL
from tlsglass.figures.style import COLOURS, COLUMN, colour_of_n, in_style, looks, number_label, subplots

_AXES = dict(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL, ylim=(1e-6, 0.6))


@checked
def scale_label(scale: float) -> str:
    """Name of a dissipation scale for a legend."""
    return rf"$\epsilon = {number_label(non_negative('scale', scale))}$"


@checked
@in_style
def with_dissipation(curves: list[Curve]) -> Figure:
    """Fig. 8: average concurrence for several sizes, a panel for each dissipation scale.

    Parameters
    ----------
    curves : list of Curve
        Of any sizes and scales.
    """
    one_for_each("curves", curves)
    scales = sorted({c.ensemble.dissipation_scale for c in curves})
    figure, (panels,) = subplots(1, len(scales), size=(COLUMN, 3.8), sharey=True, squeeze=False)
    for scale, panel in zip(scales, panels, strict=True):
        for curve in (c for c in curves if c.ensemble.dissipation_scale == scale):
            n = curve.ensemble.n_tls
            known_part(panel, curve, colour=colour_of_n(n), label=f"{n}")
        panel.set(**_AXES | ({} if panel is panels[0] else {"ylabel": ""}))
        panel.text(0.95, 0.95, scale_label(scale), transform=panel.transAxes, ha="right", va="top")
    panels[0].legend(title="$N$", loc="lower left")
    return figure


@checked
@in_style
def departure(
    ratios: list[tuple[np.ndarray, np.ndarray]],
    fits: list[list[Stretched]],
    labels: list[str],
    slopes: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
    start: float = 1.0,
) -> Figure:
    """Fig. 9: curves over their plateau with fits, and the local slope that a stretched exponential would keep.

    Parameters
    ----------
    ratios : list of tuple
        `(time, ratio)` of each curve.
    fits : list of list of Stretched
        One list for each: the first dashed, the second dotted.
    labels : list of str
    slopes : list of tuple
        `(time, slope, stderr)` of :func:`tlsglass.analysis.open_system.stretching_slope`.
    start : float
        Time at which both panels begin: when the plateau is reached.
    """
    positive("start", start)
    one_for_each("ratios", ratios, fits=fits, labels=labels, slopes=slopes)
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 3.8))
    entries = zip(ratios, fits, labels, slopes, looks("ratios", ratios, by_colour=True), strict=True)
    for (time, ratio), laws, label, (t, slope, error), look in entries:
        late = time >= start
        left.plot(time[late], ratio[late], "-", color=look.colour, label=label)
        for law, line in zip(laws, ("--", ":")[: len(laws)], strict=True):
            inside = np.geomspace(*law.window, 50)
            left.plot(inside, law(inside), line, color="black", linewidth=1)
        known = np.isfinite(error) & (error < 0.15) & (t >= start)
        with_band(right, t[known], slope[known], error[known], look.line, colour=look.colour, label=label)
    left.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"$C(t)/C(\infty;\epsilon=0)$", ylim=(0, 1.2))
    left.legend()
    right.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"local slope of $\ln(-\ln C/C_{\epsilon=0})$", ylim=(0, 1.2))
    return figure


@checked
@in_style
def exponents(open_: list[Curve], isolated: list[Curve], beta: dict[str, dict[int, Estimate]]) -> Figure:
    """Fig. 10: decay with much dissipation and without, and the exponents of both against `1/N`.

    Parameters
    ----------
    open_, isolated : lists of Curve
        Drawn solid and dashed.
    beta : dict
        From "open" and "isolated" to the exponent by size.
    """
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.0), width_ratios=(1.6, 1))
    for curves, line in ((open_, "-"), (isolated, "--")):
        for curve in curves:
            n = curve.ensemble.n_tls
            known_part(left, curve, line, colour=colour_of_n(n), label=f"{n}" if line == "-" else None)
    left.set(**_AXES)
    left.legend(title="$N$", loc="lower left")
    styles = {"open": ("o", COLOURS["vermillion"]), "isolated": ("s", COLOURS["blue"])}
    for name, values in beta.items():
        marker, colour = styles[name]
        x, y = 1 / np.array(sorted(values)), [values[n] for n in sorted(values)]
        label = r"$\beta_o$, $\epsilon = 1$" if name == "open" else r"$\beta_i$, $\epsilon = 0$"
        right.errorbar(x, [b.value for b in y], [b.stderr for b in y], fmt=marker, color=colour, capsize=2, label=label)
    right.axvspan(1 / 9.5, right.get_xlim()[1], color="0.93", linewidth=0)
    right.set(xlabel="$1/N$", ylabel=r"exponent", xlim=(0, None), ylim=(0, None))
    right.legend()
    return figure


@checked
@in_style
def temperatures(curves: list[Curve], label: str) -> Figure:
    """Draw curves of one size at several temperatures; `label` names the vertical axis.

    Parameters
    ----------
    curves : list of Curve
    label : str
    """
    figure, axes = subplots(size=(6.4, 3.8))
    for curve, look in zip(curves, looks("curves", curves), strict=True):
        name = rf"$k_BT/W = {curve.ensemble.temperature:g}$"
        known_part(axes, curve, look.line, colour=look.colour, label=name)
    axes.set(xscale="log", xlabel=TIME_LABEL, ylabel=label)
    axes.legend()
    return figure
