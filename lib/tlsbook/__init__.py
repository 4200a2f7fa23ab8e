"""The book's side of the machine: figures with alt text for the chapters, and the Sphinx extension that builds them."""

__all__ = ["show", "setup"]

PARTS = (
    "builds", "cache", "ahead", "equations", "mathjax", "tex", "links", "downloads", "site",
    "ledger_pages", "explorers", "search", "quiz", "library_page", "paper_index", "course", "cell_links",
    "proofread",
)  # fmt: skip


def __getattr__(name):
    """Load matplotlib for the chapters only: a build draws nothing, and half of its start would be that."""
    if name != "show":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tlsbook.display import show

    return show


def setup(app):
    """Sphinx extension: each part of the machine lives in a module of its own and connects itself."""
    for part in PARTS:
        app.setup_extension(f"tlsbook.{part}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
