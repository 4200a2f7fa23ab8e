"""Relaxation of one spin to 50 digits."""

import itertools
import os
import subprocess
import sys

import mpmath
import numpy as np
import pytest

from tlsglass.kernels.relaxation import lower_weight, populations, relaxed_populations, trace_weight, upper_weight

EPS = np.finfo(float).eps
COHERENCES = """
from tlsglass.kernels.relaxation import coherence
for m in (0.3, 1 - 1e-8, -1 + 1e-15):
    print(m.hex(), coherence(0.0, 0.0, m, 0.0).hex())
"""


@pytest.mark.parametrize("processor", ["host", "generic"])
def test_coherence_of_a_nearly_polarised_spin(processor, tmp_path):
    """To its last digits, whether the processor has fused instructions or not."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    if processor == "generic":
        environment |= {"NUMBA_CPU_NAME": "generic"}
    done = subprocess.run(
        [sys.executable, "-c", COHERENCES], env=environment, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    for line in lines:
        m, ours = (float.fromhex(word) for word in line.split())
        with mpmath.workdps(50):
            exact = float(mpmath.sqrt(1 - mpmath.mpf(m) ** 2) / 2)
        assert abs(ours - exact) <= 3 * EPS * exact  # two roundings under the root, the root and a product


def exact_populations(w, G, f, m, t):
    """(u, d) by the exponential of the 2 x 2 rate matrix, to 50 digits."""
    with mpmath.workdps(50):
        w, G, f, m, t = (mpmath.mpf(float(x)) for x in (w, G, f, m, t))
        rates = mpmath.matrix([[-1j * w - G * f, G * (1 + f)], [G * f, 1j * w - G * (1 + f)]])
        u, d = mpmath.expm(rates * t) * mpmath.matrix([(1 + m) / 2, (1 - m) / 2])
        return complex(u), complex(d)


GRID = list(
    itertools.product(
        [0.0, 1e-3, -0.7, 0.8, 30.0], [0.0, 1e-9, 1e-3, 0.7, 1.6, 50.0], [0.0, 1e-12, 0.4, 9.0], [-1.0, 0.3, 1.0]
    )
)


def test_populations_to_fifty_digits():
    worst = 0.0
    for w, G, f, m in GRID:
        # two exponentials that nearly coincide cancel: their weights are of order (|w| + width) / |half|
        width = 0.5 * G * (1 + 2 * f)
        half = abs(np.sqrt(complex(width**2 - w**2, -w * G)))
        amplification = (abs(w) + width) / half if half else 1.0
        for t in (0.0, 0.1, 3.0):
            tolerance = 8 * EPS * (1 + (abs(w) + 2 * width) * t) * (1 + amplification)
            error = np.abs(np.subtract(populations(w, G, f, m, t), exact_populations(w, G, f, m, t))).max()
            assert error < tolerance, (w, G, f, m, t)
            worst = max(worst, error / tolerance)
    assert worst > 0.01  # the tolerance is not idle


def test_trace_is_the_sum_of_the_populations():
    """Two different expressions of the library: weights of u + d on one side, of u and of d on the other."""
    for w, G, f, m in GRID:
        B, y, z = (weight(w, G, f, m) for weight in (trace_weight, upper_weight, lower_weight))
        # u + d = (1 - B) slow + B fast = (p - y + z) slow + (y + q - z) fast
        scale = 1 + abs(B) + abs(y) + abs(z)
        if w != 0 or G != 0:
            assert abs(y + 0.5 * (1 - m) - z - B) < 8 * EPS * scale, (w, G, f, m)


def test_zero_temperature_in_closed_form():
    """d = (1-p) exp((i w - G) t), u = exp(-i w t) [p + G (1-p) (exp((2 i w - G) t) - 1) / (2 i w - G)]."""
    rng = np.random.default_rng(1)
    draws = (rng.normal(size=50), rng.exponential(size=50), rng.uniform(-1, 1, 50), rng.exponential(size=50))
    for w, G, m, t in zip(*draws, strict=True):
        p, x = (1 + m) / 2, 2j * w - G
        u = np.exp(-1j * w * t) * (p + G * (1 - p) * np.expm1(x * t) / x)
        d = (1 - p) * np.exp((1j * w - G) * t)
        # a handful of roundings of numbers up to 1, and of the exponents
        np.testing.assert_allclose(populations(w, G, 0.0, m, t), (u, d), rtol=0, atol=16 * EPS * (1 + abs(x) * t))
        assert lower_weight(w, G, 0.0, m) == 0


@pytest.mark.parametrize("f", [0.0, 1e-30, 1e-3, 2.0])
def test_relaxed_populations_keep_all_digits(f):
    """Relative accuracy, also of an excited population far below the rounding of 1."""
    for G, m, t in itertools.product([1e-6, 0.3, 10.0], [-0.9, 0.5], [0.0, 1e-7, 1.0, 60.0]):
        with mpmath.workdps(50):
            kept = mpmath.exp(-mpmath.mpf(G) * (1 + 2 * mpmath.mpf(f)) * t)
            excited = mpmath.mpf(f) / (1 + 2 * mpmath.mpf(f))
            d = (1 - mpmath.mpf(m)) / 2 * kept + excited * (1 - kept)
            exact = float(1 - d), float(d)
        # the exponent G t is rounded, and exp turns its absolute error into a relative one
        tolerance = 8 * EPS * (1 + G * (1 + 2 * f) * t)
        np.testing.assert_allclose(relaxed_populations(G, f, m, t), exact, rtol=tolerance, atol=0)


@pytest.mark.parametrize("scale", [1e-160, 1e-163, 1e-200, 1e-307, 5e-324])
@pytest.mark.parametrize(
    ("w", "G", "f"), [(1.0, 0.0, 0.0), (-1.0, 0.0, 3.0), (1.0, 1.0, 0.0), (1.0, 2.0, 0.5), (0.0, 1.0, 1.0)]
)
def test_rates_whose_squares_vanish(scale, w, G, f):
    """|w| < 1e-162 has no square: nothing divides by zero, and at times of order 1 / |w| the spin moves."""
    w, G, t = w * scale, G * scale, 0.7 / max(scale, 1e-307)
    got = np.array(populations(w, G, f, 0.3, t))
    # subnormal rates have few digits: the smallest is 5e-324 to within itself
    np.testing.assert_allclose(got, exact_populations(w, G, f, 0.3, t), rtol=0, atol=64 * EPS)
    assert np.isfinite([trace_weight(w, G, f, 0.3), upper_weight(w, G, f, 0.3), lower_weight(w, G, f, 0.3)]).all()


@pytest.mark.parametrize("f", [0.0, 1e-9, 0.3, 4.0])
def test_slow_relaxation_until_it_is_over(f):
    """Rates of 1e-4 and 1e-7 of the frequency, and the reverse, to times 10 / G."""
    for w, G in ((1.0, 4e-4), (-0.37, 4e-7), (4e-4, 1.0), (1e-7, 0.3)):
        for t in np.array([1e-3, 0.1, 1.0, 10.0]) / G:
            exact = exact_populations(w, G, f, -0.4, t)
            # the phase is exact and the exponent of the decay is of order 10 (1 + 2 f): a few roundings of it
            tolerance = 8 * EPS * (4 + 10 * (1 + 2 * f))
            np.testing.assert_allclose(populations(w, G, f, -0.4, t), exact, rtol=0, atol=tolerance)
