"""What the committed tables of Figs. 7 to 11 show: the statements of the chapters, each of which could fail."""

import numpy as np
import pytest

from tlsglass import results
from tlsglass.analysis import entropy, isolated, open_system
from tlsglass.results import folders


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    """The tables of the repository, wherever the environment points; nothing is computed."""
    monkeypatch.setenv("TLSGLASS_DATA", str(folders.REPOSITORY / "data"))


def by_size_and_scale(figure, observable=None):
    curves = results.curves(figure, observable=observable, compute=False)
    return {(c.ensemble.n_tls, c.ensemble.dissipation_scale): c for c in curves}


def at(curve, time):
    return int(np.argmin(np.abs(np.log(curve.time / time))))


@pytest.fixture
def alone():
    return {c.ensemble.n_tls: c for c in results.curves("fig04", compute=False)}


def test_entropy_saturates_linearly_in_n_and_grows_while_the_concurrence_falls(alone):
    S = {c.ensemble.n_tls: c for c in results.curves("fig07", compute=False)}
    totals = {n: n * entropy.saturation(c).value for n, c in S.items()}
    assert (totals[12] - totals[8]) / (totals[8] - totals[4]) == pytest.approx(1, abs=0.25)
    assert S[12].mean[0] < 1e-2 * S[12].mean[-1]
    peak = isolated.maximum(alone[16])[0]
    assert entropy.time_to_reach(S[16], 0.1) < 2 * peak < entropy.time_to_reach(S[16], 0.5)


@pytest.mark.parametrize("n", [7, 20, 60])
def test_dissipation_lowers_the_maximum_and_brings_it_no_later(alone, n):
    strong = by_size_and_scale("fig08")[n, 1.0]
    (t, c, error), (t_0, c_0, error_0) = isolated.maximum(strong), isolated.maximum(alone[n])
    assert c < c_0 - 3 * np.hypot(error, error_0) and t <= t_0


def test_weak_dissipation_changes_nothing_at_first_and_ends_the_plateau():
    curves = by_size_and_scale("fig09")
    early = curves[9, 0.0].time < 2
    for n in (6, 9):
        ratio = curves[n, 1e-4].mean / curves[n, 0.0].mean
        assert np.abs(ratio[early] - 1).max() < 0.005
        assert ratio[-1] < 0.1  # a twentieth is left at epsilon t = 100


def test_plateau_ends_as_a_function_of_epsilon_t():
    curves = by_size_and_scale("fig09")
    weak, strong = (open_system.over_plateau(curves[6, s], curves[6, 0.0])[0] for s in (1e-6, 1e-4))
    t = curves[6, 0.0].time
    late = (t > 90) & (t < 1.1e4)
    np.testing.assert_allclose(strong[late], weak[np.flatnonzero(late) + 20], atol=0.03)  # 20 times are two decades


def test_local_stretching_falls_so_no_one_delta():
    curves = by_size_and_scale("fig09")
    t, slope, error = open_system.stretching_slope(curves[6, 1e-4], curves[6, 0.0])
    early, late = at(curves[6, 0.0], 60) - 2, at(curves[6, 0.0], 1e5) - 2
    assert slope[early] - slope[late] > 10 * np.hypot(error[early], error[late])
    assert slope[early] > 0.8 and slope[late] < 0.4


def test_caption_as_printed_fits_no_curve():
    """exp[-(t + t0/tau)^delta], delta = 0.2: from t = 1e4 to 1e6 it falls by e^-9, whatever t0/tau < 1e3 may be."""
    curve = by_size_and_scale("fig09")[6, 1e-6]
    first, last = at(curve, 1e4), at(curve, 1e6)
    measured = curve.mean[last] / curve.mean[first]
    printed = [np.exp((1e4 + shift) ** 0.2 - (1e6 + shift) ** 0.2) for shift in (0.0, 1.0, 1e3)]
    assert measured > 0.3 > 1e3 * max(printed)


@pytest.mark.parametrize("n", [9, 20, 60])
def test_exponent_with_dissipation_is_larger_for_the_same_realisations(alone, n):
    isolated_ = by_size_and_scale("fig09")[9, 0.0] if n == 9 else alone[n]
    gap = open_system.exponent_difference(by_size_and_scale("fig10")[n, 1.0], isolated_)
    assert gap.value > 5 * gap.stderr
    assert gap.stderr < 0.05


def test_exponent_with_dissipation_grows_far_beyond_nine():
    strong = by_size_and_scale("fig10")
    beta = [isolated.decay_exponent(strong[n, 1.0], open_system.DECAY_WINDOW).exponent.value for n in (9, 20, 60)]
    assert beta[0] < 2 < 3 < beta[1] < beta[2]


def test_entropy_grows_in_two_steps_with_little_dissipation_and_returns_to_zero_with_much():
    S, alone = by_size_and_scale("fig11"), {c.ensemble.n_tls: c for c in results.curves("fig07", compute=False)}
    weak, strong = S[8, 1e-6], S[8, 1.0]
    assert weak.mean[at(weak, 1e3)] == pytest.approx(entropy.saturation(alone[8]).value, abs=0.01)
    assert weak.mean[-1] > weak.mean[at(weak, 1e3)] + 0.02
    assert strong.mean[-1] < 0.1 * strong.mean.max()


def test_negativity_falls_in_the_second_step():
    E = by_size_and_scale("negativity", "negativity")
    weak, isolated_ = E[6, 1e-6], E[6, 0.0]
    assert weak.mean[at(weak, 1e3)] == pytest.approx(isolated_.mean[-1], abs=0.01)
    assert weak.mean[-1] < isolated_.mean[-1] - 0.02


def test_entropy_of_a_bar_grows_as_a_small_power():
    (_, long) = results.curves("growth", compute=False)
    law = entropy.growth_law(long, (5.0, 400.0))
    assert 1 / 3 < law.value - 3 * law.stderr and law.value + 3 * law.stderr < 0.5
    _, slope, error = entropy.growth_per_decade(long)
    assert slope[-1] - slope[2] > 5 * np.hypot(error[-1], error[2])  # a logarithm adds the same in each decade


def test_temperature_matters_from_the_splitting_on():
    cold, cool, lukewarm, hot = results.curves("temperature", compute=False)
    i, j = at(cold, 0.08), at(cold, 1.9)
    assert abs(lukewarm.mean[j] / cold.mean[j] - 1) < 0.02 and abs(cool.mean[j] / cold.mean[j] - 1) < 1e-6
    assert hot.mean[i] / cold.mean[i] == pytest.approx(0.97, abs=0.03)
    assert hot.mean[j] / cold.mean[j] == pytest.approx(0.49, abs=0.06)
