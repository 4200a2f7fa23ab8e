"""Averages over weighted pairs: pair by pair against the exact states, against plain averages, and when they refuse."""

import dataclasses

import numpy as np
import pytest

from tlsglass.disorder.weak_pairs import draw_weak_pairs
from tlsglass.dynamics import System, two_site_density_matrix
from tlsglass.ensembles import Ensemble, average
from tlsglass.ensembles.observables import CONCURRENCE
from tlsglass.ensembles.weak_pairs import (
    WEIGHTED_CONCURRENCE,
    WeakPairEnsemble,
    effective_pairs,
    require_effective_pairs,
    weighted_rows,
)
from tlsglass.entanglement import concurrence
from tlsglass.glass.materials import glass
from tlsglass.glass.units import HBAR
from tlsglass.kernels.weighted_pairs import pair_concurrences

TIME = np.logspace(-1.5, 2, 20)


@pytest.mark.parametrize(
    "options",
    [{}, {"dissipation_scale": 1.0}, {"dissipation_scale": 1.0, "temperature": 0.3, "dipoles": "paper"}],
)
def test_rows_are_weighted_means_of_exact_concurrences(options):
    """Each pair from its own density matrices; spectators do not see each other, so their couplings may be zero."""
    ensemble = WeakPairEnsemble(9, n_pairs=12, seed=4, **options)
    s = ensemble.realisation(3)
    expected = np.zeros(TIME.size)
    for p in range(12):
        J = np.zeros((9, 9))
        J[:2] = s.J[p]
        J = np.triu(J) + np.triu(J, 1).T  # J_01 and J_10 may differ in the last bit
        tls = System(J, s.Y[p], s.occupation[p], np.zeros(9), s.polarisation[p], np.zeros(9))
        expected += s.weight[p] * concurrence(two_site_density_matrix(tls, 0, 1, TIME)) / 12
    # (N - 1) / 2 pairs per TLS; a nearly pure state knows its concurrence to the root of the rounding, weights up to 5
    np.testing.assert_allclose(weighted_rows([s], TIME)[0], 4.0 * expected, rtol=1e-9, atol=1e-7)
    assert expected.max() > 1e-3


@pytest.mark.parametrize(
    "options",
    [{"dissipation_scale": 0.0}, {"dissipation_scale": 1.0, "asymmetry_exponent": 2.0, "dipoles": "gaussian"}],
)
def test_agrees_with_plain_sampling(options):
    """Wherever both see something: time by time, with errors that are right."""
    weighted = average(WeakPairEnsemble(6, seed=1, **options), WEIGHTED_CONCURRENCE, TIME, 60)
    plain = average(Ensemble(6, seed=2, **options), CONCURRENCE, TIME, 3000)
    both = (plain.mean > 5 * plain.stderr) & (weighted.mean > 5 * weighted.stderr)
    sigmas = ((weighted.mean - plain.mean) / np.hypot(weighted.stderr, plain.stderr))[both]
    assert both.sum() >= 8
    assert np.abs(sigmas).max() < 4


@pytest.mark.parametrize("name", ["J", "G", "f", "m"])
def test_a_number_that_is_none_is_never_zero_entanglement(name):
    """Also at late times, where the early stop would not have looked at it."""
    rng = np.random.default_rng(0)
    numbers = {"J": rng.normal(size=(3, 2, 30)), "G": rng.random((3, 30)), "f": rng.random((3, 30))}
    numbers["J"][:, 0, 0] = numbers["J"][:, 1, 1] = 0
    numbers["J"][:, 1, 0] = numbers["J"][:, 0, 1]
    numbers["m"] = rng.uniform(-1, 1, (3, 30))
    time, out = np.array([50.0, 60.0]), np.empty(2)
    pair_concurrences(*numbers.values(), np.ones(3), time, out)
    assert np.all(out == 0)
    numbers[name][1, ..., -1] = np.nan
    pair_concurrences(*numbers.values(), np.ones(3), time, out)
    assert np.isnan(out).all()


