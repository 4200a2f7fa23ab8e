"""The lecturer's tables write themselves: `% course: chapters` becomes what the boxes of the chapters say."""

import re
from dataclasses import dataclass
from pathlib import Path

from tlsbook.chapters import Chapter, chapters
from tlsbook.paper_index import depend_on_chapters, markdown_table
from tlsbook.stops import STOPS

MARKER = re.compile(r"^% course: (chapters|objectives|exercises)$", re.MULTILINE)
BOX = re.compile(r"^```\{admonition\} What you will be able to do\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXERCISE = re.compile(r"^`{3,}\{exercise-start\} *(.*?) *(★*)\n(?::.*\n)*?:label: *(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """One exercise: its label, its title, and how hard it is, from 1 to 3 (0: nobody said)."""

    label: str
    title: str
    stars: int


def exercises(chapter: Chapter) -> list[Exercise]:
    """Exercises of a chapter in reading order."""
    return [Exercise(label, title, len(stars)) for title, stars, label in EXERCISE.findall(chapter.text)]


def times(chapter: Chapter) -> tuple[str, str]:
    """How long the box says that the chapter takes: to read, to run.

    Raises
    ------
    ValueError
        If the chapter has no such box.
    """
    words = " ".join("".join(BOX.findall(chapter.text)).split())
    found = re.search(r"Time to read: (.+?)\. Time to run: (.+?)[.;]", words)
    if found is None:
        raise ValueError(f"chapter = {chapter.name!r} is not allowed: its box must say how long it takes")
    return found[1], found[2]


def objectives(chapter: Chapter) -> list[str]:
    """What the box says that the reader will be able to do."""
    (box,) = BOX.findall(chapter.text)
    listed = re.search(r"^- .*?(?=\n\n)", box, re.DOTALL | re.MULTILINE)[0]
    return [" ".join(item.split()) for item in re.split(r"\n- ", listed.removeprefix("- "))]


def expand(text: str, root: Path) -> str:
    """Put the tables in the place of the lines that ask for them."""
    book = [chapter for chapter in chapters(root) if chapter.name[0].isdigit()]
    makers = {"chapters": _chapters, "objectives": _objectives, "exercises": _exercises}
    return MARKER.sub(lambda match: makers[match[1]](book), text)


def _chapters(book):
    here = {chapter.name[:2]: chapter.name for chapter in book}
    rows = []
    for chapter in book:
        needed = STOPS[chapter.name[:2]].needs if chapter.name[:2] in STOPS else ()
        needs = ", ".join(f"{{doc}}`{int(number)} <{here[number]}>`" for number in needed if number in here)
        rows.append((f"{{doc}}`{chapter.name}`", needs or "–", *times(chapter), str(len(exercises(chapter)))))
    return markdown_table(("Chapter", "Builds on", "To read", "To run", "Exercises"), rows)


def _objectives(book):
    return "\n\n".join(
        f"{{doc}}`{chapter.name}`\n\n" + "\n".join(f"- {item}" for item in objectives(chapter)) for chapter in book
    )


def _exercises(book):
    rows = [
        (
            f"{{ref}}`{exercise.title.replace('|', '')} <{exercise.label}>`",
            "★" * exercise.stars,
            str(int(chapter.name[:2])),
        )
        for chapter in book
        for exercise in exercises(chapter)
    ]
    return markdown_table(("Exercise", "Mark", "Chapter"), rows)


def _expand_source(app, docname, source):
    if MARKER.search(source[0]):
        depend_on_chapters(app)
        source[0] = expand(source[0], Path(app.srcdir))


def setup(app):
    """Connect to Sphinx."""
    app.connect("source-read", _expand_source)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
