"""Disorder averages over many realisations: seeds, batches, kills, and the experiments behind the figures."""

from tlsglass.ensembles.averages import average
from tlsglass.ensembles.curve import Curve
from tlsglass.ensembles.ensemble import Ensemble
from tlsglass.ensembles.observables import CONCURRENCE, Observable

__all__ = ["CONCURRENCE", "Curve", "Ensemble", "Observable", "average"]
