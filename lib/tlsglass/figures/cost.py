"""What exact dynamics costs: time and memory against the size, for several routes."""

import numpy as np
from matplotlib.figure import Figure

from tlsglass._signatures import checked
from tlsglass.figures import style


@checked
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
    figure, axes = style.subplots(1, 2, size=(8.2, 3.6))
    colours = [colour for name, colour in style.COLOURS.items() if name != "black"]
    for panel, data, label in zip(axes, (seconds, gigabytes), ("time (s)", "memory (GB)"), strict=True):
        for i, (name, values) in enumerate(data.items()):
            n, y = np.array(sorted(values)), np.array([values[k] for k in sorted(values)])
            panel.plot(n, y, style.MARKERS[i] + style.LINES[i], color=colours[i], label=name)
        panel.set(xscale="log", yscale="log", xlabel="number of TLSs $N$", ylabel=label)
        panel.set_xticks([2, 4, 8, 16, 32, 60], labels=["2", "4", "8", "16", "32", "60"])
        panel.minorticks_off()
    axes[0].legend()
    return figure
