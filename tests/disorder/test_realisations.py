"""The draws of the disorder: their laws, Eqs. (4)-(6) and (26), and what they depend on."""

import dataclasses
import itertools

import numpy as np
import pytest
from scipy import stats

from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.realisations import draw_many

# With fixed seeds the outcome is fixed too: this only says how unlikely a correct generator is to be refused by us.
P_VALUE = 1e-3
FIELDS = ("asymmetry", "tunnelling", "positions", "contraction", "trace_d2", "polarisation", "azimuth")


def pooled(disorder, n_samples=200, seed=3):
    """All numbers of many samples, by name; the pairs i < j of the contraction."""
    samples = [draw(disorder, seed, k) for k in range(n_samples)]
    numbers = {name: np.concatenate([getattr(s, name).ravel() for s in samples]) for name in FIELDS}
    upper = np.triu_indices(disorder.n_tls, 1)
    numbers["contraction"] = np.concatenate([s.contraction[upper] for s in samples])
    return numbers


def distance_from(law, numbers):
    return stats.kstest(numbers, law.cdf).pvalue


@pytest.fixture(scope="module")
def numbers():
    return pooled(Disorder(20, delta_bar=0.1, n_delta=2.0))


@pytest.mark.parametrize(
    ("name", "transform", "law"),
    [
        ("asymmetry", lambda x: x, stats.uniform(0, 1)),  # Eq. (4), W = 1
        ("tunnelling", lambda x: np.log10(x / 0.1), stats.uniform(-1, 2)),  # Eqs. (5), (6): 1/Delta over 2 decades
        ("positions", lambda x: x, stats.uniform(0, 20 ** (1 / 3))),
        ("contraction", lambda x: x, stats.norm()),
        ("trace_d2", lambda x: x, stats.chi2(1)),  # the square of a normal number
        ("polarisation", lambda x: x, stats.uniform(-1, 2)),  # cos(theta) on the sphere
        ("azimuth", lambda x: x, stats.uniform(0, 2 * np.pi)),
    ],
)
def test_law(numbers, name, transform, law):
    assert distance_from(law, transform(numbers[name])) > P_VALUE


def test_other_reading_of_the_initial_state():
    """theta uniform in [0, pi], not cos(theta): each reading is refused by the test of the other."""
    sphere, angle = (pooled(Disorder(20, initial_state=x))["polarisation"] for x in ("sphere", "angle"))
    theta, cosine = stats.uniform(0, np.pi), stats.uniform(-1, 2)
    assert distance_from(theta, np.arccos(angle)) > P_VALUE
    assert distance_from(cosine, angle) < 1e-9
    assert distance_from(theta, np.arccos(sphere)) < 1e-9


@pytest.mark.parametrize(("delta_bar", "n_delta"), [(1e-5, 8.0), (0.3, 0.5)])
def test_span_of_the_tunnelling(delta_bar, n_delta):
    """n_Delta decades around the typical amplitude, the middle of the logarithms."""
    decades = np.log10(pooled(Disorder(20, delta_bar, n_delta))["tunnelling"] / delta_bar)
    assert distance_from(stats.uniform(-n_delta / 2, n_delta), decades) > P_VALUE


def test_numbers_of_a_sample_are_independent(numbers):
    """No two of the on-site numbers are correlated, nor neighbours in the stream, nor successive samples."""
    sites = {name: x for name, x in numbers.items() if x.size == 200 * 20}
    assert len(sites) == 5
    pairs = list(itertools.combinations(sites.values(), 2)) + [(x[:-1], x[1:]) for x in sites.values()]
    pairs += [(x[:-20], x[20:]) for x in sites.values()]
    p_values = [stats.spearmanr(*pair).pvalue for pair in pairs]
    assert min(p_values) > P_VALUE / len(pairs)  # Bonferroni


def test_geometry():
    sample = draw(Disorder(27), seed=0, k=0)
    assert sample.side == pytest.approx(3, rel=1e-15)
    assert sample.positions.min() >= 0
    assert sample.positions.max() < sample.side
    np.testing.assert_array_equal(sample.contraction, sample.contraction.T)
    np.testing.assert_array_equal(np.diag(sample.contraction), 0)
    np.testing.assert_allclose(sample.splitting**2, 4 * (sample.asymmetry**2 + sample.tunnelling**2), rtol=1e-15)


def same(one, other):
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))


def test_a_sample_depends_on_seed_and_number_alone():
    disorder = Disorder(9)
    forwards = [draw(disorder, 5, k) for k in range(6)]
    np.random.seed(0)  # noqa: NPY002 - the global generator must not matter
    backwards = [draw(disorder, 5, k) for k in reversed(range(6))][::-1]
    assert all(same(one, other) for one, other in zip(forwards, backwards, strict=True))
    for one, other in itertools.combinations([*forwards, draw(disorder, 6, 0), draw(disorder, 0, 5)], 2):
        assert not np.any(one.asymmetry == other.asymmetry)


def test_parameters_move_the_same_random_numbers():
    """Other amplitudes with the same seed: the same glass, with its tunnelling rescaled."""
    one, other = draw(Disorder(9, delta_bar=0.1), 5, 1), draw(Disorder(9, delta_bar=0.2), 5, 1)
    np.testing.assert_array_equal(other.tunnelling, 2 * one.tunnelling)
    assert all(np.array_equal(getattr(one, n), getattr(other, n)) for n in FIELDS if n != "tunnelling")


def test_no_tunnelling_at_all():
    assert np.all(draw(Disorder(4, delta_bar=0.0), 1, 0).tunnelling == 0)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("n_tls", 1, "an integer from 2"),
        ("n_tls", 4.0, "an integer from 2"),
        ("delta_bar", -0.1, "a finite number >= 0"),
        ("delta_bar", np.nan, "a finite number >= 0"),
        ("delta_bar", np.inf, "a finite number >= 0"),
        ("n_delta", 0.0, "a positive finite number"),
        ("n_delta", -2.0, "a positive finite number"),
        ("initial_state", "cube", "one of 'sphere', 'angle', 'thermal'"),
    ],
)
def test_bad_distribution(name, value, allowed):
    with pytest.raises(ValueError, match=f"{name} = {value!r} is not allowed: it must be {allowed}"):
        Disorder(**{"n_tls": 4, name: value})


@pytest.mark.parametrize(("seed", "k", "message"), [(-1, 0, "seed = -1"), (1.5, 0, "seed = 1.5"), (0, -2, "k = -2")])
def test_bad_number_of_a_sample(seed, k, message):
    with pytest.raises(ValueError, match=f"{message} is not allowed: it must be an integer"):
        draw(Disorder(3), seed, k)


def test_box_has_one_tls_per_volume_and_the_same_numbers():
    """A bar of 320 TLSs, 40 times as long as wide, is 2 x 2 x 80; only the positions are stretched."""
    bar, cube = draw(Disorder(320, elongation=40), 1, 0), draw(Disorder(320), 1, 0)
    np.testing.assert_allclose(bar.side, [2, 2, 80], rtol=1e-14)  # a cube root
    np.testing.assert_allclose(bar.positions / bar.side, cube.positions / cube.side, rtol=1e-14)
    np.testing.assert_array_equal(bar.contraction, cube.contraction)
    with pytest.raises(ValueError, match="elongation"):
        Disorder(8, elongation=0)


def test_many_samples_are_limited_by_their_couplings():
    with pytest.raises(ValueError, match="count = 101 is not allowed: it must be an integer from 1 to 100"):
        draw_many(Disorder(3162), 0, 0, 101)  # 10^7 couplings each
