"""What the claims about Figs. 7 to 11 compute, on curves whose answers are known."""

import numpy as np
import pytest

from tlsglass.claims import open_system as claims
from tlsglass.ensembles import Ensemble

T = np.logspace(-3, 6, 91)
SCATTER = 1 + 0.01 * np.random.default_rng(3).standard_normal(20)
ERROR = SCATTER.std(ddof=1) / np.sqrt(20)  # of the mean of twenty blocks: the jackknife's, for anything linear
PEAK = np.exp(-(np.log(T / T[30]) ** 2))  # largest at t = 1


def test_growth_of_the_entropy(committed, curve):
    committed("growth", [curve(Ensemble(160), T**0.9, T), curve(Ensemble(320), 2 * T**0.4, T)])
    assert claims.entropy_growth().value == pytest.approx(0.4, abs=1e-12)
    bent = np.where(T < 5, 1e-3 * T, np.where(T > 400, 1.0, 2 * T**0.4))  # the window ends where the law does
    committed("growth", [curve(Ensemble(320), bent, T)])
    assert claims.entropy_growth().value == pytest.approx(0.4, abs=1e-12)


def test_start_of_the_growth(committed, curve):
    """A straight line in ln t from 0 at t = 1e-3 to its end at 1e4 has a tenth of it after a tenth of the decades."""
    committed("fig07", [curve(Ensemble(16), np.minimum(np.log10(T) + 3, 7.0) / 7, T)])
    committed("fig04", [curve(Ensemble(12), T**-1.0, T), curve(Ensemble(16), PEAK, T)])
    start = claims.entropy_start()
    assert start.value == pytest.approx(10 ** (-3 + 0.7), rel=1e-9)
    assert start.stderr == 0


def test_volume_law(committed, curve):
    """Levels per TLS of 0.1, 0.2 and 0.3 are 0.4, 1.6 and 3.6 of the half systems: growth by 2.0 after 1.2."""
    sizes = (4, 8, 12)
    committed("fig07", [curve(Ensemble(n), np.full(T.size, 0.025 * n), T) for n in sizes])
    assert claims.volume_law().value == pytest.approx(2.0 / 1.2, rel=1e-12)
    assert claims.volume_law().stderr == 0
    levels = np.array([0.4, 1.6, 3.6])
    scattered = [curve(Ensemble(n), np.full(T.size, s / n), T, SCATTER) for n, s in zip(sizes, levels, strict=True)]
    committed("fig07", scattered)
    # by the derivatives with respect to the three levels, here taken numerically
    growth = lambda s: (s[2] - s[1]) / (s[1] - s[0])  # noqa: E731
    slopes = [(growth(levels + h) - growth(levels - h)) / 2e-6 for h in 1e-6 * np.eye(3)]
    expected = np.sqrt(sum((d * s * ERROR) ** 2 for d, s in zip(slopes, levels, strict=True)))
    assert claims.volume_law().stderr == pytest.approx(expected, rel=1e-6)


def test_lower_maximum(committed, curve):
    """The maxima are compared wherever they are; realisations that both curves share drop out of the error."""
    strong, none = Ensemble(60, dissipation_scale=1.0), Ensemble(60)
    committed("fig10", [curve(strong, 0.8 * np.roll(PEAK, -3), T, SCATTER)])
    committed("fig04", [curve(none, PEAK, T, SCATTER)])
    ratio = claims.lower_maximum("N = 60")
    assert ratio.value == pytest.approx(0.8, rel=1e-12)
    assert ratio.stderr < 1e-12
    committed("fig10", [curve(Ensemble(9, dissipation_scale=1.0), 0.7 * PEAK, T)])
    committed("fig09", [curve(Ensemble(9, dissipation_scale=1e-2), PEAK, T), curve(Ensemble(9), 2 * PEAK, T)])
    assert claims.lower_maximum("N = 9").value == pytest.approx(0.35, rel=1e-12)


@pytest.mark.parametrize("delta", [0.2, 0.5])
def test_stretching(committed, curve, delta):
    plateau = np.full(T.size, 0.3)

    def departing(scale, tau, amplitude=1.0):
        return curve(
            Ensemble(9, dissipation_scale=scale), 0.3 * amplitude * np.exp(-((T * scale / tau) ** delta)), T, None
        )

    committed("fig09", [curve(Ensemble(9), plateau, T), departing(1e-4, 2.0), departing(1e-6, 5.0)])
    for window in claims.STRETCHED_WINDOWS:
        assert claims.stretching(f"amplitude 1, {window}").value == pytest.approx(delta, abs=1e-6)
    assert claims.stretching_time("amplitude 1, ε = 1e-4").value == pytest.approx(2.0e4, rel=1e-6)
    assert claims.stretching_time("amplitude 1, ε = 1e-6").value == pytest.approx(5.0e6, rel=1e-6)
    committed("fig09", [curve(Ensemble(9), plateau, T), departing(1e-4, 2.0, amplitude=0.9)])
    free = claims.stretching("amplitude free, from εt = 0.01").value
    assert free == pytest.approx(delta, abs=1e-5)  # the fit stops when nothing changes by 1e-8 of itself
    assert abs(claims.stretching("amplitude 1, from εt = 0.01").value - delta) > 0.01


