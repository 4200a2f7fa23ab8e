"""Disorder averages over many realisations: seeds, batches, kills, and the experiments behind the figures."""
