"""Pictures of the two-site state: what one traced spin does to a coherence, and closed form against a solver."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array
from tlsglass._signatures import checked
from tlsglass.figures import style


@checked
@style.in_style
def trace_paths(paths: dict[str, np.ndarray]) -> Figure:
    """Draw the factors that a traced spin contributes, as paths in the complex plane and as moduli.

    Parameters
    ----------
    paths : dict
        From a label to the factors `u + d`, complex arrays of shape (T,), at equal steps of `w t` from 0 to `8 pi`.

    Returns
    -------
    matplotlib.figure.Figure
        Left: the unit disc with the paths. Right: the moduli against `w t / 2 pi`.
    """
    figure, (left, right) = style.subplots(1, 2, size=(style.COLUMN, 3.7), width_ratios=(1, 1.2))
    angle = np.linspace(0, 2 * np.pi, 200)
    left.plot(np.cos(angle), np.sin(angle), color="0.7", lw=0.8)
    for (label, z), look in zip(paths.items(), style.looks("paths", paths, ("black",)), strict=True):
        left.plot(z.real, z.imag, look.line, color=look.colour, lw=1.2)
        right.plot(np.linspace(0, 4, z.size), np.abs(z), look.line, color=look.colour, label=label)
    left.plot(1, 0, "o", color=style.COLOURS["black"])
    left.set(aspect="equal", xlabel="real part", ylabel="imaginary part", xlim=(-1.1, 1.1), ylim=(-1.1, 1.1))
    right.set(xlabel=r"$wt/2\pi$", ylabel=r"modulus $|u+d|$", ylim=(0, 1.35), yticks=(0, 0.5, 1))
    right.legend(loc="upper right", ncols=1)
    return figure


@checked
@style.in_style
def closed_form_and_solver(time: np.ndarray, curves: dict[str, tuple[np.ndarray, np.ndarray]], label: str) -> Figure:
    """Draw a quantity from the closed form as lines and from a solver as points.

    Parameters
    ----------
    time : array, shape (T,)
        In units of `hbar / W`.
    curves : dict
        From a label to the pair (closed form, solver), arrays of shape (T,).
    label : str
        Of the vertical axis.

    Returns
    -------
    matplotlib.figure.Figure
    """
    time = finite_array("time", time, (None,))
    for name, pair in curves.items():
        for values in pair:
            finite_array(f"curves[{name!r}]", values, time.shape)
    figure, ax = style.subplots(size=(6.4, 3.2))
    for (name, (ours, solver)), look in zip(curves.items(), style.looks("curves", curves, ("black",)), strict=True):
        ax.plot(time, ours, look.line, color=look.colour, label=name)
        ax.plot(time[::3], solver[::3], look.marker, ms=4, mfc="white", color=look.colour)
    ax.set(xlabel=r"time $t$  $(\hbar/W)$", ylabel=label, ylim=(0, None))
    ax.legend(loc="upper right")
    return figure
