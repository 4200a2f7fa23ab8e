"""Exact two-site states against independent routes: by hand, full 2^N evolution, matrix exponentials, QuTiP."""

import dataclasses
import itertools

import numpy as np
import pytest
import qutip
from scipy.linalg import expm

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import System, subsystem, system, two_site_density_matrix
from tlsglass.dynamics.echo import hahn_echo, ramsey
from tlsglass.entanglement import average_concurrence, concurrence

EPS = np.finfo(float).eps
# S^+ is twice the ladder operator; S^z = +1, the first basis state, is the ground state
Z, PLUS = np.diag([1.0, -1.0]), np.array([[0.0, 2.0], [0.0, 0.0]])


def phase_rounding(tls, times):
    """How far rounding may move an element: every one of the few N phases `J t`, `nu t` is itself rounded."""
    largest = 4 * np.abs(tls.J).max() + np.abs(tls.nu).max() + 1
    return 4 * tls.n_tls * EPS * (1 + largest * np.max(times))


def initial_spinors(tls):
    """cos(theta / 2) |+> + exp(i phi) sin(theta / 2) |->, shape (N, 2)."""
    half = np.arccos(tls.polarisation) / 2
    return np.stack([np.cos(half), np.exp(1j * tls.azimuth) * np.sin(half)], axis=-1)


def energies(tls, frame):
    """Diagonal of the Hamiltonian over all 2^N states, the sum over i and j running over both orders."""
    s = np.array(list(itertools.product([1, -1], repeat=tls.n_tls)))
    on_site = -0.5 * s @ tls.nu if frame == "laboratory" else 0.0
    return on_site + np.einsum("ki,ij,kj->k", s, tls.J, s)


def traced(rho, n, a, b):
    """Reduced density matrix of sites a, b (in this order) of a 2^n x 2^n density matrix."""
    rho = rho.reshape((2,) * (2 * n))
    rest = [j for j in range(n) if j not in (a, b)]
    order = [a, b, *rest]
    rho = rho.transpose(order + [n + j for j in order]).reshape(4, 2 ** (n - 2), 4, 2 ** (n - 2))
    return np.einsum("ikjk->ij", rho)


def on_site(matrix, site, n):
    return np.kron(np.kron(np.eye(2**site), matrix), np.eye(2 ** (n - site - 1)))


def test_two_sites_by_hand():
    """N = 2: nothing is traced out; with theta = pi/2 the elements are 1/4 times pure phases."""
    J, t = 0.3, 1.7
    tls = System(np.array([[0, J], [J, 0]]), np.zeros(2), np.zeros(2), np.ones(2), np.zeros(2), np.zeros(2))
    p = np.exp(4j * J * t)  # exp(-i (H[s] - H[s']) t) with H = 2 J s_a s_b: +2 J for ++ and --, -2 J for +- and -+
    expected = 0.25 * np.array(
        [[1, p.conj(), p.conj(), 1], [p, 1, 1, p], [p, 1, 1, p], [1, p.conj(), p.conj(), 1]]
    )  # fmt: skip
    rho = two_site_density_matrix(tls, 0, 1, t)[0]
    np.testing.assert_allclose(rho, expected, rtol=0, atol=8 * EPS)  # a few products of numbers below 1


@pytest.mark.parametrize("seed", range(4))
def test_concurrence_of_two_sites_by_hand(random_system, seed):
    """The state stays pure, and C = 2 |psi_++ psi_-- - psi_+- psi_-+| = |sin(theta_a) sin(theta_b) sin(4 J t)|."""
    tls = random_system(2, seed)
    t = np.linspace(0, 20, 41)
    sines = np.sqrt(1 - tls.polarisation**2)
    expected = np.abs(np.prod(sines) * np.sin(4 * tls.J[0, 1] * t))
    ours = concurrence(two_site_density_matrix(tls, 0, 1, t))
    np.testing.assert_allclose(ours, expected, rtol=0, atol=phase_rounding(tls, t))
    np.testing.assert_allclose(2 * average_concurrence(tls, t), expected, rtol=0, atol=phase_rounding(tls, t))


