"""`python -m tlsbook.unchanged` ends well if there is nothing to build: the site is that of the files as they are.

A build that came to its end without a warning leaves a record: a hash of the tools, of the name, time and size of every
file of the project when the build began, of what the tests of the ledger said, and of every file of the site. While all
of them are the same, another build would write the same pages.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tlsbook.dependencies import installed
from tlsbook.place import book_here
from tlsbook.proofs import RECORD

SOURCES = {".py", ".js", ".css", ".json"}
CONFIGURATION = "_config.yml"
SITE = "_build/html"
FRONT_DOOR = "index.html"  # Jupyter Book writes it at every build, after everything else
NOT_READ = {"_build", "lab", "__pycache__"}  # folders that no page depends on, besides the hidden ones


def tools(root: Path) -> str:
    """Hash of what every page depends on: our extensions, the configuration, everything that is installed."""
    digest = hashlib.sha256(installed().encode())
    for file in [*sorted(f for f in Path(__file__).parent.rglob("*") if f.suffix in SOURCES), root / CONFIGURATION]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def record_of(site: Path) -> Path:
    """Where the record of a site lies: beside it."""
    return site.with_name(f"{site.name}.unchanged")


def state(root: Path) -> str:
    """Hash of all that a build of the book in `root` may depend on."""
    proofs = root / RECORD
    digest = hashlib.sha256(tools(root).encode() + (proofs.read_bytes() if proofs.is_file() else b""))
    for line in _listing(root):
        digest.update(line.encode())
    return digest.hexdigest()


def record(site: Path, built_from: str) -> str:
    """Text of the record: from which state of the project the site was built, and the hash of the site itself."""
    files = "".join(line for line in _listing(site) if not line.startswith(f"{FRONT_DOOR}\0"))
    return f"{built_from} {hashlib.sha256(files.encode()).hexdigest()}"


def _listing(folder: Path) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in NOT_READ and not name.startswith("."))
        for name in sorted(files):
            found = os.lstat(os.path.join(where, name))
            yield f"{os.path.relpath(os.path.join(where, name), folder)}\0{found.st_mtime_ns}\0{found.st_size}\n"


def main() -> None:
    """Say so and end with 0 if the site of the book in the current folder is up to date, with 1 if it is not."""
    root = book_here(CONFIGURATION)
    site = root / SITE
    kept = record_of(site)
    if not (kept.is_file() and (site / FRONT_DOOR).is_file() and kept.read_text("utf8") == record(site, state(root))):
        sys.exit(1)
    print(f"nothing has changed since the last build: {SITE}/index.html")


if __name__ == "__main__":
    main()
