"""Linear algebra in one thread: the bits of a negativity do not depend on the number of cores."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from threadpoolctl import OpenBLASController, threadpool_info, threadpool_limits

from tlsglass.ensembles import Ensemble, Observable, average
from tlsglass.ensembles.averages import observed
from tlsglass.ensembles.blas import one_blas_thread

CORES = os.cpu_count() or 1


def blas_threads():
    return max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")


def threads_rows(systems, time):
    return np.full((len(systems), time.size), float(blas_threads()))


THREADS = Observable("threads", "threads of BLAS", 1, threads_rows, in_threads=True)


@pytest.fixture
def two_threads():
    limits = threadpool_limits(2, "blas")
    OpenBLASController.clear_controlling_thread()  # or no other thread could set a limit
    if blas_threads() != 2:
        pytest.skip("this BLAS has one thread")
    yield
    with limits:  # lifts them when it ends
        pass


def test_realisations_are_computed_with_one_thread(two_threads):
    np.testing.assert_array_equal(observed(Ensemble(4), THREADS, np.zeros(1), 0, 5), np.ones((5, 1)))
    assert blas_threads() == 2


def test_the_last_average_lifts_the_limit(two_threads):
    """Two at once, of which the one that began first ends first: the other one keeps the limit."""
    inside, go_on = threading.Event(), threading.Event()

    def other():
        with one_blas_thread():
            inside.set()
            go_on.wait(60)

    thread = threading.Thread(target=other)
    with one_blas_thread():
        thread.start()
        assert inside.wait(60)
    assert blas_threads() == 1
    go_on.set()
    thread.join()
    assert blas_threads() == 2


def test_the_limit_is_lifted_after_an_error(two_threads):
    def fails(system, time):
        raise ValueError

    with pytest.raises(ValueError):
        average(Ensemble(4), fails, [0.0], 2)
    assert blas_threads() == 2


SCRIPT = """
import hashlib, sys
import numpy as np
from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.averages import observed
from tlsglass.ensembles.half_systems import NEGATIVITY

ensemble = Ensemble(8, dissipation_scale=1e3, seed=3)
rows = observed(ensemble, NEGATIVITY, np.logspace(-1, 2, 3), 0, 2)
assert rows.max() > 1e-3
print(hashlib.sha256(rows.tobytes()).hexdigest())
"""


@pytest.mark.skipif(CORES < 2, reason="one core")
def test_negativity_has_the_same_bits_on_any_number_of_cores():
    """The machine's own number of BLAS threads is 1 in one process, and 2 in the other."""
    variables = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True,
            env={**os.environ, "NUMBA_NUM_THREADS": str(n), **dict.fromkeys(variables, str(n))},
        ).stdout
        for n in (1, 2)
    ]  # fmt: skip
    assert found[0] == found[1]
