"""What annotations say is checked: the argument is named, and numbers of every kind are taken as numbers."""

import copy
import dataclasses
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from tlsglass._signatures import Value, checked
from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import system

UNIT = sp.eye(1)


@checked
def echo(
    x: float = 0.0, n: int = 0, flag: bool = False, word: str = "", array: np.ndarray = 0, maybe: float | None = None,
    pair: tuple[float, float] = (0, 0), many: list[int] = (), table: dict[str, float] = {},  # noqa: B006
    act: Callable = len, expression: sp.Expr = 0, matrix: sp.Matrix = UNIT, names: Sequence[str] = (), free=None,
):  # fmt: skip
    return locals()


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("x", 10**20, 1e20), ("x", Fraction(1, 4), 0.25), ("x", sp.Rational(1, 4), 0.25), ("x", np.float32(2), 2.0),
        ("n", np.int8(3), 3), ("n", sp.Integer(3), 3), ("flag", np.True_, True), ("maybe", None, None),
        ("maybe", 2, 2.0), ("pair", [1, 2], (1.0, 2.0)), ("many", (i for i in (1, 2)), [1, 2]),
        ("table", {"a": Fraction(1, 2)}, {"a": 0.5}), ("expression", 2, sp.Integer(2)), ("names", ("a",), ["a"]),
        ("matrix", [[1, 2]], sp.Matrix([[1, 2]])), ("free", "anything", "anything"),
    ],
)  # fmt: skip
def test_taken_and_converted(name, given, taken):
    found = echo(**{name: given})[name]
    assert found == taken and type(found) is type(taken)


def test_arrays():
    np.testing.assert_array_equal(echo(array=[[1, 2]])["array"], [[1.0, 2.0]])
    assert echo(array=[1j])["array"].dtype == complex
    assert echo(array=[Fraction(1, 2), 10**30])["array"].dtype == float


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("x", 10**400, r"x = 1000.* \.\.\. is not allowed"), ("x", "1", "x = '1'"), ("x", True, "x = True"),
        ("x", sp.pi, "x = pi"), ("x", np.nan, "x = nan"), ("n", 1.0, "n = 1.0"),
        ("flag", 1, "flag = 1"), ("word", None, "word = None"), ("array", "text", "array = 'text'"),
        ("array", [[1], [1, 2]], "array = "), ("array", [None], r"array = \[None\]"), ("pair", (1, 2, 3), "pair = "),
        ("pair", (1, "2"), r"pair\[1\] = '2'"), ("many", [1, 2.5], r"many\[1\] = 2.5"), ("many", "12", "many = '12'"),
        ("table", {"a": None}, r"table\['a'\] = None"), ("table", [1], "table = "), ("act", 3, "act = 3"),
        ("expression", "x", "expression = 'x'"), ("expression", np.inf, "expression = inf"),
        ("matrix", 3, "matrix = 3"), ("matrix", "ab", "matrix = 'ab'"), ("names", "ab", "names = 'ab'"),
    ],
)  # fmt: skip
def test_refused_by_name(name, given, said):
    with pytest.raises(ValueError, match=f"{said}.*"):
        echo(**{name: given})


def test_a_number_that_cannot_even_be_shown():
    with pytest.raises(ValueError, match="x = <int> is not allowed"):
        echo(x=10**5000)


def test_missing_and_unknown_arguments_are_named_too():
    one = checked(lambda value: value)
    with pytest.raises(TypeError, match="'value'"):
        one()
    with pytest.raises(TypeError, match="'other'"):
        echo(other=1)


@dataclass(frozen=True, eq=False)
class Point(Value):
    x: np.ndarray
    name: str = ""


def test_values_compare_by_what_they_hold():
    a, same, other = Point([1.0, 0.0]), Point(np.array([1, -0.0])), Point([1.0, 0.5])
    assert a == same and hash(a) == hash(same) and a in [other, same]
    assert a != other and a != Point([1.0, 0.0], "b") and a != 3 and a != Point([[1.0, 0.0]])
    assert len({a, same, other}) == 2
    assert copy.deepcopy(a) == a == pickle.loads(pickle.dumps(a))
    assert dataclasses.replace(a, name="b").x is not a.x


def test_arrays_of_values_cannot_be_written_and_are_copies():
    mine = np.array([1.0, 2.0])
    point = Point(mine)
    mine[0] = -5
    assert point.x[0] == 1.0 and mine.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        point.x[0] = 3.0
    tls = system(draw(Disorder(4), 0, 0))
    with pytest.raises(ValueError, match="read-only"):
        tls.Y[0] = -5
    assert tls == system(draw(Disorder(4), 0, 0)) != system(draw(Disorder(4), 0, 1))
    assert all(array.flags.writeable for array in tls.for_kernels)
    for again in (copy.copy(tls), copy.deepcopy(tls), pickle.loads(pickle.dumps(tls))):
        with pytest.raises(ValueError, match="read-only"):
            again.Y[0] = -5


@pytest.mark.parametrize("dtype", [float, int, complex])
def test_masked_arrays_are_refused_by_name(dtype):
    @checked
    def total(array: np.ndarray):
        return array.sum()

    assert total(np.ma.ones(3, dtype)) == 3
    with pytest.raises(ValueError, match="array = .* without masked entries"):
        total(np.ma.array(np.ones(3, dtype), mask=[True, False, False]))
