"""`python -m tlsglass.reproduce`: the tables from nothing, by name, resumable."""

import json
import subprocess
import sys

import numpy as np
import pytest

from tlsglass import reproduce, results
from tlsglass.ensembles import CONCURRENCE, Ensemble
from tlsglass.ensembles.experiments import EXPERIMENTS, Experiment


@pytest.fixture
def experiments(monkeypatch, empty_library):
    """Two small experiments instead of the long ones, the second averaged over time; claims that say what they find."""
    for name in list(EXPERIMENTS):
        monkeypatch.delitem(EXPERIMENTS, name)
    history, late = np.logspace(-1, 3, 5), np.array([1e5, 2e5])
    ensembles = (Ensemble(4, seed=1), Ensemble(5, seed=1))
    for name in list(reproduce.TABLES):
        monkeypatch.delitem(reproduce.TABLES, name)
    monkeypatch.setitem(
        reproduce.TABLES, "claims", lambda: sorted(path.name for path in empty_library[0].glob("*.csv"))
    )
    what = (CONCURRENCE,)
    first = Experiment("First", ensembles, what, lambda e: history, lambda e: 20 + e.n_tls)
    second = Experiment("Second", ensembles, what, lambda e: late, lambda e: 30, over_time=True)
    monkeypatch.setitem(EXPERIMENTS, "figA", first)
    monkeypatch.setitem(EXPERIMENTS, "figB", second)
    return empty_library


def contents(data):
    return {path.name: path.read_bytes() for path in data.glob("*.csv")}


def test_everything_from_nothing(experiments, capsys):
    data, kept = experiments
    reproduce.main([])
    first = contents(data)
    # the claims compare what the figures hold: they come last
    assert capsys.readouterr().out.splitlines() == ["figA: First", "figB: Second", f"claims: {sorted(first)}"]
    assert sorted(first) == ["figA.csv", "figA_blocks.csv", "figB.csv", "figB_blocks.csv"]
    assert len(first["figA.csv"].splitlines()) == 1 + 2 * 5
    assert len(first["figB.csv"].splitlines()) == 1 + 2 * 1
    curve = results.curve("figB", n_tls=5)
    assert (curve.data_file, curve.n_realisations) == ("figB.csv", 30)
    assert [c.n_realisations for c in results.curves("figA")] == [24, 25]

    # again, with what is kept and without: the same bytes
    reproduce.main([])
    assert contents(data) == first
    for path in kept.glob("*/*.npz"):
        path.unlink()
    for path in data.iterdir():
        path.unlink()
    reproduce.main([])
    assert contents(data) == first


def test_one_figure(experiments):
    reproduce.main(["figB"])
    assert sorted(contents(experiments[0])) == ["figB.csv", "figB_blocks.csv"]
    package = json.loads((experiments[0] / "datapackage.json").read_text())
    assert {run["n_realisations"] for resource in package["resources"] for run in resource["runs"]} == {30}


def test_interrupted_and_continued(experiments, monkeypatch):
    """Ctrl-C ends with a sentence, keeps what is finished, and the same command goes on."""
    compute, done = results.compute_curve, []

    def interrupted(figure, ensemble, *rest):
        if done:
            raise KeyboardInterrupt
        done.append(ensemble)
        return compute(figure, ensemble, *rest)

    monkeypatch.setattr(results, "compute_curve", interrupted)
    with pytest.raises(SystemExit, match="What was finished is kept"):
        reproduce.main(["figA"])
    data, kept = experiments
    assert not contents(data)  # no half table
    assert len(list(kept.iterdir())) == 1
    monkeypatch.setattr(results, "compute_curve", compute)
    reproduce.main(["figA"])
    assert sorted(contents(data)) == ["figA.csv", "figA_blocks.csv"]


def test_unknown_figure(experiments, capsys):
    """Nothing is computed if one of the names is wrong."""
    with pytest.raises(SystemExit) as error:
        reproduce.main(["figA", "fig3"])
    assert error.value.code == 2
    assert "'fig3' is not allowed: it must be one of 'figA', 'figB', 'claims'" in capsys.readouterr().err
    assert not contents(experiments[0])


def test_command_line():
    run = subprocess.run(
        [sys.executable, "-m", "tlsglass.reproduce", "--help"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "fig04" in run.stdout
