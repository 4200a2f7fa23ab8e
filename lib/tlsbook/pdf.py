"""Print the single-page book: `python -m tlsbook.pdf BOOK.html OUT.pdf [CHAPTER ...]`.

Chromium, driven by playwright as in the checks of the pages, prints numbered pages with an outline. All chapters are
printed, or those named, such as `09-concurrence`; the reference of the library is left to the screen.
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

STYLE = Path(__file__).with_name("print.css")
PATIENCE = 600_000  # milliseconds; a book of three hundred pages takes one minute, on a busy machine several
REFERENCE = "d-library"

# Take away what is not to be printed and return the names of the chapters that were there.
KEEP = """([wanted, reference]) => {
  const anchors = [...document.querySelectorAll('span[id^="document-chapters/"]')];
  const name = anchor => anchor.id.slice("document-chapters/".length);
  for (const anchor of anchors) {
    const kept = wanted.length ? wanted.includes(name(anchor)) : !name(anchor).startsWith(reference);
    if (!kept) anchor.nextElementSibling.remove();
  }
  for (const image of document.images) image.loading = "eager";
  return anchors.map(name);
}"""
READY = "async () => { await MathJax.startup.promise; await document.fonts.ready; }"


def print_book(book: Path, target: Path, wanted: list[str]) -> None:
    """Print the chapters `wanted` (all if empty) of the page `book` to `target`.

    Raises
    ------
    ValueError
        If the book has no chapter of that name, or there is no chromium.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise ValueError("chromium is not there: install it, on Debian by `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(book.resolve().as_uri())
        chapters = page.evaluate(KEEP, [wanted, REFERENCE])
        for name in wanted:
            if name not in chapters:
                raise ValueError(f"chapter = {name!r} is not allowed: it must be one of {', '.join(chapters)}")
        page.evaluate(READY)
        page.add_style_tag(path=str(STYLE))
        page.pdf(path=target, prefer_css_page_size=True, outline=True, tagged=True, print_background=True)
        browser.close()


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tlsbook.pdf", description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("chapters", nargs="*")
    given = parser.parse_args(arguments)
    try:
        print_book(given.book, given.target, given.chapters)
    except (ValueError, Error) as error:
        sys.exit(f"The book was not printed. {error}")


if __name__ == "__main__":
    main()
