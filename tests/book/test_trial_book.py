"""The machine of lib/tlsbook at work on a book of two chapters, with a library of one function.

The trial book is built once; the tests then change one thing, build again and look at what ran. Each test leaves the
book as it found it.
"""

import filecmp
import re

from bs4 import BeautifulSoup


def displayed_numbers(html):
    return re.findall(r'class="eqno">\((.*?)\)<', html)


def equation_links(html):
    return re.findall(r'href="([^"#]*)#equation-[\w-]+">\((.*?)\)<', html)


def test_equations_carry_the_papers_number_and_the_own_ones_have_no_gap(book):
    first = book.page("chapters/01-first")
    assert displayed_numbers(first) == ["1.1", "A18", "1.2"]
    assert r"\tag" not in first
    assert displayed_numbers(book.page("chapters/02-second")) == ["2.1"]


def test_equations_are_referred_to_by_their_number_from_any_chapter(book):
    first = "01-first.html"
    assert equation_links(book.page("chapters/intro")) == [(first, "A18"), (first, "1.1"), (first, "1.2")]
    assert equation_links(book.page("chapters/02-second")) == [("", "2.1"), (first, "A18")]


def test_image_has_the_computed_text_and_the_data_line_stands_below_the_caption(book):
    page = book.page("chapters/01-first")
    images = re.findall(r"<img[^>]*_images/[^>]*>", page)
    assert ["only-light" in image for image in images] == [True, False]
    assert ["only-dark" in image for image in images] == [False, True]
    assert all('alt="A line to 42.0."' in image for image in images)
    assert page.count("A caption.") == page.count("<figure") == 1
    assert page.index("A caption.") < page.index('<p class="provenance">')
    (link,) = re.findall(r'href="([^"]*fig04.csv)"', page)
    assert (book.root / "_build/html/chapters" / link).read_text() == "x\n4\n"


def test_claims_stand_in_their_columns_and_html_in_them_is_shown(book):
    """Paper and book are not mixed up, and the role prints the verdict of the table."""
    page = BeautifulSoup(book.page("chapters/c-claims"), "html.parser")
    for name, paper, ours, verdict in (
        ("slope", "0.77", "1.23 ± 0.04", "differs"),
        ("height", "2", "3.5", "reproduced"),
    ):
        row = page.find(id=f"claim-{name}")
        assert row.select_one(".cell-paper").text.strip("\n\\()").startswith(paper)
        assert row.select_one(".cell-ours").text.strip("\n\\()").startswith(ours)
        assert row.select_one(".cell-verdict").text.strip() == verdict
    remark = page.find(id="claim-slope").select_one(".remark")
    assert remark.text == "<script>alert(1)</script>, 3 < 4"
    assert remark.find("script") is None
    badge, labelled = page.select("p > a.ledger-badge")
    assert labelled.text == "the slope: differs"
    assert (badge.text, badge["href"], "verdict-differs" in badge["class"]) == ("differs", "#claim-slope", True)
    with book.edited("data/claims.csv", "differs", "consistent"):
        assert book.build() == set()
        assert (
            BeautifulSoup(book.page("chapters/c-claims"), "html.parser").select_one("p > a.ledger-badge").text
            == "consistent"
        )


def test_names_in_cells_lead_to_the_reference_and_from_there_to_the_source(book):
    """Also on a page that was not read again."""
    assert book.build() == set()
    page = BeautifulSoup(book.page("chapters/01-first"), "html.parser")
    links = page.select("div.cell_input a.cell-link")
    assert {(link.text, link["href"]) for link in links} == {("answer", "intro.html#tlsglass.answer")}
    assert len(links) == 4  # the import, two calls to show it, and the solution
    entry = BeautifulSoup(book.page("chapters/intro"), "html.parser").find(id="tlsglass.answer")
    source, _, anchor = entry.select_one("a.viewcode-link, a:has(.viewcode-link)")["href"].partition("#")
    lines = BeautifulSoup((book.root / "_build/html/chapters" / source).read_text(), "html.parser").find(id=anchor)
    assert "return 1 * ANSWER" in lines.text


