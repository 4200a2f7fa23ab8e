"""Experiments, committed tables and live results: the same call, whatever is there."""

import dataclasses
import hashlib
import json

import frictionless
import numpy as np
import pandas as pd
import pytest

from tlsglass import results
from tlsglass.ensembles.averages import Ensemble, average_concurrence
from tlsglass.ensembles.experiments import EXPERIMENTS, HISTORY, Experiment, experiment
from tlsglass.ensembles.store import DamagedFile
from tlsglass.results import folders, tables

TIME = np.logspace(-1, 3, 7)
ENSEMBLES = (Ensemble(4, seed=1), Ensemble(5, seed=1), Ensemble(4, delta_bar=1e-5, n_delta=8.0, seed=1))


@pytest.fixture
def figure(monkeypatch, empty_library):
    """A small experiment, known to the library by name."""
    plan = Experiment("A small experiment", ENSEMBLES, lambda ensemble: TIME, lambda ensemble: 24)
    monkeypatch.setitem(EXPERIMENTS, "fig99", plan)
    return "fig99"


@pytest.fixture
def written(figure, empty_library):
    """Its tables, in the data folder."""
    averages = {e: average_concurrence(e, TIME, 24) for e in ENSEMBLES}
    tables.write(empty_library[0], figure, "A small experiment", averages, "1.2.3")
    return averages


@pytest.fixture
def no_computing(monkeypatch):
    def refuse(*_):
        raise AssertionError("computed, though it was there")

    monkeypatch.setattr(results, "compute", refuse)


# experiments


def test_experiments_are_the_papers():
    """Parameters and least numbers of realisations of Figs. 4, 5, 6(a), 6(b)."""
    sizes = [e.n_tls for e in experiment("fig04").ensembles]
    assert (min(sizes), max(sizes)) == (4, 60)
    assert {e.delta_bar for e in experiment("fig04").ensembles} == {0.1}
    amplitudes = {(e.delta_bar, e.n_delta) for e in experiment("fig05").ensembles}
    assert {(0.1, 2.0), (1e-5, 8.0)} <= amplitudes
    assert {e.n_tls for e in experiment("fig05").ensembles} == {50}
    assert {e.n_tls for e in experiment("fig06b").ensembles} == {50}
    assert len({e.interaction_scale for e in experiment("fig06b").ensembles}) >= 3
    for name, least in (("fig04", 5000), ("fig05", 5000), ("fig06a", 10_000), ("fig06b", 1000)):
        plan = experiment(name)
        assert len(set(plan.ensembles)) == len(plan.ensembles)
        assert min(plan.n_realisations(e) for e in plan.ensembles) >= least
        assert all(e.dissipation_scale == 0 for e in plan.ensembles)


def test_times_follow_the_interaction():
    """Each eta has the times at which the curves collapse; the history starts in the rise and ends in the plateau."""
    plan = experiment("fig06b")
    for ensemble in plan.ensembles:
        np.testing.assert_allclose(plan.time(ensemble) * ensemble.interaction_scale, HISTORY * 1e5, rtol=1e-15)
    assert HISTORY[0] <= 1e-3
    assert HISTORY[-1] >= 1e6


def test_unknown_experiment():
    with pytest.raises(ValueError, match="name = 'fig3' is not allowed: it must be one of 'fig04', 'fig05'"):
        experiment("fig3")


# tables


def test_round_trip(written, empty_library):
    for ensemble, average in written.items():
        back = tables.read(empty_library[0], "fig99", ensemble)
        for name in ("time", "mean", "stderr", "blocks"):
            # 12 digits are written
            np.testing.assert_allclose(getattr(back, name), getattr(average, name), rtol=1e-11, atol=0)
        assert back.blocks.shape == (20, TIME.size)
        assert back.n_realisations == 24
        assert back.run_time == pytest.approx(average.run_time, abs=0.051)  # written to a tenth of a second


def test_other_ensembles_are_not_there(written, empty_library):
    data = empty_library[0]
    for change in (
        {"seed": 2},
        {"temperature": 0.1},
        {"n_tls": 6},
        {"delta_bar": 0.1000001},
        {"initial_state": "angle"},
    ):
        assert tables.read(data, "fig99", dataclasses.replace(ENSEMBLES[0], **change)) is None
    assert tables.read(data, "fig98", ENSEMBLES[0]) is None
    assert tables.read(data / "nowhere", "fig99", ENSEMBLES[0]) is None


def test_package_says_what_is_in_the_files(written, empty_library):
    data = empty_library[0]
    package = json.loads((data / "datapackage.json").read_text())
    assert [r["name"] for r in package["resources"]] == ["fig99", "fig99_blocks"]
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["library_version"] == "1.2.3"
        table = pd.read_csv(data / resource["path"])
        assert list(table.columns) == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        for ensemble, run in zip(ENSEMBLES, resource["runs"], strict=True):
            assert {**ensemble.parameters, "n_realisations": 24}.items() <= run.items()
            assert run["run_time_s"] >= 0
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_one_figure_leaves_the_others_alone(written, empty_library):
    data = empty_library[0]
    before = (data / "fig99.csv").read_bytes()
    other = {ENSEMBLES[1]: written[ENSEMBLES[1]]}
    for _ in range(2):  # a second time replaces the first
        tables.write(data, "fig01", "Another", other, "2")
        package = json.loads((data / "datapackage.json").read_text())
        assert [r["name"] for r in package["resources"]] == ["fig01", "fig01_blocks", "fig99", "fig99_blocks"]
    assert (data / "fig99.csv").read_bytes() == before
    np.testing.assert_allclose(tables.read(data, "fig01", ENSEMBLES[1]).time, TIME, rtol=1e-11)
    assert tables.read(data, "fig99", ENSEMBLES[0]) is not None


