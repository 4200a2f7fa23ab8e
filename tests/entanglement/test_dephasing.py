"""Noise on both sites of a pair: the bound against states built element by element, and against real third spins."""

import numpy as np
import pytest

from tlsglass.dynamics import System
from tlsglass.entanglement.dephasing import entangling_sine
from tlsglass.entanglement.pairs import concurrence_matrix

Z = np.diag([1.0, -1.0])


def noisy_pair(phase, F_a, F_b, angles=(np.pi / 2, np.pi / 2)):
    """Density matrix after phase flips with the probability (1 - F) / 2 on each site; `phase` is 4 J t."""
    spinors = [np.array([np.cos(x / 2), np.sin(x / 2)]) for x in angles]
    psi = np.kron(*spinors) * np.exp(-0.5j * phase * np.array([1, -1, -1, 1]))
    rho = np.outer(psi, psi.conj())
    for flip, F in ((np.kron(Z, np.eye(2)), F_a), (np.kron(np.eye(2), Z), F_b)):
        rho = (1 + F) / 2 * rho + (1 - F) / 2 * flip @ rho @ flip
    return rho


def lowest_of_the_partial_transpose(rho):
    return np.linalg.eigvalsh(rho.reshape(2, 2, 2, 2).swapaxes(1, 3).reshape(4, 4))[0]


@pytest.mark.parametrize("angles", [(np.pi / 2, np.pi / 2), (0.7, 2.4)])
def test_partial_transpose_changes_sign_at_the_bound(angles):
    """Just above it is negative, just below positive; filters on single sites (the angles) do not move the bound."""
    rng = np.random.default_rng(3)
    for F_a, F_b in rng.uniform(0.3, 0.99, size=(60, 2)):
        sine = float(entangling_sine(F_a, F_b))
        for factor, sign in ((1.01, -1), (0.99, 1)):
            if factor * sine < 1:
                rho = noisy_pair(np.arcsin(factor * sine), F_a, F_b, angles)
                assert np.sign(lowest_of_the_partial_transpose(rho)) == sign


def test_never_entangled_below_the_sum_rule():
    """The bound passes 1 exactly where F_a + F_b + F_a F_b does."""
    F_a, F_b = np.random.default_rng(4).random((2, 500))
    np.testing.assert_array_equal(entangling_sine(F_a, F_b) > 1, F_a + F_b + F_a * F_b < 1)
    phases = np.linspace(0, np.pi, 41)
    assert min(lowest_of_the_partial_transpose(noisy_pair(x, 0.41, 0.41)) for x in phases) > 0
    assert min(lowest_of_the_partial_transpose(noisy_pair(x, 0.42, 0.42)) for x in phases) < 0


def test_ends_of_the_range():
    assert entangling_sine(1, 0.2) == 0  # a site without noise: entangled at any phase but a multiple of pi
    assert entangling_sine(0, 0.9) == np.inf and entangling_sine(0, 0) == np.inf
    assert entangling_sine(1 - 1e-12, 1 - 1e-12) == pytest.approx(1e-12, rel=1e-3)  # 1 - F itself is known to 1e-4
    assert entangling_sine(np.full((3, 1), 0.5), np.full(2, 0.5)).shape == (3, 2)


def test_third_spins_that_see_one_site_each():
    """With m = 0 they are phase flips with F = cos(4 J' t): the concurrence vanishes exactly at the bound."""
    J, J_a, J_b = 0.02, 0.5, 0.7
    K = np.zeros((4, 4))
    K[0, 1], K[0, 2], K[1, 3] = J, J_a, J_b
    zero = np.zeros(4)
    tls = System(K + K.T, zero, zero, zero, np.array([0.3, -0.5, 0.0, 0.0]), zero)
    t = np.linspace(0.001, 0.5, 400)
    C = concurrence_matrix(tls, t)[:, 0, 1]
    F_a, F_b = np.abs(np.cos(4 * np.outer([J_a, J_b], t)))
    margin = np.abs(np.sin(4 * J * t)) / entangling_sine(F_a, F_b)
    assert np.all(C[margin > 1.001] > 0) and np.all(C[margin < 0.999] == 0)
    assert (margin > 1.001).sum() > 10 and (margin < 0.999).sum() > 100


@pytest.mark.parametrize(
    "F_a, F_b, name", [(-0.1, 0.5, "F_a"), (0.5, 1.1, "F_b"), (np.nan, 0.5, "F_a"), (0.5, "x", "F_b")]
)
def test_bad_input(F_a, F_b, name):
    with pytest.raises(ValueError, match=f"{name} = "):
        entangling_sine(F_a, F_b)
