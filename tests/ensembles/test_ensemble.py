"""What an ensemble allows is what every one of its systems allows: averages look at no system one by one."""

import dataclasses

import numpy as np
import pytest

from tlsglass.disorder import Disorder
from tlsglass.disorder.realisations import (
    LARGEST_AMPLITUDE,
    LARGEST_ELONGATION,
    LARGEST_SCALE,
    LARGEST_SPAN,
    draw_many,
)
from tlsglass.dynamics import System
from tlsglass.dynamics.states import system_arrays
from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.ensemble import MATERIALS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("interaction_scale", 1e200), ("dissipation_scale", 1e200), ("temperature", 1e90), ("temperature", 1e300),
        ("n_delta", 400), ("delta_bar", 1e200), ("elongation", 1e100), ("elongation", 1e-100),
    ],
)  # fmt: skip
def test_what_no_system_allows_is_refused_by_name(name, value):
    with pytest.raises(ValueError, match=f"^{name} = .* is not allowed"):
        Ensemble(4, **{name: value})
    if name in {field.name for field in dataclasses.fields(Disorder)}:
        with pytest.raises(ValueError, match=f"^{name} = .* is not allowed"):
            Disorder(4, **{name: value})


@pytest.mark.parametrize("material", MATERIALS)
@pytest.mark.parametrize("elongation", [1.0, LARGEST_ELONGATION, 1 / LARGEST_ELONGATION])
def test_the_largest_parameters_give_systems(material, elongation):
    """Stronger than any pair that can be drawn: one step of the random numbers apart, with dipoles of many sigma."""
    ensemble = Ensemble(
        2, LARGEST_AMPLITUDE, LARGEST_SPAN, LARGEST_SCALE, LARGEST_SCALE, LARGEST_SCALE,
        material=material, elongation=elongation, prefactor="corrected",
    )  # fmt: skip
    samples = draw_many(ensemble.disorder, 0, 0, 1, MATERIALS[material])
    step = np.min(ensemble.disorder.side) * 2.0**-53
    closest = {
        "asymmetry": np.ones((1, 2)), "tunnelling": np.array([[1e16, 0.0]]), "contraction": 1e3 * np.ones((1, 2, 2)),
        "trace_d2": 1e4 * np.ones((1, 2)), "positions": np.array([[[0.0, 0.0, 0.0], [0.0, 0.0, step]]]),
    }  # fmt: skip
    for kind in (samples, samples | closest, samples | closest | {"tunnelling": np.zeros((1, 2))}):
        scales = (ensemble.interaction_scale, ensemble.dissipation_scale, ensemble.temperature, ensemble.prefactor)
        arrays = system_arrays(kind, *scales, MATERIALS[material])
        System(**{name: value[0] for name, value in arrays.items()})


def test_temperature_is_limited_by_the_smallest_splitting():
    """Without tunnelling, and with many small asymmetries, the Bose occupation may be anything."""
    smallest = 2.0 * 2.0**-530  # the smallest random number but 0, to the power 10
    highest = 1e75 * smallest
    Ensemble(4, 0.0, asymmetry_exponent=0.1, temperature=highest)
    with pytest.raises(ValueError, match="temperature = .* is not allowed: .* at most"):
        Ensemble(4, 0.0, asymmetry_exponent=0.1, temperature=1.01 * highest)
    assert Ensemble(4, asymmetry_exponent=0.1, temperature=1.0).temperature == 1
