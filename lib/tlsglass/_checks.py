"""Argument checks. Each names the argument, the value it got and what is allowed, and returns the checked value."""

import numbers

import numpy as np


def _refuse(name, value, allowed):
    raise ValueError(f"{name} = {value!r} is not allowed: it must be {allowed}")


def _number(name, value, allowed, accept):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not np.isfinite(value) or not accept(value):
        _refuse(name, value, allowed)
    return float(value)


def positive(name: str, value: float) -> float:
    """Return `value` if it is a positive finite number."""
    return _number(name, value, "a positive finite number", lambda x: x > 0)


def non_negative(name: str, value: float) -> float:
    """Return `value` if it is a finite number >= 0."""
    return _number(name, value, "a finite number >= 0", lambda x: x >= 0)


def integer(name: str, value: int, at_least: int) -> int:
    """Return `value` if it is an integer >= `at_least`."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < at_least:
        _refuse(name, value, f"an integer >= {at_least}")
    return int(value)


def one_of(name: str, value: str, choices) -> str:
    """Return `value` if it is one of `choices`."""
    if value not in tuple(choices):  # a tuple, so that an unhashable value is refused like any other
        _refuse(name, value, "one of " + ", ".join(repr(c) for c in choices))
    return value


def _real_array(name, value, allowed):
    """Return `value` as a float array; what numpy cannot read as real numbers is refused by name."""
    try:
        array = np.asarray(value)
        real = array.astype(float) if array.dtype.kind in "iufO" else None  # O: sympy numbers and the like
    except (TypeError, ValueError):
        real = None
    if real is None:
        _refuse(name, value, allowed)
    return real


def times(name: str, value) -> np.ndarray:
    """Return `value` as a 1-D float array of finite, non-negative times, shape (T,) with T >= 1."""
    allowed = "one or more finite times >= 0, shape (T,)"
    array = np.atleast_1d(_real_array(name, value, allowed))
    if array.ndim != 1 or array.size == 0 or not np.all(np.isfinite(array)) or np.any(array < 0):
        _refuse(name, value, allowed)
    return array


def finite_array(name: str, value, shape: tuple) -> np.ndarray:
    """Return `value` as a finite float array of the given shape."""
    allowed = f"a finite real array of shape {shape}"
    array = _real_array(name, value, allowed)
    if array.shape != shape or not np.all(np.isfinite(array)):
        _refuse(name, value, allowed)
    return array


def symmetric_tensor(name: str, value) -> np.ndarray:
    """Return `value` as a real symmetric 3 x 3 array."""
    allowed = "a finite symmetric array of shape (3, 3)"
    array = _real_array(name, value, allowed)
    if array.shape != (3, 3) or not np.all(np.isfinite(array)):
        _refuse(name, value, allowed)
    if not np.allclose(array, array.T, rtol=0, atol=1e-12 * np.abs(array).max()):  # a few roundings of its entries
        _refuse(name, value, allowed)
    return array
