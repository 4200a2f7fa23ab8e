"""Pictures of the steps to the master equation: the bath forgets, fast terms average out, Bloch relaxation."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.figures import style


@checked
@style.in_style
def bath_memory(delay: np.ndarray, correlator: np.ndarray, gamma: np.ndarray, limit: complex) -> Figure:
    """Draw a bath correlator and its half-sided transform against the upper limit of the integral.

    Parameters
    ----------
    delay : array, shape (T,)
        `s`, in units of the inverse cutoff.
    correlator, gamma : array of complex, shape (T,)
        Correlator at `s`, and its transform integrated up to `s`.
    limit : complex
        Value of the transform by (A5).

    Returns
    -------
    matplotlib.figure.Figure
    """
    delay = finite_array("delay", delay, (None,))
    for name, values in {"correlator": correlator, "gamma": gamma}.items():
        if values.shape != delay.shape or not np.all(np.isfinite(values)):
            refuse(name, values, f"finite, of the shape {delay.shape} of delay")
    figure, (left, right) = style.subplots(1, 2, size=(style.COLUMN, 3.4))
    left.plot(delay, np.abs(correlator) / np.abs(correlator[0]), color=style.COLOURS["blue"])
    left.set(yscale="log", xlabel=r"delay $s\,\omega_D$", ylabel=r"$|C(s)| / C(0)$")
    colours = style.COLOURS["blue"], style.COLOURS["vermillion"]
    for part, colour, line, name in zip((np.real, np.imag), colours, ("-", "--"), ("real", "imaginary"), strict=True):
        right.plot(delay, part(gamma), line, color=colour, label=f"{name} part")
        right.axhline(part(limit), color=colour, lw=0.8, ls=":")
    right.set(xlabel=r"integral up to $s\,\omega_D$", ylabel=r"$\Gamma$ (arb. units)")
    right.legend(loc="center right")
    return figure


@checked
@style.in_style
def secular_step(detuning: np.ndarray, errors: dict[float, np.ndarray], slope_through: int = -1) -> Figure:
    """Draw the error of the secular step against the detuning of two TLSs, each with a line of slope -1.

    Parameters
    ----------
    detuning : array, shape (D,)
        `|nu_1 - nu_2|` in units of `Y`.
    errors : dict
        From the strength of the flip-flop, `K / hbar Y`, to the largest trace distance, shape (D,).
    slope_through : int
        Index of the point that the lines go through.

    Returns
    -------
    matplotlib.figure.Figure
    """
    detuning = positive_array("detuning", detuning, (None,))
    errors = {x: positive_array(f"errors[{x:g}]", error, detuning.shape) for x, error in errors.items()}
    if not -detuning.size <= slope_through < detuning.size:
        refuse("slope_through", slope_through, f"an index of the {detuning.size} points")
    figure, ax = style.subplots(size=(5.2, 3.2))
    looks = style.looks("errors", errors, by_colour=True)
    for (exchange, error), look in zip(errors.items(), looks, strict=True):
        guide = error[slope_through] * detuning[slope_through] / detuning
        ax.plot(detuning, np.where(guide < 1, guide, np.nan), ":", color="0.45")
        label = rf"$K = {exchange:g}\,\hbar Y$"
        ax.plot(detuning, error, look.marker, ls="-", ms=4, color=look.colour, label=label)
    ax.set(xscale="log", yscale="log", xlabel=r"$|\nu_1 - \nu_2| / Y$", ylabel="trace distance")
    ax.legend()
    return figure


@checked
@style.in_style
def bloch_relaxation(time: np.ndarray, ours: np.ndarray, witness: np.ndarray) -> Figure:
    """Draw the Bloch vector of a relaxing TLS: closed form as lines, independent solver as points.

    Parameters
    ----------
    time : array, shape (T,)
        In units of `T1`.
    ours, witness : array, shape (T, 3)
        `<S^x>, <S^y>, <S^z>`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    time = finite_array("time", time, (None,))
    ours, witness = (finite_array(name, v, (time.size, 3)) for name, v in {"ours": ours, "witness": witness}.items())
    figure, ax = style.subplots(size=(6.0, 3.2))
    names = zip("xyz", ("sky", "orange", "blue"), ("-.", "--", "-"), strict=True)
    for component, (name, colour, line) in enumerate(names):
        ax.plot(time, ours[:, component], line, color=style.COLOURS[colour], label=rf"$\langle S^{name}\rangle$")
        ax.plot(time[::8], witness[::8, component], "o", ms=3.5, mfc="white", color=style.COLOURS[colour])
    ax.axhline(0, color="0.6", lw=0.6)
    ax.set(xlabel=r"time $t / T_1$", ylabel="Bloch vector", ylim=(-1.05, 1.05))
    ax.legend(ncols=3, loc="lower right")
    return figure
