"""Checks that follow from a signature: an argument is what its annotation says, or it is refused by name.

:func:`checked` reads the annotations of a function once and then checks, and converts, the arguments of every call:
`float` takes any finite real number (a `Fraction`, `10**20`), `np.ndarray` whatever numpy reads as numbers, a class its
instances, `list[Curve]` a sequence of curves, `sp.Expr` what sympy reads as one (but no string). Ranges, shapes and
everything else that an annotation cannot say stay with the function. :class:`Value` does the same for the fields of a
dataclass.
"""

import dataclasses
import functools
import inspect
import numbers
import os
import types
import typing
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from tlsglass._checks import finite, nothing_masked, real_array, refuse


def checked(function):
    """Check, and convert, the arguments of a function by the annotations of its parameters.

    Raises
    ------
    ValueError
        (from the function that is returned) Naming the argument that is not what its annotation says.
    """
    signature = inspect.signature(function)
    hints = typing.get_type_hints(function)
    checks = {}
    for name, parameter in signature.parameters.items():
        if name in hints and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            check = check_of(hints[name])
            if check is not None:
                checks[name] = check

    @functools.wraps(function)
    def call(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            if name in checks:
                bound.arguments[name] = checks[name](name, value)
        return function(*bound.args, **bound.kwargs)

    return call


class Value:
    """Base of a frozen dataclass that may hold arrays: `@dataclass(frozen=True, eq=False)`.

    Its fields are checked by their annotations. Its arrays are copies that cannot be written, so that what was checked
    stays true. Two of them are equal, and have the same hash, if they hold the same numbers.
    """

    def __post_init__(self):
        for name, check in _field_checks(type(self)).items():
            value = check(name, getattr(self, name))
            if isinstance(value, np.ndarray):
                value = read_only(value if value.dtype.kind == "c" else value.astype(float))
            object.__setattr__(self, name, value)

    def __reduce__(self):  # a copy, and what comes out of another process, is made and checked anew
        return type(self), tuple(getattr(self, field.name) for field in dataclasses.fields(self))

    def __eq__(self, other):
        return self._contents() == other._contents() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash(self._contents())

    def _contents(self) -> tuple:
        fields = (getattr(self, field.name) for field in dataclasses.fields(self))
        return tuple((v.shape, (v + 0).tobytes()) if isinstance(v, np.ndarray) else v for v in fields)  # -0.0 + 0 = 0.0


def read_only(array: np.ndarray) -> np.ndarray:
    """Return a copy that cannot be written."""
    array = np.array(array)
    array.flags.writeable = False
    return array


@functools.cache
def _field_checks(cls) -> dict:
    checks = {name: check_of(hint) for name, hint in typing.get_type_hints(cls).items()}
    return {f.name: checks[f.name] for f in dataclasses.fields(cls) if checks[f.name] is not None}


def check_of(annotation) -> Callable | None:
    """Return the check that an annotation stands for, `check(name, value) -> value`; None if it stands for none."""
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _any_of([check_of(a) for a in arguments if a is not type(None)], type(None) in arguments)
    if annotation is float:
        return finite
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if origin is Callable:
        return _callable
    if inspect.isclass(origin):
        if issubclass(origin, Mapping):
            return _mapping(*map(check_of, arguments or (None, None)))
        if issubclass(origin, tuple) and arguments and arguments[-1] is not Ellipsis:
            return _fixed([check_of(a) for a in arguments])
        if origin in (list, tuple, Sequence, Iterable):
            return _sequence(check_of(arguments[0]) if arguments else None)
        if origin.__module__.partition(".")[0] == "sympy":
            return _symbolic(origin)
        if origin is not object:
            return _instance(origin)
    return None


def _any_of(checks, none_allowed):
    if any(check is None for check in checks):
        return None

    def check(name, value):
        if none_allowed and value is None:
            return None
        for attempt in checks[:-1]:
            try:
                return attempt(name, value)
            except ValueError:
                pass
        return checks[-1](name, value)

    return check


def _integer(name, value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        refuse(name, value, "an integer")
    return int(value)


def _callable(name, value):
    return value if callable(value) else refuse(name, value, "callable")


def _array(name, value):
    nothing_masked(name, value)
    try:
        array = np.asarray(value)
        if array.dtype.kind == "c" or isinstance(value, np.ndarray) and array.dtype.kind in "iuf":
            return array
    except (OverflowError, TypeError, ValueError):
        refuse(name, value, "an array of numbers")
    return real_array(name, value, "an array of numbers")


def _instance(cls):
    def check(name, value):
        return value if isinstance(value, cls) else refuse(name, value, f"an instance of {cls.__name__}")

    return check


_SIMPLE = {
    int: _integer,
    bool: lambda name, value: bool(value) if isinstance(value, (bool, np.bool_)) else refuse(name, value, "a bool"),
    str: lambda name, value: value if isinstance(value, str) else refuse(name, value, "a string"),
    np.ndarray: _array,
    os.PathLike: _instance(os.PathLike),
    typing.Any: None,
}


def _sequence(element):
    def check(name, value):
        try:
            values = None if isinstance(value, (str, bytes, Mapping)) else list(value)
        except TypeError:
            values = None
        if values is None:
            refuse(name, value, "a sequence")
        return [element(f"{name}[{i}]", x) for i, x in enumerate(values)] if element else values

    return check


def _fixed(elements):
    sequence = _sequence(None)

    def check(name, value):
        values = sequence(name, value)
        if len(values) != len(elements):
            refuse(name, value, f"a sequence of {len(elements)}")
        return tuple(e(f"{name}[{i}]", x) if e else x for i, (e, x) in enumerate(zip(elements, values, strict=True)))

    return check


def _mapping(key, element):
    def check(name, value):
        if not isinstance(value, Mapping):
            refuse(name, value, "a dict")
        return {key(name, k) if key else k: element(f"{name}[{k!r}]", v) if element else v for k, v in value.items()}

    return check


def _symbolic(cls):
    import sympy as sp  # whoever annotates with it has imported it

    def expression(name, value):
        try:
            read = sp.sympify(value, strict=True)
        except (sp.SympifyError, TypeError, ValueError, AttributeError):
            read = None
        if not isinstance(read, sp.Expr) or read.is_finite is False or read is sp.nan:
            refuse(name, value, "a finite number or a sympy expression")
        return read

    def matrix(name, value):
        try:
            with warnings.catch_warnings(action="error"):  # sympy takes a matrix of anything, and only warns
                read = None if value is None or np.ndim(value) not in (1, 2) else sp.Matrix(value)
        except Exception:  # whatever numpy or sympy raise
            read = None
        if read is None or any(not isinstance(x, sp.Expr) for x in read):
            refuse(name, value, "a matrix of numbers or sympy expressions")
        return read

    return matrix if issubclass(cls, sp.MatrixBase) else expression if issubclass(cls, sp.Expr) else _instance(cls)
