"""Experiments, committed tables and live results: the same call, whatever is there."""

import dataclasses
import hashlib
import json
import subprocess
import sys

import frictionless
import numpy as np
import pandas as pd
import pytest

from tlsglass import results
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble, Observable, average
from tlsglass.ensembles.experiments import EXPERIMENTS, Experiment, experiment
from tlsglass.ensembles.experiments.isolated import HISTORY
from tlsglass.ensembles.store import DamagedFile
from tlsglass.results import MissingData, curve_tables, folders, tables

TIME = np.logspace(-1, 3, 7)
ENSEMBLES = (Ensemble(4, seed=1), Ensemble(5, seed=1), Ensemble(4, delta_bar=1e-5, n_delta=8.0, seed=1))


def tilt_rows(systems, time):
    return np.array([np.full(time.size, s.polarisation.mean()) for s in systems])


TILT = Observable("tilt", "mean initial polarisation", 3, tilt_rows)
PLAN = Experiment("A small experiment", ENSEMBLES, (CONCURRENCE, TILT), lambda ensemble: TIME, lambda ensemble: 24)


@pytest.fixture
def figure(monkeypatch, empty_library):
    """A small experiment, known to the library by name."""
    monkeypatch.setitem(EXPERIMENTS, "fig99", PLAN)
    return "fig99"


@pytest.fixture
def written(figure, empty_library):
    """Its tables, in the data folder; the curves that are in them."""
    made = [average(e, o, TIME, 24) for e in ENSEMBLES for o in PLAN.observables]
    curve_tables.write_curves(empty_library[0], figure, PLAN, made)
    return made


def read(folder, ensemble, observable=CONCURRENCE, n=24, figure="fig99"):
    return curve_tables.read_curve(folder, figure, ensemble, observable, n)


