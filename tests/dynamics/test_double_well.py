"""States on a grid against the harmonic oscillator, and the double well that becomes a TLS."""

import numpy as np
import pytest

from tlsglass.dynamics.double_well import bound_states, double_well

X = np.linspace(-8, 8, 1601)


def test_harmonic_oscillator():
    energies, states = bound_states(X, X**2 / 2, 4)
    # second differences: the error is about dx^2 (n + 1/2)^2 / 8
    assert np.allclose(energies, np.arange(4) + 0.5, atol=2e-4)
    assert np.allclose(states @ states.T * (X[1] - X[0]), np.eye(4), atol=1e-12)
    assert np.allclose(states[0], np.pi**-0.25 * np.exp(-(X**2) / 2), atol=1e-4)


def test_two_lowest_levels_of_a_double_well_are_those_of_a_tls():
    """The splitting at a bias is the hypotenuse of the bias and the splitting without one, Eq. (11)."""
    x = np.linspace(-2.5, 2.5, 1001)
    barrier = 12.0

    def levels(bias):
        return bound_states(x, double_well(x, barrier, bias), 3)[0]

    tunnelling = np.diff(levels(0.0))[0]
    assert tunnelling < 0.02 * np.diff(levels(0.0))[1]  # two levels far below the third
    for bias in (0.05, 0.2):
        wells = bound_states(x, double_well(x, barrier, 0.0), 2)[1]
        position = abs(np.sum(wells[0] * x * wells[1]) * (x[1] - x[0]))  # distance of the wells is a bit below 2
        expected = np.hypot(tunnelling, bias * position)
        # second-order mixing with the third level, (bias / gap)^2 of the splitting
        assert np.diff(levels(bias))[0] == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("x", lambda: bound_states([0, 1, 3], [0, 0, 0], 1)),
        ("potential", lambda: bound_states(X, X[:-1], 1)),
        ("potential", lambda: bound_states(X, X + 1j, 1)),
        ("x", lambda: double_well(X + 1j, 1.0, 0.1)),
        ("n_states", lambda: bound_states(X, X, 0)),
        ("n_states", lambda: bound_states(X, X, 1602)),
        ("barrier", lambda: double_well(X, 0.0, 0.1)),
        ("bias", lambda: double_well(X, 1.0, -0.1)),
    ],
)
def test_bad_arguments_are_refused_by_name(name, call):
    with pytest.raises(ValueError, match=name):
        call()
