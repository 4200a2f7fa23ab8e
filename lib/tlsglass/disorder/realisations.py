"""Draw one realisation of the disorder: Eqs. (4)-(6), the positions, the dipoles and the initial Bloch vectors (26)."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import integer, non_negative, one_of, positive

# Eq. (26) gives ranges, not densities. "sphere": uniform on the Bloch sphere, cos(theta) uniform; it reproduces the
# quoted alpha ~ 0.8 of Fig. 6(a). "angle": theta itself uniform in [0, pi].
INITIAL_STATES = ("sphere", "angle")


@dataclass(frozen=True)
class Disorder:
    """The distribution from which the TLSs are drawn, Sec. IV A; energies in units of `W`, lengths in units of `L0`.

    Parameters
    ----------
    n_tls : int
        Number `N` of TLSs, at least 2.
    delta_bar : float
        Typical tunnelling amplitude, `0 <= delta_bar`. Zero means no tunnelling at all.
    n_delta : float
        Span of the tunnelling amplitudes in decades, Eq. (6), positive.
    initial_state : {"sphere", "angle"}
        How Eq. (26) is read: `cos(theta)` uniform, or `theta` uniform.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """

    n_tls: int
    delta_bar: float = 0.1
    n_delta: float = 2.0
    initial_state: str = "sphere"

    def __post_init__(self):
        integer("n_tls", self.n_tls, at_least=2)
        non_negative("delta_bar", self.delta_bar)
        positive("n_delta", self.n_delta)
        one_of("initial_state", self.initial_state, INITIAL_STATES)

    @property
    def side(self) -> float:
        """Side of the periodic cube, `L = N^(1/3)` in units of `L0`."""
        return self.n_tls ** (1.0 / 3.0)


@dataclass(frozen=True)
class Realisation:
    """The random numbers of one sample of `N` TLSs; energies in units of `W`, lengths in units of `L0`.

    Attributes
    ----------
    asymmetry, tunnelling : arrays, shape (N,)
        `eps_i` and `Delta_i` of Eq. (3).
    positions : array, shape (N, 3)
    side : float
        Side of the periodic cube.
    contraction : array, shape (N, N)
        `D_ij` of Eq. (A27), symmetric, normal with variance 1; zero on the diagonal.
    trace_d2 : array, shape (N,)
        `Tr D_i^2`, the square of a standard normal number.
    polarisation : array, shape (N,)
        Initial `<S^z_i> = cos(theta_i)`.
    azimuth : array, shape (N,)
        Initial `phi_i`.
    """

    asymmetry: np.ndarray
    tunnelling: np.ndarray
    positions: np.ndarray
    side: float
    contraction: np.ndarray
    trace_d2: np.ndarray
    polarisation: np.ndarray
    azimuth: np.ndarray

    @property
    def splitting(self) -> np.ndarray:
        """`hbar nu_i = 2 sqrt(eps_i^2 + Delta_i^2)`, Eq. (11), shape (N,)."""
        return 2.0 * np.hypot(self.asymmetry, self.tunnelling)


def draw(disorder: Disorder, seed: int, k: int) -> Realisation:
    """Draw realisation `k` of an ensemble. It depends on the disorder, `seed` and `k` alone.

    Parameters
    ----------
    disorder : Disorder
    seed, k : int
        Both >= 0.

    Returns
    -------
    Realisation

    Raises
    ------
    ValueError
        If `seed` or `k` is not an integer >= 0.

    Examples
    --------
    >>> from tlsglass.disorder.realisations import Disorder, draw
    >>> sample = draw(Disorder(n_tls=8), seed=1, k=0)
    >>> sample.positions.shape
    (8, 3)
    """
    seed_sequence = np.random.SeedSequence(integer("seed", seed, 0), spawn_key=(integer("k", k, 0),))
    rng = np.random.Generator(np.random.PCG64(seed_sequence))
    n = disorder.n_tls
    asymmetry = rng.random(n)
    tunnelling = disorder.delta_bar * 10.0 ** (disorder.n_delta * (rng.random(n) - 0.5))
    positions = disorder.side * rng.random((n, 3))
    polar = rng.random(n)
    polarisation = 2.0 * polar - 1.0 if disorder.initial_state == "sphere" else np.cos(np.pi * polar)
    azimuth = 2.0 * np.pi * rng.random(n)
    trace_d2 = rng.standard_normal(n) ** 2
    contraction = np.zeros((n, n))
    contraction[np.triu_indices(n, 1)] = rng.standard_normal(n * (n - 1) // 2)
    contraction += contraction.T
    return Realisation(asymmetry, tunnelling, positions, disorder.side, contraction, trace_d2, polarisation, azimuth)
