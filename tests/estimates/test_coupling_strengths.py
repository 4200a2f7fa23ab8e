"""`gamma_L`, `gamma_T` of a dipole: against the symbolic angular averages, and there and back again."""

import numpy as np
import pytest
import sympy as sp

from tlsglass.derivations import dissipation_rate
from tlsglass.estimates.coupling_strengths import MEASURED, dipole_from_measured, implied_couplings
from tlsglass.glass.materials import GLASSES, glass
from tlsglass.glass.units import MILLI_ELECTRONVOLT


@pytest.mark.parametrize("diagonal", [(1, -1, 0), (1, 1, 1), (0, 0, 1), (2, -1, 3)])
def test_against_the_derived_weights(diagonal):
    """The two branches enter the exact rate with the weights `A_L`, `A_T`; the textbook has gamma_L^2, 2 gamma_T^2."""
    D = sp.diag(*diagonal)
    square, isotropic = sum(x * x for x in diagonal), sum(diagonal) ** 2 / (3 * sum(x * x for x in diagonal))
    g = glass("BK7")
    gamma_L, gamma_T = implied_couplings(g, isotropic, square)
    A_L, A_T = (float(dissipation_rate.weight(D, branch)) for branch in "LT")
    assert (gamma_L / g.gamma) ** 2 == pytest.approx(A_L, rel=1e-12)
    assert 2 * (gamma_T / g.gamma) ** 2 == pytest.approx(A_T, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", GLASSES)
def test_there_and_back(name):
    size, isotropic = dipole_from_measured(name)
    back = implied_couplings(glass(name), isotropic, (size / glass(name).gamma) ** 2)
    np.testing.assert_allclose(back, MEASURED[name], rtol=1e-12)


@pytest.mark.parametrize("name", GLASSES)
def test_table_one_is_about_the_mean_of_the_measured_ones(name):
    """Which is what its gamma is: not that of a dipole with Tr D^2 = 1."""
    gamma_L, gamma_T = MEASURED[name]
    assert glass(name).gamma == pytest.approx((gamma_L + gamma_T) / 2, rel=0.15)
    assert max(implied_couplings(glass(name))) < gamma_T / 2


def test_measured_values_are_in_joule():
    assert MEASURED["SiO2"][0] == pytest.approx(1040 * MILLI_ELECTRONVOLT)


def test_bad_arguments():
    with pytest.raises(ValueError, match="isotropic = 1.5 is not allowed"):
        implied_couplings(glass("SiO2"), 1.5)
    with pytest.raises(ValueError, match="name = 'window' is not allowed"):
        dipole_from_measured("window")
