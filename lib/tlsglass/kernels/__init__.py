"""The numerical engine: numba functions on bare arrays in natural units (`W = hbar = L0 = 1`).

Nothing here checks its arguments; the public functions in :mod:`tlsglass.dynamics`, :mod:`tlsglass.entanglement` and
:mod:`tlsglass.ensembles` do. No other room of the library is imported.
"""
