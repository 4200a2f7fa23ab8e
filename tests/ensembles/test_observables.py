"""Observables: a reader's own function through the same door, and what it must not do."""

import functools
import os

import numpy as np
import pytest

from tlsglass.ensembles import CONCURRENCE, Ensemble, Observable, average
from tlsglass.ensembles import averages as module
from tlsglass.ensembles.observables import as_observable

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
    ],
)
def test_wrong_values_are_refused_by_name(values, message):
    with pytest.raises(ValueError, match=f"observable observed, system 0 of its batch {message}"):
        average(SMALL, wrong(values), TIME, 5)
    rows = Observable("mine", "mine", 1, lambda systems, time: np.array([values] * len(systems)))
    with pytest.raises(ValueError, match="observable mine gave"):
        average(SMALL, rows, TIME, 5)


def test_what_was_finished_is_kept(tmp_path, monkeypatch):
    """The function fails at realisation 11: it is named, and the batches before are there."""
    monkeypatch.setattr(module, "BATCH_SECONDS", 1e-9)  # one realisation a batch: a batch has one of each core
    monkeypatch.setattr(module.numba.config, "NUMBA_NUM_THREADS", 1)
    unlucky, mended = SMALL.realisation(11).polarisation[0], str(tmp_path / "mended")

    def fragile(system, time):
        if system.polarisation[0] == unlucky and not os.path.exists(mended):
            raise ZeroDivisionError("no neighbour")
        return time * system.polarisation[0]

    folder = tmp_path / "kept"
    with pytest.raises(ValueError, match="observable fragile, system 0 of its batch: ZeroDivisionError: no neighbour"):
        average(SMALL, fragile, TIME, 20, folder)
    assert len(list(folder.glob("*/*.npz"))) == 11
    (tmp_path / "mended").touch()
    resumed = average(SMALL, fragile, TIME, 20, folder)
    assert len(list(folder.glob("*/*.npz"))) == 20
    np.testing.assert_array_equal(resumed.mean, average(SMALL, fragile, TIME, 20).mean)


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

    with pytest.raises(ValueError, match="observable writes, system 0 of its batch: ValueError: .*read-only"):
        average(SMALL, writes, TIME, 5)
