"""Claims about the open system and about entropies, Figs. 7 to 11: from the committed averages, None without them."""

import numpy as np

from tlsglass._checks import refuse
from tlsglass._signatures import checked
from tlsglass.analysis import entropy, isolated, open_system
from tlsglass.analysis.exponents import Estimate, jackknife
from tlsglass.claims.claim import HALF_A_DECADE, Claim, Holds, Quoted, exact
from tlsglass.claims.isolated import committed, numbers_of
from tlsglass.ensembles import Curve

OPEN_CHAPTER, ENTROPY_CHAPTER = "12-dissipation", "13-entropy"
BAR_WINDOW = (5.0, 400.0)  # after the close pairs, to the last time
# Of epsilon t: from where 1 % of the decay is done to where most of it is, and from there on.
STRETCHED_WINDOWS = {"from εt = 0.01": (1e-2, 10.0), "from εt = 0.1": (0.1, 10.0)}
TIME_WINDOWS = {"amplitude 1": (1e-2, 1.0), "shifted": (1e-2, 10.0)}  # a shift needs the whole departure


def _curve(figure: str, n_tls: int, scale: float | None = None) -> Curve | None:
    mine = (c for c in committed(figure) or () if c.ensemble.n_tls == n_tls)
    return next((c for c in mine if scale is None or c.ensemble.dissipation_scale == scale), None)


def _at(curve: Curve, time: float) -> int:
    return int(np.argmin(np.abs(np.log(curve.time / time))))


def _statistic(curve: Curve, statistic) -> Estimate:
    return Estimate(float(statistic(curve.mean)), float(jackknife(statistic, curve.blocks)))


def entropy_growth() -> Estimate | None:
    """Exponent of `S_2 ~ t^x` of half a bar of 320 isolated TLSs."""
    curve = _curve("growth", 320)
    return None if curve is None else entropy.growth_law(curve, BAR_WINDOW)


def entropy_start() -> Estimate | None:
    """Time at which `S_E` has a tenth of its final value over the time of the maximum of `C`, N = 16."""
    curve, concurrence = _curve("fig07", 16), _curve("fig04", 16)
    if curve is None or concurrence is None:
        return None
    return exact(entropy.time_to_reach(curve, 0.1) / isolated.maximum(concurrence)[0])


def volume_law() -> Estimate | None:
    """Growth of the final `S_E` from N = 8 to 12 over that from N = 4 to 8: 1 for a straight line."""
    curves = [_curve("fig07", n) for n in (4, 8, 12)]
    if None in curves:
        return None
    s = [entropy.saturation(c) for c in curves]
    low, middle, high = (n * x.value for n, x in zip((4, 8, 12), s, strict=True))
    errors = [n * x.stderr for n, x in zip((4, 8, 12), s, strict=True)]
    value, step = (high - middle) / (middle - low), middle - low
    return Estimate(value, float(np.hypot(np.hypot(errors[2], (1 + value) * errors[1]), value * errors[0]) / step))


@checked
def lower_maximum(case: str) -> Estimate | None:
    """Maximum of `C` with strong dissipation over that without, at one size, written "N = 60"."""
    (n,) = (int(x) for x in numbers_of(case, r"N = (\d+)"))
    open_, alone = _curve("fig10", n), _curve("fig09" if n == 9 else "fig04", n, 0.0)
    if open_ is None or alone is None:
        return None
    blocks = np.stack([open_.blocks, alone.blocks], axis=1)

    def ratio(stacked):
        return stacked[0].max() / stacked[1].max()

    return Estimate(float(ratio(np.stack([open_.mean, alone.mean]))), float(jackknife(ratio, blocks)))


def _stretched(window, scale, form):
    curve, alone = _curve("fig09", 9, scale), _curve("fig09", 9, 0.0)
    if curve is None or alone is None:
        return None
    inside = tuple(min(x / scale, curve.time[-1]) for x in window)
    return open_system.fit_stretched(curve, alone, inside, form)


@checked
def stretching(case: str) -> Estimate | None:
    """`delta` fitted at epsilon = 1e-4, N = 9, for a form and a window: "amplitude 1, from εt = 0.01"."""
    form, _, window = case.partition(", ")
    if form not in open_system.FORMS or window not in STRETCHED_WINDOWS:
        refuse("case", case, 'written "amplitude 1, from εt = 0.01"')
    fit = _stretched(STRETCHED_WINDOWS[window], 1e-4, form)
    return None if fit is None else fit.delta


@checked
def stretching_time(case: str) -> Estimate | None:
    """`tau` fitted at one scale, N = 9, for a form: "amplitude 1, ε = 1e-6"."""
    form = case.partition(", ")[0]
    (scale,) = numbers_of(case, rf"(?:{'|'.join(TIME_WINDOWS)}), ε = (.+)")
    fit = _stretched(TIME_WINDOWS[form], scale, form)
    return None if fit is None else fit.tau


@checked
def steeper(case: str) -> Estimate | None:
    """`beta_o - beta_i` over the same realisations at one size, written "N = 9"."""
    (n,) = (int(x) for x in numbers_of(case, r"N = (\d+)"))
    open_, alone = _curve("fig10", n), _curve("fig09" if n == 9 else "fig04", n, 0.0)
    return None if open_ is None or alone is None else open_system.exponent_difference(open_, alone)


