"""Importance sampling of rare pairs: weakly coupled TLSs and close pairs, more often than nature has them.

At late times the average concurrence is carried by pairs that a plain sample of thousands of systems never contains: at
the time `t` both TLSs must be weakly coupled, to about `1/t`, and close, `r^3` to about `1/t`. So two TLSs of each
system are drawn from a *mixture*: their own law; both weak and close, at several scales of the weakness; only one of
them weak, at the same scales. Each sample carries the weight `law / mixture`, which makes every average right. The
plain law has a fixed share of the mixture, so that no weight exceeds the inverse of this share: such a mixture is never
much worse than plain sampling, whatever is averaged (Hesterberg, Technometrics 37, 185 (1995)).

Every number that is tilted is a quantile of its own law, uniform in [0, 1] by itself. Tilted with the strength `c >= 0`
it has the density `(1 + c) / (1 + c u)^2`: flat up to `1/c`, then falling as `u^-2`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincinv

from tlsglass._checks import LARGEST_SAMPLE, integer, positive
from tlsglass._signatures import Value, checked
from tlsglass.disorder.couplings import thermal_polarisation
from tlsglass.disorder.dipoles import dipole_contraction, random_dipoles
from tlsglass.disorder.realisations import Disorder
from tlsglass.glass.materials import SIMULATION, Glass

# Scales of the weakness: `eps / Delta`, the root of `Tr D^2`, and the volume `r^3 / L0^3` of a pair that weak.
SCALES = 10.0 ** -np.arange(1.0, 7.5)
SHARES = {"plain": 0.2, "both weak": 0.6, "one weak": 0.2}
_BALL = np.pi / 6  # share of the cube within half its side
# The root of Tr D^2 for each choice of dipoles that is not fixed: a chi distribution, its degrees of freedom and scale.
_SIZES = {"gaussian": (5, 5**-0.5), "paper": (1, 1.0)}


def _share_below(dipoles, size):
    """Share of the dipoles that are smaller than `size`, as `scipy.stats` has it, which takes half a second to load."""
    freedom, scale = _SIZES[dipoles]
    return gammainc(0.5 * freedom, 0.5 * (size / scale) ** 2)


def _size_of_share(dipoles, share):
    """Size below which a share of the dipoles lies."""
    freedom, scale = _SIZES[dipoles]
    return np.sqrt(2.0 * gammaincinv(0.5 * freedom, share)) * scale


@dataclass(frozen=True, eq=False)
class WeakPairs(Value):
    """`P` systems of `N` TLSs, in each of which the TLSs 0 and 1 were drawn from the mixture.

    Attributes
    ----------
    asymmetry, tunnelling, trace_d2, polarisation : arrays, shape (P, N)
        As in :class:`tlsglass.disorder.realisations.Realisation`.
    distance, contraction : arrays, shape (P, 2, N)
        `r_aj` and `D_aj` of TLS `a = 0, 1` with every TLS `j`; the distance of a TLS from itself is infinite.
    weight : array, shape (P,)
        The law over the mixture. Its mean is 1.
    """

    asymmetry: np.ndarray
    tunnelling: np.ndarray
    trace_d2: np.ndarray
    polarisation: np.ndarray
    distance: np.ndarray
    contraction: np.ndarray
    weight: np.ndarray

    @property
    def splitting(self) -> np.ndarray:
        """`hbar nu_i`, Eq. (11), shape (P, N)."""
        return 2.0 * np.hypot(self.asymmetry, self.tunnelling)

    @checked
    def interactions(self, material: Glass = SIMULATION) -> np.ndarray:
        """Couplings `J_aj` of the TLSs `a = 0, 1`, Eq. (22), in units of `W`, shape (P, 2, N)."""
        tilt = self.asymmetry / self.splitting
        scale = material.interaction_energy / material.W
        return scale * tilt[:, :2, None] * tilt[:, None, :] * self.contraction / self.distance**3


@dataclass(frozen=True, eq=False)
class Mixture(Value):
    """The components from which a pair is drawn; a tilt of 0 means the own law.

    Attributes
    ----------
    share : array, shape (K,)
        Probability of each component.
    weak : array, shape (K, 2)
        Of the TLSs 0 and 1: `1 / e` where the component prefers `eps / Delta` up to about `e`, and large `Delta`.
    small : array, shape (K, 2)
        Tilt of the quantile of the size of their dipoles.
    close : array, shape (K,)
        Tilt of the quantile of the volume of the ball up to their distance.
    """

    share: np.ndarray
    weak: np.ndarray
    small: np.ndarray
    close: np.ndarray


@checked
def mixture(disorder: Disorder) -> Mixture:
    """Components for one law of the disorder."""
    zero, none = 0.0, (0.0, 0.0)
    components = [(SHARES["plain"], none, none, zero)]
    for scale in SCALES:
        ways = [(1 / scale, zero)]  # a TLS is weak through its asymmetry, through its dipole, or half and half
        if disorder.dipoles in _SIZES:
            below, below_root = _share_below(disorder.dipoles, scale), _share_below(disorder.dipoles, scale**0.5)
            ways += [(zero, 1 / below), (scale**-0.5, 1 / below_root)]
        both = SHARES["both weak"] / len(SCALES) / len(ways) ** 2
        one = SHARES["one weak"] / len(SCALES) / len(ways) / 2
        close = disorder.n_tls / (8 * scale)  # the volume of the largest ball over that of the pair, r^3 ~ scale
        components += [(both, (w0, w1), (d0, d1), close) for w0, d0 in ways for w1, d1 in ways]
        for w, d in ways:
            components += [(one, (w, zero), (d, zero), zero), (one, (zero, w), (zero, d), zero)]
    return Mixture(*(np.array(column) for column in zip(*components, strict=True)))


@checked
def draw_weak_pairs(disorder: Disorder, seed: int, k: int, n_pairs: int, material: Glass = SIMULATION) -> WeakPairs:
    """Draw set `k` of weighted pairs. It depends on the arguments alone.

    Parameters
    ----------
    disorder : Disorder
        At least 3 TLSs, `delta_bar > 0`.
    seed, k : int
        Both >= 0.
    n_pairs : int
        How many systems, each with one pair.
    material : Glass
        Its speeds of sound enter `D_ij` of Eq. (A27) when dipoles are drawn.

    Returns
    -------
    WeakPairs

    Raises
    ------
    ValueError
        If `seed` or `k` is negative, `n_pairs` not positive, or `disorder` has fewer than 3 TLSs, no tunnelling, or no
        cube.
    """
    P, n = integer("n_pairs", n_pairs, 1, LARGEST_SAMPLE), integer("disorder.n_tls", disorder.n_tls, 3)
    positive("disorder.delta_bar", disorder.delta_bar)  # without tunnelling no TLS is weak
    if disorder.elongation != 1:
        raise ValueError(f"disorder.elongation = {disorder.elongation!r} is not allowed: it must be 1, a cube")
    # a stream of its own: (k, 1) where plain realisations have (k,)
    seed_sequence = np.random.SeedSequence(integer("seed", seed, 0), spawn_key=(integer("k", k, 0), 1))
    rng = np.random.Generator(np.random.PCG64(seed_sequence))
    pair = _draw_pairs(rng, disorder, P)
    asymmetry = rng.random((P, n)) ** (1.0 / disorder.asymmetry_exponent)
    tunnelling = disorder.delta_bar * 10.0 ** (disorder.n_delta * (rng.random((P, n)) - 0.5))
    asymmetry[:, :2], tunnelling[:, :2] = pair.asymmetry, pair.tunnelling
    polar = rng.random((P, n))
    polarisation = np.cos(np.pi * polar) if disorder.initial_state == "angle" else 2.0 * polar - 1.0
    if disorder.initial_state == "thermal":
        polarisation = thermal_polarisation(2.0 * np.hypot(asymmetry, tunnelling), disorder.temperature)
    separation = _separations(rng, disorder, pair.volume, pair.inside)
    distance = np.sqrt((separation**2).sum(axis=-1))  # p a j
    distance[:, [0, 1], [0, 1]] = np.inf
    if disorder.dipoles == "independent":
        trace_d2 = rng.standard_normal((P, n)) ** 2
        contraction = rng.standard_normal((P, 2, n))
    else:
        D = random_dipoles(rng, P * n, norm=disorder.dipoles).reshape(P, n, 3, 3)
        if disorder.dipoles in _SIZES:
            size = _size_of_share(disorder.dipoles, pair.size)
            D[:, :2] *= (size / np.sqrt((D[:, :2] ** 2).sum(axis=(-2, -1))))[..., None, None]
        trace_d2 = (D**2).sum(axis=(-2, -1))
        direction = separation / np.where(np.isinf(distance), 1.0, distance)[..., None]
        direction[:, [0, 1], [0, 1]] = [0.0, 0.0, 1.0]  # of a TLS from itself: any, since it is not used
        contraction = dipole_contraction(D[:, :2, None], D[:, None, :], direction, material.v_L, material.v_T)
    contraction[:, [0, 1], [0, 1]] = 0.0
    contraction[:, 1, 0] = contraction[:, 0, 1]
    return WeakPairs(asymmetry, tunnelling, trace_d2, polarisation, distance, contraction, pair.weight)


@dataclass(frozen=True)
class _Pairs:
    """What is tilted, of `P` pairs: asymmetries and amplitudes; quantiles of the dipoles' sizes and of the volume."""

    asymmetry: np.ndarray
    tunnelling: np.ndarray
    size: np.ndarray
    volume: np.ndarray
    inside: np.ndarray
    weight: np.ndarray


