"""Many machines: the realisations of an ensemble computed by the workers of a dask scheduler.

A thin layer. The unit of work is a batch of realisations, which depends on the ensemble and their numbers alone, so a
batch that is lost with its worker is computed by another one to the same bits. The process that asks stays the only
one that keeps results. Start each worker with one thread (`dask worker ADDRESS --nthreads 1`): a batch uses all
cores of its machine. Needs the extra `dask`: `pip install "tlsglass[dask]"`.
"""

import time as clock
from collections import deque
from collections.abc import Iterator

import numpy as np

from tlsglass.ensembles import averages
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.ensembles.observables import FailedRealisation, Observable

LOCAL = "local"


class SchedulerError(RuntimeError):
    """The machines cannot be used; the message says why."""


class Scheduler:
    """A connection to a dask scheduler.

    Parameters
    ----------
    address : str
        Such as "tcp://10.0.0.1:8786", or "local" for a cluster of one process a core on this machine.
    timeout : float
        Seconds to wait for the scheduler, and for its first worker.

    Raises
    ------
    SchedulerError
        If dask is not installed, the scheduler cannot be reached, or it has no worker.

    Examples
    --------
    >>> from tlsglass.ensembles import CONCURRENCE, Ensemble, average
    >>> from tlsglass.ensembles.scheduler import Scheduler
    >>> with Scheduler("tcp://10.0.0.1:8786") as machines:  # doctest: +SKIP
    ...     average(Ensemble(60), CONCURRENCE, [0.1, 1.0], 5000, compute=machines.compute)
    """

    def __init__(self, address: str, timeout: float = 30.0):
        try:
            import distributed
        except ImportError as error:
            raise SchedulerError('a scheduler needs dask: pip install "tlsglass[dask]"') from error
        self._cluster = None
        try:
            if address == LOCAL:
                self._cluster = distributed.LocalCluster(
                    threads_per_worker=1, dashboard_address=None, env={"NUMBA_NUM_THREADS": "1"}
                )
            self.client = distributed.Client(self._cluster or address, timeout=timeout)
        except (OSError, ValueError) as error:
            raise SchedulerError(f"no scheduler at {address!r}: {error}") from error
        try:
            self.client.wait_for_workers(1, timeout=timeout)
        except TimeoutError as error:
            self.close()
            raise SchedulerError(f"the scheduler at {address!r} has no worker: start one with `dask worker`") from error

    def compute(
        self, ensemble: Ensemble, observable: Observable, time: np.ndarray, first: int, stop: int
    ) -> Iterator[tuple[np.ndarray, float]]:
        """Compute the realisations `first ... stop - 1` batch by batch, in their order.

        Yields
        ------
        rows : array, shape (count, T)
        seconds : float
            How long they took.

        Raises
        ------
        SchedulerError
            If a worker has other library sources or none, or the scheduler or all workers of a batch were lost.
        FailedRealisation
            If a reader's function fails, after the rows of the realisations before.
        """
        pending, size = deque(), 1
        try:
            while pending or first < stop:
                while first < stop and len(pending) < 2 * sum(self.client.nthreads().values()) + 1:
                    count = min(size, stop - first)
                    task = (batch, numerical_sources(), ensemble, observable, time, first, count)
                    pending.append(self.client.submit(*task, pure=False))
                    first += count
                try:
                    rows, seconds = self._result(pending.popleft())
                except FailedRealisation as failure:
                    if len(failure.done):
                        yield failure.done, 0.0
                    raise
                yield rows, seconds
                size = max(1, min(2 * size, int(len(rows) * averages.BATCH_SECONDS / seconds)))
        finally:
            self.client.cancel(list(pending))

    def _result(self, future):
        from distributed import CancelledError, KilledWorker
        from distributed.comm import CommClosedError

        try:
            return future.result()
        except KilledWorker as error:
            raise SchedulerError(f"a batch was lost with every worker that tried it: {error}") from error
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise SchedulerError(f"the scheduler was lost: {error}") from error
        except ImportError as error:
            raise SchedulerError(f"a worker lacks what it needs: {error}") from error

    def close(self):
        """Disconnect; a local cluster ends."""
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def batch(
    sources: str, ensemble: Ensemble, observable: Observable, time: np.ndarray, first: int, count: int
) -> tuple[np.ndarray, float]:
    """Compute a batch of realisations, on a worker.

    Raises
    ------
    SchedulerError
        If the library here has other numerical sources than `sources`.
    """
    if (here := numerical_sources()) != sources:
        import socket

        raise SchedulerError(
            f"a worker on {socket.gethostname()} has other sources of tlsglass ({here}) than the process that asks "
            f"({sources}): install the same there"
        )
    start = clock.perf_counter()
    rows = averages.observed(ensemble, observable, time, first, count)
    return rows, clock.perf_counter() - start
