"""The concurrence against 50-digit arithmetic and closed forms, and the laws that it obeys."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp

from tlsglass.dynamics import System, two_site_density_matrix
from tlsglass.entanglement import average_concurrence, concurrence
from tlsglass.entanglement.two_qubits import TOLERANCE

EPS = np.finfo(float).eps
ACCURACY = 1e-13  # what `concurrence` promises
# Two sites that have relaxed for G t << 1 have eigenvalues 1, G t, G t and (G t)^2. Where the last is below the
# rounding of the elements no algorithm can see it, and C, itself of order G t, is off by about its root: at most this.
EARLY_ACCURACY = 2e-11


def exact_concurrence(rho):
    """Eq. (27) in the textbook way, roots of the eigenvalues of rho (sy x sy) rho* (sy x sy), with 60 digits."""
    with mp.workdps(60):
        flip = mp.matrix([[0, 0, 0, -1], [0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0]])
        values = mp.eig(rho * flip * rho.conjugate() * flip, left=False, right=False)
        roots = sorted((mp.sqrt(abs(mp.re(x))) for x in values), reverse=True)
        return float(max(mp.zero, roots[0] - roots[1] - roots[2] - roots[3]))


def exact_mixture(rng, weights):
    """A mixture of random pure states with 60 digits: sum_r weights[r] |r><r|."""
    with mp.workdps(60):
        rho = mp.zeros(4)
        for weight in weights:
            psi = mp.matrix([mp.mpc(*x) for x in rng.normal(size=(4, 2))])
            rho += mp.mpf(weight) * psi * psi.H / mp.re((psi.H * psi)[0])
        return rho / mp.re(rho[0, 0] + rho[1, 1] + rho[2, 2] + rho[3, 3])


def rounded(rho):
    return np.array(rho.tolist(), dtype=complex)


def random_states(rng, count, rank=4):
    X = rng.normal(size=(count, 4, rank)) + 1j * rng.normal(size=(count, 4, rank))
    rho = X @ X.conj().swapaxes(1, 2)
    return rho / np.trace(rho, axis1=1, axis2=2)[:, None, None]


def random_unitary(rng):
    q, r = np.linalg.qr(rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2)))
    return q * (np.diag(r) / np.abs(np.diag(r)))


@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_rank(rank):
    """The state is exact to 60 digits, its elements are then rounded to doubles; the concurrence must not care."""
    rng = np.random.default_rng(rank)
    positive = 0
    for _ in range(40):
        rho = exact_mixture(rng, rng.dirichlet(np.full(rank, 0.5)))
        exact = exact_concurrence(rho)
        positive += exact > 0
        assert abs(concurrence(rounded(rho)) - exact) < ACCURACY
    assert positive > 10  # not only zeros were compared


@pytest.mark.parametrize("impurity", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-14, 1e-16, 1e-20])
def test_nearly_pure(impurity):
    """Here the square roots of the textbook lose up to 8 digits."""
    rng = np.random.default_rng(int(-np.log10(impurity)))
    for _ in range(10):
        rho = exact_mixture(rng, [1.0, impurity / 2, impurity / 3, impurity / 6])
        assert abs(concurrence(rounded(rho)) - exact_concurrence(rho)) < ACCURACY


def test_rank_deficient_with_a_product_state_in_its_support():
    """p (a |++> + d |-->) + (1 - p) |+-> has C = 2 p |a d|, in any local bases.

    The hardest case: what rounding leaves of the two vanishing eigenvalues enters C by its root, 1e-8, if it is kept.
    """
    rng = np.random.default_rng(3)
    for _ in range(40):
        angle, p = rng.uniform(0.1, 1.4), rng.uniform(0.1, 0.9)
        with mp.workdps(60):
            a, d, p = mp.cos(angle), mp.sin(angle), mp.mpf(p)
            rho = mp.zeros(4)
            rho[0, 0], rho[0, 3], rho[3, 0], rho[3, 3], rho[1, 1] = p * a * a, p * a * d, p * a * d, p * d * d, 1 - p
            bases = [exact_unitary(rng) for _ in (0, 1)]
            U = mp.matrix(4)
            for i in range(4):
                for j in range(4):
                    U[i, j] = bases[0][i // 2, j // 2] * bases[1][i % 2, j % 2]
            rho = U * rho * U.H
        assert abs(concurrence(rounded(rho)) - float(2 * p * a * d)) < ACCURACY


def exact_unitary(rng):
    x, y, z = (mp.mpf(v) for v in rng.uniform(0, 6, 3))
    return mp.matrix([[mp.cos(x), mp.expj(y) * mp.sin(x)], [-mp.expj(z) * mp.sin(x), mp.expj(y + z) * mp.cos(x)]])


def test_the_textbook_would_fail():
    """Why all this: the eigenvalues of rho rho~ in double precision miss the bound by orders of magnitude."""
    rng = np.random.default_rng(0)
    flip = np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))
    worst = 0.0
    for _ in range(20):
        exact = exact_mixture(rng, [1.0])
        rho = rounded(exact)
        roots = np.sort(np.sqrt(np.abs(np.linalg.eigvals(rho @ flip @ rho.conj() @ flip).real)))
        worst = max(worst, abs(roots[3] - roots[:3].sum() - exact_concurrence(exact)))
    assert worst > 1e4 * ACCURACY


@given(st.integers(0, 2**32 - 1))
def test_pure_states(seed):
    """C = 2 |psi_++ psi_-- - psi_+- psi_-+|."""
    psi = np.random.default_rng(seed).normal(size=(4, 2)) @ [1, 1j]
    psi /= np.linalg.norm(psi)
    expected = 2 * abs(psi[0] * psi[3] - psi[1] * psi[2])
    assert abs(concurrence(np.outer(psi, psi.conj())) - expected) < ACCURACY


@pytest.mark.parametrize("p", [0.0, 0.2, 1 / 3, 0.34, 0.5, 0.9, 1 - 1e-12, 1.0])
def test_werner_states(p):
    """p |singlet><singlet| + (1 - p) 1/4 is entangled above p = 1/3: C = (3 p - 1) / 2."""
    singlet = np.array([0, 1, -1, 0]) / np.sqrt(2)
    rho = p * np.outer(singlet, singlet) + (1 - p) * np.eye(4) / 4
    assert abs(concurrence(rho) - max(0.0, (3 * p - 1) / 2)) < ACCURACY


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 1e-5, 1e-12, 1e-40, 1e-200]))
def test_x_states(seed, smallest):
    """C = 2 max(0, |rho_14| - sqrt(rho_22 rho_33), |rho_23| - sqrt(rho_11 rho_44)), with populations down to 1e-200."""
    rng = np.random.default_rng(seed)
    diagonal = rng.random(4) * np.where(rng.random(4) < 0.4, smallest, 1.0)
    a, b, c, d = diagonal / diagonal.sum()
    z, w = rng.random() * np.sqrt(a * d), rng.random() * np.sqrt(b * c)
    phases = np.exp(2j * np.pi * rng.random(2))
    rho = np.diag([a, b, c, d]).astype(complex)
    rho[0, 3], rho[3, 0], rho[1, 2], rho[2, 1] = z * phases[0], z / phases[0], w * phases[1], w / phases[1]
    expected = 2 * max(0.0, z - np.sqrt(b * c), w - np.sqrt(a * d))
    assert abs(concurrence(rho) - expected) < ACCURACY


@given(st.integers(0, 2**32 - 1))
def test_bell_diagonal_states(seed):
    """C = max(0, 2 p - 1) with the largest weight p, whatever else is in the mixture."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(4, 0.5))
    bell = np.array([[1, 0, 0, 1], [1, 0, 0, -1], [0, 1, 1, 0], [0, 1, -1, 0]]) / np.sqrt(2)
    assert abs(concurrence((bell.T * weights) @ bell) - max(0.0, 2 * weights.max() - 1)) < ACCURACY


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_local_unitaries_and_swap(seed, rank):
    """Entanglement does not depend on local bases, nor on which site is called the first."""
    rng = np.random.default_rng(seed)
    rho = random_states(rng, 1, rank)[0]
    U = np.kron(random_unitary(rng), random_unitary(rng))
    before = concurrence(rho)
    assert abs(concurrence(U @ rho @ U.conj().T) - before) < ACCURACY
    order = [0, 2, 1, 3]
    assert abs(concurrence(rho[np.ix_(order, order)]) - before) < ACCURACY
    assert abs(concurrence(rho.conj()) - before) < ACCURACY


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_partial_transpose(seed, rank):
    """C > 0 exactly if the partial transpose has a negative eigenvalue -n / 2, and the two bound each other.

    sqrt((1 - C)^2 + C^2) - (1 - C) <= n <= C: Verstraete, Audenaert, Dehaene and De Moor, J. Phys. A 34, 10327 (2001).
    """
    rho = random_states(np.random.default_rng(seed), 1, rank)[0]
    transposed = rho.reshape(2, 2, 2, 2).transpose(0, 3, 2, 1).reshape(4, 4)
    n = -2 * np.linalg.eigvalsh(transposed)[0]
    C = float(concurrence(rho))
    assert max(n, 0.0) <= C + ACCURACY
    assert np.hypot(1 - C, C) - (1 - C) <= max(n, 0.0) + ACCURACY
    assert C <= 1 + ACCURACY


