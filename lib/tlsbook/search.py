"""Search that also works from a folder: chapters before functions, and excerpts without asking a server.

Sphinx's search fetches each page that it lists to show an excerpt, which a browser refuses for files. Here the plain
texts of all pages lie in one script, and `search.js` hands them over.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer  # comes with Jupyter Book

SCRIPT = Path(__file__).with_name("search.js")
NOT_READ = ".headerlink, script, style, svg, .cell_input, div.math, .copybtn, .eqno, details.hide > summary"


def page_text(html: str) -> str:
    """Return the article of a page as Sphinx's search wants it: plain text in nested sections with their anchors."""
    article = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("article")).article
    for element in article.select(NOT_READ):
        element.decompose()
    for element in article.find_all(True):
        anchored = element.name == "section" or (element.name in ("dt", "span") and element.get("id"))
        if anchored:
            element.attrs = {"id": element["id"]} if element.get("id") else {}
        else:
            element.unwrap()
    return f'<div role="main">{" ".join(article.decode_contents().split())}</div>'


def _write_texts(app, exception):
    if exception is not None or app.builder.name != "html":
        return
    files = {page: Path(app.outdir) / f"{page}.html" for page in sorted(app.env.found_docs)}
    pages = {page: file.read_text("utf8") for page, file in files.items() if file.is_file()}
    with ProcessPoolExecutor() as pool:
        texts = dict(zip(pages, pool.map(page_text, pages.values()), strict=True))
    script = f"setSearchTexts({json.dumps(texts, ensure_ascii=False)});"
    (Path(app.outdir) / "_static" / "search-texts.js").write_text(script, "utf8")


def setup(app):
    """Connect to Sphinx."""
    app.config.html_search_scorer = str(SCRIPT)
    app.connect("build-finished", _write_texts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
