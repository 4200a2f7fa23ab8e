"""Average concurrence of random states by sampling, with error and effective sample size; resumable.

Sums of concurrences span hundreds of decades, so everything is kept in units of `(16/27)^K`, the decay of the exact
law. A block is 10 000 states; block `k` depends on the seed, the size and `k` alone.
"""

import time as clock
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numba
import numpy as np

from tlsglass._checks import integer, one_of
from tlsglass._signatures import Value, checked
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.ensembles.store import Batches, DamagedFile
from tlsglass.kernels.concurrence import concurrences
from tlsglass.kernels.random_states import mean_pair_concurrences
from tlsglass.random_states.importance import LOG_BASE, log_weights, tilted_states
from tlsglass.random_states.sampling import block_generator, haar_states, two_site_states

BLOCK = 10_000
MEMORY_LIMIT = 2 * 2**30  # bytes that the states of all blocks at work may take
BATCH_SECONDS = 5.0  # at most about this much work is lost by a kill
SMALLEST_SAMPLE = 100  # effective sample size below which an error estimated from the sample means little
METHODS = ("states", "pairs", "tilted")


class SmallSampleWarning(UserWarning):
    """So few of the states that were drawn count that the standard error cannot be trusted."""


@dataclass(frozen=True, eq=False)
class Sample(Value):
    """Moments of `n` weighted samples: means of `w x` and `(w x)^2`, with `w x` in units of `exp(log_unit)`."""

    n: int
    mean: float
    mean_square: float
    log_unit: float

    @property
    def effective_size(self) -> float:
        """Number of equal contributions that would scatter as much, `(sum w x)^2 / sum (w x)^2`."""
        return self.n * self.mean**2 / self.mean_square if self.mean > 0 else 0.0

    @property
    def log(self) -> float:
        """Natural logarithm of the mean; `-inf` if nothing was seen."""
        return float(np.log(self.mean) + self.log_unit) if self.mean > 0 else -np.inf

    @property
    def log_stderr(self) -> float:
        """Standard error of :attr:`log`, which is the relative error of the mean."""
        return float(np.sqrt((self.mean_square / self.mean**2 - 1) / (self.n - 1))) if self.mean > 0 else np.inf

    @property
    def value(self) -> float:
        """Mean itself; 0 where it is too small for a float."""
        return float(np.exp(self.log))

    @property
    def stderr(self) -> float:
        """Standard error of the mean; 0 where it is too small for a float, `inf` if nothing was seen."""
        return self.value * self.log_stderr if self.mean > 0 else np.inf


@dataclass(frozen=True, eq=False)
class StateAverage(Value):
    """What sampling says about random states.

    Attributes
    ----------
    environment_dimension : int
        `K`, `2^(N - 2)` for `N` spins.
    method : str
        "states" (whole states, all pairs), "pairs" (two-site states alone) or "tilted" (importance sampling).
    concurrence : Sample
        Average concurrence of a pair, `<C>`.
    entangled : Sample
        Probability that a pair is entangled.
    n_samples : int
    seed : int
    run_time : float
        Seconds of computing.
    """

    environment_dimension: int
    method: str
    concurrence: Sample
    entangled: Sample
    n_samples: int
    seed: int
    run_time: float


@checked
def average_of_states(n_tls: int, n_states: int, seed: int, folder: Path | None = None) -> StateAverage:
    """Average concurrence of all pairs of Haar-random states of `n_tls` spins, as in the paper's Fig. 12.

    Parameters
    ----------
    n_tls : int
        From 2 to 24, and from 14 on with fewer states than a block has: the states of a block are held at once.
    n_states : int
        At least 2.
    seed : int
    folder : Path, optional
        Where finished blocks are kept and looked for; nothing is kept without it.

    Returns
    -------
    StateAverage
        The pairs of one state are not independent: each state counts as one sample, the mean over its pairs.

    Raises
    ------
    ValueError
        If a number is outside its range.
    MemoryError
        If the states of a block would take more than `MEMORY_LIMIT` bytes.
    tlsglass.ensembles.store.DamagedFile
        If a file in `folder` is damaged, belongs to something else, or holds other numbers than this code computes.

    Warns
    -----
    SmallSampleWarning
        If the effective sample size is below 100.
    """
    integer("n_tls", n_tls, 2, 24)
    if (needed := _bytes("states", n_tls, n_states)) > MEMORY_LIMIT:
        raise MemoryError(
            f"n_tls = {n_tls} with n_states = {n_states} is not allowed: a block of states would take "
            f"{needed / 2**30:.3g} GiB, and at most {MEMORY_LIMIT / 2**30:.3g} GiB are allowed"
        )
    return _average("states", n_tls, 2 ** (n_tls - 2), n_states, seed, folder)


