"""The early stop: what it says is certain, and it never changes the result."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.kernels import neighbours, realisation
from tlsglass.kernels.average import average_concurrences
from tlsglass.kernels.concurrence import concurrences
from tlsglass.kernels.relaxation import populations
from tlsglass.kernels.rows import empty_rows, empty_sites, fill_rows, fill_sites
from tlsglass.kernels.separability import (
    E_01,
    E_02,
    E_13,
    E_23,
    E_OUTER,
    certainly_separable,
    dephased,
    may_be_dephased,
)
from tlsglass.kernels.spectators import W_SIZE, squares
from tlsglass.kernels.two_site import two_site_matrices

EPS = np.finfo(float).eps


def partial_transpose(rho):
    return rho.reshape(-1, 2, 2, 2, 2).transpose(0, 1, 4, 3, 2).reshape(-1, 4, 4)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.floats(0, 1))
def test_certainly_separable(from_python, seed, rank, mixing):
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
    assert from_python(certainly_separable)(F, E, safe) == safe.sum()
    lowest = np.linalg.eigvalsh(partial_transpose(rho))[:, 0]
    assert np.all(lowest[safe == 1.0] > 0)
    # a pivot is at least the lowest eigenvalue, and one is below 1e-10 where the answer is no
    assert np.all(lowest[safe == 0.0] < 2e-10)
    for bad in (np.nan, np.inf):
        E[E_01 + 3] = bad
        from_python(certainly_separable)(F, E, safe)
        assert safe[3] == 0.0


REGIMES = {"isolated": (0.0, 0.0), "cold": (1.0, 0.0), "warm": (1.0, 1.0), "hot": (0.3, 20.0)}


def hard_system(rng, n, Y, f):
    """Couplings and rates over six decades: hubs, weak pairs in strong crowds, spins that are nearly polarised."""
    g = 10.0 ** rng.uniform(-3, 0.5, n)
    upper = np.triu(np.outer(g, g) * rng.standard_cauchy((n, n)), 1)
    m = np.where(rng.random(n) < 0.3, np.tanh(4 * rng.normal(size=n)), rng.uniform(-1, 1, n))
    return upper + upper.T, Y * 10.0 ** rng.uniform(-4, 1, n), f * rng.exponential(size=n), m


@pytest.mark.parametrize("regime", REGIMES)
def test_a_spectator_never_adds_entanglement(regime):
    """What the stop rests on: the negativity of a pair never grows when a spectator is added, in 900 hard systems."""
    rng = np.random.default_rng(5)
    Y, f = REGIMES[regime]
    t = np.array([0.01, 0.1, 0.4, 1.0, 3.0])
    entangled = 0
    for _ in range(900):
        J, G, occupation, m = hard_system(rng, 5, Y, f)
        before = None
        for n in range(2, 6):
            rho = np.empty((t.size, 4, 4), complex)
            two_site_matrices(np.ascontiguousarray(J[:n, :n]), G[:n], occupation[:n], m[:n], 0, 1, t, rho)
            negativity = -np.minimum(np.linalg.eigvalsh(partial_transpose(rho)), 0).sum(axis=-1)
            if before is not None:
                assert np.all(negativity <= before + 32 * EPS)  # an eigenvalue of a matrix of elements <= 1
                entangled += np.count_nonzero((before > 1e-6) & (negativity > 0))
            before = negativity
    assert entangled > 200  # the law was tested where there is something to lose


@pytest.mark.parametrize("regime", REGIMES)
def test_dephased(from_python, regime):
    """The sizes it looks at are those of the rate equations, and what it says of them is certain.

    Hard systems at times so late that it often says yes. A pair is certainly separable if the partial transpose of its
    state, scaled to a unit diagonal, is positive.
    """
    rng = np.random.default_rng(7)
    n, said = 40, {True: 0, False: 0}
    for _ in range(6):
        J, G, f, m = hard_system(rng, n, *REGIMES[regime])
        t = np.sort(10.0 ** rng.uniform(2, 4, 16))
        rates, occupation = G if np.any(G) else None, f if np.any(f) else None
        sites, rows = empty_sites(n), empty_rows(n, n, np.any(G))
        fill_sites(sites, rates, occupation, m, t)
        fill_rows(rows, sites, J, rates, occupation, m, t, t[-1], 0, n)

        def size(w, j, t=t, G=G, f=f, m=m):
            return np.array([abs(sum(populations(w, G[j], f[j], m[j], x))) ** 2 for x in t])

        single = [np.prod([size(4 * J[a, j], j) for j in range(n) if j != a], axis=0) for a in range(n)]
        # the sum of two frequencies is rounded here, and its phase with it; exponents are while they count, up to 30
        close = dict(rtol=0, atol=EPS * (500 + 8 * abs(J).max() * t[-1]))
        np.testing.assert_allclose(rows.all_square, single, **close)
        S, F = np.empty(32), np.empty(128)
        for a, b in rng.permuted(np.tile(np.arange(n), (60, 1)), axis=1)[:, :2]:
            j = int(np.argmax(abs(J[a]) * (np.arange(n) != b)))
            numbers = J, a, b, rates, occupation, m, np.zeros(W_SIZE), np.array([j]), t, t[-1]
            from_python(squares)(S, F, rows, a, rows, b, sites, *numbers)
            pair = [size(4 * (J[a, j] + sign * J[b, j]), j) for sign in (1, -1)]
            np.testing.assert_allclose(S.reshape(2, 16), pair, **close)
            yes = bool(from_python(dephased)(S, rows, a, a, rows, b, b, m, rates is None))
            said[yes] += 1
            assert not yes or from_python(may_be_dephased)(rows, a, rows, b)
            if yes:
                rho = np.empty((16, 4, 4), complex)
                two_site_matrices(J, G, f, m, a, b, t, rho)
                d = np.sqrt(np.diagonal(rho, axis1=1, axis2=2).real)
                some = d.min(axis=1) > 1e-100  # otherwise a site is in its ground state, with nobody entangled
                rho, d = rho[some], d[some]
                lowest = np.linalg.eigvalsh(partial_transpose(rho / d[:, :, None] / d[:, None, :]))[:, 0]
                assert np.all(lowest > 0)
    assert min(said.values()) > 20
    S[3] = np.nan
    assert not from_python(dephased)(S, rows, 0, 0, rows, 1, 1, m, rates is None)


@given(st.integers(0, 2**32 - 1))
def test_the_bound_of_dephased(from_python, seed):
    """At its very limit, too: states with the largest products it lets pass still have a positive partial transpose."""
    rng = np.random.default_rng(seed)
    N, m = 3, np.zeros(3)
    rows = empty_rows(N, N, True)
    x, y = 1.0 - 10.0 ** rng.uniform(-3, 0, (2, 16))
    share = rng.random(16)
    A, B = (np.sqrt(0.124 * part * (1 - x**2) * (1 - y**2)) for part in (share, 1 - share))
    rows.re[:], rows.im[:] = 1.0, 0.0
    rows.re[0, 1], rows.re[1, 0] = own = rng.uniform(0.1, 1, (2, 16))  # the factors of the pair's own sites
    rows.all_square[:2] = (own * [A, B]) ** 2
    assert from_python(dephased)(np.concatenate([x**2, y**2]), rows, 0, 0, rows, 1, 1, m, False)
    rows.all_square[:2] *= 1.02
    assert not from_python(dephased)(np.concatenate([x**2, y**2]), rows, 0, 0, rows, 1, 1, m, False)
    phases = np.exp(2j * np.pi * rng.random((6, 16)))
    transposed = np.broadcast_to(np.eye(4, dtype=complex), (16, 4, 4)).copy()
    for (i, j), z in zip(((0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)), phases * [B, B, A, A, x, y], strict=True):
        transposed[:, i, j], transposed[:, j, i] = z, z.conj()
    assert np.linalg.eigvalsh(transposed).min() > 0


def without_stop(J, G, f, m, t):
    """Eq. (28) pair by pair from the definition."""
    n = len(J)
    total, rho, C = np.zeros(t.size), np.empty((t.size, 4, 4), complex), np.empty(t.size)
    for a in range(n):
        for b in range(a + 1, n):
            two_site_matrices(J, G, f, m, a, b, t, rho)
            concurrences(rho, C)
            total += C
    return total / n


@pytest.mark.parametrize("regime", REGIMES)
def test_stop_against_none(regime):
    """Hard systems larger than the first stage: 17 sites, of which it sees 12 at most."""
    rng = np.random.default_rng(6)
    assert 17 - 2 > 2 * neighbours.NEAR
    t = 10.0 ** rng.uniform(-3, 1.5, 16)
    largest = 0.0
    for _ in range(12):
        J, G, f, m = hard_system(rng, 17, *REGIMES[regime])
        ours = np.empty((1, t.size))
        average_concurrences(J[None], G[None], f[None], m[None], t, ours)
        plain = without_stop(J, G, f, m, t)
        # 8 pairs a site. An eigenvalue near 1e-16 is what rounding made of it, and C goes with the root of it times
        # how close the pair is to a product: up to 2e-11 a pair (see the tests of the concurrence)
        np.testing.assert_allclose(ours[0], plain, rtol=0, atol=8 * 2e-11)
        largest = max(largest, plain.max())
    assert largest > 0.05


def test_every_stage_is_looked_at():
    """More sites than two stages of the stop hold: those of the third count as well."""
    rng, n, t = np.random.default_rng(8), 140, np.array([0.01, 0.03, 0.06, 0.1])
    assert n - 2 > realisation.STAGE * 2 * neighbours.NEAR
    upper = np.triu(rng.normal(size=(n, n)), 1)
    J, m, zero, ours = upper + upper.T, rng.uniform(-1, 1, n), np.zeros(n), np.empty((1, t.size))
    average_concurrences(J[None], zero[None], zero[None], m[None], t, ours)
    plain = without_stop(J, zero, zero, m, t)
    np.testing.assert_allclose(ours[0], plain, rtol=0, atol=n / 2 * 2e-11)  # of each pair, as above
    assert plain[0] > 0.01


def test_nearest():
    """The strongest neighbours of each site, the strongest first; each of a pair's once, and then all others."""
    rng = np.random.default_rng(0)
    for n in (2, 3, 6, 7, 8, 30):
        upper = np.triu(rng.normal(size=(n, n)), 1)
        J = upper + upper.T
        near = np.empty((n, min(neighbours.NEAR, n - 1)), np.int64)
        neighbours.find_nearest(J, near)
        for a in range(n):
            ranked = sorted((j for j in range(n) if j != a), key=lambda j: -abs(J[a, j]))
            assert near[a].tolist() == ranked[: near.shape[1]]


def test_order_of_spectators(from_python):
    rng = np.random.default_rng(0)
    upper = np.triu(rng.normal(size=(20, 20)), 1)
    near, order, seen = np.empty((20, neighbours.NEAR), np.int64), np.full(20, -1), np.empty(20, bool)
    neighbours.find_nearest(upper + upper.T, near)
    for a, b in ((0, 1), (4, 17), (19, 2)):
        count = from_python(neighbours.nearest_first)(near, a, b, order, seen)
        assert set(order[:count].tolist()) == (set(near[a].tolist()) | set(near[b].tolist())) - {a, b}
        neighbours.all_others(order, seen, count)
        assert sorted(order[:18].tolist()) == sorted(set(range(20)) - {a, b})


def test_strongest(from_python):
    """The strongest neighbour that is not the other site of the pair; of two sites, none."""
    order = np.full(1, -1)
    near = np.array([[1, 2], [0, 2], [1, 0]])
    for a, b, strongest in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        assert from_python(neighbours.strongest)(near, a, b, order) == 1
        assert order[0] == strongest
    assert from_python(neighbours.strongest)(np.array([[1], [0]]), 0, 1, order) == 0
