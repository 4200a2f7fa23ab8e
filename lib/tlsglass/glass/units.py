"""Units: SI at the door, natural units inside.

The kernels work with bare numbers. Energies are measured in `W` (the width of the asymmetry distribution, Eq. 4),
times in `hbar / W` and lengths in `L0` (the mean spacing of the TLSs). :class:`NaturalUnits` converts.
"""

from dataclasses import dataclass

from scipy import constants

from tlsglass._checks import positive

HBAR = constants.hbar  # J s
BOLTZMANN = constants.k  # J / K
MILLI_ELECTRONVOLT = 1e-3 * constants.e  # J
NANOMETRE = 1e-9  # m


@dataclass(frozen=True)
class NaturalUnits:
    """The units in which `W = 1`, `hbar = 1` and `L0 = 1`.

    Parameters
    ----------
    energy : float
        The energy `W`, in J.
    length : float
        The length `L0`, in m.

    Raises
    ------
    ValueError
        If either is not a positive finite number.
    """

    energy: float
    length: float

    def __post_init__(self):
        """Refuse a unit that is not positive."""
        object.__setattr__(self, "energy", positive("energy", self.energy))
        object.__setattr__(self, "length", positive("length", self.length))

    @property
    def time(self) -> float:
        """The unit of time `hbar / W`, in s."""
        return HBAR / self.energy

    @property
    def temperature(self) -> float:
        """The unit of temperature `W / k_B`, in K."""
        return self.energy / BOLTZMANN
