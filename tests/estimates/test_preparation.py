"""A TLS put into undisturbed phonons: against oscillators solved as matrices, and against the sum over modes."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.linalg import expm

from tlsglass.estimates.glass_numbers import franck_condon, huang_rhys
from tlsglass.estimates.preparation import bare_coherence
from tlsglass.glass.materials import GLASSES, glass
from tlsglass.glass.units import HBAR


def overlap_of_one_mode(S, phase, levels=40):
    """|<0| exp(i H_- t) exp(-i H_+ t) |0>| of one oscillator with H_+- = n +- sqrt(S) (a + a^+), phase = omega t."""
    a = np.diag(np.sqrt(np.arange(1.0, levels)), 1)
    vacuum = np.eye(levels)[0]
    states = [expm(-1j * phase * (a.T @ a + sign * np.sqrt(S) * (a + a.T))) @ vacuum for sign in (1, -1)]
    return abs(np.vdot(states[1], states[0]))


def test_exponent_of_one_mode():
    """exp(-4 S (1 - cos omega t)): the formula that the sum over modes is made of."""
    for S, phase in ((0.1, 0.5), (0.3, np.pi), (0.2, 4.0)):
        assert overlap_of_one_mode(S, phase) == pytest.approx(np.exp(-4 * S * (1 - np.cos(phase))), rel=1e-9)


@pytest.mark.parametrize("name", GLASSES)
def test_sum_over_debye_modes(name):
    """|xi|^2 / omega^2 goes as omega d omega: the average of 1 - cos over it, by quadrature."""
    g = glass(name)
    for x in (0.0, 1e-9, 0.7, 5.0, 60.0):
        lost, _ = quad(lambda u, x=x: 2 * u * (1 - np.cos(x * u)), 0, 1, limit=200)
        delay = x * HBAR / g.debye_energy
        # quad is good to 1e-8
        assert bare_coherence(g, delay) == pytest.approx(np.exp(-4 * huang_rhys(g) * lost), rel=1e-7)


@pytest.mark.parametrize("name, bare, dressed", [("SiO2", 0.14, 0.37), ("BK7", 0.28, 0.53), ("PMMA", 0.02, 0.15)])
def test_what_is_left_in_the_glasses_of_table_one(name, bare, dressed):
    g = glass(name)
    assert bare_coherence(g) == pytest.approx(bare, abs=0.005)
    assert franck_condon(g) == pytest.approx(dressed, abs=0.005)
    assert bare_coherence(g) == pytest.approx(franck_condon(g) ** 2, rel=1e-14)
    late = 1e3 * HBAR / g.debye_energy
    assert bare_coherence(g, late) == pytest.approx(bare_coherence(g), rel=0.05)  # the ripple falls as 8 S / x


def test_shapes_and_bad_input():
    g = glass("BK7")
    assert bare_coherence(g, np.zeros((2, 3))).shape == (2, 3)
    assert np.all(bare_coherence(g, np.zeros(2)) == 1)
    for delay in (-1e-15, np.nan, "late"):
        with pytest.raises(ValueError, match="delay = "):
            bare_coherence(g, delay)
    with pytest.raises(ValueError, match="strength"):
        bare_coherence(g, strength=-1.0)