@pytest.fixture
def no_computing(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("computed, though it was there")

    monkeypatch.setattr(sys.modules["tlsglass.results.curves"], "average", refuse)


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
    with pytest.raises(ValueError, match="figure = 'fig3' is not allowed: it must be one of 'fig04', 'fig05'"):
        experiment("fig3")


# tables


def test_round_trip(written, empty_library):
    for made in written:
        back = read(empty_library[0], made.ensemble, made.observable)
        np.testing.assert_array_equal(back.time, made.time)  # the very numbers
        for name in ("mean", "stderr", "blocks"):
            # 12 digits are written
            np.testing.assert_allclose(getattr(back, name), getattr(made, name), rtol=1e-11, atol=0)
        assert back.blocks.shape == (20, TIME.size)
        assert back.n_realisations == 24
        assert back.run_time_s == pytest.approx(made.run_time_s, abs=0.051)  # written to a tenth of a second
        assert (back.ensemble, back.observable, back.data_file) == (made.ensemble, made.observable, "fig99.csv")


def test_other_ensembles_are_not_there(written, empty_library):
    data = empty_library[0]
    for change in (
        {"seed": 2},
        {"temperature": 0.1},
        {"n_tls": 6},
        {"delta_bar": 0.1000001},
        {"initial_state": "angle"},
    ):
        assert read(data, dataclasses.replace(ENSEMBLES[0], **change)) is None
    assert read(data, ENSEMBLES[0], n=25) is None
    assert read(data, ENSEMBLES[0], dataclasses.replace(TILT, name="other")) is None
    assert read(data, ENSEMBLES[0], figure="fig98") is None
    assert read(data / "nowhere", ENSEMBLES[0]) is None


def test_another_version_of_an_observable_is_refused(written, empty_library, monkeypatch):
    newer = dataclasses.replace(TILT, version=4)
    with pytest.raises(DamagedFile, match="holds version 3 of tilt, the code has version 4"):
        read(empty_library[0], ENSEMBLES[0], newer)


def test_a_parameter_that_came_later_has_its_default(written, empty_library):
    """A table written before there were materials still has the ensembles of the default one."""
    path = empty_library[0] / "datapackage.json"
    package = json.loads(path.read_text())
    for resource in package["resources"]:
        for run in resource["runs"]:
            del run["material"]
    path.write_text(json.dumps(package))
    assert read(empty_library[0], ENSEMBLES[0]) is not None
    assert read(empty_library[0], dataclasses.replace(ENSEMBLES[0], material="SiO2")) is None


def test_every_parameter_that_varies_is_a_column(empty_library):
    cold = Ensemble(2)
    changed = {
        "temperature": 1.0, "initial_state": "angle", "prefactor": "corrected", "material": "SiO2", "seed": 5
    }  # fmt: skip
    ensembles = (cold, *(dataclasses.replace(cold, **{name: value}) for name, value in changed.items()))
    plan = Experiment("title", ensembles, (TILT,), lambda e: TIME, lambda e: 20)
    curve_tables.write_curves(empty_library[0], "fig99", plan, [average(e, TILT, TIME, 20) for e in ensembles])
    table = tables.read_table(empty_library[0], "fig99")
    always = ["n_tls", "delta_bar", "n_delta", "interaction_scale", "dissipation_scale"]
    assert set(table.columns) == {*always, *changed, "time", "tilt", "tilt_stderr", "n_realisations"}
    assert len(table) == len(ensembles) * TIME.size
    for ensemble in ensembles:
        back = read(empty_library[0], ensemble, TILT, 20)
        np.testing.assert_allclose(back.mean, average(ensemble, TILT, TIME, 20).mean, rtol=1e-11)
    assert frictionless.validate(str(empty_library[0] / "datapackage.json")).valid


def test_every_parameter_has_words():
    assert set(curve_tables.label_fields([Ensemble(2)])) < set(Ensemble(2).parameters)
    assert all(field.metadata["words"] for field in dataclasses.fields(Ensemble))


def test_package_says_what_is_in_the_files(written, empty_library):
    data = empty_library[0]
    package = json.loads((data / "datapackage.json").read_text())
    assert [r["name"] for r in package["resources"]] == ["fig99", "fig99_blocks"]
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        table = pd.read_csv(data / resource["path"])
        assert list(table.columns) == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
    for ensemble, run in zip(ENSEMBLES, package["resources"][0]["runs"], strict=True):
        assert {**ensemble.parameters, "n_realisations": 24}.items() <= run.items()
        assert [(o["name"], o["version"]) for o in run["observables"]] == [("concurrence", 1), ("tilt", 3)]
        assert all(o["run_time_s"] >= 0 and o["probe"]["n_realisations"] == 20 for o in run["observables"])
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


@pytest.mark.parametrize("over_time", [False, True])
def test_the_probe_is_the_mean_of_the_first_20(empty_library, over_time):
    plan = Experiment("title", ENSEMBLES, (CONCURRENCE,), lambda e: TIME, lambda e: 30, over_time)
    made = [average(e, CONCURRENCE, TIME, 30, over_time=over_time) for e in ENSEMBLES]
    curve_tables.write_curves(empty_library[0], "fig99", plan, made)
    for ensemble, run in zip(ENSEMBLES, tables.find(empty_library[0], "fig99")["runs"], strict=True):
        (kept,) = (o["probe"] for o in run["observables"])
        expected = average(ensemble, CONCURRENCE, TIME, 20, over_time=over_time)
        np.testing.assert_array_equal(kept["time"], expected.time)
        np.testing.assert_allclose(kept["mean"], expected.mean, rtol=1e-11)
        # couplings are known to a few last bits, so C is to a few times the largest phase in units of them
        assert 1e-9 < np.min(kept["tolerance"]) <= np.max(kept["tolerance"]) < 1e-5


def test_one_figure_leaves_the_others_alone(written, empty_library):
    data = empty_library[0]
    before = (data / "fig99.csv").read_bytes()
    plan = dataclasses.replace(PLAN, ensembles=ENSEMBLES[1:2])
    for _ in range(2):  # a second time replaces the first
        curve_tables.write_curves(data, "fig01", plan, written)
        package = json.loads((data / "datapackage.json").read_text())
        assert [r["name"] for r in package["resources"]] == ["fig01", "fig01_blocks", "fig99", "fig99_blocks"]
    assert (data / "fig99.csv").read_bytes() == before
    np.testing.assert_array_equal(read(data, ENSEMBLES[1], figure="fig01").time, TIME)
    assert read(data, ENSEMBLES[0], figure="fig01") is None
    assert read(data, ENSEMBLES[0]) is not None


def test_line_endings_do_not_matter(written, empty_library):
    """Git may have changed them."""
    before = read(empty_library[0], ENSEMBLES[0])
    for path in empty_library[0].glob("fig99*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = read(empty_library[0], ENSEMBLES[0])
    np.testing.assert_array_equal(before.mean, after.mean)
    np.testing.assert_array_equal(before.blocks, after.blocks)


WRITER = """
import sys
from pathlib import Path
import pandas as pd
from tlsglass.results.tables import write_table
sys.stdin.readline()
for i in range(10):
    write_table(Path(sys.argv[1]), f"{sys.argv[2]}{i}", pd.DataFrame({"x": [1.5]}), {"x": ("number", "x")}, "title")
"""


def test_two_writers_lose_nothing(tmp_path):
    """Two processes write ten tables each at the same time: the package has all twenty."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name], stdin=subprocess.PIPE, text=True) for name in "ab"]
    for writer in writers:  # both have imported what they need
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    names = [r["name"] for r in tables.read_package(tmp_path)["resources"]]
    assert names == [f"{name}{i}" for name in "ab" for i in range(10)]


@pytest.mark.parametrize("labels", [(), ("x",)])
def test_labels_come_back_as_the_very_numbers(tmp_path, labels):
    x = np.array([0.1, 1 / 3, 2 / 3, 1e-300, 5e-324, 1e22, 100000.0, -0.0, np.nextafter(1, 2), np.pi])
    tables.write_table(tmp_path, "t", pd.DataFrame({"x": x}), {"x": ("number", "x")}, "title", labels=labels)
    back = tables.read_table(tmp_path, "t")["x"].to_numpy()
    assert np.array_equal(back, x) == bool(labels)
    np.testing.assert_allclose(back, x, rtol=1e-11)


def test_texts_and_counts_come_back(tmp_path):
    frame = pd.DataFrame({"word": ["", "nan", "1e5", 'with "quotes", commas'], "n": [1, 2, 3, 4]})
    fields = {"word": ("string", "a word"), "n": ("integer", "a count")}
    tables.write_table(tmp_path, "t", frame, fields, "title")
    back = tables.read_table(tmp_path, "t")
    assert back["word"].tolist() == frame["word"].tolist()
    assert back["n"].tolist() == [1, 2, 3, 4]


def test_columns_must_be_described(tmp_path):
    with pytest.raises(ValueError, match="frame has the columns .*'x'.*: it must have .*'y'"):
        tables.write_table(tmp_path, "t", pd.DataFrame({"x": [1]}), {"y": ("integer", "y")}, "title")
    assert not list(tmp_path.iterdir())


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
    with pytest.raises(DamagedFile, match=r"fig99_blocks.csv is not there: .*make data"):
        results.curve("fig99", n_tls=4)


def resource(**changes):
    entry = {"name": "fig99", "path": "fig99.csv", "schema": {"fields": [{"name": "x", "type": "number"}]}}
    return json.dumps({"resources": [{k: v for k, v in (entry | changes).items() if v is not None}]})


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"resources": [', "\x00", "[]", "3", "{}", '{"resources": {}}', '{"resources": [3]}', "[" * 100_000,
     resource(name=None), resource(path=None), resource(path=3), resource(schema=None),
     resource(schema={"fields": [1]}),
     resource(schema={"fields": [{"name": "x"}]}), resource(schema={"fields": [{"name": "x", "type": []}]}),
     resource(schema={"fields": [{"name": 3, "type": "number"}]}), resource(runs=3), resource(runs=[3]),
     *(resource(runs=[{"observables": x}]) for x in (
         "x", None, 3, {}, [{}], ["x"], [{"name": "concurrence", "version": 1}],
         [{"name": "concurrence", "version": [], "run_time_s": 1.0}],
         [{"name": "concurrence", "version": 1, "run_time_s": "long"}],
     ))],
)  # fmt: skip
def test_damaged_package_is_refused(written, empty_library, content, no_computing):
    path = empty_library[0] / "datapackage.json"
    path.write_text(content)
    with pytest.raises(DamagedFile, match="datapackage.json is damaged .*make data") as error:
        results.curve("fig99", n_tls=4)
    assert str(path) in str(error.value)


def change_field(package, column, **changes):
    for entry in package["resources"]:
        for field in entry["schema"]["fields"]:
            if field["name"] == column:
                field.update(changes)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda p: change_field(p, "concurrence", name="other"), "fig99.csv does not have the columns.*other"),
        (lambda p: change_field(p, "delta_bar", type="integer"), "fig99.csv does not have the columns.*0.1"),
        (lambda p: change_field(p, "n_tls", type="string"), "fig99 and fig99_blocks do not have.*time = "),
        (lambda p: p["resources"][0]["runs"][0]["observables"][0].update(run_time_s=-1.0), "run_time_s = -1.0"),
        (lambda p: p["resources"][1].update(p["resources"][0], name="fig99_blocks"), "concurrence_block_01"),
    ],
)
def test_a_package_that_does_not_fit_its_tables_is_refused(written, empty_library, edit, why, no_computing):
    path = empty_library[0] / "datapackage.json"
    package = json.loads(path.read_text())
    edit(package)
    path.write_text(json.dumps(package))
    with pytest.raises(DamagedFile, match=f"datapackage.json is damaged .*{why}.*make data") as error:
        results.curve("fig99", n_tls=4)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/hostname", "a/../../secret.csv", "link.csv"])
def test_tables_lie_in_the_data_folder(written, empty_library, path, no_computing):
    data = empty_library[0]
    (data / "link.csv").symlink_to(data.parent / "secret.csv")
    (data / "datapackage.json").write_text(resource(path=path))
    with pytest.raises(DamagedFile, match=f"its path '{path}' leaves "):
        results.curve("fig99", n_tls=4)


# results


def test_what_is_in_the_table_is_read(written, no_computing):
    curve = results.curve("fig99", n_tls=5)
    made = written[2]
    assert (curve.ensemble, curve.observable, curve.data_file) == (ENSEMBLES[1], CONCURRENCE, "fig99.csv")
    assert (curve.n_realisations, curve.seed) == (24, 1)
    np.testing.assert_allclose(curve.mean, made.mean, rtol=1e-11)
    np.testing.assert_allclose(curve.stderr, made.stderr, rtol=1e-11)
    np.testing.assert_array_equal(curve.time, TIME)
    assert [c.ensemble for c in results.curves("fig99")] == list(ENSEMBLES)
    for observable in ("tilt", TILT):
        assert results.curve("fig99", n_tls=5, observable=observable).observable == TILT
    assert [c.observable for c in results.curves("fig99", "tilt")] == [TILT] * 3


@pytest.mark.parametrize("parameters", [{"n_tls": 3}, {"n_realisations": 10}, {"temperature": 0.2}, {"seed": 9}])
def test_what_is_not_there_is_computed_and_kept(written, empty_library, parameters, monkeypatch):
    curve = results.curve("fig99", **parameters)
    assert curve.data_file is None
    n = parameters.get("n_realisations", 24)
    ensemble = dataclasses.replace(
        ENSEMBLES[0], **{k: v for k, v in parameters.items() if k != "n_realisations"}
    )  # fmt: skip
    expected = average(ensemble, CONCURRENCE, TIME, n)
    np.testing.assert_array_equal(curve.mean, expected.mean)
    np.testing.assert_array_equal(curve.stderr, expected.stderr)
    assert len(list(empty_library[1].glob("concurrence-*/*.npz"))) > 0
    again = results.curve("fig99", **parameters)
    np.testing.assert_array_equal(again.mean, curve.mean)
    assert again.run_time_s == pytest.approx(curve.run_time_s)  # nothing was computed twice
    with pytest.raises(MissingData, match="compute=True allows it"):
        results.curve("fig99", compute=False, **parameters)


def test_a_readers_own_observable(written):
    def spread(system, time):
        """Spread of the initial polarisations."""
        return np.full(time.size, system.polarisation.std())

    curve = results.curve("fig99", observable=spread, n_tls=5)
    np.testing.assert_array_equal(curve.mean, average(ENSEMBLES[1], spread, TIME, 24).mean)
    assert (curve.data_file, curve.n_realisations) == (None, 24)
    assert curve.function.endswith("test_a_readers_own_observable.<locals>.spread")


def test_absent_tables_are_said_aloud(figure, empty_library, monkeypatch):
    """No folder, no table, no such ensemble in it: three answers, none of them hours of silence."""
    data, kept = empty_library
    how = "To compute it now .*compute=True"
    with pytest.raises(MissingData, match=f"there is no folder {data} .*TLSGLASS_DATA.*{how}"):
        results.curve(figure)
    data.mkdir()
    with pytest.raises(MissingData, match=f"the table fig99 is not in {data} .*{how}"):
        results.curve(figure)
    smaller = dataclasses.replace(PLAN, ensembles=ENSEMBLES[:1])
    curve_tables.write_curves(data, figure, smaller, [average(ENSEMBLES[0], o, TIME, 24) for o in PLAN.observables])
    assert results.curve(figure).data_file == "fig99.csv"
    with pytest.raises(MissingData, match=f"fig99.csv does not have 24 realisations of tilt for Ens.*n_tls=5.*{how}"):
        results.curve(figure, n_tls=5, observable="tilt")
    assert not kept.exists()
    computed = results.curve(figure, n_tls=5, compute=True)
    np.testing.assert_array_equal(computed.mean, average(ENSEMBLES[1], CONCURRENCE, TIME, 24).mean)
    assert (computed.data_file, results.curve(figure, compute=True).data_file) == (None, "fig99.csv")


def test_installed_without_the_repository(monkeypatch, tmp_path):
    """As after `pip install ./lib`: nothing is kept beside the library, and the tables are asked for by name."""
    for variable in ("TLSGLASS_DATA", "TLSGLASS_CACHE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(folders, "REPOSITORY", tmp_path / "lib" / "python3")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert results.local_folder() == tmp_path / "cache" / "tlsglass" / "ensembles"
    with pytest.raises(MissingData, match="installed without the tables of the book: set TLSGLASS_DATA .*compute=True"):
        results.curve("fig04", n_tls=4)
    assert results.curve("fig04", n_tls=4, n_realisations=2).n_realisations == 2
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert results.local_folder() == tmp_path / ".cache" / "tlsglass" / "ensembles"


# provenance


def made_up(observable=CONCURRENCE, n=10, seconds=1.0, data_file=None, **parameters):
    x = np.ones(1)
    return Curve(Ensemble(4, **parameters), observable, x, x, x, x[None], n, seconds, data_file=data_file)


def test_provenance_of_curves_that_differ_in_everything_they_may():
    record = results.provenance([
        made_up(n=5000, seconds=1.5, data_file="fig04.csv", delta_bar=0.3),
        made_up(TILT, n=200_000, seconds=20.0, data_file="fig04.csv", temperature=1.0),
        made_up(n=700, seconds=0.25, data_file="fig04.csv"),
    ])  # fmt: skip
    assert record.function == f"tlsglass.ensembles.observables.concurrence_rows, {__name__}.tilt_rows"
    assert record.seed == 214205
    assert record.n_realisations == "700 to 200 000"
    assert record.data_file == "fig04.csv"
    assert record.run_time_s == 21.75


def test_provenance_of_one_curve_is_its_own():
    curve = made_up(seed=7)
    record = results.provenance([curve])
    assert record.n_realisations == "10"
    for name in ("function", "seed", "data_file", "run_time_s"):
        assert getattr(record, name) == getattr(curve, name)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 8}, "curves differ in seed, .'214205', '8'.: give each kind its own"),
        ({"data_file": "fig05.csv"}, "curves differ in data_file, .'None', 'fig05.csv'."),
    ],
)
def test_different_provenances_are_not_merged(changes, message):
    with pytest.raises(ValueError, match=message):
        results.provenance([made_up(), made_up(**changes)])
    with pytest.raises(ValueError, match="curves is empty"):
        results.provenance([])


def test_a_curve_prints_itself_in_three_lines(written):
    lines = repr(results.curve("fig99", n_tls=5)).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("average concurrence C(t), Eq. (28): 7 times from 0.1 to 1000 hbar/W, at most 0.")
    assert "n_tls = 5, delta_bar = 0.1" in lines[1]
    assert lines[2].startswith(
        "24 realisations by tlsglass.ensembles.observables.concurrence_rows, from fig99.csv, run"
    )


def test_folders(monkeypatch, tmp_path):
    """The repository's own folders, unless the environment names others."""
    for variable, function, default in (
        ("TLSGLASS_DATA", results.data_folder, "data"), ("TLSGLASS_CACHE", results.local_folder, "_build/ensembles")
    ):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
        assert function() == folders.REPOSITORY / default
        monkeypatch.setenv(variable, "")
        assert function() == folders.REPOSITORY / default
        monkeypatch.setenv(variable, str(tmp_path))
        assert function() == tmp_path
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv(variable, "~/here")
        assert function() == tmp_path / "here"
    assert (folders.REPOSITORY / "lib" / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"figure": "fig77"}, "figure = 'fig77' is not allowed: it must be one of 'fig04'"),
        ({"figure": "fig99", "n_tsl": 5}, "n_tsl: unknown; the parameters are asymmetry_exponent, delta_bar, .*n_tls"),
        ({"figure": "fig99", "n_tls": 1}, "n_tls = 1 is not allowed: it must be an integer from 2"),
        ({"figure": "fig99", "delta_bar": np.nan}, "delta_bar = nan is not allowed: it must be a finite number >= 0"),
        ({"figure": "fig99", "n_delta": -1}, "n_delta = -1 is not allowed: it must be a positive finite number"),
        ({"figure": "fig99", "temperature": -1}, "temperature = -1 is not allowed: it must be a finite number >= 0"),
        ({"figure": "fig99", "n_realisations": 1}, "n_realisations = 1 is not allowed: it must be an integer >= 2"),
        ({"figure": "fig99", "observable": "entropy"}, "observable = 'entropy' is not allowed: it must be one of 'c"),
        ({"figure": "fig99", "material": "ice"}, "material = 'ice' is not allowed: it must be one of 'simulation'"),
    ],
)  # fmt: skip
def test_bad_curve(figure, arguments, message):
    with pytest.raises(ValueError, match=message):
        results.curve(**arguments)


def test_a_curve_needs_neither_the_figures_nor_all_of_statistics():
    """They take a second to load, before the first number is there."""
    code = "import sys, tlsglass.results; print({'matplotlib', 'scipy.stats', 'sympy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
