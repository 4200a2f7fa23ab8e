"""The picture of the front page: the average concurrence of a few sizes over the whole history."""

from matplotlib.figure import Figure

from tlsglass._signatures import checked
from tlsglass.ensembles import Curve
from tlsglass.figures._bands import known_part
from tlsglass.figures.style import colour_of_n, in_style, subplots


@checked
@in_style
def histories(curves: list[Curve]) -> Figure:
    """Draw `C(t)` of several sizes, each with its standard error as a band, on logarithmic axes.

    Parameters
    ----------
    curves : list of Curve
        A point is drawn where the mean exceeds twice its standard error.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, ax = subplots(size=(6.4, 3.8))
    for curve in curves:
        n = curve.ensemble.n_tls
        known_part(ax, curve, colour=colour_of_n(n), label=f"$N = {n}$", errors=2)
    ax.set(xscale="log", yscale="log", xlabel=r"time $t$  $(\hbar/W)$", ylabel=r"average concurrence $C(t)$")
    ax.set(ylim=(1e-6, 0.5))
    ax.legend(loc="lower left")
    return figure
