"""Eq. (24) with its prefactor, from (21) and (22)."""

import numpy as np
import pytest
import sympy as sp

from tlsglass.derivations import rate_ratio as rr
from tlsglass.derivations.dissipation_rate import DELTA, HBAR
from tlsglass.disorder.couplings import dissipation_rates, interactions
from tlsglass.glass.materials import glass


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


def test_flip_flop_over_rate():
    closed = sp.Rational(3, 8) * (rr.NU * rr.TAU) ** -3 * rr.CONTRACTION / rr.TRACE
    assert sp.simplify(rr.flip_flop_over_rate() - closed) == 0


def test_flip_flop_over_rate_by_matrices():
    """Matrix element of sigma^z sigma^z between |+-> and |-+> of two diagonalised TLSs, with the library's J and Y.

    Scaled so that at Delta = 0 the pair energy is 2 J sigma^z sigma^z (both orders). S^+- is twice the ladder
    operator, so that the element of 2 K (S^+ S^- + h.c.) is 8 K.
    """
    g, eps, Delta = glass("SiO2"), 3e-4, 2e-4  # units of W: hbar nu ~ 1 K
    levels, vectors = np.linalg.eigh([[eps, Delta], [Delta, -eps]])
    element = (vectors.T @ np.diag([1, -1]) @ vectors)[0, 1] ** 2  # of sigma^z, in both TLSs
    straight = interactions(np.full(2, eps), np.full(2, 2 * eps), np.ones((2, 2)), np.ones((2, 2)), g)[0, 1]
    K = 2 * straight * element / 8
    nu = levels[1] - levels[0]
    (Y,) = dissipation_rates([Delta], [nu], [1.0], "corrected", g)
    nu_tau = nu * g.W / (1.0545718176461565e-34 * g.velocity / g.spacing)
    assert K / Y == pytest.approx(0.375 * nu_tau**-3, rel=1e-9)
    assert 1e3 < K / Y < 1e5
