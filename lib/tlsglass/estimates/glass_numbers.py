"""Numbers that follow from Table I: what each glass of the paper implies beyond what is printed. All in SI units.

The printed column of Table I is data (:mod:`tlsglass.glass.materials`); everything here is computed from it. Formulas
that need a convention say which: `eps` is half the bias, so that `hbar nu = 2 eps` for most TLSs and `hbar nu` spreads
evenly over [0, 2 W].
"""

import numpy as np
from scipy.special import gamma as gamma_function

from tlsglass._checks import non_negative, positive, refuse, symmetric_tensor
from tlsglass._signatures import checked
from tlsglass.disorder.couplings import bose_occupation
from tlsglass.glass.materials import Glass
from tlsglass.glass.units import BOLTZMANN, HBAR

# Glass transition in K: handbook values (fused silica; N-BK7, 557 C in the maker's data sheet; PMMA, 105 C).
# They differ by some 20 K between sources and cooling rates.
GLASS_TRANSITION = {"SiO2": 1475.0, "BK7": 830.0, "PMMA": 378.0}

# Mean distance to the nearest of points strewn at random, in units of density^(-1/3) (Chandrasekhar 1943).
NEAREST_NEIGHBOUR = gamma_function(4 / 3) * (4 * np.pi / 3) ** (-1 / 3)


@checked
def velocity_ratio(glass: Glass) -> float:
    """Longitudinal over transverse speed of sound, `v_L / v_T`."""
    return glass.v_L / glass.v_T


@checked
def hopping_energy(glass: Glass, distance: float | None = None) -> float:
    """Energy `hbar / tau = hbar v / r` of Eq. (24), in J: sound crosses the distance `r` in the time `tau`.

    Parameters
    ----------
    glass : Glass
    distance : float, optional
        `r` in m; by default `rho_TLS^(-1/3)`.

    Raises
    ------
    ValueError
        If `distance` is not positive.
    """
    return HBAR * glass.velocity / (glass.spacing if distance is None else positive("distance", distance))


@checked
def spectral_density(glass: Glass) -> float:
    """`P-bar = rho_TLS / (W ln(Delta_max / Delta_min))` of the caption of Table I, in 1 / (J m^3).

    It counts per `eps`. Per unit of the bias `2 eps`, as the literature on the tunnelling model does, it is half.

    Raises
    ------
    ValueError
        If all amplitudes of the glass are equal.
    """
    return glass.tls_density / (glass.W * _span(glass))


def _span(glass):
    """Return `ln(Delta_max / Delta_min)`, the width of the law of `ln Delta`."""
    if glass.delta_min == glass.delta_max:
        refuse("glass", glass, "one whose delta_min is below its delta_max")
    return np.log(glass.delta_max / glass.delta_min)


def _weights_over_v5(glass, square, trace_squared):
    """Return `A_L / v_L^5 + A_T / v_T^5` from `Tr D^2` and `(Tr D)^2`; see `derivations.dissipation_rate.weight`."""
    longitudinal = (2 * square + trace_squared) / 15
    transverse = (3 * square - trace_squared) / 15
    return longitudinal / glass.v_L**5 + transverse / glass.v_T**5


@checked
def one_speed_ratio(glass: Glass, isotropic: float) -> float:
    """Rate (21) with the average speed of Eq. (A9), over the rate with both speeds of sound.

    Parameters
    ----------
    glass : Glass
    isotropic : float
        `(Tr D)^2 / (3 Tr D^2)`, in [0, 1]: 0 for a traceless dipole (shear), 1 for a multiple of the unit matrix
        (dilatation). Nothing else about `D` matters.

    Raises
    ------
    ValueError
        If `isotropic` is not in [0, 1].
    """
    if not 0 <= non_negative("isotropic", isotropic) <= 1:
        raise ValueError(f"isotropic = {isotropic!r} is not allowed: it must lie in [0, 1]")
    return 1 / (3 * glass.velocity**5) / _weights_over_v5(glass, 1.0, 3 * isotropic)


def _debye_energy(glass):
    if not np.isfinite(glass.debye_energy):
        raise ValueError(f"glass = {glass.name} is not allowed: it must have a Debye energy")
    return glass.debye_energy


