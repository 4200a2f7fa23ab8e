"""How cold is "ultra-low temperature"? The occupation `f_T` of the phonons that a TLS of a real glass talks to."""

import numpy as np

from tlsglass._checks import positive
from tlsglass._signatures import checked
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import BOLTZMANN


@checked
def log10_occupation(energy: float, temperature: float) -> float:
    """Decimal logarithm of `f_T(energy)`, which itself may be too small for a float.

    Parameters
    ----------
    energy : float
        `hbar nu`, in J, positive.
    temperature : float
        In K, positive.

    Returns
    -------
    float
    """
    x = positive("energy", energy) / (BOLTZMANN * positive("temperature", temperature))
    return float(-(x + np.log(-np.expm1(-x))) / np.log(10))


@checked
def active_fraction(material: Glass, temperature: float, occupation: float = 0.01) -> float:
    """Fraction of the TLSs of a glass for which `f_T(hbar nu)` is above `occupation`.

    The splitting is `hbar nu = 2 eps`, uniform between 0 and `2 W`: the tunnelling is far smaller in a real glass.

    Parameters
    ----------
    material : Glass
    temperature : float
        In K, positive.
    occupation : float
        Positive.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    ValueError
        If a number is not positive and finite.
    """
    threshold = BOLTZMANN * positive("temperature", temperature) * np.log1p(1 / positive("occupation", occupation))
    return float(min(1.0, threshold / (2 * material.W)))
