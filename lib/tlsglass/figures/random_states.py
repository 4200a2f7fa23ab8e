"""Random states: Fig. 12, the approach to the exact law, and the edge of the entangled states."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from tlsglass._checks import finite_array, refuse
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate
from tlsglass.figures.style import COLOURS, COLUMN, MARKERS, in_style, subplots

LABELS = {"states": "whole states, all pairs", "pairs": "two sites alone", "tilted": "importance sampling"}
METHOD_COLOURS = {"states": COLOURS["blue"], "pairs": COLOURS["sky"], "tilted": COLOURS["vermillion"]}


def _known_methods(table):
    if unknown := {*table["method"]} - {*LABELS}:
        refuse("table", sorted(unknown), f"of the methods {[*LABELS]}")


@checked
@in_style
def scaling(
    table: pd.DataFrame, exact: dict[int, float], fit: tuple[Estimate, Estimate], sizes: Sequence[int]
) -> Figure:
    """Fig. 12: `log2(-ln<C>)` against the number of sites; and the fit's residuals, where the eye sees more.

    Parameters
    ----------
    table : pandas.DataFrame
        The table of :mod:`tlsglass.results.random_states`.
    exact : dict
        From the size to the exact `ln<C>`.
    fit : pair of Estimate
        `b` and `a` of the line.
    sizes : sequence of int
        Sizes fitted.
    """
    _known_methods(table)
    b, a = fit
    if not sizes:
        refuse("sizes", sizes, "one or more")
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 4.0), width_ratios=(1.3, 1))
    n = np.array(sorted(exact))
    y = np.log2([-exact[k] for k in n])

    def line(x):
        return np.log2(a.value) + b.value * np.asarray(x)

    left.plot(n, y, "-", color="black", linewidth=1, label="exact")
    left.plot(n, line(n), "--", color="black", linewidth=1, label=rf"fit, $N = {sizes[0]}$ to ${sizes[-1]}$")
    right.plot(n, y - line(n), "-", color="black", linewidth=1)
    right.axhline(0, linestyle="--", color="black", linewidth=1)
    right.axvspan(sizes[0] - 0.2, sizes[-1] + 0.2, color="0.9", linewidth=0)
    for marker, (method, label) in zip(MARKERS[:3], LABELS.items(), strict=True):
        rows = table[table["method"] == method]
        N, log = rows["n_tls"].to_numpy(), rows["log_concurrence"].to_numpy()
        error = rows["log_concurrence_stderr"].to_numpy() / np.abs(log) / np.log(2)
        style = dict(fmt=marker, color=METHOD_COLOURS[method], capsize=2, label=label, fillstyle="none")
        left.errorbar(N, np.log2(-log), error, **style)
        right.errorbar(N, np.log2(-log) - line(N), error, **style)
    left.set(xlabel="$N$", ylabel=r"$\log_2(-\ln\langle C\rangle)$")
    left.legend()
    right.set(xlabel="$N$", ylabel="difference from the fit")
    for panel in (left, right):
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@checked
@in_style
def approach(table: pd.DataFrame, exact: dict[int, float], asymptote: dict[int, float]) -> Figure:
    """Average concurrence over its asymptote, and over the exact law, against the number of sites.

    Parameters
    ----------
    table : pandas.DataFrame
    exact, asymptote : dict
        From the size to `ln<C>`, for the same sizes.
    """
    _known_methods(table)
    if exact.keys() != asymptote.keys():
        raise ValueError(f"asymptote has the sizes {[*asymptote]}, exact {[*exact]}: they must be the same")
    figure, (upper, lower) = subplots(2, 1, size=(6.4, 5.0), sharex=True)
    n = np.array(sorted(exact))
    upper.plot(n, np.exp([exact[k] - asymptote[k] for k in n]), "-", color="black", linewidth=1, label="exact")
    shifts = {"states": -0.12, "pairs": 0.0, "tilted": 0.12}
    for marker, (method, label) in zip(MARKERS[:3], LABELS.items(), strict=True):
        rows = table[(table["method"] == method) & table["n_tls"].isin(exact)]
        N, log = rows["n_tls"].to_numpy(), rows["log_concurrence"].to_numpy()
        error = rows["log_concurrence_stderr"].to_numpy()
        style = dict(fmt=marker, color=METHOD_COLOURS[method], capsize=2, fillstyle="none")
        for axes, law in ((upper, asymptote), (lower, exact)):
            ratio = np.exp(log - [law[k] for k in N])
            axes.errorbar(N + shifts[method], ratio, ratio * error, label=label, **style)
    for axes, name in ((upper, "asymptote"), (lower, "exact law")):
        axes.axhline(1, linestyle=":", color="black", linewidth=1)
        axes.set_ylabel(rf"$\langle C\rangle\,/\,${name}")
    lower.set(xlabel="$N$", ylim=(0.94, 1.06))
    upper.legend()
    return figure


@checked
@in_style
def edge(concurrence: np.ndarray, determinant: np.ndarray, bound: Callable[[float], float]) -> Figure:
    """Determinants of random two-qubit states against their concurrence, under the largest possible.

    Parameters
    ----------
    concurrence, determinant : arrays, shape (n,)
    bound : callable
        Largest determinant at a concurrence.
    """
    concurrence = finite_array("concurrence", concurrence, (None,))
    determinant = finite_array("determinant", determinant, concurrence.shape)
    figure, axes = subplots(size=(6.4, 3.8))
    separable = concurrence == 0
    axes.plot(concurrence[~separable], 256 * determinant[~separable], ".", color=COLOURS["blue"], markersize=2)
    axes.plot(concurrence[separable] - 0.01, 256 * determinant[separable], ".", color=COLOURS["orange"], markersize=2)
    C = np.linspace(1e-6, 0.6, 200)
    axes.plot(C, [256 * bound(c) for c in C], "-", color="black", label=r"$(16/27)\,(1+C)(1-C)^3$")
    axes.axhline(1, linestyle=":", color="black", linewidth=1)
    axes.annotate("separable", (0.005, 0.8), color=COLOURS["vermillion"])
    axes.set(xlabel="concurrence $C$", ylabel=r"$4^4\det\rho$", xlim=(-0.03, 0.5), ylim=(0, 1.05))
    axes.legend(loc="center right")
    return figure
