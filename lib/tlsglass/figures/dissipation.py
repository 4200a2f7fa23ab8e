"""Figures of the dissipation rate: a decay into single phonon modes, and the error of one speed of sound."""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array
from tlsglass._signatures import checked
from tlsglass.figures.style import COLOURS, glass_label, glass_looks, in_style, looks, subplots


@checked
@in_style
def mode_decay(times: np.ndarray, population: np.ndarray, rates: dict[str, float]) -> Figure:
    """Draw the decay of an excited TLS into single phonon modes, with exponentials to compare.

    Parameters
    ----------
    times, population : array, shape (T,)
        As :func:`tlsglass.derivations.bath_decay.excited_population` returns.
    rates : dict
        From a label to a decay rate, for the lines to compare with.

    Returns
    -------
    matplotlib.figure.Figure
    """
    times = finite_array("times", times, (None,))
    population = finite_array("population", population, times.shape)
    figure, axes = subplots(size=(6.4, 3.4))
    axes.semilogy(times, population, color=COLOURS["sky"], lw=5, alpha=0.7, label="single modes")
    for (label, rate), look in zip(rates.items(), looks("rates", rates, ("black", "vermillion")), strict=True):
        axes.semilogy(times, np.exp(-rate * times), look.line, color=look.colour, label=label)
    axes.set(xlim=(0, times[-1]), xlabel=r"$\nu t$", ylabel="excited population")
    axes.set_yticks([0.1, 0.2, 0.5, 1], labels=["0.1", "0.2", "0.5", "1"])
    axes.minorticks_off()
    axes.legend(loc="lower left")
    return figure


@checked
@in_style
def one_speed_errors(errors: dict[str, Callable], isotropic: np.ndarray) -> Figure:
    """Draw the one-speed rate over the exact one, against the isotropic part of the dipole.

    Parameters
    ----------
    errors : dict
        From the name of a glass to a function of `(Tr D)^2 / (3 Tr D^2)`.
    isotropic : array
        Values of that number, in [0, 1].

    Returns
    -------
    matplotlib.figure.Figure
    """
    isotropic = finite_array("isotropic", isotropic, (None,))
    figure, axes = subplots(size=(6.4, 3.4))
    for (name, error), look in zip(errors.items(), glass_looks("errors", [*errors]), strict=True):
        values = [error(x) for x in isotropic]
        axes.semilogy(isotropic, values, look.line, color=look.colour, label=glass_label(name))
    axes.axhline(1.0, color=COLOURS["black"], lw=0.8)
    axes.set(
        xlim=(isotropic[0], isotropic[-1]),
        xlabel=r"isotropic part of the dipole, $(\mathrm{Tr}\,D)^2/(3\,\mathrm{Tr}\,D^2)$",
        ylabel="one speed / two speeds",
    )
    axes.set_yticks([1, 2, 5, 10, 20], labels=["1", "2", "5", "10", "20"])
    axes.legend(loc="upper left")
    return figure
