r"""The free TLS: from `H_TLS` of Eq. (3) to its eigenoperators, Eqs. (10)-(14).

Every traceless operator of one site is `v . sigma` with a vector `v` of three numbers. Commuting with
`H = h . sigma` turns `v` into `2 i h x v`, so the operator equation (10) is an eigenvalue problem of a 3 x 3 matrix.

Conventions, all of which the functions below return rather than assume:

* the level splitting is `hbar nu = 2 sqrt(eps^2 + Delta^2)`; `eps` is half the bias of the double well;
* `S^z = +1` is the ground state, and `S^+` lowers the energy;
* `S^+- = S^x +- i S^y` are twice the usual ladder operators: `S^- S^+ = 2 (1 - S^z)`.
"""

from collections.abc import Sequence

import sympy as sp

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.derivations.symbols import DELTA

EPS = sp.Symbol("varepsilon", real=True)

PAULI = (
    sp.Matrix([[0, 1], [1, 0]]),
    sp.Matrix([[0, -sp.I], [sp.I, 0]]),
    sp.Matrix([[1, 0], [0, -1]]),
)

EIGENOPERATORS = ("z", "+", "-")


def _real(name: str, value) -> sp.Expr:
    value = sp.sympify(value)
    if not isinstance(value, sp.Expr) or value.is_real is False or value.is_finite is False or value is sp.nan:
        raise ValueError(f"{name} = {value} is not allowed: it must be a real number or a real symbol")
    return value


def _parameters(asymmetry, tunnelling) -> tuple[sp.Expr, sp.Expr]:
    asymmetry, tunnelling = _real("asymmetry", asymmetry), _real("tunnelling", tunnelling)
    if asymmetry == 0 and tunnelling == 0:
        raise ValueError(
            "asymmetry = tunnelling = 0 is not allowed: at least one must differ from 0, or the TLS has no splitting"
        )
    return asymmetry, tunnelling


def _label(name: str) -> str:
    if name not in EIGENOPERATORS:
        raise ValueError(f"name = {name!r} is not allowed: it must be one of {', '.join(map(repr, EIGENOPERATORS))}")
    return name


@checked
def commutator(a: sp.Matrix, b: sp.Matrix) -> sp.Matrix:
    """Commutator `[a, b]` of two square matrices of the same size."""
    for name, matrix in {"a": a, "b": b}.items():
        if matrix.rows != matrix.cols or matrix.shape != a.shape:
            refuse(name, matrix, "square, a and b of one size")
    return a * b - b * a


@checked
def along_pauli(vector: Sequence[sp.Expr]) -> sp.Matrix:
    """Operator `v . sigma`, shape (2, 2), of a vector `v` of three numbers, in the basis of the two wells."""
    if len(vector) != 3:
        raise ValueError(f"vector = {vector} is not allowed: it must have 3 components")
    return sum((v * sigma for v, sigma in zip(vector, PAULI, strict=True)), sp.zeros(2, 2))


@checked
def pauli_components(operator: sp.Matrix) -> sp.Matrix:
    """Vector `v`, shape (3, 1), of the traceless part `v . sigma` of a 2 x 2 operator: `v_a = Tr(sigma_a O) / 2`."""
    if operator.shape != (2, 2):
        raise ValueError(f"operator of shape {operator.shape} is not allowed: it must have shape (2, 2)")
    return sp.Matrix([sp.expand((sigma * operator).trace() / 2) for sigma in PAULI])


