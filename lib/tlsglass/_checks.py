"""Argument checks. Each names the argument, the value it got and what is allowed, and returns the checked value."""

import math
import numbers

import numpy as np

LARGEST = 1e75  # of a coupling, a rate, an occupation, a time: the product of any four is still a number
SMALLEST = 1e-75  # of what is divided by
LARGEST_SAMPLE = 10**9  # numbers drawn at once; more do not fit into any memory
_LONGEST = 200  # characters of a value that a message shows


def refuse(name: str, value, allowed: str):
    """Raise the ValueError that every check raises: what was given, and what is allowed."""
    raise ValueError(f"{name} = {shown(value)} is not allowed: it must be {allowed}")


def shown(value) -> str:
    """Return `repr(value)`, cut if it is long; some values, such as `10**5000`, have none."""
    try:
        text = " ".join(repr(value).split())
    except Exception:
        return f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _number(name, value, allowed, accept):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        refuse(name, value, allowed)
    try:
        as_float = float(value)
    except (OverflowError, TypeError, ValueError):  # 10**400
        as_float = math.nan
    if not math.isfinite(as_float) or not accept(as_float):
        refuse(name, value, allowed)
    return as_float


def finite(name: str, value: float) -> float:
    """Return `value` if it is a finite real number."""
    return _number(name, value, "a finite real number", lambda x: True)


def number_or_nan(name: str, value: float) -> float:
    """Return `value` if it is a real number, infinite ones and nan included."""
    if isinstance(value, float) and not math.isfinite(value):
        return float(value)
    return _number(name, value, "a real number or nan", lambda x: True)


def positive(name: str, value: float, at_most: float = math.inf) -> float:
    """Return `value` if it is a positive finite number, and <= `at_most`."""
    return _number(name, value, "a positive finite number" + _up_to(at_most), lambda x: 0 < x <= at_most)


def non_negative(name: str, value: float, at_most: float = math.inf) -> float:
    """Return `value` if it is a finite number >= 0, and <= `at_most`."""
    return _number(name, value, "a finite number >= 0" + _up_to(at_most), lambda x: 0 <= x <= at_most)


def _up_to(at_most):
    return "" if at_most == math.inf else f", at most {at_most:g}"


def between(name: str, value: float, low: float, high: float) -> float:
    """Return `value` if it is a number in the closed interval [`low`, `high`]."""
    return _number(name, value, f"a number in [{low:g}, {high:g}]", lambda x: low <= x <= high)


def integer(name: str, value: int, at_least: int, at_most: int | None = None) -> int:
    """Return `value` if it is an integer >= `at_least`, and <= `at_most` if that is given."""
    allowed = f"an integer >= {at_least}" if at_most is None else f"an integer from {at_least} to {at_most}"
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        refuse(name, value, allowed)
    if value < at_least or (at_most is not None and value > at_most):
        refuse(name, value, allowed)
    return int(value)


def one_of(name: str, value: str, choices) -> str:
    """Return `value` if it is one of `choices`."""
    for choice in choices:
        if isinstance(value, type(choice)) and value == choice:
            return choice
    refuse(name, value, "one of " + ", ".join(repr(c) for c in choices))


def real_array(name: str, value, allowed: str = "an array of real numbers") -> np.ndarray:
    """Return `value` as a float array; what numpy cannot read as real numbers is refused by name."""
    nothing_masked(name, value)
    try:
        array = np.asarray(value)
        real = array.astype(float) if array.dtype.kind in "iuf" or _holds_numbers(array) else None
    except (OverflowError, TypeError, ValueError):
        real = None
    if real is None:
        refuse(name, value, allowed)
    return real


def nothing_masked(name: str, value) -> None:
    """Refuse a masked array of numpy that hides some of its entries: as data they would count."""
    if np.ma.is_masked(value):
        refuse(name, value, "an array without masked entries")


def _holds_numbers(array):  # Fractions, integers beyond 64 bits, sympy numbers
    return array.dtype.kind == "O" and all(
        isinstance(x, numbers.Real) and not isinstance(x, (bool, np.bool_)) for x in array.flat
    )


def times(name: str, value) -> np.ndarray:
    """Return `value` as a 1-D float array of non-negative times up to `LARGEST`, shape (T,) with T >= 1."""
    allowed = f"one or more finite times >= 0, at most {LARGEST:g}, shape (T,)"
    array = np.atleast_1d(real_array(name, value, allowed))
    if array.ndim != 1 or array.size == 0 or not np.all((array >= 0) & (array <= LARGEST)):  # nan is neither
        refuse(name, value, allowed)
    return array


def finite_array(name: str, value, shape: tuple) -> np.ndarray:
    """Return `value` as a finite float array of the given shape; None in `shape` stands for any length but 0."""
    words = ", ".join("n" if length is None else str(length) for length in shape)
    allowed = f"a finite real array of shape ({words}{',' if len(shape) == 1 else ''})"
    array = real_array(name, value, allowed)
    if len(array.shape) != len(shape) or not np.all(np.isfinite(array)):
        refuse(name, value, allowed)
    if any(n != length and not (length is None and n > 0) for n, length in zip(array.shape, shape, strict=True)):
        refuse(name, value, allowed)
    return array


def positive_array(name: str, value, shape: tuple) -> np.ndarray:
    """Return `value` as a finite array of positive numbers, as :func:`finite_array` does."""
    array = finite_array(name, value, shape)
    if np.any(array <= 0):
        refuse(name, value, "positive in every entry")
    return array


def non_negative_array(name: str, value, shape: tuple) -> np.ndarray:
    """Return `value` as a finite array of numbers >= 0, as :func:`finite_array` does."""
    array = finite_array(name, value, shape)
    if np.any(array < 0):
        refuse(name, value, ">= 0 in every entry")
    return array


def symmetric_tensor(name: str, value, leading: bool = False) -> np.ndarray:
    """Return `value` as a real symmetric 3 x 3 array, or a stack of them, shape (..., 3, 3), if `leading`."""
    allowed = f"a finite symmetric array of shape {'(..., 3, 3)' if leading else '(3, 3)'}"
    array = real_array(name, value, allowed)
    if array.shape[-2:] != (3, 3) or (array.ndim > 2 and not leading) or not np.all(np.isfinite(array)):
        refuse(name, value, allowed)
    difference = np.abs(array - array.swapaxes(-2, -1)).max(initial=0.0)
    if difference > 1e-12 * np.abs(array).max(initial=0.0):  # a few roundings of its entries
        refuse(name, value, allowed)
    return array


def common_shape(**arrays) -> tuple:
    """Return the shape to which arrays broadcast; refuse those that do not, by name and shape."""
    try:
        return np.broadcast_shapes(*(np.shape(array) for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} of shape {np.shape(array)}" for name, array in arrays.items())
        raise ValueError(f"{shapes} are not allowed: their shapes must broadcast") from None


def one_for_each(name: str, value, **others) -> None:
    """Refuse an empty sequence, and others that do not have one entry for each of its entries."""
    if len(value) == 0:
        refuse(name, value, "one or more")
    for other, entries in others.items():
        if len(entries) != len(value):
            refuse(other, entries, f"one for each of the {len(value)} {name}")