def test_stretching_with_a_shift(committed, curve):
    scale, delta, tau, shift = 1e-4, 0.3, 2e3, 3e3
    law = 0.3 * np.exp((shift / tau) ** delta - ((T + shift) / tau) ** delta)
    committed(
        "fig09", [curve(Ensemble(9), np.full(T.size, 0.3), T), curve(Ensemble(9, dissipation_scale=scale), law, T)]
    )
    assert claims.stretching("shifted, from εt = 0.01").value == pytest.approx(delta, rel=1e-2)
    assert claims.stretching_time("shifted, ε = 1e-4").value == pytest.approx(tau, rel=1e-1)  # hardly determined
    for case in ("shift, ε = 1e-4", "ε = 1e-4"):
        with pytest.raises(ValueError, match="is not allowed"):
            claims.stretching_time(case)


def test_windows_of_the_stretched_exponential(committed, curve):
    """The law holds in the window alone: a window that began earlier, or ended later, would see the rest."""
    scale, inside = 1e-4, (T > 0.99e3) & (T < 1.01e5)
    law = np.where(inside, 0.3 * np.exp(-((T * scale) ** 0.4)), 0.1)
    committed(
        "fig09", [curve(Ensemble(9), np.full(T.size, 0.3), T), curve(Ensemble(9, dissipation_scale=scale), law, T)]
    )
    assert claims.stretching("amplitude 1, from εt = 0.1").value == pytest.approx(0.4, abs=1e-6)
    assert abs(claims.stretching("amplitude 1, from εt = 0.01").value - 0.4) > 0.01


def test_difference_and_growth_of_the_exponents(committed, curve):
    sizes = {9: 3.0, 20: 3.5, 60: 4.5}
    committed("fig10", [curve(Ensemble(n, dissipation_scale=1.0), T**-beta, T) for n, beta in sizes.items()])
    committed("fig04", [curve(Ensemble(n), T**-2.5, T) for n in (20, 60)])
    committed("fig09", [curve(Ensemble(9, dissipation_scale=1e-2), T**-1.0, T), curve(Ensemble(9), T**-2.0, T)])
    for n, expected in ((9, 1.0), (20, 1.0), (60, 2.0)):
        assert claims.steeper(f"N = {n}").value == pytest.approx(expected, abs=1e-10)
    assert claims.underestimated().value == pytest.approx(1.5, abs=1e-10)


def test_second_step(committed, curve):
    """0.2 at first, 0.1 more after t = 1e4; the other scale has no second step."""
    steps = np.where(T < 1e-1, 0.0, np.where(T < 1e4, 0.2, 0.3))
    one = Ensemble(8, dissipation_scale=1e-6)
    committed("fig11", [curve(Ensemble(8, dissipation_scale=1.0), 0.1 + 0 * T, T), curve(one, steps, T, SCATTER)])
    step = claims.second_step()
    assert step.value == pytest.approx(0.1, abs=1e-12)
    assert step.stderr == pytest.approx(0.1 * ERROR, rel=1e-9)


def test_open_volume_law(committed, curve):
    """Compared at t = 1 and epsilon = 1, and nowhere else."""
    at = np.where(np.isclose(T, 1.0), 1.0, 5.0)
    levels = {8: 0.2, 12: 0.25}
    curves = [curve(Ensemble(n, dissipation_scale=1e-6), 0.7 + 0 * T, T) for n in levels]
    curves += [curve(Ensemble(n, dissipation_scale=1.0), level * at**n, T) for n, level in levels.items()]
    committed("fig11", curves)
    ratio = claims.open_volume_law()
    assert ratio.value == pytest.approx(1.25, rel=1e-12)
    assert ratio.stderr == pytest.approx(1.25 * 1e-2 * np.sqrt(2), rel=1e-12)  # two means, each known to a hundredth


def test_without_data_nothing_is_claimed(committed):
    for claim in claims.CLAIMS:
        assert claim.values() == [None] * len(claim.cases)
