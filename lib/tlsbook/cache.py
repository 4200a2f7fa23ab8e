"""Execution cache that knows the library and the data: a chapter runs again when its numbers may change, and only then.

MyST-NB's own cache is keyed by the cells and their metadata alone: an edited library gives stale numbers, an edited
caption runs the chapter again. Here the key is the cells, without metadata, and `Dependencies.digest`. Undoing an
edit finds the old entry. An entry that a killed build left half-written is none.
"""

import hashlib
import os
import shutil
import traceback
from functools import cached_property
from pathlib import Path

import myst_nb.core.execute.cache
import nbformat
from jupyter_cache.cache.db import OrmBase, create_db
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from jupyter_client.manager import KernelManager
from sphinx.util import logging

from tlsbook.dependencies import Dependencies

DATE_OF_THE_SITE = "1767225600"  # 1 January 2026, whenever it is built
log = logging.getLogger(__name__)


class ExecutionCache(JupyterCacheBase):
    """Stock cache with another key, for the book in the folder `root`."""

    root: Path

    @cached_property
    def db(self):
        """Data base; jupyter-cache makes its tables only together with its file, and a build may be killed between."""
        engine = create_db(self.path)
        OrmBase.metadata.create_all(engine)
        return engine

    def create_hashed_notebook(self, nb, nb_metadata=("kernelspec",), cell_metadata=None):
        """Return the notebook and the key under which its outputs are kept."""
        notebook, key = super().create_hashed_notebook(nb, nb_metadata, cell_metadata=())
        digest = Dependencies(self.root, [cell.source for cell in notebook.cells]).digest()
        return notebook, hashlib.md5(f"{key} {digest}".encode()).hexdigest()

    def match_cache_notebook(self, nb):
        """Return the record of the kept outputs; a KeyError if there are none, or not all of them."""
        record = super().match_cache_notebook(nb)
        try:
            self.get_cache_bundle(record.pk)
        except ValueError as error:  # the file is cut off: no JSON
            raise KeyError(record.hashkey) from error
        return record

    def cache_notebook_bundle(self, bundle, *args, **kwargs):
        """Keep outputs. A folder that a killed build left without its file goes away first: the stock cache stops."""
        key = self.create_hashed_notebook(bundle.nb)[1]
        shutil.rmtree(self._get_notebook_path_cache(key).parent, ignore_errors=True)
        return super().cache_notebook_bundle(bundle, *args, **kwargs)

    def merge_match_into_notebook(self, nb, *args, **kwargs):
        """Put the kept outputs into `nb` itself: MyST-NB writes *it*, not a copy, as the notebook to download."""
        key, merged = super().merge_match_into_notebook(nb, *args, **kwargs)
        for cell, kept in zip(nb.cells, merged.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = kept.outputs, kept.execution_count
        nb.metadata.update(merged.metadata)
        return key, nb


def run_cells(nb, *args, **kwargs) -> ExecutionResult:
    """Run a notebook in place; also what keeps it from running at all is a result, which MyST-NB reports."""
    try:
        return single_nb_execution(nb, *args, **kwargs)
    except Exception as error:  # no such kernel, a kernel that died
        todo = [cell.source for cell in nb.cells if cell.cell_type == "code" and not cell.execution_count]
        where = f"The first cell that did not run:\n{todo[0]}\n\n" if todo else ""
        return ExecutionResult(nb, None, 0.0, error, where + "".join(traceback.format_exception_only(error)))


def executed_notebook(app, docname: str) -> Path:
    """Where MyST-NB writes the executed chapter."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"


def _use_our_cache(app, config):
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(root / "_build" / ".jupyter_cache")
    myst_nb.core.execute.cache.get_cache = type("BookCache", (ExecutionCache,), {"root": root})
    myst_nb.core.execute.cache.single_nb_execution = run_cells


def _set_kernel_environment(app, config):
    """Prepare the environment that the kernels of the chapters inherit."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", DATE_OF_THE_SITE)
    os.environ.setdefault("TQDM_DISABLE", "1")  # progress is for people who wait, not for readers of the page
    os.environ.pop("TLSGLASS_DATA", None)  # the book shows the committed data, and its cache knows no others
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices, and several chapters at a time
    KernelManager.transport_encryption.default_value = "auto"  # otherwise ipykernel warns at every start


def _note_dependencies(app, doctree):
    """Let Sphinx read a chapter again when a file it depends on changes; refuse one that hides what it depends on."""
    docname, file = app.env.docname, executed_notebook(app, app.env.docname)
    if app.env.metadata[docname].get("kernelspec") and file.is_file():
        cells = [cell for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]
        dependencies = Dependencies(Path(app.srcdir), [cell.source for cell in cells])
        beside = Path(app.env.doc2path(docname)).parent
        loaded = [beside / cell.metadata["load"] for cell in cells if "load" in cell.metadata]  # MyST's `:load:`
        for dependency in [*dependencies.files, *loaded]:
            app.env.note_dependency(str(dependency))
        for what in dependencies.hidden:
            log.warning("the outputs may be out of date unnoticed: %s", what, location=docname)


def setup(app):
    """Connect to Sphinx."""
    app.connect("config-inited", _use_our_cache)
    app.connect("config-inited", _set_kernel_environment)
    app.connect("doctree-read", _note_dependencies)
    return {"parallel_read_safe": True}
