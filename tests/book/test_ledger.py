"""The ledger of equations: what stops the build, what counts as proved, and how the pages show it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tlsbook.chapters import chapters
from tlsbook.ledger import COLUMNS, NUMBERED, STATUSES, Row, read
from tlsbook.ledger_problems import Ledger, problems
from tlsbook.proofs import Proofs, read_report
from tlsglass.claims.claim import VERDICTS as CLAIM_VERDICTS

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = "[pytest]\naddopts = --import-mode=importlib\n"
TESTS = """
import pytest
from tlsglass.constants import ANSWER


def test_passes():
    assert ANSWER == 42


@pytest.mark.parametrize("x", [1, 2])
def test_cases(x):
    assert x > 0


@pytest.mark.parametrize("x", [1, -1])
def test_one_case_fails(x):
    assert x > 0


@pytest.mark.skip
def test_skipped():
    pass


@pytest.mark.xfail
def test_expected_to_fail():
    raise AssertionError


@pytest.fixture
def broken():
    raise RuntimeError


def test_error(broken):
    pass


class TestGroup:
    def test_inside(self):
        pass
"""
FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"


class Book:
    """A book of two chapters; every equation of the paper is "not needed", unless `rows` says more."""

    def __init__(self, root):
        self.root = root
        for folder in ("chapters", "data", "tests", "lib/tlsglass"):
            (root / folder).mkdir(parents=True)
        self.write("pytest.ini", CONFIGURATION)
        self.write("tests/test_a.py", TESTS)
        self.write("lib/tlsglass/__init__.py", "")
        self.write("lib/tlsglass/constants.py", "ANSWER = 42\n")
        self.write("lib/tlsglass/unused.py", "")
        self.write("lib/tlsglass/shared.py", "")
        self.write("tests/conftest.py", "import tlsglass.shared\n")
        toc = "format: jb-book\nroot: chapters/intro\nchapters:\n"
        self.write("_toc.yml", toc + "- file: chapters/01-first\n- file: chapters/b-equations\n")
        self.write("chapters/intro.md", FRONT + "# Front\n")
        self.write(
            "chapters/01-first.md", FRONT + "# First\n\n$$\nx = 1 \\tag{A18}\n$$ (eq-a18)\n\nSee {ledger}`A18`.\n"
        )
        self.write("chapters/b-equations.md", FRONT + "# Ledger\n\n```{ledger-table}\n```\n")
        self.rows = {n: ["not needed", "nothing uses it", "", ""] for n in NUMBERED}
        self.rows["A18"] = ["derived", "see test", "01-first", "tests/test_a.py::test_passes"]

    def write(self, name, text):
        (self.root / name).write_text(text, "utf8")

    def problems(self, **rows):
        lines = [[name, *row] for name, row in (self.rows | rows).items() if row]
        self.write("data/equations.csv", "\n".join(",".join(line) for line in [COLUMNS, *lines]) + "\n")
        return problems(self.root)


@pytest.fixture(scope="module")
def proved(tmp_path_factory):
    """Book whose tests have been run, all of them by name as the ledger would."""
    book = Book(tmp_path_factory.mktemp("ledger") / "book")
    names = re.findall(r"^ *def (test_\w+)", TESTS, re.MULTILINE)
    ids = [f"tests/test_a.py::{'TestGroup::' * (name == 'test_inside')}{name}" for name in names]
    environment_path = str(book.root / "lib")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", environment_path)
        patch.delenv("PYTEST_XDIST_WORKER", raising=False)
        Proofs(book.root).run(ids)
    return book


def proof(book, name):
    return Proofs(book.root).outcome(f"tests/test_a.py::{name}")


def test_what_counts_as_passed(proved):
    for name in ("test_passes", "test_cases", "test_cases[2]", "TestGroup::test_inside"):
        assert proof(proved, name) == "passed"
    for name in ("test_one_case_fails", "test_error"):
        assert proof(proved, name) == "failed"
    for name in ("test_skipped", "test_expected_to_fail"):
        assert proof(proved, name) == "skipped"
    for name in ("test_absent", "test_inside", "TestGroup", ""):
        assert proof(proved, name) == "does not exist"
    assert Proofs(proved.root).outcome("tests/test_b.py::test_passes") == "does not exist"


@pytest.mark.parametrize(
    "file",
    ["lib/tlsglass/constants.py", "tests/test_a.py", "pytest.ini", "tests/conftest.py", "lib/tlsglass/shared.py"],
)
def test_a_change_makes_a_proof_stale_and_undoing_it_makes_it_good_again(proved, file):
    before = (proved.root / file).read_text()
    proved.write(file, before + "\n# changed\n")
    assert "since something it depends on changed" in proof(proved, "test_passes")
    assert Proofs(proved.root).to_run(["tests/test_a.py::test_passes"]) == ["tests/test_a.py::test_passes"]
    proved.write(file, before)
    assert proof(proved, "test_passes") == "passed"
    assert Proofs(proved.root).to_run(["tests/test_a.py::test_passes"]) == []


def test_what_a_test_does_not_use_does_not_matter(proved):
    proved.write("lib/tlsglass/unused.py", "x = 1\n")
    assert proof(proved, "test_passes") == "passed"


def test_without_a_record_nothing_is_proved(tmp_path):
    assert "has not been run" in proof(Book(tmp_path / "book"), "test_passes")


def test_pytest_that_cannot_start_is_an_error(tmp_path):
    book = Book(tmp_path / "book")
    book.write("pytest.ini", "[pytest]\naddopts = --no-such-option\n")
    with pytest.raises(RuntimeError, match="exit code 4"):
        Proofs(book.root).run(["tests/test_a.py::test_passes"])


def test_report_with_classes_and_cases(tmp_path):
    case = '<testcase classname="tests.test_a.TestB" name="test_c[{}]" file="tests/test_a.py">{}</testcase>'
    cases = case.format("1.5", "<failure/>") + case.format("2", "<system-out/>")
    (tmp_path / "r.xml").write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    expected = {"tests/test_a.py::TestB::test_c[1.5]": "failed", "tests/test_a.py::TestB::test_c[2]": "passed"}
    assert read_report(tmp_path / "r.xml") == expected


def test_a_true_ledger_has_no_problems(proved):
    assert proved.problems() == []
    text = ["checked", "a passage", "01-first", "tests/test_a.py::test_cases;tests/test_a.py::test_passes"]
    assert proved.problems(**{"text-III-B": text, "fig-9-caption": ["open", "later", "", ""]}) == []


@pytest.mark.parametrize(
    ("equation", "row", "problem"),
    [
        ("17", None, r"Eq. \(17\) of the paper has no row"),
        ("A18", None, r"Eq. \(A18\), displayed in 01-first, has no row"),
        ("A18", ["derived", "w", "intro", "tests/test_a.py::test_passes"], "its row says 'intro'"),
        ("A18", ["proved", "w", "01-first", ""], "status 'proved' is none of"),
        ("A18", ["derived", "", "01-first", "tests/test_a.py::test_passes"], "no reason is given"),
        ("A18", ["derived", "w", "01-first", ""], "names no test"),
        ("A18", ["derived", "w", "01-first", "tests/test_a.py::test_absent"], "test_absent does not exist"),
        ("A18", ["derived", "w", "01-first", "tests/test_a.py::test_one_case_fails"], "test_one_case_fails failed"),
        ("A18", ["derived", "w", "01-first", "tests/test_a.py::test_skipped"], "test_skipped skipped"),
        ("17", ["derived", "w", "", "tests/test_a.py::test_passes"], "names no chapter"),
        ("17", ["derived", "w", "99-none", "tests/test_a.py::test_passes"], "there is no chapter '99-none'"),
        ("17", ["open", "w", "", "tests/test_a.py::test_passes"], "is 'open' and names a test"),
        ("E1", ["open", "w", "", ""], "E1: is no equation of the paper"),
    ],
)  # fmt: skip
def test_what_is_not_true_is_found(proved, equation, row, problem):
    found = proved.problems(**{equation: row})
    assert any(re.search(problem, line) for line in found), found
    assert all(equation in line for line in found)


def test_a_row_twice_is_found(proved):
    proved.problems()
    with (proved.root / "data/equations.csv").open("a") as file:
        file.write("B1,open,again,,\n")
    assert problems(proved.root) == ["B1 has 2 rows"]


@pytest.mark.parametrize("text", ["equation,status\n1,open\n", ",".join(COLUMNS) + "\n1,open\n"])
def test_a_damaged_file_is_refused(proved, text):
    proved.write("data/equations.csv", text)
    with pytest.raises(ValueError, match="equations.csv"):
        read(proved.root)


@pytest.mark.parametrize(
    ("equation", "name"),
    [("A18", "Eq. (A18)"), ("text-III-B", "Sec. III B, text"), ("text-IV-A-dipoles", "Sec. IV A, dipoles"),
     ("text-D-9", "App. D 9, text"), ("fig-9-caption", "Fig. 9, caption"), ("tab-1", "Table 1")],
)  # fmt: skip
def test_names(equation, name):
    assert Row(equation, "open", "", "", "").name == name


# --- the pages


def build(root):
    shutil.copy(ROOT / "_config.yml", root)
    shutil.copytree(ROOT / "_static", root / "_static", dirs_exist_ok=True)
    (root / "references.bib").write_text("")
    tool = Path(sys.executable).with_name("jupyter-book")
    command = [tool, "build", ".", "-W", "-n", "--keep-going"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


def test_pages(proved):
    """A badge below the equation that links to the row, the row that links back; a lie stops every build."""
    assert proved.problems() == []
    done = build(proved.root)
    assert done.returncode == 0, done.stdout + done.stderr
    chapter = (proved.root / "_build/html/chapters/01-first.html").read_text()
    (badge,) = re.findall(r'<p class="equation-status">(.*?)</p>', chapter)
    assert 'href="b-equations.html#ledger-a18"' in badge
    assert "derived" in badge
    assert "status-derived" in badge
    table = (proved.root / "_build/html/chapters/b-equations.html").read_text()
    (row,) = re.findall(r'<tr[^>]*id="ledger-a18".*?</tr>', table, re.DOTALL)
    assert 'href="01-first.html#equation-eq-a18"' in row
    assert table.count("<tr") == 1 + len(NUMBERED)
    assert re.search(r'value="derived"> *derived 1</label>', table)
    assert re.search(rf'value="not-needed"> *not needed {len(NUMBERED) - 1}</label>', table)
    for _ in range(2):  # not only when a page is read
        proved.problems(A18=["derived", "see test", "01-first", "tests/test_a.py::test_error"])
        done = build(proved.root)
        assert done.returncode != 0
        assert "Eq. (A18): tests/test_a.py::test_error failed" in done.stdout + done.stderr
    proved.problems(A18=["checked", "see test", "01-first", "tests/test_a.py::test_cases"])
    assert build(proved.root).returncode == 0
    assert "status-checked" in (proved.root / "_build/html/chapters/01-first.html").read_text()


# --- this book


def test_ledger_of_this_book_has_every_equation_in_order():
    names = [row.equation for row in read(ROOT)]
    assert names[: len(NUMBERED)] == NUMBERED
    assert len(NUMBERED) == 30 + 28 + 4 + 7 + 9


def test_ledger_of_this_book_places_every_displayed_equation():
    found = [p for p in Ledger(ROOT).problems() if "/" not in p.partition(": ")[2]]  # proofs: the build looks at them
    assert found == []


def test_errata_mention_every_correction():
    (errata,) = (chapter for chapter in chapters(ROOT) if chapter.name == "a-errata")
    mentioned = set(re.findall(r"\{ledger\}`([^`]+)`", errata.text))
    corrected = {row.equation for row in read(ROOT) if row.status == "corrected"}
    assert corrected - mentioned == set()


def test_statuses_and_verdicts_have_colours():
    css = (ROOT / "_static/ledger.css").read_text()
    for name in [f"status-{status}" for status in STATUSES] + [f"verdict-{verdict}" for verdict in CLAIM_VERDICTS]:
        if name != "status-not needed":  # plain grey, as the badge itself
            assert f".{name.replace(' ', '-')}" in css
