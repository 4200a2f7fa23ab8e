"""The map of the book, drawn: the chapters, and an arrow from each to those that build on it."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from tlsbook.stops import STOPS, Stop
from tlsglass.figures.style import COLOURS, subplots

AROUND_THE_RIGHT = {("10", "12"), ("14", "17"), ("16", "17")}  # the left is taken there
WIDTH, HEIGHT, GAP_X, GAP_Y = 1.7, 0.62, 0.55, 0.3


def _centre(stop: Stop) -> tuple[float, float]:
    return stop.column * (WIDTH + GAP_X), -stop.row * (HEIGHT + GAP_Y)


def book_map() -> Figure:
    """Draw the chapters as boxes, and an arrow from each to those that build on it."""
    figure, ax = subplots(size=(6.4, 6.6))
    ink, tint = COLOURS["black"], ("#e6f0f8", "#fbe9df", "#e2f3ee")
    for number, stop in STOPS.items():
        x, y = _centre(stop)
        corner = (x - WIDTH / 2, y - HEIGHT / 2)
        ax.add_patch(
            FancyBboxPatch(corner, WIDTH, HEIGHT, "round,pad=0,rounding_size=0.08", fc=tint[stop.column], ec=ink)
        )
        ax.text(x, y + 0.12, f"{int(number)}  {stop.title}", ha="center", va="center", fontsize=9)
        ax.text(x, y - 0.15, stop.answers, ha="center", va="center", fontsize=8, color="0.35")
        for needed in stop.needs:
            ax.add_patch(_arrow(needed, number))
    columns = [x for x, _ in map(_centre, STOPS.values())]
    rows = [y for _, y in map(_centre, STOPS.values())]
    ax.set(xlim=(min(columns) - 1, max(columns) + 1.5), ylim=(min(rows) - 0.5, max(rows) + 0.5), aspect="equal")
    ax.set_axis_off()
    return figure


def _arrow(start: str, end: str) -> FancyArrowPatch:
    """From the foot of a box to the head of the one below it, from side to side, or around what lies between."""
    first, last = STOPS[start], STOPS[end]
    (x0, y0), (x1, y1) = _centre(first), _centre(last)
    options = {"arrowstyle": "-|>", "mutation_scale": 9, "color": "0.45", "lw": 0.9, "zorder": 0}
    if last.column - first.column > 1:  # along the row of the first box, then up or down beside the last column
        turn = x1 - WIDTH / 2 - GAP_X / 2
        corners = [(x0 + WIDTH / 2, y0), (turn, y0), (turn, y1), (x1 - WIDTH / 2, y1)]
        return FancyArrowPatch(path=Path(corners), **options)
    bend = 0.0
    if first.column != last.column:
        ends = (x0 + WIDTH / 2, y0), (x1 - WIDTH / 2, y1)
    elif last.row - first.row <= 1.5:
        ends = (x0, y0 - HEIGHT / 2), (x1, y1 + HEIGHT / 2)
    else:  # around the boxes between; what ends at a box and what starts there keep apart
        side = 1 if (start, end) in AROUND_THE_RIGHT else -1
        ends, bend = ((x0 + side * WIDTH / 2, y0 - 0.15), (x1 + side * WIDTH / 2, y1 + 0.15)), -0.22 * side
    return FancyArrowPatch(*ends, connectionstyle=f"arc3,rad={bend}", **options)
