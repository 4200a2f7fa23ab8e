"""Observables: a reader's own function through the same door, and what it must not do."""

import dataclasses
import functools
import os
import pickle
import threading

import numpy as np
import pytest

from tlsglass.ensembles import CONCURRENCE, Ensemble, Observable, average, scheduler
from tlsglass.ensembles import averages as module
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.ensembles.observables import FailedRealisation, as_observable

TIME = np.array([0.1, 1.0, 10.0])
SMALL = Ensemble(4, seed=1)


def ramp(system, time):
    """Time over the number of TLSs.

    Nothing more.
    """
    return time / system.n_tls


def test_a_function_of_one_system_is_an_observable(tmp_path):
    curve = average(SMALL, ramp, TIME, 25, tmp_path)
    np.testing.assert_allclose(curve.mean, TIME / 4, rtol=1e-14)
    np.testing.assert_allclose(curve.stderr, 0, atol=1e-15)  # one rounding: all rows are the same
    assert (curve.observable.name, curve.observable.words) == ("ramp", "Time over the number of TLSs")
    assert curve.function == f"{__name__}.ramp"
    assert [path.name.startswith("ramp-N4-") for path in tmp_path.iterdir()] == [True]


def test_each_realisation_is_handed_over_once():
    seen = []

    def watch(system, time):
        seen.append(system)
        return np.zeros(time.size)

    average(SMALL, watch, TIME, 30)
    assert len(seen) == 30
    for k in (0, 17, 29):
        np.testing.assert_array_equal(seen[k].J, SMALL.realisation(k).J)


def test_whole_numbers_are_numbers():
    curve = average(SMALL, lambda_free(lambda system, time: np.arange(3)), TIME, 5)
    assert curve.mean.dtype == float


def lambda_free(function):
    function.__name__ = "named"
    return function


def wrong(values):
    def observed(system, time):
        return values

    return observed


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros(2), r"gave an array of shape \(2,\): it must be \(3,\), one number for each time"),
        (np.zeros((3, 1)), r"gave an array of shape \(3, 1\)"),
        (0.0, r"gave an array of shape \(\)"),
        (np.zeros(3, complex), "gave numbers of type complex128: they must be real"),
        (None, "gave numbers of type object: they must be real"),
        (["a", "b", "c"], "gave numbers of type <U1: they must be real"),
        ([0.0, np.nan, 0.0], "gave numbers that are not finite: every one must be"),
        ([0.0, np.inf, 0.0], "gave numbers that are not finite"),
        (np.ma.masked_array(np.ones(3), mask=[0, 1, 0]), "gave masked numbers"),
        ([0.0, [1.0, 2.0], 0.0], "gave no array of numbers: .*inhomogeneous"),
    ],
)
def test_wrong_values_are_refused_by_name(values, message):
    with pytest.raises(ValueError, match=f"observable observed, realisation 0: it {message}"):
        average(SMALL, wrong(values), TIME, 5)
    rows = Observable("mine", "mine", 1, lambda systems, time: [values] * len(systems))
    with pytest.raises(ValueError, match="observable mine gave"):
        average(SMALL, rows, TIME, 5)


@pytest.mark.parametrize("in_threads", [False, True])
def test_what_was_finished_is_kept(tmp_path, monkeypatch, in_threads):
    """The function fails at realisation 11, amid a batch: it is named, and the rows before it are there."""
    monkeypatch.setattr(module.numba.config, "NUMBA_NUM_THREADS", 3)
    monkeypatch.setattr(module, "BATCH_SECONDS", 1e9)
    unlucky, mended = SMALL.realisation(11).polarisation[0], str(tmp_path / "mended")

    def fragile(system, time):
        if system.polarisation[0] == unlucky and not os.path.exists(mended):
            raise ZeroDivisionError("no neighbour")
        return time * system.polarisation[0]

    observable = dataclasses.replace(as_observable(fragile), in_threads=in_threads)
    folder = tmp_path / "kept"
    with pytest.raises(
        FailedRealisation, match="^observable fragile, realisation 11: ZeroDivisionError: no neighbour$"
    ) as e:
        average(SMALL, observable, TIME, 20, folder)
    assert isinstance(e.value.__cause__, ZeroDivisionError)
    kept = [np.load(path)["rows"] for path in sorted(folder.glob("*/*.npz"))]
    np.testing.assert_array_equal(
        np.concatenate(kept), [TIME * SMALL.realisation(k).polarisation[0] for k in range(11)]
    )
    (tmp_path / "mended").touch()
    resumed = average(SMALL, observable, TIME, 20, folder)
    np.testing.assert_array_equal(resumed.mean, average(SMALL, observable, TIME, 20).mean)


