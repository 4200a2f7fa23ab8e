"""The one style of all figures: colours that survive grey printing and colour blindness, white background, no titles.

Every function that draws is decorated with `in_style`, and starts with :func:`subplots`. It returns a figure unknown to
pyplot: nothing is shown twice in a notebook, and nothing has to be closed. The settings of matplotlib are left alone.
"""

from collections.abc import Sized
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import integer, one_of, positive_array, refuse
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
OTHER_COLOURS = [COLOURS[name] for name in ("blue", "orange", "black", "sky")]  # of other materials
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


class Look(NamedTuple):
    """How one of several curves is drawn: a colour, a line style and a marker."""

    colour: str
    line: str
    marker: str


@checked
def looks(name: str, entries: Sized, first: tuple[str, ...] = (), by_colour: bool = False) -> list[Look]:
    """Looks of several curves, all different.

    Parameters
    ----------
    name : str
        Of the argument that holds the curves, for the error.
    entries : sized
        One entry for each curve.
    first : sequence of str
        Names of the first colours; those of `PALETTE` follow.
    by_colour : bool
        Whether colours alone tell the curves apart, and not line styles as well.

    Returns
    -------
    list of Look
        As many as there are entries.

    Raises
    ------
    ValueError
        If there are more curves than can be told apart: 7 by colour, 28 with line styles.
    """
    colours = list(dict.fromkeys([*(COLOURS[one_of("first", colour, COLOURS)] for colour in first), *PALETTE]))
    most = len(colours) if by_colour else len(colours) * len(LINES)  # 7 and 4 have no common factor
    if len(entries) > most:
        refuse(name, entries, f"{most} entries at most: more cannot be told apart")
    return [
        Look(colours[i % len(colours)], LINES[i % len(LINES)], MARKERS[i % len(MARKERS)]) for i in range(len(entries))
    ]


@checked
def glass_looks(name: str, glasses: list[str]) -> list[Look]:
    """Looks of several materials: those of Table I keep their colours, others take the rest, blue first.

    Raises
    ------
    ValueError
        If there are more than 4 others: they could not be told apart.
    """
    others = [glass for glass in glasses if glass not in GLASS_COLOURS]
    if len(others) > len(OTHER_COLOURS):
        refuse(name, glasses, f"glasses of Table I and at most {len(OTHER_COLOURS)} others")
    colours = GLASS_COLOURS | dict(zip(others, OTHER_COLOURS[: len(others)], strict=True))
    return [look._replace(colour=colours[glass]) for glass, look in zip(glasses, looks(name, glasses), strict=True)]


@checked
def number_label(x: float) -> str:
    r"""Return a number as a formula writes it: `0.5`, a power of ten as `10^{-6}`, `3e-05` as `3\times 10^{-5}`."""
    exponent = f"{x:e}".partition("e")[2]
    if x == float(f"1e{exponent}") and x != 1:
        return f"10^{{{int(exponent)}}}"
    digits, _, exponent = f"{x:g}".partition("e")
    return rf"{digits}\times 10^{{{int(exponent)}}}" if exponent else digits


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
