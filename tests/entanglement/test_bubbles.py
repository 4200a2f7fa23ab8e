"""Bubbles by hand, and half-system entanglement against full states."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import System, brute_force, lindblad, system
from tlsglass.dynamics.subsystems import density_matrix, purity
from tlsglass.entanglement import bubbles as bubbles_module
from tlsglass.entanglement.bubbles import (
    bubbles,
    estimated_renyi2,
    half_system_entropy,
    half_system_mutual_information,
    half_system_negativity,
)
from tlsglass.entanglement.entropies import renyi2_entropy, von_neumann_entropy
from tlsglass.entanglement.negativity import logarithmic_negativity

TIMES = np.array([0.0, 0.05, 1.0, 50.0])
ROUNDING = 1e-10  # phases J t ~ 1e4 are rounded to 1e-12, small eigenvalues are multiplied by their logarithm


def sample(n_tls, k=0, **scales):
    return system(draw(Disorder(n_tls), seed=5, k=k), **scales)


def on_a_line(x):
    zero, x = np.zeros(len(x)), np.array(x)
    return System(np.zeros((len(x), len(x))), zero, zero, zero, zero, zero, np.abs(x[:, None] - x))


def test_bubbles_by_hand():
    """Four TLSs at 0, 1, 3 and 7: each with its nearest neighbour."""
    assert bubbles(on_a_line([0.0, 1.0, 3.0, 7.0])).tolist() == [[0, 1], [0, 1], [1, 2], [2, 3]]


def test_bubble_holds_the_centre_and_the_nearest():
    tls = sample(12)
    for i, inside in enumerate(bubbles(tls)):
        outside = [j for j in range(12) if j not in inside]
        assert i in inside and len(inside) == 6
        assert tls.distance[i, inside].max() < tls.distance[i, outside].min()


def test_system_keeps_the_minimum_image_distances():
    realisation = draw(Disorder(5), seed=1, k=0)
    tls = system(realisation)
    offset = realisation.positions[0] - realisation.positions[3]
    offset -= realisation.side * np.rint(offset / realisation.side)
    assert tls.distance[0, 3] == pytest.approx(np.linalg.norm(offset))
    with pytest.raises(ValueError, match="distance"):
        dataclasses.replace(tls, distance=np.triu(tls.distance))


def test_isolated_entropies_against_all_amplitudes():
    tls = sample(8)
    psi = brute_force.state_vector(tls, TIMES)
    halves = [brute_force.reduced_density_matrix(psi, half) for half in bubbles(tls)]
    assert half_system_entropy(tls, TIMES)[0] == pytest.approx(0, abs=1e-13)  # a product state
    entropy, renyi2 = (
        np.mean([measure(rho) for rho in halves], axis=0) for measure in (von_neumann_entropy, renyi2_entropy)
    )
    np.testing.assert_allclose(half_system_entropy(tls, TIMES), entropy, rtol=0, atol=ROUNDING)
    np.testing.assert_allclose(half_system_mutual_information(tls, TIMES), 2 * renyi2, rtol=0, atol=ROUNDING)


@pytest.mark.parametrize("temperature", [0.0, 0.5])
def test_open_system_against_app_d(temperature):
    tls = sample(4, k=1, interaction_scale=1e4, dissipation_scale=0.3, temperature=temperature)
    t = np.array([0.1, 3.0])
    whole = lindblad.density_matrix(tls, range(4), t)
    entropies, negativities, mutual = [], [], []
    for half in bubbles(tls):
        rest = [j for j in range(4) if j not in half]
        a, b = (lindblad.density_matrix(tls, sites, t) for sites in (half, rest))
        ordered = lindblad.density_matrix(tls, [*half, *rest], t)
        entropies.append(von_neumann_entropy(a))
        negativities.append(logarithmic_negativity(ordered, 4))
        mutual.append(renyi2_entropy(a) + renyi2_entropy(b) - renyi2_entropy(whole))
    for ours, expected in (
        (half_system_entropy, entropies),
        (half_system_negativity, negativities),
        (half_system_mutual_information, mutual),
    ):
        np.testing.assert_allclose(ours(tls, t), np.mean(expected, axis=0), rtol=0, atol=ROUNDING)


def test_isolated_negativity_against_the_partial_transpose():
    """The Schmidt coefficients of all amplitudes against the products over spins, transposed."""
    tls = sample(6)
    expected = 0.0
    for half in bubbles(tls):
        rest = [j for j in range(6) if j not in half]
        expected += logarithmic_negativity(density_matrix(tls, [*half, *rest], TIMES), 8) / 6
    np.testing.assert_allclose(half_system_negativity(tls, TIMES), expected, rtol=0, atol=ROUNDING)


def test_dissipation_entangles_with_the_bath_and_ends_in_the_ground_state():
    """S_E counts the bath, the negativity does not; at T = 0 everything returns to a pure product state."""
    tls = dataclasses.replace(sample(6), Y=np.full(6, 1e-3))
    early, late = half_system_entropy(tls, [0.0, 1e4])[1], half_system_entropy(tls, 4e4)[0]
    assert late == pytest.approx(0, abs=1e-12) and early == pytest.approx(0, abs=1e-12)
    middle = np.array([100.0])  # G t = 0.4
    isolated = dataclasses.replace(tls, Y=np.zeros(6))
    assert half_system_entropy(tls, middle) > half_system_entropy(isolated, middle) + 0.1
    assert half_system_negativity(tls, middle) < half_system_negativity(isolated, middle) - 0.1


def test_estimated_entropy_is_that_of_the_first_bubble():
    tls = sample(12)
    exact = -np.log(purity(tls, bubbles(tls)[0], TIMES))
    # four runs of 200 particles know these purities to 1 per cent
    ours = estimated_renyi2(tls, TIMES)
    np.testing.assert_allclose(ours, exact, rtol=0, atol=0.05)
    np.testing.assert_array_equal(estimated_renyi2(tls, TIMES[2:]), ours[2:])  # whichever times stand beside


def test_each_time_of_an_estimate_has_its_own_random_numbers(monkeypatch):
    """Else the errors of neighbouring times would be one error; the last bits of a time change nothing."""
    seeds = {}

    def note(tls, half, time, effort, seed, largest_relative_error):
        seeds[time] = seed
        return SimpleNamespace(entropy=0.0)

    monkeypatch.setattr(bubbles_module, "filtered_purity", note)
    times = np.array([0.0, 1e-3, 1.0, 1.01, np.nextafter(1.01, 2), 1e6])
    estimated_renyi2(sample(4), times)
    assert seeds[1.01] == seeds[np.nextafter(1.01, 2)]
    assert len(set(seeds.values())) == 5


def test_bad_input():
    with pytest.raises(ValueError, match="N = 5 is not allowed"):
        half_system_entropy(sample(5), 1.0)
    with pytest.raises(ValueError, match="distance = None"):
        bubbles(dataclasses.replace(sample(4), distance=None))
    with pytest.raises(MemoryError, match="14 sites"):
        half_system_negativity(sample(14, dissipation_scale=1.0), 1.0)
    with pytest.raises(ValueError, match="14"):
        half_system_negativity(sample(14), 1.0)
    with pytest.raises(ValueError, match="time"):
        half_system_entropy(sample(4), -1.0)