@pytest.mark.parametrize("frame", ["rotating", "laboratory"])
@pytest.mark.parametrize("n", [2, 3, 7])
def test_full_state_vector(random_system, n, frame):
    """All pairs in both orders, against the evolution of all 2^N amplitudes."""
    tls = random_system(n, seed=n)
    psi = np.array([1.0])
    for spinor in initial_spinors(tls):
        psi = np.kron(psi, spinor)
    E = energies(tls, frame)
    t = np.array([0.0, 0.3, 4.0, 50.0])
    for a, b in itertools.permutations(range(n), 2):
        ours = two_site_density_matrix(tls, a, b, t, frame)
        for k, time in enumerate(t):
            now = psi * np.exp(-1j * E * time)
            # the oracle rounds its phases E t too, and E adds up all couplings
            tolerance = phase_rounding(tls, time) + 4 * EPS * np.abs(E).max() * time
            np.testing.assert_allclose(ours[k], traced(np.outer(now, now.conj()), n, a, b), rtol=0, atol=tolerance)


def liouvillian(tls):
    """Generator of Eq. (15) on row-major vec(rho), in the laboratory frame: 4^N x 4^N, dense."""
    n = tls.n_tls
    one = np.eye(2**n)
    H = np.diag(energies(tls, "laboratory"))
    generator = -1j * (np.kron(H, one) - np.kron(one, H.T))
    for site in range(n):
        f, Y = tls.occupation[site], tls.Y[site]
        for L in (np.sqrt(Y * (1 + f)) * on_site(PLUS, site, n), np.sqrt(Y * f) * on_site(PLUS.T, site, n)):
            LL = L.T @ L
            generator = generator + np.kron(L, L) - 0.5 * (np.kron(LL, one) + np.kron(one, LL.T))
    return generator


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (5.0, 0.1), (0.01, 20.0)])
@pytest.mark.parametrize("n", [2, 3])
def test_matrix_exponential(random_system, n, Y, f):
    tls = random_system(n, seed=10 + n, Y=Y, f=f)
    rho = np.array([[1.0]])
    for spinor in initial_spinors(tls):
        rho = np.kron(rho, np.outer(spinor, spinor.conj()))
    generator = liouvillian(tls)
    for t in (0.2, 1.0, 8.0):
        exact = (expm(generator * t) @ rho.ravel()).reshape(2**n, 2**n)
        # expm squares about log2(|generator| t) times: each doubles what rounding did before
        tolerance = 20 * EPS * (1 + np.linalg.norm(generator, 1) * t)
        for a, b in itertools.permutations(range(n), 2):
            ours = two_site_density_matrix(tls, a, b, t, "laboratory")[0]
            np.testing.assert_allclose(ours, traced(exact, n, a, b), rtol=0, atol=tolerance)


RTOL, ATOL = 1e-10, 1e-12


@pytest.mark.parametrize(
    ("n", "Y", "f"),
    [(4, 0.0, 0.0), (4, 0.3, 0.0), (4, 0.3, 0.8), (5, 0.1, 0.5)],
    ids=["isolated", "dissipative", "finite temperature", "five sites"],
)
def test_qutip(random_system, n, Y, f, record_property):
    """QuTiP's mesolve in the laboratory frame, with one collapse operator per site and direction."""
    tls = random_system(n, seed=100 + n, Y=Y, f=f)
    site = [[qutip.Qobj(on_site(m, j, n), dims=[[2] * n] * 2).to("CSR") for j in range(n)] for m in (Z, PLUS)]
    H = sum(-0.5 * tls.nu[j] * site[0][j] for j in range(n))
    H += sum(tls.J[i, j] * site[0][i] * site[0][j] for i, j in itertools.permutations(range(n), 2))
    jumps = [np.sqrt(tls.Y[j] * (1 + tls.occupation[j])) * site[1][j] for j in range(n)]
    jumps += [np.sqrt(tls.Y[j] * tls.occupation[j]) * site[1][j].dag() for j in range(n)]
    start = qutip.ket2dm(qutip.tensor([qutip.Qobj(spinor[:, None]) for spinor in initial_spinors(tls)]))
    t = np.linspace(0.0, 4.0, 9)
    options = {"rtol": RTOL, "atol": ATOL, "method": "dop853", "nsteps": 100_000, "progress_bar": ""}
    jumps = [c for c in jumps if c.norm() > 0]
    states = qutip.mesolve(H, start, t, jumps, options=options).states
    largest = 0.0
    for a, b in itertools.combinations(range(n), 2):
        ours = two_site_density_matrix(tls, a, b, t, "laboratory")
        largest = max(
            largest, *(np.abs(traced(s.full(), n, a, b) - o).max() for s, o in zip(states, ours, strict=True))
        )
    record_property("largest deviation from QuTiP", float(largest))  # xdist sends plain numbers only
    print(f"largest deviation from QuTiP: {largest:.1e}")
    # the solver promises RTOL per step; the phases make a few hundred steps of it
    assert largest < 100 * RTOL


