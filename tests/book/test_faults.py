"""A fault is named with its place, and stays red until it is mended; what changes reaches the site, and no more."""

import os
import re
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from tlsbook import unchanged

FAULTS = {
    "an unknown {eq}`eq-absent`": "eq-absent",
    "an unknown {glue:text}`absent`": "absent",
    "a missing {cite}`Nobody1900`": "Nobody1900",
    "a dead [link](no-such-chapter.md)": "no-such-chapter",
    r"broken TeX $\frac{1}$": r"broken TeX: Missing argument for \frac",
    r"an unknown macro $\nosuchmacro$": r"Undefined control sequence \nosuchmacro",
    "an unknown {claim}`no-such-claim`": "no-such-claim",
}
CELL = "```{code-cell} ipython3\n"


@pytest.fixture
def edits(book):
    """Return a function that edits files until the test ends."""
    with ExitStack() as stack:
        yield lambda *edit: stack.enter_context(book.edited(*edit))


def test_faults_stay_red_until_they_are_mended(book):
    text = "See {eq}`eq-second-own`"
    bad_cell = CELL + "import warnings\nwarnings.warn('a fault in a cell')\n```\n\n" + text
    with (
        book.edited("chapters/02-second.md", text, bad_cell),
        book.edited("chapters/intro.md", "The paper's", "\n\n".join(FAULTS)),
    ):
        for _ in range(2):
            status, said = book.attempt()
            assert status != 0
            assert [
                fault for fault in FAULTS.values() if not re.search(rf"chapters/intro.*{re.escape(fault)}", said)
            ] == []
            assert re.search("chapters/02-second.*stderr", said)
    book.build()


def test_fault_made_by_an_edit_elsewhere_is_seen(book):
    """The page that refers to an equation is not edited when the equation goes."""
    with book.edited("chapters/01-first.md", "(eq-first-other)", "(eq-renamed)"):
        for _ in range(2):
            status, said = book.attempt()
            assert status != 0
            assert re.search("chapters/intro.*eq-first-other", said)
    with book.edited("chapters/01-first.md", "# First\n", "# First\n\n$$ new $$ (eq-new)\n"):
        book.build()
        assert re.findall(r">\((1\.\d)\)<", book.page("chapters/intro")) == ["1.2", "1.3"]  # numbers moved


def test_bad_cells_are_reported_with_chapter_and_cell(book, edits):
    edits("chapters/01-first.md", "name: python3", "name: glass-env")
    edits("chapters/02-second.md", "from pathlib import Path\n", "1 / 0\n")
    edits("chapters/intro.md", "The paper's", CELL + "print('a'\n```\n\nThe paper's")
    status, said = book.attempt()
    assert status != 0
    assert "Extension error" not in said
    reports = said.split("WARNING: Executing notebook failed")
    found = {}
    for before, after in zip(reports, reports[1:], strict=False):
        found[re.findall(r"chapters/([\w-]+)\.md", before)[-1]] = after
    assert "No such kernel named glass-env" in found["01-first"]
    assert "from types import SimpleNamespace" in found["01-first"]  # its first cell
    assert "ZeroDivisionError" in found["02-second"] and "1 / 0" in found["02-second"]
    assert "SyntaxError" in found["intro"] and "print('a'" in found["intro"]


def test_error_that_is_meant_is_a_page(book):
    cell = "```{code-cell} ipython3\n:tags: [raises-exception]\nprint('a'\n```\n\n"
    with book.edited("chapters/intro.md", "The paper's", cell + "The paper's"):
        book.build()
        assert "SyntaxError" in book.page("chapters/intro")


def test_code_that_cannot_be_seen_is_refused(book):
    with book.edited(
        "chapters/02-second.md", "from pathlib import Path\n", "from pathlib import Path\n%run ../lib/x.py\n"
    ):
        book.write("lib/x.py", "")
        for _ in range(2):
            status, said = book.attempt()
            assert status != 0
            assert re.search("chapters/02-second.*cell 1: the magic `%run`", said)


def test_loaded_code_is_followed(book):
    book.write("chapters/shown.py", "print('loaded', 1)\n")
    with book.edited("chapters/intro.md", "The paper's", CELL + ":load: shown.py\n```\n\nThe paper's"):
        book.build()
        book.write("chapters/shown.py", "print('loaded', 2)\n")
        assert book.build() == {"intro"}
        assert "loaded 2" in book.page("chapters/intro")


def test_site_follows_style_sheets_pictures_and_pages_that_go(book):
    book.write("_static/book.css", "p { color: black }")
    book.write("chapters/picture.svg", "<svg>1</svg>")
    site = book.root / "_build/html"
    with book.edited("chapters/intro.md", "The paper's", "![words](picture.svg)\n\nThe paper's"):
        book.build()
        book.write("_static/book.css", "p { color: red }")
        book.write("chapters/picture.svg", "<svg>2</svg>")
        book.build()
        assert "red" in (site / "_static/book.css").read_text()
        assert (site / "_images/picture.svg").read_text() == "<svg>2</svg>"
        (site / "chapters/gone.html").write_text("a chapter of yesterday")
        (book.root / "_static/book.css").unlink()
        book.build()
    assert not (site / "chapters/gone.html").exists()
    assert not (site / "_static/book.css").exists()
    assert (site / "index.html").exists()


