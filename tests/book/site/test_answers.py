"""What the checker cells call right is what the executed solutions give, and every question has its solution."""

from pathlib import Path

import pytest

from tlsbook.answers import answer, table
from tlsbook.chapters import chapters
from tlsbook.check import NOTHING, check

ROOT = Path(__file__).resolve().parents[3]
ASKED = table(ROOT)
CASES = [(chapter, label) for chapter in chapters(ROOT) for label in ASKED if f":label: {label}\n" in chapter.text]


def test_every_question_belongs_to_an_exercise():
    assert sorted(label for _chapter, label in CASES) == sorted(ASKED)


@pytest.mark.parametrize(("chapter", "label"), CASES, ids=[label for _chapter, label in CASES])
def test_the_solution_is_right_and_others_are_not(chapter, label, capsys):
    values = answer(chapter, label, ASKED[label]["value"])
    capsys.readouterr()  # what the cells of the chapter print
    check(label, values)
    assert capsys.readouterr().out == "Yes.\n"
    wrong = [[3.7 * value + 0.77 for value in values], [*values, 1.0]]
    if any(abs(value) > NOTHING for value in values):  # twice nothing is nothing
        wrong += [[factor * value for value in values] for factor in (2, 0.5, -1)]
    for others in wrong:
        check(label, others)
        assert capsys.readouterr().out.startswith("No"), others