@checked
def huang_rhys(glass: Glass, dipole: np.ndarray | None = None, strength: float | None = None) -> float:
    r"""Mean number `S` of phonons with which the medium dresses one well of a TLS, at T = 0 with a Debye cutoff.

    `S = sum_k |xi_k|^2 / (hbar omega_k)^2 = gamma^2 omega_D^2 / (8 pi^2 rho hbar) (A_L / v_L^5 + A_T / v_T^5)`, where
    `A` are the angular weights of the dissipation rate. The lattice relaxes in opposite directions for the two wells,
    so tunnelling is reduced by :func:`franck_condon`.

    Parameters
    ----------
    glass : Glass
    dipole : array, shape (3, 3), optional
        Symmetric dipole tensor. By default `Tr D^2 = 1` and the one average speed of Eq. (A9).
    strength : float, optional
        `gamma` in J; by default that of the glass.

    Raises
    ------
    ValueError
        If `dipole` is not symmetric 3 x 3, `strength` is not positive, or the glass has no Debye energy.
    """
    strength = glass.gamma if strength is None else positive("strength", strength)
    cutoff = _debye_energy(glass) / HBAR
    if dipole is None:
        weights = 1 / (3 * glass.velocity**5)
    else:
        D = symmetric_tensor("dipole", dipole)
        weights = _weights_over_v5(glass, np.trace(D @ D), np.trace(D) ** 2)
    return float(strength**2 * cutoff**2 * weights / (8 * np.pi**2 * glass.density * HBAR))


@checked
def franck_condon(glass: Glass, dipole: np.ndarray | None = None, strength: float | None = None) -> float:
    """Overlap `exp(-2 S)` of the dressed lattice states of the two wells: the factor by which `Delta` is reduced.

    Close to 1 if the coupling to phonons is weak. Parameters and errors as in :func:`huang_rhys`.
    """
    return float(np.exp(-2 * huang_rhys(glass, dipole, strength)))


@checked
def fraction_below_debye(glass: Glass) -> float:
    """Fraction of the TLSs with `hbar nu < k_B T_D`, which one phonon can relax: only for them does (21) hold.

    Exact average over (4) and (5): `eps` uniform in [0, W], `ln Delta` uniform.

    Raises
    ------
    ValueError
        If the glass has no Debye energy, or all its amplitudes are equal.
    """
    span, half = _span(glass), _debye_energy(glass) / 2
    if half <= glass.delta_min:
        return 0.0

    def primitive(x):  # of sqrt(half^2 - x^2) / x
        root = np.sqrt(half**2 - x**2)
        return root + half * np.log(x / (half + root))

    top = min(glass.delta_max, half)
    # up to here every eps in [0, W] is below, beyond it those up to sqrt(half^2 - Delta^2)
    all_below = np.clip(np.sqrt(max(0.0, half**2 - glass.W**2)), glass.delta_min, top)
    integral = primitive(top) - primitive(all_below) + glass.W * np.log(all_below / glass.delta_min)
    return float(integral / (glass.W * span))


@checked
def splitting_over_debye(glass: Glass) -> tuple[float, float]:
    """Mean and largest splitting `hbar nu` over `k_B T_D`: `W / k_B T_D` and `2 W / k_B T_D` (for `Delta << eps`).

    Raises
    ------
    ValueError
        If the glass has no Debye energy.
    """
    return glass.W / _debye_energy(glass), 2 * glass.W / glass.debye_energy


@checked
def typical_occupation(glass: Glass, kelvin: float = 1.0) -> float:
    """Bose-Einstein occupation `f_T` at the mean splitting `hbar nu = W`."""
    return float(bose_occupation(1.0, non_negative("kelvin", kelvin) * BOLTZMANN / glass.W))


@checked
def thermally_active_fraction(glass: Glass, kelvin: float = 1.0) -> float:
    """Fraction of the TLSs with `hbar nu < k_B T`: those that dominate the specific heat, where `f_T` is not small.

    For `Delta << eps` it is `k_B T / (2 W)`, and 1 beyond `2 W`; larger amplitudes make it smaller.

    Raises
    ------
    ValueError
        If `kelvin` is negative.
    """
    return min(1.0, non_negative("kelvin", kelvin) * BOLTZMANN / (2 * glass.W))


@checked
def energy_in_kelvin(energy: float) -> float:
    """Temperature `energy / k_B` in K of an energy in J."""
    return energy / BOLTZMANN
