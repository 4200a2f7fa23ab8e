r"""The ratio of dissipation to interaction, Eq. (24), and of the flip-flop that (15) leaves out to dissipation."""

import sympy as sp

from tlsglass._signatures import checked
from tlsglass.derivations.dissipation_rate import GAMMA, dissipation_rate, printed_rate
from tlsglass.derivations.symbols import DELTA, DENSITY, HBAR, NU, V

EPS, W, TAU, R = sp.symbols("varepsilon W tau r", positive=True)
TRACE = sp.Symbol(r"\mathrm{Tr}\,D_i^2", positive=True)
CONTRACTION = sp.Symbol(r"|\mathbb{D}_{ij}|", positive=True)
NU_OF_EPS = 2 * EPS / HBAR  # Delta << eps


@checked
def interaction(distance: sp.Expr = R) -> sp.Expr:
    """Coupling of two TLSs with the same `eps` and `Delta << eps`, Eq. (22): the tilts `eps / (hbar nu)` are 1/2."""
    tilt = EPS / (HBAR * NU_OF_EPS)
    return (GAMMA * tilt) ** 2 * CONTRACTION / (4 * sp.pi * DENSITY * V**2 * distance**3)


@checked
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
    return sp.simplify(HBAR * rate.subs(NU, NU_OF_EPS) / interaction(V * TAU))


@checked
def prefactor(printed: bool = False) -> sp.Expr:
    """Return what multiplies `(Delta / W)^2 (W tau / hbar)^3` of Eq. (24): so much `(eps / W) Tr D_i^2 / |D_ij|`."""
    return sp.simplify(rate_ratio(printed) / ((DELTA / W) ** 2 * (W * TAU / HBAR) ** 3))


def flip_flop() -> sp.Expr:
    """Coefficient `K` of `S_i^+ S_j^- + S_i^- S_j^+`, in each order of the pair, for two equal TLSs with `nu tau << 1`.

    The elastic energy of `sigma^z_i sigma^z_j` is static on the scale of `nu`, and `sigma^z` holds `S^+-` with
    `Delta / hbar nu` and `S^z` with `-2 eps / hbar nu`, Eq. (13). So `K` is `J` of Eq. (22) with `Delta` for `2 eps`.
    """
    return (GAMMA * DELTA / (HBAR * NU)) ** 2 * CONTRACTION / (16 * sp.pi * DENSITY * V**2 * R**3)


def flip_flop_over_rate() -> sp.Expr:
    """Exact `K / hbar Y` at the distance `v tau`, with the `6 pi` of the corrected (21), for `nu tau << 1`.

    Returns
    -------
    sympy expression
        `(3 / 8) (nu tau)^-3 |D_ij| / Tr D_i^2`: the material and `Delta` cancel.
    """
    one_axis = sp.diag(sp.sqrt(TRACE), 0, 0)  # with one speed only Tr D^2 enters
    return sp.simplify(flip_flop().subs(R, V * TAU) / (HBAR * dissipation_rate(one_axis, V, V)))
