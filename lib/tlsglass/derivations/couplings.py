"""From the bath correlator to the couplings: Eqs. (A14), (A15), (A21)-(A28), and the elastic energy they stand for."""

import sympy as sp

from tlsglass._signatures import checked
from tlsglass.derivations.dipole_contraction import longitudinal_sum, transverse_sum
from tlsglass.derivations.elastic_green import pair_energy
from tlsglass.derivations.symbols import DENSITY, HBAR, V_L, V_T, V

R, GAMMA_I, GAMMA_J = sp.symbols("r_ij gamma_i gamma_j", positive=True)
EPS_I, EPS_J = sp.symbols("varepsilon_i varepsilon_j", real=True)
NU_I, NU_J = sp.symbols("nu_i nu_j", positive=True)
_OMEGA, _OCCUPATION, _PHASE = (
    sp.Symbol("omega", positive=True),
    sp.Symbol("f_T", nonnegative=True),
    sp.Symbol("chi", real=True),
)
_XI = sp.symbols("xi_i xi_j")
_SIGMA = sp.symbols("sigma_i sigma_j", real=True)


def thermal_weight() -> sp.Expr:
    """Bracket of (A6) from one mode and its mirror image `-q`, at `omega = 0`.

    The occupation number cancels between absorption and emission: the couplings do not depend on temperature.
    """
    one_mode = sum(
        (_OCCUPATION + 1) / (-_OMEGA) * sp.exp(sp.I * sign * _PHASE)
        + _OCCUPATION / _OMEGA * sp.exp(-sp.I * sign * _PHASE)
        for sign in (1, -1)
    )
    return sp.simplify(sp.expand(one_mode).rewrite(sp.cos))


def Pi_longitudinal(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Longitudinal phonons' share of `Pi_ij`, Eq. (A23).

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    return -_prefactor() / V_L**2 * longitudinal_sum(D_i, D_j)


def Pi_transverse(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """Transverse phonons' share of `Pi_ij`, Eq. (A25).

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    return -_prefactor() / V_T**2 * transverse_sum(D_i, D_j)


def _prefactor() -> sp.Expr:
    """Factor of (A21), without its sign, times `1 / (2 pi^2)` of the measure and `pi / 4` of the radial integral."""
    return GAMMA_I * GAMMA_J / (DENSITY * HBAR * R**3) / (2 * sp.pi**2) * sp.pi / 4


@checked
def Pi_total(D_ij: sp.Expr) -> sp.Expr:
    """`Pi_ij` of Eq. (A26), given the contraction `D_ij`."""
    return GAMMA_I * GAMMA_J * D_ij / (8 * sp.pi * DENSITY * HBAR * V**2 * R**3)


@checked
def J_from_Pi(Pi_ij: sp.Expr) -> sp.Expr:
    """Coupling `J_ij` from `Pi_ij`, Eq. (A15)."""
    return (2 * EPS_I / (HBAR * NU_I)) * (2 * EPS_J / (HBAR * NU_J)) * HBAR / 2 * Pi_ij


@checked
def J_printed(D_ij: sp.Expr) -> sp.Expr:
    """Coupling `J_ij` as printed in (22) and (A28), given the contraction `D_ij`."""
    return (
        GAMMA_I * EPS_I / (HBAR * NU_I) * GAMMA_J * EPS_J / (HBAR * NU_J) * D_ij / (4 * sp.pi * DENSITY * V**2 * R**3)
    )


def J_from_phonons(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """`J_ij` by the paper's route: angular integrals, radial integrals, (A15).

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    return J_from_Pi(Pi_longitudinal(D_i, D_j) + Pi_transverse(D_i, D_j))


def J_from_elasticity(D_i: sp.Matrix, D_j: sp.Matrix) -> sp.Expr:
    """`J_ij` by Kelvin's solution: half of the elastic energy of the pair, in the eigenbasis of the two TLSs.

    Half, because the sum over `i` and `j` in (15), (16) and (23) meets every pair twice. The factors `-2 eps / (hbar
    nu)` are the S^z parts of the two sigma^z.

    Raises
    ------
    ValueError
        If a dipole is not a symmetric 3 x 3 matrix.
    """
    tilts = (-2 * EPS_I / (HBAR * NU_I)) * (-2 * EPS_J / (HBAR * NU_J))
    return tilts * GAMMA_I * GAMMA_J * pair_energy(D_i, D_j) / R**3 / 2


def displaced_mode_energy() -> sp.Expr:
    """Least energy of one phonon mode pulled by two TLSs in fixed states: the square is completed.

    The classical energy `hbar omega |psi|^2 + sum_i sigma_i (xi_i psi + c.c.)` is least where its derivative with
    respect to the conjugate of `psi` vanishes.

    Returns
    -------
    sympy expression
        In `xi_i`, `xi_j` (complex), `sigma_i`, `sigma_j` (real), `hbar` and `omega`.
    """
    psi, psi_bar = sp.symbols("psi psibar")
    pull = sum(s * x for s, x in zip(_SIGMA, _XI, strict=True))
    pull_bar = sum(s * sp.conjugate(x) for s, x in zip(_SIGMA, _XI, strict=True))
    energy = HBAR * _OMEGA * psi * psi_bar + pull * psi + pull_bar * psi_bar
    at_rest = {psi: sp.solve(energy.diff(psi_bar), psi)[0], psi_bar: sp.solve(energy.diff(psi), psi_bar)[0]}
    return sp.expand(energy.subs(at_rest))


def pair_energy_of_mode() -> sp.Expr:
    """Coefficient of `sigma_i sigma_j` in :func:`displaced_mode_energy`: one mode of the pair energy."""
    energy = displaced_mode_energy()
    return sp.expand(energy).coeff(_SIGMA[0], 1).coeff(_SIGMA[1], 1)


def both_orders_of_mode() -> sp.Expr:
    """One mode's share of `hbar / 2 (Pi_ij + Pi_ji)`, from (A4) and (A5) at zero frequency and temperature.

    The two orders of a pair in `sum_ij J_ij S_i^z S_j^z` together give this, and it is the pair energy.
    """

    def correlator(first, second):
        return first * sp.conjugate(second) * sp.I / (-_OMEGA) / HBAR**2

    def shift(first, second):
        return -sp.I * (correlator(first, second) - sp.conjugate(correlator(second, first)))

    return sp.expand(HBAR / 2 * (shift(*_XI) + shift(*reversed(_XI))))
