"""Checker cells: `check("ex-model-mean", [0.3, 0.1])` says yes or no, and a hint, but not the answer.

`answers.json` keeps each answer only as salted hashes of its rounded digits, made slow on purpose (PBKDF2). The file
writes itself from the executed solutions: :mod:`tlsbook.answers`.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from math import floor, inf, isfinite, log10, pi
from pathlib import Path

import numpy as np

ANSWERS = Path(__file__).with_name("answers.json")
ROUNDS = 20_000  # of hashing: some milliseconds a try
EMPTY = "# Your solution."
NOTHING = 1e-9  # smaller numbers count as 0: what rounding leaves of it
NEAR_MISSES: dict[str, Callable] = {
    "the sign": lambda x: -x,
    "a factor of 2": lambda x: 2 * x,
    "a factor of 1/2": lambda x: x / 2,
    "a factor of pi": lambda x: pi * x,
    "a factor of 1/pi": lambda x: x / pi,
    "a power of ten": lambda x: x / 100,  # a number in per cent
    "the inverse": lambda x: 1 / x if x else inf,
}


@cache
def _answers() -> dict[str, dict]:
    return json.loads(ANSWERS.read_text("utf8"))


def check(label: str, answer=...) -> None:
    """Print whether the answer to an exercise is right.

    Parameters
    ----------
    label : str
        Of the exercise: "ex-model-mean".
    answer : real number or array_like, optional
        Without it the question is printed.

    Raises
    ------
    ValueError
        If no exercise of that label can be checked, or `answer` is not made of finite real numbers.

    Examples
    --------
    >>> check("ex-random-two", 0.3)
    No. Start from the density of the difference of the two eigenvalues.
    """
    if not isinstance(label, str) or label not in _answers():
        raise ValueError(f"label = {label!r} is not allowed: it must be one of {', '.join(_answers())}")
    record = _answers()[label]
    if answer is ...:
        print(f"To check: {record['asks']}. Put it in the place of the dots.")
        return
    values = real_numbers(answer)
    if len(values) != len(record["hashes"]):
        print(f"No: {len(record['hashes'])} number(s) are asked for. To check: {record['asks']}.")
    elif _right(record, values):
        print("Yes.")
    else:
        near = [words for words, turn in NEAR_MISSES.items() if _right(record, [turn(value) for value in values])]
        print(f"No, but nearly: look for {near[0]}." if near else f"No. {record['hint']}")


def real_numbers(answer) -> list[float]:
    """Return the numbers of an answer in one row.

    Raises
    ------
    ValueError
        If there is none, or one is not finite or not real. A complex number is refused also if its imaginary part is 0.
    """
    try:
        values = [] if np.iscomplexobj(answer) else [float(value) for value in np.ravel(answer)]
    except (TypeError, ValueError, OverflowError):
        values = []
    if not values or not all(map(isfinite, values)):
        raise ValueError(f"answer = {answer!r} is not allowed: it must be a finite real number, or an array of them")
    return values


def cells_to_work_in(label: str) -> list[str]:
    """Return what stands in the place of a solution: an empty cell, and one that checks the answer if it can."""
    checks = f'from tlsbook.check import check\n\ncheck("{label}", ...)'
    return [EMPTY, checks] if label in _answers() else [EMPTY]


def _right(record, values) -> bool:
    """Whether every number, or a neighbour in the last digit that counts, is the one that was hashed."""
    return all(
        any(hashed(key, record["salt"]) == kept for key in keys(value, record["digits"]))
        for value, kept in zip(values, record["hashes"], strict=True)
    )


def keys(value: float, digits: int) -> list[str]:
    """Return the number rounded to so many digits, and its two neighbours, each written in one way only.

    Examples
    --------
    >>> keys(0.0996, 2)
    ['1e-1', '99e-3', '101e-3']
    """
    if not isfinite(value) or abs(value) < NOTHING:
        return ["0"]
    exponent = floor(log10(abs(value))) - digits + 1
    last = round(value / 10.0**exponent)
    return [_canonical(number, exponent) for number in (last, last - 1, last + 1)]


def _canonical(number, exponent):
    while number and number % 10 == 0:
        number, exponent = number // 10, exponent + 1
    return f"{number}e{exponent}"


def hashed(key: str, salt: str) -> str:
    """Return the salted hash of a rounded number."""
    return hashlib.pbkdf2_hmac("sha256", key.encode(), salt.encode(), ROUNDS).hex()[:32]
