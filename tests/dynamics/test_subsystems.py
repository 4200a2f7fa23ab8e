"""Density matrices of k sites against App. D, state vectors and two-site matrices; positivity; fixed points."""

import dataclasses
import itertools

import numpy as np
import pytest

from tlsglass.dynamics import System, brute_force, lindblad, two_site_density_matrix
from tlsglass.dynamics.subsystems import MEMORY_LIMIT, density_matrix, purity

EPS = np.finfo(float).eps


def rounding(tls, t):
    """Phases `J t` and `nu t` of a few N terms are rounded, in one route and the other."""
    return 1e-13 + 8 * tls.n_tls * EPS * (np.abs(tls.J).max() + np.abs(tls.nu).max()) * np.max(t)


OPEN = pytest.mark.parametrize(
    ("Y", "f"), [(0.0, 0.0), (0.4, 0.0), (0.4, 0.9)], ids=["isolated", "zero temperature", "finite temperature"]
)


@OPEN
@pytest.mark.parametrize("n", [4, 6])
def test_closed_form_equals_app_d(random_system, n, Y, f):
    """k = 1, 2, 3, the half system and its complement, the whole; sites in any order."""
    tls = random_system(n, seed=n, Y=Y, f=f)
    t = np.array([0.0, 0.2, 1.0, 4.0])
    half = list(range(n // 2))
    for sites in ([n - 1], [2, 0], [1, 3, 0], half, [j for j in range(n) if j not in half], range(n)):
        expected = lindblad.density_matrix(tls, sites, t)
        ours = density_matrix(tls, sites, t, frame="laboratory")
        # expm_multiply rounds at each of its |L| t ~ 100 to 1000 matrix products
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-12 + rounding(tls, t))


@pytest.mark.parametrize("f", [0.0, 0.3])
@pytest.mark.parametrize("Y", [1e-4, 1e-7])
def test_rates_far_below_the_couplings_to_times_beyond_them(random_system, Y, f):
    """The coherence of site 0, with site 2 seen and all others traced out, from the eigenvectors of each 2 x 2 flow."""
    tls = dataclasses.replace(
        random_system(6, seed=3, J=0.3), Y=np.full(6, Y), occupation=np.full(6, f), azimuth=np.zeros(6)
    )
    G = 4 * Y
    t = np.array([1.0, 0.1 / G, 1 / G, 10 / G])
    expected = np.sqrt(1 - tls.polarisation[0] ** 2) / 2 * np.exp(-G * (1 + 2 * f) * t / 2)
    for j in range(1, 6):
        w = 4 * tls.J[0, j]
        values, vectors = np.linalg.eig([[-1j * w - G * f, G * (1 + f)], [G * f, 1j * w - G * (1 + f)]])
        start = np.array([1 + tls.polarisation[j], 1 - tls.polarisation[j]]) / 2
        flow = vectors @ (np.exp(np.outer(values, t)) * np.linalg.solve(vectors, start)[:, None])
        expected = expected * (flow if j == 2 else flow.sum(axis=0))
    ours = density_matrix(tls, [0, 2], t)
    error = np.abs(np.stack([ours[:, 0, 2], ours[:, 1, 3]]) - expected)  # + s against - s, for both s of site 2
    assert np.all(error < 1e-12 + rounding(tls, t))
    assert np.abs(expected[:, 0]).max() > 1e-3


@pytest.mark.parametrize("f", [0.0, 0.3])
@pytest.mark.parametrize("Y", [1e-4, 1e-7])
def test_purity_at_weak_rates_is_that_of_the_matrix(random_system, Y, f):
    tls = dataclasses.replace(random_system(6, seed=3, J=0.3), Y=np.full(6, Y), occupation=np.full(6, f))
    t = np.array([1.0, 0.1, 1.0, 10.0]) / [1, 4 * Y, 4 * Y, 4 * Y]
    rho = density_matrix(tls, [0, 2, 5], t)
    expected = (np.abs(rho) ** 2).sum(axis=(1, 2))
    assert np.all(np.abs(purity(tls, [0, 2, 5], t) - expected) < 1e-12 + rounding(tls, t))


def test_weak_dissipation_to_late_times(random_system):
    """Times to 10 / G with G a hundred times below J: no digit is lost on the way from one regime to the other."""
    tls = dataclasses.replace(random_system(4, seed=9, J=0.3, f=0.3), Y=np.full(4, 1e-3))
    t = np.array([1.0, 100.0, 1000.0, 2500.0])
    ours = density_matrix(tls, [0, 2], t, frame="laboratory")
    error = np.abs(ours - lindblad.density_matrix(tls, [0, 2], t)).max(axis=(1, 2))
    assert np.all(error < 1e-12 + 100 * EPS * t)  # |L| t rounded products of expm_multiply
    assert 1e-5 < abs(ours[-1, 0, 0] - ours[-2, 0, 0])  # still on its way


@pytest.mark.parametrize("f", [0.0, 0.5])
def test_eight_sites_equal_app_d(random_system, f):
    tls = random_system(8, seed=8, J=0.3, Y=0.3, f=f)
    ours = density_matrix(tls, [1, 6, 4, 3], 1.5, frame="laboratory")
    np.testing.assert_allclose(ours, lindblad.density_matrix(tls, [1, 6, 4, 3], 1.5), rtol=0, atol=1e-12)


@OPEN
def test_two_sites_are_the_two_site_matrix(random_system, Y, f):
    tls = random_system(7, seed=5, Y=Y, f=f)
    t = np.array([0.0, 0.5, 20.0])
    for a, b in ((0, 1), (6, 2)):
        for frame in ("rotating", "laboratory"):
            ours, expected = density_matrix(tls, [a, b], t, frame), two_site_density_matrix(tls, a, b, t, frame)
            np.testing.assert_allclose(ours, expected, rtol=0, atol=rounding(tls, t))


def test_isolated_half_system_equals_state_vector(random_system):
    tls = random_system(10, seed=6)
    t = np.array([0.0, 0.3, 30.0])
    sites = [9, 0, 4, 5, 7]
    expected = brute_force.reduced_density_matrix(brute_force.state_vector(tls, t), sites)
    ours = density_matrix(tls, sites, t, frame="laboratory")
    # the state vector rounds phases of the energy of all 45 pairs
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-13 + 45 * 4 * EPS * np.abs(tls.J).max() * t.max())


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (1e-3, 0.0), (0.5, 0.0), (0.5, 2.0)])
def test_trace_one_and_positive_within_rounding(random_system, Y, f):
    tls = random_system(9, seed=7, J=3.0, Y=Y, f=f)
    rho = density_matrix(tls, [0, 8, 3, 5], np.logspace(-2, 3, 11))
    assert np.abs(np.trace(rho, axis1=1, axis2=2) - 1).max() < 32 * EPS  # 16 populations, products of 4
    assert np.linalg.eigvalsh(rho).min() > -100 * EPS
    assert np.abs(rho - rho.conj().swapaxes(1, 2)).max() < 4 * EPS  # each factor of the phases rounds once


