"""Fig. 2 and Eq. (24): the shortcut formulas against (21) and (22) themselves, the glasses, the spread."""

import numpy as np
import pytest

from tlsglass.derivations import rate_ratio
from tlsglass.estimates import phase_diagram as pd_
from tlsglass.estimates.glass_numbers import hopping_energy
from tlsglass.figures.phase_diagram import phase_diagram, ratio_distribution
from tlsglass.glass.materials import GLASSES, SIMULATION, glass
from tlsglass.glass.units import MILLI_ELECTRONVOLT


@pytest.mark.parametrize("prefactor", ["printed", "corrected"])
@pytest.mark.parametrize("asymmetry", [0.1, 0.5, 1.0])
@pytest.mark.parametrize("name", GLASSES)
def test_prefactor_against_the_couplings(name, prefactor, asymmetry):
    """`ratio_prefactor` times Eq. (24) is the ratio of `dissipation_rates` to `interactions`."""
    g = glass(name)
    direct = pd_.rate_over_interaction(g, prefactor, asymmetry)
    shortcut = pd_.ratio_prefactor(prefactor, asymmetry) * pd_.naive_ratio(g.delta_bar / g.W, pd_.w_tau(g))
    # The shortcut drops (Delta / eps)^2 < 3e-8 beside 1, in nu and in the tilts.
    assert direct["hbar Y / J"] == pytest.approx(shortcut, rel=1e-6)
    assert direct["hbar Y / J"] == pytest.approx(direct["hbar Y / W"] / direct["J / W"], rel=1e-12)


@pytest.mark.parametrize("printed", [True, False])
def test_prefactor_against_sympy(printed):
    expression = rate_ratio.prefactor(printed)
    values = {rate_ratio.EPS: 0.3, rate_ratio.W: 1, rate_ratio.TRACE: 2.0, rate_ratio.CONTRACTION: 0.7}
    computed = pd_.ratio_prefactor("printed" if printed else "corrected", 0.3, 2.0, 0.7)
    assert computed == pytest.approx(float(expression.subs(values)), rel=1e-14)


def test_gamma_cancels_and_distance_counts_cubed():
    g = glass("BK7")
    reference = pd_.rate_over_interaction(g)
    weak = pd_.rate_over_interaction(g, strength=1.0)
    assert weak["hbar Y / J"] == pytest.approx(reference["hbar Y / J"], rel=1e-12)
    assert weak["J / W"] == pytest.approx(reference["J / W"] * (g.W / g.gamma) ** 2, rel=1e-12)
    close = pd_.rate_over_interaction(g, distance=0.5)
    assert close["J / W"] == pytest.approx(8 * reference["J / W"], rel=1e-12)
    assert close["hbar Y / W"] == reference["hbar Y / W"]


def test_boundary_is_where_the_ratio_is_one():
    x = np.geomspace(3, 300, 7)
    for over in (1.0, pd_.ratio_prefactor()):
        np.testing.assert_allclose(over * pd_.naive_ratio(pd_.boundary(x, over), x), 1, rtol=1e-13)


def test_spread_against_random_amplitudes():
    rng = np.random.default_rng(5)
    n = 100_000
    sample = np.log(10.0 ** rng.uniform(-4, 4, size=n))
    # The standard deviation of n uniform numbers has the relative error sqrt((9/5 - 1) / 4 n); four of them.
    assert pd_.log_spread(8) == pytest.approx(sample.std(), rel=4 * np.sqrt(0.2 / n))
    assert pd_.log_spread(0) == 0


def test_points():
    points = pd_.phase_points()
    assert list(points.index) == ["SiO2", "BK7", "PMMA"]
    assert points["w_tau"]["SiO2"] == pytest.approx(130 / 1.834, rel=1e-3)  # W over hbar / tau, both in meV
    # Typical TLSs: deep inside. One standard deviation up: at the line, neither far inside nor far outside.
    assert (points["ratio"] < 1e-4).all() and (points["exact"] < 1e-4).all()
    assert ((0.85 < points["sigmas"]) & (points["sigmas"] < 1.1)).all()
    for name, row in points.iterrows():
        at_line = row["delta"] * 10 ** row["decades"]
        assert pd_.ratio_prefactor() * pd_.naive_ratio(at_line, row["w_tau"]) == pytest.approx(1), name


