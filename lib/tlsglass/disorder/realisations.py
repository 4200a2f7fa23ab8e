"""Draw one realisation of the disorder: Eqs. (4)-(6), the positions, the dipoles and the initial Bloch vectors (26)."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import (
    LARGEST_SAMPLE,
    between,
    finite_array,
    integer,
    non_negative,
    one_of,
    positive,
    positive_array,
)
from tlsglass._signatures import Value, checked
from tlsglass.disorder.couplings import minimum_image_separations, thermal_polarisation
from tlsglass.disorder.dipoles import NORMS, contraction_matrix, random_dipoles
from tlsglass.glass.materials import SIMULATION, Glass

LARGEST_N = 100_000  # N^2 couplings: 80 GB
# Far beyond any glass, and such that every system that is drawn passes the checks of `System`: amplitudes, scales and
# energies in units of W, the span in decades, and the length of the box over its width or its inverse.
LARGEST_AMPLITUDE, LARGEST_SCALE, LARGEST_SPAN, LARGEST_ELONGATION = 1e6, 1e18, 20.0, 1e3
# Eq. (26) gives ranges, not densities. "sphere": uniform on the Bloch sphere, cos(theta) uniform; it reproduces the
# quoted alpha ~ 0.8 of Fig. 6(a). "angle": theta itself uniform in [0, pi]. "thermal" is ours: cos(theta) is the
# thermal polarisation of each TLS at the temperature of the phonons, phi uniform as before.
INITIAL_STATES = ("sphere", "angle", "thermal")
# Where D_ij and Tr D^2 come from. "independent": Gaussian numbers without dipoles behind them, as in Sec. IV A. The
# others draw traceless dipoles, and both follow from these by Eq. (A27).
DIPOLES = {"independent": "D_ij and the root of Tr D_i^2 are independent Gaussian numbers, as in Sec. IV A", **NORMS}


@dataclass(frozen=True)
class Disorder:
    """The distribution from which the TLSs are drawn, Sec. IV A; energies in units of `W`, lengths in units of `L0`.

    Parameters
    ----------
    n_tls : int
        Number `N` of TLSs, at least 2.
    delta_bar : float
        Typical tunnelling amplitude, from 0 to 1e6. Zero means no tunnelling at all.
    n_delta : float
        Span of the tunnelling amplitudes in decades, Eq. (6), positive, at most 20.
    initial_state : {"sphere", "angle", "thermal"}
        How Eq. (26) is read: `cos(theta)` uniform, or `theta` uniform; or `cos(theta) = tanh(hbar nu / 2 k_B T)`.
    dipoles : {"independent", "gaussian", "paper", "fixed"}
        Whether `D_ij` and `Tr D_i^2` are independent Gaussian numbers, as in Sec. IV A, or follow from random traceless
        dipoles, whose size is drawn as in :func:`tlsglass.disorder.dipoles.random_dipoles`.
    asymmetry_exponent : float
        `p` of `P(eps < s) = s^p` for `s <= W`, positive; 1 is Eq. (4).
    temperature : float
        `k_B T` in units of `W`, from 0 to 1e18; only the initial state "thermal" needs it.
    elongation : float
        Length of the periodic box over its width, from 1e-3 to 1e3; 1 is the cube of Sec. IV A, large values make a
        bar.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """

    n_tls: int
    delta_bar: float = 0.1
    n_delta: float = 2.0
    initial_state: str = "sphere"
    dipoles: str = "independent"
    asymmetry_exponent: float = 1.0
    temperature: float = 0.0
    elongation: float = 1.0

    def __post_init__(self):
        checked_fields = {
            "n_tls": integer("n_tls", self.n_tls, 2, LARGEST_N),
            "delta_bar": non_negative("delta_bar", self.delta_bar, LARGEST_AMPLITUDE),
            "n_delta": positive("n_delta", self.n_delta, LARGEST_SPAN),
            "initial_state": one_of("initial_state", self.initial_state, INITIAL_STATES),
            "dipoles": one_of("dipoles", self.dipoles, DIPOLES),
            "asymmetry_exponent": positive("asymmetry_exponent", self.asymmetry_exponent),
            "temperature": non_negative("temperature", self.temperature, LARGEST_SCALE),
            "elongation": between("elongation", self.elongation, 1 / LARGEST_ELONGATION, LARGEST_ELONGATION),
        }
        for name, value in checked_fields.items():
            object.__setattr__(self, name, value)

    @property
    def smallest_splitting(self) -> float:
        """Smallest `hbar nu` that can be drawn, of the smallest amplitude and of an asymmetry with `P = 2^-53`."""
        return float(2.0 * np.hypot(2.0 ** (-53 / self.asymmetry_exponent), self.delta_bar * 10 ** (-self.n_delta / 2)))

    @property
    def side(self):
        """Side of the periodic cube, `L = N^(1/3)` in units of `L0`; of another box all three, shape (3,)."""
        if self.elongation == 1:
            return self.n_tls ** (1.0 / 3.0)
        return (self.n_tls / self.elongation) ** (1.0 / 3.0) * np.array([1.0, 1.0, self.elongation])


@dataclass(frozen=True, eq=False)
class Realisation(Value):
    """The random numbers of one sample of `N` TLSs; energies in units of `W`, lengths in units of `L0`.

    Attributes
    ----------
    asymmetry, tunnelling : arrays, shape (N,)
        `eps_i` and `Delta_i` of Eq. (3).
    positions : array, shape (N, 3)
    side : float or array, shape (3,)
        Side of the periodic cube, or the three sides of the box.
    contraction : array, shape (N, N)
        `D_ij` of Eq. (A27), symmetric; zero on the diagonal.
    trace_d2 : array, shape (N,)
        `Tr D_i^2`.
    polarisation : array, shape (N,)
        Initial `<S^z_i> = cos(theta_i)`.
    azimuth : array, shape (N,)
        Initial `phi_i`.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is not finite, or the side is not positive.
    """

    asymmetry: np.ndarray
    tunnelling: np.ndarray
    positions: np.ndarray
    side: float | np.ndarray
    contraction: np.ndarray
    trace_d2: np.ndarray
    polarisation: np.ndarray
    azimuth: np.ndarray

    def __post_init__(self):
        super().__post_init__()
        n = len(finite_array("asymmetry", self.asymmetry, (None,)))
        for name in ("tunnelling", "trace_d2", "polarisation", "azimuth"):
            finite_array(name, getattr(self, name), (n,))
        finite_array("positions", self.positions, (n, 3))
        finite_array("contraction", self.contraction, (n, n))
        positive_array("side", self.side, np.shape(self.side) and (3,))

    @property
    def splitting(self) -> np.ndarray:
        """`hbar nu_i = 2 sqrt(eps_i^2 + Delta_i^2)`, Eq. (11), shape (N,)."""
        return 2.0 * np.hypot(self.asymmetry, self.tunnelling)


@checked
def draw(disorder: Disorder, seed: int, k: int, material: Glass = SIMULATION) -> Realisation:
    """Draw realisation `k` of an ensemble. It depends on the disorder, `seed`, `k` and the speeds of sound alone.

    Parameters
    ----------
    disorder : Disorder
    seed, k : int
        Both >= 0.
    material : Glass
        Its speeds of sound enter `D_ij` of Eq. (A27) when dipoles are drawn.

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
    samples = draw_many(disorder, seed, integer("k", k, 0), 1, material)
    return Realisation(**{name: value if name == "side" else value[0] for name, value in samples.items()})


