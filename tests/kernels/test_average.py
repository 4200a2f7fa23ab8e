"""The average concurrence of one system: sums over pairs, tiles, blocks, late times, numbers that are none, bounds."""

import itertools
import os
import subprocess
import sys

import numpy as np
import pytest
from mpmath import mp

from tlsglass.dynamics import System, two_site_density_matrix
from tlsglass.dynamics.subsystems import density_matrix
from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.experiments.isolated import PLATEAU
from tlsglass.entanglement import average_concurrence, concurrence
from tlsglass.entanglement.pairs import concurrence_matrix
from tlsglass.kernels import realisation
from tlsglass.kernels.average import average_concurrences
from tlsglass.kernels.tiles import TILE

EPS = np.finfo(float).eps


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


@pytest.mark.parametrize("others", [2, 4, 6])
def test_a_pair_that_its_crowd_cannot_tell_apart(others):
    """Equal couplings to both sites spare the coherence between up-down and down-up, however small all others are.

    The strongest neighbour of each site is then the other one, whose factor says nothing about the pair.
    """
    n, t = others + 2, 1.0
    J = np.zeros((n, n))
    J[:2, 2:] = J[2:, :2] = np.arccos(0.1 ** (1 / others)) / (4 * t)  # leaves a tenth of what one site has alone
    J[0, 1] = J[1, 0] = 13 * np.pi / (16 * t)
    zero = np.zeros(n)
    tls = System(J, zero, zero, zero, zero, zero)
    pair = concurrence(two_site_density_matrix(tls, 0, 1, t))
    assert pair > 0.009
    # 1e-13 is what the concurrence of one pair is good for
    np.testing.assert_allclose(average_concurrence(tls, t), sum_over_pairs(tls, t), rtol=0, atol=1e-13 * n / 2)


@pytest.mark.parametrize("count", [1, 15, 16, 17, 40])
def test_tiles(random_system, count):
    """A time has the same result alone and in any company: tiles hold 16."""
    tls = random_system(7, seed=11, Y=0.01)
    t = np.linspace(0.1, 9.0, count)
    together = average_concurrence(tls, t)
    alone = np.concatenate([average_concurrence(tls, x) for x in t])
    # not to the bit: in company a pair on the verge of separability is evaluated, alone it may be skipped
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-13)


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (0.05, 0.0), (0.05, 0.3)])
@pytest.mark.parametrize("block", [1, 3, 4, 9])
def test_blocks_of_sites(random_system, monkeypatch, Y, f, block):
    """Where the tables of all sites would take too much memory, a few are made at a time: the same sums."""
    tls, t = random_system(9, seed=4, Y=Y, f=f), np.linspace(0.1, 3.0, 20)
    whole = average_concurrence(tls, t)
    tables = 2 if Y == 0 else 4
    monkeypatch.setattr(realisation, "ROW_BYTES", 2 * tables * 8 * TILE * 9 * block)
    assert realisation.workspace(9, Y == 0).rows.cosine.shape[0] == block
    in_blocks = average_concurrence(tls, t)
    # the same numbers, added in another order, and an early stop that looks at the same pair in the same company
    np.testing.assert_allclose(in_blocks, whole, rtol=0, atol=9 * EPS)
    assert whole.max() > 0.01


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (1e-13, 0.0), (1e-13, 0.5)])
def test_states_are_states_at_any_time(random_system, Y, f):
    """Until t = 1e12, where 4 J t has no digit after the point: phases that belong together are angle sums."""
    t = np.logspace(7, 12, 11)
    for seed in range(4):
        tls = random_system(7, seed, Y=Y, f=f)
        for a, b in ((0, 1), (2, 6), (5, 3)):
            rho = two_site_density_matrix(tls, a, b, t)
            assert np.linalg.eigvalsh(rho).min() > -16 * EPS  # products of a few factors below 1
            concurrence(rho)
        rho = density_matrix(tls, (4, 0, 2, 5), t)
        assert np.linalg.eigvalsh(rho).min() > -64 * EPS


@pytest.mark.parametrize("t", [1e39, 1e45, 1e60, 1e75])
def test_whatever_jumps_has_decayed(t):
    """At T > 0 and at times at which the shift has no digit left: everybody has jumped, nobody is entangled."""
    J = np.array([[0, 0.3, 0.1], [0.3, 0, -0.2], [0.1, -0.2, 0]])
    tls = System(J, Y=np.full(3, 0.25), occupation=np.ones(3), polarisation=np.array([0, 0.5, -0.5]))
    assert average_concurrence(tls, t) == 0


def test_a_neighbour_that_jumps_too_fast_to_be_felt():
    """It turns both sites by the mean of what it does, at any time, and the pair is an isolated one."""
    J = np.array([[0, 0.3, 0.1], [0.3, 0, -0.2], [0.1, -0.2, 0]])
    m, t = np.array([0, 0.5, -0.5]), 1e20
    tls = System(J, Y=np.array([0, 0, 0.25e25]), occupation=np.array([0, 0, 1.0]), polarisation=m)
    with mp.workdps(60):
        sine = float(abs(mp.sin(4 * mp.mpf(0.3) * mp.mpf(t))))
    # it dephases at the rate w^2 / G, which is 1e-25, up to factors of order 1
    np.testing.assert_allclose(3 * average_concurrence(tls, t), np.sqrt(1 - m[1] ** 2) * sine, rtol=1e-4)


