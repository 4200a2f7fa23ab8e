"""Fig. 2: the dynamical phase diagram, with the boundary drawn three ways; and what its error bars hide."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.estimates.phase_diagram import boundary, ratio_prefactor
from tlsglass.figures.style import COLOURS, LINES, glass_label, glass_looks, in_style, subplots

_W_TAU = (10.0, 200.0)
_DELTA = (3e-9, 0.3)


@checked
@in_style
def phase_diagram(points: pd.DataFrame) -> Figure:
    """Draw Fig. 2: typical tunnelling amplitude against the time of flight of sound between two TLSs.

    Parameters
    ----------
    points : DataFrame
        As :func:`tlsglass.estimates.phase_diagram.phase_points` returns. The error bars are one standard deviation of
        ln Delta.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if missing := {"w_tau", "delta", "spread"} - set(points):
        refuse("points", list(points), f"a table with the columns {sorted(missing)}")
    figure, axes = subplots(size=(6.4, 4.8))
    x = np.geomspace(*_W_TAU, 100)
    lines = {
        "Eq. (24), prefactor 1": 1.0,
        "with (21) as printed": ratio_prefactor("printed"),
        "with (21) corrected": ratio_prefactor("corrected"),
    }
    for (label, over), colour, style in zip(lines.items(), ("black", "sky", "blue"), LINES[:3], strict=True):
        axes.loglog(x, boundary(x, over), style, color=COLOURS[colour], label=label)
    axes.fill_between(x, _DELTA[0], boundary(x, lines["with (21) corrected"]), color=COLOURS["sky"], alpha=0.15, lw=0)
    axes.text(12, 3e-6, "interactions faster:\nMBL transient", color=COLOURS["blue"])
    axes.text(40, 0.06, "dissipation faster", color=COLOURS["black"])
    caps = (6, 4, 3)  # SiO2 and PMMA nearly share an abscissa: caps of different width tell their bars apart
    looks = glass_looks("points", [*points.index])
    for i, ((name, row), look) in enumerate(zip(points.iterrows(), looks, strict=True)):
        span = np.exp(row["spread"])
        bar = [[row["delta"] * (1 - 1 / span)], [row["delta"] * (span - 1)]]
        axes.errorbar(
            row["w_tau"], row["delta"], yerr=bar, fmt=look.marker, color=look.colour, capsize=caps[i % len(caps)],
            ms=6, label=glass_label(name),
        )  # fmt: skip
    axes.set(xlim=_W_TAU, ylim=_DELTA, xlabel=r"$W\tau/\hbar$", ylabel=r"$\overline{\Delta}/W$")
    axes.set_xticks([10, 20, 50, 100, 200], labels=["10", "20", "50", "100", "200"])
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return figure


@checked
@in_style
def ratio_distribution(pairs: dict[str, pd.DataFrame]) -> Figure:
    """Draw the distribution of `hbar Y / J` over random pairs of TLSs.

    Parameters
    ----------
    pairs : dict
        From the name of a glass to what :func:`tlsglass.estimates.phase_diagram.random_pairs` returns.

    Returns
    -------
    matplotlib.figure.Figure
    """
    for name, table in pairs.items():
        if "log_ratio" not in table:
            refuse(f"pairs[{name!r}]", list(table), "a table with the column 'log_ratio'")
    figure, axes = subplots(size=(6.4, 3.4))
    bins = np.linspace(-18, 10, 113)
    for (name, table), look in zip(pairs.items(), glass_looks("pairs", [*pairs]), strict=True):
        density, _ = np.histogram(table["log_ratio"] / np.log(10), bins, density=True)
        axes.stairs(density, bins, color=look.colour, ls=look.line, lw=1.6, label=glass_label(name))
    axes.axvspan(0, bins[-1], color=COLOURS["black"], alpha=0.08, lw=0)
    axes.text(0.4, 0.088, "dissipation faster", color=COLOURS["black"])
    axes.set(
        xlim=(bins[0], bins[-1]),
        ylim=(0, 0.1),
        xlabel=r"$\log_{10}(\hbar Y_i/|J_{ij}|)$",
        ylabel="probability density",
    )
    axes.legend(loc="upper left")
    return figure
