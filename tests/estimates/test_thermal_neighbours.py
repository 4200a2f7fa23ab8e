"""Dephasing by thermal neighbours: the closed form against drawn positions, splittings and couplings."""

import numpy as np
import pytest

from tlsglass.estimates.thermal_neighbours import MEAN_ABS_NORMAL, dephasing_time
from tlsglass.glass.materials import GLASSES, glass
from tlsglass.glass.units import BOLTZMANN, HBAR


def test_mean_of_a_normal_modulus():
    x = np.abs(np.random.default_rng(0).standard_normal(1_000_000))
    assert MEAN_ABS_NORMAL == pytest.approx(x.mean(), abs=5 * x.std() / 1e3)


def test_against_drawn_neighbours():
    """Sum of ln|cos wt - i m sin wt| over neighbours, averaged over positions, splittings and couplings: -t / T2*."""
    g, kelvin, rng, n = glass("BK7"), 20.0, np.random.default_rng(5), 1_000_000
    kT, t = BOLTZMANN * kelvin, 0.7 * dephasing_time(g, kelvin)
    ends = np.log([1e-4, 1e6])  # of r^3 in spacings cubed: what lies outside adds less than 1e-3
    r3 = np.exp(rng.uniform(*ends, n))  # the density of points in r^3 is flat: weight r^3
    E = 10 * kT * rng.random(n)  # beyond, m = 1 to 1e-4: no contribution
    K = g.interaction_energy / 4 * rng.standard_normal(n) / r3
    m, phase = np.tanh(E / (2 * kT)), 4 * K * t / HBAR
    neighbours = 4 * np.pi / 3 * np.diff(ends) * r3 * 10 * kT / (2 * g.W)  # flat density 1 / 2W
    logs = neighbours * np.log(np.abs(np.cos(phase) - 1j * m * np.sin(phase)))
    error = logs.std() / np.sqrt(n)
    assert error < 0.01
    assert logs.mean() == pytest.approx(-0.7, abs=4 * error)


@pytest.mark.parametrize("name", GLASSES)
def test_nanoseconds_at_half_a_kelvin(name):
    g = glass(name)
    assert 1e-9 < dephasing_time(g, 0.5) < 2e-8
    assert dephasing_time(g, 1.0) == pytest.approx(dephasing_time(g, 0.5) / 2)
    assert dephasing_time(g, 1.0, contraction=2 * MEAN_ABS_NORMAL) == pytest.approx(dephasing_time(g, 1.0) / 2)


def test_bad_input():
    for arguments in ({"kelvin": 0}, {"kelvin": 1.0, "contraction": -1}):
        with pytest.raises(ValueError, match=list(arguments)[-1]):
            dephasing_time(glass("SiO2"), **arguments)
