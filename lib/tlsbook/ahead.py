"""Run the chapters on all cores before Sphinx reads them one by one; each finds its outputs in the cache then."""

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import myst_nb.core.execute.cache
import psutil
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader

from tlsbook.cache import run_cells


def _run_ahead(app, env, docnames):
    """Run what is to be read and not in the cache; MyST-NB runs again, and reports, a chapter that fails.

    The threads only wait for the kernels: everything else is done here, in the main thread.
    """
    config = env.mystnb_config
    cache = myst_nb.core.execute.cache.get_cache(config.execution_cache_path)

    def run(file, notebook):
        return run_cells(notebook, str(file.parent), config.execution_timeout, allow_errors=False)

    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        todo = _not_in_cache(env, docnames, cache)
        running = {pool.submit(run, file, notebook): (name, file, key) for name, file, notebook, key in todo}
        for task in as_completed(running):
            (name, file, key), result = running[task], task.result()
            print(f"{name}: ran in {result.time:.1f} s", flush=True)  # the only sign of life for a minute, also with -q
            unchanged = key == cache.create_hashed_notebook(result.nb)[1]  # nobody edited the library meanwhile
            if result.err is None and unchanged:
                bundle = CacheBundleIn(result.nb, str(file), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    except BaseException:  # Ctrl-C: nobody wants to wait for what runs
        for kernel in psutil.Process().children():
            kernel.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _not_in_cache(env, docnames, cache):
    for docname in docnames:
        file = Path(env.doc2path(docname))
        try:
            text = file.read_text("utf8")
            reader = create_nb_reader(str(file), env.myst_config, env.mystnb_config, text)
            notebook = reader and reader.read(text)
        except Exception:  # Sphinx reads it again, and reports what is wrong
            continue
        if notebook and any(cell.cell_type == "code" for cell in notebook.cells):
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                yield docname, file, notebook, cache.create_hashed_notebook(notebook)[1]


def setup(app):
    """Connect to Sphinx."""
    app.connect("env-before-read-docs", _run_ahead)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