def test_hot_fixed_point_is_fully_mixed_and_cold_one_is_the_ground_state(random_system):
    tls = dataclasses.replace(random_system(6, seed=1), Y=np.ones(6))
    hot = dataclasses.replace(tls, occupation=np.full(6, 1e9))
    np.testing.assert_allclose(density_matrix(hot, [0, 3, 4], 1.0)[0], np.eye(8) / 8, rtol=0, atol=1e-9)  # 1 / f
    cold = density_matrix(tls, [0, 3, 4], 20.0)[0]  # coherences exp(-40)
    ground = np.zeros((8, 8))
    ground[0, 0] = 1
    np.testing.assert_allclose(cold, ground, rtol=0, atol=1e-16)


def test_sign_of_each_polarisation_is_seen():
    """A spectator up or down turns the phase of site 0 the one way or the other, isolated: exp(-+ 4 i J t)."""
    J = np.array([[0, 0.3], [0.3, 0]])
    for m in (1.0, -1.0):
        tls = System(J, np.zeros(2), np.zeros(2), np.zeros(2), np.array([0.0, m]), np.zeros(2))
        element = density_matrix(tls, [0], 0.5)[0, 0, 1]  # w = 4 J, u + d = exp(-i m w t)
        assert element == pytest.approx(0.5 * np.exp(-1j * m * 4 * 0.3 * 0.5), abs=4 * EPS)
        own = density_matrix(tls, [1], 0.5)[0]
        assert own[0, 0] == pytest.approx((1 + m) / 2)


@OPEN
def test_purity_is_the_sum_of_squares(random_system, Y, f):
    tls = random_system(7, seed=11, Y=Y, f=f)
    t = np.array([0.0, 0.4, 9.0])
    for sites in ([3], [0, 6], [5, 1, 2, 4]):
        expected = (np.abs(density_matrix(tls, sites, t)) ** 2).sum(axis=(1, 2))
        np.testing.assert_allclose(purity(tls, sites, t), expected, rtol=1e-13)  # positive terms only


def test_purity_of_both_halves_of_a_pure_state(random_system):
    tls = random_system(9, seed=12)
    t = np.array([0.1, 1.0, 10.0])
    np.testing.assert_allclose(purity(tls, range(4), t), purity(tls, range(4, 9), t), rtol=1e-11)  # phases J t


def test_order_of_sites_is_a_permutation_of_the_basis(random_system):
    tls = random_system(5, seed=13, Y=0.2, f=0.4)
    rho = density_matrix(tls, [0, 1, 2], 0.7)[0].reshape([2] * 6)
    for order in itertools.permutations(range(3)):
        other = density_matrix(tls, order, 0.7)[0].reshape([2] * 6)
        np.testing.assert_allclose(other, rho.transpose(*order, *(3 + i for i in order)), rtol=0, atol=1e-15)


def test_bad_input(random_system):
    tls = random_system(40, seed=1)
    for sites in ([], [0, 0], [40], [-1], [0.5]):
        with pytest.raises(ValueError, match="sites"):
            density_matrix(tls, sites, 1.0)
    needed = 16 * 3 * 4.0**20 / 2**30
    assert needed * 2**30 > MEMORY_LIMIT
    with pytest.raises(MemoryError, match=rf"20 sites: 3 matrices .* {needed:.3g} GiB".replace("+", r"\+")):
        density_matrix(tls, range(20), [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="time"):
        density_matrix(tls, [0], -1.0)
    with pytest.raises(ValueError, match="frame"):
        density_matrix(tls, [0], 1.0, frame="lab")
    with pytest.raises(ValueError, match=r"sites holds 17 sites: 3\^17"):
        purity(tls, range(17), 1.0)
