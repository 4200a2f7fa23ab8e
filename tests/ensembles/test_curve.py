"""Curves and weighted pairs hold arrays that fit each other, of finite real numbers."""

import dataclasses

import numpy as np
import pytest

from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.weak_pairs import WeakPairEnsemble

TIME = np.arange(3.0)
CURVE = Curve(Ensemble(4), CONCURRENCE, TIME, TIME, TIME, np.ones((20, 3)), 40, 1.0, first=np.ones((5, 3)))
PAIRS = WeakPairEnsemble(6, n_pairs=4).realisation(0)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("time", np.zeros((3, 1)), r"a finite real array of shape \(n,\)"),
        ("time", np.array([0.0, -1.0, 2.0]), "one or more finite times >= 0"),
        ("mean", np.zeros(5), r"a finite real array of shape \(3,\)"),
        ("mean", np.zeros(3, complex), r"a finite real array of shape \(3,\)"),
        ("mean", np.full(3, np.nan), r"a finite real array of shape \(3,\)"),
        ("stderr", np.zeros(2), r"a finite real array of shape \(3,\)"),
        ("stderr", np.zeros((3, 1)), r"a finite real array of shape \(3,\)"),
        ("blocks", np.zeros((7, 1)), r"a finite real array of shape \(n, 3\)"),
        ("blocks", np.zeros((0, 3)), r"a finite real array of shape \(n, 3\)"),
        ("first", np.zeros(3), r"a finite real array of shape \(n, 3\)"),
        ("n_realisations", -5, "an integer >= 2"),
        ("n_realisations", 1, "an integer >= 2"),
        ("run_time_s", -1.0, "a finite number >= 0"),
    ],
)
def test_bad_curve(name, value, allowed):
    with pytest.raises(ValueError, match=f"(?s){name} = .* is not allowed: it must be {allowed}"):
        dataclasses.replace(CURVE, **{name: value})


@pytest.mark.parametrize(
    ("name", "value", "shape"),
    [
        ("J", PAIRS.J[:, :1], r"\(n, 2, n\)"),
        ("J", PAIRS.J.astype(complex), r"\(n, 2, n\)"),
        ("J", PAIRS.J[0], r"\(n, 2, n\)"),
        ("Y", PAIRS.Y[:, :5], r"\(4, 6\)"),
        ("occupation", PAIRS.occupation[:3], r"\(4, 6\)"),
        ("polarisation", np.full((4, 6), np.nan), r"\(4, 6\)"),
        ("weight", PAIRS.weight[:, None], r"\(4,\)"),
        ("weight", PAIRS.weight[:3], r"\(4,\)"),
    ],
)
def test_bad_pairs(name, value, shape):
    with pytest.raises(
        ValueError, match=f"(?s){name} = .* is not allowed: it must be a finite real array of shape {shape}"
    ):
        dataclasses.replace(PAIRS, **{name: value})
