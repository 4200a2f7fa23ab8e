"""Kill builds of the trial book at ten moments, build again, and print how the site then differs from the right one.

`python interrupt.py FOLDER`, where FOLDER holds a trial book whose site is built. A moment is a file of `_build` being
opened to be written, the worst one: it is empty then. Builds are forked off this process, which has imported all that
they need. Some moments are of a first build, most of one in which every page is read and written again; there is
SIGINT and SIGKILL in turn.
"""

import filecmp
import importlib
import os
import re
import shutil
import signal
import sys
from pathlib import Path

MOMENTS = 10
WRITTEN = os.O_WRONLY | os.O_RDWR


def build(root: Path, at: int = 0, by: int = signal.SIGKILL) -> tuple[int, int]:
    """Build in a process that gets the signal `by` at its write number `at`; return its exit status and its writes."""
    count = root.parent / "writes"
    pid = os.fork()
    if pid == 0:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # it may come ignored, from a shell in the background
        log = os.open(root.parent / "log", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(log, 1), os.dup2(log, 2)
        os.chdir(root)
        _signal_at_write(at, by, count)
        command = ["build", ".", "-W", "-n", "--keep-going"]
        try:
            import jupyter_book.cli.main

            jupyter_book.cli.main.main(command)
        except SystemExit as error:
            os._exit(error.code or 0)
        except BaseException:
            os._exit(99)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, int(count.read_text())


def _signal_at_write(at, by, count):
    writes, folder = 0, f"{Path.cwd()}/_build"

    def hook(event, arguments):
        nonlocal writes
        if event == "open" and arguments[2] & WRITTEN and str(arguments[0]).startswith(folder):
            writes += 1
            os.pwrite(number, str(writes).encode(), 0)
            if writes == at:
                if arguments[2] & os.O_TRUNC and os.path.exists(arguments[0]):
                    os.truncate(arguments[0], 0)
                os.kill(os.getpid(), by)

    number = os.open(count, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.pwrite(number, b"0", 0)
    sys.addaudithook(hook)


def difference(site: Path, right: Path) -> list[str]:
    """Files that differ, are missing or are too many; images that a page shows and that are not there."""
    names = {f.relative_to(folder) for folder in (site, right) for f in folder.rglob("*") if f.is_file()}
    bad = [str(n) for n in names if not _same(site / n, right / n)]
    for page in site.rglob("*.html"):
        for image in re.findall(r'<img[^>]*src="([^"]+)"', page.read_text("utf8")):
            if not (page.parent / image).stat().st_size:
                bad.append(f"{page.name}: {image}")
    return sorted(bad)


def _same(one, other):
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def main(root: Path) -> None:
    """Print one line for each moment."""
    for module in ("jupyter_book.cli.main", "matplotlib.pyplot", "myst_nb.sphinx_ext"):
        importlib.import_module(module)  # for the builds, before they are forked off
    made = root / "_build"
    right = root.parent / "right"
    shutil.copytree(made / "html", right)
    shutil.copytree(made, root.parent / "made")
    writes = {}
    for first in (True, False):
        _prepare(root, first)
        status, writes[first] = build(root)
        print(f"undisturbed: {status}, {writes[first]} writes, differs in {difference(made / 'html', right)}")
    for k in range(MOMENTS):
        first, by = k % 5 == 0, (signal.SIGINT, signal.SIGKILL)[k % 2]
        at = 1 + (2 * k + 1) * writes[first] // (2 * MOMENTS)
        _prepare(root, first)
        disturbed, _ = build(root, at, by)
        status, _ = build(root)
        print(
            f"{'first' if first else 'later'} build, {by.name} at write {at} of {writes[first]}: {disturbed}; "
            f"then: {status}, differs in {difference(made / 'html', right)}",
            flush=True,
        )


def _prepare(root, first):
    shutil.rmtree(root / "_build")
    if not first:
        shutil.copytree(root.parent / "made", root / "_build")
        for page in (root / "chapters").glob("*.md"):
            page.touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
