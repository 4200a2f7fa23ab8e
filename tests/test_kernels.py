"""The numerical kernels: relaxation of one spin to 50 digits, the skipping of separable pairs, tiles, bounds."""

import itertools
import os
import subprocess
import sys

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.dynamics import System, two_site_density_matrix
from tlsglass.entanglement import average_concurrence, concurrence
from tlsglass.kernels.relaxation import lower_weight, populations, relaxed_populations, trace_weight, upper_weight
from tlsglass.kernels.separability import E_01, E_02, E_13, E_23, E_OUTER, certainly_separable

EPS = np.finfo(float).eps


def exact_populations(w, G, f, m, t):
    """(u, d) by the exponential of the 2 x 2 rate matrix, to 50 digits."""
    with mpmath.workdps(50):
        w, G, f, m, t = (mpmath.mpf(float(x)) for x in (w, G, f, m, t))
        rates = mpmath.matrix([[-1j * w - G * f, G * (1 + f)], [G * f, 1j * w - G * (1 + f)]])
        u, d = mpmath.expm(rates * t) * mpmath.matrix([(1 + m) / 2, (1 - m) / 2])
        return complex(u), complex(d)


GRID = list(
    itertools.product(
        [0.0, 1e-3, -0.7, 0.8, 30.0], [0.0, 1e-9, 0.7, 1.6, 50.0], [0.0, 1e-12, 0.4, 9.0], [-1.0, 0.3, 1.0]
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


def sum_over_pairs(tls, times):
    """Eq. (28) without any skipping: every pair, its density matrix straight from the definition, its concurrence."""
    pairs = itertools.combinations(range(tls.n_tls), 2)
    return sum(concurrence(two_site_density_matrix(tls, a, b, times)) for a, b in pairs) / tls.n_tls


def dyadic(tls, J=1.0):
    """The same system with couplings that are multiples of 2^-12: all phases J t at t = 2^k are then exact."""
    return System(
        np.round(J * tls.J * 4096) / 4096, tls.Y, tls.occupation, tls.nu, tls.polarisation, tls.azimuth
    )  # fmt: skip


POWERS_OF_TWO = 2.0 ** np.arange(-6, 27)
SIXTEENTHS = np.arange(1, 161) / 16  # ten tiles, narrow enough to be dropped or kept as a whole


@pytest.mark.parametrize("n", range(2, 13))
def test_average_is_the_sum_over_pairs(random_system, n):
    """Late times and strong couplings: phases up to 1e9, but exact, so that both routes must agree to rounding."""
    for seed, J in ((1, 0.01), (2, 1.0), (3, 8.0)):
        tls = dyadic(random_system(n, seed), J)
        for t in (POWERS_OF_TWO, SIXTEENTHS):
            ours, plain = average_concurrence(tls, t), sum_over_pairs(tls, t)
            # 1e-13 is what the concurrence of one pair is good for; (n - 1) / 2 of them are in the average
            np.testing.assert_allclose(ours, plain, rtol=0, atol=1e-13 * n / 2)
            assert plain.max() > 1e-3
        if n > 4:  # some pairs are skipped, some are not: both branches were at work
            alone = [concurrence(two_site_density_matrix(tls, *ab, POWERS_OF_TWO)) for ab in ((0, 1), (2, n - 1))]
            assert np.any(np.array(alone) == 0)


@pytest.mark.parametrize(("Y", "f"), [(0.02, 0.0), (2.0, 0.0), (0.02, 0.1), (0.02, 5.0), (2.0, 0.1)])
@pytest.mark.parametrize("n", [3, 8])
def test_average_is_the_sum_over_pairs_with_dissipation(random_system, n, Y, f):
    tls = random_system(n, seed=n, Y=Y, f=f)
    t = np.logspace(-2, 3, 40)
    # the two routes round the phases J t and the exponents G t differently, for each of n factors of each pair
    largest = 8 * np.abs(tls.J).max() + 4 * (tls.Y * (1 + 2 * tls.occupation)).max()
    np.testing.assert_allclose(
        average_concurrence(tls, t), sum_over_pairs(tls, t), rtol=0, atol=4 * n * EPS * (1 + largest * t.max())
    )


def test_almost_decoupled_pair_is_not_skipped(random_system):
    """One strong pair in a weakly coupled crowd survives for long; the crowd is dropped at once."""
    tls = random_system(12, seed=6)
    J = tls.J.copy()
    J[[3, 9], :] *= 2.0**-20
    J[:, [3, 9]] *= 2.0**-20
    J[3, 9] = J[9, 3] = 1.0
    tls = dyadic(System(J, tls.Y, tls.occupation, tls.nu, np.zeros(12), tls.azimuth))
    t = np.array([2.0**k for k in range(-3, 6)])
    pair = concurrence(two_site_density_matrix(tls, 3, 9, t))
    np.testing.assert_allclose(pair, np.abs(np.sin(4 * t)), rtol=0, atol=1e-13)  # nothing else touches the pair
    ours = average_concurrence(tls, t)
    np.testing.assert_allclose(ours, sum_over_pairs(tls, t), rtol=0, atol=1e-12)
    assert np.all(ours >= pair / 12 - 1e-13)


@pytest.mark.parametrize("count", [1, 15, 16, 17, 40])
def test_tiles(random_system, count):
    """A time has the same result alone and in any company: tiles hold 16."""
    tls = random_system(7, seed=11, Y=0.01)
    t = np.linspace(0.1, 9.0, count)
    together = average_concurrence(tls, t)
    alone = np.concatenate([average_concurrence(tls, x) for x in t])
    # not to the bit: in company a pair on the verge of separability is evaluated, alone it may be skipped
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-13)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.floats(0, 1))
def test_certainly_separable(seed, rank, mixing):
    """The quick test says yes only to separable states, and to every state that is clearly separable."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(16, 4, rank)) + 1j * rng.normal(size=(16, 4, rank))
    rho = X @ X.conj().swapaxes(1, 2)
    rho = mixing * np.eye(4) / 4 + (1 - mixing) * rho / np.trace(rho, axis1=1, axis2=2).real[:, None, None]
    scale = np.sqrt(np.diagonal(rho, axis1=1, axis2=2).real)
    rho = rho / scale[:, :, None] / scale[:, None, :]  # the diagonal is 1, as the kernel has it
    F, E, safe = np.zeros(128), np.zeros(144), np.empty(16)
    F[0:16] = F[32:48] = E[E_OUTER : E_OUTER + 16] = 1.0  # spectators of a and of b: none
    for place, element in ((E_01, rho[:, 0, 1]), (E_23, rho[:, 2, 3]), (E_02, rho[:, 0, 2]), (E_13, rho[:, 1, 3])):
        E[place : place + 16], E[place + 16 : place + 32] = element.real, element.imag
    F[64:80], F[80:96], F[96:112], F[112:128] = (
        rho[:, 0, 3].real, rho[:, 0, 3].imag, rho[:, 1, 2].real, rho[:, 1, 2].imag,
    )  # fmt: skip
    assert certainly_separable(F, E, safe) == safe.sum()
    transposed = rho.reshape(16, 2, 2, 2, 2).transpose(0, 1, 4, 3, 2).reshape(16, 4, 4)
    lowest = np.linalg.eigvalsh(transposed)[:, 0]
    assert np.all(lowest[safe == 1.0] > 0)
    # a pivot is at least the lowest eigenvalue, and one is below 1e-10 where the answer is no
    assert np.all(lowest[safe == 0.0] < 2e-10)


BOUNDS = """
import numpy as np
from tlsglass.kernels.average import average_concurrences
from tlsglass.kernels.concurrence import concurrences
from tlsglass.kernels.two_site import two_site_matrices

rng = np.random.default_rng(0)
for n, steps in ((2, 1), (7, 17)):
    J = rng.normal(size=(n, n)); J = np.triu(J, 1) + np.triu(J, 1).T
    f, m = np.zeros(n), rng.uniform(-1, 1, n)
    t, out, rho, C = np.linspace(0, 3, steps), np.empty((1, steps)), np.empty((steps, 4, 4), complex), np.empty(steps)
    for G, f in ((np.zeros(n), f), (rng.random(n), f), (rng.random(n), rng.random(n))):
        average_concurrences(J[None], G[None], f[None], m[None], t, out)
        two_site_matrices(J, G, f, m, 0, n - 1, t, rho)
        concurrences(rho, C)
try:
    two_site_matrices(J, G, f, m, 0, n, t, rho)
except IndexError:
    print("bounds are checked")
"""


def test_no_index_is_out_of_bounds(tmp_path):
    """Compiled code reads past the end of an array in silence, unless it is compiled to look."""
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", BOUNDS], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout == "bounds are checked\n"