def test_commensurate_couplings_recur():
    """Integer couplings: every phase 4 J t is a multiple of 2 pi at t = pi/2, and the history repeats."""
    rng = np.random.default_rng(7)
    upper = np.triu(rng.integers(-3, 4, (6, 6)), 1).astype(float)
    tls = System(upper + upper.T, *np.zeros((3, 6)), rng.uniform(-1, 1, 6), rng.uniform(0, 6, 6))
    period = np.pi / 2
    t = np.linspace(0.0, period, 33)[1:-1]
    now, later, back = (average_concurrence(tls, x) for x in (t, t + 40 * period, period - t))
    assert now.max() > 0.1  # something recurs
    tolerance = phase_rounding(tls, 41 * period)
    np.testing.assert_allclose(later, now, rtol=0, atol=tolerance)
    np.testing.assert_allclose(back, now, rtol=0, atol=tolerance)  # rho(-t) is the conjugate of rho(t), up to azimuths
    np.testing.assert_allclose(average_concurrence(tls, [period, 7 * period]), 0, atol=tolerance)
    np.testing.assert_allclose(
        two_site_density_matrix(tls, 1, 4, period), two_site_density_matrix(tls, 1, 4, 0.0), rtol=0, atol=tolerance
    )


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (0.4, 0.0), (0.4, 0.7)])
def test_without_interaction_each_site_is_alone(random_system, Y, f):
    """J = 0: the state is a product of single sites that relax at 1/T1 = 4 Y (1 + 2f), coherences at half of it."""
    tls = random_system(4, seed=3, J=0.0, Y=Y, f=f)
    t = np.array([0.0, 0.5, 3.0])
    for a, b in ((0, 3), (2, 1)):
        rho = two_site_density_matrix(tls, a, b, t, "laboratory")
        for k, time in enumerate(t):
            alone = []
            for j in (a, b):
                rate, thermal = 4 * tls.Y[j] * (1 + 2 * tls.occupation[j]), 1 / (1 + 2 * tls.occupation[j])
                sz = thermal + (tls.polarisation[j] - thermal) * np.exp(-rate * time)
                up_down = 0.5 * np.sqrt(1 - tls.polarisation[j] ** 2) * np.exp(-rate * time / 2)
                up_down *= np.exp(1j * (tls.nu[j] * time - tls.azimuth[j]))
                alone.append(np.array([[(1 + sz) / 2, up_down], [np.conj(up_down), (1 - sz) / 2]]))
            np.testing.assert_allclose(rho[k], np.kron(*alone), rtol=0, atol=phase_rounding(tls, time))
    # a product state has C = 0, up to the rounding of its elements
    np.testing.assert_allclose(average_concurrence(tls, t), 0, atol=4 * 16 * EPS)


