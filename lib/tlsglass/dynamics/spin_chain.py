"""A disordered chain of spins: what thermalisation looks like, and many-body localisation beside it.

The Heisenberg chain in a random field is the standard model of both (Pal and Huse, Phys. Rev. B 82, 174411 (2010)):

    H = sum_i (sx_i sx_{i+1} + sy_i sy_{i+1} + sz_i sz_{i+1}) / 4 + sum_i h_i sz_i / 2,   h_i uniform in [-h, h],

with Pauli matrices, open ends, and the exchange as the unit of energy. The chain starts in the Neel state, up and down
by turns, and is evolved exactly in the sector of zero magnetisation.
"""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, finite_array, integer, non_negative, times
from tlsglass._signatures import Value, checked

LARGEST = 12  # spins: 924 states in the sector, a second for each realisation


@dataclass(frozen=True, eq=False)
class ChainAverage(Value):
    """Means over random fields, with standard errors; all arrays have the shape of the times.

    Attributes
    ----------
    time : array
        In units of hbar over the exchange.
    memory, memory_stderr : arrays
        `(1/N) sum_i sz_i(0) <sz_i(t)>`: 1 at first, 0 once the pattern is forgotten.
    entropy, entropy_stderr : arrays
        Von Neumann entropy of the left half, in nats.
    """

    time: np.ndarray
    memory: np.ndarray
    memory_stderr: np.ndarray
    entropy: np.ndarray
    entropy_stderr: np.ndarray


@checked
def neel_sector(n_spins: int) -> np.ndarray:
    """All configurations with as many spins up as down, in ascending order; bit `i` of the number is spin `i` up.

    Returns
    -------
    integer array, shape (N! / (N/2)!^2,)

    Raises
    ------
    ValueError
        If `n_spins` is odd or outside 2 ... 12.
    """
    n = integer("n_spins", n_spins, at_least=2)
    if n > LARGEST or n % 2:
        raise ValueError(f"n_spins = {n_spins!r} is not allowed: it must be an even integer in 2 ... {LARGEST}")
    every = np.arange(2**n)
    return every[(every[:, None] >> np.arange(n) & 1).sum(axis=1) == n // 2]


@checked
def hamiltonian(fields: np.ndarray) -> np.ndarray:
    """Hamiltonian of the chain in the sector of zero magnetisation.

    Parameters
    ----------
    fields : array, shape (N,)
        `h_i`, in units of the exchange.

    Returns
    -------
    array, shape (D, D)
        In the basis of :func:`neel_sector`.
    """
    fields = finite_array("fields", fields, (None,))
    n = len(fields)
    basis = neel_sector(n)
    spins = 2.0 * (basis[:, None] >> np.arange(n) & 1) - 1  # s i
    H = np.diag((spins[:, :-1] * spins[:, 1:]).sum(axis=1) / 4 + spins @ np.asarray(fields, float) / 2)
    for i in range(n - 1):
        (differ,) = np.nonzero(spins[:, i] != spins[:, i + 1])
        H[differ, np.searchsorted(basis, basis[differ] ^ (0b11 << i))] += 0.5
    return H


@checked
def chain_average(n_spins: int, disorder: float, time, n_realisations: int, seed: int = 0) -> ChainAverage:
    """Memory of the Neel state and entanglement of the left half, averaged over random fields.

    Parameters
    ----------
    n_spins : int
        Even, at most 12.
    disorder : float
        `h`, in units of the exchange.
    time : array, shape (T,)
        In units of hbar over the exchange.
    n_realisations : int
        At least 2.
    seed : int
        At least 0.

    Returns
    -------
    ChainAverage

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    integer("n_realisations", n_realisations, 2, LARGEST_SAMPLE)
    basis = neel_sector(n_spins)
    non_negative("disorder", disorder)
    t = times("time", time)
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    spins = 2.0 * (basis[:, None] >> np.arange(n_spins) & 1) - 1
    neel = int(np.searchsorted(basis, sum(1 << i for i in range(0, n_spins, 2))))
    memory, entropy = np.empty((n_realisations, t.size)), np.empty((n_realisations, t.size))
    for r in range(n_realisations):
        energies, states = np.linalg.eigh(hamiltonian(disorder * rng.uniform(-1, 1, n_spins)))
        psi = states @ (states[neel][:, None] * np.exp(-1j * np.outer(energies, t)))  # configuration, time
        memory[r] = (spins @ spins[neel] / n_spins) @ np.abs(psi) ** 2
        whole = np.zeros((2**n_spins, t.size), complex)
        whole[basis] = psi
        halves = np.moveaxis(whole.reshape(2 ** (n_spins // 2), -1, t.size), -1, 0)  # time, right half, left half
        weights = np.linalg.svd(halves, compute_uv=False) ** 2
        entropy[r] = -(weights * np.log(np.maximum(weights, 1e-300))).sum(axis=1)
    (memory, memory_stderr), (entropy, entropy_stderr) = (
        (rows.mean(axis=0), rows.std(axis=0, ddof=1) / np.sqrt(n_realisations)) for rows in (memory, entropy)
    )
    return ChainAverage(t, memory, memory_stderr, entropy, entropy_stderr)
