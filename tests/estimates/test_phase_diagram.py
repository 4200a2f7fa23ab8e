"""Fig. 2 and Eq. (24): the shortcut formulas against (21) and (22) themselves, the glasses, the spread."""

import numpy as np
import pytest

from tlsglass.derivations import rate_ratio
from tlsglass.estimates import phase_diagram as pd_
from tlsglass.estimates.glass_numbers import hopping_energy
from tlsglass.figures.phase_diagram import phase_diagram, ratio_distribution
from tlsglass.glass.materials import GLASSES, SIMULATION, glass
from tlsglass.glass.units import HBAR, MILLI_ELECTRONVOLT


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
    assert np.allclose(0.2 * points["spread"] / np.log(10), 0.5, rtol=0.1)  # so 1.2 of them end half a decade below it
    for name, row in points.iterrows():
        at_line = row["delta"] * 10 ** row["decades"]
        assert pd_.ratio_prefactor() * pd_.naive_ratio(at_line, row["w_tau"]) == pytest.approx(1), name


def test_estimate_of_section_iii_c():
    quoted = pd_.estimate_of_section_iii_c(hopping=1.0 * MILLI_ELECTRONVOLT)
    assert quoted["hbar Y / J"] == pytest.approx(1e-4)
    honest = pd_.estimate_of_section_iii_c()
    assert honest["hbar / tau"] / MILLI_ELECTRONVOLT == pytest.approx(0.6582 * 5 / 10, rel=1e-3)  # hbar = 0.6582 meV ps
    assert honest["hbar Y / J"] == pytest.approx(2.8e-3, rel=0.01)


def mean_log(function, glass):
    """Mean of `ln function(eps, Delta)` over Eqs. (4) and (5), in units of W, by quadrature on a grid."""
    eps = (np.arange(4000) + 0.5) / 4000
    Delta = np.exp(np.linspace(np.log(glass.delta_min), np.log(glass.delta_max), 401)) / glass.W
    by_amplitude = np.log(function(eps[:, None], Delta)).mean(axis=0)
    return np.trapezoid(by_amplitude) / 400


@pytest.mark.parametrize("prefactor", ["printed", "corrected"])
def test_random_pairs(prefactor):
    """Mean and spread of `ln(hbar Y_i / |J_ij|)` from those of each factor of (21) over (22)."""
    g, n = glass("SiO2"), 400_000
    pairs = pd_.random_pairs(g, n, seed=2, prefactor=prefactor)
    assert len(pairs) == n
    # (21) over (22) at the spacing: 12 pi or 6 pi under Y, 4 pi under J
    scale = {"printed": 1, "corrected": 2}[prefactor] / 3 * (g.W * g.spacing / (HBAR * g.velocity)) ** 3

    def splitting(eps, Delta):
        return 2 * np.hypot(eps, Delta)

    log_square = -(np.euler_gamma + np.log(2))  # <ln x^2> of a standard Gaussian; <ln |y|> is half of it
    mean = np.log(scale) + log_square / 2
    mean += 2 * mean_log(lambda eps, Delta: Delta + 0 * eps, g)
    mean += mean_log(splitting, g)  # of the rate
    mean -= 2 * mean_log(lambda eps, Delta: eps / splitting(eps, Delta), g)  # of the coupling: both TLSs
    error = pairs["log_ratio"].std() / np.sqrt(n)
    # four standard errors, together 0.07; the grid is good to 1e-4, its first cell of ln eps
    assert pairs["log_ratio"].mean() == pytest.approx(mean, abs=4 * error + 1e-4)
    assert 4 * error < 0.1


def test_random_pairs_column_by_column():
    """What is left of the ratio without the amplitude and the splitting of the first TLS does not know of them."""
    g, n = glass("SiO2"), 400_000
    pairs = pd_.random_pairs(g, n, seed=2)
    Delta, splitting = pairs["tunnelling"], pairs["splitting"]
    eps = np.sqrt(splitting**2 / 4 - Delta**2)
    rest = pairs["log_ratio"] - np.log(Delta**2 * splitting**2 / eps)  # Y ~ Delta^2 nu, J ~ eps / nu
    allowed = 4 / np.sqrt(n)  # four standard errors of a correlation
    assert abs(np.corrcoef(rest, np.log(splitting))[0, 1]) < allowed
    assert abs(np.corrcoef(rest, np.log(Delta))[0, 1]) < allowed
    # x^2 and |y| of Gaussians: variances pi^2 / 2 and pi^2 / 8; the tilt of the second TLS adds 3e-3 at most
    assert rest.var() == pytest.approx(np.pi**2 * 5 / 8, rel=0.02)  # the variance of n numbers is known to 0.3 %


def test_few_pairs_in_which_dissipation_wins_can_be_relaxed_by_one_phonon():
    g = glass("SiO2")
    pairs = pd_.random_pairs(g, 100_000, seed=2)
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
        (lambda: pd_.boundary(1.0 + 1j), "w_tau = "),
        (lambda: pd_.naive_ratio(-1, 2), "delta_bar_over_w = "),
        (lambda: pd_.naive_ratio(1, -2), "w_tau = "),
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
