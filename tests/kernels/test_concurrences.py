"""The concurrence of matrices that are barely states, and of 16 states at once."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlsglass.entanglement import concurrence
from tlsglass.kernels import concurrence as scalar
from tlsglass.kernels.concurrences import MATRIX, WAITING, concurrences_of
from tlsglass.kernels.tiles import TILE

ELEMENTS = ((0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2))


def of_sixteen(scaled, scale):
    """Concurrences of 16 states with a unit diagonal, shape (16, 4, 4)."""
    state, weights, out = np.zeros(12 * WAITING), np.zeros(WAITING), np.empty(TILE)
    for place, (i, j) in enumerate(ELEMENTS):
        state[2 * place * WAITING :][:TILE] = scaled[:, i, j].real
        state[(2 * place + 1) * WAITING :][:TILE] = scaled[:, i, j].imag
    weights[:TILE] = scale
    concurrences_of(state, weights, np.empty(MATRIX), np.empty(3 * TILE), out)
    return out


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.sampled_from([1.0, 1e-3, 1e-8, 1e-14, 0.0]))
def test_sixteen_at_once(seed, rank, impurity):
    """With and without their diagonal, pure, nearly pure or mixed: the same as one by one, by another elimination."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(TILE, 4, rank)) + 1j * rng.normal(size=(TILE, 4, rank))
    X[:, :, 1:] *= np.sqrt(impurity)
    M = X @ X.conj().swapaxes(1, 2)
    d = np.sqrt(np.diagonal(M, axis1=1, axis2=2).real)
    M = M / d[:, :, None] / d[:, None, :]
    p, q = rng.uniform(0.05, 0.95, (2, TILE))
    s = np.sqrt(np.stack([p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)], axis=-1))  # of a product of two sites
    rho = M * s[:, :, None] * s[:, None, :]
    ours = of_sixteen(M, np.sqrt(p * (1 - p) * q * (1 - q)))
    np.testing.assert_allclose(ours, concurrence(rho), rtol=0, atol=2e-13)  # twice what one of them is good for


def test_a_bell_state_has_one_and_no_more():
    for phase in np.exp(1j * np.linspace(0, 6, 50)):
        psi = np.array([1, 0, 0, phase]) / np.sqrt(2)
        C = concurrence(np.outer(psi, psi.conj()))
        assert C <= 1.0
        assert C > 1 - 1e-15
        assert np.isfinite(np.sqrt(1 - C**2))
    M = np.ones((TILE, 4, 4), complex)
    M[:, 0, 3] = M[:, 3, 0] = -1.0  # a graph state: maximally entangled, all moduli equal
    C = of_sixteen(M, 0.25 * (1 + 1e-15))
    np.testing.assert_array_equal(C, 1.0)


def test_a_trace_that_is_a_little_too_large():
    psi = np.array([1, 0, 0, 1]) / np.sqrt(2)
    out = np.empty(1)
    scalar.concurrences((1 + 1e-8) * np.outer(psi, psi)[None].astype(complex), out)
    assert out[0] == 1.0


@given(st.integers(0, 2**32 - 1), st.sampled_from([1e-8, 1e-9, 1e-11]), st.integers(1, 3))
def test_nearly_positive_matrices(seed, miss, rank):
    """What the check lets pass is treated as a state next to it: X X^+ is as close to rho as rho to a state.

    Populations down to 1e-14, and elements beside them that no state could have.
    """
    rng = np.random.default_rng(seed)
    psi = (rng.normal(size=(4, rank)) + 1j * rng.normal(size=(4, rank))) * 10.0 ** rng.uniform(-7, 0, (4, 1))
    rho = psi @ psi.conj().T
    rho /= np.trace(rho).real
    noise = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    noise += noise.conj().T
    noise *= miss / np.abs(np.linalg.eigvalsh(noise)).max()
    X, work = np.empty((4, 4), complex), np.empty((4, 4), complex)
    scalar.square_root(rho + noise, X, work)
    # each of the four steps leaves at most a few times what it met
    assert np.abs(X @ X.conj().T - rho).max() < 50 * miss


def test_accepted_noise_is_not_amplified():
    """An element of 1e-9 between two populations of 1e-13 and 1e-12: C stays of the order of 1e-9."""
    rho = np.diag([1 - 1e-12 - 2e-13, 1e-12, 1e-13, 1e-13]).astype(complex)
    for i, j in ((1, 2), (1, 3), (2, 3), (0, 3)):
        rho[i, j] = rho[j, i] = 1e-9
    out = np.empty(1)
    scalar.concurrences(rho[None], out)
    assert 0 <= out[0] < 1e-8


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_an_element_that_is_no_number(bad):
    good = np.eye(4, dtype=complex) / 4
    for i in range(4):
        for j in range(4):
            for part in (1.0, 1j):
                rho = np.stack([good, good])
                rho[1, i, j] += (
                    part * bad if np.isfinite(bad) else complex(bad, 0.0) if part == 1.0 else complex(0.0, bad)
                )
                out = np.zeros(2)
                scalar.concurrences(rho, out)
                assert out[0] == 0.0
                assert np.isnan(out[1])
    M = np.broadcast_to(np.eye(4, dtype=complex), (TILE, 4, 4)).copy()
    for lane, (i, j) in enumerate(ELEMENTS):
        M[lane, i, j] = bad
        M[lane + 6, i, j] = complex(0.0, bad)
    C = of_sixteen(M, 0.25)
    assert np.isnan(C[:12]).all()
    np.testing.assert_array_equal(C[12:], 0.0)


def test_work_space_is_not_read(from_python):
    """Nothing of the last states is left in the next."""
    assert isinstance(concurrences_of, numba.core.dispatcher.Dispatcher)
    M = np.broadcast_to(np.eye(4, dtype=complex), (TILE, 4, 4)).copy()
    M[3] = 1.0
    M[3, 0, 3] = M[3, 3, 0] = -1.0
    C = of_sixteen(M, 0.25)
    np.testing.assert_array_equal(np.delete(C, 3), 0.0)
    assert C[3] == pytest.approx(1.0, abs=1e-15)
