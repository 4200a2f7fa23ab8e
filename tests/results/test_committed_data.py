"""The committed tables are what this code computes: a part of every one is computed again."""

import json

import frictionless
import numpy as np
import pytest

from tlsglass import reproduce, results
from tlsglass.ensembles.averages import N_BLOCKS, observed
from tlsglass.ensembles.experiments import EXPERIMENTS
from tlsglass.ensembles.half_systems import ENTROPY, MUTUAL_INFORMATION, NEGATIVITY, RENYI2
from tlsglass.ensembles.observables import CONCURRENCE, Observable
from tlsglass.ensembles.probes import probe, probe_times
from tlsglass.ensembles.weak_pairs import WeakPairEnsemble
from tlsglass.results import curve_tables, folders, tables

DATA = folders.REPOSITORY / "data"
FIGURES = sorted(EXPERIMENTS)
EVERY = [
    (name, ensemble, observable)
    for name in FIGURES
    for ensemble in EXPERIMENTS[name].ensembles
    for observable in EXPERIMENTS[name].observables
]
WEIGHTED = [x for x in EVERY if isinstance(x[1], WeakPairEnsemble)]
PLAIN = [x for x in EVERY if x not in WEIGHTED]
# The first block of these would take minutes; their probes are short.
DEAR = [x for x in PLAIN if x[2] == RENYI2 or (x[2] == ENTROPY and x[1].n_tls >= 14)]
DEAR += [x for x in PLAIN if x[2] in (NEGATIVITY, MUTUAL_INFORMATION) and x[1].n_tls >= 8]
EPS = np.finfo(float).eps


def label(value):
    if isinstance(value, str):
        return value
    return value.name if isinstance(value, Observable) else "-".join(map(str, value.identity.values()))


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    """The tables of the repository, wherever the environment points."""
    monkeypatch.setenv("TLSGLASS_DATA", str(DATA))


def read(name, ensemble, observable):
    curve = curve_tables.read_curve(DATA, name, ensemble, observable, EXPERIMENTS[name].n_realisations(ensemble))
    assert curve is not None, f"data/{name}.csv lacks {observable.name} of {ensemble}: run `make data FIG={name}`"
    return curve


def test_package_is_valid():
    """Frictionless: every file is there, has the size and the hash, and every cell the type of its column."""
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_nothing_is_there_that_nobody_makes():
    package = json.loads((DATA / "datapackage.json").read_text())
    described = {resource["path"] for resource in package["resources"]}
    expected = {f"{name}{part}.csv" for name in FIGURES for part in ("", "_blocks")} | {"equations.csv"}
    expected |= {f"{name}.csv" for name in reproduce.TABLES}
    assert {path.name for path in DATA.glob("*.csv")} == described == expected


@pytest.mark.parametrize(("name", "ensemble", "observable"), EVERY, ids=label)
def test_table_is_complete(name, ensemble, observable):
    """Times, statistics and shape of the experiment as the code defines it today; sane numbers."""
    plan, average = EXPERIMENTS[name], read(name, ensemble, observable)
    times = plan.time(ensemble)[-1:] if plan.over_time else plan.time(ensemble)
    np.testing.assert_array_equal(average.time, times)  # the very numbers: people join tables on them
    assert average.n_realisations == plan.n_realisations(ensemble)
    assert average.blocks.shape == (N_BLOCKS, times.size)
    assert average.run_time_s > 0
    assert np.all((average.mean >= 0) & (average.mean <= (ensemble.n_tls - 1) / 2))
    assert np.all(average.stderr[average.mean > 0] > 0)


@pytest.mark.parametrize(("name", "ensemble", "observable"), EVERY, ids=label)
def test_means_and_blocks_agree(name, ensemble, observable):
    """The mean is that of the blocks, and the blocks scatter around it as the standard error says."""
    average = read(name, ensemble, observable)
    sizes = [len(part) for part in np.array_split(np.arange(average.n_realisations), N_BLOCKS)]
    np.testing.assert_allclose(np.average(average.blocks, axis=0, weights=sizes), average.mean, rtol=1e-10)
    # late in large systems a few realisations make the mean, and 20 blocks say little about the scatter there
    visible = average.mean > 10 * average.stderr
    ratio = average.blocks.std(axis=0, ddof=1)[visible] / np.sqrt(N_BLOCKS) / average.stderr[visible]
    assert np.all((ratio > 0.4) & (ratio < 1.8))  # 4 sigma of a standard deviation from 20 values: 1 +- 4 / sqrt(38)


def kept_probe(name, ensemble, observable):
    run = curve_tables.find_run(tables.find(DATA, name), ensemble, EXPERIMENTS[name].n_realisations(ensemble))
    (kept,) = (o["probe"] for o in run["observables"] if o["name"] == observable.name)
    return kept


