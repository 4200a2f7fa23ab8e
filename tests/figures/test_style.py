"""What all figures share: the width of the column, the look of the glasses, and legends that touch no curve."""

import ast
import io
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tlsglass import results
from tlsglass.analysis import isolated
from tlsglass.analysis.exponents import local_exponent
from tlsglass.figures import cost, dissipative, half_systems, style
from tlsglass.figures import isolated as draw
from tlsglass.figures.contraction import contraction_distribution
from tlsglass.figures.dissipation import mode_decay, one_speed_errors

SOURCES = sorted(Path(style.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: file.stem)
def test_panels_side_by_side_take_the_width_of_the_column(source):
    calls = [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)]
    beside = [c for c in calls if ast.unparse(c.func).endswith("subplots") and len(c.args) == 2]
    beside = [c for c in beside if ast.unparse(c.args[1]) != "1"]
    sizes = [keyword.value for call in beside for keyword in call.keywords if keyword.arg == "size"]
    assert len(sizes) == len(beside) - (source.stem == "style")  # the function itself passes its arguments on
    assert {ast.unparse(size.elts[0]).removeprefix("style.") for size in sizes} <= {"COLUMN"}


def test_glasses_have_their_colours_and_the_subscript():
    samples = {name: np.random.default_rng(1).standard_normal(1000) for name in ("SiO2", "BK7", "PMMA", "other")}
    by_sample = contraction_distribution(samples, samples).axes[0]
    by_rate = one_speed_errors({name: lambda x: 1 + x for name in style.GLASS_COLOURS}, np.linspace(0, 1, 5)).axes[0]
    for axes in (by_sample, by_rate):
        drawn = {line.get_label(): line.get_color() for line in axes.lines}
        assert {drawn["SiO$_2$"], drawn["BK7"], drawn["PMMA"]} == set(style.GLASS_COLOURS.values())
        assert drawn["SiO$_2$"] == style.GLASS_COLOURS["SiO2"]
    assert style.glass_colour("another") not in style.GLASS_COLOURS.values()


def fig4():
    curves = results.curves("fig04")
    return draw.history(curves, isolated.decay_exponents(curves))


def fig5():
    curves = results.curves("fig05")
    fits = [isolated.decay_exponent(c, isolated.TUNNELLING_WINDOW) for c in curves]
    labels = [rf"$\bar\Delta = {c.ensemble.delta_bar:g}$, $n_\Delta = {c.ensemble.n_delta:g}$" for c in curves]
    return draw.tunnelling(curves, labels, fits, [local_exponent(c.time, c.mean, c.blocks) for c in curves])


def fig6a():
    curves = results.curves("fig06a")
    alpha, prefactor = isolated.plateau_exponent(curves, range(4, 13))
    return draw.plateau(curves, alpha, prefactor, {4: 0.2, 5: 0.03, 6: 5e-4, 7: 2e-7})


def fig7():
    curves = [c for c in results.curves("fig07") if "entropy" in c.observable.name]
    return half_systems.entropy(curves, [], {})


def fig11():
    isolated_ones = [c for c in results.curves("fig07") if "entropy" in c.observable.name]
    return half_systems.with_dissipation(results.curves("fig11"), isolated_ones)


def routes():
    seconds = {"mesolve": {2: 0.02, 4: 0.04, 6: 1.5}, "App. D, expm_multiply": {2: 0.02, 6: 0.1, 8: 2.5}}
    return cost.cost(seconds | {"products": {2: 2e-4, 60: 2e-4}}, seconds)


FIGURES = (fig4, fig5, fig6a, fig7, fig11, routes, lambda: dissipative.with_dissipation(results.curves("fig08")))


def points_inside(axes, box):
    """Whether a line passes through a box, looked at between its points as well."""
    for line in axes.lines:
        x, y = line.get_transform().transform(np.column_stack(line.get_data()).astype(float)).T
        if line.get_linestyle() != "None" and len(x) > 1:
            steps = np.linspace(0, len(x) - 1, 50 * len(x))
            x, y = np.interp(steps, np.arange(len(x)), x), np.interp(steps, np.arange(len(y)), y)
        inside = axes.get_window_extent()
        seen = (x > inside.x0) & (x < inside.x1) & (y > inside.y0) & (y < inside.y1)
        if np.any(seen & (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)):
            return True
    return False


@pytest.mark.parametrize("figure", FIGURES)
def test_legends_touch_no_curve(figure):
    figure = figure()
    FigureCanvasAgg(figure).draw()
    legends = [*figure.legends, *(axes.get_legend() for axes in figure.axes if axes.get_legend())]
    assert legends
    for legend in legends:
        assert not any(points_inside(axes, legend.get_window_extent()) for axes in figure.axes)


def test_a_legend_on_a_curve_is_noticed():
    figure, axes = style.subplots()
    axes.plot([0, 1], [0, 1], label="a")
    axes.legend(loc="center")
    FigureCanvasAgg(figure).draw()
    assert points_inside(axes, axes.get_legend().get_window_extent())


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: file.stem)
def test_whatever_draws_is_in_the_style(source):
    functions = [node for node in ast.parse(source.read_text()).body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        if any(isinstance(node, ast.Call) and "subplots" in ast.unparse(node.func) for node in ast.walk(function)):
            decorators = [ast.unparse(x).removeprefix("style.") for x in function.decorator_list]
            assert "in_style" in decorators, function.name


def drawn():
    times = np.linspace(0, 600, 50)
    figure, file = mode_decay(times, np.exp(-0.003 * times), {"right": 0.003, "half": 0.0015}), io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def test_the_settings_of_matplotlib_are_left_alone():
    before = dict(matplotlib.rcParams)
    figure, _ = style.subplots()
    FigureCanvasAgg(figure).draw()
    drawn()
    assert dict(matplotlib.rcParams) == before
    assert before["axes.labelsize"] != style.RC["axes.labelsize"]  # or the figure would show nothing


def test_figures_look_the_same_whatever_the_settings_are():
    others = {"figure.facecolor": "blue", "savefig.facecolor": "red", "axes.facecolor": "green", "font.size": 25}
    others |= {"lines.linewidth": 9, "axes.labelsize": 30, "axes.spines.top": True, "legend.frameon": True}
    others |= {"legend.fontsize": 3, "mathtext.fontset": "stix", "svg.fonttype": "none", "svg.hashsalt": "x"}
    expected = drawn()
    with matplotlib.rc_context(others):
        assert drawn() == expected
