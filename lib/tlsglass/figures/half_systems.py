"""Figs. 7 and 11: entropies of half systems; what stands beside them; how the entropy of large systems grows."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from tlsglass._checks import one_for_each, refuse
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate
from tlsglass.ensembles import Curve
from tlsglass.figures._bands import with_band
from tlsglass.figures.dissipative import scale_label
from tlsglass.figures.isolated import TIME_LABEL
from tlsglass.figures.style import COLUMN, LINES, colour_of_n, in_style, looks, subplots

ENTROPY_LABEL = r"$S_E(t)/N$ (nats)"


def _band(axes, curve, colour, line="-", label=None, factor=1.0):
    with_band(axes, curve.time, factor * curve.mean, factor * curve.stderr, line, colour=colour, label=label)


@checked
@in_style
def entropy(
    entropies: list[Curve],
    concurrences: list[Curve],
    levels: dict[int, Estimate],
    law: tuple[float, float] | None = None,
) -> Figure:
    """Fig. 7: entropy of half an isolated system, with the concurrence; and its saturation value against the size.

    Parameters
    ----------
    entropies, concurrences : lists of Curve
    levels : dict
        From the size to the saturation value of `S_E / N`.
    law : pair of float, optional
        Slope and constant of a straight line to draw through `N` times these values.
    """
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.0), width_ratios=(2, 1))
    twin = left.twinx()
    for curve in entropies:
        n = curve.ensemble.n_tls
        _band(left, curve, colour_of_n(n))
        left.text(1.5 * curve.time[-1], curve.mean[-1], f"{n}", va="center", fontsize=8, color=colour_of_n(n))
    for curve in concurrences:
        twin.plot(curve.time, curve.mean, "--", color=colour_of_n(curve.ensemble.n_tls), linewidth=1)
    left.set(xscale="log", xlabel=TIME_LABEL, ylabel=ENTROPY_LABEL, ylim=(0, None))
    twin.set(ylabel="average concurrence $C(t)$, dashed", ylim=(0, None))
    for line, name in (("-", "entropy"), ("--", "concurrence")):
        left.plot([], [], line, color="0.4", label=name)
    left.legend(loc="center right")
    if entropies:
        last = max(entropies, key=lambda curve: curve.mean[-1])
        left.text(1.5 * last.time[-1], 1.03 * last.mean[-1], "$N$", fontsize=9)
        left.set(xlim=(None, 8 * last.time[-1]))
    sizes = np.array(sorted(levels))
    if law is not None:
        x = np.array([-law[1] / law[0], sizes.max()])
        right.plot(x, law[0] * x + law[1], color="0.5", linewidth=1)
    for n in sizes:
        total = levels[n]
        right.errorbar(n, n * total.value, n * total.stderr, fmt="o", color=colour_of_n(int(n)), capsize=2)
    right.set(xlabel="$N$", ylabel=r"$S_E(\infty)$ (nats)", xlim=(0, None), ylim=(0, None))
    figure.get_layout_engine().set(wspace=0.08)  # between the second axis of the left panel and the right one
    return figure


@checked
@in_style
def with_dissipation(entropies: list[Curve], isolated: list[Curve]) -> Figure:
    """Fig. 11: entropy of half a system, a panel for each dissipation scale; dotted, the isolated systems.

    Parameters
    ----------
    entropies, isolated : lists of Curve
    """
    one_for_each("entropies", entropies)
    scales = sorted({c.ensemble.dissipation_scale for c in entropies})
    figure, (panels,) = subplots(1, len(scales), size=(COLUMN, 3.8), sharey=True, squeeze=False)
    for scale, panel in zip(scales, panels, strict=True):
        for curve in (c for c in entropies if c.ensemble.dissipation_scale == scale):
            n = curve.ensemble.n_tls
            _band(panel, curve, colour_of_n(n), label=f"{n}")
        for curve in isolated:
            panel.plot(curve.time, curve.mean, ":", color=colour_of_n(curve.ensemble.n_tls), linewidth=1)
        panel.set(xscale="log", xlabel=TIME_LABEL, ylim=(0, None))
        panel.text(0.05, 0.95, scale_label(scale), transform=panel.transAxes, ha="left", va="top")
    panels[0].set_ylabel(ENTROPY_LABEL)
    panels[0].legend(title="$N$", loc="lower right")
    return figure


@checked
@in_style
def side_by_side(measures: dict[str, list[Curve]]) -> Figure:
    """Several measures of one system, a panel for each dissipation scale.

    Parameters
    ----------
    measures : dict
        From the name of a measure to its curves, one for each scale.
    """
    one_for_each("measures", measures)
    scales = sorted({c.ensemble.dissipation_scale for curves in measures.values() for c in curves})
    for name, curves in measures.items():
        found = sorted(c.ensemble.dissipation_scale for c in curves)
        if found != scales:
            refuse(f"the scales of measures[{name!r}]", found, f"{scales}, one curve for each")
    figure, (panels,) = subplots(1, len(scales), size=(COLUMN, 3.4), sharey=True, squeeze=False)
    for scale, panel in zip(scales, panels, strict=True):
        for (name, curves), look in zip(measures.items(), looks("measures", measures), strict=True):
            curve = next(c for c in curves if c.ensemble.dissipation_scale == scale)
            _band(panel, curve, look.colour, look.line, name)
        panel.set(xscale="log", xlabel=TIME_LABEL)
        panel.text(0.05, 0.95, scale_label(scale), transform=panel.transAxes, ha="left", va="top")
    panels[0].set_ylabel("per TLS (nats)")
    panels[0].legend(loc="lower right", bbox_to_anchor=(1.0, 0.1))
    return figure


@checked
@in_style
def growth(
    curves: list[Curve],
    labels: list[str],
    exponents: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
    expected: list[tuple[str, float]],
) -> Figure:
    """Growth of the second Renyi entropy of large systems, and its local exponent.

    Parameters
    ----------
    curves, labels : lists
    exponents : list of tuple
        `(time, exponent, stderr)` of each.
    expected : list of tuple
        Name and value of the exponents drawn as lines.
    """
    one_for_each("curves", curves, labels=labels, exponents=exponents)
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 3.8))
    entries = zip(curves, labels, exponents, looks("curves", curves, by_colour=True), strict=True)
    for curve, label, (t, exponent, error), look in entries:
        n = curve.ensemble.n_tls
        points = dict(fmt=look.marker + "-", color=look.colour)
        left.errorbar(curve.time, n * curve.mean, n * curve.stderr, **points, label=label)
        right.errorbar(t, exponent, error, **points, capsize=2)
    for i, (name, value) in enumerate(expected):
        right.axhline(value, linestyle=LINES[1 + i % 3], color="black", linewidth=1, label=name)
    left.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=r"$S_2$ of half the system (nats)")
    right.set(xscale="log", xlabel=TIME_LABEL, ylabel=r"local exponent $d\ln S_2/d\ln t$", ylim=(0, None))
    left.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    left.yaxis.set_major_formatter("{x:g}")
    left.yaxis.set_minor_formatter(NullFormatter())
    left.legend()
    right.legend()
    return figure
