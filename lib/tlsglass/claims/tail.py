"""Claims about the decay as such: is it a power law, is it robust? From the committed averages, None without them."""

from tlsglass._signatures import checked
from tlsglass.analysis import isolated, tail
from tlsglass.analysis.exponents import Estimate
from tlsglass.claims.claim import Claim, Quoted
from tlsglass.claims.isolated import committed, ratio
from tlsglass.ensembles import Curve

LAW, GLASSES = "15-law-of-the-tail", "16-real-glasses"
LATE = (10.0, 3000.0)  # after the overshoot, in hbar / W for eta = 1e5
DECADES = 1.6  # after the first of the late times: from near the maximum to where the law begins


def _pick(figure: str, **parameters) -> Curve | None:
    found = (c for c in committed(figure) or () if parameters.items() <= c.ensemble.parameters.items())
    return next(found, None)


def late_over_fitted() -> Estimate | None:
    """Exponent of the tail at N = 80, from t = 10 to 3000, over the fitted `beta_i` of N = 60."""
    late, early = _pick("tail", n_tls=80, asymmetry_exponent=1.0, dissipation_scale=0.0), _pick("fig04", n_tls=60)
    if late is None or early is None:
        return None
    return ratio(tail.tail_exponent(late, LATE).exponent, isolated.decay_exponent(early).exponent)


def _fall(**parameters) -> Estimate | None:
    """Mean exponent of a glass over the first decades of the decay."""
    if (curve := _pick("glasses_tail", **parameters)) is None:
        return None
    return tail.mean_exponent(curve, (curve.time[0], curve.time[0] * 10**DECADES))


@checked
def other_material(case: str) -> Estimate | None:
    """Mean exponent of the decay in a glass over that in SiO2, with five Gaussian components of the dipoles."""
    one, other = (_fall(material=name, dipoles="gaussian") for name in (case, "SiO2"))
    return None if one is None or other is None else ratio(one, other)


@checked
def other_dipoles(case: str) -> Estimate | None:
    """Mean exponent of the decay in SiO2 with one law of the size of the dipoles, over that with the paper's law."""
    one, other = (_fall(material="SiO2", dipoles=name) for name in (case, "paper"))
    return None if one is None or other is None else ratio(one, other)


CLAIMS = (
    Claim(
        "beta-late", r"The power law of the fits, $t^{-\beta_i}$, is how $C$ decays", "Sec. IV C, Fig. 4", "1",
        Quoted(1, 1, 1.1), late_over_fitted, chapter=LAW,
        remark=r"Exponent from $t=10$ to 3000, $N=80$, over the fitted $\beta_i$; within 10 % is taken for equal.",
    ),
    Claim(
        "robust-material", "The decay is robust from material to material, {case}", "Sec. V", "1", Quoted(1, 1, 1.25),
        other_material, ("BK7", "PMMA"), chapter=GLASSES,
        remark=r"Mean exponent of the decay over that of SiO$_2$, Gaussian dipoles; within 25 % is taken for equal.",
    ),
    Claim(
        "robust-disorder", "... and against the uncertainty of the disorder, {case} dipoles", "Sec. V", "1",
        Quoted(1, 1, 1.25), other_dipoles, ("gaussian", "fixed"), chapter=GLASSES,
        remark=r"As above, over that of the paper's $\mathrm{Tr}D^2$, in SiO$_2$; within 25 % is taken for equal.",
    ),
)  # fmt: skip
