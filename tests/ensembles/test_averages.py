"""Disorder averages: the same to the last bit for any threads, batches, interruptions; and right."""

import dataclasses
import errno
import itertools
import os
import signal
import subprocess
import sys
import threading
import time as clock

import numba
import numpy as np
import pytest

from tlsglass.disorder import Disorder
from tlsglass.ensembles import CONCURRENCE, Ensemble, average, store
from tlsglass.ensembles import averages as ensembles
from tlsglass.ensembles.averages import observed
from tlsglass.ensembles.observables import Observable
from tlsglass.ensembles.store import Batches, DamagedFile
from tlsglass.entanglement import two_qubits as entanglement

TIME = np.logspace(-2, 4, 20)
SMALL = Ensemble(6, seed=1)
ENSEMBLES = [
    SMALL,
    Ensemble(5, dissipation_scale=1.0, seed=2),
    Ensemble(5, dissipation_scale=1.0, temperature=0.3, initial_state="angle", prefactor="corrected", seed=2),
    Ensemble(4, delta_bar=1e-3, n_delta=8.0, interaction_scale=1.0, dissipation_scale=1.0, material="SiO2", seed=3),
]


def same(one, other):
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name))
        for f in dataclasses.fields(one)
        if f.name != "run_time_s"
    )


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_rows_are_single_systems(ensemble):
    """Row k is the average concurrence of realisation k, nothing else."""
    rows = observed(ensemble, CONCURRENCE, TIME, 3, 4)
    for k, row in enumerate(rows, start=3):
        np.testing.assert_array_equal(entanglement.average_concurrence(ensemble.realisation(k), TIME), row)
    assert rows.max() > 1e-3


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_any_batches_give_the_same_bits(ensemble):
    at_once = observed(ensemble, CONCURRENCE, TIME, 0, 9)
    for cuts in ((0, 1, 3, 9), (0, 8, 9), range(10)):
        pieces = [observed(ensemble, CONCURRENCE, TIME, a, b - a) for a, b in itertools.pairwise(cuts)]
        np.testing.assert_array_equal(np.concatenate(pieces), at_once)


@pytest.mark.parametrize("ensemble", ENSEMBLES)
@pytest.mark.parametrize("count", [1, 2, 25])
def test_threads_do_not_matter(ensemble, count, monkeypatch):
    """Bit for bit: each realisation is computed by one thread from its own numbers."""
    rows = []
    for threads in (1, 2, 7):
        monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", threads)
        rows.append(observed(ensemble, CONCURRENCE, TIME, 0, count))
    np.testing.assert_array_equal(rows[0], rows[1])
    np.testing.assert_array_equal(rows[0], rows[2])


@pytest.mark.parametrize("in_threads", [True, False])
def test_only_what_allows_it_runs_in_threads(in_threads, monkeypatch):
    """Two calls that wait for each other both come, or the first one waits in vain."""
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", 2)
    both = threading.Barrier(2)

    def meet(systems, time):
        try:
            both.wait(timeout=60 if in_threads else 0.1)
        except threading.BrokenBarrierError:
            pass
        return np.full((len(systems), time.size), float(both.broken))

    rows = observed(SMALL, Observable("meet", "whether two calls met", 1, meet, in_threads), TIME, 0, 2)
    assert np.all(rows == (0.0 if in_threads else 1.0))


def test_an_error_in_a_thread_is_raised(monkeypatch):
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", 2)

    def rows(systems, time):
        return np.full((len(systems), time.size), np.nan)

    with pytest.raises(ValueError, match="nothing"):
        observed(SMALL, Observable("nothing", "", 1, rows, in_threads=True), TIME, 0, 9)


@pytest.mark.parametrize("seconds", [1e-9, 1e-3, 100.0])
def test_mean_and_errors(monkeypatch, seconds):
    """Whatever the length of a batch: mean, standard error and block means of all rows in their order."""
    monkeypatch.setattr(ensembles, "BATCH_SECONDS", seconds)
    curve = average(SMALL, CONCURRENCE, TIME, 47)
    rows = observed(SMALL, CONCURRENCE, TIME, 0, 47)
    np.testing.assert_array_equal(curve.time, TIME)
    np.testing.assert_array_equal(curve.mean, rows.mean(axis=0))
    np.testing.assert_allclose(curve.stderr, np.std(rows, axis=0, ddof=1) / np.sqrt(47), rtol=1e-14)  # a few roundings
    assert curve.blocks.shape == (20, 20)
    np.testing.assert_array_equal(curve.blocks[0], rows[:3].mean(axis=0))  # 47 = 7 x 3 + 13 x 2
    np.testing.assert_array_equal(curve.blocks[-1], rows[-2:].mean(axis=0))
    assert curve.n_realisations == 47
    assert curve.run_time_s > 0


