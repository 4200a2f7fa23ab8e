"""Kernels that only other kernels call, made callable from the tests."""

import numba
import pytest


@pytest.fixture(scope="session")
def from_python():
    """Return a function that wraps a kernel in one that can be called from Python."""
    made = {}

    def wrap(kernel):
        if kernel not in made:
            made[kernel] = numba.njit(lambda *arguments: kernel(*arguments))
        return made[kernel]

    return wrap
