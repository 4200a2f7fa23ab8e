"""`make bench` works, and the book shows the figures that it prints; no test asks how fast anything is."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def names(figures):
    """Names of all figures, of the first row where there are several."""
    if isinstance(figures, dict):
        return {name: names(value) for name, value in figures.items()}
    return names(figures[0]) if isinstance(figures, list) and figures else None


def test_the_book_shows_what_the_bench_prints():
    command = [sys.executable, ROOT / "tests/benchmarks", "--quick"]
    last = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    printed, kept = json.loads(last), json.loads((ROOT / "data/bench.json").read_text("utf8"))
    assert kept["tricks"].pop("figures")
    assert printed["tricks"].pop("figures") == []  # left out of the quick run, since all is compiled anew for each
    assert names(printed) == names(kept)
    assert [row["N"] for row in kept["growth"]["figures"]["sizes"]] == [8, 16, 32, 64, 125, 250, 500, 1000]
    for kind in ("peers", "moderate peers"):
        assert [row["N"] for row in kept[kind]["figures"]] == [3, 4, 5, 6, 7]
