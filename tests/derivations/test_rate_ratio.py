"""Eq. (24) with its prefactor, from (21) and (22)."""

import sympy as sp

from tlsglass.derivations import rate_ratio as rr
from tlsglass.derivations.dissipation_rate import DELTA, HBAR


def test_exact_prefactor():
    """(1/3) (Delta / eps)^2 (nu tau)^3 Tr D^2 / |D_ij| with the printed (21), twice that with the corrected one."""
    nu = 2 * rr.EPS / HBAR
    closed = (DELTA / rr.EPS) ** 2 * (nu * rr.TAU) ** 3 * rr.TRACE / (3 * rr.CONTRACTION)
    assert sp.simplify(rr.rate_ratio(printed=True) - closed) == 0
    assert sp.simplify(rr.rate_ratio() - 2 * closed) == 0


def test_material_cancels():
    kept = {DELTA, rr.EPS, rr.TAU, HBAR, rr.TRACE, rr.CONTRACTION}
    assert rr.rate_ratio().free_symbols == kept


def test_powers_of_eq_24_are_right():
    """After (Delta / W)^2 (W tau / hbar)^3 is taken out, only eps / W and the dipoles are left."""
    assert sp.simplify(rr.prefactor() - sp.Rational(16, 3) * rr.EPS / rr.W * rr.TRACE / rr.CONTRACTION) == 0
    assert sp.simplify(rr.prefactor() / rr.prefactor(printed=True)) == 2
