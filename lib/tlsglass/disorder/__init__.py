"""One glass drawn at random: splittings, positions, dipoles, and the couplings that follow from them."""

from tlsglass.disorder.realisations import Disorder, Realisation, draw

__all__ = ["Disorder", "Realisation", "draw"]
