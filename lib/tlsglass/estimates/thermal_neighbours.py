"""Thermal neighbours: the few TLSs with splittings near `k_B T` dephase the many that are cold."""

import numpy as np

from tlsglass._checks import positive
from tlsglass._signatures import checked
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import BOLTZMANN, HBAR

MEAN_ABS_NORMAL = np.sqrt(2 / np.pi)  # <|D_ij|> of Sec. IV A


@checked
def dephasing_time(glass: Glass, kelvin: float, contraction: float = MEAN_ABS_NORMAL) -> float:
    r"""Time `T2*` in which thermal neighbours that jump now and then take the coherence of a typical TLS down to 1/e.

    A neighbour with the splitting `E` is up or down with `m = tanh(E / 2 k_B T)` on average, and multiplies the
    coherence by `cos(w t) - i m sin(w t)`, `w = 4 K / hbar r^3`. Its modulus, averaged as `ln |...|` over random
    positions, over `E` with the flat density `1 / 2W`, and over `K`, decays as `exp(-t / T2*)` with

        `1 / T2* = (8 pi^2 / 3) ln 2 (k_B T / W) rho_TLS <|K|> / hbar`.

    Both tilts are taken as `eps / hbar nu = 1/2`, their largest value, so that
    `<|K|> = gamma^2 <|D_ij|> / (16 pi rho v^2)`: neighbours that tunnel fast have less. The neighbours are taken as
    static during the decay but different from shot to shot: an echo would undo it.

    Parameters
    ----------
    glass : Glass
    kelvin : float
        Temperature, positive.
    contraction : float
        `<|D_ij|>`; by default that of the paper's Gaussian.

    Returns
    -------
    float
        In s.

    Raises
    ------
    ValueError
        If `kelvin` or `contraction` is not positive.

    References
    ----------
    J. R. Klauder and P. W. Anderson, Phys. Rev. 125, 912 (1962): dipolar neighbours dephase as `exp(-t / T2*)`.
    """
    thermal = positive("kelvin", kelvin) * BOLTZMANN / glass.W
    nearest = glass.interaction_energy * positive("contraction", contraction) / 4  # <|K|> rho_TLS, an energy
    return float(HBAR / (8 * np.pi**2 / 3 * np.log(2) * thermal * nearest))
