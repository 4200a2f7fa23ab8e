"""Does the coupling of Table I agree with the measured ones? From a dipole `gamma D` to `gamma_L`, `gamma_T` and back.

Experiments give two numbers, defined by the rate of a TLS with the splitting `E` and the tunnel splitting `Delta_0`
(Jaeckle 1972): `1 / T1 = (gamma_L^2 / v_L^5 + 2 gamma_T^2 / v_T^5) E Delta_0^2 / (2 pi rho hbar^4)` at T = 0. The exact
weights of a dipole without preferred axes in the same rate give

    gamma_L^2 = gamma^2 [2 Tr D^2 + (Tr D)^2] / 15,    gamma_T^2 = gamma^2 [3 Tr D^2 - (Tr D)^2] / 30.
"""

import numpy as np

from tlsglass._checks import non_negative, one_of
from tlsglass._signatures import checked
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import MILLI_ELECTRONVOLT

# gamma_L and gamma_T in J, from internal friction and sound velocity (Berret and Meissner, Z. Phys. B 70, 65 (1988)).
MEASURED = {
    name: tuple(1e3 * MILLI_ELECTRONVOLT * eV for eV in pair)
    for name, pair in {"SiO2": (1.04, 0.65), "BK7": (0.96, 0.65), "PMMA": (0.39, 0.27)}.items()
}


@checked
def implied_couplings(glass: Glass, isotropic: float = 0.0, square: float = 1.0) -> tuple[float, float]:
    """`gamma_L` and `gamma_T`, in J, that the `gamma` of a glass means for dipoles of a given kind.

    Parameters
    ----------
    glass : Glass
    isotropic : float
        `(Tr D)^2 / (3 Tr D^2)`, in [0, 1]: 0 for a change of shape, 1 for a change of volume.
    square : float
        `Tr D^2`; 1 on average in Sec. IV A.

    Raises
    ------
    ValueError
        If `isotropic` is not in [0, 1] or `square` is negative.
    """
    if not 0 <= non_negative("isotropic", isotropic) <= 1:
        raise ValueError(f"isotropic = {isotropic!r} is not allowed: it must lie in [0, 1]")
    size = glass.gamma * np.sqrt(non_negative("square", square))
    return float(size * np.sqrt((2 + 3 * isotropic) / 15)), float(size * np.sqrt((1 - isotropic) / 10))


@checked
def dipole_from_measured(name: str) -> tuple[float, float]:
    """`gamma sqrt(Tr D^2)`, in J, and `(Tr D)^2 / (3 Tr D^2)` that give the measured `gamma_L` and `gamma_T`.

    The inverse of :func:`implied_couplings`: two measured numbers fix both properties of the mean dipole that matter.

    Parameters
    ----------
    name : {"SiO2", "BK7", "PMMA"}

    Raises
    ------
    ValueError
        If the glass is unknown.
    """
    gamma_L, gamma_T = MEASURED[one_of("name", name, MEASURED)]
    ratio = (gamma_L / gamma_T) ** 2  # (4 + 6 s) / (3 - 3 s)
    isotropic = (3 * ratio - 4) / (3 * ratio + 6)
    return float(gamma_T * np.sqrt(10 / (1 - isotropic))), float(isotropic)
