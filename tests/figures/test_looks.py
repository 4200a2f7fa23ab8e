"""Every curve that is given is drawn, and told apart from the others; more than can be told apart are refused."""

import numpy as np
import pandas as pd
import pytest

from tlsglass.analysis.exponents import Estimate, PowerLaw
from tlsglass.analysis.open_system import Stretched
from tlsglass.dynamics.spin_chain import ChainAverage
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.estimates.phase_diagram import phase_points
from tlsglass.figures import (
    angular_integrals,
    contraction,
    cost,
    dissipation,
    dissipative,
    half_systems,
    isolated,
    localisation,
    open_system,
    pairs,
    phase_diagram,
    real_glasses,
    scenes,
    style,
    tail,
    two_site,
)

T = np.geomspace(0.2, 100, 30)
SLOPE = (T, np.full(30, 2.0), np.full(30, 0.1))
LAW = PowerLaw(Estimate(2.0, 0.1), 0.1, (0.5, 2.0), 6, 1.0)
STRETCHED = Stretched(Estimate(0.5, 0.1), Estimate(1e3, 1.0), Estimate(1.0, 0.0), (10.0, 50.0))
CHAIN = ChainAverage(T, T, T / 9, T, T / 9)


def curve(**parameters):
    mean = 0.1 * T**-2.0
    blocks = mean * (1 + 1e-2 * np.random.default_rng(0).standard_normal((20, T.size)))
    return Curve(Ensemble(20, **parameters), CONCURRENCE, T, mean, 1e-2 * mean, blocks, 100, 1.0)


CURVE = curve()


def named(n, value):
    return {f"no. {i}": value for i in range(n)}


def glasses(n):
    return pd.DataFrame({"w_tau": 20.0, "delta": 1e-5, "spread": 1.0}, index=[*named(n, None)])


def components(n):
    names = ["zz", *(f"{i:04}" for i in range(n))]  # two letters have a panel of their own
    return angular_integrals.angular_integrals(T, dict.fromkeys(names, np.cos), T, dict.fromkeys(names, T))


