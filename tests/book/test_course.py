"""The lecturer's page: marks on all exercises, times and objectives of every chapter, nothing that is not there."""

import re
from pathlib import Path

import pytest

from tlsbook.chapters import Chapter, chapters
from tlsbook.course import exercises, expand, objectives, times
from tlsbook.stops import STOPS

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = [chapter for chapter in chapters(ROOT) if chapter.name[0].isdigit()]
PAGE = expand((ROOT / "chapters/f-teaching.md").read_text("utf8"), ROOT)

every_numbered_chapter = pytest.mark.parametrize("chapter", NUMBERED, ids=lambda chapter: chapter.name)


@every_numbered_chapter
def test_every_exercise_has_a_title_and_a_mark(chapter):
    assert [e.label for e in exercises(chapter) if not e.title or e.stars not in (1, 2, 3)] == []
    assert [e.label for e in exercises(chapter) if "$" in e.title] == []  # a link shows it as it is typed
    assert len(exercises(chapter)) == len(re.findall(r"^`{3,}\{exercise-start\}", chapter.text, re.MULTILINE))


def test_exercises_that_the_page_names_are_those_of_the_chapters():
    labels = [e.label for chapter in NUMBERED for e in exercises(chapter)]
    assert len(labels) == len(set(labels))
    table = PAGE.split("## Exercises and their marks")[1]
    assert re.findall(r"\{ref\}`[^`]*<([\w-]+)>`", table) == labels
    assert set(re.findall(r"\{ref\}`(?:[^`]*<)?([\w-]+)>?`", PAGE)) <= set(labels)


@every_numbered_chapter
def test_the_page_has_times_and_objectives_of_every_chapter(chapter):
    assert all(f"- {objective}" in PAGE for objective in objectives(chapter))
    assert len(objectives(chapter)) >= 2
    assert " | ".join(times(chapter)) in PAGE


def test_the_map_and_the_chapters_have_the_same_needs():
    for chapter in NUMBERED[1:]:
        (row,) = re.findall(rf"^\| \{{doc\}}`{chapter.name}` \| (.*?) \|", PAGE, re.MULTILINE)
        there = {c.name[:2] for c in NUMBERED}
        assert {f"{int(n):02d}" for n in re.findall(r"`(\d+) <", row)} == set(STOPS[chapter.name[:2]].needs) & there


def test_a_chapter_that_does_not_say_how_long_it_takes_is_refused(tmp_path):
    (tmp_path / "99-short.md").write_text("# Short\n")
    with pytest.raises(ValueError, match="chapter = '99-short' is not allowed"):
        times(Chapter(tmp_path / "99-short.md"))


def test_the_book_has_sixty_exercises_or_more():
    assert sum(len(exercises(chapter)) for chapter in NUMBERED) >= 60
