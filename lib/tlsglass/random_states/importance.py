"""Importance sampling: two-site states drawn near the edge of the entangled ones, with exact weights.

The entangled states of largest determinant lie near the Werner states: one Bell state with weight 1/2, the other three
with 1/6 each, in any frame. So Gaussians `G` are drawn whose rows, in a Bell basis, have these variances. A sample
`rho` then has to be weighted with the ratio of the densities. For a fixed frame, the Bell state `Phi` in front, this is
`(16/27)^K (3/2 - <Phi|rho|Phi>)^(4 K)`. It grows without bound for the states near another frame. So the frame is drawn
too, uniformly, and the weight is the harmonic mean of these ratios over all frames: bounded where it matters. In the
magic basis (Hill and Wootters, Phys. Rev. Lett. 78, 5022 (1997)) the maximally entangled states are the real unit
vectors `q`, and `<Phi|rho|Phi> = q^T Re(rho) q`.
"""

import numpy as np

from tlsglass._checks import integer, refuse
from tlsglass._signatures import checked
from tlsglass.kernels.random_states import log_rotation_average
from tlsglass.random_states.sampling import MAGIC, square_roots

WERNER = np.array([1 / 2, 1 / 6, 1 / 6, 1 / 6])
LARGEST = 2**24  # a weight takes 4 K steps
LOG_BASE = np.log(16 / 27)  # -ln of 256 / 432: largest determinant of all states over that of the entangled ones


@checked
def tilted_states(environment_dimension: int, n_states: int, rng: np.random.Generator) -> np.ndarray:
    """Two-site states drawn near a Werner state, to be used with :func:`log_weights`.

    All are drawn in one frame: nothing that is sampled here depends on it.

    Parameters
    ----------
    environment_dimension : int
        At least 4.
    n_states : int
    rng : numpy.random.Generator

    Returns
    -------
    complex array, shape (n_states, 4, 4)

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    integer("environment_dimension", environment_dimension, 4, LARGEST)
    X = (MAGIC * np.sqrt(WERNER)) @ square_roots(environment_dimension, n_states, rng)
    X /= np.linalg.norm(X, axis=(1, 2))[:, None, None]
    return X @ X.conj().swapaxes(1, 2)


@checked
def log_weights(rho: np.ndarray, environment_dimension: int) -> np.ndarray:
    """Logarithm of the density of random states over that of tilted ones, without the factor `(16/27)^K`.

    Parameters
    ----------
    rho : complex array, shape (n, 4, 4)
    environment_dimension : int
        At least 4.

    Returns
    -------
    array, shape (n,)

    Raises
    ------
    ValueError
        If `rho` is not an array of 4 x 4 matrices of finite numbers, or `environment_dimension` outside its range.
    """
    K = integer("environment_dimension", environment_dimension, 4, LARGEST)
    if rho.shape[1:] != (4, 4) or not np.all(np.isfinite(rho)):
        refuse("rho", rho, "a finite array of shape (n, 4, 4)")
    fidelities = np.linalg.eigvalsh((MAGIC.conj().T @ rho @ MAGIC).real)
    averages = np.empty(len(rho))
    log_rotation_average(1.5 - fidelities, 4 * K, averages)
    return -averages
