"""Exact moments of `D_ij` for random dipoles without preferred axes: what a sample must converge to.

`D_ij` is bilinear, `D_i . M . D_j`, in the space of symmetric tensors (six dimensions, five without the trace).
Rotations about the axis between the TLSs make `M` nearly diagonal: one strength for each `|m|` of the five traceless
shapes, and one number that mixes the pure change of volume with the shape `m = 0`.
"""

from functools import cache

import sympy as sp

from tlsglass._checks import one_of, positive, refuse
from tlsglass._signatures import checked
from tlsglass.derivations.dipole_contraction import invariant_contraction
from tlsglass.derivations.symbols import MEAN_VELOCITY, V_L, V_T, V

# Fourth moment of the size of a dipole, <(Tr D^2)^2>, where <Tr D^2> = 1; d is the number of dimensions.
_FOURTH = {
    "gaussian": lambda d: sp.Rational(d + 2, d),
    "paper": lambda d: sp.Integer(3),
    "fixed": lambda d: sp.Integer(1),
}


def shapes() -> dict[str, sp.Matrix]:
    """Orthonormal symmetric tensors: five shapes, labelled by angular momentum about z, and the dilatation."""
    half = 1 / sp.sqrt(2)
    return {
        "m=0": sp.diag(-1, -1, 2) / sp.sqrt(6),
        "m=1, xz": half * sp.Matrix([[0, 0, 1], [0, 0, 0], [1, 0, 0]]),
        "m=1, yz": half * sp.Matrix([[0, 0, 0], [0, 0, 1], [0, 1, 0]]),
        "m=2, xx-yy": half * sp.diag(1, -1, 0),
        "m=2, xy": half * sp.Matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]]),
        "dilatation": sp.eye(3) / sp.sqrt(3),
    }


@checked
@cache
def interaction_matrix(traceless: bool = True) -> sp.ImmutableMatrix:
    """Matrix `M` of `D_ij` in the basis :func:`shapes`; the dilatation left out if `traceless`."""
    basis = list(shapes().values())[: 5 if traceless else 6]
    return sp.ImmutableMatrix(len(basis), len(basis), lambda a, b: sp.expand(invariant_contraction(basis[a], basis[b])))


@checked
def mean_square(traceless: bool = True) -> sp.Expr:
    """Exact `<D_ij^2>` for dipoles without preferred axes and with `<Tr D^2> = 1`, in `V`, `V_L`, `V_T`.

    It does not depend on the distribution of `Tr D^2`.
    """
    M = interaction_matrix(traceless)
    return sp.expand((M * M.T).trace() / M.rows**2)


@checked
def kurtosis(traceless: bool = True, norm: str = "gaussian") -> sp.Expr:
    """Exact kurtosis `<D_ij^4> / <D_ij^2>^2` of what :func:`tlsglass.disorder.dipoles.random_dipoles` draws.

    Raises
    ------
    ValueError
        If `norm` is not "gaussian", "paper" or "fixed".
    """
    fourth = _FOURTH[one_of("norm", norm, _FOURTH)]
    M = interaction_matrix(traceless)
    A, d = M * M.T, M.rows
    gaussian = 3 * (1 + 2 * (A * A).trace() / A.trace() ** 2)
    return gaussian * (fourth(d) / _FOURTH["gaussian"](d)) ** 2


@checked
def at_velocities(expression: sp.Expr, v_L: float, v_T: float) -> float:
    """Value of an expression in `V`, `V_L`, `V_T` at two speeds of sound, with the mean velocity (A9).

    Raises
    ------
    ValueError
        If a speed is not positive, or the expression is not a real number there.
    """
    speeds = {V_L: sp.Float(positive("v_L", v_L)), V_T: sp.Float(positive("v_T", v_T))}
    value = expression.subs(V, MEAN_VELOCITY).subs(speeds)
    if not (value.is_number and value.is_real):
        refuse("expression", expression, "an expression in V, V_L and V_T that is real at these speeds")
    return float(value)
