"""What the checker cells call right is what the executed solutions give, and every question has its solution."""

from pathlib import Path

import pytest

from tlsbook.answers import answer, table
from tlsbook.chapters import chapters
from tlsbook.check import check

ROOT = Path(__file__).resolve().parents[3]
ASKED = table(ROOT)
CASES = [(chapter, label) for chapter in chapters(ROOT) for label in ASKED if f":label: {label}\n" in chapter.text]


def test_every_question_belongs_to_an_exercise():
    assert sorted(label for _chapter, label in CASES) == sorted(ASKED)


@pytest.mark.parametrize(("chapter", "label"), CASES, ids=[label for _chapter, label in CASES])
def test_the_solution_is_right_and_others_are_not(chapter, label, capsys):
    values = answer(chapter, label, ASKED[label]["value"])
    check(label, values)
    assert capsys.readouterr().out == "Yes.\n"
    check(label, [3.7 * value + 0.77 for value in values])
    assert capsys.readouterr().out.startswith("No")
