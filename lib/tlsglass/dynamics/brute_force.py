"""The isolated system as a state vector of `2^N` amplitudes: slow, simple, and the oracle of the closed form."""

from collections.abc import Sequence

import numpy as np

from tlsglass._checks import integer, times
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.dynamics.states import two_sites

LARGEST_N = 12  # a state vector a time, `2^N` amplitudes each


def _isolated(tls: System) -> int:
    if tls.n_tls > LARGEST_N:
        raise ValueError(f"tls of N = {tls.n_tls} is not allowed: brute force is for at most {LARGEST_N} TLSs")
    if np.any(tls.Y > 0):
        raise ValueError(f"tls with Y = {tls.Y!r} is not allowed: a state vector has no dissipation, every rate is 0")
    return tls.n_tls


@checked
def configurations(n_tls: int) -> np.ndarray:
    """All configurations `s` of `n_tls` spins, each `+1` or `-1`, in the order of the basis states.

    Returns
    -------
    array, shape (2^N, N)
        The first spin changes slowest; row 0 is all `+1`, the ground state of every TLS.

    Raises
    ------
    ValueError
        If `n_tls` is not an integer from 1 to 24: there are `2^N` rows.
    """
    n = integer("n_tls", n_tls, 1, 24)
    index = np.arange(2**n)
    return 1 - 2 * (index[:, None] >> np.arange(n - 1, -1, -1) & 1)


@checked
def energies(tls: System) -> np.ndarray:
    """Energies `H[s]` of all configurations under the diagonal Hamiltonian, Eq. (23).

    The double sum runs over both orders of a pair, so `J_ij` counts twice.

    Parameters
    ----------
    tls : System
        At most 12 TLSs, `Y = 0`.

    Returns
    -------
    array, shape (2^N,)
        In units of `W`, in the order of :func:`configurations`.

    Raises
    ------
    ValueError
        If there are more TLSs or a rate is not zero.
    """
    s = configurations(_isolated(tls))
    return -0.5 * s @ tls.nu + np.einsum("si,ij,sj->s", s, tls.J, s)


@checked
def state_vector(tls: System, time) -> np.ndarray:
    """State of the isolated system at time t, from the product state (26).

    Parameters
    ----------
    tls : System
        At most 12 TLSs, `Y = 0`.
    time : float or array, shape (T,)
        Finite, >= 0, in units of `hbar / W`.

    Returns
    -------
    complex array, shape (T, 2^N)

    Raises
    ------
    ValueError
        If there are more TLSs, a rate is not zero, or a time is negative or not finite.
    """
    t = times("time", time)
    energy = energies(tls)
    half = 0.5 * np.arccos(tls.polarisation)
    psi = np.ones(1, complex)
    for up, down in zip(np.cos(half), np.exp(1j * tls.azimuth) * np.sin(half), strict=True):
        psi = np.kron(psi, [up, down])
    return psi * np.exp(-1j * np.outer(t, energy))


@checked
def reduced_density_matrix(psi: np.ndarray, sites: Sequence[int]) -> np.ndarray:
    """Trace all spins but `sites` out of pure states.

    Parameters
    ----------
    psi : complex array, shape (T, 2^N)
    sites : sequence of int
        `k` different sites, in the order in which the result has them.

    Returns
    -------
    complex array, shape (T, 2^k, 2^k)

    Raises
    ------
    ValueError
        If the number of amplitudes is not a power of 2, or a site is out of range or named twice.
    """
    psi = psi.astype(complex)
    n = psi.shape[-1].bit_length() - 1 if psi.ndim == 2 else 0
    if psi.ndim != 2 or psi.shape[-1] != 2**n or not np.all(np.isfinite(psi)):
        raise ValueError(f"psi has shape {psi.shape}: it must be (T, 2^N), and every amplitude finite")
    kept = [integer("sites", site, 0) for site in sites]
    if len(set(kept)) != len(kept) or any(site >= n for site in kept):
        raise ValueError(f"sites = {sites!r} is not allowed: it must be different sites in 0 ... {n - 1}")
    others = [site for site in range(n) if site not in kept]
    axes = [0, *(1 + site for site in kept + others)]
    matrix = psi.reshape(-1, *[2] * n).transpose(axes).reshape(len(psi), 2 ** len(kept), -1)  # t kept others
    return matrix @ matrix.conj().swapaxes(1, 2)


@checked
def two_site_density_matrix(tls: System, a: int, b: int, time) -> np.ndarray:
    """Density matrix of sites `a` and `b` from the full state, Eq. (B2), in the laboratory frame.

    Cost `2^N` a time. Independent of :func:`tlsglass.dynamics.states.two_site_density_matrix`, which it checks.

    Parameters
    ----------
    tls : System
        At most 12 TLSs, `Y = 0`.
    a, b : int
        Two different sites.
    time : float or array, shape (T,)
        In units of `hbar / W`.

    Returns
    -------
    complex array, shape (T, 4, 4)
        In the basis `|++>, |+->, |-+>, |-->`.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    return reduced_density_matrix(state_vector(tls, time), two_sites(tls, a, b))
