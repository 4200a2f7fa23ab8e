"""The book's side of the machine: figures with alt text for the chapters, and the Sphinx extension that builds them."""

from tlsbook.display import show

__all__ = ["show", "setup"]

PARTS = (
    "builds", "cache", "ahead", "equations", "mathjax", "tex", "links", "downloads", "site",
    "ledger_pages", "explorers", "search", "quiz", "library_page", "paper_index", "course", "cell_links",
    "proofread",
)  # fmt: skip


def setup(app):
    """Sphinx extension: each part of the machine lives in a module of its own and connects itself."""
    for part in PARTS:
        app.setup_extension(f"tlsbook.{part}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
