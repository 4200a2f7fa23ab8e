"""The units: SI values that anybody can look up, and refusals."""

import math

import pytest

from tlsglass.glass.units import BOLTZMANN, HBAR, MILLI_ELECTRONVOLT, NANOMETRE, NaturalUnits


def test_constants_are_the_si_ones():
    # The defining constants of the SI (2019), exact.
    assert math.isclose(HBAR, 6.62607015e-34 / (2 * math.pi), rel_tol=1e-15)
    assert BOLTZMANN == 1.380649e-23
    assert math.isclose(MILLI_ELECTRONVOLT, 1.602176634e-22, rel_tol=1e-15)
    assert NANOMETRE == 1e-9


def test_natural_units_of_the_simulations():
    units = NaturalUnits(energy=100 * MILLI_ELECTRONVOLT, length=NANOMETRE)
    # hbar = 0.6582 eV fs and 1 eV = 11604.5 K, to the digits given.
    assert units.time == pytest.approx(6.582e-15, rel=1e-4)
    assert units.temperature == pytest.approx(1160.45, rel=1e-5)


@pytest.mark.parametrize("bad", [0, -1.0, math.nan, math.inf, "1", None, True])
@pytest.mark.parametrize("argument", ["energy", "length"])
def test_units_refuse(argument, bad):
    with pytest.raises(ValueError, match=f"{argument} = .* is not allowed"):
        NaturalUnits(**{"energy": 1.0, "length": 1.0, argument: bad})