def underestimated() -> Estimate | None:
    """`beta_o` at N = 60 minus that at N = 9."""
    curves = [_curve("fig10", n) for n in (60, 9)]
    if None in curves:
        return None
    a, b = (isolated.decay_exponent(c, open_system.DECAY_WINDOW).exponent for c in curves)
    return Estimate(a.value - b.value, float(np.hypot(a.stderr, b.stderr)))


def second_step() -> Estimate | None:
    """Rise of `S_E / N` from t = 1e3 to 1e6 at epsilon = 1e-6, N = 8."""
    curve = _curve("fig11", 8, 1e-6)
    return None if curve is None else _statistic(curve, lambda mean: mean[-1] - mean[_at(curve, 1e3)])


def open_volume_law() -> Estimate | None:
    """`S_E / N` at epsilon = 1 and t = 1, N = 12 over N = 8."""
    curves = [_curve("fig11", n, 1.0) for n in (12, 8)]
    if None in curves:
        return None
    i = _at(curves[0], 1.0)
    (a, da), (b, db) = ((c.mean[i], c.stderr[i]) for c in curves)
    return Estimate(float(a / b), float(a / b * np.hypot(da / a, db / b)))


CLAIMS = (
    Claim(
        "entropy-growth", r"$S_E$ grows between $\ln t$ and a small power of $t$, $\alpha\sim1$", "Fig. 7",
        "0 to 1", Holds(0, 1), entropy_growth, chapter=ENTROPY_CHAPTER,
        remark=r"Exponent of $S_2$ of half a bar of 320 TLSs, $5\leq t\leq316$; 2/5 is expected there.",
    ),
    Claim(
        "entropy-start", "$S_E$ starts to grow where $C$ has its maximum", "Fig. 7", "1", Quoted(1, 1, HALF_A_DECADE),
        entropy_start, chapter=ENTROPY_CHAPTER, remark="Time of a tenth of the final entropy over that of the maximum.",
    ),
    Claim(
        "volume-law", r"$S_E(\infty)\propto N$", "Fig. 7", "1", Quoted(1, 1, 1.1), volume_law, chapter=ENTROPY_CHAPTER,
        remark=r"Growth from $N=8$ to 12 over that from 4 to 8; the straight line has a negative constant.",
    ),
    Claim(
        "lower-maximum", "Dissipation lowers the maximum of $C$, {case}", "Fig. 8", "< 1", Holds(high=1),
        lower_maximum, ("N = 9", "N = 60"), chapter=OPEN_CHAPTER,
        remark=r"Ratio at $\epsilon=1$; the maximum comes no later.",
    ),
    Claim(
        "stretching", r"Departure from the plateau with $\delta\simeq0.2$, {case}", "Fig. 9", "0.2",
        Quoted(0.15, 0.25), stretching,
        tuple(f"{form}, {w}" for form in open_system.FORMS for w in STRETCHED_WINDOWS),
        readings=True, chapter=OPEN_CHAPTER,
        remark="With the $t_0$ of the paper its form describes the departure; without, it does not.",
    ),
    Claim(
        "stretching-time", r"... and $\tau=O(1)$, {case}", "Fig. 9", "1", Quoted(1, 1, HALF_A_DECADE),
        stretching_time, ("amplitude 1, ε = 1e-6", "amplitude 1, ε = 1e-4", "shifted, ε = 1e-4"), readings=True,
        chapter=OPEN_CHAPTER,
        remark=r"Only $\epsilon t$ matters, so $\tau\propto1/\epsilon$; with $t_0$ free it is not determined.",
    ),
    Claim(
        "steeper", r"$\beta_o>\beta_i$: $C$ decays faster with dissipation, {case}", "Fig. 10", "> 0", Holds(low=0),
        steeper, ("N = 9", "N = 20", "N = 60"), chapter=OPEN_CHAPTER,
        remark=r"Difference over the same realisations, fitted in $0.3\leq t\leq1$.",
    ),
    Claim(
        "underestimated", r"$\beta_o$ grows with $N$ beyond the paper's sizes", "Fig. 10", "> 0", Holds(low=0),
        underestimated, chapter=OPEN_CHAPTER, remark=r"$\beta_o$ at $N=60$ minus that at $N=9$.",
    ),
    Claim(
        "two-steps", r"$S_E$ grows in two steps at $\epsilon=10^{-6}$", "Fig. 11", "> 0", Holds(low=0), second_step,
        chapter=ENTROPY_CHAPTER, remark="Height of the second step of $S_E/N$, $N=8$; the negativity falls in it.",
    ),
    Claim(
        "open-volume-law", r"$S_E/N$ does not depend on $N$ at $\epsilon=1$", "Fig. 11", "1", Quoted(1, 1, 1.1),
        open_volume_law, chapter=ENTROPY_CHAPTER, remark="At $t=1$, $N=12$ over $N=8$; within 10 % is taken for equal.",
    ),
)  # fmt: skip
