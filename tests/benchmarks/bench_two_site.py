"""Speed, side by side: `python -m pytest -s tests/benchmarks/bench_two_site.py`.

Not collected by default, and nothing is asserted about speed: a busy machine must not fail a test. What is asserted is
that the routes that are compared give the same numbers.
"""

import itertools
import time as clock

import numba
import numpy as np
import pytest
import qutip
import scipy.sparse as sparse
from scipy.sparse.linalg import expm_multiply

from tlsglass.ensembles import CONCURRENCE, Ensemble
from tlsglass.ensembles.averages import observed
from tlsglass.entanglement import average_concurrence, concurrence

N = 7
TIME = np.linspace(0.0, 2.0, 5)


def seconds(function, at_least=0.5):
    """Best time of one call, repeated for at least this long."""
    best, start = np.inf, clock.perf_counter()
    while clock.perf_counter() - start < at_least:
        begin = clock.perf_counter()
        function()
        best = min(best, clock.perf_counter() - begin)
    return best


def on_site(matrix, site):
    return sparse.kron(
        sparse.kron(sparse.identity(2**site), matrix), sparse.identity(2 ** (N - site - 1)), format="csr"
    )


def reduced(rho, a, b):
    rest = [j for j in range(N) if j not in (a, b)]
    order = [a, b, *rest]
    rho = rho.reshape((2,) * (2 * N)).transpose(order + [N + j for j in order])
    return np.einsum("ikjk->ij", rho.reshape(4, 2 ** (N - 2), 4, 2 ** (N - 2)))


def average_of(states):
    """Average concurrence of a history of full density matrices, Eq. (28)."""
    pairs = list(itertools.combinations(range(N), 2))
    return np.array([sum(concurrence(reduced(rho, *ab)) for ab in pairs) / N for rho in states])


@pytest.fixture(scope="module")
def problem():
    """A dissipative system of the paper's own disorder, and its parts as sparse matrices in the frame without nu."""
    tls = Ensemble(N, interaction_scale=1e4, dissipation_scale=1e5, seed=3).realisation(0)
    z, plus = sparse.csr_matrix(np.diag([1.0, -1.0])), sparse.csr_matrix(np.array([[0.0, 2.0], [0.0, 0.0]]))
    H = sum(2 * tls.J[i, j] * on_site(z, i) @ on_site(z, j) for i, j in itertools.combinations(range(N), 2))
    jumps = [np.sqrt(tls.Y[j]) * on_site(plus, j) for j in range(N)]
    half = np.arccos(tls.polarisation) / 2
    psi = np.array([1.0])
    for j in range(N):
        psi = np.kron(psi, [np.cos(half[j]), np.exp(1j * tls.azimuth[j]) * np.sin(half[j])])
    return tls, H, jumps, np.outer(psi, psi.conj())


def report(name, theirs, ours):
    print(f"\n{name:38s} {theirs:9.3g} s   ours {ours:9.3g} s   ratio {theirs / ours:9.3g}", end="")


def test_mesolve(problem):
    """QuTiP integrates 4^N equations."""
    tls, H, jumps, rho = problem
    dims = [[2] * N] * 2
    operators = [qutip.Qobj(x, dims=dims) for x in (H, *jumps)]
    start = qutip.Qobj(rho, dims=dims)
    options = {"rtol": 1e-8, "atol": 1e-10, "nsteps": 1_000_000, "progress_bar": "", "method": "dop853"}

    def solve():
        return qutip.mesolve(operators[0], start, TIME, operators[1:], options=options).states

    states = [state.full() for state in solve()]
    # the solver's rtol, times the few hundred steps it needs; C moves with the root of what a pure pair loses
    np.testing.assert_allclose(average_concurrence(tls, TIME), average_of(states), rtol=0, atol=1e-4)
    report(f"mesolve, N = {N}, {TIME.size} times", seconds(solve), seconds(lambda: average_concurrence(tls, TIME)))


def test_expm_multiply(problem):
    """scipy's action of the matrix exponential, in chained single shots (see scipy issue 16311)."""
    tls, H, jumps, rho = problem
    one = sparse.identity(2**N, format="csr")
    L = -1j * (sparse.kron(H, one) - sparse.kron(one, H.T))
    for jump in jumps:
        n = jump.T @ jump
        L = L + sparse.kron(jump, jump) - 0.5 * (sparse.kron(n, one) + sparse.kron(one, n.T))
    step = (L * (TIME[1] - TIME[0])).tocsr()

    def solve():
        states = [rho.ravel().astype(complex)]
        for _ in TIME[1:]:
            states.append(expm_multiply(step, states[-1]))
        return states

    states = [state.reshape(rho.shape) for state in solve()]
    # double precision in the state; C moves with the root of what a pure pair loses
    np.testing.assert_allclose(average_concurrence(tls, TIME), average_of(states), rtol=0, atol=1e-7)
    report(
        f"expm_multiply, N = {N}, {TIME.size} times", seconds(solve), seconds(lambda: average_concurrence(tls, TIME))
    )


@pytest.mark.parametrize("n", [10, 50])
@pytest.mark.parametrize("dissipation", [0.0, 1.0])
def test_threads(n, dissipation):
    """One thread against all of them, over the whole history of 91 times."""
    ensemble, time = Ensemble(n, dissipation_scale=dissipation, seed=1), np.logspace(-3, 6, 91)
    count = {10: 200, 50: 8}[n]
    before, rows, took = numba.get_num_threads(), [], []
    try:
        for threads in (1, before):
            numba.set_num_threads(threads)
            rows.append(observed(ensemble, CONCURRENCE, time, 0, count))
            took.append(seconds(lambda: observed(ensemble, CONCURRENCE, time, 0, count)))
    finally:
        numba.set_num_threads(before)
    np.testing.assert_array_equal(*rows)
    report(f"1 thread, N = {n}, epsilon = {dissipation:g}, {count} x 91 times", took[0], took[1])