def _draw_pairs(rng, disorder, P):
    p, mix, span = disorder.asymmetry_exponent, mixture(disorder), np.log(10.0) * disorder.n_delta
    k = rng.choice(len(mix.share), size=P, p=mix.share)
    root = mix.weak[k] > 0
    log_ratio = rng.random((P, 2))  # of Delta to its largest, in units of the span: uniform, or e^(p span x) tilted
    tilted = 1.0 + np.log(log_ratio + (1.0 - log_ratio) * np.exp(-p * span)) / (p * span)
    log_ratio = np.where(root, tilted, log_ratio)
    tunnelling = disorder.delta_bar * np.exp(span * (log_ratio - 0.5))
    asymmetry = _tilted(rng.random((P, 2)), (mix.weak[k] / tunnelling) ** p)
    size, volume = _tilted(rng.random((P, 2)), mix.small[k]), _tilted(rng.random(P), mix.close[k])
    inside = (mix.close[k] > 0) | (rng.random(P) < _BALL)  # a component that tilts the distance knows only the ball
    # densities of all components over the own law: pair component site
    large = p * span * np.exp(p * span * (log_ratio - 1.0)) / -np.expm1(-p * span)
    density = np.where(mix.weak > 0, large[:, None], 1.0)
    density *= _tilt(asymmetry[:, None], (mix.weak / tunnelling[:, None]) ** p) * _tilt(size[:, None], mix.small)
    ball = np.where(mix.close > 0, _tilt(volume[:, None], mix.close) * inside[:, None] / _BALL, 1.0)
    weight = 1.0 / ((density.prod(axis=-1) * ball) @ mix.share)
    return _Pairs(asymmetry ** (1.0 / p), tunnelling, size, volume, inside, weight)


def _tilted(y, c):
    """Turn uniform numbers into numbers of density :func:`_tilt`."""
    return y / (1.0 + c * (1.0 - y))


def _tilt(u, c):
    """Density of a tilted quantile over its own, which is 1."""
    return (1.0 + c) / (1.0 + c * u) ** 2


def _separations(rng, disorder, quantile, inside):
    """Vectors from TLS 0 and TLS 1 to all TLSs, shape (P, 2, N, 3)."""
    side, P, n = disorder.side, len(quantile), disorder.n_tls
    direction = rng.standard_normal((P, 3))
    line = direction * (side / 2 * quantile ** (1 / 3) / np.sqrt((direction**2).sum(axis=1)))[:, None]
    while len(corner := np.flatnonzero(~inside)):  # uniform in the cube, outside of the ball
        line[corner] = side * (rng.random((len(corner), 3)) - 0.5)
        inside = inside.copy()
        inside[corner] = (line[corner] ** 2).sum(axis=1) > side**2 / 4
    positions = side * (rng.random((P, n, 3)) - 0.5)
    positions[:, 0] = 0.0  # anywhere: the cube is periodic
    positions[:, 1] = line
    separation = positions[:, :2, None] - positions[:, None, :]
    return separation - side * np.rint(separation / side)
