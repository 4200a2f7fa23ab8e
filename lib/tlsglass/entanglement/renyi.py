"""Second Renyi entropy of a subsystem too large for any matrix: the purity as an average over patterns.

With `d_a` in (-1, 0, 1) the difference of the two indices of an element at site `a` of the subsystem `A`, ::

    Tr rho_A^2 = sum_d prod_{a in A} g_a(d) prod_{j not in A} |F_j(w_j)|^2,    w_j = 4 sum_a J_ja d_a,

where `g_a` is `|coherence|^2` for `d_a = +-1` and the sum of the squared populations for `d_a = 0`, and `F_j` is the
trace of a traced-out spin. At `t = 0` all `F_j = 1`, and the `g_a` are a probability for each site: the prior. Patterns
with no or one non-zero entry are summed exactly; the rest is an average.

- :func:`sampled_purity` draws from the prior. Any system, also open. Good while `S_2` is small.
- :func:`filtered_purity` moves a population from the prior to the weights in small steps. Isolated systems, thousands
  of spins.

Errors belong to the purity. `-ln` of an unbiased estimate is biased upwards, by half the squared relative error.
"""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import finite, integer, non_negative, positive, times
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.dynamics.subsystems import sites_and_others
from tlsglass.kernels import renyi as kernels
from tlsglass.kernels.subsystem import pattern_weights

LARGEST_RELATIVE_ERROR = 0.1
FEWEST_EFFECTIVE_SAMPLES = 50  # (sum of weights)^2 / sum of squares: with fewer, the scatter does not know its own size


class TooUncertain(ValueError):
    """An estimate whose error is too large to be of use."""


@dataclass(frozen=True)
class Purity:
    """Estimate of `Tr rho_A^2`.

    Attributes
    ----------
    value, stderr : float
        Unbiased estimate and its standard error, in units of `exp(log_unit)`.
    log_unit : float
        0, unless the purity is too small for a float.

    Raises
    ------
    ValueError
        If the value is not positive or the error negative.
    """

    value: float
    stderr: float
    log_unit: float = 0.0

    def __post_init__(self):
        positive("value", self.value), non_negative("stderr", self.stderr), finite("log_unit", self.log_unit)

    @property
    def relative_error(self) -> float:
        """Standard error over value, which is also the standard error of the entropy."""
        return self.stderr / self.value

    @property
    def entropy(self) -> float:
        """Second Renyi entropy `-ln Tr rho_A^2` in nats; too large by about half the squared relative error."""
        return float(-np.log(self.value) - self.log_unit)


@checked
def prior(tls: System, sites) -> tuple[np.ndarray, np.ndarray]:
    """Weights `(1 + m^2)/2` of `d_a = 0` and `(1 - m^2)/4` of each of `d_a = +-1`, shapes (k,) and (k,)."""
    kept, _ = sites_and_others(tls, sites)
    squared = tls.polarisation[kept] ** 2
    return (1 + squared) / 2, (1 - squared) / 4


@checked
def entropy_bound(tls: System, sites) -> float:
    """Largest `S_2` that a subsystem of an isolated system can have at any time: `sum_a ln[2 / (1 + m_a^2)]`.

    The pattern `d = 0` alone contributes `prod_a (1 + m_a^2) / 2` to the purity. In an isolated system the entropy of
    the other half is the same, so it obeys the bound of either half.
    """
    kept, _ = sites_and_others(tls, sites)
    return float(-np.log(prior(tls, kept)[0]).sum())


def _few(tls, kept, others, t):
    """Exact sum over the patterns with no or one non-zero entry, shape (T,); `d` and `-d` count once, doubled."""
    k = kept.size
    patterns = np.vstack([np.zeros((1, k), np.int64), np.eye(k, dtype=np.int64)])
    return np.array([1.0] + k * [2.0]) @ _weights(tls, kept, others, patterns, t)


def _log_few(tls, kept, others, t):
    """Logarithm of :func:`_few` of an isolated system, where the sum itself is too small for a float."""
    stay, flip = prior(tls, kept)
    factors = 1.0 - (1.0 - tls.polarisation[others] ** 2) * np.sin(4.0 * t * tls.J[np.ix_(kept, others)]) ** 2
    with np.errstate(divide="ignore"):  # a weight of 0
        one = np.log(2.0 * flip / stay) + np.log(factors).sum(axis=1)
    return np.log(stay).sum() + np.logaddexp.reduce(one, initial=0.0)


def _weights(tls, kept, others, patterns, t):
    out = np.empty((len(patterns), t.size))
    pattern_weights(tls.J, 4.0 * tls.Y, tls.occupation, tls.polarisation, kept, others, patterns, t, out)
    return out


def _at_least(stay, flip):
    """Prior probability of at least r = 0, 1, 2 non-zero entries among the sites a ... k-1, shape (k + 1, 3)."""
    Q = np.zeros((stay.size + 1, 3))
    Q[:, 0] = 1.0
    for a in range(stay.size - 1, -1, -1):
        Q[a, 1:] = stay[a] * Q[a + 1, 1:] + 2.0 * flip[a] * Q[a + 1, :2]
    return Q


