"""The one style of all figures: colours that survive grey printing and colour blindness, white background, no titles.

Every function that draws is decorated with `in_style`, and starts with :func:`subplots`. It returns a figure unknown to
pyplot: nothing is shown twice in a notebook, and nothing has to be closed. The settings of matplotlib are left alone.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import integer, positive_array
from tlsglass._signatures import checked

# Okabe and Ito's colours, ordered from dark to light, so that neighbours differ in grey as well.
COLOURS = {
    "black": "#000000",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "orange": "#E69F00",
}
PALETTE = [*(colour for name, colour in COLOURS.items() if name != "black"), COLOURS["black"]]  # of several curves
# The three glasses of Table I look the same in every figure.
GLASS_COLOURS = {"SiO2": COLOURS["vermillion"], "BK7": COLOURS["green"], "PMMA": COLOURS["purple"]}
COLUMN = 8.2  # inch: the width of the text column, which figures with several panels fill
LINES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
ERROR_BAND_ALPHA = 0.25

RC = {
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.transparent": False,
    "axes.facecolor": "white",
    "axes.prop_cycle": matplotlib.cycler(color=list(COLOURS.values())),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.labelsize": 11,
    "font.size": 10,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "lines.linewidth": 1.6,
    "lines.markersize": 4.5,
    "mathtext.fontset": "dejavusans",
    "svg.fonttype": "path",  # looks the same on every machine
    "svg.hashsalt": "tlsglass",  # the same figure is the same file
}
in_style = matplotlib.rc_context(RC)  # a decorator: the style holds while the function runs

_FEWEST, _MOST = 2, 100  # range of N over which the colours spread; beyond it the end colours repeat


@checked
def colour_of_n(n_tls: int) -> tuple[float, float, float, float]:
    """Colour of a curve for `n_tls` TLSs: the same in every figure, darker for fewer, monotonic in grey.

    Parameters
    ----------
    n_tls : int
        At least 2.

    Returns
    -------
    tuple of float
        Red, green, blue and opacity, each in [0, 1].

    Raises
    ------
    ValueError
        If `n_tls` is not an integer >= 2.
    """
    n = np.clip(integer("n_tls", n_tls, at_least=_FEWEST), _FEWEST, _MOST)
    return matplotlib.colormaps["viridis"](0.88 * np.log(n / _FEWEST) / np.log(_MOST / _FEWEST))


@checked
def glass_colour(name: str) -> str:
    """Colour of a glass of Table I, and blue for any other material."""
    return GLASS_COLOURS.get(name, COLOURS["blue"])


@checked
def glass_label(name: str) -> str:
    """Name of a glass, or a text with it, as a legend writes it: "SiO2" has its subscript."""
    return name.replace("SiO2", "SiO$_2$")


class _Drawing(Figure):
    """A figure that is laid out, drawn and saved in the style, whatever the settings are then."""

    draw = in_style(Figure.draw)
    savefig = in_style(Figure.savefig)


@checked
@in_style
def subplots(n_rows: int = 1, n_columns: int = 1, size: tuple[float, float] = (6.4, 4.0), **options) -> tuple:
    """Figure and axes in the style of the book.

    Parameters
    ----------
    n_rows, n_columns : int
    size : tuple of float
        Width and height, in inch. Several panels side by side take all of `COLUMN`.
    **options
        Passed to `Figure.subplots` (`sharex`, `squeeze`, `width_ratios`, ...).

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : matplotlib.axes.Axes or array of them
    """
    integer("n_rows", n_rows, 1, 100)
    integer("n_columns", n_columns, 1, 100)
    size = positive_array("size", size, (2,))
    figure = _Drawing(figsize=size, layout="constrained")
    return figure, figure.subplots(n_rows, n_columns, **options)
