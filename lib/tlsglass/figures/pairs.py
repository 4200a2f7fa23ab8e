"""Pictures of the concurrence of pairs: in company, in finite precision, and shared among many."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, integer
from tlsglass._signatures import checked
from tlsglass.figures import style


@checked
@style.in_style
def company(time: np.ndarray, curves: dict[int, np.ndarray]) -> Figure:
    """Draw the concurrence of one pair against time, for several numbers of other TLSs around it.

    Parameters
    ----------
    time : array, shape (T,)
        In units of `hbar / W`.
    curves : dict
        From the number of others to the concurrence of the pair, shape (T,).

    Returns
    -------
    matplotlib.figure.Figure
    """
    time = finite_array("time", time, (None,))
    curves = {n: finite_array(f"curves[{n}]", C, time.shape) for n, C in curves.items()}
    figure, ax = style.subplots(size=(6.4, 3.2))
    names = {0: "alone", 1: "1 other"}
    for (others, C), look in zip(curves.items(), style.looks("curves", curves, ("black",)), strict=True):
        ax.plot(time, C, look.line, color=look.colour, label=names.get(others, f"{others} others"))
    ax.set(xlabel=r"time $t$  $(\hbar/W)$", ylabel=r"concurrence of one pair", ylim=(0, 1.15), yticks=(0, 0.5, 1))
    ax.legend(ncols=4, loc="upper center")
    return figure


@checked
@style.in_style
def precision(weight: np.ndarray, errors: dict[str, np.ndarray]) -> Figure:
    """Draw the errors of several ways to compute a concurrence, against the weight of a small admixture.

    Parameters
    ----------
    weight : array, shape (n,)
    errors : dict
        From the name of a way to the moduli of its errors, shape (n,). An exact 0 is drawn at 1e-17.

    Returns
    -------
    matplotlib.figure.Figure
    """
    weight = finite_array("weight", weight, (None,))
    errors = {name: finite_array(f"errors[{name!r}]", error, weight.shape) for name, error in errors.items()}
    figure, ax = style.subplots(size=(6.4, 3.2))
    looks = style.looks("errors", errors, ("vermillion", "blue"), by_colour=True)
    for (name, error), look in zip(errors.items(), looks, strict=True):
        ax.plot(weight, np.maximum(error, 1e-17), look.marker, ms=4, color=look.colour, label=name)
    ax.axhline(np.finfo(float).eps, color="0.5", lw=0.8, ls=":")
    ax.set(xscale="log", yscale="log", xlabel="weight of the second state", ylabel="error", ylim=(5e-18, 1e-5))
    ax.legend(loc="upper center", ncols=2)
    return figure


@checked
@style.in_style
def sharing(shares: dict[int, np.ndarray], w_size: int) -> Figure:
    """Draw the share of the summed concurrence against the number of pairs that hold it.

    Parameters
    ----------
    shares : dict
        From `N` to the mean cumulative share, shape (N (N - 1) / 2,), most entangled pairs first.
    w_size : int
        Size of a W state, whose pairs are all equal, drawn for comparison.

    Returns
    -------
    matplotlib.figure.Figure
    """
    shares = {n: finite_array(f"shares[{n}]", share, (None,)) for n, share in shares.items()}
    figure, ax = style.subplots(size=(6.4, 3.2))
    for (n, share), look in zip(shares.items(), style.looks("shares", shares), strict=True):
        pairs = np.arange(share.size + 1) / n
        ax.plot(pairs, np.concatenate([[0], share]), look.line, color=style.colour_of_n(n), label=f"$N = {n}$")
    largest = (integer("w_size", w_size, 2, 10**6) - 1) / 2
    ax.plot([0, largest], [0, 1], color="0.5", lw=1.0, label=f"W state, $N = {w_size}$")
    ax.set(xlabel="pairs per TLS, most entangled first", ylabel="share of the sum", ylim=(0, 1.05), xlim=(0, 5))
    ax.legend(loc="center right")
    return figure
