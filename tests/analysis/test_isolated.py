"""What is read off the curves of the isolated system, on curves made by hand and on small ensembles."""

import numpy as np
import pytest

from tlsglass.analysis import isolated
from tlsglass.disorder import draw
from tlsglass.disorder.couplings import minimum_image_distances
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.experiments.isolated import HISTORY


def curve(mean, time=HISTORY, n_tls=20):
    blocks = mean * (1 + 1e-3 * np.random.default_rng(5).standard_normal((20, mean.size)))
    stderr = blocks.std(axis=0) / np.sqrt(20)
    return Curve(Ensemble(n_tls), CONCURRENCE, time, blocks.mean(axis=0), stderr, blocks, 100, 1.0)


def test_decay_is_fitted_in_its_window_and_only_for_large_systems():
    large, small = curve(0.1 * HISTORY**-2.5), curve(0.1 * HISTORY**-2.5, n_tls=8)
    fit, none = isolated.decay_exponents([large, small])
    assert none is None
    assert fit.exponent.value == pytest.approx(2.5, abs=5 * fit.exponent.stderr)
    assert isolated.DECAY_WINDOW[0] <= fit.window[0] < fit.window[1] <= isolated.DECAY_WINDOW[1]


def test_rise_slope_of_a_logarithm():
    t = HISTORY
    slope = isolated.rise_slope(curve(t * (2.0 * np.log(1 / t) + 40.0)))
    assert slope.value == pytest.approx(2.0, abs=5 * slope.stderr)
    assert 0 < slope.stderr < 0.1


def test_rise_slope_looks_at_its_decade_alone():
    """The law with a logarithm in the first decade of times, another one after it."""
    t = HISTORY
    law = t * (2.0 * np.log(1 / t) + 40.0)
    slope = isolated.rise_slope(curve(np.where(t < 1.001e-2, law, 3 * law)))
    assert slope.value == pytest.approx(2.0, abs=5 * slope.stderr)
    assert slope.stderr < 0.1


def test_maximum_is_found():
    time, value, stderr = isolated.maximum(curve(np.exp(-(np.log(HISTORY / 0.1) ** 2))))
    assert time == pytest.approx(0.1)
    assert value == pytest.approx(1.0, abs=5 * stderr)


def test_plateau_exponent_uses_the_sizes_asked_for():
    late = np.array([1e9])
    curves = [curve(np.array([np.exp(-0.8 * n)]), late, n) for n in (4, 5, 6)] + [curve(np.array([1.0]), late, 7)]
    alpha, _ = isolated.plateau_exponent(curves, (4, 5, 6))
    assert alpha.value == pytest.approx(0.8, abs=1e-2)  # the curves scatter by 1e-3
    with pytest.raises(ValueError, match="three or more"):
        isolated.plateau_exponent(curves, (4, 5))


def test_far_pair_coefficient_against_a_sum_over_drawn_pairs():
    """Mean of |K| over drawn TLSs, where the function integrates."""
    ensemble = Ensemble(2)
    J_r3 = []
    for k in range(4000):
        J = ensemble.realisation(k).J[0, 1]
        sample = draw(ensemble.disorder, ensemble.seed, k)
        J_r3.append(abs(J) * minimum_image_distances(sample.positions, sample.side)[0, 1] ** 3)
    mean, error = np.mean(J_r3), np.std(J_r3) / np.sqrt(len(J_r3))
    expected = 8 * np.pi / 3 * (np.pi / 4) ** 2 / 2  # N = 2: (N - 1) / N = 1/2
    assert isolated.far_pair_coefficient(ensemble) == pytest.approx(expected * mean, abs=4 * expected * error)


def test_collapse_is_exact_realisation_by_realisation():
    same = [Ensemble(6, interaction_scale=eta) for eta in (1e4, 1e5, 1e6)]
    # phases up to 4 |J| t ~ 1e3 are rounded at 1e-13
    assert isolated.collapse_error(same, np.array([0.01, 0.1, 1.0, 10.0]), 4) < 1e-11
    different = [Ensemble(6), Ensemble(6, delta_bar=0.2)]
    assert isolated.collapse_error(different, np.array([0.1]), 4) > 1e-4


@pytest.mark.parametrize("material", ["simulation", "SiO2", "PMMA"])
def test_far_pair_coefficient_goes_with_the_couplings_of_the_material(material):
    """The same tilts and `D_ij` in every material: drawn couplings of the same pair give the ratio of the scales."""
    ensembles = Ensemble(2), Ensemble(2, material=material)
    J = [ensemble.realisation(0).J[0, 1] for ensemble in ensembles]
    c_1 = [isolated.far_pair_coefficient(ensemble) for ensemble in ensembles]
    assert c_1[1] / c_1[0] == pytest.approx(J[1] / J[0], rel=1e-12)  # a dozen roundings


@pytest.mark.parametrize(
    ("name", "value"), [("asymmetry_exponent", 2.0), ("dipoles", "fixed"), ("initial_state", "angle")]
)
def test_far_pair_coefficient_refuses_other_laws(name, value):
    with pytest.raises(ValueError, match=f"ensemble.{name} = {value!r} is not allowed"):
        isolated.far_pair_coefficient(Ensemble(4, **{name: value}))
