"""Two-level systems in glasses: disorder, exact dynamics, entanglement, and the figures made of them."""