def test_the_law_of_the_plain_ensemble():
    """Same parameters, same couplings and rates: pairs of a set have the scale of the plain ensemble's."""
    options = dict(delta_bar=1e-5, n_delta=8.0, interaction_scale=3.0, dissipation_scale=2.0, material="BK7")
    s = WeakPairEnsemble(12, n_pairs=3000, seed=5, **options).realisation(0)
    plain = [Ensemble(12, seed=5, **options).realisation(k) for k in range(400)]
    for name in ("J", "Y"):  # spectators are drawn from their own law
        ours, theirs = getattr(s, name), np.array([getattr(tls, name) for tls in plain])
        ours, theirs = np.abs(ours[..., 2:]), np.abs(theirs[..., 2:])
        weight = s.weight[:, None, None] if name == "J" else np.ones((3000, 1))
        low = np.quantile(theirs[theirs > 0], 0.2)
        assert (weight * (ours > low)).mean() == pytest.approx((theirs[theirs > 0] > low).mean(), abs=0.06)


def test_sets_have_the_couplings_rates_and_occupations_of_their_ensemble():
    """Set 5 of a glass with everything away from its default; the rate (21), corrected, in SI units."""
    options = dict(interaction_scale=3.0, dissipation_scale=2.0, temperature=0.3, prefactor="corrected")
    ensemble = WeakPairEnsemble(5, seed=7, n_pairs=20, material="BK7", dipoles="paper", **options)
    s, g = ensemble.realisations(4, 2)[1], glass("BK7")
    pairs = draw_weak_pairs(ensemble.disorder, 7, 5, 20, g)
    E, Delta = 2 * np.hypot(pairs.asymmetry, pairs.tunnelling) * g.W, pairs.tunnelling * g.W
    Y = (Delta * g.gamma) ** 2 * (E / HBAR) * pairs.trace_d2 / (6 * np.pi * g.density * HBAR**3 * g.velocity**5)
    np.testing.assert_allclose(s.Y, 2 * Y * HBAR / g.W, rtol=1e-12)
    np.testing.assert_allclose(s.occupation, 1 / np.expm1(E / g.W / 0.3), rtol=1e-12)
    np.testing.assert_array_equal(s.J, 3 * pairs.interactions(g))
    np.testing.assert_array_equal(s.weight, pairs.weight)


def test_a_window_is_refused_for_its_own_times_alone():
    curve = average(WeakPairEnsemble(4, seed=1), WEIGHTED_CONCURRENCE, [1.0, 2.0, 3.0], 4)
    known = dataclasses.replace(curve, mean=np.ones(3), stderr=1 / np.sqrt([49.0, 51.0, 48.0]))
    require_effective_pairs(known, (2, 2))
    for empty in ((1e9, 1e10), (3, 2)):
        with pytest.raises(ValueError, match="must hold one of the curve's times"):
            require_effective_pairs(known, empty)
    for window, t in (((1, 2), 1), ((2, 3), 3), ((1, 3), 3)):
        with pytest.raises(ValueError, match=f"at t = {t} the mean hangs on .* fewer than at_least = 50"):
            require_effective_pairs(known, window)


def test_effective_pairs_of_equal_contributions():
    """100 of 10 000 pairs contribute alike: the mean is known as if it came from 100 pairs."""
    curve = average(WeakPairEnsemble(4, seed=1), WEIGHTED_CONCURRENCE, [1.0], 4)
    rows = np.repeat([[1.0], [0.0]], [100, 9900], axis=0)
    stderr = rows.std(axis=0, ddof=1) / 100
    counted = dataclasses.replace(curve, mean=rows.mean(axis=0), stderr=stderr)
    assert effective_pairs(counted)[0] == pytest.approx(100, rel=0.02)
    require_effective_pairs(counted, (1, 1), at_least=95)
    with pytest.raises(ValueError, match="at t = 1 the mean hangs on 101 effective pairs, fewer than at_least = 105"):
        require_effective_pairs(counted, (1, 1), at_least=105)
    nothing = dataclasses.replace(counted, mean=np.zeros(1), stderr=np.zeros(1))
    assert effective_pairs(nothing)[0] == 0


def test_the_number_of_pairs_is_a_parameter():
    with pytest.raises(ValueError, match="n_pairs = 0 is not allowed"):
        WeakPairEnsemble(4, n_pairs=0)
    assert WeakPairEnsemble(4, n_pairs=7).realisation(0).J.shape == (7, 2, 4)
    assert WeakPairEnsemble(4).identity == Ensemble(4).identity  # so the observable must have a name of its own
    assert WEIGHTED_CONCURRENCE.name != CONCURRENCE.name