def _draw_many(stay, flip, n, rng):
    """Draw `n` patterns with two or more non-zero entries from the prior, site by site, shape (n, k)."""
    Q = _at_least(stay, flip)
    d, missing = np.zeros((n, stay.size), np.int64), np.full(n, 2)
    for a in range(stay.size):
        fewer = np.maximum(missing - 1, 0)
        flipped = rng.random(n) * Q[a, missing] < 2.0 * flip[a] * Q[a + 1, fewer]
        d[:, a] = np.where(flipped, rng.choice([-1, 1], n), 0)
        missing = np.where(flipped, fewer, missing)
    return d


def _refuse_if_uncertain(estimate, effort, largest_relative_error):
    if not estimate.relative_error <= largest_relative_error:
        factor = (estimate.relative_error / largest_relative_error) ** 2
        raise TooUncertain(
            f"{effort[0]} = {effort[1]} gives S_2 = {estimate.entropy:.3f} with a relative error of the purity of "
            f"{estimate.relative_error:.2f}; at most largest_relative_error = {largest_relative_error:g} is allowed. "
            f"If the error can be trusted, {effort[0]} = {effort[1] * factor:.1e} would do"
        )
    return estimate


@checked
def sampled_purity(
    tls: System, sites, time, n_samples: int = 20_000, seed: int = 0,
    largest_relative_error: float = LARGEST_RELATIVE_ERROR,
) -> list[Purity]:  # fmt: skip
    """Purity of a subsystem by drawing patterns from the prior; all times share the samples.

    The weights of the samples spread like `exp(S_2)`, so this works while `S_2` is below about 8. Where few samples
    carry the sum, their scatter is smaller than the error: that is refused too.

    Parameters
    ----------
    tls : System
        Isolated or not.
    sites : sequence of int
        The subsystem.
    time : float or array, shape (T,)
    n_samples, seed : int
        At least 2 samples.
    largest_relative_error : float
        Above it the estimate is refused.

    Returns
    -------
    list of Purity
        One for each time.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    TooUncertain
        If a relative error is too large (says how many samples would be needed), or fewer than
        `FEWEST_EFFECTIVE_SAMPLES` samples carry a sum.
    """
    kept, others = sites_and_others(tls, sites)
    t = times("time", time)
    n = integer("n_samples", n_samples, 2)
    positive("largest_relative_error", largest_relative_error)
    stay, flip = prior(tls, kept)
    exact, many = _few(tls, kept, others, t), _at_least(stay, flip)[0, 2]
    if many > 0:
        d = _draw_many(stay, flip, n, np.random.default_rng(integer("seed", seed, 0)))
        probability = np.prod(np.where(d == 0, stay, flip), axis=1) / many
        with np.errstate(all="ignore"):  # weights too small for a float: no carrier
            values = _weights(tls, kept, others, d, t) / probability[:, None]
            mean, stderr = values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(n)
            carriers = float(np.nan_to_num(values.sum(axis=0) ** 2 / (values**2).sum(axis=0)).min())
        if carriers < min(FEWEST_EFFECTIVE_SAMPLES, n):
            raise TooUncertain(
                f"n_samples = {n}: the sum is carried by {carriers:.0f} samples, and its error is not known; at least "
                f"{FEWEST_EFFECTIVE_SAMPLES} are needed. Use more samples, or filtered_purity"
            )
    else:
        mean = stderr = np.zeros(t.size)
    estimates = [Purity(float(e + x), float(s)) for e, x, s in zip(exact, mean, stderr, strict=True)]
    return [_refuse_if_uncertain(e, ("n_samples", n), largest_relative_error) for e in estimates]


@dataclass(frozen=True)
class Effort:
    """How hard a particle filter works.

    Parameters
    ----------
    particles : int
        Size of the population, at least 2.
    steps : int
        Steps of the exponent from 0 to 1, quadratically denser at 0 where the weights change fastest.
    sweeps : int
        Gibbs sweeps after each step.
    runs : int
        Independent runs, an even number >= 4: the error is their scatter. Half of them sum over the patterns of the
        subsystem, half over those of the rest of the system, which has the same purity.
    """

    particles: int = 200
    steps: int = 24
    sweeps: int = 1
    runs: int = 8

    def __post_init__(self):
        for name, least in (("particles", 2), ("steps", 1), ("sweeps", 0), ("runs", 4)):
            integer(name, getattr(self, name), least)
        if self.runs % 2:
            raise ValueError(f"runs = {self.runs!r} is not allowed: it must be even")

    @property
    def exponents(self) -> np.ndarray:
        """Exponents from 0 to 1, shape (steps + 1,)."""
        return np.linspace(0.0, 1.0, self.steps + 1) ** 2


STANDARD = Effort()