@pytest.mark.parametrize(("name", "ensemble", "observable"), EVERY, ids=label)
def test_probe_is_what_this_code_computes(name, ensemble, observable):
    """Every ensemble, the largest too: the mean of its first 20 realisations, as well as it is known."""
    plan, kept = EXPERIMENTS[name], kept_probe(name, ensemble, observable)
    mean, tolerance = probe(ensemble, observable, plan.time(ensemble), plan.n_probe(ensemble), plan.over_time)
    assert np.all(np.abs(mean - kept["mean"]) <= np.maximum(tolerance, kept["tolerance"]))
    # and it would notice a factor of 1.01: before the plateau it is known far better
    known = np.array(kept["tolerance"]) < 1e-3 * np.array(kept["mean"])
    assert plan.over_time or known.sum() >= 3


@pytest.mark.parametrize(("name", "ensemble", "observable"), [x for x in DEAR if x[2] != ENTROPY] + WEIGHTED, ids=label)
def test_first_block_at_one_time(name, ensemble, observable):
    """Where more would take long: the table is not only what its probe says, it holds the numbers of its probe."""
    plan, average = EXPERIMENTS[name], read(name, ensemble, observable)
    times, tolerance = plan.time(ensemble), 2 * kept_probe(name, ensemble, observable)["tolerance"][2]
    k = probe_times(times)[2]
    count = -(-average.n_realisations // N_BLOCKS)
    ours = observed(ensemble, observable, times[k : k + 1], 0, count).mean()
    # the probe's tolerance is that of fewer realisations, and includes a factor of 10; a table times 1.01 is noticed
    assert abs(ours - average.blocks[0, k]) <= tolerance < 1e-3 * ours


@pytest.mark.parametrize(("name", "ensemble", "observable"), [x for x in PLAIN if x not in DEAR], ids=label)
def test_first_block_is_what_this_code_computes(name, ensemble, observable):
    """The first twentieth of the realisations, at up to 16 of the times."""
    plan, average = EXPERIMENTS[name], read(name, ensemble, observable)
    times = plan.time(ensemble)
    chosen = np.arange(times.size) if plan.over_time else np.linspace(0, times.size - 1, 16).astype(int)
    times = times[chosen]
    count = -(-average.n_realisations // N_BLOCKS)  # the larger blocks come first
    rows = observed(ensemble, observable, times, 0, count)
    strongest = np.abs(ensemble.realisations(0, count).J).max(axis=(1, 2))
    # 12 digits are written; another machine may round a coupling in its last bit, which moves the phase 4 J t of a
    # pair, and with it C where there is any, by this much: nothing at first, all of it in a few realisations of the
    # latest plateau
    phases = np.minimum(1.0, 8 * EPS * np.outer(strongest, times)) * (rows > 0)
    ours, committed, tolerance = rows, average.blocks[0], phases
    if plan.over_time:
        ours, tolerance = (x.mean(axis=1, keepdims=True) for x in (rows, phases))
    else:
        committed = committed[chosen]
    tolerance = tolerance.mean(axis=0) + 1e-11
    assert np.all(np.abs(ours.mean(axis=0) - committed) <= tolerance)
    # and it would notice other random numbers: the bound is below the scatter of the block, for the history far below
    scatter = ours.std(axis=0) / np.sqrt(count)
    if count == 1:  # one realisation has no scatter of its own
        scatter = average.stderr[chosen] * np.sqrt(average.n_realisations)
    # late in a large system a block may have no entangled pair at all, and with decay none that the bound resolves
    some = scatter > 1e-6 * scatter.max()
    assert some.sum() >= min(5, times.size if not plan.over_time else 1)
    assert np.all(tolerance[some] < (0.5 if plan.over_time else 0.1) * scatter[some])


def test_the_same_ensemble_in_two_figures():
    """N = 50 with the same seed is in Figs. 4, 5 and 6(b): the same numbers, the last from fewer realisations."""
    (one,) = (e for e in EXPERIMENTS["fig04"].ensembles if e.n_tls == 50)
    fig04, fig05, fig06b = (read(name, one, CONCURRENCE) for name in ("fig04", "fig05", "fig06b"))
    for part in ("time", "mean", "stderr", "blocks"):
        # to a unit in the last of the 12 digits: the rows may come from two versions of the kernels, 1e-14 apart
        np.testing.assert_allclose(getattr(fig04, part), getattr(fig05, part), rtol=1e-11, atol=1e-14)
    ratio = fig04.n_realisations // fig06b.n_realisations
    assert ratio * fig06b.n_realisations == fig04.n_realisations
    first = fig04.blocks[: N_BLOCKS // ratio].mean(axis=0)
    np.testing.assert_allclose(fig06b.mean, first, rtol=1e-9, atol=1e-12)  # 12 digits, averaged in another order


def test_figures_read_the_committed_tables():
    """No chapter computes for an hour what is there."""

    for name in FIGURES:
        for observable in EXPERIMENTS[name].observables:
            for curve in results.curves(name, observable.name, compute=False):
                assert curve.data_file == f"{name}.csv"
