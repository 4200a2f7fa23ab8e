"""The picture of the cost shows what it is given."""

from tlsglass.figures.cost import cost


def test_cost_shows_every_route_in_both_panels():
    seconds = {"slow": {2: 0.1, 4: 3.0}, "fast": {2: 1e-4, 60: 1e-3}}
    left, right = cost(seconds, {"slow": {2: 1e-6, 4: 1e-4}}).axes
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["slow", "fast"]
    assert left.lines[1].get_xdata().tolist() == [2, 60]
    assert right.lines[0].get_ydata().tolist() == [1e-6, 1e-4]
