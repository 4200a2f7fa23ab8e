"""Numbers as text."""

import pytest

from tlsbook.numbers import power_of_ten, scientific


@pytest.mark.parametrize(
    "value, digits, text",
    [
        (3.17e-5, 2, "3.2 × 10⁻⁵"),
        (9.97, 2, "1.0 × 10¹"),
        (9.97, 1, "1 × 10¹"),
        (-4.2e12, 1, "−4 × 10¹²"),
        (6e-9, 0, "10⁻⁸"),
        (1.0, 1, "1 × 10⁰"),
        (5e-324, 2, "4.9 × 10⁻³²⁴"),
        (-5e-324, 0, "−10⁻³²³"),
        (1.7976931348623157e308, 3, "1.80 × 10³⁰⁸"),
    ],
)
def test_scientific(value, digits, text):
    assert scientific(value, digits) == text


def test_power_beyond_the_floats():
    assert power_of_ten(-654) == "10⁻⁶⁵⁴"


@pytest.mark.parametrize("value, digits", [(0.0, 1), (float("nan"), 1), (float("inf"), 1), (1.0, -1), (1.0, True)])
def test_bad_input(value, digits):
    with pytest.raises(ValueError, match="is not allowed"):
        scientific(value, digits)
