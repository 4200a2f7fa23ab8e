"""Gauss quadrature for averages over a Beta distribution."""

import numpy as np
from scipy.linalg import eigh_tridiagonal

from tlsglass._checks import integer, positive
from tlsglass._signatures import checked


@checked
def beta_nodes(n: int, p: float, q: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights that average polynomials of degree below `2 n` exactly over a Beta distribution.

    Parameters
    ----------
    n : int
        Number of nodes, from 1 to 10 000.
    p, q : float
        The density is proportional to `x^(p - 1) (1 - x)^(q - 1)` on `0 < x < 1`.

    Returns
    -------
    nodes, weights : arrays, shape (n,)
        The weights sum to 1. They come from the orthonormal polynomials at the nodes, which keeps their digits where
        they are tiny; those from eigenvectors (Golub and Welsch) lose them.

    Raises
    ------
    ValueError
        If a parameter is outside its range.
    """
    integer("n", n, 1, 10_000)
    a, b = positive("q", q) - 1, positive("p", p) - 1
    k = np.arange(n, dtype=float)
    s = 2 * k + a + b
    with np.errstate(invalid="ignore", divide="ignore"):  # 0/0 at k = 0 and 1 if a + b = 0 or -1: set below
        diagonal = 0.5 + 0.5 * (b * b - a * a) / (s * (s + 2))
        square = k * (k + a) * (k + b) * (k + a + b) / (s**2 * (s + 1) * (s - 1))
    diagonal[0] = p / (p + q)
    if n > 1:
        square[1] = p * q / ((p + q) ** 2 * (p + q + 1))
    off = np.sqrt(square[1:])
    x = eigh_tridiagonal(diagonal, off, eigvals_only=True)
    before, now = np.zeros(n), np.ones(n)
    total = now**2
    for j in range(n - 1):
        before, now = now, ((x - diagonal[j]) * now - (off[j - 1] * before if j else 0.0)) / off[j]
        total += now**2
    return x, 1 / total
