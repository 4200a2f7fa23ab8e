"""Purity by sampling and by the particle filter: unbiased, honest errors, bounds, refusals."""

import dataclasses

import numpy as np
import pytest
from scipy.stats import chi2, norm, t

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import System, system
from tlsglass.dynamics.subsystems import density_matrix, purity
from tlsglass.entanglement import renyi
from tlsglass.entanglement.bubbles import bubbles
from tlsglass.entanglement.renyi import (
    Effort,
    Purity,
    TooUncertain,
    entropy_bound,
    filtered_purity,
    sampled_purity,
)

QUICK = Effort(particles=60, steps=10, runs=4)


def sample(n_tls, k=0, **scales):
    tls = system(draw(Disorder(n_tls), seed=7, k=k), **scales)
    return tls, bubbles(tls)[0]


def test_entropy_bound_by_hand_and_in_a_product_state():
    """Two sites, m = 0 and 0.6: ln 2 + ln(2 / 1.36). A quenched pair of many strong witnesses comes near it."""
    zero = np.zeros(4)
    tls = System(np.zeros((4, 4)), zero, zero, zero, np.array([0.0, 0.6, 1.0, 1.0]), zero)
    assert entropy_bound(tls, [0, 1]) == pytest.approx(np.log(2) + np.log(2 / 1.36))
    assert entropy_bound(tls, [2, 3]) == 0


@pytest.mark.parametrize("dissipation", [0.0, 0.3])
def test_sampling_is_exact_where_nothing_is_left_to_sample(dissipation):
    """One site: all patterns have at most one non-zero entry; two sites with one certain: the same."""
    tls, _ = sample(6, dissipation_scale=dissipation, temperature=dissipation)
    times = np.array([0.0, 0.1, 3.0])
    certain = dataclasses.replace(tls, polarisation=np.array([1.0, *tls.polarisation[1:]]))
    for other, sites in ((tls, [3]), (certain, [0, 3])):
        estimates = sampled_purity(other, sites, times, n_samples=2)
        expected = (np.abs(density_matrix(other, sites, times)) ** 2).sum(axis=(1, 2))
        if dissipation == 0 or sites == [3]:  # a certain site that decays is no longer certain
            np.testing.assert_allclose([e.value for e in estimates], expected, rtol=1e-12)  # phases J t ~ 1e3
        assert all(e.stderr == 0 for e in estimates)


def standardised(estimates, exact):
    return np.array([(e.value - exact) / e.stderr for e in estimates])


@pytest.mark.parametrize(("dissipation", "temperature"), [(0.0, 0.0), (0.3, 0.0), (0.3, 0.5)])
def test_sampling_is_unbiased_and_its_error_is_honest(dissipation, temperature):
    """Ten times the error bars of 200 estimates: mean 0, chi-square as it should be."""
    tls, half = sample(10, dissipation_scale=dissipation, temperature=temperature)
    exact = purity(tls, half, 0.3)[0]
    estimates = [sampled_purity(tls, half, 0.3, n_samples=400, seed=s)[0] for s in range(200)]
    z = standardised(estimates, exact)
    assert abs(z.mean()) < 4 / np.sqrt(200)  # p = 6e-5
    assert chi2.ppf(1e-4, 200) < (z**2).sum() < chi2.ppf(1 - 1e-4, 200)
    assert abs(np.mean([e.value for e in estimates]) - exact) > 0  # not exact by accident


@pytest.mark.parametrize("time", [0.1, 1.0, 1e3], ids=["early", "middle", "late"])
def test_filter_is_unbiased(time):
    """Mean of 60 estimates, 4 runs each, against the exact sum; the scatter of the estimates gives the error."""
    tls, half = sample(12)
    exact = purity(tls, half, time)[0]
    values = [filtered_purity(tls, half, time, QUICK, seed=s, largest_relative_error=1).value for s in range(60)]
    stderr = np.std(values, ddof=1) / np.sqrt(60)
    assert abs(np.mean(values) - exact) < 4 * stderr  # p = 6e-5
    assert 0 < stderr < 0.02 * exact


