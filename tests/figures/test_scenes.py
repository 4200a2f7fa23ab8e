"""The pictures at the start of the chapters on open and large systems show what the library computes."""

import numpy as np
import pytest

from tlsglass.disorder import Disorder, draw
from tlsglass.ensembles import Ensemble
from tlsglass.entanglement import concurrence
from tlsglass.figures import scenes
from tlsglass.random_states.sampling import two_site_states


def test_a_telegraph_stays_up_as_its_rates_say():
    """Relaxation of the mean from 1 to the balance of both rates, at their sum."""
    rng, down, up = np.random.default_rng(0), 3.0, 1.0
    time = np.array([0.1, 0.4, 2.0])
    signs = [scenes._signs_and_phase(scenes._telegraph(down, up, 2.5, rng), time)[0] for _ in range(4000)]
    balance = (up - down) / (up + down)
    expected = balance + (1 - balance) * np.exp(-(up + down) * time)
    assert np.abs(np.mean(signs, axis=0) - expected).max() < 5 / np.sqrt(4000)


def test_a_spin_that_cannot_come_back_jumps_once():
    assert len(scenes._telegraph(50.0, 0.0, 10.0, np.random.default_rng(1))) == 1


def test_the_phase_is_the_integral_of_the_sign():
    jumps, time = np.array([0.2, 0.5, 0.6]), np.linspace(0, 1, 10_001)
    sign, phase = scenes._signs_and_phase(jumps, time)
    assert sign[[0, 3000, 5500, 9000]].tolist() == [1, -1, 1, -1]
    np.testing.assert_allclose(phase, np.concatenate([[0], np.cumsum(sign[:-1] * np.diff(time))]), atol=4e-4)


def test_the_kept_phase_listens_to_every_signal():
    signals, phases = scenes.telegraph_signals([5.0, 2.0], 3.0, 1.0, 4, seed=1).axes
    assert len(signals.lines) == 2 and len(phases.lines) == 4
    time, phase = phases.lines[0].get_data()
    start = phase[1] / time[1]
    assert start == pytest.approx(7.0)  # both up at first


def test_two_clocks_counts_all():
    (axes,) = scenes.two_clocks([1e-3, 1e-2, 0.2], [0.5, 1.0, 3.0]).axes
    heights = [sum(bar.get_height() for bar in bars) for bars in axes.containers]
    np.testing.assert_allclose(heights, 1)


def test_lines_across_the_cut_join_turned_pairs():
    sample, J = draw(Disorder(12), 3, 0), Ensemble(12, seed=3).realisation(0).J
    middle, moments = sample.side / 2, (0.02, 0.2, 2.0)
    for panel, t in zip(scenes.turned_across(sample, J, moments).axes, moments, strict=True):
        x, positions = sample.positions[:, 0], sample.positions
        expected = sum(
            (x[i] < middle) != (x[j] < middle)
            and 4 * abs(J[i, j]) * t > 1
            and np.all(abs(positions[i] - positions[j]) < middle)
            for i in range(12) for j in range(i)
        )  # fmt: skip
        bonds = [line for line in panel.lines if line.get_linestyle() == "-"]
        assert len(bonds) == expected
        assert all(min(line.get_xdata()) < middle <= max(line.get_xdata()) for line in bonds)
    assert expected > 3


def test_a_state_of_two_spins_is_entangled_only_where_its_spectrum_allows():
    states = two_site_states(4, 500, np.random.default_rng(0))
    largest, second, third, last = np.linalg.eigvalsh(states)[:, ::-1].T
    margin = largest - third - 2 * np.sqrt(np.maximum(second * last, 0))
    assert np.all(concurrence(states) <= np.maximum(margin, 0) + 1e-12)
    (axes,) = scenes.distance_from_entangled({6: margin}).axes
    (outline,) = axes.patches[:1]
    assert outline.get_data().values.sum() == pytest.approx(1)


def test_neighbours_are_joined_where_a_phase_has_turned():
    distance = np.array([[np.inf, 0.1, 1.0, 2.0], [0.1, np.inf, 1.0, 2.0]])
    J = np.array([[0.0, 3.0, 2.0, 0.1], [3.0, 0.0, 0.1, 0.1]])
    (panel,) = scenes.neighbourhoods({"a pair": (distance, J)}, 0.2).axes
    joined = [line for line in panel.lines if line.get_linestyle() == "-"]
    assert len(joined) == 3  # the pair, seen from both, and one other
    others = panel.lines[3]
    np.testing.assert_allclose(np.hypot(*others.get_data()), [1.0, 2.0])


def test_model_and_glass_count_all():
    left, right = scenes.model_and_glass({"a": [0.1, 0.9], "b": [1.0]}, {"a": [-1.0, 1.0], "b": [0.0]}).axes
    for panel in (left, right):
        np.testing.assert_allclose([sum(bar.get_height() for bar in bars) for bars in panel.containers], 1)


def test_a_negative_rate_is_refused_by_name():
    with pytest.raises(ValueError, match="down = -1.0 is not allowed"):
        scenes.telegraph_signals([1.0], -1.0, 1.0, 1, 0)
