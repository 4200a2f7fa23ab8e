"""Checker cells: they accept the right digits and their neighbours, refuse the rest with a hint, and keep no answer."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest

from tlsbook import check as module
from tlsbook.answers import answer, needed, record, table
from tlsbook.chapters import Chapter, chapters
from tlsbook.check import ANSWERS, check, keys

ROOT = Path(__file__).resolve().parents[2]
LABEL = re.compile(r"^:label: (ex-[\w-]+)$", re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
ASKED = {"asks": "a number", "hint": "Think.", "digits": 2}
CHAPTER = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---

# One

```{code-cell} ipython3
from myst_nb import glue
import numpy as np

two = 2
```

```{code-cell} ipython3
raise RuntimeError("nothing here is needed")
```

````{solution-start} ex-one
````

```{code-cell} ipython3
values = np.zeros(2)
values[1] = two
for k in range(3):
    two += k
glue("two", two)
```

````{solution-end}
````

```{code-cell} ipython3
two = None
```
"""


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Return a function: what check says of an answer, where others are right."""

    def say(right, given=...):
        (tmp_path / "answers.json").write_text(json.dumps({"ex": record("ex", ASKED, right)}))
        monkeypatch.setattr(module, "ANSWERS", tmp_path / "answers.json")
        module._answers.cache_clear()
        check("ex", *([] if given is ... else [given]))
        return capsys.readouterr().out.strip()

    yield say
    module._answers.cache_clear()


@pytest.mark.parametrize("right", [0.335, -2.0, 1.78e6, 0.0, 0.999, 1.004])
def test_right_to_the_digits_that_count(say, right):
    for given in (right, right * 1.004, right + 1e-12, np.float64(right)):
        assert say([right], given) == "Yes."


WRONG = [(0.7, "Think."), (-0.33, "the sign"), (0.67, "1/2"), (1 / 0.33, "inverse")]


@pytest.mark.parametrize(("given", "word"), WRONG)
def test_wrong_with_a_hint(say, given, word):
    said = say([0.333], given)
    assert said.startswith("No") and word in said
    assert "0.33" not in said


def test_an_array_is_right_if_every_number_is(say):
    assert say([1.0, 2.5], [1.0, 2.5]) == "Yes."
    assert say([1.0, 2.5], [1.0, 2.9]) == "No. Think."
    assert say([1.0, 2.5], [2.5, 1.0]) == "No. Think."
    assert say([1.0, 2.5], 1.0).startswith("No: 2 number(s)")


def test_without_an_answer_it_asks(say):
    assert say([1.0]) == "To check: a number. Put it in the place of the dots."


@pytest.mark.parametrize("given", ["one", float("nan"), [1.0, None], [], 1 + 5j, np.array([1 + 0j]), 10**400])
def test_what_is_no_number_is_refused_by_name(say, given):
    with pytest.raises(ValueError, match="answer = .* is not allowed"):
        say([1.0], given)


@pytest.mark.parametrize("label", ["ex-nobody", [1], None])
def test_an_unknown_label_is_refused_by_name(label):
    with pytest.raises(ValueError, match=f"label = {re.escape(repr(label))} is not allowed"):
        check(label, 1)


def test_a_number_has_one_key_however_it_is_written():
    for exponent in range(-8, 9):
        for first in (1.0, 1.04, 9.96, 5.5):
            value = first * 10.0**exponent
            assert keys(value, 2)[0] == keys(value * (1 + 1e-15), 2)[0]
            assert len(set(keys(value, 2))) == 3


def test_the_file_keeps_hashes_only():
    for label, kept in json.loads(ANSWERS.read_text("utf8")).items():
        assert label.startswith("ex-")
        assert set(kept) == {"asks", "hint", "digits", "salt", "hashes"}
        assert all(len(text) == 32 and int(text, 16) for text in kept["hashes"])


def test_every_exercise_has_a_question():
    exercises = [label for chapter in chapters(ROOT) for label in LABEL.findall(chapter.text)]
    assert sorted(json.loads(ANSWERS.read_text("utf8"))) == sorted(exercises) == sorted(table(ROOT))


@pytest.mark.parametrize("label", json.loads(ANSWERS.read_text("utf8")))
def test_neither_question_nor_hint_is_the_answer(label, capsys):
    """No row of neighbouring numbers in them is right."""
    kept = json.loads(ANSWERS.read_text("utf8"))[label]
    numbers = [float(number) for number in NUMBER.findall(f"{kept['asks']}. {kept['hint']}")]
    length = len(kept["hashes"])
    for start in range(len(numbers) - length + 1):
        check(label, numbers[start : start + length])
        assert capsys.readouterr().out.startswith("No")


def test_answers_come_from_the_solution_and_only_what_it_needs_runs(tmp_path):
    (tmp_path / "one.md").write_text(CHAPTER)
    chapter = Chapter(tmp_path / "one.md")
    assert answer(chapter, "ex-one", "[two, values[1]]") == [5.0, 2.0]
    with pytest.raises(ValueError, match="answer = .* is not allowed: it must be a finite real number"):
        answer(chapter, "ex-one", "two + np.array([1j])")
    with pytest.raises(ValueError, match="has no solution of it"):
        answer(chapter, "ex-two", "two")


def test_needed_statements_are_those_that_made_or_changed_a_name():
    body = ast.parse("a = 1\nb = [a]\na = 2\nb.append(a)\nc = 3\n").body
    assert [ast.unparse(s) for s in needed(body, "b")] == ["a = 1", "b = [a]", "a = 2", "b.append(a)"]
    assert [ast.unparse(s) for s in needed(body, "c")] == ["c = 3"]


CHANGES = {
    "a function that receives it": "import random\nx = [3, 1]\nrandom.shuffle(x)",
    "a keyword": "import heapq\nx = [3, 1]\nsmallest = heapq.heapreplace(heap=x, item=2)",
    "a method whose result is kept": "x = [3, 1]\nlast = x.pop()",
    "a method of a part": "x = [[3], 1]\nlast = x[0].pop()",
    "a deletion": "x = [3, 1]\ndel x[0]",
    "within other statements": "x = [3, 1]\nif True:\n    print(x.pop())",
}


@pytest.mark.parametrize("source", CHANGES.values(), ids=CHANGES)
def test_a_change_by_a_call_is_needed(source):
    assert ast.unparse(ast.Module(needed(ast.parse(source).body, "x"), [])) == source


def test_what_is_changed_and_what_a_function_reads_is_there_before():
    """A number that is drawn moves the generator, also where a function draws it; `total += ` needs the total."""
    source = "rng = generator()\ndef draw():\n    return rng.normal() + shift\nshift = 1\nfirst = draw()\n"
    source += "second = rng.normal()\ntotal = 0\ntotal += first.pop()\nx = draw()"
    lines = ["rng = generator()", "shift = 1", "first = draw()", "second = rng.normal()", "x = draw()"]
    found = [ast.unparse(s) for s in needed(ast.parse(source).body, "x")]
    assert [line for line in found if not line.startswith("def")] == lines
    both = [ast.unparse(s) for s in needed(ast.parse(source).body, "first")]
    assert "total = 0" in both and "total += first.pop()" in both


def test_what_is_imported_or_shows_changes_nothing():
    body = ast.parse("import numpy as np\nx = np.ones(2)\ny = np.zeros(2)\nglue('x', x)\nprint(x)").body
    assert [ast.unparse(s) for s in needed(body, "x")] == ["import numpy as np", "x = np.ones(2)"]
