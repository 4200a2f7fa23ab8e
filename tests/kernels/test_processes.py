"""Averages in threads and processes of the reader's own: no hang, no abort, the same bits."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tlsglass.kernels import average

WORK = """
import multiprocessing, sys, threading
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from tlsglass.kernels.average import average_concurrences

def work(threads):
    rng = np.random.default_rng(0)
    J = rng.normal(size=(6, 5, 5))
    out, zero = np.empty((6, 20)), np.zeros((6, 5))
    numbers = J + J.transpose(0, 2, 1), zero, zero, rng.uniform(-1, 1, (6, 5)), np.linspace(0, 3, 20)
    average_concurrences(*numbers, out, threads)
    return out

if __name__ == "__main__":
    first = work(2)
    assert first.max() > 0.01
    assert threading.active_count() == 1
    for threads in (1, 2):
        with POOL as pool:
            results = list(pool.map(work, [threads] * 8))
        assert all(np.array_equal(first, result) for result in results)
    print("done")
"""
POOLS = {
    "fork": 'multiprocessing.get_context("fork").Pool(2)',
    "spawn": 'multiprocessing.get_context("spawn").Pool(2)',
    "threads": "ThreadPoolExecutor(4)",
}


@pytest.mark.parametrize("pool", POOLS)
def test_after_an_average_in_the_parent(tmp_path, pool):
    """The fork pool hung for ever, and four threads aborted the process with numba's layer `workqueue`."""
    script = tmp_path / "work.py"
    script.write_text(WORK.replace("POOL", POOLS[pool]))
    environment = {**os.environ, "NUMBA_THREADING_LAYER": "workqueue", "PYTHONWARNINGS": "error"}
    # minutes where a busy machine compiles anew; a hang lasts for ever
    done = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.stdout == "done\n", done.stderr


def arguments(count=5, n=4):
    rng = np.random.default_rng(1)
    J, zero = rng.normal(size=(count, n, n)), np.zeros((count, n))
    return J + J.transpose(0, 2, 1), zero, zero, rng.uniform(-1, 1, (count, n)), np.linspace(0.1, 3, 7)


def test_serial_route_starts_no_thread(monkeypatch):
    monkeypatch.setattr(average, "ThreadPoolExecutor", None)
    numbers = arguments()
    out = np.empty((5, 7))
    average.average_concurrences(*numbers, out, threads=1)
    with pytest.raises(TypeError, match="NoneType"):
        average.average_concurrences(*numbers, np.empty((5, 7)), threads=2)
    alone = [x[:1] for x in numbers[:4]]
    average.average_concurrences(*alone, numbers[4], np.empty((1, 7)), threads=2)  # one realisation, one thread


@pytest.mark.parametrize("threads", [2, 3, 8, None])
def test_any_number_of_threads(threads):
    """Bit for bit; each row is written once, whatever the shares of the threads."""
    for count in (1, 2, 7, 33):
        numbers = arguments(count)
        serial, shared = np.full((count, 7), np.nan), np.full((count, 7), np.nan)
        average.average_concurrences(*numbers, serial, threads=1)
        average.average_concurrences(*numbers, shared, threads=threads)
        np.testing.assert_array_equal(shared, serial)
        assert np.isfinite(serial).all()


def test_many_callers_at_once():
    numbers = arguments(12)
    expected = np.empty((12, 7))
    average.average_concurrences(*numbers, expected, threads=1)

    def call(_):
        out = np.empty((12, 7))
        average.average_concurrences(*numbers, out, threads=2)
        return out

    with ThreadPoolExecutor(4) as pool:
        for out in pool.map(call, range(40)):
            np.testing.assert_array_equal(out, expected)


def test_an_error_in_a_thread_is_raised():
    J, G, f, m, t = arguments(8)
    with pytest.raises(IndexError):
        average.average_concurrences(J, G, f, m[:3], t, np.empty((8, 7)), threads=2)
