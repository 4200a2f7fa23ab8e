"""What the claims about real glasses compute, against numbers worked out by hand from Table I."""

import numpy as np
import pytest

from tlsglass.claims import glasses as claims
from tlsglass.disorder import Disorder
from tlsglass.estimates.scales import time_scales

HBAR_MEV = 6.582119569e-13  # in meV s
EV = 1.602176634e-19


def test_hopping_and_its_rounding():
    """`hbar v rho^(1/3)` with `3/v^3 = 1/v_L^3 + 2/v_T^3`; SiO2: 5.8, 3.8 km/s and 0.3 per nm^3 as printed."""

    def hopping(v_L, v_T, n):
        v = (3 / (v_L**-3 + 2 * v_T**-3)) ** (1 / 3)
        return HBAR_MEV * v * 1e3 * (n * 1e27) ** (1 / 3)

    ours = claims.hopping("SiO2")
    assert ours.value == pytest.approx(hopping(5.8, 3.8, 0.3), rel=1e-9)
    low, high = hopping(5.75, 3.75, 0.25), hopping(5.85, 3.85, 0.35)
    assert 2 * claims.SIGMAS * ours.stderr == pytest.approx(high - low, rel=1e-6)


def test_interaction_is_a_geometric_mean():
    """`J/W = gamma^2 rho_TLS / (16 pi rho v^2 W)` for tilts of 1/2 and `D = 1`, one spacing apart."""
    J = [
        g.gamma**2 * g.tls_density / (16 * np.pi * g.density * g.velocity**2 * g.W)
        for g in map(claims.glass, claims.NAMES)
    ]
    expected = np.prod(J) ** (1 / 3)
    assert claims.interaction(claims.ONE_SPACING).value == pytest.approx(expected, rel=1e-6)  # tilts: Delta << eps
    nearest = 0.55396  # Chandrasekhar 1943, in units of density^(-1/3)
    assert claims.interaction(claims.NEAREST).value == pytest.approx(expected / nearest**3, rel=1e-4)
    weak = np.prod([x * (g.W / g.gamma) ** 2 for x, g in zip(J, map(claims.glass, claims.NAMES), strict=True)])
    assert claims.interaction(claims.WEAK).value == pytest.approx(weak ** (1 / 3) / nearest**3, rel=1e-4)


def test_ratio_of_the_text():
    """`(1e-5)^2 (W tau / hbar)^3` with W = 100 meV: hbar/tau = 1 meV gives 1e-4, hbar v / r at 10 nm is 0.33 meV."""
    assert claims.ratio_of_the_text("ħ/τ = 1 meV").value == pytest.approx(1e-4, rel=1e-12)
    hopping = HBAR_MEV * 5e3 / 1e-8
    assert claims.hopping_of_the_text().value == pytest.approx(hopping, rel=1e-9)
    assert claims.ratio_of_the_text("r = 10 nm").value == pytest.approx(1e-10 * (100 / hopping) ** 3, rel=1e-9)
    table = [
        (g.delta_bar / g.W) ** 2 * (g.W / (HBAR_MEV * 1e-3 * EV * g.velocity * g.tls_density ** (1 / 3))) ** 3
        for g in map(claims.glass, claims.NAMES)
    ]
    assert claims.ratio_of_the_text("Table I").value == pytest.approx(np.prod(table) ** (1 / 3), rel=1e-9)


def test_scale_ratio_has_the_error_of_a_mean(monkeypatch):
    """Ten samples of a hundred realisations: here their ratios are replaced by known numbers."""

    class Fake:
        def __init__(self, seed):
            self.median_ratio = 100.0 + seed

    monkeypatch.setattr(claims, "time_scales", lambda disorder, n, seed, prefactor: Fake(seed))
    ours = claims.scale_ratio("printed")
    assert ours.value == pytest.approx(104.5)
    assert ours.stderr == pytest.approx(np.std(np.arange(10), ddof=1) / np.sqrt(10), rel=1e-12)


def test_the_corrected_rate_halves_the_ratio_of_scales():
    one, two = (time_scales(Disorder(n_tls=10), 3, prefactor=x).median_ratio for x in ("printed", "corrected"))
    assert one / two == pytest.approx(2, rel=1e-12)


def test_smallest_franck_condon_factor():
    """The Debye sum by hand: `S = gamma^2 omega_D^2 / (24 pi^2 rho hbar v^5)` for `Tr D^2 = 1` and one speed."""

    def S(g, strength):
        hbar = HBAR_MEV * 1e-3 * EV
        return strength**2 * (g.debye_energy / hbar) ** 2 / (24 * np.pi**2 * g.density * hbar * g.velocity**5)

    glasses = [claims.glass(name) for name in claims.NAMES]
    for reading, strengths in (("γ of Table I", [g.gamma for g in glasses]), ("γ = W", [g.W for g in glasses])):
        expected = min(np.exp(-2 * S(g, strength)) for g, strength in zip(glasses, strengths, strict=True))
        assert claims.franck_condon(reading).value == pytest.approx(expected, rel=1e-9)
