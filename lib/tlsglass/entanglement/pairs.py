"""Who is entangled with whom: the concurrence of every pair of a system, and how few pairs hold most of (28)."""

import itertools

import numpy as np

from tlsglass._checks import one_of, times
from tlsglass.dynamics import System, subsystem, two_site_density_matrix
from tlsglass.entanglement import concurrence


def concurrence_matrix(tls: System, time, third_spins: bool = True) -> np.ndarray:
    """Concurrence `C_ij(t)` of every pair, Eq. (27).

    Parameters
    ----------
    tls : System
    time : float or array, shape (T,)
        In units of `hbar / W`.
    third_spins : bool
        If False, each pair is alone with its own coupling, rates and temperature: what the others take from it, or
        share with it, is switched off.

    Returns
    -------
    array, shape (T, N, N)
        Symmetric, zero on the diagonal. Its sum over `i < j`, divided by `N`, is Eq. (28).

    Raises
    ------
    ValueError
        If a time is negative or not finite, or `third_spins` is not a bool.
    """
    t = times("time", time)
    one_of("third_spins", third_spins, (True, False))
    C = np.zeros((t.size, tls.n_tls, tls.n_tls))
    for a, b in itertools.combinations(range(tls.n_tls), 2):
        members = (tls, a, b) if third_spins else (subsystem(tls, (a, b)), 0, 1)
        rho = two_site_density_matrix(*members, t)
        C[:, a, b] = C[:, b, a] = concurrence(rho)
    return C


def cumulative_share(C: np.ndarray) -> np.ndarray:
    """Share of the summed concurrence that the `k` most entangled pairs hold, `k = 1 ... N (N - 1) / 2`.

    Parameters
    ----------
    C : array, shape (..., N, N)
        Concurrences, symmetric.

    Returns
    -------
    array, shape (..., N (N - 1) / 2)
        Ascending to 1; nan where no pair is entangled.

    Raises
    ------
    ValueError
        If `C` is not a stack of square matrices of at least two sites.
    """
    C = np.asarray(C, float)
    if C.ndim < 2 or C.shape[-1] != C.shape[-2] or C.shape[-1] < 2:
        raise ValueError(f"C has shape {C.shape}: it must be (..., N, N) with N >= 2")
    pairs = C[(..., *np.triu_indices(C.shape[-1], 1))]
    with np.errstate(invalid="ignore"):
        return np.cumsum(-np.sort(-pairs, axis=-1), axis=-1) / pairs.sum(axis=-1, keepdims=True)


def pairs_for_share(C: np.ndarray, share: float = 0.9) -> np.ndarray:
    """Fewest pairs per TLS that hold a given share of the summed concurrence.

    Parameters
    ----------
    C : array, shape (..., N, N)
    share : float
        Between 0 and 1.

    Returns
    -------
    array, shape (...)
        Number of pairs over `N`.

    Raises
    ------
    ValueError
        If `share` is not between 0 and 1, or `C` has the wrong shape.
    """
    if not 0 < share < 1:
        raise ValueError(f"share = {share!r} is not allowed: it must be between 0 and 1")
    return ((cumulative_share(C) < share).sum(axis=-1) + 1) / np.shape(C)[-1]


def w_state(n_tls: int) -> np.ndarray:
    """Amplitudes of the W state: one spin down, in equal superposition over all sites, shape (2^N,).

    Every pair has the concurrence `2 / N`, the most that all pairs can have at once (Koashi, Buzek and Imoto, Phys.
    Rev. A 62, 050302 (2000)).
    """
    psi = np.zeros(2**n_tls)
    psi[2 ** np.arange(n_tls)] = 1 / np.sqrt(n_tls)
    return psi
