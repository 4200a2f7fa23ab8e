"""Disorder averages: mean and standard error over realisations, on all cores, resumable, the same to the last bit.

Realisation `k` depends on the ensemble and `k` alone, and each is computed by one thread from its own numbers. The mean
is taken over all realisations at the end, in their order. So the result does not depend on the number of threads, the
size of the batches, or how often the run was interrupted.

Threads and processes. An average may be computed in any number of threads at once, before and after a fork, and in
spawned processes: it starts threads of its own, which end before it returns. Where the callers use all cores already,
set NUMBA_NUM_THREADS=1: everything then happens in the thread that calls.
"""

import hashlib
import json
import os
import sys
import time as clock
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numba
import numpy as np
from tqdm import tqdm

from tlsglass._checks import integer, times
from tlsglass._signatures import checked, read_only
from tlsglass.dynamics import System
from tlsglass.ensembles.blas import one_blas_thread
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.ensembles.observables import FailedRealisation, Observable, as_observable
from tlsglass.ensembles.store import Batches, DamagedFile

N_BLOCKS = 20  # block means kept for the jackknife
N_PROBE = 20  # realisations that a probe may have
BATCH_SECONDS = 3.0  # at most about this much work is lost by a kill, or one realisation of each thread
AT_ONCE = 60_000  # couplings drawn at once: as many as the processor's cache holds
# Rows of an older state of the code must agree to this part of their largest number: the last bits may differ between
# machines, and late phases amplify them.
AGREEMENT = 1e-6
# A row far below the others is a difference of numbers as large as theirs, and the concurrence of a nearly pure state
# comes with the square root of their rounding.
ROUNDING = 1e-8


