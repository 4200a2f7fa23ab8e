"""What MyST passes over in silence is a warning that names page and line; nothing of the book is one."""

import nbformat
import pytest

from tlsbook.proofread import faults_of_blocks, faults_of_cells

CELL = "```{code-cell} ipython3\n"
PAGE = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n# Page\n\n"
FAULTS = {
    "A note[^nowhere].": "markup shown as text: A note",
    "$$ a = b": "markup shown as text",
    "Here $a = b and nothing.": "markup shown as text",
    "[text][nowhere]": "markup shown as text",
    "**bold **": "markup shown as text",
    '<img src="nosuch.png" alt="x">': "markup shown as text",
    "a <br> b": "markup shown as text",
    "```{admonition} T\nx": "what begins with ``` has no end",
    "::::{admonition} T\n:::{note}\nx\n::::": "what begins with ::: has no end",
    "| a | b |\n|---|---|\n| $|x|$ | 2 |": "a row of 4 cells in a table of 2",
    CELL + ":tags: [hide-imput]\nx = 1\n```": "cell 1: unknown tag or option `hide-imput`",
    CELL + ":tag: [hide-input]\nx = 1\n```": "cell 1: unknown tag or option `tag`",
    CELL + ":tags: [raises-exception]\nx = 1\n```": "cell 1: tagged `raises-exception`, and raises none",
    "```{solution-start} ex-none\n```\nx\n```{solution-end}\n```": "a solution of `ex-none`, which is no exercise",
    "A note.\n\n[^unused]: Here.": "the footnote [^unused] is used nowhere",
    ":::{note}\nA note.\n\n[^inside]: Here.\n:::": "the footnote [^inside] is used nowhere",
    "## Section\n\nText.\n\n# Another page": "a second title of the page: Another page",
    "$$ a = b \\tag{A18} $$ (eq-a18-again)": "a second equation with the number A18, as in chapters/01-first",
}
FINE = """\
A note[^there], `$x$`, `[^x]`, $x<y$, *so* **bold** and a | b.

[^there]: Here.

```python
# [^example]: no note
# No title
```

::::{admonition} Four
Another note[^in-a-box].

[^in-a-box]: There.

:::{note}
````
```
````
:::
::::

| a | b |
|---|---|
| $\\vert x\\vert$ | `a` \\| b |

    | no | table | at | all |
"""


@pytest.fixture
def proofread(unbuilt_book):
    """Return a function that builds pages and returns what was said."""

    def build(pages):
        toc = unbuilt_book.root / "_toc.yml"
        for name, text in pages.items():
            unbuilt_book.write(f"chapters/{name}.md", PAGE + text + "\n")
        toc.write_text(toc.read_text() + "".join(f"  - file: chapters/{name}\n" for name in pages))
        return unbuilt_book.attempt()

    return build


def test_every_slip_is_named_with_its_page_at_every_build(proofread, unbuilt_book):
    pages = {f"f{number:02d}": text for number, text in enumerate(FAULTS)}
    status, said = proofread(pages)
    for _ in range(2):
        assert status != 0
        warnings = [line for line in said.splitlines() if "WARNING" in line]
        for name, words in zip(pages, FAULTS.values(), strict=True):
            assert any(f"chapters/{name}.md" in line and words in line for line in warnings), (name, words)
        status, said = unbuilt_book.attempt()


def test_what_looks_like_a_slip_and_is_none(proofread):
    status, said = proofread({"fine": FINE})
    assert status == 0, said


def test_lines_are_those_of_the_file():
    text = "x\n\n::::{admonition} T\n\n| a |\n|---|\n| 1 | 2 |\n[^n]: x\n::::\n\n~~~\n```\n"
    assert [number for number, _ in faults_of_blocks(text)] == [7, 11, 8]
    assert list(faults_of_blocks("```{code-cell} ipython3\n| a |\n| a | b |\n```\n")) == []


def test_an_exception_that_is_meant_is_raised():
    cell = nbformat.v4.new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    assert len(list(faults_of_cells([cell]))) == 1
    cell.outputs = [nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])]
    assert list(faults_of_cells([cell])) == []