def test_a_failure_goes_from_one_process_to_another():
    failure = FailedRealisation("mine", "realisation 3", "too hot", np.ones((1, 2)))
    back = pickle.loads(pickle.dumps(failure))
    assert str(back) == str(failure) == "observable mine, realisation 3: too hot"
    np.testing.assert_array_equal(back.done, failure.done)


def test_an_interruption_is_no_fault_of_the_function():
    def interrupted(system, time):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        average(SMALL, interrupted, TIME, 5)


@pytest.mark.parametrize("value", [3, None, "concurrence", np.zeros(3)])
def test_no_observable(value):
    with pytest.raises(
        TypeError, match="observable = .* is not allowed: it must be an Observable or a function of one"
    ):
        as_observable(value)
    with pytest.raises(ValueError, match="observable = .* is not allowed: it must be callable"):
        average(SMALL, value, TIME, 5)


def test_a_lambda_has_no_name():
    with pytest.raises(ValueError, match="name = '<lambda>' is not allowed: it must be a Python identifier"):
        average(SMALL, lambda system, time: time, TIME, 5)
    with pytest.raises(TypeError, match="rows = 3 is not allowed: it must be a function of systems and times"):
        Observable("a", "a", 1, 3)


# which code


SCALE = 2.0


def scaled(system, time):
    return SCALE * helper(time)


def helper(time):
    return time + 1


def version(function):
    return as_observable(function).version


def test_an_edited_function_is_another(monkeypatch):
    """Its code, its defaults, what it closes over, the constants and functions of its module it uses."""
    before = version(scaled)
    assert version(scaled) == before
    monkeypatch.setitem(globals(), "SCALE", 3.0)
    other_constant = version(scaled)
    monkeypatch.setitem(globals(), "helper", lambda time: time + 2)
    other_helper = version(scaled)
    assert len({before, other_constant, other_helper}) == 3

    def closing_over(value, default=1):
        def observed(system, time, power=default):
            return value * time**power

        return observed

    arrays = [np.arange(2000.0), np.arange(2000.0)]
    arrays[1][1000] += 1  # where the repr of an array has dots
    kinds = [closing_over(1), closing_over(2), closing_over(1, default=2), *map(closing_over, arrays)]
    assert len({version(k) for k in kinds}) == 5
    assert version(closing_over(1)) == version(closing_over(1))


def test_a_docstring_is_no_edit():
    def plain(system, time):
        return time

    first = version(plain)

    def plain(system, time):
        """Time."""
        # a comment
        return time

    assert version(plain) == first


def test_results_of_an_edited_function_are_not_used(tmp_path):
    for factor in (1.0, 2.0):

        def observed(system, time):
            return factor * time  # noqa: B023

        np.testing.assert_allclose(average(SMALL, observed, TIME, 5, tmp_path).mean, factor * TIME, rtol=1e-14)
    assert len(list(tmp_path.iterdir())) == 2


def test_partial_functions_and_objects_are_observables():
    class Power:
        def __init__(self, power):
            self.power = power

        def __call__(self, system, time):
            return time**self.power

    assert version(Power(2)) == version(Power(2)) != version(Power(3))
    assert average(SMALL, Power(2), TIME, 5).observable.name == "Power"

    def power(system, time, power):
        return time**power

    square, cube = (functools.partial(power, power=p) for p in (2, 3))
    square.__name__ = cube.__name__ = "power"
    assert version(square) != version(cube)


