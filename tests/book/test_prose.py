"""No result is typed by hand: what the code computes comes into the prose through `glue`.

What counts as a result: a number with a decimal point, a percentage, or a factor times a power of ten, in the text, in
inline formulas or in captions. What is no result, and may be typed:

1. a parameter, given as `symbol = number` (or `~`, `<`, `in`) for symbols of `PARAMETERS`;
2. a quoted value, in a sentence that says whose: it cites, or names the paper, a table, "printed" or "quoted";
3. how long a chapter takes, in the box at its top.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from tlsbook.chapters import chapters

ROOT = Path(__file__).resolve().parents[2]

NUMBER = re.compile(r"\d+\.\d+|\d\s*\\?%|\d\s*per cent|\d\s*\\(?:times|cdot)\s*10")
PARAMETERS = (
    r"\bar\Delta  \bar{\Delta}  \Delta  \eta  \epsilon  \varepsilon  n_\Delta  n_{\Delta}  N  W  L_0  \gamma  \rho  v"
    r"  v_L  v_T  T  f  f_T  t  \tau  \hbar  k_B  p  \zeta  J  Y  \nu  \theta"
).split()
VALUE = r"[-+\d.,\s\\;timescdot^{}/%]*\d(?:\s*\\,?\s*(?:\\(?:mathrm|text)\{[^{}]*\}|[A-Za-z/]+))?"
SYMBOL = "(?:" + "|".join(sorted(map(re.escape, PARAMETERS), key=len, reverse=True)) + ")"
RELATION = r"\s*(?:=|<|>|\\(?:approx|sim|simeq|leq?|geq?|gtrsim|les+im|in)(?![A-Za-z]))\s*"
ASSIGNMENT = re.compile(rf"(?:[\d.]+{RELATION}|(?<![\\\w])){SYMBOL}(?:\s*/?\s*{SYMBOL})*{RELATION}{VALUE}")
QUOTATION = re.compile(
    r"\{cite|\{eq\}`eq-\w?\d+`|\bpapers?\b|paper's|\bTable\b|\bprint(?:s|ed)\b|\bquote[sd]?\b|\btextbook\b",
    re.IGNORECASE,
)
NOT_PROSE = (
    re.compile(r"^\$\$.*?\$\$.*?$", re.DOTALL | re.MULTILINE),  # displayed equations
    re.compile(r"^(`{3,}|:{3,})\{(?:bibliography|eval-rst|toctree).*?^\1", re.DOTALL | re.MULTILINE),
    re.compile(r"^:[\w-]+:.*$", re.MULTILINE),  # options of directives
    re.compile(r"^.*time to (?:read|run).*$", re.MULTILINE | re.IGNORECASE),
    re.compile(r"\{(?!cite|eq)[\w:]+\}`[^`]*`"),  # roles, except what makes a quotation
    re.compile(r"(?<![}`])`[^`]+`"),  # code
    re.compile(r"\]\([^)]*\)"),  # addresses of links
)
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z`{$*])|\n\s*\n|\n\s*(?:[-*|]|\d+\.)\s")


def typed_results(text):
    """Sentences of `text` with a number that nobody computed and nobody is quoted for."""
    for pattern in NOT_PROSE:
        text = pattern.sub(" ", text)
    sentences = [sentence.strip() for sentence in SENTENCE_END.split(text)]
    return [s for s in sentences if not QUOTATION.search(s) and NUMBER.search(ASSIGNMENT.sub(" ", s))]


@pytest.mark.parametrize(
    "text",
    [
        "The slope is 1.03 over the whole range.",
        r"We find $\beta_i = 2.4$ at late times.",
        "About 37 % of the pairs stay entangled.",
        r"The rate is $3\times 10^{-5}$ in these units.",
        "The paper is right. Our fit gives 0.81.",
        r"For $\eta = 0.5$ the maximum is 0.032.",
    ],
)
def test_rule_finds_a_typed_result(text):
    assert typed_results(text)


@pytest.mark.parametrize(
    "text",
    [
        "The slope is {glue:text}`slope:.2f` over {glue:text}`decades:.1f` decades.",
        r"We take $\bar\Delta = 0.1$, $\eta=10^5$ and $N = 50$ with 5000 realisations.",
        r"The energy unit is $W = 0.1\,\mathrm{eV}$, and $\rho = 2.2$.",
        r"Times up to $tY = 1.5$, and $W\tau/\hbar \leq 0.3$, or $0.2\leq t\lesssim0.6$.",
        "The paper quotes 0.127(3).",
        "{cite}`Phillips1987` finds 1.5 for most glasses.",
        "Set `tolerance=1.5e-8` in the call.",
        "$$ x = 0.25 $$ (eq-x)",
        "- Time to run: 1.5 minutes",
    ],
)
def test_rule_lets_parameters_and_quotations_pass(text):
    assert typed_results(text) == []


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)
def test_no_result_is_typed_by_hand(chapter):
    assert [sentence for text in chapter.prose for sentence in typed_results(text)] == []


@pytest.mark.parametrize(
    "chapter", [c for c in chapters(ROOT) if c.name[0].isdigit() or c.name == "intro"], ids=lambda chapter: chapter.name
)
def test_no_verdict_is_typed_by_hand(chapter):
    """Whether a number was reproduced is said by the role {claim}, which prints the verdict of `data/claims.csv`."""
    typed = [text for text in chapter.prose if re.search(r"\breproduced\b", text, re.IGNORECASE)]
    assert typed == []


def test_every_claim_that_the_prose_names_is_in_the_table():
    known = set(pd.read_csv(ROOT / "data/claims.csv", dtype=str)["id"])
    role = re.compile(r"\{claim\}`(?:[^`]+ <)?([^`]+?)>?`")
    named = {name for chapter in chapters(ROOT) for name in role.findall(chapter.text)}
    assert named
    assert named <= known


def test_the_two_tables_say_what_the_page_of_claims_says_of_them():
    verdicts = pd.read_csv(ROOT / "data/claims.csv", dtype=str).set_index("id")["verdict"]
    statuses = pd.read_csv(ROOT / "data/equations.csv", dtype=str).set_index("equation")["status"]
    (page,) = [chapter.text for chapter in chapters(ROOT) if chapter.name == "c-claims"]
    for claim, row in (("hopping-text", "text-III-C"), ("rise", "30")):
        assert f"*{verdicts[claim]}* here" in page
        assert f"*{statuses[row]}* there" in page
    # one statement, one answer: the glasses with their error bars
    glasses = verdicts[verdicts.index.str.startswith("boundary-spread")]
    assert set(glasses) == {"differs"}
    assert statuses["fig-2-caption"] == "corrected"


BADGES = re.compile(r"(?:\{claim\}`[^`]+`\s*)+")


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda chapter: chapter.name)
def test_a_badge_is_no_word_of_a_sentence(chapter):
    """It stands at the end of a paragraph, after the full stop: a verdict in words reads on when it changes."""
    for text in chapter.prose:
        for badges in BADGES.finditer(text):
            before, after = text[: badges.start()].rstrip(), text[badges.end() :]
            assert before.endswith((".", "!", "?", ")")), badges[0]
            ends = not after.strip() or badges[0].count("\n") > 1 or re.match(r"[-*] |`{3,}\n", after)
            assert ends, badges[0] + after[:40]


LEFT_OUT = re.compile(
    r"^(`{3,})\{(?:admonition|quiz|exercise-start|explorer|prf:|solution).*?^\1$", re.DOTALL | re.MULTILINE
)
NO_SENTENCE = re.compile(r"\s*(?:#|\||[-*] |\d+\. |`{3}|:|\()")  # headings, tables, lists, fences, labels


def running_sentences(text):
    """Whole sentences of running text: no boxes, lists, headings, and nothing that an equation ends."""
    text = re.sub(r"\$\$.*?\$\$(?: \([\w-]+\))?", " ", LEFT_OUT.sub("", text), flags=re.DOTALL)
    text = "\n".join(line for line in text.splitlines() if not NO_SENTENCE.match(line))
    text = re.sub(r"\$[^$]*\$|\{[\w:]+\}`[^`]*`", "x", text)
    text = re.sub(r"\b(Eqs?|Secs?|Figs?|App)\.", r"\1", text)
    return [s for s in re.split(r"(?<=[.!?])\s+|\n\s*\n", text) if s.strip().endswith((".", "!", "?"))]


@pytest.mark.parametrize(
    "chapter", [c for c in chapters(ROOT) if c.name[0].isdigit()], ids=lambda chapter: chapter.name
)
def test_sentences_flow(chapter):
    """At most a quarter of them have seven words or fewer."""
    found = [s for cell in chapter.cells if cell.cell_type == "markdown" for s in running_sentences(cell.source)]
    assert len(found) > 30
    assert sum(len(s.split()) <= 7 for s in found) <= len(found) / 4
