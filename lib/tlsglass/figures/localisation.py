"""Figures of the prologue: a chain that forgets beside one that remembers, and the double well of a TLS."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._signatures import checked
from tlsglass.dynamics.double_well import bound_states, double_well
from tlsglass.dynamics.spin_chain import ChainAverage
from tlsglass.figures._bands import with_band
from tlsglass.figures.style import COLOURS, COLUMN, in_style, looks, subplots


@checked
@in_style
def memory_and_entanglement(chains: dict[str, ChainAverage]) -> Figure:
    """Two panels over time: what is left of the first pattern, and the entanglement of the two halves.

    Parameters
    ----------
    chains : dict of str to ChainAverage
        By name, as the legend shows it.

    Returns
    -------
    Figure
    """
    figure, panels = subplots(1, 2, size=(COLUMN, 3.4), sharex=True)
    for (name, chain), look in zip(chains.items(), looks("chains", chains), strict=True):
        rows = ((chain.memory, chain.memory_stderr), (chain.entropy, chain.entropy_stderr))
        for ax, (mean, error) in zip(panels, rows, strict=True):
            with_band(ax, chain.time, mean, error, look.line, colour=look.colour, label=name)
    for ax, label in zip(panels, ("memory of the first pattern", "entropy of one half (nats)"), strict=True):
        ax.set(xscale="log", xlabel="time ($\\hbar$ / exchange)", ylabel=label)
    panels[0].axhline(0, color="0.6", lw=0.8)
    panels[1].legend(loc="center right")
    return figure


@checked
@in_style
def tunnelling_states(barrier: float, bias: float) -> Figure:
    """The wave functions of the two lowest states of a double well, each drawn at its energy, and the next level.

    Parameters
    ----------
    barrier, bias : float
        See :func:`tlsglass.dynamics.double_well.double_well`.

    Returns
    -------
    Figure
    """
    x = np.linspace(-1.9, 1.9, 761)
    V = double_well(x, barrier, bias)
    (*energies, third), states = bound_states(x, V, 3)
    figure, ax = subplots(size=(4.8, 3.0))
    ax.plot(x, V, color=COLOURS["black"])
    for energy, state, colour, name in zip(
        energies, states[:2], (COLOURS["blue"], COLOURS["vermillion"]), ("ground", "excited"), strict=True
    ):
        ax.axhline(energy, color=colour, lw=0.8, ls=":")
        ax.fill_between(x, energy, energy + 0.18 * barrier * state, color=colour, alpha=0.35, lw=0)
        ax.plot(x, energy + 0.18 * barrier * state, color=colour, label=name)
    ax.axhline(third, color="0.5", lw=0.8, ls=":")
    ax.text(0, third, "third level", ha="center", va="bottom", fontsize=9, color="0.35")
    ax.set(
        xlabel="position of the atoms",
        ylabel="energy",
        xticks=[-1, 1],
        yticks=[],
        ylim=(-0.15 * barrier, 1.6 * barrier),
    )
    ax.set_xticklabels(["left", "right"])
    ax.legend(loc="upper center")
    return figure