@checked
def hamiltonian(asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Matrix:
    """Hamiltonian of one TLS, Eq. (3): `Delta sigma^x + eps sigma^z`, shape (2, 2), in the basis of the two wells.

    Parameters
    ----------
    asymmetry, tunnelling : number or sympy expression
        `eps` and `Delta`, real, in one unit of energy; not both 0.

    Raises
    ------
    ValueError
        If a parameter is not real and finite, or both are 0.
    """
    asymmetry, tunnelling = _parameters(asymmetry, tunnelling)
    return along_pauli([tunnelling, 0, asymmetry])


@checked
def splitting(asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Expr:
    """Level splitting of Eq. (11), an energy: `hbar nu = 2 sqrt(eps^2 + Delta^2)`.

    Parameters and errors as in :func:`hamiltonian`.
    """
    asymmetry, tunnelling = _parameters(asymmetry, tunnelling)
    return 2 * sp.sqrt(asymmetry**2 + tunnelling**2)


@checked
def commutator_matrix(asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Matrix:
    """Matrix `M` of "commute with `H`": `[H, v . sigma] = (M v) . sigma`, shape (3, 3), Hermitian.

    Column b holds the Pauli components of `[H, sigma_b]`. Parameters and errors as in :func:`hamiltonian`.
    """
    h = hamiltonian(asymmetry, tunnelling)
    return sp.Matrix.hstack(*(pauli_components(commutator(h, sigma)) for sigma in PAULI))


@checked
def eigenvalue(name: str, asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Expr:
    """Energy `hbar nu_{i,0}`, `hbar nu_{i,+}` or `hbar nu_{i,-}` of Eq. (11), for `name` "z", "+" or "-".

    It is the energy that the operator *removes* from the TLS: `[H, S] = -hbar nu S`, Eq. (10).
    """
    sign = {"z": 0, "+": 1, "-": -1}[_label(name)]
    return sign * splitting(asymmetry, tunnelling)


@checked
def eigenprojector(name: str, asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Matrix:
    """Projector, shape (3, 3), on the vectors `v` with `[H, v . sigma] = -hbar nu_name (v . sigma)`.

    The three eigenvalues are known, so the projector is a polynomial of the matrix, with one factor for each of the
    *other* two eigenvalues. No eigenvector routine is needed, and no simplification of square roots.
    """
    M = commutator_matrix(asymmetry, tunnelling)
    mine = -eigenvalue(name, asymmetry, tunnelling)
    projector = sp.eye(3)
    for other in EIGENOPERATORS:
        if other != name:
            theirs = -eigenvalue(other, asymmetry, tunnelling)
            projector = projector * (M - theirs * sp.eye(3)) / (mine - theirs)
    return projector.applyfunc(sp.cancel)


@checked
def eigenoperator_vector(name: str, asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Matrix:
    """Vector of Eq. (13), shape (3, 1): `S^name = v . sigma`.

    Derived, not copied: the eigenprojector acts on a start vector, and the convention fixes length and phase.
    `v_0` is minus the unit vector along `h`, so that `H = -hbar nu S^z / 2`; `v_+-` are normalised so that
    `S^x = (S^+ + S^-) / 2` and `S^y = sigma^y` are Pauli matrices.

    Parameters
    ----------
    name : {"z", "+", "-"}
    asymmetry, tunnelling : number or sympy expression
        `eps` and `Delta`, as in :func:`hamiltonian`.

    Raises
    ------
    ValueError
        If `name` is none of the three, or a parameter is not allowed.
    """
    projector = eigenprojector(name, asymmetry, tunnelling)
    if name == "z":
        h = pauli_components(hamiltonian(asymmetry, tunnelling))
        start = -2 * h / splitting(asymmetry, tunnelling)
    else:
        start = sp.Matrix([0, 2 * sp.I if name == "+" else -2 * sp.I, 0])
    return (projector * start).applyfunc(sp.cancel)


@checked
def eigenoperator(name: str, asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA) -> sp.Matrix:
    """Eigenoperator `S^z`, `S^+` or `S^-` of Eq. (12), shape (2, 2), in the basis of the two wells.

    Parameters and errors as in :func:`eigenoperator_vector`.
    """
    return along_pauli(eigenoperator_vector(name, asymmetry, tunnelling))


@checked
def in_eigenoperators(
    vector: Sequence[sp.Expr], asymmetry: sp.Expr = EPS, tunnelling: sp.Expr = DELTA
) -> dict[str, sp.Expr]:
    """Coefficients of `v . sigma` on `S^z, S^+, S^-`.

    For `vector = (0, 0, 1)` this is `sigma^z = -(2 eps / hbar nu) S^z + (Delta / hbar nu) (S^+ + S^-)`. The
    coefficients are the prefactors of Eqs. (19) and (20): phonons couple to `sigma^z`.

    Parameters
    ----------
    vector : sequence of 3 numbers or sympy expressions
    asymmetry, tunnelling : number or sympy expression
        `eps` and `Delta`, as in :func:`hamiltonian`.

    Returns
    -------
    dict
        Keys "z", "+", "-".
    """
    operator = along_pauli(vector)
    coefficients = {}
    for name in EIGENOPERATORS:
        S = eigenoperator(name, asymmetry, tunnelling)
        # The three are orthogonal under Tr(A^+ B).
        coefficients[name] = sp.cancel((S.H * operator).trace() / (S.H * S).trace())
    return coefficients
