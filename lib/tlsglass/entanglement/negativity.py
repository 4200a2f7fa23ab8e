"""Negativity: entanglement of two parts of a mixed state, which an entropy cannot tell from disorder."""

import numpy as np

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.entanglement.entropies import _any_density_matrix, _spectrum


@checked
def partial_transpose(rho: np.ndarray, first: int) -> np.ndarray:
    """Transpose the first factor, of dimension `first`, of matrices of shape (..., d, d).

    Raises
    ------
    ValueError
        If the matrices are not square or `first` does not divide `d`.
    """
    if rho.ndim < 2 or rho.shape[-1] != rho.shape[-2]:
        refuse("rho", rho, "of shape (..., d, d)")
    d = rho.shape[-1]
    if not 1 <= first <= d or d % first:
        raise ValueError(
            f"rho and first do not fit: first = {first!r} is not allowed: it must be an integer that divides d = {d}"
        )
    split = rho.reshape(*rho.shape[:-2], first, d // first, first, d // first)  # ... a b a' b'
    return split.swapaxes(-4, -2).reshape(rho.shape)


@checked
def negativity(rho, first: int) -> np.ndarray:
    """Negativity `(||rho^T_A||_1 - 1) / 2`: the sum of the moduli of the negative eigenvalues of the partial transpose.

    It vanishes for every state that is not entangled across the cut. The converse holds for two qubits and for pure
    states, not in general.

    Parameters
    ----------
    rho : complex array, shape (..., d, d)
        Density matrices in a product basis.
    first : int
        Dimension of the first part `A`, which changes slowest; it divides `d`.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If `rho` is no density matrix or `first` does not divide `d`.

    References
    ----------
    G. Vidal and R. F. Werner, Phys. Rev. A 65, 032314 (2002).

    Examples
    --------
    >>> import numpy as np
    >>> bell = np.zeros((4, 4)); bell[::3, ::3] = 0.5
    >>> round(float(negativity(bell, 2)), 12)
    0.5
    """
    return negativity_of_spectrum(np.linalg.eigvalsh(partial_transpose(_any_density_matrix(rho), first)))


@checked
def negativity_of_spectrum(eigenvalues: np.ndarray) -> np.ndarray:
    """Negativity from the eigenvalues of a partial transpose, shape (..., d)."""
    return np.maximum(-_spectrum(eigenvalues), 0.0).sum(axis=-1)


@checked
def logarithmic_negativity(rho, first: int) -> np.ndarray:
    """Logarithmic negativity `ln ||rho^T_A||_1 = ln(1 + 2 negativity)`, in nats.

    For a pure state it is the Renyi entropy of index 1/2 of either part, so it can stand beside an entropy.

    Parameters
    ----------
    rho, first
        As in :func:`negativity`.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        As :func:`negativity`.
    """
    return np.log1p(2.0 * negativity(rho, first))