systems = st.builds(
    lambda n, seed, J, Y, f: (n, seed, J, Y, f),
    st.integers(2, 6), st.integers(0, 10_000), st.sampled_from([0.0, 0.1, 1.0, 30.0]),
    st.sampled_from([0.0, 1e-6, 0.1, 3.0, 100.0]), st.sampled_from([0.0, 1e-6, 0.2, 5.0]),
)  # fmt: skip
times = st.lists(st.floats(0, 1e4), min_size=1, max_size=5)


@given(systems, times)
def test_states_are_states_at_all_times(random_system, parameters, t):
    """Trace 1, Hermitian, positive, 0 <= C <= 1; no nan; a site sees the same populations in every pair."""
    tls = random_system(*parameters)
    rho = two_site_density_matrix(tls, 0, 1, t)
    assert np.abs(np.trace(rho, axis1=1, axis2=2) - 1).max() < 8 * EPS  # four products of two populations
    np.testing.assert_array_equal(rho, rho.conj().swapaxes(1, 2))
    # each element is a product of up to 2 n factors of modulus <= 1, with phases J t that are rounded
    phases = 1 + 8 * (np.abs(tls.J).max() + tls.Y.max() * (1 + 2 * tls.occupation.max())) * max(t)
    assert np.linalg.eigvalsh(rho).min() > -8 * tls.n_tls * EPS * phases
    C = concurrence(rho)
    assert np.all((C >= 0) & (C <= 1 + ACCURACY))
    if tls.n_tls > 2:
        up = rho[:, 0, 0] + rho[:, 1, 1]
        other = two_site_density_matrix(tls, 0, 2, t)
        np.testing.assert_allclose(up, other[:, 0, 0] + other[:, 1, 1], rtol=0, atol=8 * EPS)


