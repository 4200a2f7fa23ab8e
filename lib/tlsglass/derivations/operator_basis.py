"""Appendix D: the master equation (15) as ordinary differential equations for coefficients of operator products.

`rho = sum C_{mu_1 ... mu_N} S_1^{mu_1} ... S_N^{mu_N}` with `mu` in (0, +, -, z), in this order. `S^+-` are twice the
usual ladder operators, and the ground state, `S^z = +1`, comes first. Everything is dense: for small N only.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from tlsglass._checks import finite_array, integer, refuse
from tlsglass._signatures import checked

LABELS = ("0", "+", "-", "z")
BASIS = np.array([np.eye(2), [[0, 2], [0, 0]], [[0, 0], [2, 0]], np.diag([1, -1])], dtype=complex)  # mu row column
LARGEST_N = 4

# (D7): both are symmetric, so nothing depends on which index comes first.
ZETA = np.zeros((4, 4))
ZETA[0, 3] = ZETA[3, 0] = 1.0
KAPPA = np.diag([0.0, 2.0, -2.0, 0.0])


def multiplication_from_the_left() -> np.ndarray:
    """Matrix `A` of `S^z S^mu = sum_mu' A[mu, mu'] S^mu'`: the first factor of each product in (D6)."""
    return ZETA + KAPPA / 2


def multiplication_from_the_right() -> np.ndarray:
    """Matrix `A` of `S^mu S^z = sum_mu' A[mu, mu'] S^mu'`."""
    return ZETA - KAPPA / 2


def commutator_d6() -> np.ndarray:
    """(D6) with the missing primes restored: `[S_i^z S_j^z, S_i^mu S_j^nu]` in the basis.

    Returns
    -------
    array, shape (4, 4, 4, 4)
        Indices mu, nu, mu', nu'.
    """
    first = np.einsum("ac,bd->abcd", multiplication_from_the_left(), KAPPA)
    return first + np.einsum("ac,bd->abcd", KAPPA, multiplication_from_the_right())


def commutator_d8() -> np.ndarray:
    """Return the same commutator in the short form of (D8): `zeta kappa + kappa zeta`; indices mu, nu, mu', nu'."""
    return np.einsum("ac,bd->abcd", ZETA, KAPPA) + np.einsum("ac,bd->abcd", KAPPA, ZETA)


@checked
def operator_product(labels: Sequence[int]) -> np.ndarray:
    """`S_1^{mu_1} ... S_N^{mu_N}`, shape (2^N, 2^N), for indices `mu` from 0 to 3."""
    labels = [integer("labels", mu, 0, 3) for mu in labels]
    if not labels:
        refuse("labels", labels, "one or more indices")
    return reduce(np.kron, (BASIS[mu] for mu in labels))


def _parameters(nu, J, Y, occupation):
    n = len(finite_array("nu", nu, (None,)))
    if n > LARGEST_N:
        raise ValueError(f"len(nu) = {n} is not allowed: the generator is dense, at most {LARGEST_N} TLSs")
    nu, Y, occupation = (
        finite_array(name, value, (n,)) for name, value in (("nu", nu), ("Y", Y), ("occupation", occupation))
    )
    J = finite_array("J", J, (n, n))
    if np.any(J != J.T) or np.any(np.diag(J) != 0):
        raise ValueError(f"J = {J!r} is not allowed: it must be symmetric with a zero diagonal")
    return n, nu, J, Y, occupation


@checked
def generator(nu, J, Y, occupation) -> np.ndarray:
    """Matrix of (D9): `d/dt C = generator @ C`, from (D3), (D4) and (D7), with `hbar = 1`.

    Parameters
    ----------
    nu, Y, occupation : arrays, shape (N,)
        Frequencies, dissipation rates and `f_T(hbar nu_i)`; N <= 4.
    J : array, shape (N, N)
        Symmetric couplings, zero diagonal; both orders of a pair count.

    Returns
    -------
    array, shape (4^N, 4^N)
        The index of the first TLS changes slowest.

    Raises
    ------
    ValueError
        If a shape is wrong, `J` is not symmetric or N is too large.
    """
    n, nu, J, Y, occupation = _parameters(nu, J, Y, occupation)

    def acting(factors):  # a product of 4 x 4 matrices, the unit matrix where none is given
        return reduce(np.kron, (factors.get(site, np.eye(4)) for site in range(n)))

    total = np.zeros((4**n, 4**n), dtype=complex)
    for i in range(n):
        decay = -4 * Y[i] * (1 + 2 * occupation[i])  # (D4)
        single = np.diag([0, decay / 2 + 1j * nu[i], decay / 2 - 1j * nu[i], decay])
        single[3, 0] = 4 * Y[i]  # (D3)
        total += acting({i: single})
        for j in range(i + 1, n):
            total += -2j * J[i, j] * (acting({i: ZETA, j: KAPPA}) + acting({i: KAPPA, j: ZETA}))
    return total
