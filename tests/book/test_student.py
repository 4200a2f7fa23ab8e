"""The student's edition holds every exercise and no solution: not in a page, a source, a notebook, or what is kept."""

import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

from tlsbook.chapters import chapters
from tlsbook.check import EMPTY, cells_to_work_in
from tlsbook.student import prepare, without_solutions

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = """
```{exercise-start} One
:label: ex-random-two
```

What is it?

```{exercise-end}
```

````{solution-start} ex-random-two
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
    assert stripped.count(EMPTY) == len(solved)
    solutions = re.findall(r"\{solution-start\}.*?\{solution-end\}", chapter.text, re.DOTALL)
    lost = sum(len(re.findall(r"^```\{code-cell\}", solution, re.MULTILINE)) for solution in solutions)
    new = sum(len(cells_to_work_in(label)) for label in solved)
    assert len(cells(stripped)) == len(chapter.code_cells) - lost + new


def test_a_solution_that_would_be_left_is_refused():
    with pytest.raises(ValueError, match="every solution must stand between"):
        without_solutions("````{solution} ex-one\nSecret.\n````\n")


def test_another_book_is_not_overwritten(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "mine.md").touch()
    with pytest.raises(ValueError, match="target = .* another book lies there"):
        prepare(ROOT, tmp_path)
    assert (tmp_path / "chapters" / "mine.md").exists()


def test_no_source_of_the_edition_holds_a_line_of_a_solution(tmp_path):
    """Lines of prose, and of code that says much; short ones may well stand elsewhere."""
    prepare(ROOT, tmp_path)
    assert (tmp_path / "chapters/d-library/glass.md").is_file()  # pages in folders come with it
    files = [f for f in tmp_path.rglob("*") if f.suffix in {".md", ".py", ".json", ".yml", ".js", ".csv", ".txt"}]
    text = "\n".join(file.read_text("utf8") for file in files)
    kept = "\n".join(without_solutions(chapter.text) for chapter in chapters(ROOT))
    for chapter in chapters(ROOT):
        for solution in re.findall(r"\{solution-start\}.*?\{solution-end\}", chapter.text, re.DOTALL):
            lines = [line for line in solution.splitlines() if len(line) > 70 and line not in kept]
            assert [line for line in lines if line in text] == []
    assert list(tmp_path.rglob("answers.yml")) == []


def test_nothing_that_is_built_holds_a_solution(unbuilt_book, tmp_path):
    root, target = unbuilt_book.root, tmp_path / "student"
    unbuilt_book.write("chapters/02-second.md", (root / "chapters/02-second.md").read_text("utf8") + EXERCISE)
    prepare(root, target)
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    done = subprocess.run(command, cwd=target, env=unbuilt_book.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (target / "_build/html/chapters/02-second.html").read_text("utf8")
    assert "What is it?" in page
    assert "To check: the mean concurrence." in page  # what the cell that checks says before there is an answer
    made = [file for file in target.rglob("*") if file.is_file() and "_static" not in file.parts]
    assert [file for file in made if b"secret" in file.read_bytes()] == []
