r"""A TLS that decays into a few thousand single phonon modes: the rate (21) measured, not derived.

Every mode has its own wave vector and polarisation, and couples with its own :math:`\xi_k` of Eq. (8). No angular
average, no delta function, no master equation: the wave function of "excited TLS, no phonon" and "TLS down, one phonon
in mode k" is evolved in time (Wigner and Weisskopf's problem). `hbar = rho = 1`, and the splitting is `nu = 1`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from tlsglass._checks import LARGEST_SAMPLE, finite_array, integer, positive, refuse, symmetric_tensor
from tlsglass._signatures import Value, checked

NU = 1.0
TILT = 0.3  # Delta / (hbar nu); <g| sigma^z |e> is twice this
WINDOW = 0.25  # modes with |omega - nu| < WINDOW nu
DURATION = 600.0  # of a run: much shorter than the time 2 pi / spacing after which the modes rephase
STEP = 0.1  # of time, times the largest detuning
# The corners of an icosahedron average polynomials of degree up to 5 over the sphere exactly (a spherical design).
_PHI = (1 + np.sqrt(5)) / 2
ICOSAHEDRON = np.array([np.roll((0, a, b * _PHI), s) for s in range(3) for a in (1, -1) for b in (1, -1)])
ICOSAHEDRON /= np.sqrt(1 + _PHI**2)


@dataclass(frozen=True, eq=False)
class Modes(Value):
    """Phonon modes of a finite volume of glass: arrays of K modes.

    Attributes
    ----------
    frequency : array, shape (K,)
    wave_vector, polarisation : array, shape (K, 3)
        The polarisations are unit vectors.
    volume : float
    """

    frequency: np.ndarray
    wave_vector: np.ndarray
    polarisation: np.ndarray
    volume: float


@checked
def phonon_modes(n_modes: int, v_L: float, v_T: float, seed: int = 0) -> Modes:
    """Return the modes of one longitudinal and two transverse branches with frequencies around `nu`.

    A branch has `V q^3 / (6 pi^2)` modes below `q`: mode k sits where this count is k + 1/2. The number of modes asked
    for sets the volume `V`. The directions come in dozens, the corners of a randomly turned icosahedron: every short
    interval of frequencies has modes all around.

    Parameters
    ----------
    n_modes : int
        Number of modes of all branches together, within rounding.
    v_L, v_T : float
        Speeds of sound.
    seed : int
        Of the random turns.

    Raises
    ------
    ValueError
        If `n_modes` is not an integer >= 100 or a speed is not positive.
    """
    n_modes = integer("n_modes", n_modes, 100, LARGEST_SAMPLE)
    low, high = NU * (1 - WINDOW), NU * (1 + WINDOW)
    per_volume = (high**3 - low**3) * (positive("v_L", v_L) ** -3 + 2 * positive("v_T", v_T) ** -3) / (6 * np.pi**2)
    volume = n_modes / per_volume
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    frequency, wave_vector, polarisation = [], [], []
    for v, transverse in ((v_L, False), (v_T, True)):
        count = round(volume * (high**3 - low**3) / (6 * np.pi**2 * v**3))
        q = np.cbrt((low / v) ** 3 + 6 * np.pi**2 * (np.arange(count) + 0.5) / volume)
        frame = _frames(count, rng)
        for e in frame[1:] if transverse else frame[:1]:
            frequency.append(v * q)
            wave_vector.append(q[:, None] * frame[0])
            polarisation.append(e)
    return Modes(np.concatenate(frequency), np.concatenate(wave_vector), np.concatenate(polarisation), volume)


def _frames(count, rng):
    """Return `count` directions and two unit vectors across each of them, shape (3, count, 3)."""
    turns = Rotation.random(-(-count // 12), rng=rng).as_matrix()  # turn a b
    direction = np.einsum("tab,cb->tca", turns, ICOSAHEDRON).reshape(-1, 3)[:count]
    across = np.cross(direction, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across, axis=-1, keepdims=True)
    return np.stack([direction, across, np.cross(direction, across)])


@checked
def mode_couplings(modes: Modes, D: np.ndarray, gamma: float) -> np.ndarray:
    """Couplings `<g| sigma^z |e> xi_k / hbar` of the TLS at the origin to each mode, Eqs. (7) and (8).

    Parameters
    ----------
    modes : Modes
    D : array, shape (3, 3)
        Symmetric dipole tensor.
    gamma : float
        Strength, an energy.

    Returns
    -------
    array, shape (K,)
        Complex.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3 or `gamma` is not positive.
    """
    D = symmetric_tensor("D", D)
    q, e = modes.wave_vector, modes.polarisation
    strain = (q[:, :, None] * e[:, None, :] + e[:, :, None] * q[:, None, :]) / 2  # k a b
    xi = -1j * np.sqrt(1 / (2 * modes.volume * modes.frequency)) * positive("gamma", gamma)
    return 2 * TILT * xi * np.einsum("ab,kab->k", D, strain)


@checked
def excited_population(detuning: np.ndarray, coupling: np.ndarray, duration: float) -> tuple[np.ndarray, np.ndarray]:
    """Probability that the TLS is still excited, from the Schroedinger equation with one excitation.

    Each step is a product of exact rotations (Strang's splitting): unitary, with an error of second order in the step.

    Parameters
    ----------
    detuning : array, shape (K,)
        `omega_k - nu`.
    coupling : array, shape (K,)
        As :func:`mode_couplings` returns.
    duration : float
        Length of the evolution, in units of `1 / nu`.

    Returns
    -------
    times, population : array, shape (T,)

    Raises
    ------
    ValueError
        If `duration` is not positive.
    """
    detuning = finite_array("detuning", detuning, (None,))
    if coupling.shape != detuning.shape or not np.all(np.isfinite(coupling)) or not coupling.any():
        refuse("coupling", coupling, f"finite, not all 0, of the shape {detuning.shape} of detuning")
    if not detuning.any():
        refuse("detuning", detuning, "different from 0 for one mode at least")
    dt = STEP / np.abs(detuning).max()
    if positive("duration", duration) / dt > LARGEST_SAMPLE:
        refuse("duration", duration, f"at most {LARGEST_SAMPLE} steps of {dt:g}")
    steps = int(np.ceil(duration / dt))
    strength = np.linalg.norm(coupling)
    bra = coupling / strength
    bright = bra.conj()  # the one superposition of modes that the TLS couples to
    cosine, sine = np.cos(strength * dt), np.sin(strength * dt)
    half_turn = np.exp(-0.5j * detuning * dt)
    excited, phonon = 1.0 + 0j, np.zeros(len(detuning), dtype=complex)
    population = np.empty(steps + 1)
    population[0] = 1.0
    for step in range(steps):
        phonon *= half_turn
        overlap = (bra * phonon).sum()  # not np.vdot: threads of the linear algebra would only get in each other's way
        excited, emitted = cosine * excited - 1j * sine * overlap, (cosine - 1) * overlap - 1j * sine * excited
        phonon += emitted * bright
        phonon *= half_turn
        population[step + 1] = abs(excited) ** 2
    return dt * np.arange(steps + 1), population


@checked
def fitted_rate(times: np.ndarray, population: np.ndarray) -> tuple[float, float]:
    """Decay rate of a population and its standard error: a straight line through its logarithm between 0.9 and 0.2.

    Raises
    ------
    ValueError
        If the population does not fall below 0.2 within the given times.
    """
    times = finite_array("times", times, (None,))
    population = finite_array("population", population, times.shape)
    if np.any(np.diff(times) <= 0):
        refuse("times", times, "ascending")
    if not np.all(population > 0):
        refuse("population", population, "positive")
    if population[-1] > 0.2:
        raise ValueError(f"population[-1] = {population[-1]:.3f} is not allowed: the decay must be followed below 0.2")
    inside = slice(np.argmax(population < 0.9), np.argmax(population < 0.2))
    if inside.stop - inside.start < 4:
        refuse("population", population, "known at four or more times between 0.9 and 0.2")
    (slope, _), covariance = np.polyfit(times[inside], np.log(population[inside]), 1, cov=True)
    return -float(slope), float(np.sqrt(covariance[0, 0]))


@checked
def measure_rate(
    D: np.ndarray, gamma: float, v_L: float = 1.0, v_T: float = 1.0, n_modes: int = 12000, n_samples: int = 6
) -> tuple[float, float]:
    """Decay rate of the excited TLS, in units of `nu`: mean and standard error over random sets of modes.

    Parameters
    ----------
    D : array, shape (3, 3)
        Symmetric dipole tensor.
    gamma : float
        Strength; choose it such that the rate is about 0.004, slow against `nu` and seen within the run.
    v_L, v_T : float
        Speeds of sound.
    n_modes, n_samples : int
        Modes in a set (at least 100), and sets (at least 2).

    Raises
    ------
    ValueError
        If an argument is not allowed, or the TLS decays too slowly for a rate to be read off.
    """
    rates = []
    for seed in range(integer("n_samples", n_samples, at_least=2)):
        modes = phonon_modes(n_modes, v_L, v_T, seed)
        times, population = excited_population(modes.frequency - NU, mode_couplings(modes, D, gamma), DURATION)
        rates.append(fitted_rate(times, population)[0])
    return float(np.mean(rates)), float(np.std(rates, ddof=1) / np.sqrt(n_samples))


@checked
def prefactor_of_rate(rate: float, D: np.ndarray, gamma: float, velocity: float = 1.0) -> float:
    """Return the number `c` for which a decay rate `4 Y` gives `Y = Delta^2 gamma^2 nu Tr D^2 / (c pi rho hbar^3 v^5)`.

    The paper prints c = 12.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3, or a number is not positive.
    """
    trace = np.trace(np.linalg.matrix_power(symmetric_tensor("D", D), 2))
    scale = (
        (TILT * NU) ** 2 * positive("gamma", gamma) ** 2 * NU * trace / (np.pi * positive("velocity", velocity) ** 5)
    )
    return float(4 * scale / positive("rate", rate))
