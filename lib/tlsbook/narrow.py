"""A figure for a phone: as wide as text of its size can be read there, with its panels below each other."""

from matplotlib.figure import Figure

WIDTH = 5.0  # inch: on a phone 360 pixels wide, letters of 10 points are 10 pixels high
HEIGHT = 0.9  # of a panel, in heights of the wide figure
SMALL = 2.3  # inch: panels that are not wider stay two in a row


def make_narrow(fig: Figure) -> bool:
    """Rearrange a figure for a narrow page, and say whether it was wider than that.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        In one grid of panels, or without any. It is changed. The text keeps its size, except in a drawing without axes,
        where it must fit what it stands in.
    """
    width, height = fig.get_size_inches()
    if width <= WIDTH:
        return False
    places = {ax: ax.get_subplotspec().num1 for ax in fig.axes if ax.get_subplotspec() is not None}
    grid = next(iter(places)).get_subplotspec().get_gridspec() if places else None
    n_rows, n_columns = grid.get_geometry() if places else (1, 1)
    in_a_row = 1 if width / n_columns > SMALL else min(n_columns, 2)
    if in_a_row == n_columns:
        for text in [text for ax in places if not ax.axison for text in ax.texts]:
            text.set_fontsize(text.get_fontsize() * WIDTH / width)
        fig.set_size_inches(WIDTH, height)
        return True
    order = sorted(set(places.values()))
    rows = -(-len(order) // in_a_row)
    new = fig.add_gridspec(rows, in_a_row)
    for ax, place in places.items():
        ax.set_subplotspec(new[order.index(place)])
        for first in places:
            if places[first] == place - place % n_columns and first is not ax:
                _own_labels(ax, first)
    fig.set_size_inches(WIDTH, HEIGHT * height / n_rows * rows)
    return True


def _own_labels(ax, first):
    """Give a panel the label and the numbers that stood at the left end of its row."""
    if ax.get_shared_y_axes().joined(ax, first):
        ax.tick_params(axis="y", labelleft=True)
        ax.set_ylabel(ax.get_ylabel() or first.get_ylabel())
