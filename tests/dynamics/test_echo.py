"""Ramsey and Hahn echo: against the full generator with the pulse in it, by hand, and what they must not see."""

import dataclasses

import numpy as np
import pytest
from scipy.linalg import expm

from tlsglass.dynamics import System, lindblad, two_site_density_matrix
from tlsglass.dynamics.echo import hahn_echo, propagated, ramsey

EPS = np.finfo(float).eps
T = np.array([0.0, 0.3, 1.7, 6.0])
PLUS, Z = 1, 3


def coherence(C, a, n):
    """Coefficient (D1) of `S^+_a` and of the unit matrix elsewhere: <-| rho |+> of site a, up to a constant."""
    index = [0] * n
    index[a] = PLUS
    return C.reshape([4] * n)[tuple(index)]


def pulse(C, a, n):
    """Exchange the states of site a: `S^+` with `S^-`, `S^z` with its negative."""
    C = np.moveaxis(C.reshape([4] * n), a, 0)[[0, 2, 1, 3]].copy()
    C[Z] *= -1
    return np.moveaxis(C, 0, a).ravel()


@pytest.mark.parametrize(("Y", "f"), [(0.0, 0.0), (0.4, 0.0), (0.4, 1.5), (3.0, 0.2)])
@pytest.mark.parametrize("n", [2, 3])
def test_against_the_full_generator(random_system, n, Y, f):
    """4^N equations, evolved to half time, pulsed, evolved again; in the frame of the probe."""
    tls = dataclasses.replace(random_system(n, seed=n, Y=Y, f=f), nu=np.zeros(n))
    L, start = lindblad.generator(tls), lindblad.initial_coefficients(tls)
    # expm squares about log2(|L| t) times, each of which doubles the rounding
    tolerance = 20 * EPS * 4**n * (1 + np.abs(L.toarray()).sum(axis=0).max() * T.max())
    for k, t in enumerate(T):
        U = expm(L.toarray() * (t / 2))
        for a in range(n):
            free = coherence(U @ U @ start, a, n) / coherence(start, a, n)
            echo = coherence(U @ pulse(U @ start, a, n), a, n) / coherence(pulse(start, a, n), a, n)
            assert abs(ramsey(tls, a, T)[k] - free) < tolerance
            # the pulse exchanges the roles: the initial coherence enters complex conjugated
            assert abs(hahn_echo(tls, a, T)[k] - np.conj(echo)) < tolerance


def test_ramsey_is_the_coherence_of_the_two_site_state(random_system):
    """Another formula of the library, for a pair; its partner is traced out."""
    tls = random_system(6, seed=3, Y=0.2, f=0.7)
    rho = two_site_density_matrix(tls, 2, 4, T)
    element = rho[:, 0, 2] + rho[:, 1, 3]  # <+|rho|-> of site 2
    np.testing.assert_allclose(ramsey(tls, 2, T), element / element[0], rtol=0, atol=1e-13)


def test_frozen_neighbours_are_refocused(random_system):
    tls = random_system(7, seed=4)
    np.testing.assert_allclose(hahn_echo(tls, 3, T), 1, rtol=0, atol=1e-13)  # six products of phases
    assert abs(ramsey(tls, 3, T)[-1]) < 0.8


def test_a_neighbour_in_its_ground_state_dephases_nobody(random_system):
    """|cos - i m sin| = 1 for m = 1, with or without phonons, at T = 0: only the own decay is left."""
    tls = dataclasses.replace(random_system(5, seed=5, Y=0.3), polarisation=np.ones(5))
    for signal in (ramsey, hahn_echo):
        np.testing.assert_allclose(np.abs(signal(tls, 0, T)), np.exp(-2 * tls.Y[0] * T), rtol=1e-13)


def test_one_thermal_neighbour_that_jumps_once():
    """To first order in the rate: |1 - echo| is the mean of 1 - cos(2 w min(s, t - s)) over one jump at time s."""
    rate, w, t, x = 1e-6, 3.0, 2.0, 1.3
    f = 1 / np.expm1(x)
    J = np.array([[0, w / 4], [w / 4, 0]])
    tls = System(J, np.array([0, rate / 4]), np.array([0, f]), np.ones(2), np.array([0, 1 / (1 + 2 * f)]), np.zeros(2))
    jumps = rate * t / np.sinh(x)  # G / sinh(x) a unit of time, up and down together
    phase = w * t  # of a jump in the middle: 2 w t / 2; all phases up to it are alike
    expected = jumps * (1 - np.sin(phase) / phase)
    assert abs(1 - hahn_echo(tls, 0, t)[0].real - expected) < 2 * jumps**2


def test_propagator_at_its_singular_points():
    """No frequency and no rate; no rate; a rate far above the frequency: nothing is nan or lost."""
    u, d = propagated(0.25, 0.75, np.array([0.0, 2.0, 1e-3]), np.array([0.0, 0.0, 1e6]), 0.5, 3.0)
    np.testing.assert_allclose(u[:2], 0.25 * np.exp([0, -6j]), rtol=1e-14)
    np.testing.assert_allclose(d[:2], 0.75 * np.exp([0, 6j]), rtol=1e-14)
    turned = np.exp(-1j * 1e-3 * 0.5 * 3.0)  # relaxed at once; the frequency is averaged to w m, with m = 1 / (1 + 2 f)
    assert abs(u[2] - 0.75 * turned) < 1e-8
    assert abs(d[2] - 0.25 * turned) < 1e-8


@pytest.mark.parametrize("signal", [ramsey, hahn_echo])
def test_bad_arguments(random_system, signal):
    tls = random_system(3, seed=1)
    with pytest.raises(ValueError, match="a = 3 is not allowed"):
        signal(tls, 3, 1.0)
    with pytest.raises(ValueError, match="time = -1.0 is not allowed"):
        signal(tls, 0, -1.0)