def test_phases_are_exact_at_any_time():
    """An isolated pair in closed form: the sine of the two given doubles, to the last digit, at any time."""
    J, t, m = 0.7310585786300049, np.array([1e3, 1e8, 1e12, 1e15, 3.7e20]), np.array([0.3, -0.8])
    zero = np.zeros(2)
    tls = System(np.array([[0, J], [J, 0]]), zero, zero, zero, m, zero)
    with mp.workdps(60):
        sines = np.array([float(abs(mp.sin(4 * mp.mpf(J) * mp.mpf(x)))) for x in t])
    exact = np.sqrt(np.prod(1 - m**2)) * sines
    np.testing.assert_allclose(2 * average_concurrence(tls, t), exact, rtol=0, atol=16 * EPS)
    np.testing.assert_allclose(concurrence(two_site_density_matrix(tls, 0, 1, t)), exact, rtol=0, atol=16 * EPS)


def test_the_plateau_of_150_realisations():
    """Six of these were refused as no density matrices when the phases were rounded one by one."""
    ensemble = Ensemble(4, seed=214205)
    for k in range(150):
        tls = ensemble.realisation(k)
        C = concurrence_matrix(tls, PLATEAU)
        np.testing.assert_allclose(C.sum(axis=(1, 2)) / 8, average_concurrence(tls, PLATEAU), rtol=0, atol=1e-12)


@pytest.mark.parametrize("scale", [1e-160, 1e-165, 1e-200, 1e-300])
@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (0.3, 0.0), (0.3, 0.4)])
def test_couplings_whose_squares_vanish(random_system, scale, Y, f):
    """|J| < 1e-162: the sum over pairs of numbers that can be computed, and at these times C = 0 but for J t."""
    tls = random_system(5, seed=3, J=scale, Y=Y, f=f)
    t = np.array([0.0, 1.0, 1e3])
    C = average_concurrence(tls, t)
    assert np.all(C >= 0)
    assert np.all(C <= 1e-13)  # a product state, up to the rounding of its elements
    rho = two_site_density_matrix(tls, 0, 1, t)
    assert np.all(np.isfinite(rho))


def test_tiny_couplings_at_times_of_the_order_of_their_inverse(random_system):
    """Everything happens there, as long as the times are numbers that are allowed."""
    t = np.array([0.2, 0.9])
    isolated = average_concurrence(random_system(5, seed=3, J=1e-70), t / 1e-70)
    np.testing.assert_allclose(isolated, average_concurrence(random_system(5, seed=3), t), rtol=0, atol=1e-12)
    assert isolated.max() > 0.01


@pytest.mark.parametrize("name", ["J", "G", "f", "m"])
def test_a_number_that_is_none_is_never_zero_entanglement(name):
    """A nan anywhere in a realisation makes this realisation nan, even where the early stop would not have looked."""
    rng = np.random.default_rng(0)
    n, t = 30, np.linspace(0.1, 50, 20)
    upper = np.triu(rng.normal(size=(n, n)), 1)
    good = {"J": upper + upper.T, "G": rng.random(n), "f": rng.random(n), "m": rng.uniform(-1, 1, n)}
    for bad in (np.nan, np.inf):
        numbers = {key: np.stack([value, value, value]) for key, value in good.items()}
        numbers[name][1, -1] = bad if name != "J" else np.where(np.arange(n) == n - 2, bad, numbers["J"][1, -1])
        out = np.zeros((3, t.size))
        average_concurrences(*numbers.values(), t, out)
        assert np.isnan(out[1]).all()
        assert np.isfinite(out[[0, 2]]).all()
        np.testing.assert_array_equal(out[0], out[2])


def test_a_time_that_is_none():
    rng = np.random.default_rng(0)
    upper = np.triu(rng.normal(size=(4, 4)), 1)
    out = np.zeros((1, 3))
    zero = np.zeros((1, 4))
    average_concurrences(
        (upper + upper.T)[None], zero, zero, rng.uniform(-1, 1, (1, 4)), np.array([0.1, np.nan, 0.3]), out
    )
    assert np.isnan(out[0]).tolist() == [False, True, False]


def test_regimes_join():
    """No rate, a rate of 0 among others, an occupation of 0 among others: the three kernels agree where they meet."""
    rng = np.random.default_rng(2)
    n, t = 8, np.linspace(0.05, 4, 20)
    upper = np.triu(rng.normal(size=(n, n)), 1)
    J, m, one = upper + upper.T, rng.uniform(-1, 1, n), np.eye(n)[0]
    zero, rates = np.zeros(n), rng.random(n)

    def of(G, f):
        out = np.empty((1, t.size))
        average_concurrences(J[None], G[None], f[None], m[None], t, out)
        return out[0]

    isolated, cold = of(zero, zero), of(rates, zero)
    np.testing.assert_array_equal(of(zero, rates), isolated)  # nobody jumps
    # a rate or an occupation of 1e-300 changes nothing but which kernel is called
    np.testing.assert_allclose(of(1e-300 * one, zero), isolated, rtol=0, atol=1e-12)
    np.testing.assert_allclose(of(1e-300 * one, one), isolated, rtol=0, atol=1e-12)
    np.testing.assert_allclose(of(rates, 1e-300 * one), cold, rtol=0, atol=1e-10)  # C goes with the root of f
    assert np.abs(isolated - cold).max() > 1e-3


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
