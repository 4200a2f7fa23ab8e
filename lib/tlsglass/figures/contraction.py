"""Figures of the dipole contraction `D_ij`, Eq. (A27): against the direction, and its distribution."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import finite_array, positive
from tlsglass._signatures import checked
from tlsglass.figures.style import COLUMN, glass_label, glass_looks, in_style, looks, subplots


@checked
@in_style
def direction_dependence(angles: np.ndarray, curves: dict[str, tuple[np.ndarray, np.ndarray]]) -> Figure:
    """Draw `D_ij` of equal dipoles against the angle between their axis and the line that joins them.

    Parameters
    ----------
    angles : array, shape (n,)
        In degrees.
    curves : dict
        From the kind of dipole to `D_ij` with `v_L = v_T`, and with the velocities of a glass; shape (n,) each.

    Returns
    -------
    matplotlib.figure.Figure
    """
    angles = finite_array("angles", angles, (None,))
    for kind, values in curves.items():
        for value in values:
            finite_array(f"curves[{kind!r}]", value, angles.shape)
    figure, axes = subplots(size=(6.4, 3.7))
    kinds = looks("curves", curves, by_colour=True)
    for (kind, (one_speed, two_speeds)), look in zip(curves.items(), kinds, strict=True):
        axes.plot(angles, two_speeds, "-", color=look.colour, label=kind)
        axes.plot(angles, one_speed, "--", color=look.colour, lw=1.1)
    axes.plot([], [], "k--", lw=1.1, label=r"the same if $v_L = v_T$")
    axes.axhline(0, color="0.6", lw=0.8, zorder=0)
    axes.set(xlim=(angles[0], angles[-1]), xlabel="angle between axis and line (degrees)", ylabel=r"$\mathbb{D}_{ij}$")
    axes.set_xticks(np.arange(0, angles[-1] + 1, 30))
    axes.legend()
    return figure


@checked
@in_style
def contraction_distribution(
    by_material: dict[str, np.ndarray], by_norm: dict[str, np.ndarray], reach: float = 9.0
) -> Figure:
    """Draw the distribution of `D_ij` for random dipoles beside the paper's Gaussian.

    Parameters
    ----------
    by_material : dict
        From the name of a material to a sample of `D_ij`, shape (n,): left panel.
    by_norm : dict
        From the name of a distribution of `Tr D^2` to a sample at the velocities of one material: right panel.
    reach : float
        Both panels show `D_ij` from `-reach` to `reach`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    positive("reach", reach)
    figure, axes = subplots(1, 2, size=(COLUMN, 4.0), sharey=True)
    edges = np.linspace(-reach, reach, 73)
    middle = (edges[1:] + edges[:-1]) / 2
    for ax, (argument, samples) in zip(axes, {"by_material": by_material, "by_norm": by_norm}.items(), strict=True):
        x = np.linspace(-reach, reach, 400)
        gaussian = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
        ax.fill_between(x, 1e-9, gaussian, color="0.85", label="Gaussian of the paper")
        for (name, sample), look in zip(samples.items(), glass_looks(argument, [*samples]), strict=True):
            density = np.histogram(sample, edges)[0] / (sample.size * np.diff(edges))
            shown = density > 0
            ax.plot(middle[shown], density[shown], look.line, color=look.colour, label=glass_label(name))
        ax.set(yscale="log", xlim=(-reach, reach), ylim=(2e-6, 12), xlabel=r"$\mathbb{D}_{ij}$")
        ax.legend(loc="upper left", fontsize=8, handlelength=1.6)
    axes[0].set_ylabel("probability density")
    return figure
