"""Claims about the isolated system, Figs. 4-6 and Eq. (30): from the committed averages, None without them."""

import re
from functools import cache
from pathlib import Path

import numpy as np

from tlsglass import results
from tlsglass._checks import one_of, refuse
from tlsglass._signatures import checked
from tlsglass.analysis import isolated
from tlsglass.analysis.exponents import Estimate
from tlsglass.claims.claim import HALF_A_DECADE, Claim, Holds, Quoted, exact
from tlsglass.ensembles import Curve, Ensemble
from tlsglass.ensembles.experiments import EXPERIMENTS, experiment
from tlsglass.ensembles.experiments.isolated import HISTORY
from tlsglass.estimates.scales import time_scales
from tlsglass.random_states import law
from tlsglass.results import tables

CHAPTER = "10-isolated-system"


def committed(figure: str) -> tuple[Curve, ...] | None:
    """All curves of a figure, if its table is in the data folder; nothing is computed.

    Raises
    ------
    ValueError
        If the figure is unknown.
    """
    return _committed(one_of("figure", figure, EXPERIMENTS), results.data_folder())


@cache
def _committed(figure: str, folder: Path) -> tuple[Curve, ...] | None:
    return tuple(results.curves(figure)) if tables.find(folder, figure) is not None else None


def _size(figure: str, n_tls: int) -> Curve | None:
    return next((c for c in committed(figure) or () if c.ensemble.n_tls == n_tls), None)


@checked
def ratio(a: Estimate, b: Estimate) -> Estimate:
    """Ratio of two independent estimates; `b` is not 0."""
    if b.value == 0:
        refuse("b", b, "different from zero")
    value = a.value / b.value
    return Estimate(value, float(np.hypot(a.stderr, value * b.stderr)) / abs(b.value))


def _difference(a: Estimate, b: Estimate) -> Estimate:
    return Estimate(a.value - b.value, float(np.hypot(a.stderr, b.stderr)))


@checked
def numbers_of(case: str, pattern: str) -> list[float]:
    """Return the numbers of a case, as it is written in `CLAIMS`."""
    try:
        found = re.fullmatch(pattern, case)
    except re.error:
        refuse("pattern", pattern, "a regular expression")
    try:
        return [float(word) for word in found.groups()]
    except (AttributeError, ValueError):
        raise ValueError(f"case = {case!r} is not allowed: it must be as pattern = {pattern!r} says") from None


def rise_exponent() -> Estimate | None:
    """Exponent of `C ~ t^x` in the first decade of times, N = 50."""
    if (curve := _size("fig04", 50)) is None:
        return None
    rise = isolated.decay_exponent(curve, isolated.RISE_WINDOW).exponent
    return Estimate(-rise.value, rise.stderr)


def rise_logarithm() -> Estimate | None:
    """Coefficient `c_1` of `C = t [c_1 ln(1/t) + c_2]` over its analytic value, N = 50; a rise without it has 0."""
    if (curve := _size("fig04", 50)) is None:
        return None
    slope, expected = isolated.rise_slope(curve), isolated.far_pair_coefficient(curve.ensemble)
    return Estimate(slope.value / expected, slope.stderr / expected)


@checked
def maximum_ratio(case: str) -> Estimate | None:
    """Largest average concurrence at one size over that at another, written "N = 60 over N = 20"."""
    if committed("fig04") is None:
        return None
    sizes = numbers_of(case, r"N = (\d+) over N = (\d+)")
    return ratio(*(Estimate(*isolated.maximum(_size("fig04", n))[1:]) for n in sizes))


def maximum_time() -> Estimate | None:
    """Phase `4 J t` at the maximum, with the strongest coupling of the median TLS, N = 50."""
    if (curve := _size("fig04", 50)) is None:
        return None
    scales = time_scales(curve.ensemble.disorder, 100, curve.seed, curve.ensemble.interaction_scale)
    return exact(4 * isolated.maximum(curve)[0] * scales.medians["interaction"])


def exponent_with_size() -> Estimate | None:
    """Fitted `beta_i` at N = 60 over that at N = 30."""
    if committed("fig04") is None:
        return None
    return ratio(*(isolated.decay_exponent(_size("fig04", n)).exponent for n in (60, 30)))


@checked
def exponent_with_tunnelling(case: str) -> Estimate | None:
    """Change of the fitted `beta_i` from one tunnelling amplitude to the next smaller one, N = 50."""
    if committed("fig05") is None:
        return None
    large, small = numbers_of(case, r"(.+) → (.+)")
    curves = {c.ensemble.delta_bar: c for c in committed("fig05") if c.ensemble.n_delta == 2.0}
    fits = (isolated.decay_exponent(curves[d], isolated.TUNNELLING_WINDOW) for d in (small, large))
    return _difference(*(fit.exponent for fit in fits))


