"""Samples follow the laws that they are drawn from, and no others."""

import numpy as np
import pytest

from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.laws import kolmogorov_smirnov, laws

ALL = {"asymmetry", "log tunnelling", "positions", "polar angle", "azimuth", "contraction", "trace"}
CASES = {
    "sphere": (dict(), set()),
    "angle": (dict(initial_state="angle"), set()),
    "thermal": (dict(initial_state="thermal", temperature=1.0), {"polar angle"}),
    "steep": (dict(asymmetry_exponent=2.0), set()),
    "flat": (dict(asymmetry_exponent=0.5), set()),
    "gaussian dipoles": (dict(dipoles="gaussian"), {"contraction"}),
    "dipoles of the paper": (dict(dipoles="paper"), {"contraction"}),
    "fixed dipoles": (dict(dipoles="fixed"), {"contraction", "trace"}),
    "bar": (dict(elongation=8.0), set()),
}


@pytest.mark.parametrize(("options", "lawless"), CASES.values(), ids=CASES)
def test_a_sample_follows_the_laws_of_its_disorder(options, lawless):
    disorder = Disorder(1000, **options)
    p = kolmogorov_smirnov(draw(disorder, seed=2, k=0), disorder)
    assert set(p) == ALL - lawless
    assert min(p.values()) > 1e-4  # of 7 numbers, fixed seed


@pytest.mark.parametrize(
    ("drawn", "other", "differs"),
    [
        (dict(), dict(delta_bar=0.2), "log tunnelling"),
        (dict(), dict(initial_state="angle"), "polar angle"),
        (dict(initial_state="angle"), dict(), "polar angle"),
        (dict(asymmetry_exponent=2.0), dict(), "asymmetry"),
        (dict(dipoles="gaussian"), dict(dipoles="paper"), "trace"),
        (dict(), dict(dipoles="gaussian"), "trace"),
        (dict(elongation=8.0), dict(), "positions"),
    ],
)
def test_a_sample_fails_another_law(drawn, other, differs):
    p = kolmogorov_smirnov(draw(Disorder(1000, **drawn), seed=2, k=0), Disorder(1000, **other))
    assert p[differs] < 1e-8
    assert min(x for name, x in p.items() if name not in (differs, "contraction")) > 1e-4


def test_laws_by_hand():
    known = laws(Disorder(8, 0.1, 2.0, asymmetry_exponent=3.0, dipoles="gaussian"))
    assert known["asymmetry"].cdf(0.5) == pytest.approx(1 / 8)
    assert known["tunnelling"].support() == pytest.approx((0.01, 1.0))
    assert known["tunnelling"].cdf(0.1) == pytest.approx(0.5)
    assert known["polarisation"].cdf(0.5) == pytest.approx(0.75)
    assert laws(Disorder(8, initial_state="angle"))["polarisation"].cdf(0.5) == pytest.approx(2 / 3)  # theta > pi/3
    assert known["azimuth"].cdf(np.pi) == pytest.approx(0.5)
    assert known["trace_d2"].mean() == pytest.approx(1)
    assert known["trace_d2"].var() == pytest.approx(2 / 5)  # of five squares, each with variance 2/25


def test_without_tunnelling_there_is_no_law():
    with pytest.raises(ValueError, match="delta_bar = 0"):
        kolmogorov_smirnov(draw(Disorder(8), 0, 0), Disorder(8, 0.0))
