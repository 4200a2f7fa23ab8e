"""Speed, side by side in one run: `make bench`. Ratios are what to quote; the last line is one JSON object of all.

Not a test: a busy machine must not fail one. What is asserted is that the routes that are compared give the same
numbers. Everything but the line about threads runs on one thread. With `--keep` the object also becomes
`data/bench.json`, which the book shows; with `--quick` everything is done at sizes so small that it shows nothing but
that it works.
"""

import argparse
import json
import os
import platform
import resource
import time as clock
from datetime import date
from pathlib import Path

import numba
import numpy
import qutip
import scipy
import timing
from growth import growth, hours_of_one_realisation, threads
from peers import peers
from plain_numpy import plain_numpy
from products import products
from timing import REGIMES, milliseconds
from tricks import TRICKS, tricks

KEPT = Path(__file__).parents[2] / "data" / "bench.json"


def show(title, rows):
    """Print rows with the same keys as a table."""
    cells = [{k: v if isinstance(v, str) else f"{v:.4g}" for k, v in row.items()} for row in rows]
    print(f"\n{title}")
    widths = {key: max(len(row[key]) for row in [*cells, {key: key}]) for key in cells[0]}
    for row in [{key: key for key in widths}, *cells]:
        print("  ".join(f"{row[key]:>{width}}" for key, width in widths.items()), flush=True)
    return rows


def processor():
    """Name of the processor, where the system tells it."""
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def machine():
    """What it is measured on, with what, when, and what else was going on."""
    libraries = {library.__name__: library.__version__ for library in (numpy, scipy, numba, qutip)}
    return {
        "processor": processor(), "cores": os.cpu_count(), "system": platform.system(), "date": str(date.today()),
        "load": os.getloadavg()[0], "python": platform.python_version(), **libraries,
    }  # fmt: skip


def regimes(sizes):
    """Milliseconds a realisation without dissipation, with it, and at T > 0."""
    for n, count in sizes:
        row = {"N": n, **{f"{regime} ms": milliseconds(n, regime, count) for regime in REGIMES}}
        yield {
            **row,
            "open/isolated": row["open ms"] / row["isolated ms"],
            "warm/open": row["warm ms"] / row["open ms"],
        }


def measure(quick):
    """Measure all, and print it as it comes."""
    timing.REPEAT = 0.0 if quick else timing.REPEAT
    small = ((4, 2), (6, 2)) if quick else ((6, 100), (20, 20), (60, 4), (200, 1))
    sizes = (8, 16) if quick else (8, 16, 32, 64, 125, 250, 500, 1000)
    figures = {"machine": machine()}
    print(", ".join(f"{key} {value}" for key, value in figures["machine"].items()))
    title = "Milliseconds a realisation, 91 times, one thread: isolated, T = 0, T > 0"
    figures["regimes"] = show(title, list(regimes(small)))
    (figures["products"],) = show("The loop over spectators and the matrix product, one core", [products()])
    figures["threads"] = threads(6 if quick else 60, 16)
    print(f"\n1 thread over 2 threads: {figures['threads']}")
    title = "Plain vectorised numpy over the kernels, 91 times"
    (figures["plain numpy"],) = show(title, [plain_numpy(5 if quick else 60)])
    figures["tricks"] = []
    if not quick:  # each compiles everything anew
        figures["tricks"] = show("Slower by, without a trick of the kernels, N = 60", tricks(60, TRICKS))
    figures["growth"], figures["exponents"] = growth(sizes)
    show("Growth, all pairs, 91 times", figures["growth"])
    show("Exponents of the largest", [figures["exponents"]])
    n, sample = (100, 10) if quick else (10_000, 64)
    figures["large"] = {"N": n, "sampled sites": sample, **hours_of_one_realisation(n, sample)}
    show("One realisation, hours of one core, from all pairs among a few of its sites", [figures["large"]])
    title = "Seconds of one system with dissipation: the closed form and its peers"
    figures["peers"] = show(title, peers((3,) if quick else range(3, 8)))
    return figures


def main():
    """Measure, print, and keep if asked to."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="sizes that show only that it works")
    parser.add_argument("--keep", action="store_true", help=f"write {KEPT.relative_to(KEPT.parents[1])}")
    wanted, begin = parser.parse_args(), clock.perf_counter()
    figures = measure(wanted.quick)
    unit = 1024 if platform.system() == "Linux" else 1024**2
    figures["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    figures["seconds"] = clock.perf_counter() - begin
    print(f"\npeak memory {figures['peak memory MB']:.0f} MB, {figures['seconds']:.0f} s in all")
    if wanted.keep:
        KEPT.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
