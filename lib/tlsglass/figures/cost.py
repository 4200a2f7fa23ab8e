"""What exact dynamics costs: time and memory against the size, for several routes."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.figures import style

TICKS = (2, 4, 8, 16, 32, 60, 125, 250, 500, 1000)


@checked
@style.in_style
def cost(seconds: dict[str, dict[int, float]], gigabytes: dict[str, dict[int, float]]) -> Figure:
    """Draw time and memory of each route against the number of TLSs, both logarithmic.

    Parameters
    ----------
    seconds, gigabytes : dict
        From the name of a route to its values by size `N`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    for name, data in {"seconds": seconds, "gigabytes": gigabytes}.items():
        if not data or not all(data.values()):
            refuse(name, data, "a dict with one or more routes, each with one or more sizes")
    figure, axes = style.subplots(1, 2, size=(style.COLUMN, 3.6))
    panels = (("seconds", seconds, "time (s)"), ("gigabytes", gigabytes, "memory (GB)"))
    for panel, (argument, data, label) in zip(axes, panels, strict=True):
        for (name, values), look in zip(data.items(), style.looks(argument, data), strict=True):
            n, y = np.array(sorted(values)), np.array([values[k] for k in sorted(values)])
            panel.plot(n, y, look.marker + look.line, color=look.colour, label=name)
        panel.set(xscale="log", yscale="log", xlabel="number of TLSs $N$", ylabel=label)
        sizes = [n for n in TICKS if n <= max(max(values) for values in data.values())]
        panel.set_xticks(sizes, labels=map(str, sizes))
        panel.minorticks_off()
    axes[0].legend(loc="best")
    return figure
