"""Brute force against hand-made two-spin states, and as the oracle of the closed form."""

import dataclasses
import itertools

import numpy as np
import pytest
import sympy as sp

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import System, brute_force, states, system


def sample(n_tls, k=0):
    return system(draw(Disorder(n_tls), seed=3, k=k))


def test_configurations_by_hand():
    assert brute_force.configurations(2).tolist() == [[1, 1], [1, -1], [-1, 1], [-1, -1]]


def test_two_spins_by_hand():
    """Energies of two spins count the pair twice, and amplitudes are cos and e^{i phi} sin of half the angle."""
    J, nu = 0.7, (0.3, 1.1)
    tls = System(
        J=[[0, J], [J, 0]], Y=[0, 0], occupation=[0, 0], nu=nu, polarisation=np.cos([0.4, 1.2]), azimuth=[0.5, 2.0]
    )
    expected = [-0.7 + 2 * J, 0.4 - 2 * J, -0.4 - 2 * J, 0.7 + 2 * J]
    np.testing.assert_allclose(brute_force.energies(tls), expected, rtol=1e-14)
    first = np.array([np.cos(0.2), np.exp(0.5j) * np.sin(0.2)])
    second = np.array([np.cos(0.6), np.exp(2.0j) * np.sin(0.6)])
    psi = brute_force.state_vector(tls, [0.0, 1.7])
    start = np.outer(first, second).ravel()
    np.testing.assert_allclose(psi[0], start, atol=1e-15)
    np.testing.assert_allclose(psi[1], start * np.exp(-1.7j * np.array(expected)), atol=1e-14)


@pytest.mark.parametrize("n_tls", [2, 3, 5, 8])
def test_closed_form_equals_brute_force_for_every_pair(n_tls):
    """(B1)-(B4): all pairs, early and late; the phase J t is itself rounded, hence the scale of the tolerance."""
    tls = sample(n_tls)
    time = np.array([0.0, 0.01, 1.0, 37.0, 1e4])
    atol = 1e-14 + 4 * n_tls * np.finfo(float).eps * np.abs(tls.J).max() * time
    for a, b in itertools.permutations(range(n_tls), 2):
        ours = states.two_site_density_matrix(tls, a, b, time, frame="laboratory")
        error = np.abs(ours - brute_force.two_site_density_matrix(tls, a, b, time)).max(axis=(1, 2))
        assert np.all(error <= atol), (a, b, error, atol)


def test_one_order_of_the_pair_sum_is_not_enough():
    """With J counted once (half of it), the closed form no longer agrees: the check can fail."""
    tls = sample(4)
    halved = dataclasses.replace(tls, J=tls.J / 2)
    ours = states.two_site_density_matrix(halved, 0, 1, 0.3, frame="laboratory")
    assert np.abs(ours - brute_force.two_site_density_matrix(tls, 0, 1, 0.3)).max() > 0.01


def test_reduced_density_matrix_of_a_product_and_of_a_bell_pair():
    bell = np.array([1, 0, 0, 1]) / np.sqrt(2)
    tilted = np.array([0.6, 0.8j])
    psi = np.kron(tilted, bell)[None]  # site 0 alone, sites 1 and 2 a Bell pair
    np.testing.assert_allclose(brute_force.reduced_density_matrix(psi, [0])[0], np.outer(tilted, tilted.conj()))
    np.testing.assert_allclose(brute_force.reduced_density_matrix(psi, [2])[0], np.eye(2) / 2, atol=1e-16)
    np.testing.assert_allclose(brute_force.reduced_density_matrix(psi, [2, 1])[0], np.outer(bell, bell), atol=1e-16)
    ordered = brute_force.reduced_density_matrix(psi, [1, 0])[0]
    np.testing.assert_allclose(ordered, np.kron(np.eye(2) / 2, np.outer(tilted, tilted.conj())), atol=1e-16)


def test_bad_input():
    with pytest.raises(ValueError, match="N = 13"):
        brute_force.energies(sample(13))
    with pytest.raises(ValueError, match="no dissipation"):
        brute_force.state_vector(system(draw(Disorder(3), 1, 0), dissipation_scale=1.0), 1.0)
    with pytest.raises(ValueError, match="time"):
        brute_force.state_vector(sample(3), -1.0)
    psi = brute_force.state_vector(sample(3), 1.0)
    for sites in ([0, 0], [3], [-1]):
        with pytest.raises(ValueError, match="sites"):
            brute_force.reduced_density_matrix(psi, sites)
    with pytest.raises(ValueError, match="shape"):
        brute_force.reduced_density_matrix(psi[:, :7], [0])
    with pytest.raises(ValueError, match="n_tls = 0"):
        brute_force.configurations(0)


def test_difference_of_energies_is_b4():
    """(B4) for symbols: what two spins feel is linear in each traced spin, and pairs count in both orders."""
    J = sp.zeros(4)
    for i, j in itertools.combinations(range(4), 2):
        J[i, j] = J[j, i] = sp.Symbol(f"J_{i}{j}")
    nu, left = sp.Matrix(sp.symbols("nu:4")), sp.Matrix(sp.symbols("s:4"))
    right = sp.Matrix([*sp.symbols("t:2"), *left[2:]])
    delta = left - right

    def energy(s, orders):
        return (-nu.T * s / 2 + orders * s.T * J * s / 2)[0]

    b4 = 2 * J[0, 1] * (left[0] * left[1] - right[0] * right[1]) - (nu[0] * delta[0] + nu[1] * delta[1]) / 2
    b4 += sum(left[j] * (2 * J[0, j] * delta[0] + 2 * J[1, j] * delta[1]) for j in (2, 3))
    assert sp.expand(energy(left, orders=2) - energy(right, orders=2) - b4) == 0
    assert sp.expand(energy(left, orders=1) - energy(right, orders=1) - b4) != 0


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_k_site_matrix_needs_products_for_half_of_3_to_the_k_patterns(k):
    """Not O(k^2 N) steps, as the text below (B4) has it: each pattern of s - s' is a product over the other spins."""
    n, t = 6, 0.21
    tls = sample(n)
    expected = brute_force.reduced_density_matrix(brute_force.state_vector(tls, t), range(k))[0]
    start = brute_force.reduced_density_matrix(brute_force.state_vector(tls, 0.0), range(k))[0]
    s = brute_force.configurations(k)
    inside = -0.5 * s @ tls.nu[:k] + np.einsum("xi,ij,xj->x", s, tls.J[:k, :k], s)
    products = {}
    for row, column in itertools.product(range(2**k), repeat=2):
        pattern = s[row] - s[column]
        w = 2 * pattern @ tls.J[:k, k:]
        factors = np.cos(w * t) - 1j * tls.polarisation[k:] * np.sin(w * t)
        products[tuple(pattern)] = factors.prod()
        phase = np.exp(-1j * (inside[row] - inside[column]) * t)
        assert start[row, column] * phase * factors.prod() == pytest.approx(expected[row, column], abs=1e-12)
    up_to_conjugation = {max(p, tuple(-x for x in p)) for p in products if any(p)}
    assert len(up_to_conjugation) == (3**k - 1) // 2
