"""Appendix D as a sparse generator: against the dense one of the derivations, by hand, and against fixed points."""

import dataclasses

import numpy as np
import pytest

from tlsglass.derivations import operator_basis
from tlsglass.dynamics import System, brute_force, lindblad

EPS = np.finfo(float).eps


@pytest.mark.parametrize("n", [2, 3, 4])
def test_generator_is_d9_element_by_element(random_system, n):
    tls = random_system(n, seed=n, Y=0.7, f=1.3)
    expected = operator_basis.generator(tls.nu, tls.J, tls.Y, tls.occupation)
    np.testing.assert_allclose(lindblad.generator(tls).toarray(), expected, rtol=0, atol=8 * n * EPS)  # n terms a sum


def test_generator_is_sparse(random_system):
    """1 + N/2 numbers a row on average: one for each site with index 0 or z, and the diagonal."""
    assert lindblad.generator(random_system(5, seed=1, Y=1.0)).nnz == 4**5 * (1 + 5 / 2)


def test_initial_coefficients_are_those_of_the_state_vector(random_system):
    tls = random_system(3, seed=2)
    psi = brute_force.state_vector(tls, 0.0)[0]
    C = lindblad.initial_coefficients(tls)
    rho = sum(c * operator_basis.operator_product(mu) for c, mu in zip(C, np.ndindex(4, 4, 4), strict=True))
    np.testing.assert_allclose(rho, np.outer(psi, psi.conj()), rtol=0, atol=16 * EPS)  # 64 terms, most of them zero


def test_one_excited_tls_decays_by_hand():
    """Without couplings, T = 0: the excited population falls as exp(-4 Y t), the coherence at half the rate."""
    Y, phi = np.array([0.3, 0.0]), np.array([0.4, 0.0])
    zero = np.zeros(2)
    tls = System(np.zeros((2, 2)), Y, zero, np.array([1.1, 0.0]), np.array([-0.6, 1.0]), phi)
    t = np.array([0.0, 0.5, 2.0])
    rho = lindblad.density_matrix(tls, [0], t)
    np.testing.assert_allclose(rho[:, 1, 1], 0.8 * np.exp(-1.2 * t), rtol=1e-13)  # expm_multiply: a few ulp a step
    expected = 0.4 * np.exp(1j * (1.1 * t - 0.4) - 0.6 * t)
    np.testing.assert_allclose(rho[:, 0, 1], expected, rtol=1e-13)


def test_isolated_equals_state_vector(random_system):
    tls = random_system(6, seed=3)
    t = np.array([0.0, 0.7, 3.0])
    psi = brute_force.state_vector(tls, t)
    for sites in ([4], [5, 0], [1, 3, 2]):
        expected = brute_force.reduced_density_matrix(psi, sites)
        np.testing.assert_allclose(lindblad.density_matrix(tls, sites, t), expected, rtol=0, atol=1e-13)  # |L| t ~ 100


def test_late_times_reach_the_thermal_state(random_system):
    tls = dataclasses.replace(random_system(3, seed=4, f=0.5), Y=np.array([1.0, 2.0, 3.0]))
    rho = lindblad.density_matrix(tls, range(3), 20.0)[0]  # exp(-4 t) = 1e-35
    excited = tls.occupation / (1 + 2 * tls.occupation)
    thermal = [np.diag([1 - q, q]) for q in excited]
    np.testing.assert_allclose(rho, np.kron(np.kron(*thermal[:2]), thermal[2]), rtol=0, atol=1e-13)


def test_bad_input(random_system):
    with pytest.raises(ValueError, match=r"N = 11 is not allowed: at most 10 TLSs.* GiB"):
        lindblad.generator(random_system(11, seed=1))
    with pytest.raises(ValueError, match="N = 11"):
        lindblad.initial_coefficients(random_system(11, seed=1))
    tls = random_system(3, seed=1)
    with pytest.raises(ValueError, match="ascend"):
        lindblad.coefficients(tls, [1.0, 0.5])
    with pytest.raises(ValueError, match="sites"):
        lindblad.density_matrix(tls, [3], 1.0)