@checked
def plateau_decay(case: str) -> Estimate | None:
    """Fitted `alpha` of `C(infinity) ~ exp(-alpha N)` over a range of sizes, written "N = 4 to 12"."""
    if committed("fig06a") is None:
        return None
    first, last = (int(n) for n in numbers_of(case, r"N = (\d+) to (\d+)"))
    return isolated.plateau_exponent(list(committed("fig06a")), range(first, last + 1))[0]


def plateau_over_random() -> Estimate | None:
    """Plateau at N = 6 over the average concurrence of random states of six qubits, which is known exactly."""
    if (curve := _size("fig06a", 6)) is None:
        return None
    plateau = Estimate(float(curve.mean[-1]), float(curve.stderr[-1]))
    return ratio(plateau, exact(law.concurrence_per_site(6)))


def collapse() -> Estimate:
    """Largest difference between realisations with eta = 1e3 ... 1e6 at equal `eta t`, N = 20."""
    ensembles = [Ensemble(20, interaction_scale=e.interaction_scale) for e in experiment("fig06b").ensembles]
    return exact(isolated.collapse_error(ensembles, HISTORY[::10], n_realisations=5))


CLAIMS = (
    Claim(
        "rise", "$C$ rises linearly in time", "Eq. (30), Fig. 4", "1", Quoted(1, 1, 1.1), rise_exponent,
        chapter=CHAPTER, remark="Exponent of a power law fitted to the first decade.",
    ),
    Claim(
        "rise-logarithm", "... without a logarithm", "Eq. (30), Fig. 4", "0", Quoted(0, 0), rise_logarithm,
        chapter=CHAPTER,
        remark=r"$c_1$ of $C=t\,[c_1\ln(1/t)+c_2]$ over that of far pairs in a box: 1 to 2 if they make one.",
    ),
    Claim(
        "maximum-size", "The maximum of $C$ does not depend on $N$, {case}", "Sec. IV C, Fig. 4", "1",
        Quoted(1, 1, 1.1), maximum_ratio, ("N = 60 over N = 10", "N = 60 over N = 20"), readings=True, chapter=CHAPTER,
        remark="Within 10 % is taken for equal.",
    ),
    Claim(
        "maximum-time", r"The maximum comes at $t_1\sim\hbar/J$", "Sec. IV C, Fig. 6(b)", "1",
        Quoted(1, 1, HALF_A_DECADE), maximum_time, chapter=CHAPTER,
        remark=r"Phase $4Jt_1/\hbar$ of a pair, with the strongest $\eta J$ of the median TLS.",
    ),
    Claim(
        "beta-size", r"$\beta_i$ stays finite as $N$ grows", "Sec. IV C, inset of Fig. 4", "1", Quoted(1, 1, 1.1),
        exponent_with_size, chapter=CHAPTER, remark=r"$\beta_i$ at $N=60$ over $N=30$; within 10 % is taken for equal.",
    ),
    Claim(
        "beta-tunnelling", r"$\beta_i$ grows as $\bar\Delta$ falls, {case}", "Sec. IV C, Fig. 5", "yes", Holds(low=0),
        exponent_with_tunnelling, ("1 → 0.3", "0.3 → 0.1", "0.1 → 0.03", "0.03 → 0.01"), chapter=CHAPTER,
        remark=r"Change of the fitted $\beta_i$, $N=50$.",
    ),
    Claim(
        "alpha", r"$C(\infty)\propto e^{-\alpha N}$ with $\alpha\approx0.8$, {case}", "Sec. IV C, Fig. 6(a)", "0.8",
        Quoted(0.75, 0.85, 1.1), plateau_decay, ("N = 4 to 8", "N = 4 to 12", "N = 10 to 14"),
        readings=True, chapter=CHAPTER, remark=r"The local $\alpha$ grows with $N$, so the range decides.",
    ),
    Claim(
        "plateau-random", "The plateau lies far above a random state", "Fig. 6(a)", "yes", Holds(low=2),
        plateau_over_random, chapter=CHAPTER, remark=r"Plateau over random state, $N=6$; at least 2 is asked for.",
    ),
    Claim(
        "collapse", r"Curves at different $\eta$ collapse in $\eta t$", "Fig. 6(b)", "yes", Holds(high=1e-6), collapse,
        chapter=CHAPTER, remark="Largest difference between single realisations: the collapse is exact.",
    ),
)  # fmt: skip
