"""What the claims about random states compute, from a table whose answers are known."""

import numpy as np
import pandas as pd
import pytest

from tlsglass.claims import random_states as claims


@pytest.fixture
def table(monkeypatch):
    """A table in which `-ln<C> = 0.2 * 2^(1.1 N)` for whole states of 4 to 7 spins, and other laws for all others."""
    rows = [("states", n, 0.2 * 2 ** (1.1 * n)) for n in (4, 5, 6, 7)]
    rows += [("states", n, 9.0 * n) for n in (2, 3, 8)] + [("tilted", n, 2.0**n) for n in range(4, 10)]
    frame = pd.DataFrame(rows, columns=["method", "n_tls", "minus"])
    frame["log_concurrence"] = -frame.pop("minus")
    monkeypatch.setattr(claims.tables, "find", lambda folder, name: {})
    monkeypatch.setattr(claims.random_states, "read", lambda: frame)


def test_line_of_the_paper(table):
    assert claims.fitted_slope().value == pytest.approx(1.1, abs=1e-10)
    assert claims.fitted_constant().value == pytest.approx(0.2, rel=1e-10)


def test_exact_constant():
    """`(16/27)^K` with `K = 2^N / 4` is `exp(-a 2^N)`."""
    assert np.exp(-claims.exact_constant().value * 2**10) == pytest.approx((16 / 27) ** 2**8, rel=1e-9)
