"""Figures of the angular integrals (A16)-(A18) and of the cutoff in the integral over the wave number."""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, refuse
from tlsglass._signatures import checked
from tlsglass.figures.style import COLOURS, COLUMN, in_style, looks, subplots


@checked
@in_style
def angular_integrals(
    zeta: np.ndarray, curves: dict[str, Callable], dots: np.ndarray, quadrature: dict[str, np.ndarray]
) -> Figure:
    """Draw the independent angular integrals against `zeta`, closed forms as lines and quadrature as dots.

    Parameters
    ----------
    zeta : array, shape (n,)
    curves : dict
        From a component, two or four letters, to its closed form as a function of `zeta`.
    dots : array, shape (m,)
        Where the quadrature was done.
    quadrature : dict
        From a component to its values, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Four letters on the left, two on the right.
    """
    zeta, dots = finite_array("zeta", zeta, (None,)), finite_array("dots", dots, (None,))
    if set(quadrature) != set(curves):
        refuse("quadrature", quadrature, "values for each component of curves")
    quadrature = {name: finite_array(f"quadrature[{name!r}]", v, dots.shape) for name, v in quadrature.items()}
    figure, axes = subplots(1, 2, size=(COLUMN, 3.7), sharex=True)
    for letters, ax in zip((4, 2), axes, strict=True):
        names = [name for name in curves if len(name) == letters]
        first = ("blue", "vermillion", "green", "black")
        for name, look in zip(names, looks("curves", names, first), strict=True):
            ax.plot(zeta, curves[name](zeta), look.line, color=look.colour, label=rf"$I^{{{name}}}$")
            ax.plot(dots, quadrature[name], "o", color=look.colour, mfc="white")
        ax.axhline(0, color="0.6", lw=0.8, zorder=0)
        ax.set(xlim=(0, zeta[-1]), xlabel=r"$\zeta = q\,r_{ij}$")
        ax.legend()
    axes[0].set_ylabel(r"angular integral")
    return figure


@checked
@in_style
def cutoff_dependence(
    cutoffs: np.ndarray, sharp: dict[str, np.ndarray], smooth: dict[str, np.ndarray], limits: dict[str, float]
) -> Figure:
    """Draw the integral over the wave number against the cutoff, one panel per component.

    Parameters
    ----------
    cutoffs : array, shape (n,)
    sharp, smooth : dict
        From a component to its integral with the two cutoffs, shape (n,).
    limits : dict
        From a component to the value without a cutoff.

    Returns
    -------
    matplotlib.figure.Figure
    """
    cutoffs = finite_array("cutoffs", cutoffs, (None,))
    if not sharp:
        refuse("sharp", sharp, "one or more components")
    for name, curves in {"sharp": sharp, "smooth": smooth, "limits": limits}.items():
        if set(curves) != set(sharp):
            refuse(name, curves, "values for each component of sharp")
        for component, values in curves.items():
            finite_array(f"{name}[{component!r}]", values, () if name == "limits" else cutoffs.shape)
    figure, axes = subplots(1, len(sharp), size=(COLUMN, 3.6), squeeze=False)
    for name, ax in zip(sharp, axes[0], strict=True):
        ax.plot(cutoffs, sharp[name], "-", color=COLOURS["sky"], lw=1, label="sharp cutoff")
        ax.plot(cutoffs, smooth[name], "-", color=COLOURS["vermillion"], label="Gaussian cutoff")
        ax.axhline(limits[name], color=COLOURS["black"], ls="--", lw=1, label=r"$\frac{\pi}{4}C_0 + \frac{\pi}{2}C_2$")
        ax.set(xlim=(0, cutoffs[-1]), xlabel=r"cutoff in $\zeta$", ylabel=rf"$\int\zeta^2 I^{{{name}}}\,d\zeta$")
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3)
    return figure
