"""Labelled results with their provenance: read from `data/` if they are there, computed and kept if not."""

from tlsglass.results.curves import Curve, Provenance, compute, curve, curves, provenance
from tlsglass.results.folders import data_folder, local_folder

__all__ = ["Curve", "Provenance", "compute", "curve", "curves", "data_folder", "local_folder", "provenance"]
