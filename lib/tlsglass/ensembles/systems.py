"""Many systems at once: a sequence of systems whose numbers lie in common arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tlsglass.dynamics import System


@dataclass(frozen=True, eq=False)
class Systems(Sequence):
    """A sequence of `R` systems of `N` TLSs.

    An observable that works on many systems at once takes the arrays; indexing makes one :class:`System`, with all its
    checks.

    Attributes
    ----------
    J, distance : arrays, shape (R, N, N)
    Y, occupation, nu, polarisation, azimuth : arrays, shape (R, N)
        Those of :class:`tlsglass.dynamics.states.System`, one row a system.
    """

    J: np.ndarray
    Y: np.ndarray
    occupation: np.ndarray
    nu: np.ndarray
    polarisation: np.ndarray
    azimuth: np.ndarray
    distance: np.ndarray

    def __len__(self):
        return len(self.J)

    def __getitem__(self, i):
        numbers = {name: value[i] for name, value in vars(self).items()}
        return Systems(**numbers) if isinstance(i, slice) else System(**numbers)


def arrays_of(systems: Sequence[System], *names: str) -> list[np.ndarray]:
    """Return attributes of many systems as arrays with a leading axis, without making the systems one by one."""
    if isinstance(systems, Systems):
        return [getattr(systems, name) for name in names]
    return [np.array([getattr(tls, name) for tls in systems]) for name in names]