def observed(ensemble: Ensemble, observable: Observable, time: np.ndarray, first: int, count: int) -> np.ndarray:
    """Return the observable of the realisations `first ... first + count - 1`, shape (count, T).

    Raises
    ------
    FailedRealisation
        If a reader's function fails, naming the realisation; with the rows of those before it.
    """
    time = read_only(time)  # a function that changes them would change what comes after it
    threads = min(numba.config.NUMBA_NUM_THREADS, count) if observable.in_threads else 1
    size = min(max(16, AT_ONCE // ensemble.n_tls**2), -(-count // threads))
    starts = range(first, first + count, size)

    def part(k):
        try:
            with one_blas_thread():
                return observable.of(ensemble.realisations(k, min(size, first + count - k)), time)
        except FailedRealisation as failure:
            return failure

    def together(parts):
        done = []
        for k, rows in zip(starts, parts, strict=True):
            if isinstance(rows, FailedRealisation):
                which, done = f"realisation {k + len(rows.done)}", np.concatenate([*done, rows.done])
                raise FailedRealisation(rows.observable, which, rows.why, done) from rows.__cause__
            done.append(rows)
        return np.concatenate(done)

    with one_blas_thread():
        if threads == 1:
            return together(map(part, starts))
        with ThreadPoolExecutor(threads) as pool:
            return together(pool.map(part, starts))


def in_this_process(
    ensemble: Ensemble, observable: Observable, time: np.ndarray, first: int, stop: int
) -> Iterator[tuple[np.ndarray, float]]:
    """Compute the realisations `first ... stop - 1` batch by batch, each of about `BATCH_SECONDS`, on all cores.

    Yields
    ------
    rows : array, shape (count, T)
    seconds : float
        How long they took.

    Raises
    ------
    FailedRealisation
        If a reader's function fails, after the rows of the realisations before.
    """
    batch = fewest = numba.config.NUMBA_NUM_THREADS if observable.in_threads else 1
    while first < stop:
        start = clock.perf_counter()
        count = min(batch, stop - first)
        try:
            rows, failure = observed(ensemble, observable, time, first, count), None
        except FailedRealisation as error:
            rows, failure = error.done, error
        elapsed = clock.perf_counter() - start
        if len(rows):
            yield rows, elapsed
        if failure is not None:
            raise failure
        first += count
        batch = max(fewest, min(2 * batch, int(count * BATCH_SECONDS / elapsed)))


def folder_name(ensemble: Ensemble, observable: Observable, time: np.ndarray) -> str:
    """Name of the folder that keeps the realisations of `ensemble` at the times `time`."""
    text = json.dumps(_header(ensemble, observable, time), sort_keys=True)
    return f"{observable.name}-N{ensemble.n_tls}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _header(ensemble, observable, time):
    return {"observable": observable.identity, "ensemble": ensemble.identity, "time": time.tolist()}


@checked
def average(
    ensemble: Ensemble,
    observable: Observable | Callable[[System, np.ndarray], np.ndarray],
    time,
    n_realisations: int,
    folder: str | os.PathLike | None = None,
    over_time: bool = False,
    compute: Callable[..., Iterator[tuple[np.ndarray, float]]] = in_this_process,
) -> Curve:
    """Average of an observable over `n_realisations` realisations of `ensemble`.

    Parameters
    ----------
    ensemble : Ensemble
    observable : Observable or callable
        Such as `CONCURRENCE` of :mod:`tlsglass.ensembles.observables`, or a function `f(system, time)` that gives an
        array of shape (T,) for one :class:`tlsglass.dynamics.states.System`.
    time : array, shape (T,)
        In units of `hbar / W`.
    n_realisations : int
        At least 2.
    folder : Path, optional
        Where finished batches are kept and looked for, made if it is not there; nothing is kept without it.
    over_time : bool
        Average each realisation over `time` too (for the plateau). The result has one time, the last.
    compute : callable
        Where the realisations are computed; with the arguments and the results of :func:`in_this_process`.

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        If an argument is not what it must be, the observable gives what it must not, or results are to be kept and
        nothing can say whether the observable has changed.
    FailedRealisation
        A ValueError, if a function fails at one realisation. What was finished before is kept.
    DamagedFile
        If a file in `folder` is damaged, belongs to something else, or holds other numbers than this code computes.
    OSError
        If `folder` cannot be read, or written, which is tried before anything is computed.

    Examples
    --------
    >>> import numpy as np
    >>> from tlsglass.ensembles import Ensemble, average
    >>> def polarisation(system, time):
    ...     '''Mean initial polarisation.'''
    ...     return np.full(time.size, system.polarisation.mean())
    >>> curve = average(Ensemble(8), polarisation, [0.0, 1.0], n_realisations=100)
    >>> bool(abs(curve.mean[0]) < 5 * curve.stderr[0])  # uniform on the sphere
    True
    """
    observable = as_observable(observable, kept=folder is not None)
    t = read_only(times("time", time))
    n_realisations = integer("n_realisations", n_realisations, at_least=2)
    rows, seconds, batches = np.empty((0, t.size)), 0.0, None
    if folder is not None:
        place = Path(folder) / folder_name(ensemble, observable, t)
        batches = Batches(place, _header(ensemble, observable, t), t.size)
        kept = batches.load()
        rows, seconds = kept.rows, kept.seconds
        if kept.sources - {numerical_sources()}:
            _compare_with_this_code(ensemble, observable, t, rows, batches.folder)
        if len(rows) < n_realisations:
            batches.try_to_write()
    first, done = len(rows), [rows]
    with tqdm(
        total=n_realisations, initial=min(first, n_realisations), desc=f"{observable.name}, N = {ensemble.n_tls}",
        file=sys.stdout, delay=2, mininterval=1,
    ) as bar:  # fmt: skip
        for batch, elapsed in compute(ensemble, observable, t, first, n_realisations):
            if batches is not None:
                batches.append(first, batch, elapsed, numerical_sources())
            done.append(batch)
            seconds += elapsed
            first += len(batch)
            bar.update(len(batch))
    if first < n_realisations:
        raise ValueError(f"compute = {compute!r} gave {first} realisations: it must give all {n_realisations}")
    rows = np.concatenate(done)[:n_realisations]
    if over_time:
        rows, t = rows.mean(axis=1, keepdims=True), t[-1:]
    return Curve(
        ensemble=ensemble,
        observable=observable,
        time=t,
        mean=rows.mean(axis=0),
        stderr=rows.std(axis=0, ddof=1) / np.sqrt(n_realisations),
        blocks=np.array([block.mean(axis=0) for block in np.array_split(rows, min(N_BLOCKS, n_realisations))]),
        n_realisations=n_realisations,
        run_time_s=seconds,
        first=rows[:N_PROBE],
    )


def _compare_with_this_code(ensemble, observable, time, rows, folder):
    """Recompute the first, the last and the largest kept realisation: an older code's must not mix with ours."""
    sizes = np.abs(rows).max(axis=1)
    for k in {0, len(rows) - 1, int(sizes.argmax())}:
        ours = observed(ensemble, observable, time, k, 1)[0]
        if np.abs(ours - rows[k]).max() > max(AGREEMENT * sizes[k], ROUNDING * sizes.max()):
            raise DamagedFile(f"{folder} holds other numbers than this version of the code computes: delete the folder")