def test_average_over_time():
    curve = average(SMALL, CONCURRENCE, TIME, 30, over_time=True)
    rows = observed(SMALL, CONCURRENCE, TIME, 0, 30).mean(axis=1)
    np.testing.assert_array_equal(curve.time, TIME[-1:])
    np.testing.assert_allclose(curve.mean, [rows.mean()], rtol=1e-14)  # the order of the sums
    np.testing.assert_allclose(curve.stderr, [rows.std(ddof=1) / np.sqrt(30)], rtol=1e-14)
    assert curve.blocks.shape == (20, 1)


def test_standard_error_is_the_scatter_of_the_mean():
    """200 means of 25 realisations each scatter as their standard errors say."""
    rows = observed(Ensemble(3, seed=9), CONCURRENCE, np.array([2.0]), 0, 200 * 25)[:, 0].reshape(200, 25)
    claimed = np.sqrt((rows.var(axis=1, ddof=1) / 25).mean())
    scatter = rows.mean(axis=1).std(ddof=1)
    assert abs(scatter / claimed - 1) < 4 / np.sqrt(2 * 199)  # 4 sigma of a standard deviation from 200 values


def test_early_rise_of_the_mean():
    """C(t) = (1/N) sum |sin sin sin 4 J t| at first, when nobody feels a third TLS; each term from the bare system."""
    t = 1e-7 * np.array([1.0, 2.0, 4.0])
    rows = observed(SMALL, CONCURRENCE, t, 0, 5)
    for k, row in enumerate(rows):
        tls = SMALL.realisation(k)
        sines = np.sqrt(1 - tls.polarisation**2)
        pair = np.abs(np.outer(sines, sines)[..., None] * np.sin(4 * tls.J[..., None] * t))
        expected = pair.sum(axis=(0, 1)) / 2 / 6
        # a third TLS dephases the pair: corrections of relative order (4 J t) x (number of others)
        np.testing.assert_allclose(row, expected, rtol=4 * 4 * 6 * np.abs(tls.J).max() * t.max() + 1e-9)


@pytest.mark.parametrize("factor", [2.0, 64.0])
def test_collapse_to_the_bit(factor):
    """C depends on eta t alone, realisation by realisation; with powers of two even the rounding is the same."""
    one = observed(Ensemble(6, interaction_scale=1024.0, seed=4), CONCURRENCE, TIME, 0, 10)
    other = observed(Ensemble(6, interaction_scale=1024.0 * factor, seed=4), CONCURRENCE, TIME / factor, 0, 10)
    np.testing.assert_array_equal(one, other)


def test_collapse_of_the_papers_scales():
    t = np.logspace(-2, 3, 12)
    one = observed(Ensemble(6, interaction_scale=1e5, seed=4), CONCURRENCE, t, 0, 10)
    largest = max(np.abs(Ensemble(6, interaction_scale=1e5, seed=4).realisation(k).J).max() for k in range(10))
    for eta in (1e3, 1e4, 1e6):
        other = observed(Ensemble(6, interaction_scale=eta, seed=4), CONCURRENCE, t * 1e5 / eta, 0, 10)
        # the phases 4 J t agree to their last bits only: N of them in every element
        atol = 6 * 6 * np.finfo(float).eps * (1 + 8 * largest * t.max())
        np.testing.assert_allclose(other, one, rtol=0, atol=atol)


def test_dissipation_collapses_with_both_scales():
    """eta and epsilon times 8, time divided by 8: the same numbers; epsilon alone is another system."""
    one, other, third = (
        observed(Ensemble(5, interaction_scale=1e4 * x, dissipation_scale=y, seed=4), CONCURRENCE, TIME / x, 0, 6)
        for x, y in ((1, 1e3), (8, 8e3), (8, 1e3))
    )
    np.testing.assert_array_equal(one, other)
    assert np.abs(one - third).max() > 1e-3


@pytest.fixture
def computed(monkeypatch):
    """The realisations that are computed, one number each."""
    calls, compute = [], ensembles.observed
    monkeypatch.setattr(
        ensembles, "observed", lambda e, o, t, k, n: calls.extend(range(k, k + n)) or compute(e, o, t, k, n)
    )
    return calls


