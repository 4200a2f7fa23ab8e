"""J_ij, Y_i, the minimum image and the Bose function: special cases by hand, symmetries, refusals."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlsglass.disorder.couplings import bose_occupation, dissipation_rates, interactions, minimum_image_distances
from tlsglass.glass.materials import GLASSES, SIMULATION


def by_27_images(positions, side):
    """Distances by trying every neighbouring image: slow and obvious."""
    images = [np.array(shift) * side for shift in product((-1, 0, 1), repeat=3)]
    separation = positions[:, None] - positions[None, :]
    return np.min([np.linalg.norm(separation + image, axis=-1) for image in images], axis=0)


def test_minimum_image_against_27_images():
    rng = np.random.default_rng(1)
    side = 2.7
    positions = rng.uniform(0, side, size=(30, 3))
    distance = minimum_image_distances(positions, side)
    np.testing.assert_allclose(distance, by_27_images(positions, side), atol=1e-14 * side)
    assert distance.max() <= np.sqrt(3) / 2 * side


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10))
def test_minimum_image_is_periodic_and_symmetric(seed, side):
    rng = np.random.default_rng(seed)
    positions = rng.uniform(0, side, size=(5, 3))
    moved = positions + side * rng.integers(-3, 4, size=(5, 3)) + rng.uniform(-1, 1, size=3)
    distance = minimum_image_distances(positions, side)
    np.testing.assert_array_equal(distance, distance.T)
    np.testing.assert_array_equal(np.diag(distance), 0)
    np.testing.assert_allclose(minimum_image_distances(moved, side), distance, atol=1e-13 * (1 + side))


def test_minimum_image_crosses_the_wall_and_takes_integers():
    assert minimum_image_distances([[0, 0, 0], [9, 0, 0]], 10)[0, 1] == 1
    assert minimum_image_distances(np.array([[0, 0, 0], [5, 5, 5]]), 10)[0, 1] == pytest.approx(np.sqrt(75))


@pytest.mark.parametrize("bad", [[[0, 0]], [0, 0, 0], [[0, 0, np.nan]], "here", 3.0])
def test_minimum_image_refuses_positions(bad):
    with pytest.raises(ValueError, match="positions = .* is not allowed"):
        minimum_image_distances(bad, 1.0)


@pytest.mark.parametrize("bad", [0, -1, np.inf, None])
def test_minimum_image_refuses_side(bad):
    with pytest.raises(ValueError, match="side = .* is not allowed"):
        minimum_image_distances(np.zeros((2, 3)), bad)


def two_spins(eps=(0.5, 0.5), Delta=(0.0, 0.0), D=1.0, r=1.0, material=SIMULATION):
    eps, Delta = np.array(eps), np.array(Delta)
    splitting = 2 * np.hypot(eps, Delta)
    return interactions(eps, splitting, np.full((2, 2), D), np.full((2, 2), r), material)


def test_interaction_of_two_untunnelling_spins():
    """At Delta = 0 both tilts are 1/2: J = gamma^2 / (16 pi rho v^2 L0^3)."""
    J = two_spins()
    assert J[0, 0] == J[1, 1] == 0
    assert J[0, 1] == J[1, 0] == pytest.approx(2.550e-5 / 4, rel=1e-4)  # the number has four digits
    assert two_spins(r=2.0)[0, 1] == pytest.approx(J[0, 1] / 8)
    assert two_spins(D=-3.0)[0, 1] == pytest.approx(-3 * J[0, 1])


def test_a_symmetric_well_does_not_interact():
    assert two_spins(eps=(0.0, 0.5), Delta=(0.1, 0.0))[0, 1] == 0


@pytest.mark.parametrize("material", GLASSES.values(), ids=GLASSES)
def test_interaction_scale_in_si_units(material):
    J = two_spins(material=material)[0, 1] * material.W
    r = material.tls_density ** (-1 / 3)
    assert J == pytest.approx(material.gamma**2 / (16 * np.pi * material.density * material.velocity**2 * r**3))


@pytest.mark.parametrize(
    ("argument", "bad"),
    [
        ("asymmetry", [0.1]),
        ("asymmetry", [0.1, np.nan]),
        ("splitting", [1.0, 0.0]),
        ("splitting", 1.0),
        ("splitting", [[1.0, 1.0]]),
        ("contraction", np.ones((2, 3))),
        ("distance", np.zeros((2, 2))),
        ("distance", np.ones(2)),
        ("contraction", [[1.0, 1.0], [2.0, 1.0]]),
        ("distance", [[1.0, 1.0], [2.0, 1.0]]),
    ],
)
def test_interactions_refuse(argument, bad):
    arguments = {
        "asymmetry": np.array([0.5, 0.5]),
        "splitting": np.ones(2),
        "contraction": np.ones((2, 2)),
        "distance": np.ones((2, 2)),
    }
    interactions(**arguments)
    with pytest.raises(ValueError, match=f"(?s){argument}.* is not allowed"):
        interactions(**{**arguments, argument: bad})


def test_rate_of_the_simulations_and_its_two_prefactors():
    printed = dissipation_rates(np.array([1.0, 0.1]), np.array([1.0, 2.0]), np.array([1.0, 3.0]))
    np.testing.assert_allclose(printed, 0.23845 * np.array([1, 0.06]), rtol=2e-5)  # the number has five digits
    corrected = dissipation_rates(np.array([1.0, 0.1]), np.array([1.0, 2.0]), np.array([1.0, 3.0]), "corrected")
    np.testing.assert_array_equal(corrected, 2 * printed)


@pytest.mark.parametrize(
    ("argument", "bad"),
    [
        ("prefactor", "right"),
        ("prefactor", None),
        ("splitting", [-1.0]),
        ("tunnelling", [0.1, 0.1]),
        ("trace_d2", [np.inf]),
        ("trace_d2", [-1.0]),
    ],
)
def test_rates_refuse(argument, bad):
    arguments = {"tunnelling": [0.1], "splitting": [1.0], "trace_d2": [1.0]}
    with pytest.raises(ValueError, match=f"{argument} = .* is not allowed"):
        dissipation_rates(**{**arguments, argument: bad})


def test_bose_function():
    assert bose_occupation(np.array([np.log(2)]), 1.0)[0] == pytest.approx(1, rel=1e-15)  # 1 / (2 - 1)
    np.testing.assert_array_equal(bose_occupation(np.array([0.1, 1.0]), 0), 0)
    assert bose_occupation(1.0, 1e-6) == 0  # exp overflows to infinity, without a warning
    x = np.geomspace(1e-3, 30, 50)
    f = bose_occupation(x, 1.0)
    np.testing.assert_allclose(1 + 2 * f, 1 / np.tanh(x / 2), rtol=1e-13)  # coth: the textbook form of 1 / T_1
    assert bose_occupation(1.0, 1000.0) == pytest.approx(1000 - 0.5, rel=1e-6)  # equipartition, up to 1 / (12 T)


@pytest.mark.parametrize(("splitting", "temperature"), [([0.0], 1.0), ([1.0], -1.0), ([1.0], np.nan), ([np.nan], 1.0)])
def test_bose_refuses(splitting, temperature):
    with pytest.raises(ValueError, match="(splitting|temperature) = .* is not allowed"):
        bose_occupation(splitting, temperature)


def test_minimum_image_in_a_box_takes_each_side_by_itself():
    positions = np.array([[0.1, 0.2, 1.0], [1.9, 1.1, 39.0]])
    distance = minimum_image_distances(positions, np.array([2.0, 2.0, 40.0]))
    assert distance[0, 1] == pytest.approx(np.sqrt(0.2**2 + 0.9**2 + 2.0**2))
    with pytest.raises(ValueError, match="side"):
        minimum_image_distances(positions, np.array([2.0, 0.0, 40.0]))
