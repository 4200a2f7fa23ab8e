"""What the README promises a newcomer works: its Python, its make targets, its links."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf8")


def test_python_of_the_readme_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    environment = {**os.environ, "TLSGLASS_CACHE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    last_line = done.stdout.splitlines()[-1]  # below the progress bar
    assert re.fullmatch(r"entanglement peaks at t = \d\.\d+ hbar/W with C = 0\.\d+ \+- 0\.\d+", last_line)


def test_make_targets_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text("utf8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets
    assert set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) == targets


def test_files_named_in_the_readme_exist():
    files = re.findall(r"`([\w/.-]+\.(?:md|cff|json|csv|yml))`|!\[[^\]]+\]\(([^)]+)\)|`(LICENSE)`", README)
    named = {name for group in files for name in group if name}
    where = {name: ROOT / name if (ROOT / name).exists() else ROOT / "data" / name for name in named}
    assert [name for name, file in where.items() if not file.exists()] == []
