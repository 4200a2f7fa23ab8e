r"""The ratio of dissipation to interaction, Eq. (24), with the prefactor that the paper leaves out."""

import sympy as sp

from tlsglass.derivations.dissipation_rate import DELTA, GAMMA, HBAR, RHO, V, dissipation_rate, printed_rate

EPS, W, TAU, R = sp.symbols("varepsilon W tau r", positive=True)
TRACE, CONTRACTION = sp.symbols("T_2 D_ij", positive=True)  # Tr D_i^2 and |D_ij|
NU_OF_EPS = 2 * EPS / HBAR  # Delta << eps


def interaction(distance: sp.Expr = R) -> sp.Expr:
    """Coupling of two TLSs with the same `eps` and `Delta << eps`, Eq. (22): the tilts `eps / (hbar nu)` are 1/2."""
    tilt = EPS / (HBAR * NU_OF_EPS)
    return (GAMMA * tilt) ** 2 * CONTRACTION / (4 * sp.pi * RHO * V**2 * distance**3)


def rate_ratio(printed: bool = False) -> sp.Expr:
    """Exact `hbar Y / J` of two TLSs with `Delta << eps` at the distance `v tau`, from (21) and (22).

    Parameters
    ----------
    printed : bool
        With the `12 pi` of the printed (21) instead of the `6 pi` that follows.

    Returns
    -------
    sympy expression
        In `Delta`, `eps`, `tau`, `hbar`, `Tr D_i^2` and `|D_ij|`: density, speed of sound and `gamma` cancel.
    """
    one_axis = sp.diag(sp.sqrt(TRACE), 0, 0)  # with one speed only Tr D^2 enters
    rate = printed_rate(one_axis) if printed else dissipation_rate(one_axis, V, V)
    nu = sp.Symbol("nu", positive=True)
    return sp.simplify(HBAR * rate.subs(nu, NU_OF_EPS) / interaction(V * TAU))


def prefactor(printed: bool = False) -> sp.Expr:
    """Return what multiplies `(Delta / W)^2 (W tau / hbar)^3` of Eq. (24): so much `(eps / W) Tr D_i^2 / |D_ij|`."""
    return sp.simplify(rate_ratio(printed) / ((DELTA / W) ** 2 * (W * TAU / HBAR) ** 3))
