"""The map of the book: which chapter leads to which, and what of the paper it answers."""

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from tlsglass.figures.style import COLOURS, subplots


@dataclass(frozen=True)
class Stop:
    """One chapter on the map: its short title, what of the paper it answers, what it builds on, and where it stands."""

    title: str
    answers: str
    needs: tuple[str, ...]
    row: float
    column: float


# By the number that the chapter's file begins with. Columns: what the glass is, what it does, what came of it.
STOPS = {
    "01": Stop("The model", "(1)-(8), Fig. 3", (), 0, 0),
    "02": Stop("One TLS", "(10)-(14)", ("01",), 1, 0),
    "03": Stop("Master equation", "(9), (15)-(20), Fig. 1", ("02",), 2, 0),
    "04": Stop("Dissipation rate", "(21), App. A", ("03",), 3, 0),
    "05": Stop("Angular integrals", "(A16)-(A20)", ("04",), 4, 0),
    "06": Stop("Couplings", "(22), App. A", ("05",), 5, 0),
    "07": Stop("Phase diagram", "Table I, (24), Fig. 2", ("06",), 6, 0),
    "08": Stop("Two-site state", "(23), App. B", ("01",), 0, 1),
    "09": Stop("Concurrence", "(27), (28)", ("08",), 1, 1),
    "10": Stop("Isolated system", "(30), Figs. 4-6", ("09",), 2, 1),
    "11": Stop("Open system", "App. D", ("03", "08"), 3, 1),
    "12": Stop("Dissipation", "Figs. 8-10", ("10", "11"), 4, 1),
    "13": Stop("Entropy", "(29), Figs. 7, 11", ("11",), 5, 1),
    "14": Stop("Random states", "App. C, Fig. 12", ("09",), 1, 2),
    "15": Stop("Law of the tail", "beyond the paper", ("10",), 2.5, 2),
    "16": Stop("Real glasses", "beyond the paper", ("07", "15"), 4, 2),
    "17": Stop("What was found", "Sec. V", ("12", "13", "14", "16"), 6, 2),
}
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
