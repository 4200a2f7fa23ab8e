"""Run the chapters on all cores before Sphinx reads them one by one; each finds its outputs in the cache then."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import myst_nb.core.execute.cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader


def _run_ahead(app, env, docnames):
    """Run what is to be read and not in the cache; MyST-NB runs again, and reports, a chapter that fails."""
    config = env.mystnb_config
    cache = myst_nb.core.execute.cache.get_cache(config.execution_cache_path)

    def run(docname, file, notebook):
        key = cache.create_hashed_notebook(notebook)[1]
        result = single_nb_execution(notebook, str(file.parent), config.execution_timeout, allow_errors=False)
        print(f"{docname}: ran in {result.time:.1f} s", flush=True)  # the only sign of life for a minute, also with -q
        unchanged = key == cache.create_hashed_notebook(notebook)[1]  # nobody edited the library meanwhile
        return file, result, result.err is None and unchanged

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(run, *chapter) for chapter in _not_in_cache(env, docnames, cache)]
    for file, result, to_keep in (task.result() for task in running):
        if to_keep:
            bundle = CacheBundleIn(result.nb, str(file), data={"execution_seconds": result.time})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _not_in_cache(env, docnames, cache):
    for docname in docnames:
        file = Path(env.doc2path(docname))
        reader = create_nb_reader(str(file), env.myst_config, env.mystnb_config, file.read_text("utf8"))
        notebook = reader and reader.read(file.read_text("utf8"))
        if notebook and any(cell.cell_type == "code" for cell in notebook.cells):
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                yield docname, file, notebook


def setup(app):
    """Connect to Sphinx."""
    app.connect("env-before-read-docs", _run_ahead)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
