"""Execution cache that knows the library and the data: a chapter runs again when its numbers may change, and only then.

MyST-NB's own cache is keyed by the cells and their metadata alone: an edited library gives stale numbers, an edited
caption runs the chapter again. Here the key is the cells, without metadata, and `Dependencies.digest`. Undoing an
edit finds the old entry.
"""

import hashlib
import os
from pathlib import Path

import myst_nb.core.execute.cache
import nbformat
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.manager import KernelManager

from tlsbook.dependencies import Dependencies

DATE_OF_THE_SITE = "1767225600"  # 1 January 2026, whenever it is built


class ExecutionCache(JupyterCacheBase):
    """Stock cache with another key, for the book in the folder `root`."""

    root: Path

    def create_hashed_notebook(self, nb, nb_metadata=("kernelspec",), cell_metadata=None):
        """Return the notebook and the key under which its outputs are kept."""
        notebook, key = super().create_hashed_notebook(nb, nb_metadata, cell_metadata=())
        digest = Dependencies(self.root, [cell.source for cell in notebook.cells]).digest()
        return notebook, hashlib.md5(f"{key} {digest}".encode()).hexdigest()

    def merge_match_into_notebook(self, nb, *args, **kwargs):
        """Put the kept outputs into `nb` itself: MyST-NB writes *it*, not a copy, as the notebook to download."""
        key, merged = super().merge_match_into_notebook(nb, *args, **kwargs)
        for cell, kept in zip(nb.cells, merged.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = kept.outputs, kept.execution_count
        nb.metadata.update(merged.metadata)
        return key, nb


def executed_notebook(app, docname: str) -> Path:
    """Where MyST-NB writes the executed chapter."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"


def _use_our_cache(app, config):
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(root / "_build" / ".jupyter_cache")
    cache_class = type("BookCache", (ExecutionCache,), {"root": root})
    myst_nb.core.execute.cache.get_cache = cache_class


def _set_kernel_environment(app, config):
    """Prepare the environment that the kernels of the chapters inherit."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", DATE_OF_THE_SITE)
    os.environ.setdefault("TQDM_DISABLE", "1")  # progress is for people who wait, not for readers of the page
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices, and several chapters at a time
    KernelManager.transport_encryption.default_value = "auto"  # otherwise ipykernel warns at every start


def _note_dependencies(app, doctree):
    """Let Sphinx read a chapter again when a file it depends on is newer than the last reading."""
    file = executed_notebook(app, app.env.docname)
    if app.env.metadata[app.env.docname].get("kernelspec") and file.is_file():
        notebook = nbformat.read(file, as_version=4)
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        for dependency in Dependencies(Path(app.srcdir), cells).files:
            app.env.note_dependency(str(dependency))


def setup(app):
    """Connect to Sphinx."""
    app.connect("config-inited", _use_our_cache)
    app.connect("config-inited", _set_kernel_environment)
    app.connect("doctree-read", _note_dependencies)
    return {"parallel_read_safe": True}
