"""Real glasses: the concurrence of thermal TLSs, sizes of dipoles, and echo times."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from tlsglass._checks import finite_array, one_for_each
from tlsglass._signatures import checked
from tlsglass.ensembles.curve import Curve
from tlsglass.figures._bands import known_part
from tlsglass.figures.style import COLUMN, glass_label, glass_looks, in_style, looks, subplots

MARKED = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)  # temperatures, in K


@checked
@in_style
def weak_dipoles(size: np.ndarray, shares: dict[str, np.ndarray]) -> Figure:
    """Probability that the root of `Tr D^2` is below a size, for several laws, on logarithmic axes.

    Parameters
    ----------
    size : array, shape (S,)
    shares : dict
        From a name to probabilities, shape (S,).
    """
    size = finite_array("size", size, (None,))
    shares = {name: finite_array(f"shares[{name!r}]", share, size.shape) for name, share in shares.items()}
    figure, axes = subplots(size=(6.0, 3.8))
    for (name, share), look in zip(shares.items(), looks("shares", shares), strict=True):
        seen = share > 0
        axes.plot(size[seen], share[seen], look.line, color=look.colour, label=name)
    axes.set(xscale="log", yscale="log", xlabel=r"$s$", ylabel=r"$P(\sqrt{\mathrm{Tr}D^2} < s)$", ylim=(1e-8, 2))
    axes.legend()
    return figure


@checked
@in_style
def thermal(curves: list[Curve], labels: list[str], units: list[float], shares: list[float]) -> Figure:
    """Average concurrence at several temperatures, as it is and scaled by the share of the TLSs that take part.

    Parameters
    ----------
    curves, labels : lists
        One entry for each temperature.
    units : list of float
        Seconds per unit of each curve's time.
    shares : list of float
        Share of all TLSs that each curve averages over.
    """
    one_for_each("curves", curves, labels=labels, units=units, shares=shares)
    figure, (left, right) = subplots(1, 2, size=(COLUMN, 3.8))
    entries = zip(curves, labels, units, shares, looks("curves", curves), strict=True)
    for curve, label, unit, share, look in entries:
        shown = dict(line=look.line, colour=look.colour, label=label, errors=2)
        known_part(left, curve, **shown, unit=1 / unit, factor=share)
        known_part(right, curve, **shown, unit=1 / (unit * share))
    left.set(xscale="log", yscale="log", xlabel="time (s)", ylabel="average concurrence $C$ per TLS")
    right.set(xscale="log", yscale="log", xlabel="time × share (s)", ylabel="$C$ per TLS that takes part")
    left.legend(loc="lower left")
    return figure


@checked
@in_style
def echo_times(kelvin: np.ndarray, bands: dict[str, tuple], others: dict[str, np.ndarray]) -> Figure:
    """Echo times against temperature: a band for each glass, from one value of the coupling to the other.

    Parameters
    ----------
    kelvin : array, shape (K,)
    bands : dict
        From a glass to its longest and shortest echo times in s, shape (K,) each.
    others : dict
        From a name to other times in s, shape (K,).
    """
    kelvin = finite_array("kelvin", kelvin, (None,))
    for name, times in [*others.items(), *((n, x) for n, band in bands.items() for x in band)]:
        finite_array(f"others or bands[{name!r}]", times, kelvin.shape)
    figure, axes = subplots(size=(6.4, 4.4))
    for (name, (longest, shortest)), look in zip(bands.items(), glass_looks("bands", [*bands]), strict=True):
        axes.fill_between(kelvin, shortest, longest, color=look.colour, alpha=0.15, linewidth=0)
        axes.plot(kelvin, longest, look.line, color=look.colour, label=glass_label(name))
        axes.plot(kelvin, shortest, look.line, color=look.colour)
    for i, (name, times) in enumerate(others.items()):
        axes.plot(kelvin, times, ":", color="black", linewidth=1 + i, label=glass_label(name))
    axes.set(xscale="log", yscale="log", xlabel="temperature (K)", ylabel="time (s)")
    marks = [x for x in MARKED if kelvin.min() <= x <= kelvin.max()]
    axes.set_xticks(marks, labels=[f"{x:g}" for x in marks])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.legend(loc="lower left", fontsize=8)
    return figure
