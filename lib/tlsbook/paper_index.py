"""The index of the paper writes itself: `% paper: figures` becomes a table of its figures and where the book has them.

What a chapter is said to hold is read off the chapters: figures by the names of their cells (`fig-6a`), equations by
their labels (`eq-a18`), and the status of what is not displayed off the ledger.
"""

import re
from itertools import groupby
from pathlib import Path

from tlsbook import ledger
from tlsbook.chapters import chapters

MARKER = re.compile(r"^% paper: (figures|equations|sections)$", re.MULTILINE)
FIGURE = re.compile(r"^ *name: fig-(\d+)([a-z]?)$", re.MULTILINE)
FIGURES = {
    1: "Phonon processes",
    2: "Phase diagram of TLSs in glasses",
    3: "TLSs in a cube",
    4: "Concurrence, isolated",
    5: "Concurrence and tunnelling amplitude, isolated",
    6: "Plateau of the concurrence; collapse in ηt",
    7: "Half-system entropy, isolated",
    8: "Concurrence with dissipation",
    9: "Departure from the plateau, with dissipation",
    10: "Decay of the concurrence with dissipation",
    11: "Half-system entropy with dissipation",
    12: "Concurrence of random states",
}
SECTIONS = {  # of the paper: the numbers of the chapters that answer it
    "Sec. I, Introduction": ("00",),
    "Sec. II, the TLS model; Table I": ("01", "07"),
    "Sec. III, the master equation": ("03", "11"),
    "Sec. III A, eigenoperators": ("02",),
    "Sec. III B, coupling to phonons": ("03", "07"),
    "Sec. III C, dynamical phases": ("07", "16"),
    "Sec. IV A, disorder": ("01", "06"),
    "Sec. IV B, initial state and observables": ("01", "09", "13"),
    "Sec. IV C, unitary evolution": ("10", "13", "15"),
    "Sec. IV D, full evolution": ("11", "12", "13"),
    "Sec. V, conclusions": ("17",),
    "App. A 1, dissipation rates": ("04",),
    "App. A 2, interaction strengths": ("05", "06"),
    "App. B, two-site observables": ("08",),
    "App. C, concurrence in a random state": ("14",),
    "App. D, integration of the master equation": ("11",),
}


def expand(text: str, root: Path) -> str:
    """Put the tables in the place of the lines that ask for them."""
    makers = {"figures": _figures, "equations": _equations, "sections": _sections}
    return MARKER.sub(lambda match: makers[match[1]](chapters(root), root), text)


def _figures(book, root):
    found = [(int(n), part, chapter.name) for chapter in book for n, part in FIGURE.findall(chapter.text)]
    rows = []
    for number, title in FIGURES.items():
        here = [(part, name) for n, part, name in found if n == number]
        links = ", ".join(f"{{numref}}`fig-{number}{part}`" for part, _ in here) or "not drawn"
        places = ", ".join(f"{{doc}}`{name}`" for name in dict.fromkeys(name for _, name in here)) or "–"
        rows.append((f"Fig. {number} of the paper: {title}", links, places))
    return markdown_table(("The paper", "Figure", "Chapter"), rows)


def _equations(book, root):
    place = {equation.tag: chapter.name for chapter in book for equation in chapter.equations if equation.tag}
    status = {row.equation: row for row in ledger.read(root)}

    def where(number):
        section = number[0] if number[0].isalpha() else ""
        return section, place.get(number) or status[number].chapter, number in place

    rows = []
    for (_, chapter, displayed), group in groupby(ledger.NUMBERED, where):
        numbers = list(group)
        span = f"Eq. ({numbers[0]})" if len(numbers) == 1 else f"Eqs. ({numbers[0]})-({numbers[-1]})"
        links = " ".join(f"{{eq}}`eq-{number.lower()}`" for number in numbers) if displayed else "not displayed"
        rows.append((f"{span} of the paper", links, f"{{doc}}`{chapter}`" if chapter else "not treated"))
    return markdown_table(("The paper", "Equations", "Chapter"), rows)


def _sections(book, root):
    names = {chapter.name[:2]: chapter.name for chapter in book}
    rows = []
    for section, numbers in SECTIONS.items():
        links = ", ".join(f"{{doc}}`{names[number]}`" for number in numbers if number in names)
        rows.append((section, links or "not treated"))
    return markdown_table(("The paper", "Chapters"), rows)


def markdown_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Write a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def depend_on_chapters(app) -> None:
    """Read the page that is being read again whenever a chapter changes, comes or goes."""
    root = Path(app.srcdir)
    for file in ("chapters", *(chapter.file for chapter in chapters(root))):
        app.env.note_dependency(str(root / file))


def _expand_source(app, docname, source):
    if MARKER.search(source[0]):
        depend_on_chapters(app)
        app.env.note_dependency(str(Path(app.srcdir) / ledger.FILE))
        source[0] = expand(source[0], Path(app.srcdir))


def setup(app):
    """Connect to Sphinx."""
    app.connect("source-read", _expand_source)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