@checked
def average_of_pairs(
    environment_dimension: int, n_states: int, seed: int, method: str = "pairs", folder: Path | None = None
) -> StateAverage:
    """Average concurrence of two-site states of Haar-random states, drawn directly, with or without a tilt.

    Parameters
    ----------
    environment_dimension : int
        `K = 2^(N - 2)` for `N` spins; at least 1, with a tilt at least 4.
    n_states : int
        At least 2.
    seed : int
    method : str
        "pairs", or "tilted" for importance sampling, see :mod:`tlsglass.random_states.importance`.
    folder : Path, optional
        Where finished blocks are kept and looked for; nothing is kept without it.

    Returns
    -------
    StateAverage

    Raises
    ------
    ValueError
        If an argument is outside its range.
    tlsglass.ensembles.store.DamagedFile
        If a file in `folder` is damaged, belongs to something else, or holds other numbers than this code computes.

    Warns
    -----
    SmallSampleWarning
        If the effective sample size is below 100.
    """
    one_of("method", method, METHODS[1:])
    K = integer("environment_dimension", environment_dimension, at_least=4 if method == "tilted" else 1)
    return _average(method, K, K, n_states, seed, folder)


@checked
def block(method: str, size: int, seed: int, k: int, n_states: int) -> np.ndarray:
    """Moments of block `k`, shape (5,): number of states; means of `w C`, `(w C)^2`, and `w`, `w^2` of entangled pairs.

    Parameters
    ----------
    method : str
    size : int
        Number of spins for "states", dimension of the environment for the others.
    seed, k : int
    n_states : int
        Number of states of the block: a last one may be smaller.
    """
    rng = block_generator(seed, METHODS.index(one_of("method", method, METHODS)), size, k)
    C, entangled = np.empty(n_states), np.empty(n_states)
    if method == "states":
        K = 2 ** (size - 2)
        mean_pair_concurrences(haar_states(size, n_states, rng), C, entangled)
    else:
        K = size
        rho = (two_site_states if method == "pairs" else tilted_states)(K, n_states, rng)
        concurrences(rho, C)
        entangled[:] = C > 0
    seen = C > 0
    weight = np.zeros(n_states)
    weight[seen] = np.exp(log_weights(rho[seen], K) if method == "tilted" else np.full(seen.sum(), -K * LOG_BASE))
    wC, w = weight * C, weight * entangled
    return np.array([n_states, wC.mean(), (wC**2).mean(), w.mean(), (w**2).mean()])


def _bytes(method, size, n_states):
    """Return what the states of one block take: their amplitudes, or four rows of a two-site state's root."""
    return 16 * min(BLOCK, n_states) * (2**size if method == "states" else 4 * 4)


def _average(method, size, K, n_states, seed, folder):
    integer("n_states", n_states, 2, 10**12)
    integer("seed", seed, at_least=0)
    n_blocks = -(-n_states // BLOCK)
    rows, seconds = np.empty((0, 5)), 0.0
    if folder is not None:
        name = f"random-{method}-{'N' if method == 'states' else 'K'}{size}-{seed}"
        batches = Batches(Path(folder) / name, {"method": method, "size": size, "seed": seed, "block": BLOCK}, 5)
        kept = batches.load()
        rows, seconds = kept.rows, kept.seconds
        if len(rows) and not np.allclose(block(method, size, seed, 0, BLOCK), rows[0], rtol=1e-6):
            raise DamagedFile(f"{batches.folder} holds other numbers than this version of the code computes: delete it")
        if len(rows) < n_states // BLOCK:
            batches.try_to_write()
    batch = numba.config.NUMBA_NUM_THREADS
    rows = list(rows[: n_states // BLOCK])  # a smaller last block is computed anew
    at_once = max(1, min(batch, int(MEMORY_LIMIT // _bytes(method, size, n_states))))
    with ThreadPoolExecutor(at_once) as pool:  # LAPACK, the kernels and the random numbers hold no lock
        while len(rows) < n_blocks:
            start, first = clock.perf_counter(), len(rows)
            ks = range(first, min(first + batch, n_blocks))
            counts = [min(BLOCK, n_states - k * BLOCK) for k in ks]
            rows += pool.map(lambda k, count: block(method, size, seed, k, count), ks, counts)
            elapsed = clock.perf_counter() - start
            seconds += elapsed
            full = rows[first : n_states // BLOCK]  # a smaller last block is not kept
            if folder is not None and full:
                batches.append(first, np.array(full), elapsed, numerical_sources())
            batch = max(numba.config.NUMBA_NUM_THREADS, min(2 * batch, int(len(ks) * BATCH_SECONDS / elapsed)))
    counts, *moments = np.array(rows).T
    means = [float(np.average(m, weights=counts)) for m in moments]
    unit = K * LOG_BASE
    found = StateAverage(
        K, method, Sample(n_states, *means[:2], unit), Sample(n_states, *means[2:], unit), n_states, seed, seconds
    )
    if found.concurrence.effective_size < SMALLEST_SAMPLE:
        warnings.warn(
            f"{n_states} states drawn as {method!r} at K = {K} have an effective size of "
            f"{found.concurrence.effective_size:.0f}: the standard error cannot be trusted below {SMALLEST_SAMPLE}",
            SmallSampleWarning,
            stacklevel=4,  # the line of the caller: between are a public function and the check of its arguments
        )
    return found
