"""The stops on the map of the book: which chapter builds on which, and what of the paper it answers."""

from dataclasses import dataclass


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
