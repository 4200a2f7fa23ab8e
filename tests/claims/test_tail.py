"""What the claims about the tail compute, on curves whose answers are known."""

import numpy as np
import pytest

from tlsglass.claims import tail as claims
from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.weak_pairs import WeakPairEnsemble

T = np.logspace(-0.7, 4, 48)


def test_late_over_fitted(committed, curve):
    """Only N = 80 with the plain disorder counts, and of it only t = 10 to 3000."""
    inside = (T >= 10 * (1 - 1e-9)) & (T <= 3000)
    tail = np.where(inside, T**-3.0, 1e-3)
    others = [WeakPairEnsemble(20), WeakPairEnsemble(80, asymmetry_exponent=0.5)]
    others += [WeakPairEnsemble(80, dissipation_scale=1.0)]
    committed("tail", [curve(e, T**-1.0, T) for e in others] + [curve(WeakPairEnsemble(80), tail, T)])
    committed("fig04", [curve(Ensemble(50), T**-1.0, T), curve(Ensemble(60), T**-4.0, T)])
    assert claims.late_over_fitted().value == pytest.approx(0.75, abs=1e-10)


def test_materials_and_dipoles(committed, curve):
    """Mean exponents over the first 1.6 decades; after them every curve falls as 1/t."""
    end = T[0] * 10**claims.DECADES

    def falling(beta, **parameters):
        return curve(WeakPairEnsemble(50, **parameters), np.minimum(T, end) ** (1 - beta) / T, T)

    exponents = {"SiO2": 2.0, "BK7": 2.5, "PMMA": 3.0}
    curves = [falling(9.0, material="SiO2")]  # the numbers of Sec. IV A, no dipoles
    curves += [falling(beta, material=name, dipoles="gaussian") for name, beta in exponents.items()]
    curves += [falling(1.6, material="SiO2", dipoles="paper"), falling(4.0, material="SiO2", dipoles="fixed")]
    committed("glasses_tail", curves)
    assert claims.other_material("BK7").value == pytest.approx(1.25, abs=1e-10)
    assert claims.other_material("PMMA").value == pytest.approx(1.5, abs=1e-10)
    assert claims.other_dipoles("gaussian").value == pytest.approx(1.25, abs=1e-10)
    assert claims.other_dipoles("fixed").value == pytest.approx(2.5, abs=1e-10)


def test_without_data_nothing_is_claimed(committed):
    for claim in claims.CLAIMS:
        assert claim.values() == [None] * len(claim.cases)
