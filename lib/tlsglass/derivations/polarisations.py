"""The three phonon polarisations of one wave vector, and the sums over them that (A21) and (A24) need."""

import sympy as sp

from tlsglass._checks import one_of
from tlsglass._signatures import checked
from tlsglass.derivations.symbols import symbolic_tensor

THETA, PHI = sp.symbols("theta phi", real=True)
BRANCHES = ("longitudinal", "transverse")


def direction() -> sp.Matrix:
    """Return the unit vector along the wave vector, at the angles `THETA` and `PHI`."""
    return sp.Matrix([sp.sin(THETA) * sp.cos(PHI), sp.sin(THETA) * sp.sin(PHI), sp.cos(THETA)])


def polarisation_vectors(branch: str) -> tuple[sp.Matrix, ...]:
    """Return the unit polarisation vectors of a branch: along the wave vector, or the two across it.

    Raises
    ------
    ValueError
        If `branch` is not "longitudinal" or "transverse".
    """
    if one_of("branch", branch, BRANCHES) == "longitudinal":
        return (direction(),)
    return (direction().diff(THETA), sp.Matrix([-sp.sin(PHI), sp.cos(PHI), 0]))


@checked
def on_circles(expression: sp.Expr) -> sp.Expr:
    """Expand a polynomial in the sines and cosines of `THETA` and `PHI`, with `sin^2 = 1 - cos^2`: a normal form."""
    for angle in (THETA, PHI):
        square = 1 - sp.cos(angle) ** 2

        def lower(power, angle=angle, square=square):
            return square ** (power.exp // 2) * sp.sin(angle) ** (power.exp % 2)

        expression = sp.expand(expression).replace(
            lambda e, angle=angle: e.is_Pow and e.base == sp.sin(angle) and e.exp.is_Integer and e.exp > 1, lower
        )
    return sp.expand(expression)


def projector(branch: str) -> sp.Matrix:
    """Sum of `e^a e^b` over the polarisations of a branch; (A24) is the transverse one.

    Raises
    ------
    ValueError
        If `branch` is not "longitudinal" or "transverse".
    """
    return sum((e * e.T for e in polarisation_vectors(branch)), sp.zeros(3, 3)).applyfunc(on_circles)


def strain_sum(branch: str, D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Sum over polarisations of `(D_i^{ab} e^{ab}) (D_j^{cd} e^{cd}) / q^2`, from the strains below Eq. (8).

    Raises
    ------
    ValueError
        If `branch` is not "longitudinal" or "transverse", or a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    q = direction()
    strains = [(q * e.T + e * q.T) / 2 for e in polarisation_vectors(branch)]
    return sp.Add(*((D_i * s).trace() * (D_j * s).trace() for s in strains))


def reduced_sum(branch: str, D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Compute the same sum as the paper reduces it: `q D_i q q D_j q`, and `q D_i D_j q - q D_i q q D_j q`.

    Raises
    ------
    ValueError
        If `branch` is not "longitudinal" or "transverse", or a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    q = direction()
    both = q.dot(D_i * q) * q.dot(D_j * q)
    return both if one_of("branch", branch, BRANCHES) == "longitudinal" else (D_i * q).dot(D_j * q) - both
