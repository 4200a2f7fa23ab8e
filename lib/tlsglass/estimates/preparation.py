"""Bare and dressed: what a sudden preparation in undisturbed phonons leaves of the coherence of a TLS."""

import numpy as np

from tlsglass._checks import finite_array
from tlsglass._signatures import checked
from tlsglass.estimates.glass_numbers import huang_rhys
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import HBAR


@checked
def bare_coherence(
    glass: Glass, delay: np.ndarray | None = None, dipole: np.ndarray | None = None, strength: float | None = None
) -> np.ndarray:
    r"""Coherence between the wells that a TLS keeps after it was put into undisturbed phonons, T = 0, Debye cutoff.

    Without tunnelling each well pulls every mode its own way, and the two lattices depart from each other. Their
    overlap is `exp(-4 sum_k |xi_k|^2 / (hbar omega_k)^2 (1 - cos omega_k t))`. With `x = omega_D t` and the spectrum
    `omega d omega` up to `omega_D` it is `exp(-4 S [1 - 2 (x sin x + cos x - 1) / x^2])`, which settles at
    `exp(-4 S)` after a few `1 / omega_D`.

    The coherence of the *dressed* TLS, which drags its distortion along, is a constant of this motion. After the same
    preparation it is `exp(-2 S)`, see :func:`tlsglass.estimates.glass_numbers.franck_condon`.

    Parameters
    ----------
    glass : Glass
    delay : float or array, optional
        Time after the preparation, in s, >= 0; by default the limit of late times.
    dipole, strength
        As in :func:`tlsglass.estimates.glass_numbers.huang_rhys`.

    Returns
    -------
    array
        In the shape of `delay`; in (0, 1].

    Raises
    ------
    ValueError
        If a delay is negative or not finite, or as :func:`tlsglass.estimates.glass_numbers.huang_rhys`.
    """
    S = huang_rhys(glass, dipole, strength)
    if delay is None:
        return np.exp(-4 * S)
    t = finite_array("delay", delay, np.shape(delay))
    if np.any(t < 0):
        raise ValueError(f"delay = {delay!r} is not allowed: every delay must be >= 0")
    x = glass.debye_energy / HBAR * t
    # the average of cos(x u) over the weight 2 u du; sinc(x / pi) is sin(x) / x, and cos(x) - 1 = -2 sin^2(x / 2)
    average = 2 * np.sinc(x / np.pi) - np.sinc(x / (2 * np.pi)) ** 2
    return np.exp(-4 * S * (1 - average))
