"""Labelled results with their provenance: read from `data/` if they are there, computed and kept if asked for."""

from tlsglass.ensembles.curve import Curve
from tlsglass.results.curves import compute_curve, curve, curves
from tlsglass.results.folders import MissingData, data_folder, local_folder
from tlsglass.results.provenance import Provenance, provenance

__all__ = [
    "Curve", "MissingData", "Provenance", "compute_curve", "curve", "curves", "data_folder", "local_folder",
    "provenance",
]  # fmt: skip
