"""What follows from Table I: each number by a second route (quadrature, sampling, discrete modes, arithmetic)."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from tlsglass.derivations.bath_decay import phonon_modes
from tlsglass.estimates import glass_numbers as gn
from tlsglass.estimates import table_one
from tlsglass.glass.materials import GLASSES, SIMULATION, glass
from tlsglass.glass.units import BOLTZMANN, HBAR, MILLI_ELECTRONVOLT


def test_nearest_neighbour():
    """Mean of the distance with the survival function exp(-4 pi r^3 / 3) of random points."""
    mean, _ = quad(lambda r: np.exp(-4 * np.pi * r**3 / 3), 0, np.inf)
    assert gn.NEAREST_NEIGHBOUR == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize("name", GLASSES)
def test_huang_rhys_is_the_sum_over_modes(name):
    """S as an integral over the frequency of 3 Debye branches, from |xi|^2 of Eq. (8), by quadrature."""
    g = glass(name)

    def integrand(omega):
        q = omega / g.velocity
        modes = q**2 / (2 * np.pi**2 * g.velocity)  # per frequency and volume, one branch
        xi_squared = HBAR / (2 * g.density * omega) * g.gamma**2 * q**2 / 3  # times volume; summed over the branches
        return modes * xi_squared / (HBAR * omega) ** 2

    cutoff = g.debye_energy / HBAR
    total, _ = quad(lambda x: integrand(x * cutoff) * cutoff, 0, 1)
    assert gn.huang_rhys(g) == pytest.approx(total, rel=1e-9)


def test_huang_rhys_with_two_speeds_by_summing_modes():
    """The frequency shell of `phonon_modes`, summed mode by mode, against the same shell of the closed form."""
    v_L, v_T, D = 1.6, 1.0, np.array([[0.3, 1.0, -0.2], [1.0, -0.5, 0.4], [-0.2, 0.4, 0.9]])
    modes = phonon_modes(12_000, v_L, v_T)
    strain = np.einsum("ab,ka,kb->k", D, modes.wave_vector, modes.polarisation)  # D is symmetric
    summed = (strain**2 / (2 * modes.volume * modes.frequency**3)).sum()

    def closed(cutoff):
        unit = replace(SIMULATION, gamma=1.0, density=1.0, v_L=v_L, v_T=v_T, debye_energy=cutoff * HBAR)
        return gn.huang_rhys(unit, D) * HBAR

    # 12 000 random directions in dozens: a few parts in a thousand.
    assert summed == pytest.approx(closed(1.25) - closed(0.75), rel=5e-3)


def test_huang_rhys_scaling_and_one_speed():
    g = glass("BK7")
    assert gn.huang_rhys(g, strength=2 * g.gamma) == pytest.approx(4 * gn.huang_rhys(g))
    one_speed = replace(g, v_L=g.v_T)
    for D in (np.diag([1.0, -1, 0]) / np.sqrt(2), np.eye(3) / np.sqrt(3)):  # Tr D^2 = 1: the trace does not matter
        assert gn.huang_rhys(one_speed, D) == pytest.approx(gn.huang_rhys(one_speed), rel=1e-13)


def test_franck_condon_of_one_mode():
    """exp(-2 S) is the overlap of the ground states of oscillators pulled to +x and -x, S = (xi / hbar omega)^2."""
    S = gn.huang_rhys(glass("SiO2"))
    shift = math.sqrt(2 * S)  # of each minimum, in units of the oscillator length
    overlap, _ = quad(lambda x: np.exp(-((x - shift) ** 2) / 2 - (x + shift) ** 2 / 2) / np.sqrt(np.pi), -12, 12)
    assert gn.franck_condon(glass("SiO2")) == pytest.approx(overlap, rel=1e-9)


def test_coupling_is_strong_with_table_one_and_weak_with_gamma_equal_to_w():
    expected = {"SiO2": 0.37, "BK7": 0.53, "PMMA": 0.15}
    for name, value in expected.items():
        g = glass(name)
        assert gn.franck_condon(g) == pytest.approx(value, abs=0.005)
        assert gn.franck_condon(g, strength=g.W) > 0.97


@pytest.mark.parametrize("name", GLASSES)
def test_fraction_below_debye_by_sampling(name):
    g, n = glass(name), 400_000
    rng = np.random.default_rng(7)
    Delta = np.exp(rng.uniform(np.log(g.delta_min), np.log(g.delta_max), size=n))
    below = 2 * np.hypot(rng.uniform(0, g.W, size=n), Delta) < g.debye_energy
    p = gn.fraction_below_debye(g)
    assert below.mean() == pytest.approx(p, abs=4 * np.sqrt(p / n))
    assert p < g.debye_energy / (2 * g.W)  # the value at Delta = 0


def test_fraction_below_debye_when_amplitudes_reach_the_cutoff():
    g = replace(glass("SiO2"), delta_max=glass("SiO2").W)
    p, n = gn.fraction_below_debye(g), 400_000
    rng = np.random.default_rng(8)
    Delta = np.exp(rng.uniform(np.log(g.delta_min), np.log(g.delta_max), size=n))
    below = 2 * np.hypot(rng.uniform(0, g.W, size=n), Delta) < g.debye_energy
    assert below.mean() == pytest.approx(p, abs=4 * np.sqrt(p / n))


def test_occupations():
    g = glass("PMMA")
    x = g.W / BOLTZMANN  # in kelvin
    assert gn.energy_in_kelvin(g.W) == x
    assert gn.typical_occupation(g, kelvin=x) == pytest.approx(1 / (math.e - 1))
    assert gn.typical_occupation(g, kelvin=0) == 0
    assert gn.typical_occupation(g) < 1e-100
    assert gn.thermally_active_fraction(g, kelvin=2 * x) == pytest.approx(1)
    assert gn.splitting_over_debye(g) == pytest.approx((3, 6))


def test_spectral_density():
    g = glass("SiO2")
    # 0.3 / nm^3 over 0.13 eV and ln(1.3e8) = 18.68.
    assert gn.spectral_density(g) == pytest.approx(0.3e27 / (0.13 * 1.602176634e-19 * 18.68), rel=1e-3)


def test_half_unit():
    for printed, half in ((5.8, 0.05), (0.05, 0.005), (130, 0.5), (0.3, 0.05), (1.7, 0.05)):
        assert table_one.half_unit(printed) == pytest.approx(half, rel=1e-12)


def test_last_row_of_table_one_follows():
    """The printed hbar / tau agree with hbar v / r, r = rho_TLS^(-1/3), within rounding; with r = 10 nm they do not."""
    for name, g in GLASSES.items():
        assert table_one.hopping_follows(name)
        assert gn.hopping_energy(g, 10e-9) / MILLI_ELECTRONVOLT < 0.3 * table_one.PRINTED_HOPPING[name]


def test_rounding_interval_contains_the_value():
    g = glass("BK7")
    low, high = table_one.rounding_interval(gn.hopping_energy, g, ("v_L", "v_T", "tls_density"))
    assert low < gn.hopping_energy(g) < high
    # rho_TLS = 0.2 +- 0.05 dominates: a cube root of 25 %.
    assert high / low == pytest.approx((0.25 / 0.15) ** (1 / 3), rel=0.05)


def test_table_one():
    table = table_one.table_one()
    assert table.loc[("W", "meV"), ("SiO2", "printed")] == pytest.approx(130)
    assert table.loc[("v_L", "km/s"), ("PMMA", "printed")] == pytest.approx(3.2)
    assert table.loc[("P̄", "10⁴⁴/(J m³)"), ("BK7", "recomputed")] == pytest.approx(9.87, abs=0.01)
    assert table.loc[("n_Δ", ""), ("SiO2", "recomputed")] == pytest.approx(np.log10(1.3e8))
    for name in GLASSES:
        printed, recomputed = table[name, "printed"], table[name, "recomputed"]
        both = (printed.notna() & recomputed.notna()).to_numpy()
        assert both.sum() == 5
        exact = table.index.get_level_values(0).isin(["W", "Δ_max", "ħ/τ"])
        # W against the glass temperature within 10 %, Delta_max exactly, hbar / tau within 6 %.
        np.testing.assert_allclose(recomputed[exact], printed[exact], rtol=0.1)
        # Delta-bar and Delta_min are printed as powers of ten: the same to half a decade.
        assert (np.abs(np.log10(recomputed[both] / printed[both])) < 0.5).all()


def test_numbers_for_the_eye():
    written = {
        130.0: "130",
        12.71: "12.7",
        0.0123: "0.0123",
        1e-7: "1.00×10⁻⁷",
        -3.456e-5: "-3.46×10⁻⁵",
        2.5e12: "2.50×10¹²",
    }
    assert {value: table_one.significant(value, 3) for value in written} == written
    assert table_one.significant(6.93e-9) == "7×10⁻⁹"
    assert table_one.significant(1234.0, 2) == "1200"
    with pytest.raises(ValueError, match="digits = 0"):
        table_one.significant(1.0, 0)
    text = table_one.as_text(table_one.table_one())
    assert text.loc["W (meV)", "SiO2"] == "130 → 127"
    assert text.loc["γ (eV)", "PMMA"] == "0.3"
    assert text.loc["v_L / v_T", "BK7"] == "→ 1.63"
    assert text.loc["Δ_min (meV)", "SiO2"] == "1×10⁻⁷ → 1.3×10⁻⁷"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g: gn.huang_rhys(g, np.triu(np.ones((3, 3)))), "(?s)dipole = .*symmetric"),
        (lambda g: gn.franck_condon(g, strength=-1.0), "strength = -1.0"),
        (lambda g: gn.typical_occupation(g, kelvin=-1), "kelvin = -1"),
        (lambda g: gn.thermally_active_fraction(g, kelvin=np.nan), "kelvin = nan"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call(glass("SiO2"))


@pytest.mark.parametrize("cutoff", [1e-7, 3e-7, 0.1, 1.0, 1.99, 2.0, 2.05, 2.3, 2.83, 3.0, 100.0])
def test_fraction_below_debye_by_quadrature(cutoff):
    """Any Debye energy, in units of W: the share of the eps, which end at W, averaged over ln Delta."""
    g = glass("SiO2")
    g = replace(g, delta_max=g.W, delta_min=1e-7 * g.W, delta_bar=1e-3 * g.W, debye_energy=cutoff * g.W)

    def share(log_delta):
        return min(1.0, math.sqrt(max(0.0, cutoff**2 / 4 - math.exp(2 * log_delta))))

    low, kinks = math.log(1e-7), [cutoff**2 / 4, cutoff**2 / 4 - 1]
    points = [x for x in (math.log(k) / 2 for k in kinks if k > 0) if low < x < 0]
    mean = quad(share, low, 0, points=points or None, limit=200)[0] / -low
    assert gn.fraction_below_debye(g) == pytest.approx(mean, abs=1e-8)


def test_equal_amplitudes_have_no_spectral_density():
    g = replace(glass("SiO2"), delta_min=1e-22, delta_bar=1e-22, delta_max=1e-22)
    for function in (gn.spectral_density, gn.fraction_below_debye):
        with pytest.raises(ValueError, match="glass = .* delta_min is below its delta_max"):
            function(g)


def test_no_more_than_all_are_thermally_active():
    assert gn.thermally_active_fraction(glass("SiO2"), 1e5) == 1
