"""What all tests share."""

import matplotlib
import numpy as np
import pytest
from hypothesis import settings

from tlsglass.dynamics import System

matplotlib.use("Agg")  # figures are drawn, never shown
# No deadline, since the first call of a kernel compiles it; the same examples at every run, so that a change is judged
# by what it changes.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def random_system():
    """Return a function that draws a system in which every number is random, of order 1 times its scale."""

    def draw(n, seed, J=1.0, Y=0.0, f=0.0):
        rng = np.random.default_rng(seed)
        upper = np.triu(rng.normal(scale=J, size=(n, n)), 1)
        return System(
            upper + upper.T, Y * rng.random(n), f * rng.random(n), rng.normal(size=n),
            rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n),
        )  # fmt: skip

    return draw


@pytest.fixture
def empty_library(tmp_path, monkeypatch):
    """Let the library find no data and no results; return the folders in which it then puts them."""
    data, kept = tmp_path / "data", tmp_path / "kept"
    monkeypatch.setenv("TLSGLASS_DATA", str(data))
    monkeypatch.setenv("TLSGLASS_CACHE", str(kept))
    return data, kept
