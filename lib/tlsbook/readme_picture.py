"""Draw the picture of the README, the one of the front page: `make picture`."""

from pathlib import Path

from tlsbook.place import book_here
from tlsglass import results
from tlsglass.figures.front_page import histories

FILE = Path("_static/front-page.png")
SIZES = (4, 8, 16, 60)


def main() -> None:
    """Draw it from `data/`, into the book in the current folder."""
    file = book_here(FILE.parent) / FILE
    figure = histories([results.curve("fig04", n_tls=n_tls) for n_tls in SIZES])
    figure.savefig(file, dpi=110, facecolor="white", bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    main()
