"""Coupling of a TLS to one phonon mode, Eqs. (7) and (8), from the strain of a quantised plane wave."""

import numpy as np
import pytest
import sympy as sp


def test_amplitude_of_a_mode_holds_half_the_zero_point_energy_as_motion():
    """A = sqrt(hbar / 2 V rho omega), the root in (8)."""
    A, rho, V, hbar, omega = sp.symbols("A rho V hbar omega", positive=True)
    (amplitude,) = sp.solve(rho * V * (omega * A) ** 2 / 2 - hbar * omega / 4, A)
    assert sp.simplify(amplitude - sp.sqrt(hbar / (2 * V * rho * omega))) == 0


@pytest.mark.parametrize("seed", range(3))
def test_strain_of_a_plane_wave_by_finite_differences(seed):
    """Symmetrised gradient of e exp(i q r) is i e_k exp(i q r), e_k = (q e + e q) / 2, so |xi| is (8)."""
    rng = np.random.default_rng(seed)
    q, e, r = rng.normal(size=(3, 3))
    e /= np.linalg.norm(e)
    step = 1e-5

    def displacement(x):
        return e * np.exp(1j * q @ x)

    gradient = np.array([(displacement(r + d) - displacement(r - d)) / (2 * step) for d in step * np.eye(3)])
    strain = (gradient + gradient.T) / 2
    e_k = (np.outer(q, e) + np.outer(e, q)) / 2
    np.testing.assert_allclose(strain, 1j * e_k * np.exp(1j * q @ r), atol=1e-9)  # step^2 |q|^3


def test_coupling_is_an_energy():
    """In SI: J s / (m^3 kg/m^3 1/s) is m^2, e_k is 1/m, gamma is J."""
    powers = {"J": (1, 2, -2), "s": (0, 0, 1), "m": (0, 1, 0), "kg": (1, 0, 0)}  # of kg, m, s
    J, s, m, kg = (np.array(powers[name]) for name in ("J", "s", "m", "kg"))
    root = ((J + s) - (3 * m + (kg - 3 * m) - s)) / 2
    np.testing.assert_array_equal(root, m)
    np.testing.assert_array_equal(root - m + J, J)
