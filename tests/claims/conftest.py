"""Curves whose answers are known, in place of the committed tables."""

import numpy as np
import pytest

from tlsglass.claims import isolated
from tlsglass.ensembles import CONCURRENCE, Curve
from tlsglass.ensembles.experiments.isolated import HISTORY


@pytest.fixture(scope="session")
def curve():
    """Return a function that makes a curve without scatter, or with blocks that scatter by given factors."""

    def make(ensemble, mean, time=HISTORY, factors=None):
        factors = np.ones(20) if factors is None else factors
        return Curve(ensemble, CONCURRENCE, time, mean, 1e-2 * mean, factors[:, None] * mean, 100, 1.0)

    return make


@pytest.fixture
def committed(monkeypatch):
    """Return a function that says which curves a figure has; no other figure has any."""
    tables = {}
    monkeypatch.setattr(isolated, "_committed", lambda figure, folder: tables.get(figure))
    return tables.__setitem__
