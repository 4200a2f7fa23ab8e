"""The three scales are those of the systems they come from."""

import numpy as np
import pytest

from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import system
from tlsglass.estimates.scales import time_scales


def test_scales_of_one_realisation_are_those_of_its_system():
    tls = system(draw(Disorder(6), seed=4, k=1), interaction_scale=10.0, dissipation_scale=2.0)
    scales = time_scales(Disorder(6), 2, seed=4, interaction_scale=10.0, dissipation_scale=2.0)
    np.testing.assert_array_equal(scales.frequency[6:], tls.nu)
    np.testing.assert_array_equal(scales.dissipation[6:], tls.Y)
    strongest = [max(abs(tls.J[i, j]) for j in range(6) if j != i) for i in range(6)]
    np.testing.assert_array_equal(scales.interaction[6:], strongest)


def test_artificial_factors_multiply_their_scale_and_nothing_else():
    """Eq. (25); powers of 2, so that the products are exact."""
    plain, scaled = (time_scales(Disorder(5), 3, interaction_scale=a, dissipation_scale=b) for a, b in ((1, 1), (4, 2)))
    np.testing.assert_array_equal(scaled.interaction, 4 * plain.interaction)
    np.testing.assert_array_equal(scaled.dissipation, 2 * plain.dissipation)
    np.testing.assert_array_equal(scaled.frequency, plain.frequency)
    assert np.isclose(scaled.median_ratio, 2 * plain.median_ratio)


def test_share_counts_tls_whose_rate_is_larger():
    scales = time_scales(Disorder(5), 20)
    wins = [y > j for y, j in zip(scales.dissipation, scales.interaction, strict=True)]
    assert scales.share_dissipation_wins == sum(wins) / len(wins)
    assert time_scales(Disorder(5), 20, dissipation_scale=0.0).share_dissipation_wins == 0


def test_dissipation_lies_far_below_the_interactions():
    """Claim of Sec. IV A and IV D, examined: with epsilon = 1 the medians differ by 10^2 to 10^4."""
    scales = time_scales(Disorder(50), 100)
    assert 1e2 < scales.median_ratio < 1e4
    assert 0 < scales.share_dissipation_wins < 0.1


def test_bad_input():
    with pytest.raises(ValueError, match="n_realisations = 0"):
        time_scales(Disorder(5), 0)