def test_dissipation_switches_on_continuously(random_system):
    """Isolated and dissipative states differ by O(Y t): below it, the branches of the kernel must agree."""
    t = np.array([0.1, 1.0, 10.0])
    isolated = random_system(5, seed=1)
    for Y in (1e-6, 1e-12, 1e-100, 1e-300):
        for f in (0.0, 0.5):
            nearly = System(
                isolated.J, np.full(5, Y), np.full(5, f), *np.zeros((1, 5)), isolated.polarisation, isolated.azimuth
            )
            allowed = 5 * 4 * Y * (1 + 2 * f) * t.max() + phase_rounding(isolated, t)
            for a, b in ((0, 1), (3, 2)):
                difference = two_site_density_matrix(nearly, a, b, t) - two_site_density_matrix(isolated, a, b, t)
                assert np.abs(difference).max() < allowed
            # C moves at most with twice the trace norm of rho; 10 pairs, divided by N = 5
            # ... except near C = 0 of nearly pure pairs, where it moves with the root of the smallest eigenvalue
            change = average_concurrence(nearly, t) - average_concurrence(isolated, t)
            assert np.abs(change).max() < 10 / 5 * (4 * 4 * allowed)


def test_temperature_switches_on_continuously(random_system):
    """States at T = 0 and at a tiny occupation f differ by O(Y f t)."""
    t = np.array([0.1, 1.0, 10.0])
    for Y in (1e-3, 0.3, 30.0):
        cold = random_system(5, seed=2, Y=Y)
        for f in (1e-8, 1e-14, 1e-100, 1e-300):
            warm = System(cold.J, cold.Y, np.full(5, f), cold.nu, cold.polarisation, cold.azimuth)
            # the populations change by f at most, the phases of the traced spins by Y f t each
            allowed = 5 * (2 * f + 8 * Y * f * t.max()) + phase_rounding(cold, t)
            for a, b in ((0, 1), (3, 2)):
                difference = two_site_density_matrix(warm, a, b, t) - two_site_density_matrix(cold, a, b, t)
                assert np.abs(difference).max() < allowed
            if f <= 1e-100:  # C moves with sqrt(f) where the cold state is pure
                np.testing.assert_allclose(
                    average_concurrence(warm, t),
                    average_concurrence(cold, t),
                    rtol=0,
                    atol=16 * phase_rounding(cold, t),
                )


def test_late_state_at_zero_temperature_is_the_ground_state(random_system):
    """|++><++| is the only fixed point; G t up to 1e6 neither overflows nor gives nan."""
    for Y, t in ((1.0, 1e4), (300.0, 1e3), (1e-3, 1e9)):
        tls = random_system(4, seed=5, Y=Y)
        tls = System(tls.J, np.full(4, Y), tls.occupation, tls.nu, tls.polarisation, tls.azimuth)
        ground = np.zeros((4, 4))
        ground[0, 0] = 1
        np.testing.assert_array_equal(two_site_density_matrix(tls, 0, 2, t)[0], ground)
        assert average_concurrence(tls, t)[0] == 0


def test_late_state_at_finite_temperature_is_thermal(random_system):
    tls = random_system(4, seed=5, Y=1.0, f=1.0)
    rho = two_site_density_matrix(tls, 0, 2, 1e5)[0]
    up = (1 + tls.occupation) / (1 + 2 * tls.occupation)
    expected = np.outer([up[0], 1 - up[0]], [up[2], 1 - up[2]]).ravel()
    np.testing.assert_allclose(rho, np.diag(expected), rtol=0, atol=8 * EPS)


@pytest.mark.parametrize("f", [0.0, 1e-9, 0.3])
def test_long_history_with_strong_dissipation(random_system, f):
    """No warning, no nan, no value out of range from G t = 1e-3 to 1e4, with rates from far below J to far above."""
    tls = random_system(6, seed=8)
    Y = np.logspace(-6, 3, 6)
    tls = System(tls.J, Y, np.full(6, f), tls.nu, tls.polarisation, tls.azimuth)
    t = np.logspace(-6, 4, 60) / Y.max()
    t = np.concatenate([t, np.logspace(1, 10, 10)])
    rho = two_site_density_matrix(tls, 0, 5, t)
    assert np.all(np.isfinite(rho))
    np.testing.assert_allclose(np.trace(rho, axis1=1, axis2=2), 1, atol=8 * EPS)
    assert np.linalg.eigvalsh(rho).min() > -16 * EPS
    C = average_concurrence(tls, t)
    assert np.all(np.isfinite(C))
    assert C.max() <= (6 - 1) / 2


