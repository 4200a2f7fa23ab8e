"""Echoes averaged over random positions: against drawn jumps, drawn positions, and the limits of few and many jumps."""

import numpy as np
import pytest

from tlsglass.dynamics import System
from tlsglass.dynamics.echo import hahn_echo
from tlsglass.dynamics.spectral_diffusion import HOLTSMARK, mean_imbalance


def drawn_imbalance(y, x, n, rng):
    """`|X|` for `t = 1` of `n` thermal telegraph signals, jump by jump."""
    f = 1 / np.expm1(x)
    s = np.where(rng.random(n) < (1 + f) / (1 + 2 * f), 1.0, -1.0)
    t, X = np.zeros(n), np.zeros(n)
    while np.any(t < 1):
        end = np.minimum(1, t + rng.exponential(1 / (y * np.where(s > 0, f, 1 + f))))
        X += s * (np.minimum(end, 0.5) - np.minimum(t, 0.5) - np.maximum(end, 0.5) + np.maximum(t, 0.5))
        t, s = end, -s
    return np.abs(X)


@pytest.mark.parametrize(
    ("y", "x", "n"),
    [(0.3, 1.0, 100_000), (1.0, 0.5, 100_000), (1.0, 3.0, 100_000), (30.0, 1.0, 100_000), (0.04, 1.0, 3_000_000)],
)
def test_against_drawn_jumps(y, x, n):
    """The last is where rare jumps are not rare enough for one at most: that would be wrong by 3 per cent."""
    drawn = drawn_imbalance(y, x, n, np.random.default_rng(2))
    # the quadrature is good to 1e-3
    assert abs(mean_imbalance(y, x) - drawn.mean()) < 4 * drawn.std() / np.sqrt(drawn.size) + 1e-3 * drawn.mean()


@pytest.mark.parametrize("x", [0.1, 1.0, 10.0])
def test_few_jumps(x):
    """`G / sinh(x)` jumps a unit of time, each of which leaves `t / 2` on average; the two forms meet."""
    for y in np.array([1e-6, 0.99e-4, 1.01e-4, 2e-4]) * np.tanh(x / 2):
        assert mean_imbalance(y, x) == pytest.approx(y / (2 * np.sinh(x)), rel=1e-3)


@pytest.mark.parametrize("x", [0.3, 2.0])
def test_many_jumps(x):
    """X is Gaussian, of variance `2 (1 - m^2) t / g` `g = G (1 + 2 f)`, up to a relative 1 / (g t)."""
    y, m = 3e4, np.tanh(x / 2)
    assert mean_imbalance(y, x) == pytest.approx(np.sqrt(2 / np.pi * 2 * (1 - m**2) * m / y), rel=2e-3)


def test_against_drawn_positions():
    """Exact echoes of a probe among neighbours strewn in a ball, averaged; those outside would add 1e-3."""
    rng, n, x, rate, B, t = np.random.default_rng(7), 200, 1.5, 0.8, 1.0, np.array([0.5, 1.0, 2.0])
    f, volume = 1 / np.expm1(x), 200.0  # one neighbour a unit of volume
    occupation, m = np.full(n + 1, f), np.full(n + 1, 1 / (1 + 2 * f))
    Y, zero = np.full(n + 1, rate / 4), np.zeros(n + 1)
    Y[0] = 0.0
    echoes = np.empty((1500, t.size))
    for k in range(len(echoes)):
        r3 = 3 / (4 * np.pi) * volume * rng.random(n)
        J = np.zeros((n + 1, n + 1))
        J[0, 1:] = J[1:, 0] = B / 4 / r3
        echoes[k] = hahn_echo(System(J, Y, occupation, zero, m, zero), 0, t).real
    error = echoes.std(axis=0) / np.sqrt(len(echoes))
    expected = np.exp(-HOLTSMARK * B * t * mean_imbalance(rate * t, x))
    assert np.all(np.abs(echoes.mean(axis=0) - expected) < 4 * error + 2e-3)
    assert np.all(expected[1:] < 0.9)


@pytest.mark.parametrize(
    ("y", "x", "message"),
    [
        (-1.0, 1.0, r"jumps = .*-1\.0"),
        (1.0, 0.0, r"splitting = .*0\.0"),
        (np.nan, 1.0, "jumps"),
        (1.0, np.inf, "splitting"),
    ],
)
def test_bad_arguments(y, x, message):
    with pytest.raises(ValueError, match=message):
        mean_imbalance(y, x)


def test_shapes_that_do_not_broadcast_are_named():
    with pytest.raises(ValueError, match=r"jumps of shape \(3,\), splitting of shape \(2,\)"):
        mean_imbalance(np.ones(3), np.ones(2))
