"""A build may be killed at any moment, two may be started at once, and a fault stays red until it is mended.

Three things outlive a build. Outputs of cells are kept by their content, in :mod:`tlsbook.cache`. What Sphinx has read
is trusted only if the last build came to its end with the same tools; a page that gave a warning is read again. The
site is written whole at every build, beside the old one, and then takes its place file by file: what did not change is
not touched, what is not made any more goes away. A second build in the same folder waits for the first. That there is
nothing to do, `make book` learns before, from :mod:`tlsbook.unchanged`.
"""

import filecmp
import gc
import logging
import os
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from sphinx.util.build_phase import BuildPhase

from tlsbook.unchanged import FRONT_DOOR, record, record_of, state, tools
from tlsglass._files import locked

FINISHED = "finished"  # in the folder of doctrees, while they can be trusted


def _say_that_it_waits():
    print("another build is at work in this folder: waiting for its end", flush=True)


def _start(app, config):
    """Forget what cannot be trusted, before Sphinx loads it; write the site beside the old one."""
    gc.disable()  # it would visit the millions of nodes of the pages again and again, for a third of the time
    app.lock_of_build = ExitStack()
    app.lock_of_build.enter_context(locked(Path(app.srcdir) / "_build", _say_that_it_waits))
    app.built_from = state(Path(app.srcdir))
    finished = app.doctreedir / FINISHED
    trusted = finished.is_file() and finished.read_text() == tools(Path(app.srcdir))
    finished.unlink(missing_ok=True)
    if not trusted:
        for folder in (app.doctreedir, app.outdir.parent / "jupyter_execute"):
            shutil.rmtree(folder, ignore_errors=True)
    app.site = app.outdir
    app.outdir = app.outdir.with_name(f".{app.outdir.name}")
    shutil.rmtree(app.outdir, ignore_errors=True)
    app.outdir.mkdir(parents=True)


def _end(app, exception):
    with app.lock_of_build:
        _finish(app, exception)


def _finish(app, exception):
    if exception is not None:
        if docname := app.env.temp_data.get("docname"):
            print(f"{docname}: here the build stopped", file=sys.stderr)
        return
    _put_into_place(Path(app.outdir), Path(app.site))
    if not app.warnings_of_no_page.seen:
        (app.doctreedir / FINISHED).write_text(tools(Path(app.srcdir)))
    if app.config.nitpicky and not app._warncount:
        record_of(Path(app.site)).write_text(record(Path(app.site), app.built_from), "utf8")


def _put_into_place(new: Path, site: Path) -> None:
    names = {file.relative_to(new) for file in new.rglob("*") if file.is_file()}
    for name in names:
        old = site / name
        if not (old.is_file() and filecmp.cmp(new / name, old, shallow=False)):
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new / name, old)
    for file in [file for file in site.rglob("*") if file.is_file()]:
        if file.relative_to(site) not in names | {Path(FRONT_DOOR)}:
            file.unlink()


class _Warnings(logging.Handler):
    """Lets a page that gives a warning while it is read be read again by the next build, hence warn again.

    A warning that belongs to no page lets every page be read again. What warns while pages are written needs no help:
    all are written each time.
    """

    def __init__(self, app):
        super().__init__(logging.WARNING)
        self.app, self.seen = app, False

    def emit(self, record):
        if self.app.phase > BuildPhase.READING or hasattr(record, "noticed"):
            return
        record.noticed = True  # Sphinx keeps it, and emits it once more when all pages are read
        env = getattr(self.app, "env", None)
        if env is not None and env.temp_data.get("docname"):
            env.note_reread()
        else:
            self.seen = True


def _note_start(app, env, docnames):
    env.tlsbook_started, env.tlsbook_reading = time.time_ns() // 1000, list(docnames)


def _note_files(app, env):
    """Remember the state of the files behind the pages, as of the start of the build; let all cores write all pages."""
    states = env.__dict__.setdefault("tlsbook_states", {})
    for docname in env.tlsbook_reading:
        env.all_docs[docname] = env.tlsbook_started  # what is edited from then on is newer
        states[docname] = {file: _state(file) for file in _files(env, docname)}
    app.parallel = os.cpu_count()  # from here on: not every extension knows how to join what two processes read
    return list(env.all_docs)


def _changed(app, env, added, changed, removed):
    """Pages behind which a file changed in any way, also to an older one: Sphinx looks for newer ones only."""
    states = getattr(env, "tlsbook_states", {})
    kept = [docname for docname in states if docname in env.all_docs]
    return [docname for docname in kept if any(_state(file) != state for file, state in states[docname].items())]


def _files(env, docname):
    return [env.doc2path(docname), *(os.path.join(env.srcdir, name) for name in env.dependencies[docname])]


def _state(file):
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def setup(app):
    """Connect to Sphinx."""
    app.warnings_of_no_page = _Warnings(app)
    logging.getLogger("sphinx").addHandler(app.warnings_of_no_page)
    app.connect("config-inited", _start, priority=100)
    app.connect("env-get-outdated", _changed)
    app.connect("env-before-read-docs", _note_start, priority=100)
    app.connect("env-updated", _note_files)
    app.connect("build-finished", _end, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
