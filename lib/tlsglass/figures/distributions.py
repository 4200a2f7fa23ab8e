"""The distributions of the disorder, Eqs. (4)-(6) and (26), against histograms of real draws."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import positive, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.disorder import Disorder, Realisation
from tlsglass.disorder.laws import laws
from tlsglass.disorder.levels import density_of_splittings
from tlsglass.estimates.scales import Scales
from tlsglass.figures import style

_FLOOR = 1e-3  # lowest density drawn on a logarithmic axis


@checked
@style.in_style
def distributions(sample: Realisation, disorder: Disorder) -> Figure:
    """Draw histograms of one realisation against Eqs. (4), (5) and the distributions of Sec. IV A.

    Parameters
    ----------
    sample : Realisation
        Of many TLSs.
    disorder : Disorder
        What it was drawn from; `delta_bar > 0`.

    Returns
    -------
    matplotlib.figure.Figure
        Four axes: asymmetry, tunnelling amplitude, `Tr D^2` and `D_ij`. What has no law of its own in closed form (see
        :func:`tlsglass.disorder.laws.laws`) has no line.
    """
    known = laws(disorder)
    pairs, p = np.triu_indices(len(sample.asymmetry), 1), disorder.asymmetry_exponent
    delta, strength = known["tunnelling"].support(), (1e-3, 15)
    panels = {
        "asymmetry": (sample.asymmetry, np.linspace(0, 1, 26), np.linspace(1e-9, 1, 200), r"$\varepsilon/W$"),
        "tunnelling": (sample.tunnelling, np.geomspace(*delta, 26), np.geomspace(*delta, 200), r"$\Delta/W$"),
        "trace_d2": (
            sample.trace_d2, np.geomspace(*strength, 26), np.geomspace(*strength, 200), r"$\mathrm{Tr}\,D_i^2$",
        ),
        "contraction": (
            sample.contraction[pairs], np.linspace(-4, 4, 41), np.linspace(-4, 4, 200), r"$\mathbb{D}_{ij}$",
        ),
    }  # fmt: skip
    figure, axes = style.subplots(2, 2, size=(style.COLUMN, 5.2))
    for ax, (name, (values, bins, x, label)) in zip(axes.flat, panels.items(), strict=True):
        # over all the numbers, not only those inside the bins
        height = np.histogram(values, bins)[0] / (values.size * np.diff(bins))
        ax.stairs(height, bins, fill=True, color=style.COLOURS["sky"], alpha=0.6)
        if name in known:
            ax.plot(x, known[name].pdf(x), color=style.COLOURS["black"])
        ax.set(xlabel=label)
    for ax in (axes[0, 1], axes[1, 0]):
        ax.set(xscale="log", yscale="log")
    axes[0, 0].set(ylim=(0, 1.4 * max(p, 25 ** (1 - p))))  # above the law at 1, and its mean in the first bin
    for ax in axes[:, 0]:
        ax.set(ylabel="probability density")
    return figure


@checked
@style.in_style
def initial_states(samples: dict[str, Realisation]) -> Figure:
    """Draw the initial `<S^z> = cos(theta)` for both readings of Eq. (26).

    Parameters
    ----------
    samples : dict
        Realisations of many TLSs by reading, "sphere" and "angle".

    Returns
    -------
    matplotlib.figure.Figure
        One axes a reading, with the density 1/2 or `1 / (pi sin theta)`.
    """
    if set(samples) != {"sphere", "angle"}:
        refuse("samples", list(samples), "the two readings 'sphere' and 'angle'")
    figure, axes = style.subplots(1, 2, size=(style.COLUMN, 3.2), sharey=True)
    x = np.linspace(-0.999, 0.999, 400)
    laws = {"sphere": np.full_like(x, 0.5), "angle": 1 / (np.pi * np.sqrt(1 - x**2))}
    names = {"sphere": r"$\cos\theta$ uniform: the sphere", "angle": r"$\theta$ uniform: crowded poles"}
    for ax, reading in zip(axes, ("sphere", "angle"), strict=True):
        density, bins = np.histogram(samples[reading].polarisation, np.linspace(-1, 1, 41), density=True)
        ax.stairs(density, bins, fill=True, color=style.COLOURS["sky"], alpha=0.6)
        ax.plot(x, laws[reading], color=style.COLOURS["black"])
        ax.set(xlabel=r"$\langle S^z_i\rangle = \cos\theta_i$", ylim=(0, 2.5))
        ax.annotate(names[reading], (0.5, 0.93), xycoords="axes fraction", ha="center")
    axes[0].set(ylabel="probability density")
    return figure


@checked
@style.in_style
def level_density(splitting: np.ndarray, delta_bar: float, n_delta: float, mark: float | None = None) -> Figure:
    """Draw the density of sampled splittings against the closed form and its flat limit `1 / (2 W)`.

    Parameters
    ----------
    splitting : array, shape (N,)
        In units of `W`, positive.
    delta_bar, n_delta : float
        Of the disorder the sample was drawn from.
    mark : float, optional
        An energy to mark on the curve, in units of `W`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    splitting = positive_array("splitting", splitting, (None,))
    if splitting.max() == splitting.min():
        refuse("splitting", splitting, "two or more different numbers")
    figure, ax = style.subplots(size=(6.0, 3.0))
    bins = np.geomspace(max(splitting.min(), 1e-4 * splitting.max()), splitting.max(), 41)
    counts, _ = np.histogram(splitting, bins)
    filled = counts >= 10  # fewer say nothing
    height = counts / (splitting.size * np.diff(bins))
    centre = np.sqrt(bins[1:] * bins[:-1])[filled]
    error = height[filled] / np.sqrt(counts[filled])
    ax.errorbar(centre, height[filled], error, fmt="o", ms=4, color=style.COLOURS["blue"], label="sample")
    E = np.geomspace(bins[0], bins[-1], 400)
    ax.plot(E, density_of_splittings(E, delta_bar, n_delta), color=style.COLOURS["black"], label="closed form")
    ax.axhline(0.5, color="0.5", ls=":", label=r"$1/2W$")
    if mark is not None:
        height = density_of_splittings([positive("mark", mark)], delta_bar, n_delta)
        ax.plot(mark, height, "v", ms=8, color=style.COLOURS["vermillion"])
    ax.set(xscale="log", xlabel=r"splitting $E/W$", ylabel="probability density", ylim=(0, 0.65))
    ax.legend(loc="lower center", ncols=3)
    return figure


