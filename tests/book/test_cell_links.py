"""A name in a cell leads to the entry of what it stands for, and a name that may stand for something else to none."""

from html import unescape

import pytest
from bs4 import BeautifulSoup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tlsbook.cell_links import Names, with_links


class Everything:
    def __contains__(self, name):
        return bool(name) and name.startswith("tlsglass.")


def linked(*cells):
    """(words, full name) of the links of the last of several cells."""
    names = Names(Everything())
    for cell in cells:
        links = names.links(cell)
    return [(cell[link.start : link.end], link.name) for link in links]


IMPORT = "from tlsglass import results"
CURVE = "tlsglass.results.curves.curve"


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("results.curve('fig04', n_tls=4)", [("results.curve", CURVE)]),
        ("α = 'ß'; results.curve(α)", [("results.curve", CURVE)]),  # the tree counts bytes
        ("c = results.curve('x')\nc.time", [("results.curve", CURVE), ("time", "tlsglass.ensembles.curve.Curve.time")]),
        ("results.curve('x').seed", [("seed", "tlsglass.ensembles.curve.Curve.seed"), ("results.curve", CURVE)]),
        ("from tlsglass.results import curve as c\nc", [("curve as c", CURVE), ("c", CURVE)]),
        ("import tlsglass.results as r\nr.curve", [("r.curve", CURVE)]),
    ],
)
def test_names_are_followed(cell, links):
    assert sorted(linked(IMPORT, cell)) == sorted(links)


@pytest.mark.parametrize(
    "cell",
    [
        "results = 3\nresults.curve",
        "[results.curve for results in 'ab']",
        "def f(results):\n    return results.curve",
        "for results in 'ab':\n    results.curve",
        "def results(): ...\nresults.curve",
        "from numpy import results\nresults.curve",
        "other.curve",
        "f'{results.curve}'",
        "%time results.curve",
    ],
)
def test_what_may_stand_for_something_else_has_no_link(cell):
    assert [link for link in linked(IMPORT, cell) if link[0] != "results"] == []


def test_page_keeps_its_words_and_its_colours():
    cells = [f"{IMPORT}\n", "x = results.curve(a < 3 and '<b>')  # é\n(results\n .curve)\n"]
    formatter = HtmlFormatter(nowrap=True)
    body = "".join(
        '<div class="highlight-ipython3 notranslate"><div class="highlight"><pre><span></span>'
        f"{highlight(cell, PythonLexer(), formatter)}</pre></div></div>"
        for cell in cells
    )
    page = with_links(body, {CURVE}, lambda name: f"d-library.html?a&b#{name}")
    assert BeautifulSoup(page, "html.parser").text == BeautifulSoup(body, "html.parser").text == "".join(cells)
    assert page.count("<span") == body.count("<span")
    links = BeautifulSoup(page, "html.parser").select("a")
    assert [link.text for link in links] == ["results.curve", "results\n .curve"]
    assert {link["href"] for link in links} == {unescape(f"d-library.html?a&amp;b#{CURVE}")}
