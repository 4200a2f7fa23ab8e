"""Observables of half systems are those of the entanglement room, per TLS."""

import numpy as np
import pytest

from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.half_systems import ENTROPY, MUTUAL_INFORMATION, NEGATIVITY, RENYI2
from tlsglass.entanglement import bubbles

TIMES = np.array([0.1, 10.0])


@pytest.mark.parametrize(
    ("observable", "function"),
    [
        (ENTROPY, bubbles.half_system_entropy),
        (NEGATIVITY, bubbles.half_system_negativity),
        (MUTUAL_INFORMATION, bubbles.half_system_mutual_information),
        (RENYI2, bubbles.estimated_renyi2),
    ],
)
def test_per_tls(observable, function):
    systems = [Ensemble(4).realisation(k) for k in range(2)]
    expected = [function(tls, TIMES) / 4 for tls in systems]
    np.testing.assert_array_equal(observable.of(systems, TIMES), expected)


def test_a_bar_is_an_ensemble():
    tls = Ensemble(16, elongation=2.0).realisation(0)
    assert tls.distance.max() <= np.linalg.norm([1.0, 1.0, 2.0])  # half the sides of a 2 x 2 x 4 box
    assert tls.distance.max() > np.sqrt(3) / 2 * 16 ** (1 / 3)  # more than a cube of 16 has