def test_kept_and_continued(tmp_path, monkeypatch, computed):
    """Batches on disk are used, not computed again; more realisations extend them; fewer cut them."""
    monkeypatch.setattr(ensembles, "BATCH_SECONDS", 1e-9)
    fresh = average(SMALL, CONCURRENCE, TIME, 40)
    computed.clear()
    average(SMALL, CONCURRENCE, TIME, 15, tmp_path)
    assert computed == list(range(15))
    computed.clear()
    assert same(average(SMALL, CONCURRENCE, TIME, 40, tmp_path), fresh)
    assert computed == list(range(15, 40))
    assert same(average(SMALL, CONCURRENCE, TIME, 15, tmp_path), average(SMALL, CONCURRENCE, TIME, 15))
    assert same(average(SMALL, CONCURRENCE, TIME, 40, tmp_path), fresh)
    average(dataclasses.replace(SMALL, seed=2), CONCURRENCE, TIME, 2, tmp_path)
    average(SMALL, CONCURRENCE, TIME[:-1], 2, tmp_path)
    average(SMALL, dataclasses.replace(CONCURRENCE, version=2), TIME, 2, tmp_path)
    assert len(list(tmp_path.iterdir())) == 4  # other parameters, times, versions: other folders


def test_numpy_numbers_are_numbers(tmp_path):
    """A loop over an array of sizes finds the results of plain numbers, and the other way round."""
    plain = Ensemble(4, delta_bar=0.25, interaction_scale=1000, seed=1)
    other = Ensemble(np.int64(4), delta_bar=np.float32(0.25), interaction_scale=np.float64(1e3), seed=np.uint8(1))
    assert plain == other
    assert plain.parameters == other.parameters
    first, second = (average(e, CONCURRENCE, TIME, 3, tmp_path) for e in (plain, other))
    assert same(first, second)
    assert len(list(tmp_path.iterdir())) == 1


def test_rows_of_other_sources_are_compared(tmp_path, monkeypatch, computed):
    """What an edited library has kept is used if a few rows come out the same: first, last, and the largest."""
    average(SMALL, CONCURRENCE, TIME, 12, tmp_path)
    largest = observed(SMALL, CONCURRENCE, TIME, 0, 12).max(axis=1).argmax()
    monkeypatch.setattr(ensembles, "numerical_sources", lambda: "edited")
    computed.clear()
    average(SMALL, CONCURRENCE, TIME, 12, tmp_path)
    assert sorted(computed) == sorted({0, largest, 11})


@pytest.mark.parametrize("k", ["first", "largest", "last"])
def test_numbers_of_another_version_are_refused(tmp_path, monkeypatch, k):
    """Files that are whole, but hold what this code does not compute."""
    rows = observed(SMALL, CONCURRENCE, TIME, 0, 12)
    rows[{"first": 0, "largest": rows.max(axis=1).argmax(), "last": -1}[k]] *= 1 + 1e-4
    folder = tmp_path / ensembles.folder_name(SMALL, CONCURRENCE, TIME)
    kept = Batches(folder, ensembles._header(SMALL, CONCURRENCE, TIME), TIME.size)
    kept.append(0, rows, 1.0, "older")
    with pytest.raises(DamagedFile, match="holds other numbers than this version of the code computes") as error:
        average(SMALL, CONCURRENCE, TIME, 13, tmp_path)
    assert str(folder) in str(error.value)


def tiny_rows(systems, time):
    return 1e-10 * np.array([(1 + time) * tls.polarisation[0] for tls in systems])


def test_numbers_far_below_1_are_compared_too(tmp_path):
    """A change of one part in 10 000, in a quantity of 1e-10."""
    tiny = Observable("tiny", "a small number", 1, tiny_rows)
    rows = observed(SMALL, tiny, TIME, 0, 12)
    for name, factor in (("same", 1 + 1e-9), ("other", 1 + 1e-4)):
        folder = tmp_path / name
        kept = Batches(
            folder / ensembles.folder_name(SMALL, tiny, TIME), ensembles._header(SMALL, tiny, TIME), TIME.size
        )
        kept.append(0, factor * rows, 1.0, "older")
        if name == "same":
            np.testing.assert_allclose(average(SMALL, tiny, TIME, 12, folder).mean, rows.mean(axis=0), rtol=1e-8)
        else:
            with pytest.raises(DamagedFile, match="holds other numbers than this version of the code computes"):
                average(SMALL, tiny, TIME, 12, folder)


