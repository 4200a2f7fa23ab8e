"""Who is entangled with whom: the concurrence of every pair of a system, and how few pairs hold most of (28)."""

import numpy as np

from tlsglass._checks import integer, one_of, real_array, refuse, times
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.entanglement import concurrence
from tlsglass.kernels.two_site import two_site_matrices


@checked
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
    J, *of_sites = tls.for_kernels
    for a in range(tls.n_tls - 1):
        partners = np.arange(a + 1, tls.n_tls)
        rho = np.empty((partners.size, t.size, 4, 4), complex)  # without the local phases, which entangle nobody
        for b, out in zip(partners, rho, strict=True):
            if third_spins:
                two_site_matrices(J, *of_sites, a, b, t, out)
            else:
                two_site_matrices(J[np.ix_((a, b), (a, b))], *(x[[a, b]] for x in of_sites), 0, 1, t, out)
        C[:, a, partners] = C[:, partners, a] = concurrence(rho).T
    return C


@checked
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
        If `C` is not a stack of symmetric matrices of at least two sites, with numbers in [0, 1].
    """
    C = real_array("C", C)
    if C.ndim < 2 or C.shape[-1] != C.shape[-2] or C.shape[-1] < 2:
        raise ValueError(f"C has shape {C.shape}: it must be (..., N, N) with N >= 2")
    if not np.all((C >= 0) & (C <= 1)) or not np.array_equal(C, C.swapaxes(-1, -2)):  # a nan is neither
        refuse("C", C, "symmetric, with concurrences in [0, 1]")
    pairs = -np.sort(-C[(..., *np.triu_indices(C.shape[-1], 1))], axis=-1)
    share = np.cumsum(pairs, axis=-1)
    with np.errstate(invalid="ignore"):
        return share / share[..., -1:]  # the last is 1 to the last digit


@checked
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
        Number of pairs over `N`; nan where no pair is entangled.

    Raises
    ------
    ValueError
        If `share` is not between 0 and 1, or `C` is not as :func:`cumulative_share` needs it.
    """
    if not 0 < share < 1:
        refuse("share", share, "between 0 and 1")
    held = cumulative_share(C)
    n_pairs = (held < share).sum(axis=-1) + 1
    return np.where(np.isnan(held[..., -1]), np.nan, n_pairs / np.shape(C)[-1])[()]


@checked
def w_state(n_tls: int) -> np.ndarray:
    """Amplitudes of the W state: one spin down, in equal superposition over all sites, shape (2^N,).

    Every pair has the concurrence `2 / N`, the most that all pairs can have at once (Koashi, Buzek and Imoto, Phys.
    Rev. A 62, 050302 (2000)).

    Raises
    ------
    ValueError
        If `n_tls` is not an integer from 2 to 24: there are `2^N` amplitudes.
    """
    integer("n_tls", n_tls, 2, 24)
    psi = np.zeros(2**n_tls)
    psi[2 ** np.arange(n_tls)] = 1 / np.sqrt(n_tls)
    return psi
