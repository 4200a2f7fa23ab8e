"""Elastic dipoles: how two of them interact (Eq. A27), and how to draw them at random."""

import numpy as np

from tlsglass._checks import (
    LARGEST_SAMPLE,
    finite_array,
    integer,
    one_of,
    real_array,
    refuse,
    symmetric_tensor,
)
from tlsglass._signatures import checked
from tlsglass.glass.materials import mean_velocity

# How large is a dipole? Each choice has <Tr D^2> = 1, as Sec. IV A of the paper.
NORMS = {
    "gaussian": "every independent entry is Gaussian: no entry is preferred, as for many small causes",
    "paper": "Tr D^2 is the square of a standard Gaussian, as in Sec. IV A",
    "fixed": "Tr D^2 = 1: all dipoles are equally strong",
}


@checked
def dipole_contraction(D_i, D_j, direction, v_L: float, v_T: float) -> np.ndarray:
    """`D_ij` of Eq. (A27): how strongly two elastic dipoles interact along a direction, dimensionless.

    Parameters
    ----------
    D_i, D_j : array, shape (..., 3, 3)
        Symmetric.
    direction : array, shape (..., 3)
        Unit vectors along `r_i - r_j`; their sign does not matter. The leading shapes broadcast.
    v_L, v_T : float
        Longitudinal and transverse speed of sound, in the same unit.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If a dipole is not finite and symmetric, a direction is not of length 1, or a speed is not from 1e-75 to 1e75.

    Examples
    --------
    >>> import numpy as np
    >>> from tlsglass.disorder.dipoles import dipole_contraction
    >>> push = np.diag([0.0, 0.0, 1.0])  # both TLSs push along z
    >>> round(float(dipole_contraction(push, push, [0.0, 0.0, 1.0], v_L=5.0, v_T=5.0)), 12)  # in line: repulsion
    4.0
    >>> round(float(dipole_contraction(push, push, [1.0, 0.0, 0.0], v_L=5.0, v_T=5.0)), 12)  # side by side: attraction
    -2.0
    """
    D_i, D_j = symmetric_tensor("D_i", D_i, leading=True), symmetric_tensor("D_j", D_j, leading=True)
    n = _unit_vectors("direction", direction)
    mean_velocity_squared = mean_velocity(v_L, v_T) ** 2

    pull_i = np.einsum("...ab,...b->...a", D_i, n)
    pull_j = np.einsum("...ab,...b->...a", D_j, n)
    along_i = np.einsum("...a,...a->...", pull_i, n)
    along_j = np.einsum("...a,...a->...", pull_j, n)
    both = np.einsum("...a,...a->...", pull_i, pull_j)
    trace_product = np.einsum("...ab,...ab->...", D_i, D_j)  # Tr(D_i D_j): the dipoles are symmetric
    trace_i, trace_j = np.trace(D_i, axis1=-2, axis2=-1), np.trace(D_j, axis1=-2, axis2=-1)

    shear = 2 * (3 * both - trace_product)
    second = (
        trace_i * trace_j
        + 2 * trace_product
        - 3 * (trace_i * along_j + trace_j * along_i + 4 * both)
        + 15 * along_i * along_j
    )
    return mean_velocity_squared * (shear / v_T**2 + (v_T**-2 - v_L**-2) * second)


@checked
def contraction_matrix(D, separation, v_L: float, v_T: float) -> np.ndarray:
    """`D_ij` of Eq. (A27) for all pairs of TLSs, dimensionless.

    Parameters
    ----------
    D : array, shape (N, 3, 3)
        Symmetric dipoles.
    separation : array, shape (N, N, 3)
        `r_i - r_j`, of any length but zero; only the upper triangle is used.
    v_L, v_T : float
        Speeds of sound, in the same unit.

    Returns
    -------
    array, shape (N, N)
        Symmetric, zero on the diagonal.

    Raises
    ------
    ValueError
        As :func:`dipole_contraction`; two TLSs at one place have no direction.
    """
    D = symmetric_tensor("D", D, leading=True)
    if D.ndim != 3 or len(D) == 0:
        refuse("D", D, "symmetric tensors, shape (N, 3, 3)")
    separation = finite_array("separation", separation, (len(D), len(D), 3))
    i, j = np.triu_indices(len(D), 1)
    if not separation[i, j].any(axis=-1).all():
        refuse("separation", separation, "different from zero for every pair")
    n = separation[i, j] / np.sqrt((separation[i, j] ** 2).sum(axis=-1, keepdims=True))
    contraction = np.zeros((len(D), len(D)))
    contraction[i, j] = contraction[j, i] = dipole_contraction(D[i], D[j], n, v_L, v_T)
    return contraction


@checked
def random_dipoles(rng: np.random.Generator, size: int, traceless: bool = True, norm: str = "gaussian") -> np.ndarray:
    """Random symmetric dipoles without preferred axes, normalised so that `<Tr D^2> = 1`.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int
        How many.
    traceless : bool
        Whether the TLSs change only the shape of their surroundings (traceless) or also the volume. With a trace, all
        six independent directions in the space of symmetric tensors are equally likely.
    norm : {"gaussian", "paper", "fixed"}
        Distribution of `Tr D^2`: a Gaussian for every independent entry, the square of one standard Gaussian as in
        Sec. IV A, or always 1.

    Returns
    -------
    array, shape (size, 3, 3)

    Raises
    ------
    ValueError
        If `size` is not a positive integer or `norm` is none of the three.
    """
    size, norm = integer("size", size, 1, LARGEST_SAMPLE), one_of("norm", norm, NORMS)
    D = rng.standard_normal((size, 3, 3))
    D = (D + D.swapaxes(1, 2)) / 2  # diagonal: variance 1, off-diagonal: 1/2 each, twice in Tr D^2
    if traceless:
        D -= np.trace(D, axis1=1, axis2=2)[:, None, None] * np.eye(3) / 3
    if norm == "gaussian":
        return D / np.sqrt(5 if traceless else 6)  # Tr D^2 is a chi-square with as many degrees of freedom
    D /= np.sqrt((D**2).sum(axis=(1, 2), keepdims=True))
    return D if norm == "fixed" else D * rng.standard_normal((size, 1, 1))


def _unit_vectors(name: str, value) -> np.ndarray:
    """Return `value` as unit vectors, shape (..., 3)."""
    n = real_array(name, value)
    if n.ndim == 0 or n.shape[-1] != 3:
        raise ValueError(f"{name} of shape {n.shape} is not allowed: it must be of shape (..., 3)")
    length = np.sqrt((n**2).sum(axis=-1))
    if not np.all(np.abs(length - 1) < 1e-12):
        raise ValueError(
            f"{name} is not allowed: its vectors must have length 1, but one has length {_worst(length):.16g}"
        )
    return n


def _worst(length: np.ndarray) -> float:
    """Entry furthest from 1; a NaN counts as furthest."""
    flat = np.ravel(length)
    return float(flat[np.argmax(np.nan_to_num(np.abs(flat - 1), nan=np.inf))])
