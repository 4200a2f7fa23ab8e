"""Random states drawn: whole states, and the two-site state alone at a cost that does not depend on the size.

The two-site state of a Haar-random state of `N` spins is `W / Tr W` with `W = G G^+`, where `G` is a matrix of
independent complex Gaussians, 4 rows and `K = 2^(N - 2)` columns: one row for each state of the pair (Zyczkowski and
Sommers, J. Phys. A 34, 7111 (2001)).
"""

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, integer
from tlsglass._signatures import checked

# Columns: the four Bell states, with phases that make every real combination of them maximally entangled.
MAGIC = np.array([[1, 0, 0, 1], [1j, 0, 0, -1j], [0, 1j, 1j, 0], [0, 1, -1, 0]]).T / np.sqrt(2)


@checked
def block_generator(seed: int, *key: int) -> np.random.Generator:
    """Random numbers of one block of states, from the seed and the numbers `key` that say which block it is."""
    integer("seed", seed, at_least=0)
    for number in key:
        integer("key", number, at_least=0)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


@checked
def haar_states(n_tls: int, n_states: int, rng: np.random.Generator) -> np.ndarray:
    """Haar-random pure states of `n_tls` spins, not normalised.

    Parameters
    ----------
    n_tls : int
        At least 2.
    n_states : int
        At least 1.
    rng : numpy.random.Generator

    Returns
    -------
    complex array, shape (n_states, 2^n_tls)
        Independent Gaussian amplitudes: their direction is uniform (Haar), and independent of their norm.

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    integer("n_tls", n_tls, 2, 24)  # 2^N amplitudes a state
    integer("n_states", n_states, 1, LARGEST_SAMPLE)
    return rng.standard_normal((n_states, 2 ** (n_tls + 1))).view(complex)


@checked
def square_roots(environment_dimension: int, n_states: int, rng: np.random.Generator) -> np.ndarray:
    """Draw `L` with `L L^+` distributed as `G G^+` for a complex Gaussian `G` with `environment_dimension` columns.

    With four columns or more `L` is the lower triangle that elimination leaves of `G`: Gaussians below the diagonal,
    roots of Gamma variables on it (Bartlett). With fewer it is `G` itself.

    Parameters
    ----------
    environment_dimension : int
        Dimension `K` of what is traced out, at least 1.
    n_states : int
        At least 1.
    rng : numpy.random.Generator

    Returns
    -------
    complex array, shape (n_states, 4, min(4, K))
        The mean of `L L^+` is `K` times the identity.

    Raises
    ------
    ValueError
        If a number is outside its range.

    References
    ----------
    M. S. Bartlett, Proc. R. Soc. Edinburgh 53, 260 (1933).
    """
    K = integer("environment_dimension", environment_dimension, 1, 2**1000)
    integer("n_states", n_states, 1, LARGEST_SAMPLE)
    L = rng.standard_normal((n_states, 4, 2 * min(4, K))).view(complex) / np.sqrt(2)
    if K >= 4:
        L = np.tril(L, -1)
        for i in range(4):
            L[:, i, i] = np.sqrt(rng.gamma(K - i, size=n_states))
    return L


@checked
def two_site_states(environment_dimension: int, n_states: int, rng: np.random.Generator) -> np.ndarray:
    """Two-site states of Haar-random states, drawn directly.

    Parameters
    ----------
    environment_dimension : int
        `K = 2^(N - 2)` for `N` spins; any number from 1 on is allowed.
    n_states : int
    rng : numpy.random.Generator

    Returns
    -------
    complex array, shape (n_states, 4, 4)
        Density matrices; below `K = 4` of rank `K`.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Examples
    --------
    >>> import numpy as np
    >>> from tlsglass.random_states.sampling import two_site_states
    >>> rho = two_site_states(2**98, 3, np.random.default_rng(1))  # of a hundred spins
    >>> bool(np.allclose(rho, np.eye(4) / 4))
    True
    """
    L = square_roots(environment_dimension, n_states, rng)
    L /= np.linalg.norm(L, axis=(1, 2))[:, None, None]
    return L @ L.conj().swapaxes(1, 2)
