"""What the README promises a newcomer works: its Python, its make targets, its links."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf8")


def test_python_of_the_readme_runs(tmp_path):
    """One part after the other, as a reader would copy them, in a folder of the reader's own."""
    code = "".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    script, environment = tmp_path / "script.py", {**os.environ, "TLSGLASS_CACHE": str(tmp_path / "cache")}
    script.write_text(code)
    done = subprocess.run([sys.executable, script], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for line in (
        r"entanglement peaks at t = \d\.\d+ hbar/W with C = 0\.\d+ \+- 0\.\d+",
        r"Mean modulus of the coherence of one TLS: 4 times from 0.01 to 10 hbar/W, at most 0\.\d+",
        r"100 realisations by __main__.coherence, computed here, run time .* s",
        r"0\.\d+",  # the purity
    ):
        assert re.search(f"^{line}$", done.stdout, re.MULTILINE), line
    assert list((tmp_path / "results").glob("coherence-N12-*/*.npz"))


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