def test_pages_that_are_no_chapters_have_the_contents_beside_them(book):
    site = book.root / "_build/html"
    pages = [site / "genindex.html", *(site / "_modules").rglob("*.html")]
    for page in pages:
        links = BeautifulSoup(page.read_text(), "html.parser").select("nav.bd-docs-nav a[href]")
        found = {(page.parent / link["href"]).resolve().relative_to(site).as_posix() for link in links}
        assert found >= {f"chapters/{name}.html" for name in ("intro", "01-first", "02-second", "c-claims")}, page
    assert len(pages) == 3


def test_a_link_to_a_page_has_a_card(book):
    page = BeautifulSoup(book.page("chapters/intro"), "html.parser")
    card = {tag.get("property") or tag.get("name"): tag["content"] for tag in page.find_all("meta", content=True)}
    assert card["og:title"] == "A trial book"
    assert card["og:description"] == card["description"]
    assert card["description"].startswith("The paper\u2019s (A18) and the book\u2019s own (1.1)")
    assert card["og:image"] == "../_static/front-page.png"


def test_nothing_is_fetched_from_elsewhere(book):
    for page in (book.root / "_build/html").rglob("*.html"):
        assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css|woff2?)', page.read_text()), page
        assert "thebe" not in page.read_text().lower()
    assert (book.root / "_build/html/_static/mathjax/tex-chtml.js").stat().st_size > 1e5


def test_edited_library_runs_the_chapters_that_use_it_and_undo_finds_the_old_outputs(book):
    with book.edited("lib/tlsglass/constants.py", "6 * 7", "6 * 9"):
        assert book.build() == {"01-first"}
        assert "A line to 54.0." in book.page("chapters/01-first")
    assert book.build() == set()
    assert "A line to 42.0." in book.page("chapters/01-first")


def test_edited_data_run_the_chapters_that_use_them(book):
    with book.edited("data/fig05.csv", "5", "55"):
        assert book.build() == {"02-second"}
        assert "55" in book.page("chapters/02-second")
    with book.edited("data/datapackage.json", '{"path": "fig04.csv"}', '{"path": "fig04.csv", "seed": 2}'):
        assert book.build() == {"01-first"}


def test_captions_prose_and_unused_modules_run_nothing_and_the_notebook_keeps_its_outputs(book):
    book.build()
    before = book.notebook("01-first")
    with book.edited("chapters/01-first.md", "A caption.", "Another caption."):
        book.write("lib/tlsglass/unused.py", "edited = True\n")
        assert book.build() == set()
        assert "Another caption." in book.page("chapters/01-first")
        after = book.notebook("01-first")
    outputs = [cell["outputs"] for cell in after["cells"] if cell["cell_type"] == "code"]
    assert any("image/svg+xml" in output["data"] for output in outputs[1])
    assert [cell.get("outputs") for cell in after["cells"]] == [cell.get("outputs") for cell in before["cells"]]
    assert [cell["id"] for cell in after["cells"]] == [cell["id"] for cell in before["cells"]]


def test_single_page_and_latex_have_the_same_numbers(book):
    book.build("singlehtml")
    page = book.page("chapters/intro", "singlehtml")
    assert displayed_numbers(page) == ["1.1", "A18", "1.2", "2.1"]
    assert [number for _, number in equation_links(page)] == ["A18", "1.1", "1.2", "2.1", "A18"]
    book.build("latex")
    (tex,) = (book.root / "_build/latex").glob("*.tex")
    assert r"\tag{A18}\label{equation:chapters/01-first:eq-a18}" in tex.read_text()


def test_two_builds_are_the_same_bytes(book, tmp_path):
    again = type(book)(tmp_path / "again")
    again.build()
    sites = [book.root.parent / "first-build", again.root / "_build/html"]
    files = sorted(file.relative_to(sites[1]) for file in sites[1].rglob("*") if file.is_file())
    _, differ, missing = filecmp.cmpfiles(*sites, map(str, files), shallow=False)
    assert (differ, missing) == ([], [])