def test_error_of_the_filter_covers_as_often_as_it_says():
    """Four runs: Student's t with 3 degrees of freedom. Its 68 % interval holds the exact value that often."""
    tls, half = sample(12, k=1)
    exact = purity(tls, half, 0.5)[0]
    z = standardised(
        [filtered_purity(tls, half, 0.5, QUICK, seed=s, largest_relative_error=1) for s in range(100)], exact
    )
    inside = int(np.sum(np.abs(z) < t.ppf(0.84, df=3)))
    low, high = norm.ppf([1e-4, 1 - 1e-4], loc=68, scale=np.sqrt(100 * 0.68 * 0.32))
    assert low < inside < high


def test_both_halves_and_plain_sampling_agree_at_sixty():
    """Beyond exact sums: S_2 ~ 2 at early times, from either half and by either estimator."""
    tls, half = sample(60)
    rest = [j for j in range(60) if j not in half]
    plain = sampled_purity(tls, half, 0.08, seed=1)[0]
    effort = Effort(particles=100, steps=12, runs=6)
    for sites, seed in ((half, 2), (rest, 3)):
        ours = filtered_purity(tls, sites, 0.08, effort, seed)
        assert 0.5 < ours.entropy < 6
        assert abs(ours.value - plain.value) < 4 * np.hypot(ours.stderr, plain.stderr)


@pytest.mark.parametrize("time", [1.0, 1e5])
def test_hard_bound_of_both_halves_at_sixty(time):
    """S_2 of an isolated system obeys the bound of either half; the late value comes near the lower of the two."""
    tls, half = sample(60, k=2)
    rest = [j for j in range(60) if j not in half]
    ours = filtered_purity(tls, half, time, Effort(particles=150, steps=16, runs=4), largest_relative_error=0.2)
    bound = min(entropy_bound(tls, half), entropy_bound(tls, rest))
    assert ours.entropy < bound + 4 * ours.relative_error
    assert ours.entropy > bound - 4.0 or time < 10


def test_late_value_is_the_sum_of_the_two_phases():
    """All phases turned: patterns d = 0 of A, and of B, each weigh prod (1 + m^2)/2; both together count once."""
    rng = np.random.default_rng(3)
    J = np.triu(rng.normal(size=(40, 40)), 1) * 1e3
    zero = np.zeros(40)
    tls = System(J + J.T, zero, zero, zero, rng.uniform(-0.2, 0.2, 40), zero)
    a, b = (np.exp(-entropy_bound(tls, sites)) for sites in (range(18), range(18, 40)))
    ours = filtered_purity(tls, range(18), 1.0, Effort(particles=200, steps=20, runs=8))
    assert ours.value == pytest.approx(a + b - a * b, rel=5 * ours.relative_error)


def test_purity_knows_its_entropy_and_relative_error():
    estimate = Purity(0.1, 0.002)
    assert estimate.entropy == pytest.approx(np.log(10)) and estimate.relative_error == pytest.approx(0.02)


def test_refuses_what_is_too_uncertain():
    tls, half = sample(60, k=3)
    wanted = r"n_samples = 400 .* relative error of .* n_samples = \d\.\de\+\d\d would do"
    with pytest.raises(TooUncertain, match=wanted):
        sampled_purity(tls, half, 0.1, n_samples=400, largest_relative_error=0.01)
    with pytest.raises(TooUncertain, match="particles = 10 gives"):
        filtered_purity(tls, half, 3.0, Effort(particles=10, steps=1, sweeps=0, runs=4), largest_relative_error=0.02)


def test_refuses_a_sum_that_few_samples_carry():
    """S_2 of 200 TLSs is far beyond plain sampling: the few patterns summed exactly would look precise."""
    tls, half = sample(200, k=3)
    with pytest.raises(TooUncertain, match=r"carried by \d+ samples"):
        sampled_purity(tls, half, 3.0, n_samples=100)


