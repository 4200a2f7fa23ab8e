"""The symbols that several derivations share, and the one check of a symbolic dipole tensor."""

import sympy as sp

from tlsglass._checks import refuse

HBAR, DENSITY = sp.symbols("hbar rho", positive=True)
DELTA, NU = sp.symbols("Delta nu", positive=True)  # tunnelling amplitude of Eq. (3), and frequency of Eq. (11)
V, V_L, V_T = sp.symbols("v v_L v_T", positive=True)
MEAN_VELOCITY = (3 / (1 / V_L**3 + 2 / V_T**3)) ** sp.Rational(1, 3)  # Eq. (A9); V stands for it where it stays closed


def symbolic_tensor(name: str, value, symmetric: bool = True) -> sp.Matrix:
    """Return `value` as a sympy matrix if it is 3 x 3 and symmetric.

    Strain is symmetric, so the antisymmetric part of a dipole couples to nothing: sums over components that already use
    the symmetry, as (A10), (A23) and (A25) do, would count it.

    Parameters
    ----------
    name : str
        Of the argument, for the message.
    value : matrix, shape (3, 3)
        Numbers or sympy expressions.
    symmetric : bool
        Whether it must be symmetric.

    Raises
    ------
    ValueError
        If it is not, or an entry is not a finite number or expression.
    """
    allowed = "a symmetric matrix of shape (3, 3)" if symmetric else "a matrix of shape (3, 3)"
    try:
        rows = value.tolist() if hasattr(value, "tolist") else value
        if [len(row) for row in rows] != [3, 3, 3]:
            refuse(name, value, allowed)
        matrix = sp.Matrix([[sp.sympify(x, strict=True) for x in row] for row in rows])
    except (sp.SympifyError, AttributeError, TypeError, ValueError):
        matrix = None
    if matrix is None or any(not isinstance(x, sp.Expr) or x.is_finite is False or x is sp.nan for x in matrix):
        refuse(name, value, allowed)
    if symmetric and not (matrix - matrix.T).applyfunc(sp.expand).is_zero_matrix:
        refuse(name, value, allowed)
    return matrix
