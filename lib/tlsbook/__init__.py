"""The book's side of the machine: figures with alt text for the chapters, and the Sphinx extension that builds them."""

from tlsbook.display import show

__all__ = ["show"]
