"""The student's edition holds every exercise and no solution: not in a page, a source, a notebook, or what is kept."""

import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

from tlsbook.chapters import chapters
from tlsbook.student import EMPTY_CELL, prepare, without_solutions

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = """
```{exercise-start} One
:label: ex-one
```

What is it?

```{exercise-end}
```

````{solution-start} ex-one
:class: dropdown
````

It is the secret word.

```{code-cell} ipython3
print("secret" + " number", 6 * 111)
```

````{solution-end}
````
"""


def cells(text):
    return [cell.source for cell in jupytext.reads(text, fmt="md:myst").cells if cell.cell_type == "code"]


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)
def test_every_exercise_stays_and_every_solution_goes(chapter):
    stripped = without_solutions(chapter.text)
    exercises = re.findall(r"^:label: (ex-[\w-]+)$", chapter.text, re.MULTILINE)
    solved = re.findall(r"\{solution-start\} *(\S+)", chapter.text)
    assert re.findall(r"^:label: (ex-[\w-]+)$", stripped, re.MULTILINE) == exercises
    assert "solution-" not in stripped
    assert stripped.count(EMPTY_CELL) == len(solved)
    solutions = re.findall(r"\{solution-start\}.*?\{solution-end\}", chapter.text, re.DOTALL)
    lost = sum(len(re.findall(r"^```\{code-cell\}", solution, re.MULTILINE)) for solution in solutions)
    assert len(cells(stripped)) == len(chapter.code_cells) - lost + len(solved)


def test_a_solution_that_would_be_left_is_refused():
    with pytest.raises(ValueError, match="every solution must stand between"):
        without_solutions("````{solution} ex-one\nSecret.\n````\n")


def test_another_book_is_not_overwritten(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "mine.md").touch()
    with pytest.raises(ValueError, match="target = .* another book lies there"):
        prepare(ROOT, tmp_path)
    assert (tmp_path / "chapters" / "mine.md").exists()


def test_nothing_that_is_built_holds_a_solution(unbuilt_book, tmp_path):
    root, target = unbuilt_book.root, tmp_path / "student"
    unbuilt_book.write("chapters/02-second.md", (root / "chapters/02-second.md").read_text("utf8") + EXERCISE)
    prepare(root, target)
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    done = subprocess.run(command, cwd=target, env=unbuilt_book.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "What is it?" in (target / "_build/html/chapters/02-second.html").read_text("utf8")
    made = [file for file in target.rglob("*") if file.is_file() and "_static" not in file.parts]
    assert [file for file in made if b"secret" in file.read_bytes()] == []
