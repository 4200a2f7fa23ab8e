"""The products over spectators, and the pair's own populations, against the rate equations with 50 digits."""

import mpmath
import numpy as np
import pytest

from tlsglass.kernels.pair import fill_pair
from tlsglass.kernels.rows import empty_rows, empty_sites, fill_rows, fill_sites
from tlsglass.kernels.separability import E_01, E_02, E_13, E_23, E_OUTER
from tlsglass.kernels.spectators import W_SIZE, multiply
from tlsglass.kernels.tiles import TILE

EPS = np.finfo(float).eps
N = 5
A, B = 0, 1


def exact_populations(w, G, f, m, t):
    with mpmath.workdps(50):
        w, G, f, m, t = (mpmath.mpf(x) for x in (w, G, f, m, t))
        rates = mpmath.matrix([[-1j * w - G * f, G * (1 + f)], [G * f, 1j * w - G * (1 + f)]])
        return list(mpmath.expm(rates * t) * mpmath.matrix([(1 + m) / 2, (1 - m) / 2]))


# 4 Y of the sites; occupations; times. Weak rates are followed to 10 / G: Figs. 9 and 11 live there.
CASES = {
    "isolated": (None, None, 3.0),
    "isolated, late": (None, None, 1e12),
    "cold": (0.7, None, 8.0),
    "cold, Y = 1e-4": (4e-4, None, 10 / 4e-4),
    "cold, Y = 1e-7": (4e-7, None, 10 / 4e-7),
    "cold, fast": (50.0, None, 40.0),
    "warm": (0.7, 0.4, 4.0),
    "warm, Y = 1e-4": (4e-4, 0.3, 10 / 4e-4),
    "warm, Y = 1e-7": (4e-7, 0.3, 10 / 4e-7),
    "warm, early": (4e-7, 0.3, 10.0),
    "warm, barely shifted": (1e-4, 0.3, 10.0),  # shifts, imaginary, times t up to 1e-8: at the edge of the linear ones
    "warm, few quanta": (2.0, 2e-9, 4.0),  # the same, and real
    "hot": (0.02, 30.0, 5.0),
    "warm, fast": (50.0, 1.5, 40.0),
}


@pytest.fixture(scope="module", params=CASES, ids=str)
def tile(request, from_python):
    """All that the kernels make of one tile of times, and the numbers that went in."""
    rate, occupation, latest = CASES[request.param]
    rng = np.random.default_rng(3)
    upper = np.triu(rng.normal(size=(N, N)), 1)
    J, m = upper + upper.T, rng.uniform(-1, 1, N)
    J[A, 2] = J[2, A] = -J[B, 2]  # a sum of frequencies that is exactly 0
    G = None if rate is None else rate * rng.uniform(0.5, 1.5, N)
    f = None if occupation is None else occupation * rng.uniform(0.5, 1.5, N)
    if G is not None:
        G[3] = 0.0  # one spectator that does not relax
    t = np.sort(latest * np.concatenate([[0.0, 1e-7, 1e-3], rng.random(12), [1.0]]))
    sites, rows = empty_sites(N), empty_rows(N, N, G is not None)
    fill_sites(sites, G, f, m, t)
    fill_rows(rows, sites, J, G, f, m, t, t.max(), 0, N)
    E, F, order = np.empty(9 * TILE), np.zeros(8 * TILE), np.array([4, 2, 3])
    F.reshape(4, 2, TILE)[:, 0] = 1.0
    from_python(fill_pair)(E, rows, A, B, A, sites, J, G, f, m, t, t.max())
    # in two pieces, as the stages of the early stop do it
    for first, last in ((0, 2), (2, 3)):
        from_python(multiply)(
            F, rows, A, rows, B, sites, J, A, B, G, f, m, np.zeros(W_SIZE), order, first, last, t, t.max()
        )
    zero = np.zeros(N)
    return J, zero if G is None else G, zero if f is None else f, m, t, F.reshape(4, 2, TILE), E


def tolerance(G, f, t):
    """Phases are exact; the exponents, up to 2 G (1 + 2 f) t, are rounded, but count only while exp(-x) does."""
    return 16 * EPS * (4 + min(10.0, 2 * np.max(G * (1 + 2 * f)) * np.max(t)) * (1 + np.sqrt(1 + 2 * np.max(f))))


def test_products_at_all_four_frequencies(tile):
    """In this order: a, b, their sum, their difference; the sign of every one counts, and that of `m`."""
    J, G, f, m, t, F, _ = tile
    for k in range(TILE):
        for row, (x, y) in enumerate(((1, 0), (0, 1), (1, 1), (1, -1))):
            exact = 1
            with mpmath.workdps(50):
                for j in (4, 2, 3):
                    w = 4 * (x * mpmath.mpf(J[A, j]) + y * mpmath.mpf(J[B, j]))
                    exact *= sum(exact_populations(w, G[j], f[j], m[j], t[k]))
            assert abs(complex(*F[row, :, k]) - complex(exact)) < tolerance(G, f, t), (row, k)


def test_own_populations(tile):
    """`x u / p` and `x d / q` of each site while the other is off-diagonal, with `x = c / sqrt(p q)` of the other."""
    J, G, f, m, t, _, E = tile
    for k in range(TILE):
        with mpmath.workdps(50):
            x, scaled, smallest = {}, {}, 1.0
            for site in (A, B):
                p, q = (mpmath.re(z) for z in exact_populations(0, G[site], f[site], m[site], t[k]))
                smallest = min(smallest, p, q)
                rate = mpmath.mpf(G[site]) * (1 + 2 * mpmath.mpf(f[site]))
                x[site] = (
                    mpmath.sqrt(1 - mpmath.mpf(m[site]) ** 2) / 2 * mpmath.exp(-rate * t[k] / 2) / mpmath.sqrt(p * q)
                )
                u, d = exact_populations(4 * mpmath.mpf(J[A, B]), G[site], f[site], m[site], t[k])
                scaled[site] = u / p, d / q
            if smallest < 1e-290:  # the kernel then takes the site for one in its ground state
                continue
            expected = {
                E_01: x[B] * scaled[A][0], E_23: x[B] * scaled[A][1],
                E_02: x[A] * scaled[B][0], E_13: x[A] * scaled[B][1],
            }  # fmt: skip
            expected = {place: complex(z) for place, z in expected.items()}
            outer = float(x[A] * x[B])
        for place, z in expected.items():
            # relative to one: x and the two quotients are at most 1; their exponents are rounded, as above
            assert abs(complex(E[place + k], E[place + TILE + k]) - z) < 4 * tolerance(G, f, t), (place, k)
        assert abs(E[E_OUTER + k] - outer) < 4 * tolerance(G, f, t)


def test_a_site_without_coherence_is_entangled_with_nobody():
    """`m = +-1` has no coherence, and a population that is 0."""
    sites, t = empty_sites(3), np.linspace(0, 5, TILE)
    for G, f in ((None, None), (np.full(3, 0.3), None), (np.full(3, 0.3), np.full(3, 0.2))):
        fill_sites(sites, G, f, np.array([1.0, -1.0, 0.2]), t)
        np.testing.assert_array_equal(sites.x[:2], 0.0)
        assert np.all(sites.x[2] > 0)
        np.testing.assert_allclose(sites.p + sites.q, 1.0, rtol=0, atol=4 * EPS)