def test_refuses_an_estimate_beyond_the_bound(monkeypatch):
    """Runs that all miss the larger part of the sum agree with each other; the bound gives them away."""
    monkeypatch.setattr(renyi, "_few", lambda tls, kept, others, times: np.zeros(times.size))
    monkeypatch.setattr(renyi, "_filtered", lambda *arguments: np.log(1e-30))
    tls, half = sample(12)
    with pytest.raises(TooUncertain, match="above the bound"):
        filtered_purity(tls, half, 1.0)


def test_half_of_the_runs_sum_over_the_rest(monkeypatch):
    """At late times runs in one of the two languages alone may miss the phase that belongs to the other."""
    summed = []
    monkeypatch.setattr(renyi, "_filtered", lambda tls, kept, *rest: summed.append(kept.tolist()) or 1.0)
    tls, half = sample(8)
    filtered_purity(tls, half, 1.0, QUICK)
    assert summed == 2 * [half.tolist(), [j for j in range(8) if j not in half]]


def test_bad_input():
    tls, half = sample(8)
    warm = dataclasses.replace(tls, Y=np.ones(8))
    with pytest.raises(ValueError, match="isolated"):
        filtered_purity(warm, half, 1.0)
    for sites in ([], [0, 0], [8]):
        for estimator in (sampled_purity, filtered_purity):
            with pytest.raises(ValueError, match="sites"):
                estimator(tls, sites, 1.0)
    with pytest.raises(ValueError, match="trace out"):
        filtered_purity(tls, range(8), 1.0)
    for name, value in (("particles", 1), ("steps", 0), ("sweeps", -1), ("runs", 2), ("runs", 5)):
        with pytest.raises(ValueError, match=name):
            Effort(**{name: value})
    with pytest.raises(ValueError, match="n_samples"):
        sampled_purity(tls, half, 1.0, n_samples=1)
    with pytest.raises(ValueError, match="time"):
        filtered_purity(tls, half, -1.0)


@pytest.mark.parametrize(
    ("value", "stderr", "said"), [(0.0, 0.1, "value = 0"), (np.nan, 0.1, "value"), (1.0, -1.0, "stderr")]
)
def test_no_purity_is_zero(value, stderr, said):
    with pytest.raises(ValueError, match=said):
        Purity(value, stderr)


def pairs_across(n_pairs, phase):
    """`n_pairs` pairs, of which each half has one site, all unpolarised: the purity is that of one pair to a power."""
    J = np.diag(np.full(n_pairs, phase / 4), n_pairs)
    return System(J + J.T), -n_pairs * np.log((1 + np.cos(phase) ** 2) / 2)


def test_purity_too_small_for_a_float():
    """S_2 = 762 of 2200 TLSs. The few patterns that are summed exactly hold all but half a percent of the purity."""
    tls, expected = pairs_across(1100, np.arccos(1e-2))
    estimate = filtered_purity(tls, range(1100), 1.0, Effort(particles=2, steps=1, sweeps=0, runs=4))
    assert expected > 745
    # of sum_r (1100 choose r) 1e-4^r, r = 0, 1 are summed: 1.11 of 1.1162
    assert estimate.entropy == pytest.approx(expected + np.log(1.1162 / 1.11), abs=1e-3)
    assert estimate.relative_error < 1e-3


def test_few_patterns_are_the_same_sum_by_logarithms():
    tls, half = sample(12, k=4)
    rest = np.array([j for j in range(12) if j not in half])
    for time in (0.0, 0.1, 1e3):
        direct = renyi._few(tls, half, rest, np.array([time]))[0]
        assert renyi._log_few(tls, half, rest, time) == pytest.approx(np.log(direct), abs=1e-12)


def test_plain_sampling_refuses_what_no_float_holds():
    tls, _ = pairs_across(1100, np.arccos(1e-2))
    with pytest.raises(TooUncertain, match="carried by 0 samples"):
        sampled_purity(tls, range(1100), 1.0, n_samples=10)
