"""Claims that nothing in the library computes yet: entanglement entropy, dissipation."""

from tlsglass.claims.claim import Claim

_ENTROPY = "Needs the half-system entropy."
_OPEN_SYSTEM = "Needs the averages with dissipation."

CLAIMS = (
    Claim("entropy-growth", r"$S_E$ grows between $\ln t$ and a small power of $t$", "Fig. 7", "yes", remark=_ENTROPY),
    Claim("entropy-start", "$S_E$ starts to grow where $C$ has its maximum", "Fig. 7", "yes", remark=_ENTROPY),
    Claim("volume-law", r"$S_E(\infty)\propto N$", "Fig. 7", "yes", remark=_ENTROPY),
    Claim("lower-maximum", "Dissipation lowers the maximum of $C$ and brings it earlier", "Fig. 8", "yes",
          remark=_OPEN_SYSTEM),
    Claim("stretching", r"Departure from the plateau with $\delta\simeq0.2$", "Fig. 9", "0.2", remark=_OPEN_SYSTEM),
    Claim("stretching-time", r"... and $\tau=O(1)$", "Fig. 9", "1", remark=_OPEN_SYSTEM),
    Claim("steeper", r"$\beta_o>\beta_i$: $C$ decays faster with dissipation", "Fig. 10", "yes", remark=_OPEN_SYSTEM),
    Claim("underestimated", r"$\beta_o$ grows with $N$ beyond the paper's sizes", "Fig. 10", "yes",
          remark=_OPEN_SYSTEM),
    Claim("two-steps", r"$S_E$ grows in two steps at $\epsilon=10^{-6}$", "Fig. 11", "yes", remark=_OPEN_SYSTEM),
    Claim("open-volume-law", r"$S_E/N$ does not depend on $N$ at $\epsilon=1$", "Fig. 11", "yes", remark=_OPEN_SYSTEM),
)  # fmt: skip
