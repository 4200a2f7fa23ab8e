"""Every chapter is built the way a reader expects: front matter, box, exercises, short cells, numbered equations."""

import ast
import re
import statistics
from pathlib import Path

import pytest
import yaml

from tlsbook.chapters import chapters, table_of_contents

ROOT = Path(__file__).resolve().parents[2]
BOOK = chapters(ROOT)
NUMBERED = [chapter for chapter in BOOK if chapter.name[0].isdigit()]

every_chapter = pytest.mark.parametrize("chapter", BOOK, ids=lambda chapter: chapter.name)
every_numbered_chapter = pytest.mark.parametrize("chapter", NUMBERED, ids=lambda chapter: chapter.name)


def test_table_of_contents_lists_every_chapter_in_order():
    front, *listed = table_of_contents(ROOT)
    assert front == "chapters/intro"
    assert listed == sorted(
        f"chapters/{file.stem}" for file in (ROOT / "chapters").glob("*.md") if file.stem != "intro"
    )


@every_chapter
def test_front_matter_suits_the_build_and_jupyter(chapter):
    _, front_matter, _ = chapter.text.split("---\n", 2)
    found = yaml.safe_load(front_matter)
    assert ("html_meta" in found.pop("myst", {})) == (chapter.name == "intro")  # what others show of the book
    assert found == {
        "file_format": "mystnb",
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }


@every_numbered_chapter
def test_box_at_the_top_says_what_for_what_you_need_and_how_long(chapter):
    (box,) = re.findall(
        r"^```\{admonition\} What you will be able to do\n(.*?)^```", chapter.text, re.DOTALL | re.MULTILINE
    )
    words = " ".join(box.lower().split())
    assert [p for p in ("you will be able to", "you need", "time to read", "time to run") if p not in words] == []


@every_numbered_chapter
def test_three_exercises_or_more_each_with_a_solution_that_runs(chapter):
    labels = re.findall(r"^`{3,}\{exercise-start\}.*\n(?::.*\n)*?:label: *(\S+)", chapter.text, re.MULTILINE)
    solution = re.compile(r"^`{3,}\{solution-start\} *(\S+)\n(.*?)^`{3,}\{solution-end\}", re.DOTALL | re.MULTILINE)
    solutions = dict(solution.findall(chapter.text))
    assert len(labels) >= 3
    assert set(labels) == set(solutions)
    for label, body in solutions.items():
        assert "{code-cell}" in body, f"nothing runs in the solution of {label}"
        assert ":class: dropdown" in body.split("```")[0], f"the solution of {label} is not folded"


def lines_of(cells):
    return [sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in cells]


@every_numbered_chapter
def test_cells_are_short(chapter):
    """Those that are read, and, less strictly, all that can be unfolded."""
    folded = {"hide-input", "remove-cell"}
    read = lines_of(cell for cell in chapter.code_cells if not folded & set(cell.metadata.get("tags", [])))
    assert statistics.median(read) <= 8
    assert statistics.quantiles(read, n=10)[-1] <= 16
    assert statistics.quantiles(lines_of(chapter.code_cells), n=10)[-1] <= 25


@every_chapter
def test_every_displayed_equation_has_a_label(chapter):
    assert [equation.tex for equation in chapter.equations if equation.label is None] == []
    assert not re.findall(r"^`{3,}\{math\}|\\begin\{(?:align|equation|gather)\*?\}", chapter.text, re.MULTILINE)


@every_chapter
def test_number_and_label_of_a_paper_equation_agree(chapter):
    tagged = {equation.label: equation.tag for equation in chapter.equations if equation.tag}
    assert tagged == {f"eq-{tag.lower()}": tag for tag in tagged.values()}


def test_every_paper_equation_and_every_label_stands_once():
    equations = [equation for chapter in BOOK for equation in chapter.equations]
    for names in ([e.tag for e in equations if e.tag], [e.label for e in equations if e.label]):
        assert sorted(names) == sorted(set(names))


@every_chapter
def test_figures_are_shown_with_words(chapter):
    for cell in chapter.code_cells:
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        assert not names & {"plt.show", "fig.show", "fig.savefig"}, cell.source
        if "figure" in cell.metadata.get("mystnb", {}):
            shows = [call for call in calls if ast.unparse(call.func) == "show"]
            assert len(shows) == 1, f"one show(fig, alt=...) in a figure cell:\n{cell.source}"


COLUMN = 88  # characters that a cell's column holds, from 1280 px of window on: tests/book/site measures it
IMPORTS = (ast.Import, ast.ImportFrom)


def visible(chapter):
    """Cells that a reader sees, or can unfold."""
    return [cell for cell in chapter.code_cells if "remove-cell" not in cell.metadata.get("tags", [])]


@every_chapter
def test_no_line_of_a_cell_is_wider_than_the_column(chapter):
    lines = [line for cell in visible(chapter) for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > COLUMN] == []


@pytest.mark.parametrize("chapter", [c for c in BOOK if c.name != "d-library"], ids=lambda chapter: chapter.name)
def test_what_is_imported_stands_in_one_folded_cell(chapter):
    """Except on the page that shows how the library is imported."""
    importing = [c for c in chapter.code_cells if any(isinstance(n, IMPORTS) for n in ast.walk(ast.parse(c.source)))]
    assert importing == chapter.code_cells[:1]
    for cell in importing:
        assert all(isinstance(node, IMPORTS) for node in ast.parse(cell.source).body)
        assert cell.metadata["tags"] == ["hide-input"]
        assert cell.metadata["mystnb"]["code_prompt_show"] == "What this chapter imports"


@every_chapter
def test_what_is_pasted_into_the_prose_is_pasted_out_of_sight(chapter):
    calls = [n for cell in visible(chapter) for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call)]
    assert "glue" not in {ast.unparse(call.func) for call in calls}


@every_chapter
def test_what_a_cell_shows_is_no_container_of_python(chapter):
    """Sentences, tables and formulas instead; and an error stands in brackets, as `Estimate` prints it."""
    containers = ast.Dict | ast.DictComp | ast.List | ast.ListComp | ast.Set | ast.SetComp | ast.Tuple
    assigned = {}
    for cell in visible(chapter):
        body = ast.parse(cell.source).body
        for node in body:
            if isinstance(node, ast.Assign):
                assigned.update({ast.unparse(target): node.value for target in node.targets})
        if isinstance(body[-1], ast.Expr):
            value = body[-1].value
            assert not isinstance(assigned.get(ast.unparse(value), value), containers), cell.source
    assert [cell.source for cell in chapter.code_cells if re.search(r"\+-|±", cell.source)] == []


@every_chapter
def test_what_a_chapter_imports_is_there(chapter):
    """Found in seconds here; the build would stop at it after minutes."""
    for cell in chapter.code_cells[:1]:
        nodes = [node for node in ast.parse(cell.source).body if isinstance(node, IMPORTS)]
        exec(compile(ast.Module(nodes, []), chapter.name, "exec"), {})


def test_figures_of_the_paper_are_found_by_their_number():
    for chapter in BOOK:
        for cell in chapter.code_cells:
            figure = cell.metadata.get("mystnb", {}).get("figure", {})
            if number := re.fullmatch(r"fig-(\d+)([ab]?)", figure.get("name", "")):
                caption = " ".join(figure["caption"].split())
                words = rf"Fig\. {number[1]}(?:\({number[2]}\))? of the paper|the paper's Fig\. {number[1]}\b"
                assert re.search(words, caption, re.IGNORECASE), caption
