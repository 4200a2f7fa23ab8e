"""Disorder averages: mean and standard error over realisations, on all cores, resumable, the same to the last bit.

Realisation `k` depends on the ensemble and `k` alone, and each is computed by one thread from its own numbers. The mean
is taken over all realisations at the end, in their order. So the result does not depend on the number of threads, the
size of the batches, or how often the run was interrupted.
"""

import dataclasses
import hashlib
import json
import sys
import time as clock
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from tlsglass._checks import integer, non_negative, one_of, positive, times
from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.couplings import DISSIPATION_PREFACTORS
from tlsglass.dynamics import System, system
from tlsglass.ensembles.store import Batches, DamagedFile
from tlsglass.glass.materials import GLASSES, SIMULATION
from tlsglass.kernels.average import average_concurrences

MATERIALS = {SIMULATION.name: SIMULATION, **GLASSES}
N_BLOCKS = 20  # block means kept for the jackknife
BATCH_SECONDS = 3.0  # at most about this much work is lost by a kill


@dataclass(frozen=True)
class Ensemble:
    """All that defines an ensemble of systems; energies in units of `W`.

    Parameters
    ----------
    n_tls, delta_bar, n_delta, initial_state
        See :class:`tlsglass.disorder.realisations.Disorder`.
    interaction_scale, dissipation_scale, temperature, prefactor
        See :func:`tlsglass.dynamics.states.system`.
    material : str
        "simulation" (Sec. IV A) or a glass of Table I.
    seed : int
        Ensembles that differ only in the scales and have the same seed have the same disorder.

    Raises
    ------
    ValueError
        If a parameter is outside its range.
    """

    n_tls: int
    delta_bar: float = 0.1
    n_delta: float = 2.0
    interaction_scale: float = 1e5
    dissipation_scale: float = 0.0
    temperature: float = 0.0
    initial_state: str = "sphere"
    prefactor: str = "printed"
    material: str = "simulation"
    seed: int = 214205

    def __post_init__(self):
        _ = self.disorder
        checked = {
            "n_tls": integer("n_tls", self.n_tls, 2),
            "delta_bar": non_negative("delta_bar", self.delta_bar),
            "n_delta": positive("n_delta", self.n_delta),
            "interaction_scale": positive("interaction_scale", self.interaction_scale),
            "dissipation_scale": non_negative("dissipation_scale", self.dissipation_scale),
            "temperature": non_negative("temperature", self.temperature),
            "prefactor": one_of("prefactor", self.prefactor, DISSIPATION_PREFACTORS),
            "material": one_of("material", self.material, MATERIALS),
            "seed": integer("seed", self.seed, 0),
        }
        for name, value in checked.items():  # plain int and float: 1, 1.0 and numpy's 1 are one ensemble, one file
            object.__setattr__(self, name, value)

    @property
    def disorder(self) -> Disorder:
        """The distribution of the disorder."""
        return Disorder(self.n_tls, self.delta_bar, self.n_delta, self.initial_state)

    @property
    def parameters(self) -> dict:
        """All parameters by name."""
        return dataclasses.asdict(self)

    def realisation(self, k: int) -> System:
        """Return the system of realisation `k`."""
        return system(
            draw(self.disorder, self.seed, k), self.interaction_scale, self.dissipation_scale, self.temperature,
            self.prefactor, MATERIALS[self.material],
        )  # fmt: skip


@dataclass(frozen=True)
class Average:
    """Mean over realisations of a quantity at the times `time`.

    Attributes
    ----------
    time : array, shape (T,)
    mean, stderr : arrays, shape (T,)
        Mean and its standard error.
    blocks : array, shape (20, T)
        Means over 20 consecutive parts of the realisations: resampling them keeps the correlation between times.
    n_realisations : int
    run_time : float
        Seconds of computing.
    """

    time: np.ndarray
    mean: np.ndarray
    stderr: np.ndarray
    blocks: np.ndarray
    n_realisations: int
    run_time: float


