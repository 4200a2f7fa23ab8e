"""The contraction `D_ij` of two elastic dipoles, Eq. (A27): from the numbers `C_l`, and as a rotation invariant.

The paper gives `D_ij` in the frame whose z axis is `r_i - r_j`. Written with that direction as a unit vector `n` it
holds in any frame, and needs a dozen products where the sum over components has 162.
"""

from itertools import product

import sympy as sp

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.derivations.angular_integrals import AXES
from tlsglass.derivations.radial_integrals import tail
from tlsglass.derivations.symbols import V_L, V_T, V, symbolic_tensor

Z_AXIS = sp.Matrix([0, 0, 1])


@checked
def symbolic_dipole(label: str) -> sp.Matrix:
    """Symmetric 3 x 3 matrix of six real symbols, `D_<label>^{ab}`."""
    return sp.Matrix(3, 3, lambda a, b: sp.Symbol(f"D_{label}^{AXES[min(a, b)]}{AXES[max(a, b)]}", real=True))


def longitudinal_sum(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Compute the sum of (A23): `(C_0 + 2 C_2)^{abcd} D_i^{ab} D_j^{cd}`, with z along `r_i - r_j`.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    terms = (
        tail(AXES[a] + AXES[b] + AXES[c] + AXES[d]) * D_i[a, b] * D_j[c, d]
        for a, b, c, d in product(range(3), repeat=4)
    )
    return sp.expand(sum(terms))


def transverse_sum(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Compute the sum of (A25): `(2 C_0^{ac} delta^{bd} - C_0^{abcd} - 2 C_2^{abcd}) D_i^{ab} D_j^{cd}`.

    As in :func:`longitudinal_sum`, z is along `r_i - r_j`.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    two_letters = sum(tail(AXES[a] + AXES[c]) * D_i[a, b] * D_j[c, b] for a, b, c in product(range(3), repeat=3))
    return sp.expand(two_letters - longitudinal_sum(D_i, D_j))


def contraction(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """`D_ij` of Eq. (A27), in the symbols `V`, `V_L`, `V_T`, with z along `r_i - r_j`.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    longitudinal, transverse = longitudinal_sum(D_i, D_j), transverse_sum(D_i, D_j)
    return -(V**2) * (longitudinal / V_L**2 + transverse / V_T**2)


def invariants(D_i: sp.Matrix, D_j: sp.Matrix, n: sp.Matrix = Z_AXIS) -> tuple[sp.Expr, sp.Expr]:
    r"""Two rotation invariants :math:`(\mathcal S, \mathcal L)` of which every coupling is made.

    :math:`\mathcal S = 2 [3\, n D_i D_j n - \mathrm{Tr} D_i D_j]` and :math:`\mathcal L = \mathrm{Tr} D_i \mathrm{Tr}
    D_j + 2\, \mathrm{Tr} D_i D_j - 3 (\mathrm{Tr} D_i\, n D_j n + \mathrm{Tr} D_j\, n D_i n + 4\, n D_i D_j n) + 15\,
    n D_i n\, n D_j n`.

    Parameters
    ----------
    D_i, D_j : sympy Matrix, shape (3, 3)
        Symmetric.
    n : sympy Matrix, shape (3, 1)
        Unit vector along `r_i - r_j`.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    n = _unit(n)
    u, w = D_i * n, D_j * n
    both, trace_product = u.dot(w), (D_i * D_j).trace()
    nin, njn = n.dot(u), n.dot(w)
    trace_i, trace_j = D_i.trace(), D_j.trace()
    shear = 2 * (3 * both - trace_product)
    mixed = trace_i * njn + trace_j * nin + 4 * both
    return sp.expand(shear), sp.expand(trace_i * trace_j + 2 * trace_product - 3 * mixed + 15 * nin * njn)


def invariant_contraction(D_i: sp.Matrix, D_j: sp.Matrix, n: sp.Matrix = Z_AXIS) -> sp.Expr:
    """`D_ij` of Eq. (A27) for any direction: `v^2 [shear / v_T^2 + (1 / v_T^2 - 1 / v_L^2) second invariant]`.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    shear, second = invariants(D_i, D_j, n)
    return V**2 * (shear / V_T**2 + (V_T**-2 - V_L**-2) * second)


def _unit(n) -> sp.Matrix:
    try:
        n = sp.Matrix(n)
        known_to_differ = n.shape != (3, 1) or sp.simplify(n.dot(n) - 1).is_zero is False
    except Exception:  # whatever sympy raises
        known_to_differ = True
    return refuse("n", n, "a unit vector of shape (3, 1)") if known_to_differ else n