# By the argument: a function that draws so many curves.
WITH_LINE_STYLES = [
    ("curves", components),
    ("seconds", lambda n: cost.cost(named(n, {2: 1.0}), named(1, {2: 1.0}))),
    ("rates", lambda n: dissipation.mode_decay(T, T, named(n, 0.1))),
    ("curves", lambda n: dissipative.temperatures([curve(temperature=i) for i in range(n)], "y")),
    ("measures", lambda n: half_systems.side_by_side(named(n, [CURVE]))),
    ("curves", lambda n: isolated.tunnelling([CURVE] * n, [*named(n, 0)], [LAW] * n, [SLOPE] * n)),
    ("chains", lambda n: localisation.memory_and_entanglement(named(n, CHAIN))),
    ("curves", lambda n: pairs.company(T, {i: T for i in range(n)})),
    ("shares", lambda n: pairs.sharing({i + 2: T for i in range(n)}, 40)),
    ("shares", lambda n: real_glasses.weak_dipoles(T, named(n, T))),
    ("curves", lambda n: real_glasses.thermal([CURVE] * n, [*named(n, 0)], [1.0] * n, [0.5] * n)),
    ("curves", lambda n: tail.tails([CURVE] * n, [*named(n, 0)], [2.0])),
    ("plain", lambda n: tail.two_samplings([CURVE] * n, [CURVE] * n, [*named(n, 0)])),
    ("paths", lambda n: two_site.trace_paths(named(n, T + 1j))),
    ("curves", lambda n: two_site.closed_form_and_solver(T, named(n, (T, T)), "y")),
]
BY_COLOUR = [
    ("curves", lambda n: contraction.direction_dependence(T, named(n, (T, T)))),
    ("ratios", lambda n: dissipative.departure([(T, T)] * n, [[STRETCHED]] * n, [*named(n, 0)], [SLOPE] * n)),
    ("curves", lambda n: half_systems.growth([CURVE] * n, [*named(n, 0)], [SLOPE] * n, [("law", 2.0)])),
    ("curves", lambda n: isolated.collapse([curve(interaction_scale=10.0**i) for i in range(n)])),
    ("errors", lambda n: open_system.secular_step(T, {10.0**i: T for i in range(n)})),
    ("errors", lambda n: pairs.precision(T, named(n, T))),
    ("tilts", lambda n: scenes.model_and_glass(named(n, T / 100), named(1, T / 100))),
    ("polarisations", lambda n: scenes.model_and_glass(named(1, T / 100), named(n, T / 100))),
    ("curves", lambda n: tail.what_lasts([CURVE] * n, [*named(n, 0)], 2.0, (0.5, 2.0))),
    (
        "points",
        lambda n: tail.crossover_map(0.1, 5.0, named(n, (20, 10.0, 1.0)), {}, (0.5, 2.0), ([20, 40], [10.0, 500.0])),
    ),
    ("ratios", lambda n: tail.survival(T, named(n, (T, T / 9)), T, "law")),
]
OF_GLASSES = [
    ("by_material", lambda n: contraction.contraction_distribution(named(n, T), {})),
    ("by_norm", lambda n: contraction.contraction_distribution({}, named(n, T))),
    ("errors", lambda n: dissipation.one_speed_errors(named(n, np.cosh), np.linspace(0, 1, 5))),
    ("points", lambda n: phase_diagram.phase_diagram(glasses(n))),
    ("pairs", lambda n: phase_diagram.ratio_distribution(named(n, pd.DataFrame({"log_ratio": T})))),
    ("bands", lambda n: real_glasses.echo_times(T, named(n, (T, T / 2)), {})),
]
ALL = [(*case, most) for cases, most in ((WITH_LINE_STYLES, 28), (BY_COLOUR, 7), (OF_GLASSES, 4)) for case in cases]


def entries(figure):
    legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]
    return [len(legend.get_texts()) for legend in legends]


@pytest.mark.parametrize(("name", "draw", "most"), ALL)
def test_as_many_are_drawn_as_are_given_or_they_are_refused(name, draw, most):
    n = min(most, 9)
    more = np.subtract(entries(draw(n)), entries(draw(1)))
    per_curve = 2 if name == "plain" else 1
    assert more.max() == per_curve * (n - 1)
    with pytest.raises(ValueError, match=rf"^{name} = .* is not allowed"):
        draw(most + 1)


@pytest.mark.parametrize(("most", "by_colour"), [(7, True), (28, False)])
def test_looks_are_told_apart(most, by_colour):
    looks = style.looks("curves", range(most), ("black",), by_colour)
    assert looks[0].colour == style.COLOURS["black"]
    assert [look.colour for look in looks[1:4]] == style.PALETTE[:3]
    assert len({look.colour if by_colour else look[:2] for look in looks}) == most


def test_glasses_keep_their_colours_among_others():
    looks = style.glass_looks("glasses", ["a", "SiO2", "b", "PMMA", "BK7", "c", "d"])
    assert [looks[i].colour for i in (1, 3, 4)] == [style.GLASS_COLOURS[name] for name in ("SiO2", "PMMA", "BK7")]
    assert looks[0].colour == style.glass_colour("a")
    assert len({look.colour for look in looks}) == 7


def test_signals_are_told_apart_by_their_height():
    signals = scenes.telegraph_signals(np.arange(1.0, 10.0), 3.0, 1.0, 1, seed=1).axes[0]
    assert len({line.get_ydata()[0] for line in signals.lines}) == 9


def test_glasses_are_drawn_among_those_of_table_one():
    points = pd.concat([glasses(3), phase_points()])
    (axes,) = phase_diagram.phase_diagram(points).axes
    assert len(axes.containers) == 6