def test_estimate_of_section_iii_c():
    quoted = pd_.estimate_of_section_iii_c(hopping=1.0 * MILLI_ELECTRONVOLT)
    assert quoted["hbar Y / J"] == pytest.approx(1e-4)
    honest = pd_.estimate_of_section_iii_c()
    assert honest["hbar / tau"] / MILLI_ELECTRONVOLT == pytest.approx(0.6582 * 5 / 10, rel=1e-3)  # hbar = 0.6582 meV ps
    assert honest["hbar Y / J"] == pytest.approx(2.8e-3, rel=0.01)


def test_random_pairs():
    g = glass("SiO2")
    n = 100_000
    pairs = pd_.random_pairs(g, n, seed=2)
    assert len(pairs) == n
    # The mean of the logarithm, term by term: <ln eps/W> = -1, <ln x^2> = -(gamma_E + ln 2), <ln |y|> half of it.
    log_moment = -(np.euler_gamma + np.log(2))
    typical = (
        np.log(16 / 3) - 1 + log_moment / 2 + np.log(g.delta_max * g.delta_min / g.W**2) + 3 * np.log(pd_.w_tau(g))
    )
    error = pairs["log_ratio"].std() / np.sqrt(n)
    # Terms of relative order Delta_max / W shift it by less than the fifth of a unit allowed on top of four errors.
    assert pairs["log_ratio"].mean() == pytest.approx(typical, abs=4 * error + 0.2)
    printed = pd_.random_pairs(g, n, seed=2, prefactor="printed")
    np.testing.assert_allclose(pairs["log_ratio"] - printed["log_ratio"], np.log(2), rtol=1e-10)
    # One pair in five has dissipation ahead of interaction, but few of these TLSs can be relaxed by one phonon.
    ahead = pairs["log_ratio"] > 0
    assert 0.15 < ahead.mean() < 0.25
    assert (ahead & (pairs["splitting"] < g.debye_energy / g.W)).mean() < 0.05


def test_figures():
    figure = phase_diagram(pd_.phase_points())
    (axes,) = figure.axes
    assert [line.get_label() for line in axes.lines[:3]][0].startswith("Eq. (24)")
    x, y = axes.lines[2].get_data()
    np.testing.assert_allclose(pd_.ratio_prefactor() * pd_.naive_ratio(y, x), 1, rtol=1e-12)
    markers = {c.get_label(): c.lines[0].get_xydata()[0] for c in axes.containers}
    assert markers["BK7"][0] == pytest.approx(pd_.w_tau(glass("BK7")))
    figure = ratio_distribution({"SiO2": pd_.random_pairs(glass("SiO2"), 1000, 0)})
    values, edges, _ = figure.axes[0].patches[0].get_data()
    assert (values * np.diff(edges)).sum() == pytest.approx(1)  # nothing falls off the axis


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pd_.ratio_prefactor("right"), "prefactor = 'right'"),
        (lambda: pd_.ratio_prefactor(asymmetry=0), "asymmetry = 0"),
        (lambda: pd_.boundary(np.array([1.0, 0.0])), "w_tau = "),
        (lambda: pd_.boundary(1.0, over=-1), "over = -1"),
        (lambda: pd_.log_spread(-1), "n_delta = -1"),
        (lambda: pd_.rate_over_interaction(SIMULATION, strength=0), "strength = 0"),
        (lambda: pd_.random_pairs(SIMULATION, 0, 0), "n_samples = 0"),
        (lambda: pd_.estimate_of_section_iii_c(0), "hopping = 0"),
        (lambda: hopping_energy(SIMULATION, 0), "distance = 0"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message + ".* is not allowed"):
        call()