@checked
def draw_many(
    disorder: Disorder, seed: int, first: int, count: int, material: Glass = SIMULATION
) -> dict[str, np.ndarray]:
    """Draw the realisations `first ... first + count - 1`: the numbers of :func:`draw`, many at once and sooner.

    Parameters
    ----------
    disorder : Disorder
    seed, first : int
        Both >= 0.
    count : int
        At least 1; all couplings of all samples together are at most a thousand millions.
    material : Glass

    Returns
    -------
    dict
        Each attribute of :class:`Realisation`, with a leading axis of length `count`; but `side` is the same for all.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    integer("seed", seed, 0), integer("first", first, 0)
    integer("count", count, 1, max(1, LARGEST_SAMPLE // disorder.n_tls**2))
    n, pairs = disorder.n_tls, np.triu_indices(disorder.n_tls, 1)
    raw = [_random_numbers(disorder, seed, k) for k in range(first, first + count)]
    u_asymmetry, u_tunnelling, u_positions, u_polar, u_azimuth, g_dipole, g_pair = (
        np.array(numbers) for numbers in zip(*(sample[:7] for sample in raw), strict=True)
    )
    asymmetry = u_asymmetry ** (1.0 / disorder.asymmetry_exponent)
    tunnelling = disorder.delta_bar * 10.0 ** (disorder.n_delta * (u_tunnelling - 0.5))
    positions = disorder.side * u_positions
    polarisation = 2.0 * u_polar - 1.0 if disorder.initial_state == "sphere" else np.cos(np.pi * u_polar)
    trace_d2 = g_dipole**2
    contraction = np.zeros((count, n, n))
    contraction[:, *pairs] = g_pair
    contraction += contraction.swapaxes(1, 2)
    if disorder.dipoles != "independent":
        D = np.array([sample[7] for sample in raw])
        trace_d2 = (D**2).sum(axis=(2, 3))
        separation = minimum_image_separations(positions, disorder.side)
        contraction = np.array(
            [contraction_matrix(*sample, material.v_L, material.v_T) for sample in zip(D, separation, strict=True)]
        )
    if disorder.initial_state == "thermal":
        polarisation = thermal_polarisation(2.0 * np.hypot(asymmetry, tunnelling), disorder.temperature)
    return {
        "asymmetry": asymmetry, "tunnelling": tunnelling, "positions": positions, "side": disorder.side,
        "contraction": contraction, "trace_d2": trace_d2, "polarisation": polarisation,
        "azimuth": 2.0 * np.pi * u_azimuth,
    }  # fmt: skip


def _random_numbers(disorder: Disorder, seed: int, k: int) -> list[np.ndarray]:
    """Draw the bare random numbers of realisation `k`, in the order that defines every ensemble."""
    seed_sequence = np.random.SeedSequence(seed, spawn_key=(k,))
    rng = np.random.Generator(np.random.PCG64(seed_sequence))
    n = disorder.n_tls
    numbers = [rng.random(n), rng.random(n), rng.random((n, 3)), rng.random(n), rng.random(n)]
    numbers += [rng.standard_normal(n), rng.standard_normal(n * (n - 1) // 2)]
    if disorder.dipoles != "independent":  # drawn last: everything else is the same glass with any dipoles
        numbers.append(random_dipoles(rng, n, norm=disorder.dipoles))
    return numbers
