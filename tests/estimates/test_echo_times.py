"""Echo times of real glasses: rates against the dissipator, the average over neighbours against drawn ones, limits."""

import dataclasses

import numpy as np
import pytest

from tlsglass.disorder.couplings import dissipation_rates
from tlsglass.disorder.dipoles import dipole_contraction
from tlsglass.dynamics.spectral_diffusion import mean_imbalance
from tlsglass.estimates.echo_times import Probe, echo_amplitude, echo_time, mean_contraction, rate_of_symmetric
from tlsglass.glass.materials import GLASSES, glass
from tlsglass.glass.units import BOLTZMANN, HBAR


def test_rate_is_that_of_the_dissipator():
    """`1 / T1 = 4 Y` with the corrected (21), in a glass with one speed of sound, for `Delta = hbar nu / 2`."""
    g = dataclasses.replace(glass("SiO2"), v_L=4000.0, v_T=4000.0)
    E = 0.01
    Y = dissipation_rates(np.array([E / 2]), np.array([E]), np.ones(1), "corrected", g)[0] * g.W / HBAR
    assert rate_of_symmetric(g, E * g.W) == pytest.approx(4 * Y, rel=1e-12)


@pytest.mark.parametrize("name", GLASSES)
def test_rate_has_the_exact_weights_of_both_speeds(name):
    """`1 / T1 = 4 Y` with the golden rule's `Y`: 2 / v_L^5 + 3 / v_T^5 for a traceless dipole of `Tr D^2 = 1`."""
    g, E = glass(name), 3e-23
    speeds = 2 / g.v_L**5 + 3 / g.v_T**5
    Y = (E / 2) ** 2 * g.gamma**2 * (E / HBAR) / (30 * np.pi * g.density * HBAR**3) * speeds
    assert rate_of_symmetric(g, E) == pytest.approx(4 * Y, rel=1e-12)


@pytest.mark.parametrize("kelvin", [0.03, 0.3])
def test_against_a_sum_over_asymmetries_and_amplitudes(kelvin):
    """The laws (4) and (5) as they stand: no density of states, no change of variables, no table."""
    g, n = glass("PMMA"), 32
    t, kT, probe = 0.5 * echo_time(g, kelvin), BOLTZMANN * kelvin, Probe(tilt=0.7)
    cut = 8 * kT  # of eps: E above 16 k_B T is frozen
    eps = (cut * (np.arange(n) + 0.5) / n)[:, None]
    low, high = np.log(1e-4 * kT), np.log(8 * kT)  # of Delta: slower ones do not jump in time
    log_delta = low + (high - low) * (np.arange(n) + 0.5) / n
    E = 2 * np.hypot(eps, np.exp(log_delta))
    rate = rate_of_symmetric(g, E) * (2 * np.exp(log_delta) / E) ** 2
    mean = (2 * eps / E * mean_imbalance(rate * t, E / kT) * (E < 16 * kT)).mean()
    share = cut / g.W * (high - low) / np.log(g.delta_max / g.delta_min)
    B = g.gamma**2 * probe.tilt * mean_contraction(g) / (4 * np.pi * g.density * g.velocity**2 * HBAR)
    expected = 2 * np.pi**2 / 3 * g.tls_density * share * B * t * mean
    ours = -np.log(echo_amplitude(g, kelvin, t, probe, own_decay=False)[0])
    assert ours == pytest.approx(expected, rel=0.03)  # midpoints, 32 of each


def test_a_probe_without_tilt_only_decays():
    g, t, E = glass("SiO2"), 1e-3, 2 * np.pi * HBAR * 2e9
    one = echo_amplitude(g, 0.1, t, Probe(2e9, tilt=0.0))[0]
    rate = rate_of_symmetric(g, E) / np.tanh(E / (2 * BOLTZMANN * 0.1))
    assert one == pytest.approx(np.exp(-t * rate / 2), rel=1e-12)
    assert echo_amplitude(g, 0.1, t, Probe(2e9, tilt=1.0))[0] == echo_amplitude(
        g, 0.1, t, Probe(2e9, tilt=1.0), own_decay=False
    )


def test_own_decay_goes_with_what_the_tilt_leaves():
    """`(Delta_0 / E)^2 = 1 - tilt^2` of the rate of a symmetric TLS, half of it for the coherence."""
    g, t, probe = glass("BK7"), 1e-5, Probe(3e9, tilt=0.7)
    E = 2 * np.pi * HBAR * 3e9
    with_own, without = (echo_amplitude(g, 0.1, t, probe, own_decay=own)[0] for own in (True, False))
    rate = rate_of_symmetric(g, E) * 0.51 / np.tanh(E / (2 * BOLTZMANN * 0.1))
    assert with_own / without == pytest.approx(np.exp(-t * rate / 2), rel=1e-12)


def test_a_probe_is_one_of_phonon_echoes_unless_told():
    g, t = glass("SiO2"), 1e-6
    assert echo_amplitude(g, 0.1, t) == echo_amplitude(g, 0.1, t, Probe(frequency=1e9, tilt=0.5))


def test_mean_contraction_is_that_of_traceless_dipoles_of_size_one():
    g, rng = glass("PMMA"), np.random.default_rng(2)
    D = rng.normal(size=(2, 100_000, 3, 3))
    D += D.swapaxes(2, 3)
    D -= np.trace(D, axis1=2, axis2=3)[..., None, None] * np.eye(3) / 3
    D /= np.linalg.norm(D, axis=(2, 3), keepdims=True)
    own = np.abs(dipole_contraction(*D, [0.0, 0.0, 1.0], g.v_L, g.v_T)).mean()
    assert mean_contraction(g) == pytest.approx(own, rel=0.01)  # each known to 0.3 %


@pytest.mark.parametrize("name", GLASSES)
def test_echo_time_is_where_the_echo_is_1_over_e(name):
    g = glass(name)
    assert echo_amplitude(g, 0.05, echo_time(g, 0.05))[0] == pytest.approx(np.exp(-1), rel=1e-4)
    assert echo_time(g, 0.05) < echo_time(g, 0.05, own_decay=False)


@pytest.mark.parametrize("name", ["SiO2", "BK7"])
def test_exponent_between_jumps_that_are_few_and_jumps_at_all_rates(name):
    """-2 where no neighbour has jumped, -1 where the log-uniform rates reach beyond 1/t."""
    T2 = [echo_time(glass(name), T, own_decay=False) for T in (0.002, 0.003)]
    assert np.log(T2[1] / T2[0]) / np.log(1.5) == pytest.approx(-2, abs=0.04)
    T2 = [echo_time(glass(name), T, own_decay=False) for T in (0.1, 0.2)]
    assert -1.95 < np.log2(T2[1] / T2[0]) < -1.6


def test_gamma_enters_squared():
    """Twice gamma: four times the coupling and four times all rates, so the same echo at a quarter of the time."""
    g = glass("BK7")
    strong = dataclasses.replace(g, gamma=2 * g.gamma)
    assert echo_time(strong, 0.1) == pytest.approx(echo_time(g, 0.1) / 4, rel=1e-4)


def test_bad_arguments():
    with pytest.raises(ValueError, match="kelvin = 0.0 is not allowed"):
        echo_amplitude(glass("SiO2"), 0.0, 1e-6)
    with pytest.raises(ValueError, match="splitting = .* is not allowed"):
        rate_of_symmetric(glass("SiO2"), 1e-25 + 1e-25j)
    with pytest.raises(ValueError, match="tilt = 2.0 is not allowed"):
        Probe(tilt=2.0)
