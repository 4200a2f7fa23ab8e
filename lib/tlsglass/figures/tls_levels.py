"""Levels of one TLS, and how much of `sigma^z` each of its eigenoperators carries."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import positive
from tlsglass._signatures import checked
from tlsglass.figures import style


@checked
@style.in_style
def tls_levels(reach: float = 4.0) -> Figure:
    """Draw the two levels against the asymmetry, and the prefactors of Eqs. (19) and (20).

    Parameters
    ----------
    reach : float
        Largest `eps / Delta` drawn, positive.

    Returns
    -------
    matplotlib.figure.Figure
        Two axes: the energies `-+ hbar nu / 2` in units of `Delta`, and `(2 eps / hbar nu)^2` and
        `(2 Delta / hbar nu)^2`, which add up to 1.

    Raises
    ------
    ValueError
        If `reach` is not a positive finite number.
    """
    ratio = np.linspace(-positive("reach", reach), reach, 401)  # eps / Delta
    half_splitting = np.sqrt(1 + ratio**2)
    figure, (levels, weights) = style.subplots(1, 2, size=(style.COLUMN, 3.5))

    levels.plot(ratio, ratio, ":", ratio, -ratio, ":", color="0.45", lw=1.2)
    levels.plot(ratio, half_splitting, color=style.COLOURS["vermillion"])
    levels.plot(ratio, -half_splitting, color=style.COLOURS["blue"])
    levels.text(0, 3.1, r"excited, $S^z = -1$", ha="center", color=style.COLOURS["vermillion"])
    levels.text(0, -3.1, r"ground, $S^z = +1$", ha="center", va="top", color=style.COLOURS["blue"])
    levels.annotate("", (0, 1), (0, -1), arrowprops={"arrowstyle": "<->", "lw": 1.0, "shrinkA": 0, "shrinkB": 0})
    levels.text(0.25, 0, r"$\hbar\nu = 2\Delta$", va="center")
    levels.set(xlabel=r"asymmetry $\varepsilon / \Delta$", ylabel=r"energy $/\, \Delta$")

    along, across = (ratio / half_splitting) ** 2, half_splitting**-2.0
    weights.plot(ratio, along, color=style.COLOURS["blue"])
    weights.plot(ratio, across, "--", color=style.COLOURS["vermillion"])
    weights.text(reach, 0.74, r"$(2\varepsilon/\hbar\nu)^2$", ha="right", va="top", color=style.COLOURS["blue"])
    weights.text(reach, 0.25, r"$(2\Delta/\hbar\nu)^2$", ha="right", color=style.COLOURS["vermillion"])
    weights.set(xlabel=r"asymmetry $\varepsilon / \Delta$", ylabel=r"share of $\sigma^z$", ylim=(0, 1.03))
    return figure
