"""Entropies and negativity of states whose values are known: products, Bell pairs, GHZ, Werner, random pure states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.entanglement.entropies import entropy_of_spectrum, renyi2_entropy, von_neumann_entropy
from tlsglass.entanglement.negativity import logarithmic_negativity, negativity, partial_transpose

TINY = 1e-14  # a few eigenvalues, each rounded to 1e-16, times the logarithm of the smallest


def random_state(dimension, seed):
    rng = np.random.default_rng(seed)
    psi = rng.normal(size=dimension) + 1j * rng.normal(size=dimension)
    return psi / np.linalg.norm(psi)


def reduced(psi, first):
    m = psi.reshape(first, -1)
    return m @ m.conj().T


def projector(psi):
    return np.outer(psi, np.conj(psi))


def test_pure_and_fully_mixed_states():
    pure = projector(random_state(8, 1))
    assert von_neumann_entropy(pure) == pytest.approx(0, abs=100 * TINY)  # eigenvalues 1e-16 count 1e-16 ln 1e16 each
    assert renyi2_entropy(pure) == pytest.approx(0, abs=TINY)
    for d in (2, 3, 16):
        assert von_neumann_entropy(np.eye(d) / d) == pytest.approx(np.log(d), abs=TINY)
        assert renyi2_entropy(np.eye(d) / d) == pytest.approx(np.log(d), abs=TINY)


def test_by_hand():
    """Populations 3/4 and 1/4 in any basis."""
    turn = np.linalg.qr(random_state(4, 2).reshape(2, 2))[0]
    rho = turn @ np.diag([0.75, 0.25]) @ turn.conj().T
    assert von_neumann_entropy(rho) == pytest.approx(2 * np.log(2) - 0.75 * np.log(3), abs=TINY)
    assert renyi2_entropy(rho) == pytest.approx(np.log(8 / 5), abs=TINY)


def test_bell_pair_and_ghz():
    bell, ghz = np.zeros(4), np.zeros(32)
    bell[[0, 3]] = ghz[[0, 31]] = np.sqrt(0.5)
    for psi, first in ((bell, 2), (ghz, 2), (ghz, 8)):
        assert von_neumann_entropy(reduced(psi, first)) == pytest.approx(np.log(2), abs=TINY)
        assert renyi2_entropy(reduced(psi, first)) == pytest.approx(np.log(2), abs=TINY)
        assert negativity(projector(psi), first) == pytest.approx(0.5, abs=TINY)
        assert logarithmic_negativity(projector(psi), first) == pytest.approx(np.log(2), abs=TINY)


@given(st.integers(0, 10**6), st.sampled_from([(2, 8), (4, 4), (8, 4)]))
def test_both_parts_of_a_pure_state(seed, shape):
    """S(A) = S(B), S_2 <= S, and the logarithmic negativity is the Renyi entropy of index 1/2."""
    psi = random_state(shape[0] * shape[1], seed)
    a, b = reduced(psi, shape[0]), reduced(psi.reshape(shape).T.ravel(), shape[1])
    assert von_neumann_entropy(a) == pytest.approx(von_neumann_entropy(b), abs=1e-12)  # zeros rounded, times ln
    assert renyi2_entropy(a) <= von_neumann_entropy(a) + TINY
    schmidt = np.linalg.svd(psi.reshape(shape), compute_uv=False)
    expected = 2 * np.log(schmidt.sum())
    assert logarithmic_negativity(projector(psi), shape[0]) == pytest.approx(expected, abs=1e-12)


def test_werner_state():
    """p Bell + (1 - p) / 4: lowest eigenvalue of the partial transpose (1 - 3 p) / 4; separable to p = 1/3."""
    bell = np.zeros(4)
    bell[[0, 3]] = np.sqrt(0.5)
    for p in (0.2, 1 / 3, 0.5, 0.9):
        rho = p * projector(bell) + (1 - p) * np.eye(4) / 4
        assert negativity(rho, 2) == pytest.approx(max(0, (3 * p - 1) / 4), abs=TINY)


def test_product_and_classical_mixture_are_not_entangled():
    a, b = reduced(random_state(8, 3), 2), reduced(random_state(16, 4), 4)
    assert negativity(np.kron(a, b), 2) == pytest.approx(0, abs=TINY)
    classical = 0.5 * projector(np.eye(4)[0]) + 0.5 * projector(np.eye(4)[3])
    assert negativity(classical, 2) == pytest.approx(0, abs=TINY)
    assert von_neumann_entropy(classical) == pytest.approx(np.log(2), abs=TINY)


def test_partial_transpose_by_hand():
    rho = np.arange(36).reshape(6, 6)  # a in 0, 1; b in 0, 1, 2
    out = partial_transpose(rho, 2)
    for a, b, c, d in np.ndindex(2, 3, 2, 3):
        assert out[3 * a + b, 3 * c + d] == rho[3 * c + b, 3 * a + d]


def test_stacks_keep_their_shape():
    rho = np.array([[np.eye(4) / 4] * 3] * 2)
    assert von_neumann_entropy(rho).shape == renyi2_entropy(rho).shape == negativity(rho, 2).shape == (2, 3)


def test_bad_input():
    for function in (von_neumann_entropy, renyi2_entropy):
        with pytest.raises(ValueError, match="trace 1"):
            function(np.eye(2))
        with pytest.raises(ValueError, match="shape"):
            function(np.ones(4))
    for first in (3, 0, 8, 2.0, True):
        with pytest.raises(ValueError, match="first"):
            negativity(np.eye(4) / 4, first)


def test_only_rounding_may_be_below_zero():
    assert entropy_of_spectrum([1.0, -1e-14]) == 0
    assert entropy_of_spectrum([0.5, 0.5]) == pytest.approx(np.log(2))
    for eigenvalues in ([-5.0, 2.0], [1.0, -1e-9]):
        with pytest.raises(ValueError, match="eigenvalues = .* >= 0"):
            entropy_of_spectrum(eigenvalues)
