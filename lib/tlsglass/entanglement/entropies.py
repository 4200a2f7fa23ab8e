"""Entropies of density matrices, in nats."""

import numpy as np

from tlsglass._checks import finite_array, refuse
from tlsglass._signatures import checked
from tlsglass.entanglement.two_qubits import TOLERANCE, check_density_matrix

_BELOW_ZERO = 2 * TOLERANCE  # what is accepted as a density matrix has such eigenvalues, whichever routine finds them


@checked
def _any_density_matrix(rho: np.ndarray) -> np.ndarray:
    array = rho
    if array.ndim < 2:
        raise ValueError(f"rho has shape {array.shape}: it must be (..., d, d)")
    return check_density_matrix(array, array.shape[-1])


def _spectrum(eigenvalues):
    if eigenvalues.ndim == 0:
        refuse("eigenvalues", eigenvalues, "of shape (..., d)")
    return finite_array("eigenvalues", eigenvalues, eigenvalues.shape)


@checked
def entropy_of_spectrum(eigenvalues: np.ndarray) -> np.ndarray:
    """Entropy `-sum p ln p` of eigenvalues, shape (..., d), in nats; those below zero by rounding count as zero.

    Raises
    ------
    ValueError
        If one is not finite or below zero by more than rounding.
    """
    p = _spectrum(eigenvalues)
    if np.any(p < -_BELOW_ZERO):
        refuse("eigenvalues", eigenvalues, f">= 0 in every entry, to {_BELOW_ZERO:g}")
    p = np.maximum(p, 0.0)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


@checked
def von_neumann_entropy(rho) -> np.ndarray:
    """Von Neumann entropy `S = -Tr rho ln rho`, Eq. (29), in nats: 0 for a pure state, `ln d` for a fully mixed one.

    Parameters
    ----------
    rho : complex array, shape (..., d, d)
        Density matrices.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If `rho` is no density matrix.

    Examples
    --------
    >>> import numpy as np
    >>> round(float(von_neumann_entropy(np.eye(2) / 2)), 6)
    0.693147
    """
    return entropy_of_spectrum(np.linalg.eigvalsh(_any_density_matrix(rho)))


@checked
def renyi2_entropy(rho) -> np.ndarray:
    """Second Renyi entropy `S_2 = -ln Tr rho^2`, in nats; never above the von Neumann entropy.

    Parameters
    ----------
    rho : complex array, shape (..., d, d)

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If `rho` is no density matrix.
    """
    return -np.log((np.abs(_any_density_matrix(rho)) ** 2).sum(axis=(-2, -1)))