@given(systems, times)
def test_frequencies_and_azimuths_do_not_matter(random_system, parameters, t):
    """C is the same in both frames, for any nu and any initial azimuth: they are local unitaries."""
    tls = random_system(*parameters)
    rotating, laboratory = (
        concurrence(two_site_density_matrix(tls, 0, 1, t, frame)) for frame in ("rotating", "laboratory")
    )
    # the phases are a local unitary, exact to rounding; how much that matters: see the test of early states
    np.testing.assert_allclose(laboratory, rotating, rtol=0, atol=ACCURACY if tls.Y.max() == 0 else EARLY_ACCURACY)
    other = System(tls.J, tls.Y, tls.occupation, 3 * tls.nu, tls.polarisation, np.zeros(tls.n_tls))
    np.testing.assert_array_equal(average_concurrence(other, t), average_concurrence(tls, t))


@given(systems, times)
def test_sites_can_be_renamed(random_system, parameters, t):
    tls = random_system(*parameters)
    order = np.random.default_rng(parameters[1]).permutation(tls.n_tls)
    J, *others = (getattr(tls, name) for name in ("J", "Y", "occupation", "nu", "polarisation", "azimuth"))
    renamed = System(J[np.ix_(order, order)], *(x[order] for x in others))
    # the same factors in another order: their rounded phases are the same, only sums of phases differ
    largest = 1 + 8 * np.abs(tls.J).max() * max(t)
    atol = 8 * tls.n_tls * EPS * largest
    np.testing.assert_allclose(
        average_concurrence(renamed, t), average_concurrence(tls, t), rtol=0, atol=atol + ACCURACY
    )


def test_early_pair_with_dissipation_to_fifty_digits(random_system):
    """The one place where rounding of the elements of rho shows: C itself is below 1e-9 there."""
    worst = 0.0
    for seed in range(4):
        tls = random_system(2, seed, Y=0.3)
        for t in 10.0 ** np.arange(-13, 0):
            exact = exact_pair(tls.J[0, 1], 4 * tls.Y, tls.occupation, tls.polarisation, t)
            error = abs(concurrence(two_site_density_matrix(tls, 0, 1, t))[0] - exact)
            worst = max(worst, error)
            assert error < (ACCURACY if t > 1e-8 else EARLY_ACCURACY)
    print(f"largest error of early states: {worst:.1e}")


