"""A TLS that decays into thousands of single modes: the measured rate has 6 pi in it, not 12 pi."""

import numpy as np
import pytest
from scipy.linalg import expm

from tlsglass.derivations import bath_decay as bd
from tlsglass.derivations.dissipation_rate import weight

SHEAR = np.diag([1.0, -1.0, 0.0])
SKEW = np.array([[0.3, 1.0, -0.2], [1.0, -0.5, 0.4], [-0.2, 0.4, 0.9]])


def strength_for(rate, D, v_L, v_T):
    """Return the gamma that makes 4 Y, with 6 pi and two speeds, equal to a rate (Delta = 0.3, nu = rho = hbar = 1)."""
    speeds = float(weight(D, "L")) / v_L**5 + float(weight(D, "T")) / v_T**5
    return np.sqrt(rate * np.pi / (2 * bd.TILT**2 * speeds))


@pytest.mark.parametrize("D", [SHEAR, np.eye(3), SKEW], ids=["shear", "dilatation", "skew"])
def test_modes_pick_six_pi(D):
    gamma = strength_for(0.004, D, 1.0, 1.0)
    rate, error = bd.measure_rate(D, gamma)
    prefactor = bd.prefactor_of_rate(rate, D, gamma)
    # 1 %: the sets of modes scatter by 0.5 %, and a rate of 0.004 nu shifts the level by about as much of the window.
    assert prefactor == pytest.approx(6, rel=0.01)
    assert error < 0.01 * rate


@pytest.mark.parametrize("D", [SHEAR, np.eye(3), SKEW], ids=["shear", "dilatation", "skew"])
def test_two_speeds_of_sound(D):
    gamma = strength_for(0.004, D, 1.6, 1.0)
    rate, _ = bd.measure_rate(D, gamma, v_L=1.6)
    assert rate == pytest.approx(0.004, rel=0.02)  # fewer longitudinal modes: a larger scatter than with one speed


def test_evolution_against_the_matrix_exponential():
    rng = np.random.default_rng(3)
    detuning = np.linspace(-0.3, 0.3, 60)
    coupling = 0.01 * (rng.standard_normal(60) + 1j * rng.standard_normal(60))
    times, population = bd.excited_population(detuning, coupling, 40.0)
    H = np.diag(np.concatenate([[0.0], detuning])).astype(complex)
    H[0, 1:], H[1:, 0] = coupling, coupling.conj()
    exact = abs(expm(-1j * H * times[-1])[0, 0]) ** 2
    # Strang's error is of order (step x detuning)^2 / 24 = 4e-4 of the change, which is at most 1.
    assert population[-1] == pytest.approx(exact, abs=5e-4)
    assert population[-1] < 0.9


def test_mode_counting_and_polarisations():
    modes = bd.phonon_modes(3000, v_L=1.5, v_T=1.0)
    q, e = modes.wave_vector, modes.polarisation
    np.testing.assert_allclose(np.linalg.norm(e, axis=1), 1, rtol=1e-14)
    along = np.abs(np.einsum("ka,ka->k", q, e)) / np.linalg.norm(q, axis=1)
    longitudinal = along > 0.5
    np.testing.assert_allclose(along[longitudinal], 1, rtol=1e-14)
    np.testing.assert_allclose(along[~longitudinal], 0, atol=1e-14)
    np.testing.assert_allclose(modes.frequency, np.linalg.norm(q, axis=1) * np.where(longitudinal, 1.5, 1.0))
    # Two transverse branches, each with (v_L / v_T)^3 times the longitudinal modes.
    assert (~longitudinal).sum() / longitudinal.sum() == pytest.approx(2 * 1.5**3, rel=0.01)
    assert len(q) == pytest.approx(3000, abs=2)
    assert np.abs(modes.frequency - bd.NU).max() <= bd.WINDOW


def test_icosahedron_is_a_design():
    """Averages of the monomials of degree 2 and 4 are those of the sphere."""
    n = bd.ICOSAHEDRON
    np.testing.assert_allclose(np.linalg.norm(n, axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(n.mean(axis=0), 0, atol=1e-16)
    np.testing.assert_allclose((n**2).mean(axis=0), 1 / 3, rtol=1e-14)
    np.testing.assert_allclose((n**4).mean(axis=0), 1 / 5, rtol=1e-14)
    np.testing.assert_allclose((n[:, 0] ** 2 * n[:, 1] ** 2).mean(), 1 / 15, rtol=1e-14)


def test_fit_recovers_an_exponential():
    times = np.linspace(0, 100, 500)
    rate, error = bd.fitted_rate(times, np.exp(-0.03 * times))
    assert rate == pytest.approx(0.03, rel=1e-10)
    assert error < 1e-12


def test_refusals():
    modes = bd.phonon_modes(100, 1.0, 1.0)
    with pytest.raises(ValueError, match="n_modes = 10"):
        bd.phonon_modes(10, 1.0, 1.0)
    with pytest.raises(ValueError, match="v_T = -1.0"):
        bd.phonon_modes(100, 1.0, -1.0)
    with pytest.raises(ValueError, match=r"(?s)D = .*symmetric"):
        bd.mode_couplings(modes, np.triu(np.ones((3, 3))), 0.3)
    with pytest.raises(ValueError, match="gamma = 0"):
        bd.mode_couplings(modes, SHEAR, 0)
    with pytest.raises(ValueError, match="duration = 0"):
        bd.excited_population(modes.frequency - 1, bd.mode_couplings(modes, SHEAR, 0.3), 0)
    with pytest.raises(ValueError, match="below 0.2"):
        bd.measure_rate(SHEAR, 0.05, n_modes=300)
    with pytest.raises(ValueError, match="n_samples = 1"):
        bd.measure_rate(SHEAR, 0.3, n_samples=1)
    with pytest.raises(ValueError, match="rate = 0"):
        bd.prefactor_of_rate(0, SHEAR, 0.3)
