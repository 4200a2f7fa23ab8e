"""What is accepted as a state has a concurrence as accurate as the check is strict, and within its range."""

import numpy as np
import pytest

from tlsglass.dynamics import two_site_density_matrix
from tlsglass.ensembles import Ensemble
from tlsglass.entanglement import concurrence
from tlsglass.entanglement.pairs import concurrence_matrix, cumulative_share, pairs_for_share
from tlsglass.entanglement.two_qubits import TOLERANCE, check_density_matrix

LATE = np.concatenate([np.logspace(7, 9, 16), [1e10, 1e11, 1e12]])


@pytest.mark.parametrize(
    "ensemble",
    [Ensemble(4, seed=214205), Ensemble(4, seed=214205, dissipation_scale=1.0, temperature=0.5)],
    ids=["isolated", "open"],
)
def test_whatever_the_library_makes_it_takes(ensemble):
    """All pairs of 150 realisations, at times at which the phases are as large as 1e12 and more."""
    for k in range(150):
        tls = ensemble.realisation(k)
        C = concurrence_matrix(tls, LATE)
        assert np.all((C >= 0) & (C <= 1))
    rho = two_site_density_matrix(ensemble.realisation(12), 0, 1, LATE)
    assert np.linalg.eigvalsh(rho).min() > -1e-15  # a state to rounding, not only to what the check allows


def bell(index):
    psi = np.zeros(4, complex)
    psi[[0, 3] if index < 2 else [1, 2]] = np.sqrt(0.5), (-1) ** index * np.sqrt(0.5)
    return np.outer(psi, psi.conj())


@pytest.mark.parametrize("index", range(4))
def test_nothing_exceeds_its_range(index):
    rng = np.random.default_rng(index)
    assert concurrence(np.outer([1, 0, 0, 1], [1, 0, 0, 1]) / 2) == 1.0
    for _ in range(200):
        a, b = (np.linalg.qr(rng.standard_normal((2, 2)) + 1j * rng.standard_normal((2, 2)))[0] for _ in range(2))
        U = np.kron(a, b)
        C = concurrence(U @ bell(index) @ U.conj().T)
        assert 1 - 1e-13 < C <= 1 and np.isfinite(np.sqrt(1 - C**2))


def x_state(p, c):
    """Populations `p` and the coherence `c` between the first and the last: `C = 2 max(0, c - sqrt(p_1 p_2))`."""
    rho = np.diag(p).astype(complex)
    rho[0, 3] = rho[3, 0] = c
    return rho


@pytest.mark.parametrize("size", [1e-16, 1e-14, 1e-13, 1e-12, 1e-10, 9e-9, 1e-7])
def test_an_accepted_error_moves_the_concurrence_by_no_more_than_its_root(size):
    """States of every rank, each with a Hermitian error of trace 0 that may spoil their positivity."""
    rng = np.random.default_rng(7)
    accepted = 0
    for k in range(400):
        p = np.zeros(4)
        p[: 2 + k % 3] = rng.dirichlet(np.ones(2 + k % 3))
        p = p[[0, 2, 3, 1]]
        rho = x_state(p, rng.uniform(-1, 1) * np.sqrt(p[0] * p[3]) * (1 if k % 2 else 0.3))
        exact = 2 * max(0.0, abs(rho[0, 3]) - np.sqrt(p[1] * p[2]))
        H = rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4))
        H = H + H.conj().T
        H -= np.trace(H) / 4 * np.eye(4)
        wrong = rho + size * H / np.linalg.norm(H, 2)
        try:
            found = concurrence(wrong)
        except ValueError:
            assert size > TOLERANCE / 2  # an error well below the tolerance is no reason to refuse
            continue
        accepted += 1
        # sqrt(p_1 p_2) with p_2 = 0 moves by sqrt(p_1 size), and C by twice that; four such terms at most
        assert abs(found - exact) <= 4 * np.sqrt(size) + 1e-13
        assert 0 <= found <= 1
    if size < TOLERANCE:
        assert accepted == 400


def test_the_same_number_from_either_route():
    """A state short of positive by less and by more than rounding: elimination and eigenvectors agree."""
    rho = x_state([0.4, 0.1, 0.2, 0.3], 0.3)
    tilted = rho.copy()
    tilted[1, 1] += 1e-13
    tilted[0, 0] -= 1e-13
    assert concurrence(tilted) == pytest.approx(concurrence(rho), abs=1e-12)
    rank_two = x_state([0.5, 0.0, 0.0, 0.5], 0.2)
    short = rank_two + np.diag([0, -3e-13, 3e-13, 0])
    assert check_density_matrix(short, 4) is not None
    assert concurrence(short) == pytest.approx(0.4, abs=1e-12)  # the negative population counts as none


def test_no_entanglement_is_no_share():
    C = np.zeros((2, 4, 4))
    C[1, 0, 1] = C[1, 1, 0] = 0.3
    np.testing.assert_array_equal(pairs_for_share(C), [np.nan, 0.25])
    assert np.isnan(cumulative_share(C)[0]).all() and (cumulative_share(C)[1] == 1).all()


@pytest.mark.parametrize(
    "C", [np.full((4, 4), np.nan), np.triu(np.full((3, 3), 0.1)), -0.1 * np.ones((3, 3)), 2 * np.ones((3, 3))]
)
def test_what_is_no_concurrence_has_no_share(C):
    with pytest.raises(ValueError, match=r"(?s)C = .* symmetric, with concurrences in \[0, 1\]"):
        pairs_for_share(C)
