"""The quiz directive: folds that say yes or no and why; what is no quiz is refused. And the questions of the book."""

import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from tlsbook.chapters import chapters
from tlsbook.quiz import ANSWER

ROOT = Path(__file__).resolve().parents[2]
GOOD = """# Page

```{quiz} Is $x$ *large*?
- [ ] No. :: It is
  large.
- [x] Yes, as $x^2$. :: By definition.
```
"""


def build(folder, text):
    (folder / "source").mkdir()
    (folder / "source/index.md").write_text(text, "utf8")
    (folder / "source/conf.py").write_text(
        'extensions = ["myst_parser", "tlsbook.quiz"]\nmyst_enable_extensions = ["dollarmath"]\n'
    )
    with (folder / "warnings").open("w") as warnings:
        app = Sphinx(folder / "source", folder / "source", folder / "out", folder / "trees", "html", warning=warnings)
        app.build()
    return (folder / "out/index.html").read_text("utf8"), (folder / "warnings").read_text()


def test_every_answer_is_a_fold_with_its_reason(tmp_path):
    page, warnings = build(tmp_path, GOOD)
    folds = re.findall(r"<details><summary>(.*?)</summary>(.*?)</details>", page, re.DOTALL)
    plain = [[re.sub(r"<[^>]+>", "", part).strip() for part in fold] for fold in folds]
    assert plain[0] == ["No.", "No. It is large."]
    assert plain[1][0].startswith("Yes, as")
    assert plain[1][1] == "Yes. By definition."
    assert "<em>large</em>" in page
    assert "quiz" not in warnings


@pytest.mark.parametrize(
    "answers", ["- [x] Only one. :: Why.", "- [ ] No. :: a\n- [ ] Neither. :: b", "- [x] Yes.\n- [ ] No. :: b", "Text."]
)
def test_what_is_no_quiz_is_refused(tmp_path, answers):
    page, warnings = build(tmp_path, f"# Page\n\n```{{quiz}} Question?\n{answers}\n```\n")
    assert "a quiz needs two answers or more" in warnings
    assert "<details>" not in page


def quizzes(chapter):
    found = re.findall(r"^(```|:::)\{quiz\} (.+?)\n(.*?)^\1$", chapter.text, re.DOTALL | re.MULTILINE)
    return [(question, re.split(r"\n(?=- )", answers.strip())) for _fence, question, answers in found]


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)
def test_questions_of_the_book_have_answers_and_reasons(chapter):
    for _question, answers in quizzes(chapter):
        parsed = [ANSWER.fullmatch(answer.strip()) for answer in answers]
        assert None not in parsed
        assert 0 < sum(answer["right"] == "x" for answer in parsed) < len(parsed)


NUMBERED = [chapter for chapter in chapters(ROOT) if chapter.name[0].isdigit()]


@pytest.mark.parametrize("chapter", NUMBERED, ids=lambda chapter: chapter.name)
def test_every_numbered_chapter_asks_two_questions_or_more_before_its_summary(chapter):
    asked = [question for question, _answers in quizzes(chapter)]
    assert len(asked) == len(set(asked)) >= 2
    assert "{quiz}" not in chapter.text.split("\n## Summary\n")[1]