def concurrence_rows(ensemble: Ensemble, time: np.ndarray, first: int, count: int) -> np.ndarray:
    """Average concurrence `C(t)`, Eq. (28), of the realisations `first ... first + count - 1`, shape (count, T)."""
    systems = [ensemble.realisation(k) for k in range(first, first + count)]
    out = np.empty((count, time.size))
    J, Y, f, m = (np.array([getattr(s, name) for s in systems]) for name in ("J", "Y", "occupation", "polarisation"))
    average_concurrences(J, 4.0 * Y, f, m, time, out)
    return out


def folder_name(ensemble: Ensemble, time: np.ndarray) -> str:
    """Name of the folder that keeps the realisations of `ensemble` at the times `time`."""
    text = json.dumps([ensemble.parameters, time.tolist()], sort_keys=True)
    return f"concurrence-N{ensemble.n_tls}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def average_concurrence(
    ensemble: Ensemble, time, n_realisations: int, folder: Path | None = None, over_time: bool = False
) -> Average:
    """Average concurrence `C(t)`, Eqs. (28), over `n_realisations` realisations of `ensemble`.

    Parameters
    ----------
    ensemble : Ensemble
    time : array, shape (T,)
        In units of `hbar / W`.
    n_realisations : int
        At least 2.
    folder : Path, optional
        Where finished batches are kept and looked for; nothing is kept without it.
    over_time : bool
        Average each realisation over `time` too (for the plateau). The result has one time, the last.

    Returns
    -------
    Average

    Raises
    ------
    ValueError
        If a time or `n_realisations` is outside its range.
    DamagedFile
        If a file in `folder` is damaged, belongs to something else, or holds other numbers than this code computes.
    """
    t = times("time", time)
    integer("n_realisations", n_realisations, at_least=2)
    rows, seconds = np.empty((0, t.size)), 0.0
    if folder is not None:
        batches = Batches(Path(folder) / folder_name(ensemble, t), {**ensemble.parameters, "time": t.tolist()}, t.size)
        rows, seconds = batches.load()
        _compare_with_this_code(ensemble, t, rows, batches.folder)
    done, batch = [rows], 1
    label = f"N = {ensemble.n_tls}"
    bar = tqdm(
        total=n_realisations,
        initial=min(len(rows), n_realisations),
        desc=label,
        file=sys.stdout,
        delay=2,
        mininterval=1,
    )
    first = len(rows)
    while first < n_realisations:
        start = clock.perf_counter()
        count = min(batch, n_realisations - first)
        done.append(concurrence_rows(ensemble, t, first, count))
        elapsed = clock.perf_counter() - start
        if folder is not None:
            batches.append(first, done[-1], elapsed)
        seconds += elapsed
        first += count
        bar.update(count)
        batch = max(1, min(2 * batch, int(count * BATCH_SECONDS / elapsed)))
    bar.close()
    rows = np.concatenate(done)[:n_realisations]
    if over_time:
        rows, t = rows.mean(axis=1, keepdims=True), t[-1:]
    return Average(
        time=t,
        mean=rows.mean(axis=0),
        stderr=rows.std(axis=0, ddof=1) / np.sqrt(n_realisations),
        blocks=np.array([block.mean(axis=0) for block in np.array_split(rows, min(N_BLOCKS, n_realisations))]),
        n_realisations=n_realisations,
        run_time=seconds,
    )


def _compare_with_this_code(ensemble, time, rows, folder):
    """Recompute the first and the last kept realisation: numbers of an older code must not mix with ours."""
    for k in {0, len(rows) - 1} if len(rows) else ():
        ours = concurrence_rows(ensemble, time, k, 1)[0]
        # the last bits may differ between machines, and late phases amplify them
        if np.abs(ours - rows[k]).max() > 1e-6:
            raise DamagedFile(f"{folder} holds other numbers than this version of the code computes: delete the folder")