def test_the_rounding_of_a_row_that_nearly_vanishes_is_no_other_version(tmp_path, monkeypatch):
    """Its numbers are differences of numbers as large as those of the other rows."""
    noise = []

    def rows(systems, time):
        size = [1.0 if tls.polarisation[0] != SMALL.realisation(0).polarisation[0] else 0.0 for tls in systems]
        return np.array(size)[:, None] + np.full(time.size, 1e-16 * len(noise))

    own = Observable("differences", "differences", 1, rows)
    average(SMALL, own, TIME, 5, tmp_path)
    noise.append("another machine")
    monkeypatch.setattr(ensembles, "numerical_sources", lambda: "edited")
    assert average(SMALL, own, TIME, 5, tmp_path).mean[0] == 0.8


@pytest.mark.parametrize("name", ["no folder", "no folder/inside"])
def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path, computed, name):
    (tmp_path / "no folder").write_text("a file")
    with pytest.raises(OSError, match="no results can be kept .*: '.*/no folder") as error:
        average(SMALL, CONCURRENCE, TIME, 5, tmp_path / name)
    assert str(tmp_path / name / ensembles.folder_name(SMALL, CONCURRENCE, TIME)) in str(error.value)
    assert computed == []


def test_a_disk_that_fills_up_keeps_what_it_has(tmp_path, monkeypatch):
    """The second batch has no room any more; the error says so, and names its file."""
    monkeypatch.setattr(ensembles, "BATCH_SECONDS", 1e-9)
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", 2)
    write, written = store.write_atomically, []

    def fill_up(path, content):
        if any(name.endswith(".npz") for name in written):
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path.name)
        write(path, content)

    monkeypatch.setattr(store, "write_atomically", fill_up)
    with pytest.raises(OSError, match="No space left on device.*finished before is kept.*00000002-00000004") as error:
        average(SMALL, CONCURRENCE, TIME, 6, tmp_path)
    assert error.value.errno == errno.ENOSPC
    assert [path.name for path in tmp_path.glob("*/*")] == written[1:]
    monkeypatch.undo()
    assert same(average(SMALL, CONCURRENCE, TIME, 6, str(tmp_path)), average(SMALL, CONCURRENCE, TIME, 6))


def test_a_full_folder_that_has_all_is_read(tmp_path, monkeypatch):
    average(SMALL, CONCURRENCE, TIME, 6, tmp_path)
    monkeypatch.setattr(store, "write_atomically", lambda *_: pytest.fail("nothing is to be written"))
    assert same(average(SMALL, CONCURRENCE, TIME, 6, tmp_path), average(SMALL, CONCURRENCE, TIME, 6))


KILLED = """
import sys
from pathlib import Path
import numpy as np
from tlsglass.ensembles import CONCURRENCE, store
from tlsglass.ensembles import averages as ensembles
from tlsglass.ensembles import store

class Announced(store.Batches):
    def append(self, first, rows, seconds, sources):
        super().append(first, rows, seconds, sources)
        print(first + len(rows), flush=True)

ensembles.Batches, ensembles.BATCH_SECONDS = Announced, 0.02
ensembles.average(ensembles.Ensemble(8, seed=5), CONCURRENCE, np.logspace(-2, 4, 20), 100_000, Path(sys.argv[1]))
"""


def test_kill_and_resume(tmp_path):
    """kill -9 in the middle, twice: what was announced is there, and the end is the same to the last bit."""
    announced = 0
    for _ in range(2):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as run:
            for line in run.stdout:
                if not line.strip().isdigit():
                    continue  # the progress bar
                announced = int(line)
                if announced > 50:
                    clock.sleep(0.013)  # into the next batch
                    os.kill(run.pid, signal.SIGKILL)
                    break
            rest = [int(line) for line in run.stdout if line.strip().isdigit()]
        assert run.returncode == -signal.SIGKILL
        announced = max([announced, *rest])
        ensemble = Ensemble(8, seed=5)
        kept = sum(len(np.load(f)["rows"]) for f in sorted(tmp_path.glob("*/[0-9]*.npz")))
        assert kept >= announced
    n = kept + 20
    resumed = average(ensemble, CONCURRENCE, TIME, n, tmp_path)
    assert same(resumed, average(ensemble, CONCURRENCE, TIME, n))


