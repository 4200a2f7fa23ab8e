"""The claim f_T ~ 0 of Sec. III B, for the glasses of Table I."""

import numpy as np
import pytest

from tlsglass.derivations.bath_temperature import active_fraction, log10_occupation
from tlsglass.disorder.couplings import bose_occupation
from tlsglass.glass.materials import GLASSES
from tlsglass.glass.units import BOLTZMANN


def test_logarithm_of_bose_einstein():
    for x in (0.01, 1.0, 30.0):
        exact = np.log10(bose_occupation(np.array(x), 1.0))
        assert np.isclose(log10_occupation(x * BOLTZMANN * 2.0, 2.0), exact, rtol=1e-12)


def test_hardly_any_phonon_at_hbar_nu_equal_W():
    for glass in GLASSES.values():
        assert log10_occupation(glass.W, 1.0) < -100


def test_active_fraction_against_a_sample():
    glass, temperature = GLASSES["PMMA"], 1.0
    splitting = 2 * glass.W * np.random.default_rng(1).random(400_000)
    f = 1 / np.expm1(splitting / (BOLTZMANN * temperature))
    expected = active_fraction(glass, temperature)
    assert abs((f > 0.01).mean() - expected) < 4 * np.sqrt(expected / f.size)  # four standard errors, fixed seed
    assert active_fraction(glass, 1e9) == 1.0


def test_active_fraction_where_one_phonon_is_there_on_average():
    """f = 1 at hbar nu = k_B T ln 2, far from the classical tail."""
    glass = GLASSES["BK7"]
    assert active_fraction(glass, 2.0, 1.0) == pytest.approx(np.log(2) * BOLTZMANN * 2.0 / (2 * glass.W), rel=1e-14)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: log10_occupation(-1.0, 1.0), "energy = -1.0"),
        (lambda: log10_occupation(1.0, 0.0), "temperature = 0.0"),
        (lambda: active_fraction(GLASSES["BK7"], 1.0, 0.0), "occupation = 0.0"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
