"""Speed, side by side in one run: `make bench`. Ratios are what to quote; the last line is one JSON object of all.

Not a test: a busy machine must not fail one. What is asserted is that the routes that are compared give the same
numbers. Everything but the line about threads runs on one thread.
"""

import json
import os
import platform
import resource
import time as clock

import numba
import numpy
from growth import growth, one_row_of_many, threads
from peers import peers
from plain_numpy import plain_numpy
from products import products
from timing import REGIMES, milliseconds


def table(title, rows):
    """Print rows with the same keys as a table."""
    print(f"\n{title}")
    keys = list(rows[0])
    widths = [max(len(key), 9) for key in keys]
    print("  ".join(f"{key:>{width}}" for key, width in zip(keys, widths, strict=True)))
    for row in rows:
        print("  ".join(f"{row[key]:>{width}.4g}" for key, width in zip(keys, widths, strict=True)), flush=True)


def processor():
    """Name of the processor, where the system tells it."""
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    """Measure all, print tables, and a JSON object at the end."""
    begin = clock.perf_counter()
    machine = {
        "processor": processor(), "cores": os.cpu_count(), "python": platform.python_version(),
        "numpy": numpy.__version__, "numba": numba.__version__,
    }  # fmt: skip
    print(", ".join(f"{key} {value}" for key, value in machine.items()))
    regimes = []
    for n, count in ((6, 100), (20, 20), (60, 4), (200, 1)):
        row = {"N": n, **{f"{regime} ms": milliseconds(n, regime, count) for regime in REGIMES}}
        row["open over isolated"] = row["open ms"] / row["isolated ms"]
        row["warm over open"] = row["warm ms"] / row["open ms"]
        regimes.append(row)
    table("Milliseconds a realisation, 91 times, one thread: isolated, T = 0, T > 0", regimes)
    loop = products()
    table("The loop over spectators and the matrix product, one core", [loop])
    two = threads()
    print(f"\n1 thread over 2 threads, N = 60: {two if two is None else format(two, '.3g')}")
    plain = plain_numpy()
    table("Plain vectorised numpy over the kernels, N = 60, 91 times", [plain])
    sizes, exponents = growth()
    table("Growth, all pairs, 91 times", sizes)
    print(f"exponents from N = 125 on: {', '.join(f'{key} {value:.2f}' for key, value in exponents.items())}")
    hours = one_row_of_many()
    print(f"N = 10 000, hours of one core, from a sample: {', '.join(f'{k} {v:.2g}' for k, v in hours.items())}")
    others = peers()
    table("Seconds of one system with dissipation, 32 times: the closed form and its peers", others)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if platform.system() == "Linux" else 1024**2)
    took = clock.perf_counter() - begin
    print(f"\npeak memory {peak:.0f} MB, {took:.0f} s in all")
    figures = {
        "machine": machine, "regimes": regimes, "products": loop, "threads": two, "plain numpy": plain,
        "growth": sizes, "exponents": exponents, "hours at N = 10 000": hours, "peers": others,
        "peak memory MB": peak, "seconds": took,
    }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