def damage(path, edit):
    content = bytearray(path.read_bytes())
    edit(content)
    path.write_bytes(content)


def flip(content):
    content[len(content) // 2] ^= 1


def cut(content):
    del content[-1:]


@pytest.mark.parametrize("edit", [flip, cut, bytearray.clear])
@pytest.mark.parametrize("name", ["fig99.csv", "fig99_blocks.csv"])
def test_damaged_table_is_refused(written, empty_library, name, edit, no_computing):
    path = empty_library[0] / name
    damage(path, edit)
    with pytest.raises(DamagedFile, match="is not the file that datapackage.json describes") as error:
        results.curve("fig99", n_tls=4)
    assert str(path) in str(error.value)


def test_missing_table_is_an_error(written, empty_library, no_computing):
    """The package says it is there: to compute in silence would hide that the checkout is broken."""
    (empty_library[0] / "fig99_blocks.csv").unlink()
    with pytest.raises(DamagedFile, match=r"fig99_blocks.csv cannot be read .*make data"):
        results.curve("fig99", n_tls=4)


@pytest.mark.parametrize("content", ["", "{", '{"resources": [', "\x00"])
def test_damaged_package_is_refused(written, empty_library, content, no_computing):
    path = empty_library[0] / "datapackage.json"
    path.write_text(content)
    with pytest.raises(DamagedFile, match="datapackage.json is damaged .*make data") as error:
        results.curve("fig99", n_tls=4)
    assert str(path) in str(error.value)


# results


def test_what_is_in_the_table_is_read(written, no_computing):
    curve = results.curve("fig99", n_tls=5)
    assert curve.data_file == "fig99.csv"
    assert curve.ensemble == ENSEMBLES[1]
    assert curve.n_realisations == 24
    assert curve.seed == 1
    np.testing.assert_allclose(curve.concurrence, written[ENSEMBLES[1]].mean, rtol=1e-11)
    np.testing.assert_allclose(curve.stderr, written[ENSEMBLES[1]].stderr, rtol=1e-11)
    np.testing.assert_allclose(curve.time, TIME, rtol=1e-11)
    assert [c.ensemble for c in results.curves("fig99")] == list(ENSEMBLES)


@pytest.mark.parametrize("parameters", [{"n_tls": 3}, {"n_realisations": 10}, {"temperature": 0.2}, {"seed": 9}])
def test_what_is_not_there_is_computed_and_kept(written, empty_library, parameters, monkeypatch):
    curve = results.curve("fig99", **parameters)
    assert curve.data_file is None
    n = parameters.get("n_realisations", 24)
    ensemble = dataclasses.replace(
        ENSEMBLES[0], **{k: v for k, v in parameters.items() if k != "n_realisations"}
    )  # fmt: skip
    expected = average_concurrence(ensemble, TIME, n)
    np.testing.assert_array_equal(curve.concurrence, expected.mean)
    np.testing.assert_array_equal(curve.stderr, expected.stderr)
    assert len(list(empty_library[1].glob("concurrence-*/*.npz"))) > 0
    again = results.curve("fig99", **parameters)
    np.testing.assert_array_equal(again.concurrence, curve.concurrence)
    assert again.run_time_s == pytest.approx(curve.run_time_s)  # nothing was computed twice


def test_without_a_table_everything_is_computed(figure):
    curve = results.curve(figure, n_tls=4)
    assert curve.data_file is None
    np.testing.assert_array_equal(curve.concurrence, average_concurrence(ENSEMBLES[0], TIME, 24).mean)


def test_folders(monkeypatch, tmp_path):
    """The repository's own folders, unless the environment names others."""
    for variable, function, default in (
        ("TLSGLASS_DATA", results.data_folder, "data"), ("TLSGLASS_CACHE", results.local_folder, "_build/ensembles")
    ):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
        assert function() == folders.REPOSITORY / default
        monkeypatch.setenv(variable, str(tmp_path))
        assert function() == tmp_path
    assert (folders.REPOSITORY / "lib" / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"figure": "fig77"}, "name = 'fig77' is not allowed: it must be one of 'fig04'"),
        ({"figure": "fig99", "n_tsl": 5}, "n_tsl: unknown; the parameters are delta_bar, dissipation_scale, .*n_tls"),
        ({"figure": "fig99", "n_tls": 1}, "n_tls = 1 is not allowed: it must be an integer >= 2"),
        ({"figure": "fig99", "delta_bar": np.nan}, "delta_bar = nan is not allowed: it must be a finite number >= 0"),
        ({"figure": "fig99", "n_delta": -1}, "n_delta = -1 is not allowed: it must be a positive finite number"),
        ({"figure": "fig99", "temperature": -1}, "temperature = -1 is not allowed: it must be a finite number >= 0"),
        ({"figure": "fig99", "n_realisations": 1}, "n_realisations = 1 is not allowed: it must be an integer >= 2"),
        ({"figure": "fig99", "material": "ice"}, "material = 'ice' is not allowed: it must be one of 'simulation'"),
    ],
)  # fmt: skip
def test_bad_curve(figure, arguments, message):
    with pytest.raises(ValueError, match=message):
        results.curve(**arguments)


def test_ensembles_that_no_column_tells_apart_are_refused(empty_library):
    cold = Ensemble(2)
    average = average_concurrence(cold, [0.1, 1.0], 20)
    warm = dataclasses.replace(cold, temperature=1.0)
    with pytest.raises(ValueError, match="fig99: two ensembles differ in no column"):
        tables.write(empty_library[0], "fig99", "title", {cold: average, warm: average}, "0")