@pytest.mark.parametrize("f", [0.0, 1e-9])
def test_late_pair_with_dissipation_to_fifty_digits(f):
    """One site relaxes, the other hardly: C falls by 20 orders of magnitude and keeps its relative accuracy.

    The population of the excited state is then far below the rounding of 1, and C goes with its square root.
    """
    G, m, J = (0.5, 1e-6), (0.1, 0.2), 1.0
    tls = System(
        np.array([[0, J], [J, 0]]), np.array(G) / 4, np.array([f, 0.0]), np.zeros(2), np.array(m), np.zeros(2)
    )  # fmt: skip
    for t in (1.0, 20.0, 40.0, 72.0, 90.0, 200.0):
        exact = exact_pair(J, G, (f, 0.0), m, t)
        ours = 2 * average_concurrence(tls, t)[0]
        # exponents up to 100 and phases up to 800 are rounded: their relative effect on C
        assert abs(ours - exact) <= 1e-12 * exact, t
        assert abs(concurrence(two_site_density_matrix(tls, 0, 1, t))[0] - exact) <= 1e-12 * exact, t


def exact_pair(J, G, f, m, t):
    """Concurrence of an isolated pair with dissipation, from 2 x 2 matrix exponentials with 60 digits."""
    with mp.workdps(60):
        J, t = mp.mpf(J), mp.mpf(t)
        G, f, m = ([mp.mpf(x) for x in values] for values in (G, f, m))

        def populations(i, w):
            rates = mp.matrix([[-1j * w - G[i] * f[i], G[i] * (1 + f[i])], [G[i] * f[i], 1j * w - G[i] * (1 + f[i])]])
            return list(mpmath.expm(rates * t) * mp.matrix([(1 + m[i]) / 2, (1 - m[i]) / 2]))

        coherence = [mp.sqrt(1 - m[i] ** 2) / 2 * mp.exp(-G[i] * (1 + 2 * f[i]) * t / 2) for i in (0, 1)]
        alone, driven = [populations(i, mp.zero) for i in (0, 1)], [populations(i, 4 * J) for i in (0, 1)]
        rho = mp.matrix(4)
        for s in (0, 1):
            for r in (0, 1):
                rho[2 * s + r, 2 * s + r] = alone[0][s] * alone[1][r]
            rho[s, 2 + s] = coherence[0] * driven[1][s]
            rho[2 * s, 2 * s + 1] = coherence[1] * driven[0][s]
        rho[0, 3] = rho[1, 2] = coherence[0] * coherence[1]
        for i in range(4):
            for j in range(i):
                rho[i, j] = mp.conj(rho[j, i])
        return exact_concurrence(rho)


def test_shapes(random_system):
    rho = random_states(np.random.default_rng(2), 6)
    assert concurrence(rho[0]).shape == ()
    np.testing.assert_array_equal(concurrence(rho.reshape(2, 3, 4, 4)), concurrence(rho).reshape(2, 3))
    assert concurrence(np.empty((0, 4, 4))).shape == (0,)
    assert average_concurrence(random_system(3, 0), 1.0).shape == (1,)


ENTRY = np.eye(4) / 4 + np.eye(4, k=1) * 0.1


@pytest.mark.parametrize(
    ("rho", "message"),
    [
        (np.eye(2) / 2, r"shape \(2, 2\): it must be \(..., 4, 4\)"),
        (np.eye(4), "of trace 1 to {tolerance}, it misses by 3"),
        (ENTRY, "Hermitian to {tolerance}, it misses by 0.1"),
        (np.diag([0.7, 0.7, -0.2, -0.2]), "positive to {tolerance}, it misses by 0.2"),
        (np.full((4, 4), np.nan), "not finite"),
        (np.stack([np.eye(4) / 4, np.diag([1.1, -0.1, 0, 0])]), "positive to {tolerance}, it misses by 0.1"),
    ],
)
def test_what_is_no_density_matrix(rho, message):
    with pytest.raises(ValueError, match="rho .*" + message.replace("{tolerance}", f"{TOLERANCE:g}")):
        concurrence(rho)


@pytest.mark.parametrize("time", [-1.0, [0.0, np.nan], [], [[1.0]], "late"])
def test_bad_times(random_system, time):
    with pytest.raises(ValueError, match=r"(?s)time = .* is not allowed: it must be one or more finite times >= 0"):
        average_concurrence(random_system(3, 0), time)
