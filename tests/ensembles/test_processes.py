"""Averages in forked and spawned processes and in several threads at once, after an average in the parent."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import numpy as np
from tlsglass.ensembles import CONCURRENCE, Ensemble, average

ENSEMBLES = [Ensemble(6, seed=seed, dissipation_scale=scale) for seed in (1, 2) for scale in (0.0, 1.0)]

def mean(number):
    return average(ENSEMBLES[number], CONCURRENCE, np.logspace(-2, 3, 17), 30).mean

if __name__ == "__main__":
    alone = [mean(number) for number in range(4)]
    how = sys.argv[1]
    if how == "threads":
        pool = ThreadPoolExecutor(4)
    else:
        pool = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(how))
    with pool:
        together = list(pool.map(mean, range(4)))
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(mean(0), alone[0])  # and the parent goes on
    print("the same bits")
"""


@pytest.mark.parametrize("how", ["fork", "spawn", "threads"])
def test_same_bits(tmp_path, how):
    """A process that hangs is killed by the time limit, which is many times what the work takes."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    run = subprocess.run([sys.executable, script, how], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "the same bits"  # below the progress bars


def test_serial_route(tmp_path):
    """NUMBA_NUM_THREADS=1 computes in the thread that calls: no other thread is started."""
    script = tmp_path / "script.py"
    script.write_text(
        "import threading\n"
        "from tlsglass.ensembles import CONCURRENCE, Ensemble, average\n"
        "start = threading.Thread.start\n"
        "def refuse(thread):\n"
        "    assert type(thread).__name__ == 'TMonitor', thread  # of the progress bar\n"
        "    start(thread)\n"
        "threading.Thread.start = refuse\n"
        "average(Ensemble(5), CONCURRENCE, [0.1, 1.0], 40)\n"
    )
    environment = {**os.environ, "NUMBA_NUM_THREADS": "1"}
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
