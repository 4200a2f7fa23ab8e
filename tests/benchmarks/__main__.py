"""Speed, side by side in one run: `make bench`. Ratios are what to quote; the last line is one JSON object of all.

Not a test: a busy machine must not fail one. What is asserted is that the routes that are compared give the same
numbers. Everything but the line about threads runs on one thread. `--keep` puts the object into `data/bench.json`,
which the book shows; `--parts` measures only some of it; `--quick` does everything at sizes so small that it shows
nothing but that it works. What takes hours is measured only if `--parts` names it, and resumes.
"""

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time as clock
from datetime import date
from pathlib import Path

import numba
import numpy
import qutip
import scipy
import timing
from growth import growth, hours_of_one_realisation, threads
from peers import moderate, of_the_paper, peers
from plain_numpy import plain_numpy
from products import products
from timing import REGIMES, milliseconds
from tricks import TRICKS, tricks
from whole import whole

KEPT = Path(__file__).parents[2] / "data" / "bench.json"


def show(title, rows):
    """Print rows with the same keys as a table."""
    if not rows:
        return
    cells = [{k: v if isinstance(v, str) else "-" if v is None else f"{v:.4g}" for k, v in row.items()} for row in rows]
    print(f"\n{title}")
    widths = {key: max(len(row[key]) for row in [*cells, {key: key}]) for key in cells[0]}
    for row in [{key: key for key in widths}, *cells]:
        print("  ".join(f"{row[key]:>{width}}" for key, width in widths.items()), flush=True)


def processor():
    """Name of the processor, where the system tells it."""
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def machine():
    """What it is measured on, and with what."""
    libraries = {library.__name__: library.__version__ for library in (numpy, scipy, numba, qutip)}
    return {
        "processor": processor(), "cores": os.cpu_count(), "system": platform.system(),
        "python": platform.python_version(), **libraries,
    }  # fmt: skip


def regimes(quick):
    """Milliseconds a realisation without dissipation, with it, and at T > 0."""
    rows = []
    for n, count in ((4, 2), (6, 2)) if quick else ((6, 100), (20, 20), (60, 4), (200, 1)):
        row = {"N": n, **{f"{regime} ms": milliseconds(n, regime, count) for regime in REGIMES}}
        row["open/isolated"] = row["open ms"] / row["isolated ms"]
        row["warm/open"] = row["warm ms"] / row["open ms"]
        rows.append(row)
    return rows


def sizes_and_exponents(quick):
    """Times and memory against the size."""
    sizes, exponents = growth((8, 16) if quick else (8, 16, 32, 64, 125, 250, 500, 1000))
    return {"sizes": sizes, "exponents": [exponents]}


def large(quick):
    """One realisation that nobody waits for, from a sample of its pairs."""
    n, sample = (100, 10) if quick else (10_000, 64)
    return [{"N": n, "sampled sites": sample, **hours_of_one_realisation(n, sample)}]


def one_whole(quick):
    """The same, run to its end."""
    if not quick:
        return whole(10_000)
    with tempfile.TemporaryDirectory() as folder:
        return whole(20, Path(folder))


def peers_of(systems):
    """Seconds of the closed form and its peers, for some kind of systems."""
    return lambda quick: peers(systems((3,) if quick else range(3, 8)))


# What is measured: its title, and a function that returns one table or several.
PARTS = {
    "regimes": ("Milliseconds a realisation, 91 times, one thread: isolated, T = 0, T > 0", regimes),
    "products": ("The loop over spectators and the matrix product, one core", lambda quick: [products()]),
    "threads": ("Time on one thread over time on two, N = 60", lambda quick: [threads(6 if quick else 60, 64)]),
    "plain numpy": ("Vectorised numpy over the kernels, 91 times", lambda quick: [plain_numpy(5 if quick else 60)]),
    "growth": ("Growth, all pairs, 91 times; exponents of the largest", sizes_and_exponents),
    "large": ("Hours of one core for one realisation, from all pairs among a few of its sites", large),
    "whole": ("One isolated realisation run to its end, hours of one core", one_whole),
    "peers": ("Seconds of one system with dissipation, of the paper's disorder", peers_of(of_the_paper)),
    "moderate peers": ("Seconds of one system with dissipation, all couplings of order 1", peers_of(moderate)),
    "tricks": ("Slower by, without a trick of the kernels, N = 60", lambda quick: tricks(60, () if quick else TRICKS)),
}
HOURS = {"whole"}  # these take hours: measured on request only, and kept when the others are measured anew


def measure(name, quick):
    """Measure one part, print it, and return it, with what it was measured on."""
    title, function = PARTS[name]
    load, begin = os.getloadavg()[0], clock.perf_counter()
    found = function(quick)
    for rows in found.values() if isinstance(found, dict) else [found]:
        show(title, rows)
    unit = 1024 if platform.system() == "Linux" else 1024**2
    return {
        "figures": found, "date": str(date.today()), "load": round(load, 1), "seconds": clock.perf_counter() - begin,
        "peak memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
        **({"machine": machine()} if name in HOURS else {}),
    }  # fmt: skip


def still_true(parts):
    """What `data/bench.json` holds of other parts than these; one machine measures all but those that take hours."""
    before = json.loads(KEPT.read_text("utf8")) if KEPT.is_file() else {}
    if set(PARTS) - HOURS <= set(parts):
        return {name: before[name] for name in HOURS & set(before)}
    if set(parts) - HOURS and before.get("machine", machine()) != machine():
        sys.exit("data/bench.json is of another machine or of other libraries: remove it, or measure all parts")
    return before


def main():
    """Measure, print, and keep if asked to."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="sizes that show only that it works")
    parser.add_argument("--keep", action="store_true", help="put what is measured into data/bench.json")
    parser.add_argument("--parts", nargs="+", choices=PARTS, help=f"only these; hours take {', '.join(HOURS)}")
    wanted = parser.parse_args()
    parts = wanted.parts or [name for name in PARTS if wanted.quick or name not in HOURS]
    before = still_true(parts) if wanted.keep else {}
    timing.REPEAT = 0.0 if wanted.quick else timing.REPEAT
    print(", ".join(f"{key} {value}" for key, value in machine().items()))
    figures = {name: measure(name, wanted.quick) for name in parts}
    if set(parts) - HOURS:
        figures = {"machine": machine(), **figures}
    if wanted.keep:
        KEPT.write_text(json.dumps({**before, **figures}, indent=1) + "\n", "utf8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
