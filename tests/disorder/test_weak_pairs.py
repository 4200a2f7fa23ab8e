"""Importance sampling of pairs: the weights undo what the mixture does, for any average; rare events become common."""

import numpy as np
import pytest
from scipy import stats

from tlsglass.disorder import Disorder, couplings
from tlsglass.disorder.dipole_statistics import sample_contractions
from tlsglass.disorder.weak_pairs import SHARES, draw_weak_pairs
from tlsglass.glass.materials import glass

P_VALUE = 1e-3  # of a correct sampler refused by us; the seeds are fixed
SIGMAS = 4.5  # hundreds of comparisons at fixed seeds
LAWS = [
    Disorder(20),
    Disorder(6, asymmetry_exponent=0.5, dipoles="fixed"),
    Disorder(12, asymmetry_exponent=2.0, dipoles="paper"),
    Disorder(20, delta_bar=1e-5, n_delta=8.0, dipoles="gaussian"),
]
# Probability of Tr D^2 < 0.1: a chi-square over its degrees of freedom, or always 1
SMALL_DIPOLES = {
    "independent": stats.chi2(1).cdf(0.1),
    "paper": stats.chi2(1).cdf(0.1),
    "gaussian": stats.chi2(5).cdf(0.5),
    "fixed": 0.0,
}


def agrees(weight, values, expected):
    terms = weight * values
    return abs(terms.mean() - expected) < SIGMAS * terms.std() / np.sqrt(terms.size) + 1e-12


@pytest.fixture(scope="module", params=LAWS, ids=lambda law: law.dipoles)
def sample(request):
    return request.param, draw_weak_pairs(request.param, seed=3, k=1, n_pairs=20_000)


def test_weights_are_bounded_and_average_to_one(sample):
    _, pairs = sample
    assert 0 < pairs.weight.min() < 0.1
    assert pairs.weight.max() <= 1 / SHARES["plain"]
    assert agrees(pairs.weight, 1.0, 1.0)


def test_every_law_comes_back(sample):
    """Means over the own laws, of each number and of products, site by site."""
    law, pairs = sample
    p, w, span = law.asymmetry_exponent, pairs.weight, law.n_delta
    decade = np.log10(pairs.tunnelling / law.delta_bar) / span  # uniform in [-1/2, 1/2]
    for a in (0, 1):
        assert agrees(w, pairs.asymmetry[:, a], p / (p + 1))
        assert agrees(w, decade[:, a], 0)
        assert agrees(w, decade[:, a] ** 2, 1 / 12)
        assert agrees(w, pairs.trace_d2[:, a], 1)
        assert agrees(w, pairs.trace_d2[:, a] < 0.1, SMALL_DIPOLES[law.dipoles])
        if law.dipoles == "independent":
            assert agrees(w, pairs.contraction[:, a, 2] ** 2, 1)
        assert agrees(w, pairs.asymmetry[:, a] ** p * (decade[:, 1 - a] > 0.25), 1 / 8)
    r = pairs.distance[:, 0, 1]
    ball = r < law.side / 2
    assert agrees(w, ball, np.pi / 6)
    assert agrees(w, ball * (r / (law.side / 2)) ** 3 * pairs.asymmetry[:, 0] ** p, np.pi / 24)
    assert agrees(w, pairs.asymmetry[:, 0] ** p * pairs.asymmetry[:, 1] ** p, 0.25)


def test_spectators_are_those_of_nature(sample):
    law, pairs = sample
    for numbers, own in (
        (pairs.asymmetry[:, 2:] ** law.asymmetry_exponent, stats.uniform),
        (0.5 + np.log10(pairs.tunnelling[:, 2:] / law.delta_bar) / law.n_delta, stats.uniform),
        (0.5 + 0.5 * pairs.polarisation, stats.uniform),
    ):
        assert stats.kstest(numbers[:1000].ravel(), own.cdf).pvalue > P_VALUE
    inside = pairs.distance[:, 1, 2:] < law.side / 2
    assert abs(inside.mean() - np.pi / 6) < 5 * 0.5 / np.sqrt(inside.size)


@pytest.mark.parametrize("initial_state", ["angle", "thermal"])
def test_other_initial_states(initial_state):
    pairs = draw_weak_pairs(Disorder(9, initial_state=initial_state, temperature=0.3), 2, 0, 500)
    if initial_state == "angle":
        assert stats.kstest(np.arccos(pairs.polarisation[:, 2:]).ravel(), stats.uniform(0, np.pi).cdf).pvalue > P_VALUE
    else:  # of each TLS at its own splitting, those of the pair included
        boltzmann = np.exp(-2 * np.sqrt(pairs.asymmetry**2 + pairs.tunnelling**2) / 0.3)
        np.testing.assert_allclose(pairs.polarisation, (1 - boltzmann) / (1 + boltzmann), rtol=1e-12)


