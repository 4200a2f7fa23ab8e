"""A book of two chapters, with a library of one function, for the machine of lib/tlsbook to work on."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRIAL = Path(__file__).parent / "trial"
FILES = {
    "lib/tlsglass/__init__.py": "from tlsglass.constants import ANSWER\n\n\n"
    'def answer():\n    """The answer."""\n    return 1 * ANSWER\n',
    "lib/tlsglass/constants.py": "ANSWER = 6 * 7\n",
    "lib/tlsglass/unused.py": "",
    "data/fig04.csv": "x\n4\n",
    "data/fig05.csv": "x\n5\n",
    "data/datapackage.json": json.dumps({"resources": [{"path": "fig04.csv"}, {"path": "fig05.csv"}]}),
    "data/claims.csv": "id,statement,where,paper,ours,error,verdict,function,chapter,remark\n"
    'slope,slope < $x<y$,Sec. I,0.77,1.23,0.04,differs,f.g,01-first,"<script>alert(1)</script>, 3 < 4"\n'
    "height,a height,Sec. II,2e-05,3.5e-06,,reproduced,f.h,,\n",
    "references.bib": "",
}


class Book:
    """The trial book in a folder of its own."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(TRIAL, root)
        shutil.copy(ROOT / "_config.yml", root)
        (root / "_static").mkdir()
        shutil.copy(ROOT / "_static/favicon.svg", root / "_static")
        for name, content in FILES.items():
            self.write(name, content)

    def write(self, name, content):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(content)

    @property
    def environment(self):
        return {**os.environ, "PYTHONPATH": str(self.root / "lib")}

    def attempt(self, builder="html", **environment) -> tuple[int, str]:
        """Build, and return the exit status and all that was said, without the colours."""
        tool = Path(sys.executable).with_name("jupyter-book")
        command = [tool, "build", ".", "-W", "-n", "--keep-going", "--builder", builder]
        environment = self.environment | environment
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)
        return done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)

    def build(self, builder="html", **environment) -> set[str]:
        """Build without warnings and return the chapters that were run."""
        status, said = self.attempt(builder, **environment)
        assert status == 0, said
        return set(re.findall(r"chapters/([\w-]+)(?:\.md)?: (?:ran in|Executed)", said))

    def page(self, name, builder="html") -> str:
        return (self.root / "_build" / builder / f"{name}.html").read_text()

    def notebook(self, name) -> dict:
        return json.loads((self.root / f"_build/html/_sources/chapters/{name}.ipynb").read_text())

    @contextmanager
    def edited(self, name, old, new):
        file = self.root / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        try:
            yield
        finally:
            file.write_text(text)


@pytest.fixture
def unbuilt_book(tmp_path):
    return Book(tmp_path / "book")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    book = Book(tmp_path_factory.mktemp("trial") / "book")
    assert book.build() >= {"01-first", "02-second"}
    shutil.copytree(book.root / "_build/html", book.root.parent / "first-build")
    return book
