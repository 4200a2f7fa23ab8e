"""What the claims about Figs. 4-6 compute, on curves whose answers are known."""

import numpy as np
import pytest

from tlsglass.analysis.exponents import Estimate
from tlsglass.analysis.isolated import far_pair_coefficient
from tlsglass.claims import isolated as claims
from tlsglass.ensembles import Ensemble
from tlsglass.ensembles.experiments.isolated import HISTORY

T = HISTORY


def test_rise(committed, curve):
    committed("fig04", [curve(Ensemble(20), T**3.0), curve(Ensemble(50), 0.3 * T**1.25)])
    assert claims.rise_exponent().value == pytest.approx(1.25, abs=1e-12)


def test_rise_logarithm(committed, curve):
    ensemble = Ensemble(50)
    c_1 = 1.5 * far_pair_coefficient(ensemble)
    committed("fig04", [curve(ensemble, T * (c_1 * np.log(1 / T) + 20 * c_1))])
    assert claims.rise_logarithm().value == pytest.approx(1.5, abs=1e-10)


def test_maximum(committed, curve):
    bump = np.exp(-(np.log(T / T[30]) ** 2))
    committed("fig04", [curve(Ensemble(n), height * bump) for n, height in ((10, 0.2), (20, 0.25), (60, 0.3))])
    ratio = claims.maximum_ratio("N = 60 over N = 20")
    assert ratio.value == pytest.approx(1.2, abs=1e-12)
    assert ratio.stderr == pytest.approx(1.2 * 1e-2 * np.sqrt(2), rel=1e-12)  # two means, each known to a hundredth
    assert claims.maximum_ratio("N = 60 over N = 10").value == pytest.approx(1.5, abs=1e-12)


def test_ratio_to_and_of_zero():
    assert claims.ratio(Estimate(0.0, 0.3), Estimate(2.0, 0.1)) == Estimate(0.0, 0.15)
    with pytest.raises(ValueError, match="b = "):
        claims.ratio(Estimate(1.0, 0.1), Estimate(0.0, 0.1))


def test_time_of_the_maximum(committed, curve):
    """`4 J t` with the median over TLSs of the strongest coupling: sampled here from other realisations."""
    ensemble = Ensemble(50)
    committed("fig04", [curve(ensemble, np.exp(-(np.log(T / T[20]) ** 2)))])
    strongest = [np.abs(ensemble.realisation(k).J).max(axis=1) for k in range(1000, 1100)]
    medians = [np.median(sample) for sample in strongest]
    error = 1.25 * np.std(medians) / np.sqrt(len(medians)) * np.sqrt(2)  # of either median over a hundred samples
    expected = 4 * T[20]
    assert claims.maximum_time().value == pytest.approx(expected * np.median(strongest), abs=4 * expected * error)


def test_exponents(committed, curve):
    committed("fig04", [curve(Ensemble(n), 0.1 * T**-beta) for n, beta in ((30, 2.0), (60, 2.5))])
    assert claims.exponent_with_size().value == pytest.approx(1.25, abs=1e-12)
    curves = [curve(Ensemble(50, delta_bar=d), 0.1 * T**-beta) for d, beta in ((1.0, 2.0), (0.3, 2.3), (0.1, 2.9))]
    real = curve(Ensemble(50, delta_bar=0.3, n_delta=8.0), T**-9.0)  # the disorder of a glass is another series
    committed("fig05", [*curves, real])
    assert claims.exponent_with_tunnelling("1 → 0.3").value == pytest.approx(0.3, abs=1e-12)
    assert claims.exponent_with_tunnelling("0.3 → 0.1").value == pytest.approx(0.6, abs=1e-12)


def test_plateau(committed, curve):
    late = np.array([1e9])
    bent = [
        curve(Ensemble(n), np.array([np.exp(-0.5 * n if n <= 8 else -4 - 0.9 * (n - 8))]), late) for n in range(4, 15)
    ]
    committed("fig06a", bent)
    assert claims.plateau_decay("N = 4 to 8").value == pytest.approx(0.5, abs=1e-12)
    assert claims.plateau_decay("N = 10 to 14").value == pytest.approx(0.9, abs=1e-12)
    # a straight line through both pieces: by hand, from the sums of the least squares
    n = np.arange(4, 13)
    y = np.where(n <= 8, 0.5 * n, 4 + 0.9 * (n - 8))
    slope = ((n - n.mean()) * y).sum() / ((n - n.mean()) ** 2).sum()
    assert claims.plateau_decay("N = 4 to 12").value == pytest.approx(slope, abs=1e-12)


def test_plateau_over_random_states(committed, curve):
    """Six Haar-random qubits: `5/2` times the concurrence of a pair, sampled here with another generator."""
    committed("fig06a", [curve(Ensemble(6), np.array([0.3]), np.array([1e9]))])
    rng, flip = np.random.default_rng(99), np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))
    psi = rng.standard_normal((60_000, 4, 16)) + 1j * rng.standard_normal((60_000, 4, 16))
    rho = psi @ psi.conj().swapaxes(1, 2) / np.linalg.norm(psi, axis=(1, 2))[:, None, None] ** 2
    roots = np.sqrt(np.abs(np.linalg.eigvals(rho @ flip @ rho.conj() @ flip)))  # Wootters' formula, full rank
    values = 2.5 * np.maximum(0.0, 2 * roots.max(axis=1) - roots.sum(axis=1))
    random_state, error = values.mean(), values.std() / np.sqrt(len(values))
    ours = claims.plateau_over_random()
    assert ours.value == pytest.approx(0.3 / random_state, rel=4 * error / random_state + 4 * ours.stderr / ours.value)
    assert 4 * error / random_state < 0.3  # five qubits instead of six would change it several times over


def test_without_data_nothing_is_claimed(committed, curve):
    assert claims.rise_exponent() is None
    assert claims.plateau_decay("N = 4 to 8") is None