@checked
@style.in_style
def scale_distributions(scales: Scales) -> Figure:
    """Draw how the on-site frequencies, the interactions and the rates are spread over decades.

    Parameters
    ----------
    scales : tlsglass.estimates.scales.Scales

    Returns
    -------
    matplotlib.figure.Figure
        One histogram a scale, with a mark at its median. Numbers that are exactly 0 are left out.
    """
    figure, ax = style.subplots(size=(6.4, 3.2))
    names = {"frequency": r"$\nu_i$", "interaction": r"$\max_j|\eta J_{ij}|/\hbar$", "dissipation": r"$\epsilon Y_i$"}
    bins = np.arange(-9, 4.01, 0.25)
    for (name, label), look in zip(names.items(), style.looks("names", names, ("black",)), strict=True):
        values = getattr(scales, name)
        density, _ = np.histogram(np.log10(values[values > 0]), bins, density=True)
        ax.stairs(density, bins, color=look.colour, ls=look.line, lw=1.6, label=label)
        ax.plot(np.log10(np.median(values)), _FLOOR, "^", ms=9, color=look.colour, clip_on=False, zorder=4)
    ax.set(xlabel=r"$\log_{10}$ of the scale, in units of $W/\hbar$", ylabel="density per decade", yscale="log")
    ax.set(ylim=(_FLOOR, 3))
    ax.legend(loc="upper left")
    return figure