@pytest.mark.parametrize("weakness", [1e-2, 1e-4, 1e-6])
@pytest.mark.parametrize("p", [0.5, 1.0])
def test_rare_pairs_are_common(p, weakness):
    """Both `eps / Delta` and `r^3` below a bound that no plain sample of this size reaches: known to a few per cent."""
    law = Disorder(6, asymmetry_exponent=p)
    pairs = draw_weak_pairs(law, seed=8, k=0, n_pairs=200_000)
    ratio = pairs.asymmetry[:, :2] / pairs.tunnelling[:, :2]
    rare = np.all(ratio < weakness, axis=1) & (pairs.distance[:, 0, 1] ** 3 < weakness)
    mean_delta = 0.1**p * (10**p - 0.1**p) / np.log(100) / p  # of Delta^p; log-uniform over two decades
    expected = (weakness**p * mean_delta) ** 2 * 4 * np.pi / 3 * weakness / 6
    terms = pairs.weight * rare
    error = terms.std() / np.sqrt(terms.size)
    assert error < 0.03 * expected
    assert abs(terms.mean() - expected) < 4 * error


@pytest.mark.parametrize("dipoles", ["paper", "gaussian"])
def test_rare_dipoles_are_common(dipoles):
    """Both dipoles so small, at one of the scales of the mixture, and so close, that a plain sample has none."""
    pairs = draw_weak_pairs(Disorder(6, dipoles=dipoles), seed=8, k=0, n_pairs=200_000)
    bound, components = {"paper": (1e-3, 1), "gaussian": (0.1, 5)}[dipoles]
    rare = np.all(pairs.trace_d2[:, :2] < bound**2, axis=1) & (pairs.distance[:, 0, 1] ** 3 < bound)
    expected = stats.chi2(components).cdf(components * bound**2) ** 2 * 4 * np.pi / 3 * bound / 6
    terms = pairs.weight * rare
    error = terms.std() / np.sqrt(terms.size)
    assert error < 0.1 * expected
    assert abs(terms.mean() - expected) < 4 * error


@pytest.mark.parametrize("dipoles", ["gaussian", "paper", "fixed"])
def test_contractions_are_those_of_random_dipoles(dipoles):
    silica, law = glass("SiO2"), Disorder(3, dipoles=dipoles)
    pairs = draw_weak_pairs(law, 5, 0, 20_000, silica)
    plain = sample_contractions(silica, 400_000, seed=6, norm=dipoles)
    for power in (1, 2):
        assert agrees(pairs.weight, np.abs(pairs.contraction[:, 0, 1]) ** power, (np.abs(plain) ** power).mean())
    np.testing.assert_array_equal(pairs.contraction[:, 1, 0], pairs.contraction[:, 0, 1])
    size = np.abs(pairs.contraction[:, 0, 1]) / np.sqrt(pairs.trace_d2[:, :2].prod(axis=1))
    assert size.max() < 10  # |D_ij| is bounded by the sizes of both dipoles: these were scaled, and with them D_ij


def test_couplings_are_those_of_equation_22():
    pairs, silica = draw_weak_pairs(Disorder(5), 1, 0, 3), glass("SiO2")
    for p in range(3):
        D, r = np.zeros((5, 5)), np.ones((5, 5))
        for a in (0, 1):
            D[a], D[:, a], r[a], r[:, a] = pairs.contraction[p, a], pairs.contraction[p, a], *2 * [pairs.distance[p, a]]
        r[[0, 1], [0, 1]] = 1.0
        J = couplings.interactions(pairs.asymmetry[p], pairs.splitting[p], D, r, silica)
        np.testing.assert_allclose(pairs.interactions(silica)[p], J[:2], rtol=1e-13)


def test_a_set_depends_on_seed_and_number_alone():
    one, again, other = (draw_weak_pairs(LAWS[2], 4, k, 7) for k in (2, 2, 3))
    for name in ("asymmetry", "tunnelling", "distance", "contraction", "weight", "polarisation"):
        np.testing.assert_array_equal(getattr(one, name), getattr(again, name))
    assert not np.any(one.weight == other.weight)
    plain = np.random.Generator(np.random.PCG64(np.random.SeedSequence(4, spawn_key=(2,)))).random(1000)
    assert not np.intersect1d(plain, (1 + one.polarisation) / 2).size  # a stream of its own


def test_bad_arguments():
    with pytest.raises(ValueError, match="disorder.n_tls = 2 is not allowed"):
        draw_weak_pairs(Disorder(2), 1, 0, 10)
    with pytest.raises(ValueError, match="disorder.delta_bar = 0.0 is not allowed"):
        draw_weak_pairs(Disorder(4, delta_bar=0.0), 1, 0, 10)
    with pytest.raises(ValueError, match="disorder.elongation = 2.0 is not allowed"):
        draw_weak_pairs(Disorder(4, elongation=2.0), 1, 0, 10)
    with pytest.raises(ValueError, match="n_pairs = 0 is not allowed"):
        draw_weak_pairs(Disorder(4), 1, 0, 0)
