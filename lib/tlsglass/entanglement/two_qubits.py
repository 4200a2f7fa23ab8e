"""How entangled a state is: the concurrence of two qubits."""

import numpy as np

from tlsglass._checks import integer, times
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.kernels.average import average_concurrences
from tlsglass.kernels.concurrence import concurrences

# A density matrix may miss Hermiticity, unit trace and positivity by this much: more than the rounding of a product
# over thousands of spins, less than a mistake. It must be small: where a matrix misses positivity by `x`, nothing fixes
# the concurrence of the state it stands for to better than the root of `x`.
TOLERANCE = 1e-12
# Eigenvalues are looked at with the diagonal scaled to 1, where the elimination of the kernel counts less than this as
# zero: below it the matrix is a state within its rounding, and the kernel is exact.
_ROUNDING = 32 * np.finfo(float).eps


@checked
def check_density_matrix(rho: np.ndarray, dimension: int) -> np.ndarray:
    """Return `rho` as a complex array of density matrices, shape (..., dimension, dimension).

    Raises
    ------
    ValueError
        If the shape is wrong, an element is not finite, or a matrix is not Hermitian, positive, of trace 1.
    """
    integer("dimension", dimension, at_least=1)
    array, words = rho.astype(complex), f" for dimension = {dimension}"
    if array.shape[-2:] != (dimension, dimension):
        raise ValueError(f"rho has shape {array.shape}: it must be (..., {dimension}, {dimension})" + words)
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


@checked
def concurrence(rho: np.ndarray) -> np.ndarray:
    """Concurrence of two-qubit states, Eq. (27): 0 for a separable state, 1 for a Bell state.

    Parameters
    ----------
    rho : complex array, shape (..., 4, 4)
        Density matrices in the product basis.

    Returns
    -------
    array, shape (...)
        In [0, 1]. Accurate to 1e-13, also for pure and rank-deficient states, where every element is right to rounding.
        A matrix that is less than that, but accepted, stands for the nearest state (negative eigenvalues set to zero);
        what it misses, at most `TOLERANCE`, then moves the concurrence by up to twice its root.

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
    >>> float(concurrence(bell))
    1.0
    """
    array = np.ascontiguousarray(check_density_matrix(rho, 4).reshape(-1, 4, 4))
    out = np.empty(len(array))
    concurrences(array, out)
    rough = ~_states_to_rounding(array)
    out[rough] = _of_nearest_states(array[rough])
    return np.clip(out, 0.0, 1.0).reshape(rho.shape[:-2])[()]


def _states_to_rounding(array):
    """Whether the matrices, scaled to a unit diagonal, are positive to rounding: only then is the kernel accurate."""
    scale = np.maximum(np.diagonal(array, axis1=-2, axis2=-1).real, np.finfo(float).tiny) ** -0.5
    return np.linalg.eigvalsh(array * scale[..., :, None] * scale[..., None, :])[..., 0] > -_ROUNDING


def _of_nearest_states(array):
    """Concurrence by the same formula from the square root `V sqrt(p)` of the positive part, normalised to trace 1."""
    p, V = np.linalg.eigh((array + array.conj().swapaxes(-1, -2)) / 2)
    p = np.maximum(p, 0.0)
    X = V * np.sqrt(p / p.sum(axis=-1, keepdims=True))[..., None, :]
    sigma = np.linalg.svd(X.swapaxes(-1, -2) @ _FLIP @ X, compute_uv=False)
    return 2 * sigma[..., 0] - sigma.sum(axis=-1)


_FLIP = np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))  # sigma^y (x) sigma^y


@checked
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
    average_concurrences(*(array[None] for array in tls.for_kernels), t, out)
    return out[0]