def _filtered(tls, kept, others, t, effort, rng):
    """Return the logarithm of one unbiased estimate of the part of the purity with two or more non-zero entries."""
    stay, flip = prior(tls, kept)
    many = _at_least(stay, flip)[0, 2]
    if many == 0:
        return -np.inf
    d = _draw_many(stay, flip, effort.particles, rng)
    fill = -others.size % kernels.LANES  # spins that see nothing and weigh 1
    coupling = np.hstack([4.0 * t * tls.J[np.ix_(kept, others)], np.zeros((kept.size, fill))])
    opening = np.append(1.0 - tls.polarisation[others] ** 2, np.zeros(fill))
    cos_table, sin_table = np.cos(coupling), np.sin(coupling)
    cosine, sine = np.cos(d @ coupling), np.sin(d @ coupling)
    log_weight = np.empty(effort.particles)
    kernels.log_weights(sine, opening, log_weight)
    log_purity = np.log(many)
    for low, high in zip(effort.exponents[:-1], effort.exponents[1:], strict=True):
        gain = (high - low) * log_weight
        weight = np.exp(gain - gain.max())
        log_purity += gain.max() + np.log(weight.mean())
        ladder = (rng.random() + np.arange(effort.particles)) / effort.particles * weight.sum()
        chosen = np.minimum(np.searchsorted(np.cumsum(weight), ladder), effort.particles - 1)  # systematic resampling
        d, cosine, sine = d[chosen], cosine[chosen], sine[chosen]
        for _ in range(effort.sweeps):
            uniform = rng.random(d.shape)
            kernels.sweep(d, cosine, sine, cos_table, sin_table, opening, stay, flip, high, uniform)
        kernels.log_weights(sine, opening, log_weight)
    return float(log_purity)


@checked
def filtered_purity(
    tls: System, sites, time: float, effort: Effort = STANDARD, seed: int = 0,
    largest_relative_error: float = LARGEST_RELATIVE_ERROR,
) -> Purity:  # fmt: skip
    """Purity of a subsystem of an isolated system by a particle filter, for subsystems of up to thousands of TLSs.

    A population drawn from the prior is led to the weights `prior * prod_j |F_j|^2` through the fictitious family
    `prod_j |F_j|^(2 lambda)`, `lambda = 0 ... 1`, at fixed time: reweight, resample, Gibbs sweeps. The product of the
    mean weights is an unbiased estimate of the sum (Del Moral, Doucet and Jasra, J. R. Stat. Soc. B 68, 411 (2006)).

    At late times the sum has two phases: patterns with few non-zero entries in `A`, and patterns that are few in the
    language of the rest `B`. A population from the prior starts in the second. Runs that sum over `B` instead start in
    the first; half of the runs do, and the error is the scatter of all.

    Parameters
    ----------
    tls : System
        Isolated.
    sites : sequence of int
        The subsystem; neither it nor its rest is empty.
    time : float
    effort : Effort
    seed : int
    largest_relative_error : float
        Above it the estimate is refused.

    Returns
    -------
    Purity

    Raises
    ------
    ValueError
        If an argument is outside its range, the system is not isolated, or the subsystem is the whole system.
    TooUncertain
        If the relative error is too large, or the estimate violates :func:`entropy_bound`: the runs missed a phase.
    """
    kept, others = sites_and_others(tls, sites)
    t = non_negative("time", time)
    integer("seed", seed, 0)
    positive("largest_relative_error", largest_relative_error)
    if others.size == 0:
        raise ValueError(f"sites = {sites!r} is not allowed: something must be left to trace out")
    if np.any(tls.Y > 0):
        raise ValueError(f"Y = {tls.Y!r} is not allowed: the filter is for isolated systems, every rate must be 0")
    pairs = ((kept, others), (others, kept))  # the runs take turns
    children = np.random.SeedSequence(seed).spawn(effort.runs)
    many = [
        _filtered(tls, *pairs[run % 2], t, effort, np.random.Generator(np.random.PCG64(child)))
        for run, child in enumerate(children)
    ]
    unit, few = 0.0, [_few(tls, *pair, np.array([t]))[0] for pair in pairs]
    if max(*few, np.exp(max(many))) < np.finfo(float).tiny:
        log_few = np.array([_log_few(tls, *pair, t) for pair in pairs])
        unit = float(max(*log_few, *many))
        few = np.exp(log_few - unit)
    values = [few[run % 2] + np.exp(x - unit) for run, x in enumerate(many)]
    estimate = Purity(float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(effort.runs)), unit)
    _refuse_if_uncertain(estimate, ("particles", effort.particles), largest_relative_error)
    bound = min(entropy_bound(tls, kept), entropy_bound(tls, others))
    if estimate.entropy > bound + 5 * estimate.relative_error + 1e-9:
        raise TooUncertain(
            f"particles = {effort.particles} gives S_2 = {estimate.entropy:.3f}({estimate.relative_error:.3f}), above "
            f"the bound {bound:.3f} of an isolated system: the runs missed most of the sum"
        )
    return estimate
