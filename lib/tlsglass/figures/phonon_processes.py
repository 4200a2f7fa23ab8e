"""Figure 1: the four things a phonon can do to one or two TLSs."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tlsglass.figures import style

_LOW, _HIGH = -0.55, 0.55  # heights of the two levels
_LEVEL = style.COLOURS["black"]
_KEPT, _DROPPED = style.COLOURS["blue"], "#7A7A7A"


@style.in_style
def phonon_processes() -> Figure:
    """Draw the virtual (a, b) and real (c, d) phonon processes of Fig. 1, and say which of them survive.

    Two levels stand for a TLS in its eigenbasis, a wavy line for a phonon: virtual between two TLSs, real with an
    arrowhead. Solid and coloured: kept in Eq. (15). Dashed and grey: dropped.

    Returns
    -------
    matplotlib.figure.Figure
        Four axes, labelled (a) to (d).
    """
    figure, axes = style.subplots(2, 2, size=(style.COLUMN, 5.0))
    _two_sites(axes[0, 0], "a", flip=False)
    _two_sites(axes[0, 1], "b", flip=True)
    _one_site(axes[1, 0], "c", flip=False)
    _one_site(axes[1, 1], "d", flip=True)
    return figure


def _two_sites(ax, letter, flip):
    colour = _DROPPED if flip else _KEPT
    _panel(ax, letter)
    _tls(ax, -1.35, r"$i$")
    _tls(ax, 1.35, r"$j$", side=1)
    _wave(ax, (-0.78, 0.0), (0.78, 0.0), colour, dashed=flip)
    if flip:
        _jump(ax, -1.35, _HIGH, _LOW, colour)
        _jump(ax, 1.35, _LOW, _HIGH, colour)
        _words(ax, r"$\omega = \nu_i = \nu_j$", r"virtual, $S_i^+S_j^-$: dropped, as $\nu_i \neq \nu_j$", colour)
    else:
        _stay(ax, -1.35, colour)
        _stay(ax, 1.35, colour)
        _words(ax, r"$\omega \to 0$", r"virtual, $S_i^zS_j^z$: kept, gives $J_{ij}$", colour)


def _one_site(ax, letter, flip):
    colour = _KEPT if flip else _DROPPED
    _panel(ax, letter)
    _tls(ax, -0.8, r"$i$")
    _wave(ax, (-0.2, 0.0), (1.35, 0.0), colour, dashed=not flip)
    ax.annotate("", (1.62, 0.0), (1.33, 0.0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.6})
    if flip:
        _jump(ax, -0.8, _HIGH, _LOW, colour)
        _words(ax, r"$\omega = \nu_i$", r"real, $S_i^+$: kept, gives $Y_i$", colour, x=0.62)
    else:
        _stay(ax, -0.8, colour)
        _words(ax, r"$\omega = 0$", r"real, $S_i^z$: dropped, no phonons at $\omega = 0$", colour, x=0.62)


def _panel(ax: Axes, letter):
    ax.set(xlim=(-2.1, 2.1), ylim=(-1.35, 1.05))
    ax.set_axis_off()
    ax.text(-2.05, 0.98, f"({letter})", ha="left", va="top", fontsize=12, fontweight="bold")


def _tls(ax, x, label, side=-1):
    for height in (_LOW, _HIGH):
        ax.plot([x - 0.4, x + 0.4], [height, height], color=_LEVEL, lw=2.2, solid_capstyle="round")
    ax.text(x + 0.5 * side, 0.0, label, ha="center", va="center", fontsize=12)


def _jump(ax, x, start, end, colour):
    """Arrow from one level to the other; the empty circle is where the TLS was, the full one where it ends."""
    ax.annotate(
        "",
        (x, end),
        (x, start),
        arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.8, "shrinkA": 7, "shrinkB": 7},
    )
    ax.plot(x, start, "o", ms=7, mfc="white", mec=colour, mew=1.4, zorder=3)
    ax.plot(x, end, "o", ms=7, color=colour, zorder=3)


def _stay(ax, x, colour):
    """Half-filled circles on both levels: the energy of the phonon line depends on the level, the level stays."""
    for height in (_LOW, _HIGH):
        ax.plot(x, height, "o", ms=7, fillstyle="left", color=colour, markerfacecoloralt="white", zorder=3)


def _wave(ax, start, end, colour, dashed):
    s = np.linspace(0.0, 1.0, 400)
    x, y = (a + (b - a) * s for a, b in zip(start, end, strict=True))
    periods = round(4 * abs(end[0] - start[0]))
    envelope = np.minimum(1.0, 8 * np.minimum(s, 1 - s))  # the wave starts and ends on its axis
    wave = y + 0.13 * envelope * np.sin(2 * np.pi * periods * s)
    ax.plot(x, wave, color=colour, lw=1.7, ls=(0, (3, 1.5)) if dashed else "-", gid="phonon")


def _words(ax, frequency, caption, colour, x=0.0):
    ax.text(x, 0.3, frequency, ha="center", va="bottom", fontsize=11, color=colour)
    ax.text(0.0, -0.98, caption, ha="center", va="center", fontsize=10.5, color=_LEVEL)
