"""How entangled a state is: the concurrence of two qubits."""

import numpy as np

from tlsglass._checks import times
from tlsglass.dynamics import System
from tlsglass.kernels.average import average_concurrences
from tlsglass.kernels.concurrence import concurrences

# A density matrix may miss Hermiticity, unit trace and positivity by this much: more than rounding, less than a
# mistake.
TOLERANCE = 1e-8


def check_density_matrix(rho, dimension: int) -> np.ndarray:
    """Return `rho` as a complex array of density matrices, shape (..., dimension, dimension).

    Raises
    ------
    ValueError
        If the shape is wrong, an element is not finite, or a matrix is not Hermitian, positive, of trace 1.
    """
    array = np.asarray(rho, dtype=complex)
    if array.shape[-2:] != (dimension, dimension):
        raise ValueError(f"rho has shape {array.shape}: it must be (..., {dimension}, {dimension})")
    if not np.all(np.isfinite(array)):
        raise ValueError("rho has elements that are not finite: every element of a density matrix must be")
    lowest = np.linalg.eigvalsh(array)[..., 0].min(initial=0.0)
    for property_, size in (
        ("Hermitian", np.abs(array - array.conj().swapaxes(-1, -2)).max(initial=0.0)),
        ("of trace 1", np.abs(np.trace(array, axis1=-2, axis2=-1) - 1.0).max(initial=0.0)),
        ("positive", -lowest),
    ):
        if size > TOLERANCE:
            raise ValueError(
                f"rho is no density matrix: it must be {property_} to {TOLERANCE:g}, it misses by {size:.3g}"
            )
    return array


def concurrence(rho) -> np.ndarray:
    """Concurrence of two-qubit states, Eq. (27): 0 for a separable state, 1 for a Bell state.

    Parameters
    ----------
    rho : complex array, shape (..., 4, 4)
        Density matrices in the product basis.

    Returns
    -------
    array, shape (...)
        Accurate to 1e-13, also for pure and rank-deficient states. An eigenvalue of `rho` below the rounding of its
        elements counts as zero.

    Raises
    ------
    ValueError
        If `rho` is no density matrix.

    References
    ----------
    W. K. Wootters, Phys. Rev. Lett. 80, 2245 (1998).

    Examples
    --------
    >>> import numpy as np
    >>> bell = np.zeros((4, 4)); bell[::3, ::3] = 0.5
    >>> round(float(concurrence(bell)), 12)
    1.0
    """
    array = check_density_matrix(rho, 4)
    out = np.empty(array.shape[:-2])
    concurrences(np.ascontiguousarray(array.reshape(-1, 4, 4)), out.reshape(-1))
    return out


def average_concurrence(tls: System, time) -> np.ndarray:
    """Average concurrence `C(t) = (1/N) sum_{i<j} C_ij(t)` of one system, Eq. (28).

    Parameters
    ----------
    tls : System
    time : float or array, shape (T,)
        In units of `hbar / W`.

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If a time is negative or not finite.
    """
    t = times("time", time)
    out = np.empty((1, t.size))
    average_concurrences(tls.J[None], 4.0 * tls.Y[None], tls.occupation[None], tls.polarisation[None], t, out)
    return out[0]
