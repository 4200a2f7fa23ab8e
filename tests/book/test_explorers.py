"""The directive of the explorers, and what their scripts are made of. Their numbers: tests/book/site."""

import json
import re

import numpy as np

from tlsbook.explorers import EXPLORERS, FOLDER, PHYSICS, data, script
from tlsglass import results
from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import system


def test_a_script_holds_its_data_its_physics_and_its_view():
    for name in EXPLORERS:
        text = script(name)
        make_data = EXPLORERS[name][1]
        shown = getattr(data, make_data)() if make_data else {}
        assert json.loads(re.search(r"^const DATA = (.*);$", text, re.MULTILINE)[1]) == shown
        for part in (*PHYSICS, "page", f"view-{name}"):
            assert (FOLDER / f"{part}.js").read_text("utf8") in text


def test_no_script_asks_another_machine():
    own = {"http://www.w3.org/2000/svg"}  # a name, not an address
    for name in EXPLORERS:
        assert set(re.findall(r"https?://[\w./]+", script(name))) <= own


def test_glasses_are_real_draws():
    for glass in data.glasses()["glasses"]:
        sample = draw(Disorder(n_tls=len(glass["m"])), seed=data.SEED, k=0)
        tls = system(sample, interaction_scale=1e5, dissipation_scale=1.0)
        assert glass["side"] == sample.side
        assert np.array_equal(glass["positions"], sample.positions)
        assert np.array_equal(glass["J"], tls.J)
        assert np.array_equal(glass["G"], 4 * tls.Y)


def test_curves_are_those_of_figure_4():
    for curve in data.curves()["curves"]:
        average = results.curve("fig04", n_tls=curve["n_tls"])
        low, high = data.SHOWN
        shown = (average.time > 0.99 * low) & (average.time < 1.01 * high)
        assert np.allclose(average.time[shown], curve["time"], rtol=1e-6, atol=0)
        assert np.allclose(average.mean[shown], curve["mean"], rtol=1e-6, atol=0)  # seven digits are kept
        assert np.allclose(average.blocks[:, shown], curve["blocks"], rtol=1e-6, atol=0)
