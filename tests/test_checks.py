"""The argument checks: every refusal is a ValueError that names the argument and what is allowed."""

import numpy as np
import pytest
import sympy

from tlsglass import _checks

NUMBERS = {
    "positive": (_checks.positive, [1, 0.5, np.float64(3), np.int64(2)], [0, -1, np.nan, np.inf, "1", None, True, 1j]),
    "non_negative": (_checks.non_negative, [0, 2.5], [-1e-300, np.nan, np.inf, "0", None, False]),
}


@pytest.mark.parametrize(("check", "good", "bad"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(check, good, bad):
    for value in good:
        assert check("x", value) == value
        assert isinstance(check("x", value), float)
    for value in bad:
        with pytest.raises(ValueError, match="x = .* is not allowed: it must be"):
            check("x", value)


def test_integer():
    assert _checks.integer("n", np.int64(3), at_least=3) == 3
    for bad in (2, 3.0, "3", None, True):
        with pytest.raises(ValueError, match="n = .* an integer >= 3"):
            _checks.integer("n", bad, at_least=3)


def test_one_of():
    assert _checks.one_of("kind", "a", {"a": 1, "b": 2}) == "a"
    for bad in ("c", None, ["a"]):
        with pytest.raises(ValueError, match="kind = .* one of 'a', 'b'"):
            _checks.one_of("kind", bad, {"a": 1, "b": 2})


def test_times():
    np.testing.assert_array_equal(_checks.times("t", 2), [2.0])
    np.testing.assert_array_equal(_checks.times("t", [0, 1]), [0.0, 1.0])
    for bad in ([], -1, [0, np.nan], [[1.0]], "soon", [1j], [[1], [1, 2]], None):
        with pytest.raises(ValueError, match="t = .*finite times >= 0"):
            _checks.times("t", bad)


def test_finite_array():
    assert _checks.finite_array("a", [1, 2], (2,)).dtype == float
    for bad in ([1.0], [1.0, np.inf], [1j, 0], ["1", "2"], None):
        with pytest.raises(ValueError, match="a = .*shape \\(2,\\)"):
            _checks.finite_array("a", bad, (2,))


def test_symmetric_tensor():
    np.testing.assert_array_equal(_checks.symmetric_tensor("D", sympy.eye(3)), np.eye(3))
    assert _checks.symmetric_tensor("D", np.zeros((3, 3))).shape == (3, 3)
    rounded = np.ones((3, 3))
    rounded[0, 1] += 1e-15
    _checks.symmetric_tensor("D", rounded)
    visible = np.ones((3, 3))
    visible[0, 1] += 1e-6
    for bad in (np.eye(2), visible, np.full((3, 3), np.nan), np.triu(np.ones((3, 3))), "D", 1.0, 1j * np.eye(3)):
        with pytest.raises(ValueError, match=r"(?s)D = .*symmetric array of shape \(3, 3\)"):
            _checks.symmetric_tensor("D", bad)


def test_upper_bounds():
    assert _checks.positive("x", 3, 3.0) == _checks.non_negative("x", 3, 3.0) == 3
    for check in (_checks.positive, _checks.non_negative):
        with pytest.raises(ValueError, match="x = 4 is not allowed: .*, at most 3"):
            check("x", 4, 3.0)


def test_numbers_under_a_mask_are_no_data():
    hidden = np.ma.array([1.0, 2.0], mask=[False, True])
    for check in (lambda x: _checks.real_array("a", x), lambda x: _checks.times("a", x)):
        np.testing.assert_array_equal(check(np.ma.array([1.0, 2.0])), [1, 2])  # nothing is hidden
        with pytest.raises(ValueError, match="a = .* is not allowed: it must be an array without masked entries"):
            check(hidden)
