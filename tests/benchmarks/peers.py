"""The closed form against what integrates all `4^N` equations: QuTiP's `mesolve` and scipy's `expm_multiply`."""

import itertools
import time as clock

import numpy as np
import qutip
import scipy.sparse as sparse
from scipy.sparse.linalg import expm_multiply
from timing import averages, seconds

from tlsglass.dynamics import System
from tlsglass.ensembles import Ensemble
from tlsglass.entanglement import average_concurrence, concurrence

NUMBERS = ("Y", "occupation", "nu", "polarisation", "azimuth")
TIME = np.linspace(0.0, 0.5, 32)
MANY = 100  # systems in one call of the closed form, as in an average; a call for one alone takes some 30 us more


def on_site(matrix, site, n):
    """Return the matrix at one site, and 1 at all others."""
    left, right = sparse.identity(2**site), sparse.identity(2 ** (n - site - 1))
    return sparse.kron(sparse.kron(left, matrix), right, format="csr")


def parts(tls):
    """Hamiltonian in the frame without nu, jump operators and initial density matrix."""
    n = tls.n_tls
    z, plus = sparse.csr_matrix(np.diag([1.0, -1.0])), sparse.csr_matrix(np.array([[0.0, 2.0], [0.0, 0.0]]))
    pairs = itertools.combinations(range(n), 2)
    H = sum(2 * tls.J[i, j] * on_site(z, i, n) @ on_site(z, j, n) for i, j in pairs)
    jumps = [np.sqrt(tls.Y[j]) * on_site(plus, j, n) for j in range(n)]
    half, psi = np.arccos(tls.polarisation) / 2, np.array([1.0])
    for j in range(n):
        psi = np.kron(psi, [np.cos(half[j]), np.exp(1j * tls.azimuth[j]) * np.sin(half[j])])
    return H, jumps, np.outer(psi, psi.conj())


def average_of(states, n):
    """Average concurrence of a history of full density matrices, Eq. (28)."""
    total = np.zeros(len(states))
    for a, b in itertools.combinations(range(n), 2):
        order = [a, b, *(j for j in range(n) if j not in (a, b))]
        order += [n + j for j in order]
        for k, rho in enumerate(states):
            matrix = rho.reshape((2,) * (2 * n)).transpose(order).reshape(4, 2 ** (n - 2), 4, 2 ** (n - 2))
            reduced = np.einsum("ikjk->ij", matrix)
            values, vectors = np.linalg.eigh((reduced + reduced.conj().T) / 2)  # the solver is a little off a state
            total[k] += concurrence((vectors * np.maximum(values, 0) / np.maximum(values, 0).sum()) @ vectors.conj().T)
    return total / n


def mesolve(H, jumps, rho, n):
    """All states by QuTiP."""
    dims = [[2] * n] * 2
    operators = [qutip.Qobj(x, dims=dims) for x in (H, *jumps)]
    options = {"rtol": 1e-8, "atol": 1e-10, "nsteps": 1_000_000, "progress_bar": "", "method": "dop853"}
    start = qutip.Qobj(rho, dims=dims)
    return [state.full() for state in qutip.mesolve(operators[0], start, TIME, operators[1:], options=options).states]


def expm(H, jumps, rho, n):
    """All states by the action of the matrix exponential, in chained single shots (see scipy issue 16311)."""
    one = sparse.identity(2**n, format="csr")
    L = -1j * (sparse.kron(H, one) - sparse.kron(one, H.T))
    for jump in jumps:
        loss = jump.T @ jump
        L = L + sparse.kron(jump, jump) - 0.5 * (sparse.kron(loss, one) + sparse.kron(one, loss.T))
    step, states = (L * (TIME[1] - TIME[0])).tocsr(), [rho.ravel().astype(complex)]
    for _ in TIME[1:]:
        states.append(expm_multiply(step, states[-1]))
    return [state.reshape(rho.shape) for state in states]


def of_the_paper(sizes):
    """Systems of the paper's disorder, the first sites of one of seven. A close pair is coupled strongly."""
    whole = Ensemble(7, interaction_scale=1e4, dissipation_scale=1e5, seed=3).realisation(0)
    return [System(whole.J[:n, :n], *(getattr(whole, name)[:n] for name in NUMBERS)) for n in sizes]


def moderate(sizes):
    """Systems with couplings and rates of order 1, which suit the solvers."""
    for n in sizes:
        rng = np.random.default_rng(n)
        upper = np.triu(rng.normal(size=(n, n)), 1)
        yield System(upper + upper.T, Y=0.3 * rng.random(n), polarisation=rng.uniform(-1, 1, n))


def peers(systems):
    """Seconds of the three routes for each system, after a look at whether they agree."""
    rows = []
    for tls in systems:
        n = tls.n_tls
        numbers, ours = parts(tls), average_concurrence(tls, TIME)
        many = [np.repeat(array[None], MANY, axis=0) for array in tls.for_kernels]
        row = {"N": n, "times": TIME.size, "closed form": seconds(lambda many=many: averages(many, TIME)) / MANY}
        # the tolerance of the solver times a few hundred steps, or double precision; C moves with the root of it
        for name, route, tolerance in (("mesolve", mesolve, 1e-4), ("expm_multiply", expm, 1e-6)):
            begin = clock.process_time()
            states = route(*numbers, n)
            row[name] = clock.process_time() - begin
            np.testing.assert_allclose(average_of(states, n), ours, rtol=0, atol=tolerance)
            if row[name] < 2.0:  # short enough to look again
                row[name] = min(row[name], seconds(lambda numbers=numbers, n=n, route=route: route(*numbers, n)))
            row[f"{name} over closed form"] = row[name] / row["closed form"]
        rows.append(row)
    return rows