def test_new_module_reaches_the_page_that_lists_them(book):
    book.write("lib/tlsglass/room/__init__.py", "")
    book.write("lib/tlsglass/room/one.py", '"""The first module."""\n')
    with book.edited("chapters/intro.md", "The paper's", "## Rooms\n\n% modules: room\n\nThe paper's"):
        book.build()
        book.write("lib/tlsglass/room/two.py", '"""The second module."""\n')
        book.build()
        assert "The second module." in book.page("chapters/intro")
    shutil.rmtree(book.root / "lib/tlsglass/room")
    book.build()


def test_file_put_back_with_its_old_time_is_seen(book):
    file = book.root / "chapters/intro.md"
    backup = shutil.copy2(file, book.root.parent)
    with book.edited("chapters/intro.md", "The paper's", "Somebody's"):
        book.build()
    os.replace(backup, file)
    book.build()
    assert "The paper" in book.page("chapters/intro")


def test_other_data_do_not_pass_for_the_committed_ones(book, tmp_path):
    cell = CELL + "import os\nprint('data from', os.environ.get('TLSGLASS_DATA'))\n```\n\n"
    with book.edited("chapters/intro.md", "The paper's", cell + "The paper's"):
        book.build(TLSGLASS_DATA=str(tmp_path))
        assert "data from None" in book.page("chapters/intro")


def test_pages_that_do_not_change_are_not_touched(book):
    book.build()
    before = {file: file.stat().st_mtime_ns for file in (book.root / "_build/html").rglob("*.html")}
    with book.edited("chapters/02-second.md", "See {eq}", "Compare {eq}"):
        book.build()
    touched = {file.name for file, time in before.items() if file.stat().st_mtime_ns != time}
    assert touched == {"02-second.html"}


@pytest.fixture
def is_up_to_date(book, monkeypatch):
    """Return a function that asks, as `make book` does, whether there is nothing to build."""
    monkeypatch.chdir(book.root)

    def ask():
        try:
            unchanged.main()
        except SystemExit as end:
            assert end.code == 1
            return False
        return True

    return ask


def test_nothing_is_built_if_nothing_has_changed_since_a_build_without_warnings(book, is_up_to_date, monkeypatch):
    book.build()
    assert is_up_to_date()
    for name in ("chapters/intro.md", "data/fig05.csv", "lib/tlsglass/unused.py", "references.bib"):
        file = book.root / name
        text, times = file.read_text(), (file.stat().st_atime_ns, file.stat().st_mtime_ns)
        file.write_text(text.swapcase() or " ")  # as long as before, where there was anything
        assert not is_up_to_date(), name
        file.write_text(text)
        os.utime(file, ns=times)
        assert is_up_to_date(), name
    for new in ("chapters/new.md", "_static/new.css", "_build/proofs.json", "_build/html/chapters/new.html"):
        book.write(new, "{}")
        assert not is_up_to_date(), new
        (book.root / new).unlink()
        assert is_up_to_date(), new
    for page in ("index.html", "chapters/intro.html"):
        hidden = (book.root / "_build/html" / page).rename(book.root.parent / "page")
        assert not is_up_to_date(), page
        hidden.rename(book.root / "_build/html" / page)
        assert is_up_to_date(), page
    monkeypatch.setattr(unchanged, "installed", lambda: "sphinx==99")
    assert not is_up_to_date()


def test_a_build_with_a_warning_is_not_left_alone(book, is_up_to_date):
    with book.edited("chapters/intro.md", "The paper's", "an unknown {eq}`eq-absent`"):
        status, _ = book.attempt()
        assert status != 0
        assert not is_up_to_date()
    book.build()
    assert is_up_to_date()


def test_everything_read_depends_on_extensions_configuration_and_what_is_installed(tmp_path, monkeypatch):
    ours = shutil.copytree(Path(unchanged.__file__).parent, tmp_path / "tlsbook")
    (tmp_path / "_config.yml").write_text("title: a\n")
    monkeypatch.setattr(unchanged, "__file__", str(ours / "unchanged.py"))
    tools = [unchanged.tools(tmp_path)]
    (ours / "render.py").write_text("changed = 1\n")
    tools.append(unchanged.tools(tmp_path))
    (tmp_path / "_config.yml").write_text("title: b\n")
    tools.append(unchanged.tools(tmp_path))
    monkeypatch.setattr(unchanged, "installed", lambda: "sphinx==99")
    tools.append(unchanged.tools(tmp_path))
    assert len(set(tools)) == len(tools)


def test_copy_buttons_leave_prompts_and_outputs_out(book):
    script = (book.root / "_build/html/_static/copybutton.js").read_text()
    (prompt,) = re.findall(r"formatCopyText\([^,]+, (?:'|\")(.*?)(?:'|\"), (true|false), (true|false)", script)
    pattern, is_regexp, only_prompts = prompt
    assert (is_regexp, only_prompts) == ("true", "true")
    assert [t for t in (">>> ", "... ", "$ ") if not re.fullmatch(pattern.encode().decode("unicode_escape"), t)] == []
    assert "div:not(.output) > div.highlight pre" in script
