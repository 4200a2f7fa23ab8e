"""Static elasticity: the same interaction from Kelvin's solution, with no phonon in sight.

A TLS in the state `sigma` pulls on the solid with the force dipole `sigma gamma D`. In an isotropic solid the
displacement caused by a point force is known (Kelvin 1848; Landau and Lifshitz, Theory of Elasticity, section 8). Two
of its derivatives give the energy of two force dipoles.
"""

from functools import cache
from itertools import product

import sympy as sp

from tlsglass._checks import integer
from tlsglass._signatures import checked
from tlsglass.derivations.symbols import DENSITY, V_L, V_T, symbolic_tensor

POSITION = sp.symbols("x y z", real=True)
_DISTANCE = sp.sqrt(sum(c**2 for c in POSITION))


@checked
@cache
def kelvin_tensor(a: int, c: int) -> sp.Expr:
    """Displacement along `a` at `POSITION` caused by a unit point force along `c` at the origin.

    Written with the speeds of sound: the moduli are `mu = rho v_T^2` and `lambda + 2 mu = rho v_L^2`.
    """
    for name, axis in {"a": a, "c": c}.items():
        integer(name, axis, 0, 2)
    delta = sp.Integer(int(a == c)) / (V_T**2 * _DISTANCE)
    bend = sp.diff(_DISTANCE, POSITION[a], POSITION[c])
    return (delta - (V_T**-2 - V_L**-2) * bend / 2) / (4 * sp.pi * DENSITY)


@checked
def equilibrium_residual(a: int, c: int) -> sp.Expr:
    """Left-hand side of the equation of static equilibrium for :func:`kelvin_tensor`; zero away from the origin."""
    for name, axis in {"a": a, "c": c}.items():
        integer(name, axis, 0, 2)
    divergence = sum(sp.diff(kelvin_tensor(b, c), POSITION[b]) for b in range(3))
    laplacian = sum(sp.diff(kelvin_tensor(a, c), x, 2) for x in POSITION)
    return sp.simplify(V_T**2 * laplacian + (V_L**2 - V_T**2) * sp.diff(divergence, POSITION[a]))


@cache
def _on_axis(a: int, b: int, c: int, d: int) -> sp.Expr:
    """`d_b d_d G_ac` on the z axis, at unit distance."""
    gradient = sp.diff(kelvin_tensor(a, c), POSITION[b], POSITION[d])
    return sp.expand(gradient.subs(dict(zip(POSITION, (0, 0, 1), strict=True))))


def pair_energy(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Elastic energy of two force dipoles at unit distance along z, for `gamma_i sigma_i = gamma_j sigma_j = 1`.

    The whole energy of the pair, counted once: `D_i^{ab} D_j^{cd} d_b d_d G_ac`. It falls off as the inverse cube of
    the distance.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    D_i, D_j = symbolic_tensor("D_i", D_i), symbolic_tensor("D_j", D_j)
    terms = (D_i[a, b] * D_j[c, d] * _on_axis(a, b, c, d) for a, b, c, d in product(range(3), repeat=4))
    return sp.expand(sum(terms))


@checked
def biharmonic_residual(a: int, c: int) -> sp.Expr:
    """Twice the Laplacian of :func:`kelvin_tensor`; zero away from the origin.

    A dipole that is smeared over a Gaussian of width `w` changes the tensor, and with it the energy, by the operator
    `exp(w^2 laplacian / 2)`. As the second Laplacian vanishes, the change is exactly `w^2 / 2` times the first one,
    apart from the overlap of the two Gaussians: two widths are enough to extrapolate to a point.
    """
    for name, axis in {"a": a, "c": c}.items():
        integer(name, axis, 0, 2)
    tensor = kelvin_tensor(a, c)
    for _ in range(2):
        tensor = sp.factor(sum(sp.diff(tensor, x, 2) for x in POSITION))
    return tensor
