"""What a figure shows of an error: the bars of an `errorbar`, the edges of a `fill_between`."""

import numpy as np
import pytest


@pytest.fixture
def bars():
    """Return a function from a container of error bars to the ends of each, shape (n, 2)."""

    def ends(container):
        (collection,) = container.lines[2]
        return np.array([[segment[0, 1], segment[-1, 1]] for segment in collection.get_segments()])

    return ends


@pytest.fixture
def band():
    """Return a function from a filled band to its edges at the given abscissas, shape (n, 2)."""

    def edges(collection, x):
        vertices = np.concatenate([path.vertices for path in collection.get_paths()])
        found = [vertices[np.isclose(vertices[:, 0], value, rtol=1e-12, atol=0), 1] for value in x]
        return np.array([[y.min(), y.max()] for y in found])

    return edges