def test_concurrence_is_the_first():
    assert CONCURRENCE.identity == {"name": "concurrence", "version": 1}
    assert CONCURRENCE.function == "tlsglass.ensembles.observables.concurrence_rows"


def test_a_system_cannot_be_written():
    def writes(system, time):
        system.J[0, 1] = 0.0
        return time

    with pytest.raises(ValueError, match="observable writes, realisation 0: ValueError: .*read-only"):
        average(SMALL, writes, TIME, 5)


def test_the_times_cannot_be_written():
    """Or the second realisation would see other times than the first."""

    def writes(system, time):
        time *= 2
        return time

    with pytest.raises(ValueError, match="observable writes, realisation 0: ValueError: .*read-only"):
        average(SMALL, writes, TIME, 5)
    with pytest.raises(ValueError, match="observable writes, realisation 3: ValueError: .*read-only"):
        scheduler.batch(numerical_sources(), SMALL, as_observable(writes), TIME.copy(), 3, 2)


@pytest.mark.parametrize("in_threads", [False, True])
def test_a_batch_has_no_more_than_can_be_computed_at_once(monkeypatch, in_threads):
    """At first, and wherever realisations take long: what a kill costs is one realisation of each thread."""
    monkeypatch.setattr(module, "BATCH_SECONDS", 1e-9)
    monkeypatch.setattr(module.numba.config, "NUMBA_NUM_THREADS", 3)
    mine = dataclasses.replace(as_observable(ramp), in_threads=in_threads)
    counts = [len(rows) for rows, _ in module.in_this_process(SMALL, mine, TIME, 0, 9)]
    assert counts == ([3] * 3 if in_threads else [1] * 9)


def test_words_of_a_function():
    """The first line of its docstring, where there is one; of a partial function those of the function in it."""
    for docstring in (None, "", "  \n ", 3):

        def silent(system, time):
            return time

        silent.__doc__ = docstring
        assert as_observable(silent).words == "silent"
    one = as_observable(functools.partial(ramp))
    assert (one.name, one.words) == ("ramp", "Time over the number of TLSs")
    assert one.function == f"{__name__}.ramp"


def concurrence_of_mine(systems, time):
    return np.full((len(systems), time.size), 2.0)


def test_my_observable_is_not_the_librarys(tmp_path):
    """Though it has its name and its version."""
    mine = Observable("concurrence", "mine", 1, concurrence_of_mine)
    average(SMALL, CONCURRENCE, TIME, 5, tmp_path)
    np.testing.assert_array_equal(average(SMALL, mine, TIME, 5, tmp_path).mean, np.full(3, 2.0))
    assert mine.identity == {"name": "concurrence", "version": 1, "function": f"{__name__}.concurrence_of_mine"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ensemble": 4}, "ensemble = 4 is not allowed: it must be an instance of Ensemble"),
        ({"folder": 3}, "folder = 3 is not allowed: it must be an instance of PathLike"),
        ({"over_time": "no"}, "over_time = 'no' is not allowed: it must be a bool"),
        ({"compute": None}, "compute = None is not allowed: it must be callable"),
        ({"compute": lambda *_: iter(())}, "compute = .* gave 0 realisations: it must give all 5"),
    ],
)
def test_what_average_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        average(**{"ensemble": SMALL, "observable": ramp, "time": TIME, "n_realisations": 5} | arguments)


def test_what_cannot_be_described_is_averaged_but_not_kept(tmp_path):
    lock = threading.Lock()

    def guarded(system, time):
        with lock:
            return time

    curve = average(SMALL, guarded, TIME, 5)
    np.testing.assert_array_equal(curve.mean, TIME)
    for same in (guarded, curve.observable):
        with pytest.raises(ValueError, match="of .*guarded cannot be kept: it uses lock = <unlocked _thread.lock"):
            average(SMALL, same, TIME, 5, tmp_path)
    assert not list(tmp_path.iterdir())
