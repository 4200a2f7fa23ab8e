"""The pictures with which chapters begin: what is computed later, seen at a glance. All drawn from the library."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import positive, refuse
from tlsglass._signatures import checked
from tlsglass.dynamics.double_well import bound_states, double_well
from tlsglass.ensembles import Curve
from tlsglass.estimates.phase_diagram import rate_over_interaction
from tlsglass.figures._bands import known_part
from tlsglass.figures.isolated import CONCURRENCE_LABEL, TIME_LABEL
from tlsglass.figures.style import COLOURS, COLUMN, LINES, colour_of_n, glass_colour, glass_label, in_style, subplots
from tlsglass.glass.materials import GLASSES

WELLS = {"symmetric": (6.0, 0.0), "lopsided": (6.0, 1.5), "high barrier": (14.0, 0.5)}  # barrier and bias
SHAPES = {
    "needle": np.diag([0.0, 0.0, 1.0]),
    "shear": np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]) / np.sqrt(2),
    "round": np.eye(3) / np.sqrt(3),
}  # force dipoles D with Tr D^2 = 1


@in_style
def three_wells() -> Figure:
    """Three double wells of one glass, each with its two lowest states at their energies."""
    figure, panels = subplots(1, len(WELLS), size=(COLUMN, 2.8))
    x = np.linspace(-1.9, 1.9, 761)
    for panel, (name, (barrier, bias)) in zip(panels, WELLS.items(), strict=True):
        V = double_well(x, barrier, bias)
        energies, states = bound_states(x, V, 2)
        panel.plot(x, V, color=COLOURS["black"])
        for energy, state, colour in zip(energies, states, ("blue", "vermillion"), strict=True):
            curve = energy + 0.18 * barrier * state
            panel.fill_between(x, energy, curve, color=COLOURS[colour], alpha=0.35, linewidth=0)
            panel.plot(x, curve, color=COLOURS[colour])
        panel.set(xticks=[-1, 1], yticks=[], ylim=(-0.25 * barrier, 1.7 * barrier), xlabel="position of the atoms")
        panel.set_xticklabels(["left", "right"])
        panel.text(0.5, 0.97, name, transform=panel.transAxes, ha="center", va="top")
    panels[0].set_ylabel("energy")
    return figure


@in_style
def heard_waves() -> Figure:
    """How loudly dipoles of three shapes hear sound from each direction: longitudinal waves, and transverse ones.

    For a wave along `n` the square of `D : e` is `(n D n)^2` if it is longitudinal, and `|D n|^2 - (n D n)^2` summed
    over both transverse polarisations, in units of `q^2`.
    """
    figure, panels = subplots(1, len(SHAPES), size=(COLUMN, 3.3), subplot_kw={"projection": "polar"})
    angle = np.linspace(0, 2 * np.pi, 361)
    n = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], axis=-1)
    for panel, (name, D) in zip(panels, SHAPES.items(), strict=True):
        push = np.einsum("ka,ab,kb->k", n, D, n)
        longitudinal, all_waves = push**2, ((n @ D) ** 2).sum(axis=-1)
        panel.plot(angle, longitudinal, LINES[0], color=COLOURS["blue"], label="longitudinal")
        panel.plot(angle, all_waves - longitudinal, LINES[1], color=COLOURS["vermillion"], label="transverse")
        panel.set(theta_zero_location="N", rlim=(0, 1.05), rticks=[0.5, 1.0], xticks=np.arange(8) * np.pi / 4)
        panel.set_xticklabels([])
        panel.set_xlabel(name)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


@in_style
def race() -> Figure:
    """Decay and interaction of a TLS with its neighbour in three glasses, against the tunnelling amplitude."""
    figure, axes = subplots(size=(6.4, 3.8))
    delta = np.geomspace(1e-9, 1e-1, 50)
    # SiO2 and PMMA lie on one another: the dashes of one fill the gaps of the other
    looks = {"SiO2": (0, (5, 5)), "BK7": "-", "PMMA": (5, (5, 5))}
    for name, glass in GLASSES.items():
        typical = rate_over_interaction(glass)
        mean = glass.delta_bar / glass.W
        rate, colour = typical["hbar Y / W"] * (delta / mean) ** 2, glass_colour(name)
        look = dict(color=colour, linewidth=2.2, linestyle=looks[name], dash_capstyle="butt")
        axes.plot(delta, rate, **look, label=glass_label(name))
        axes.plot(delta, np.full_like(delta, typical["J / W"]), **look)
        axes.plot(mean, typical["hbar Y / W"], "o", color=colour, markersize=6)
    axes.text(2e-9, 2.5 * typical["J / W"], "interaction $J$ with a neighbour")
    axes.text(2e-6, 1e-8, "decay $\\hbar Y$", ha="right")
    axes.set(xscale="log", yscale="log", xlabel=r"tunnelling amplitude $\Delta/W$", ylabel="energy $(W)$")
    axes.set(ylim=(1e-14, 1e-1))
    axes.legend(loc="lower right")
    return figure


@in_style
def turning_phases() -> Figure:
    """The coherence of a spin that another one turns, one way if it is up and the other if it is down; and the mean."""
    angles = np.pi * np.array([0, 1 / 6, 1 / 3, 1 / 2])
    figure, panels = subplots(1, len(angles), size=(COLUMN, 2.6))
    circle = np.linspace(0, 2 * np.pi, 200)
    for panel, wt in zip(panels, angles, strict=True):
        panel.plot(np.cos(circle), np.sin(circle), color="0.8", linewidth=1)
        for end, colour in ((np.exp(1j * wt), "blue"), (np.exp(-1j * wt), "vermillion"), (np.cos(wt), "black")):
            style = dict(arrowstyle="-|>", color=COLOURS[colour], linewidth=1.6, shrinkA=0, shrinkB=0)
            panel.annotate("", (np.real(end), np.imag(end)), (0, 0), arrowprops=style)
        panel.plot(np.cos(wt), 0, "o", color=COLOURS["black"])
        panel.set(aspect="equal", xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), xticks=[], yticks=[])
        panel.spines[:].set_visible(False)
        panel.set_xlabel(rf"$wt = {np.degrees(wt):.0f}°$")
    return figure


@checked
@in_style
def three_laws(curve: Curve, maximum: float, levelled: float) -> Figure:
    """Average concurrence of one size with the three regimes of Eq. (30): rise, decay, plateau.

    Parameters
    ----------
    curve : Curve
    maximum, levelled : float
        Times that end the rise and the decay.
    """
    times = (curve.time[0], positive("maximum", maximum), positive("levelled", levelled), curve.time[-1])
    if not times[0] < maximum < times[3]:
        refuse("maximum", maximum, f"between the curve's times, {times[0]} and {times[3]}")
    if not maximum < levelled < times[3]:
        refuse("levelled", levelled, f"between maximum = {maximum} and the end of the curve, {times[3]}")
    figure, axes = subplots(size=(6.4, 3.4))
    n = curve.ensemble.n_tls
    known_part(axes, curve, colour=colour_of_n(n), label=f"$N = {n}$")
    top = 3 * curve.mean.max()
    for i, law in enumerate(("rise\n$t$", "decay\n$t^{-\\beta_i}$", "plateau\n$e^{-\\alpha N}$")):
        axes.axvspan(times[i], times[i + 1], color="0.93" if i % 2 else "1.0", linewidth=0)
        axes.text(np.sqrt(times[i] * times[i + 1]), top, law, ha="center", va="top")
    axes.set(xscale="log", yscale="log", xlabel=TIME_LABEL, ylabel=CONCURRENCE_LABEL)
    axes.set(xlim=times[::3], ylim=(curve.mean[-1] / 5, 1.5 * top))
    axes.legend(loc="lower left")
    return figure
