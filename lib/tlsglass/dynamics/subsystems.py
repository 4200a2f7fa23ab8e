"""Exact density matrix of any `k` sites: isolated, dissipative, at any temperature, by the products of App. B."""

import numpy as np

from tlsglass._checks import integer, one_of, times
from tlsglass._signatures import checked
from tlsglass.dynamics.states import FRAMES, System
from tlsglass.kernels import subsystem

MEMORY_LIMIT = 2 * 2**30  # bytes that the matrices of one call may take


@checked
def sites_and_others(tls: System, sites) -> tuple[np.ndarray, np.ndarray]:
    """Return the sites of a subsystem and all other sites.

    Parameters
    ----------
    tls : System
    sites : sequence of int
        One or more different sites in `0 ... N-1`.

    Returns
    -------
    sites, others : integer arrays, shapes (k,), (N - k,)

    Raises
    ------
    ValueError
        If there is no site, one is out of range or one is named twice.
    """
    chosen = [integer("sites", site, 0) for site in np.atleast_1d(np.asarray(sites, object))]
    if not chosen or len(set(chosen)) != len(chosen) or max(chosen) >= tls.n_tls:
        raise ValueError(f"sites = {sites!r} is not allowed: it must be different sites in 0 ... {tls.n_tls - 1}")
    kept = np.array(chosen, dtype=np.int64)
    return kept, np.setdiff1d(np.arange(tls.n_tls), kept)


def _local_phases(tls: System, sites: np.ndarray, t: np.ndarray, frame: str) -> np.ndarray:
    """Phases of the azimuths (26) and, in the laboratory frame, of `nu_i t`: a product of local unitaries.

    Returns
    -------
    complex array, shape (T, 2^k)
        `z` such that the element `<s| rho |s'>` gets the factor `z_s z*_s'`.
    """
    phases = np.ones((t.size, 1), complex)
    for i in sites:
        half = 0.5 * (-tls.azimuth[i] + (tls.nu[i] * t if frame == "laboratory" else 0.0 * t))
        turned = np.exp(1j * np.stack([half, -half], axis=-1))  # t s
        phases = (phases[:, :, None] * turned[:, None, :]).reshape(t.size, -1)
    return phases


@checked
def density_matrix(tls: System, sites, time, frame: str = "rotating") -> np.ndarray:
    """Exact density matrix of the given sites, all others traced out.

    For `k` sites there are `(3^k - 1) / 2` different products of `N - k` factors, and `4^k` elements, at each time. The
    rounding of the phases `J t` limits the accuracy to about `1e-16 k max|J| t`.

    Parameters
    ----------
    tls : System
    sites : sequence of int
        `k` different sites in `0 ... N-1`, in the order in which the result has them.
    time : float or array, shape (T,)
        Finite, >= 0, in units of `hbar / W`.
    frame : {"rotating", "laboratory"}
        Without or with the phases `nu_i t` of the on-site frequencies. Entanglement does not depend on them.

    Returns
    -------
    complex array, shape (T, 2^k, 2^k)
        In the product basis of `S^z`, `+` (the ground state) first; the first of the `sites` changes slowest.

    Raises
    ------
    ValueError
        If a site is out of range or named twice, a time is negative or not finite, or the frame is unknown.
    MemoryError
        If the matrices would take more than `MEMORY_LIMIT` bytes.

    References
    ----------
    App. B of the paper; Foss-Feig, Hazzard, Bollinger and Rey, Phys. Rev. A 87, 042101 (2013).

    Examples
    --------
    >>> from tlsglass.disorder import Disorder, draw
    >>> from tlsglass.dynamics import system
    >>> from tlsglass.dynamics.subsystems import density_matrix
    >>> density_matrix(system(draw(Disorder(n_tls=8), seed=1, k=0)), [0, 3, 5], time=0.1).shape
    (1, 8, 8)
    """
    kept, others = sites_and_others(tls, sites)
    t = times("time", time)
    one_of("frame", frame, FRAMES)
    needed = 16.0 * t.size * 4.0**kept.size
    if needed > MEMORY_LIMIT:
        raise MemoryError(
            f"sites holds {kept.size} sites: {t.size} matrices of 4^{kept.size} elements would take "
            f"{needed / 2**30:.3g} GiB, and at most {MEMORY_LIMIT / 2**30:.3g} GiB are allowed"
        )
    rho = np.empty((t.size, 2**kept.size, 2**kept.size), complex)
    subsystem.subsystem_matrices(*tls.for_kernels, kept, others, t, rho)
    z = _local_phases(tls, kept, t, frame)
    rho *= z[:, :, None]
    rho *= z.conj()[:, None, :]
    return rho


@checked
def purity(tls: System, sites, time) -> np.ndarray:
    """Purity `Tr rho_A^2` of the given sites, exactly: a sum over `3^k` patterns that keeps no matrix.

    Parameters
    ----------
    tls : System
    sites : sequence of int
        `k` different sites; the cost is `3^k N` a time.
    time : float or array, shape (T,)

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If a site is out of range or named twice, there are more than 16, or a time is negative or not finite.
    """
    kept, others = sites_and_others(tls, sites)
    if kept.size > 16:
        raise ValueError(
            f"sites holds {kept.size} sites: 3^{kept.size} = {3.0**kept.size:.1e} patterns are too many, at most 16"
            " sites are allowed; tlsglass.entanglement.renyi estimates the purity by sampling"
        )
    t = times("time", time)
    out = np.empty(t.size)
    subsystem.purities(*tls.for_kernels, kept, others, t, out)
    return out
