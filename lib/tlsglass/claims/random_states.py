"""Claims about random states, Appendix C and Fig. 12: from the committed table, None without it."""

from tlsglass.analysis.exponents import Estimate
from tlsglass.analysis.random_states import scaling_fit
from tlsglass.claims.claim import Claim, Quoted, exact
from tlsglass.random_states import law
from tlsglass.results import data_folder, random_states, tables

CHAPTER = "14-random-states"
FITTED = (4, 5, 6, 7)  # whole states of more spins show nothing at the paper's statistics; below N = 4 there is no law


def _fit() -> tuple[Estimate, Estimate] | None:
    if tables.find(data_folder(), random_states.NAME) is None:
        return None
    table = random_states.read()
    rows = table[(table["method"] == "states") & table["n_tls"].isin(FITTED)]
    return scaling_fit(rows["n_tls"], rows["log_concurrence"])


def fitted_slope() -> Estimate | None:
    """`b` of the line fitted to `log2(-ln<C>)` of whole states, N = 4 to 7."""
    return None if _fit() is None else _fit()[0]


def fitted_constant() -> Estimate | None:
    """`a` of the line fitted to `log2(-ln<C>)` of whole states, N = 4 to 7."""
    return None if _fit() is None else _fit()[1]


def exact_constant() -> Estimate:
    """`a` of the exact law, `ln(27/16) / 4`."""
    return exact(law.DECAY)


CLAIMS = (
    Claim(
        "random-b", r"$b$ of $\langle C\rangle\sim e^{-a2^{bN}}$ in random states", "Fig. 12", "1.009(6)",
        Quoted(1.003, 1.015), fitted_slope, chapter=CHAPTER,
        remark=r"Line through $N=4$ to 7; exactly $b=1$ for large $N$.",
    ),
    Claim(
        "random-a", r"$a$ of $\langle C\rangle\sim e^{-a2^{bN}}$ in random states", "Figs. 6 and 12", "0.127(3)",
        Quoted(0.124, 0.130), fitted_constant, chapter=CHAPTER, remark=r"Line through $N=4$ to 7.",
    ),
    Claim(
        "random-a-analytic", "$a=1/2$ from the analytic estimate", "Eq. (C7), Fig. 12", "0.5", Quoted(0.5, 0.5),
        exact_constant, chapter=CHAPTER,
        remark=r"Exact law: $a=\frac14\ln\frac{27}{16}$. The estimate with the right dimension gives 1/8.",
    ),
)  # fmt: skip
