"""How long the echo of one TLS in a real glass lasts: its own decay, and neighbours that jump.

All assumptions are parameters or stand in the docstring of :func:`echo_amplitude`. SI units.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.optimize import brentq

from tlsglass._checks import between, finite_array, positive, refuse, times
from tlsglass._signatures import checked
from tlsglass.disorder.dipole_statistics import sample_contractions
from tlsglass.dynamics.spectral_diffusion import HOLTSMARK, mean_imbalance
from tlsglass.estimates.coupling_strengths import implied_couplings
from tlsglass.estimates.glass_numbers import spectral_density
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import BOLTZMANN, HBAR

_SPLITTINGS = 24  # Gauss-Legendre nodes in E / k_B T
_HIGHEST = 16.0  # neighbours above are frozen: exp(-16)
_JUMPS = np.logspace(-8, 6, 141)  # G t: below, h is proportional to it; above, nothing is added any more


@dataclass(frozen=True)
class Probe:
    """The TLS whose echo is measured.

    Parameters
    ----------
    frequency : float
        `nu / 2 pi`, in Hz; by default 1 GHz, as in phonon and dielectric echoes.
    tilt : float
        `2 eps / hbar nu`, in [0, 1]: how strongly it couples to its neighbours. Its own decay goes with `1 - tilt^2`.

    Raises
    ------
    ValueError
        If a number is outside its range.
    """

    frequency: float = 1e9
    tilt: float = 0.5

    def __post_init__(self):
        positive("frequency", self.frequency)
        between("tilt", self.tilt, 0, 1)


@checked
def rate_of_symmetric(glass: Glass, splitting: np.ndarray) -> np.ndarray:
    """Rate `1 / T1` at T = 0, in 1/s, of a TLS with splitting `E = 2 Delta` (in J): the fastest of this splitting.

    With both speeds of sound and traceless dipoles of `Tr D^2 = 1`; a TLS with `Delta_0 = E sqrt(share)` has `share`
    times this.
    """
    gamma_L, gamma_T = implied_couplings(glass)
    weight = gamma_L**2 / glass.v_L**5 + 2 * gamma_T**2 / glass.v_T**5
    splitting = finite_array("splitting", splitting, np.shape(splitting))
    return splitting**3 * weight / (2 * np.pi * glass.density * HBAR**4)


@checked
@cache
def mean_contraction(glass: Glass) -> float:
    """`<|D_ij|>` of Eq. (A27) for traceless dipoles of `Tr D^2 = 1`, from 200 000 samples: known to 0.2 %."""
    return float(np.abs(sample_contractions(glass, 200_000, seed=1, norm="fixed")).mean())


@checked
def echo_amplitude(glass: Glass, kelvin: float, time, probe: Probe | None = None, own_decay: bool = True) -> np.ndarray:
    """Echo of a TLS averaged over glasses: `exp[-HOLTSMARK n <|B|> <|X|> - t / 2 T1]`.

    Assumed: ideal pulses on the probe alone; neighbours in equilibrium, at random positions, jumping by one-phonon
    processes with the exact rates of the tunnelling model; `Delta` log-uniform and `eps` uniform as in Eqs. (4), (5)
    with Table I; `J ~ 1/r^3` from traceless dipoles of `Tr D^2 = 1`; no flip-flops with resonant neighbours.

    Parameters
    ----------
    glass : Glass
    kelvin : float
        Temperature, positive.
    time : float or array, shape (T,)
        The whole time, twice the delay between the pulses, in s.
    probe : Probe, optional
        By default 1 GHz and tilt 1/2.
    own_decay : bool
        Whether the probe's own relaxation is included.

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If `kelvin` is not positive or a time negative.
    """
    probe = probe or Probe()
    t, kT = times("time", time), BOLTZMANN * positive("kelvin", kelvin)
    x, weight, tables = _neighbours()
    jumps = np.clip(rate_of_symmetric(glass, x * kT)[:, None] * t, _JUMPS[0], _JUMPS[-1])  # E t
    imbalance = np.array([np.exp(table(np.log(y))) for table, y in zip(tables, jumps, strict=True)])
    # density of E and share = (Delta_0 / E)^2: rho_TLS / (W L) / (4 share sqrt(1 - share)); the root cancels the tilt
    density = spectral_density(glass) / 4
    strength = glass.gamma**2 * probe.tilt * mean_contraction(glass)
    strength /= 4 * np.pi * glass.density * glass.velocity**2 * HBAR
    exponent = HOLTSMARK * strength * density * kT * t * (weight @ imbalance)
    if own_decay:
        E = 2 * np.pi * HBAR * probe.frequency
        exponent = exponent + t * rate_of_symmetric(glass, E) * (1 - probe.tilt**2) / np.tanh(E / (2 * kT)) / 2
    return np.exp(-exponent)


@checked
def echo_time(glass: Glass, kelvin: float, probe: Probe | None = None, own_decay: bool = True) -> float:
    """Time at which :func:`echo_amplitude` has fallen to 1/e, in s: `T2` of an echo.

    Raises
    ------
    ValueError
        As :func:`echo_amplitude`, or if it does not fall to 1/e between 1e-12 s and 1000 s.
    """

    def excess(log_time):
        return -np.log(max(echo_amplitude(glass, kelvin, np.exp(log_time), probe, own_decay)[0], 1e-300)) - 1

    first, last = np.log(1e-12), np.log(1e3)
    if not excess(first) < 0 < excess(last):
        refuse("kelvin", kelvin, "a temperature at which the echo falls to 1/e between 1e-12 s and 1000 s")
    return float(np.exp(brentq(excess, first, last, xtol=1e-6)))


@cache
def _neighbours():
    """Nodes and weights in `E / k_B T`, and for each the logarithm of `int h(y) d ln y` up to `y`, as a spline."""
    node, weight = np.polynomial.legendre.leggauss(_SPLITTINGS)
    x, weight = _HIGHEST * (node + 1) / 2, weight * _HIGHEST / 2
    tables = []
    for splitting in x:
        h = CubicSpline(np.log(_JUMPS), mean_imbalance(_JUMPS, splitting))
        total = h.antiderivative()(np.log(_JUMPS)) + h(np.log(_JUMPS[0]))  # below the table h is proportional to y
        tables.append(CubicSpline(np.log(_JUMPS), np.log(total)))
    return x, weight, tables