def test_system_of_a_realisation():
    """Eqs. (21), (22), (25) put together; the scales multiply J and Y and touch nothing else."""
    sample = draw(Disorder(6), seed=1, k=2)
    one, scaled = system(sample, 1.0, 1.0), system(sample, 8.0, 4.0)
    np.testing.assert_array_equal(scaled.J, 8 * one.J)
    np.testing.assert_array_equal(scaled.Y, 4 * one.Y)
    np.testing.assert_array_equal(system(sample, 1.0, 1.0, prefactor="corrected").Y, 2 * one.Y)
    np.testing.assert_array_equal(one.nu, 2 * np.hypot(sample.asymmetry, sample.tunnelling))
    np.testing.assert_array_equal(one.occupation, 0)
    warm = system(sample, temperature=0.5)
    np.testing.assert_allclose(warm.occupation, 1 / (np.exp(warm.nu / 0.5) - 1), rtol=16 * EPS)
    # one coupling by hand
    r = sample.positions[1] - sample.positions[4]
    r -= sample.side * np.round(r / sample.side)
    tilt = sample.asymmetry / one.nu
    # 2.550e-5 W of Sec. IV A, to the four digits to which it is quoted
    expected = 2.550e-5 * tilt[1] * tilt[4] * sample.contraction[1, 4] / np.linalg.norm(r) ** 3
    np.testing.assert_allclose(one.J[1, 4], expected, rtol=2e-4)


def good_system():
    return {
        "J": np.array([[0, 1.0], [1.0, 0]]), "Y": np.zeros(2), "occupation": np.zeros(2), "nu": np.ones(2),
        "polarisation": np.zeros(2), "azimuth": np.zeros(2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("J", np.zeros((1, 1)), ">= 2"),
        ("J", np.array([[0, 1.0], [2.0, 0]]), "symmetric"),
        ("J", np.eye(2), "zero diagonal"),
        ("J", np.array([[0, np.nan], [np.nan, 0]]), r"shape \(2, 2\)"),
        ("J", np.zeros((2, 3)), r"shape \(2, 2\)"),
        ("J", np.array([[0, 1e76], [1e76, 0]]), r"up to 1e\+75"),
        ("Y", np.array([0, -1e-9]), r"\[0, 1e\+75\]"),
        ("occupation", np.array([-0.1, 0]), r"\[0, 1e\+75\]"),
        ("polarisation", np.array([0, 1.1]), r"\[-1, 1\]"),
        ("azimuth", np.zeros(3), r"shape \(2,\)"),
        ("nu", np.array([0, np.inf]), r"shape \(2,\)"),
    ],
)
def test_bad_system(name, value, allowed):
    System(**good_system())
    with pytest.raises(ValueError, match=f"(?s){name}.* is not allowed: .*{allowed}"):
        System(**{**good_system(), name: value})


