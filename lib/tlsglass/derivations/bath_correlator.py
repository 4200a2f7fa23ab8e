r"""The phonon bath, Eqs. (17), (18), (A1)-(A4) and (A6): what the TLSs feel of it is one function, `Gamma_ij^omega`.

An operator that is linear in the phonons is a dictionary: `{(mode, dagger): coefficient}`, `dagger` True for
`psi^+`. In a thermal state only `<psi_k psi_k^+> = 1 + f` and `<psi_k^+ psi_k> = f` are not zero.
"""

from collections.abc import Sequence

import numpy as np
import sympy as sp

from tlsglass._checks import positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.derivations.bath_half_line import half_line
from tlsglass.derivations.symbols import DENSITY, HBAR

VOLUME, FREQUENCY = sp.symbols("V omega_k", positive=True)
TIME, DELAY = sp.symbols("t s", real=True)

Linear = dict[tuple[str, bool], sp.Expr]


@checked
def partition_function(x: sp.Expr) -> sp.Expr:
    """Partition function of one phonon mode with `x = hbar omega / k_B T`: the geometric series `sum_n e^{-n x}`."""
    return 1 / (1 - sp.exp(-sp.sympify(x)))


@checked
def occupation(x: sp.Expr) -> sp.Expr:
    """Mean number of phonons `f = <psi^+ psi> = -d ln Z / dx` at `x = hbar omega / k_B T`: Bose-Einstein."""
    y = sp.Symbol("y", positive=True)
    return sp.simplify(-sp.diff(sp.log(partition_function(y)), y)).subs(y, x)


@checked
def mode_symbols(mode: str) -> tuple[sp.Symbol, sp.Symbol]:
    """Frequency `omega_k` (positive) and occupation `f_k` (non-negative) of a mode."""
    return sp.Symbol(f"omega_{mode}", positive=True), sp.Symbol(f"f_{mode}", nonnegative=True)


@checked
def coupling_symbol(site: str, mode: str) -> sp.Symbol:
    """Complex coupling `xi_ik` of Eq. (8)."""
    return sp.Symbol(f"xi_{site}{mode}")


@checked
def environment_operator(site: str, modes: Sequence[str], time: sp.Expr = 0) -> Linear:
    """Environment operator `E_i` in the interaction picture, Eqs. (A2), (A3), with the sum over the modes.

    Parameters
    ----------
    site : str
        Index of the TLS.
    modes : sequence of str
        Indices of the phonon modes, not empty, all different.
    time : number or sympy expression

    Returns
    -------
    dict
        `{(mode, dagger): coefficient}`.

    Raises
    ------
    ValueError
        If `modes` is empty or names one twice.
    """
    if len(modes) == 0 or len(set(modes)) != len(modes):
        raise ValueError(f"modes = {modes!r} is not allowed: it must name at least one mode, each once")
    operator = {}
    for k in modes:
        omega, xi = mode_symbols(k)[0], coupling_symbol(site, k)
        turn = sp.expand(sp.I * omega * time)
        operator[k, False] = xi * sp.exp(-turn)
        operator[k, True] = sp.conjugate(xi) * sp.exp(turn)
    return operator


@checked
def adjoint(operator: Linear) -> Linear:
    """Hermitian conjugate of an operator that is linear in the phonons."""
    return {(k, not dagger): sp.conjugate(c) for (k, dagger), c in operator.items()}


@checked
def thermal_expectation(a: Linear, b: Linear) -> sp.Expr:
    """Thermal expectation `Tr_B[rho_B a b]` of a product of two operators that are linear in the phonons."""
    total = sp.Integer(0)
    for (k, dagger), left in a.items():
        right = b.get((k, not dagger))
        if right is not None:
            f = mode_symbols(k)[1]
            total += sp.powsimp(left * right) * (f if dagger else 1 + f)
    return total


@checked
def correlator(i: str, j: str, modes: Sequence[str]) -> sp.Expr:
    """Bath correlator `Tr_B[rho_B E_i^+(t) E_j(t - s)]`, the integrand of (18) and last line of (A4), for given modes.

    The result depends on the delay `s` alone: `t` has dropped out.
    """
    early, late = environment_operator(j, modes, TIME - DELAY), environment_operator(i, modes, TIME)
    return thermal_expectation(adjoint(late), early)


@checked
def gamma_of_mode(i: str, j: str, omega: sp.Expr, regulator: sp.Expr) -> sp.Expr:
    """Contribution of one mode, `k`, to `Gamma_ij^omega` of (A1): the correlator, transformed term by term."""
    frequency = mode_symbols("k")[0]
    c = sp.expand(correlator(i, j, ["k"]))
    emitted = c.coeff(sp.exp(-sp.I * frequency * DELAY))
    absorbed = c.coeff(sp.exp(sp.I * frequency * DELAY))
    transformed = emitted * half_line(omega - frequency, regulator) + absorbed * half_line(omega + frequency, regulator)
    return transformed / HBAR**2


@checked
def elastic_coupling(site: str) -> sp.Expr:
    """Coupling `xi_ik` of Eq. (8) with a real `d_i = gamma_i D_i^ab e_k^ab` and the phase `phi_i = q . r_i`."""
    d, phi = sp.symbols(f"d_{site} phi_{site}", real=True)
    return -sp.I * sp.sqrt(HBAR / (2 * VOLUME * DENSITY * FREQUENCY)) * d * sp.exp(sp.I * phi)


@checked
def mode_coupling(xi_i: np.ndarray, xi_j: np.ndarray, frequency: np.ndarray) -> float:
    """Coefficient `hbar Im Gamma_ij^0` of `sigma^z_i sigma^z_j` for a finite set of modes, `hbar = 1`.

    Equation (20) without the rotation factors: `-sum_k Re(xi_ik xi_jk^*) / omega_k`. The sum over pairs in (16) takes
    both orders, so that the pair has the energy of twice this number.

    Parameters
    ----------
    xi_i, xi_j : array of complex, shape (K,)
    frequency : array, shape (K,)
        Positive.
    """
    for name, xi in {"xi_i": xi_i, "xi_j": xi_j}.items():
        if xi.shape != np.shape(frequency) or not np.all(np.isfinite(xi)):
            refuse(name, xi, f"finite, of the shape {np.shape(frequency)} of frequency")
    frequency = positive_array("frequency", frequency, (None,))
    return float(-np.sum(np.real(np.asarray(xi_i) * np.conj(xi_j)) / frequency))