def test_progress_is_shown(capsys, monkeypatch):
    """A long run shows its progress on standard output; a short one is silent."""
    average(SMALL, CONCURRENCE, TIME, 3)
    assert capsys.readouterr() == ("", "")
    shown = {}
    bar = ensembles.tqdm
    monkeypatch.setattr(ensembles, "tqdm", lambda **options: shown.update(options) or bar(**{**options, "delay": 0}))
    average(SMALL, CONCURRENCE, TIME, 3)
    out, err = capsys.readouterr()
    assert "N = 6" in out
    assert "3/3" in out
    assert err == ""  # the book takes anything on stderr for an error
    assert shown["delay"] > 0


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("n_tls", 1, "an integer from 2"),
        ("n_tls", 4.0, "an integer from 2"),
        ("delta_bar", -1.0, "a finite number >= 0"),
        ("delta_bar", np.nan, "a finite number >= 0"),
        ("n_delta", 0.0, "a positive finite number"),
        ("interaction_scale", 0.0, "a positive finite number"),
        ("dissipation_scale", -1.0, "a finite number >= 0"),
        ("temperature", -1.0, "a finite number >= 0"),
        ("temperature", np.inf, "a finite number >= 0"),
        ("initial_state", "cube", "one of 'sphere', 'angle'"),
        ("prefactor", "12 pi", "one of 'printed', 'corrected'"),
        ("material", "window", "one of 'simulation', 'SiO2', 'BK7', 'PMMA'"),
        ("seed", -1, "an integer >= 0"),
        ("seed", 0.5, "an integer >= 0"),
    ],
)
def test_bad_ensemble(name, value, allowed):
    with pytest.raises(ValueError, match=f"{name} = {value!r} is not allowed: it must be {allowed}"):
        Ensemble(**{"n_tls": 4, name: value})


@pytest.mark.parametrize(
    ("time", "n", "message"),
    [
        ([], 10, r"time = \[\] is not allowed"),
        ([1.0, -1.0], 10, r"time = \[1.0, -1.0\] is not allowed: it must be one or more finite times >= 0"),
        ([np.inf], 10, r"time = \[inf\] is not allowed"),
        ([1.0], 1, "n_realisations = 1 is not allowed: it must be an integer >= 2"),
        ([1.0], 10.0, "n_realisations = 10.0 is not allowed"),
    ],
)
def test_bad_average(time, n, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        average(SMALL, CONCURRENCE, time, n, tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_parameter_of_the_disorder_is_one_of_the_ensemble():
    """With the same default; and it reaches the draws."""
    ours = {field.name: field.default for field in dataclasses.fields(Ensemble)}
    for field in dataclasses.fields(Disorder):
        assert ours[field.name] == field.default, field.name
    changed = {
        "delta_bar": 0.2, "n_delta": 3.0, "initial_state": "thermal", "dipoles": "fixed", "asymmetry_exponent": 2.0,
        "elongation": 4.0, "temperature": 0.5,
    }  # fmt: skip
    disorder = Ensemble(5, **changed).disorder
    assert {name: getattr(disorder, name) for name in changed} == changed
    assert set(changed) == {field.name for field in dataclasses.fields(Disorder)} - {"n_tls"}


def test_a_material_gives_its_speeds_of_sound_to_the_dipoles():
    one, other = (Ensemble(4, dipoles="fixed", material=name).realisation(0) for name in ("SiO2", "PMMA"))
    ratio = one.J[np.triu_indices(4, 1)] / other.J[np.triu_indices(4, 1)]
    assert np.ptp(ratio) > 1e-3  # not one factor for all pairs


@pytest.mark.parametrize("ensemble", [*ENSEMBLES, Ensemble(3, dipoles="fixed", elongation=3.0, seed=4)])
def test_many_at_once_are_the_same_systems(ensemble):
    """To the last bit, whichever others are drawn along; an index gives one system, a slice several."""
    many, later = ensemble.realisations(2, 30), ensemble.realisations(9, 2)
    assert (len(many), len(many[7:9])) == (30, 2)
    for k in (2, 9, 31):
        one = ensemble.realisation(k)
        for field in dataclasses.fields(one):
            np.testing.assert_array_equal(getattr(many[k - 2], field.name), getattr(one, field.name))
    for name in ("J", "nu"):
        np.testing.assert_array_equal(getattr(many[7:9], name), getattr(later, name))
    assert [tls.n_tls for tls in later] == [ensemble.n_tls] * 2


def test_realisations_do_not_depend_on_how_many_are_drawn_at_once(monkeypatch):
    whole = observed(SMALL, CONCURRENCE, TIME, 0, 50)
    monkeypatch.setattr(ensembles, "AT_ONCE", 1)  # sixteen at once
    np.testing.assert_array_equal(observed(SMALL, CONCURRENCE, TIME, 0, 50), whole)