@pytest.mark.parametrize("J", [0.0, 1e-75, 1e75])
@pytest.mark.parametrize("Y", [0.0, 1e-75, 1e75])
@pytest.mark.parametrize("f", [0.0, 1e75])
def test_what_is_allowed_gives_numbers(J, Y, f):
    """The largest couplings, rates, occupations, frequencies and times that are accepted, all at once."""
    tls = System(J * (1 - np.eye(3)), np.full(3, Y), np.full(3, f), np.full(3, 1e75), np.full(3, 0.3), np.ones(3))
    times = [0.0, 1.0, 1e75]
    for state in (two_site_density_matrix(tls, 0, 1, times, frame="laboratory"), ramsey(tls, 0, times)):
        assert np.all(np.isfinite(state))
    assert np.all(np.isfinite(hahn_echo(tls, 0, times)))
    with pytest.raises(ValueError, match=r"time = 1e\+76 is not allowed: .* at most 1e\+75"):
        two_site_density_matrix(tls, 0, 1, 1e76)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"interaction_scale": 0.0}, "interaction_scale = 0.0 is not allowed: it must be a positive"),
        ({"interaction_scale": np.nan}, "interaction_scale = nan is not allowed"),
        ({"dissipation_scale": -1.0}, "dissipation_scale = -1.0 is not allowed: it must be a finite number >= 0"),
        ({"dissipation_scale": [1.0, 2.0]}, r"dissipation_scale = \[1.0, 2.0\] is not allowed"),
        ({"temperature": -1e-3}, "temperature = -0.001 is not allowed: it must be a finite number >= 0"),
        ({"temperature": np.nan}, "temperature = nan is not allowed"),
        ({"prefactor": "exact"}, "prefactor = 'exact' is not allowed: it must be one of 'printed', 'corrected'"),
    ],
)
def test_bad_scale(arguments, message):
    with pytest.raises(ValueError, match=message):
        system(draw(Disorder(3), seed=0, k=0), **arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0, 1.0), "b = 0 is not allowed: it must be a site other than a = 0"),
        ((0, 2, 1.0), r"b = 2 is not allowed: it must be a site in 0 \.\.\. 1"),
        ((-1, 0, 1.0), "a = -1 is not allowed"),
        ((0.0, 1, 1.0), "a = 0.0 is not allowed"),
        ((0, 1, -1.0), "time = -1.0 is not allowed: it must be one or more finite times >= 0"),
        ((0, 1, [1.0, np.inf]), r"time = \[1.0, inf\] is not allowed"),
        ((0, 1, []), r"time = \[\] is not allowed"),
        ((0, 1, 1.0, "lab"), "frame = 'lab' is not allowed: it must be one of 'rotating', 'laboratory'"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        two_site_density_matrix(System(**good_system()), *arguments)


def test_subsystem_is_the_system_with_all_other_couplings_cut():
    """Taking spins away is the same as letting them feel nobody: also with decay and at positive temperature."""
    rng = np.random.default_rng(12)
    J = np.triu(rng.normal(size=(5, 5)), 1)
    tls = System(J + J.T, *rng.random((3, 5)), 2 * rng.random(5) - 1, 6 * rng.random(5))
    kept = (3, 0, 4)
    inside = np.isin(np.arange(5), kept)
    cut = System(tls.J * np.outer(inside, inside), tls.Y, tls.occupation, tls.nu, tls.polarisation, tls.azimuth)
    times = np.array([0.0, 0.4, 3.0])
    for a, b in itertools.permutations(range(3), 2):
        ours = two_site_density_matrix(subsystem(tls, kept), a, b, times, "laboratory")
        theirs = two_site_density_matrix(cut, kept[a], kept[b], times, "laboratory")
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=phase_rounding(tls, times))
        whole = two_site_density_matrix(tls, kept[a], kept[b], times, "laboratory")
        assert np.abs(whole - theirs).max() > 1e-2  # the others do matter
    assert subsystem(tls, kept).distance is None
    known = subsystem(dataclasses.replace(tls, distance=np.arange(25).reshape(5, 5) * np.eye(5)), kept)
    np.testing.assert_array_equal(known.distance, np.diag([18, 0, 24]))


@pytest.mark.parametrize("sites", [(0,), (0, 0), (0, 3), (0, -1), (0, 1.0), ()])
def test_subsystem_refuses(sites):
    tls = System(np.zeros((3, 3)), *np.zeros((5, 3)))
    with pytest.raises(ValueError, match="sites"):
        subsystem(tls, sites)


def test_a_refusal_of_many_sites_is_short():
    with pytest.raises(ValueError, match="^sites = .* is not allowed") as refusal:
        subsystem(System(np.zeros((3, 3))), list(range(10**5)))
    assert len(str(refusal.value)) < 400
