"""Sine, cosine and exponential against mpmath, to the unit in the last place."""

import numba
import numpy as np
import pytest
from mpmath import mp

from tlsglass.kernels.elementary import LARGEST_PHASE, exponential, phase

ULP_OF_ONE = 2.0**-52


@pytest.fixture(scope="module")
def exp():
    return numba.vectorize(["float64(float64)"])(lambda x: exponential(x))


def worst_phase_error(pairs):
    worst = 0.0
    with mp.workdps(60):
        for w, t in pairs:
            sine, cosine = phase(w, t)
            exact = mp.mpf(w) * mp.mpf(t)
            worst = max(worst, abs(float(mp.sin(exact) - sine)), abs(float(mp.cos(exact) - cosine)))
    return worst


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e3, 1e8, 1e12, 1e15, 1e17, 1e25])
def test_phases_of_exact_products(scale):
    """`w t` of two doubles has 106 digits; all of them count, on both sides of the largest phase of the polynomials."""
    rng = np.random.default_rng(int(np.log10(scale)) + 9)
    pairs = [(w, scale * t) for w, t in zip(rng.normal(size=300), rng.random(300), strict=True)]
    assert worst_phase_error(pairs) < ULP_OF_ONE  # half of it is the rounding of the result


def test_phases_near_multiples_of_a_quarter_turn():
    """Where the reduction cancels, and where the quotient is nearest to half an integer."""
    quarters = [0, 1, 2, 3, 4, 5, 1001, 2**20 + 3, 2**40 + 1, 2**49 - 1]
    near = [
        (s * np.nextafter(x, np.inf), 1.0)
        for q in quarters
        for s in (1, -1)
        for x in (q * np.pi / 2, (q + 0.5) * np.pi / 2)
    ]
    assert max(w for w, _ in near) < LARGEST_PHASE
    assert worst_phase_error(near) < ULP_OF_ONE


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_phase_that_is_no_number(bad):
    assert np.isnan(phase(bad, 1.0)).all()
    assert np.isnan(phase(1.0, bad)).all()


def test_exponential(exp):
    """To one unit in the last place from the smallest normal number on."""
    rng = np.random.default_rng(1)
    x = np.concatenate([-rng.exponential(size=500), rng.uniform(-708, 700, 500), [0.0, -1e-300, 1e-20, -708.0]])
    with mp.workdps(40):
        error = [
            abs(float((mp.mpf(float(ours)) - mp.exp(mp.mpf(float(v)))) / mp.exp(mp.mpf(float(v)))))
            for v, ours in zip(x, exp(x), strict=True)
        ]
    assert max(error) < 2.0**-52
    assert exp(0.0) == 1.0


def test_exponential_at_its_ends(exp):
    np.testing.assert_array_equal(exp(np.array([-708.01, -1e5, -np.inf])), 0.0)
    assert np.isnan(exp(np.nan))
    assert 0 < exp(-707.9) < 4e-308
