"""Dissipation against interaction, Eq. (24): the dynamical phase diagram of Fig. 2, with and without its prefactor."""

import numpy as np
import pandas as pd

from tlsglass._checks import (
    LARGEST_SAMPLE,
    integer,
    non_negative,
    non_negative_array,
    one_of,
    positive,
    positive_array,
)
from tlsglass._signatures import checked
from tlsglass.disorder.couplings import DISSIPATION_PREFACTORS, dissipation_rates, interactions
from tlsglass.estimates.glass_numbers import hopping_energy
from tlsglass.glass.materials import GLASSES, Glass
from tlsglass.glass.units import HBAR, MILLI_ELECTRONVOLT

MEAN_ASYMMETRY = 0.5  # of Eq. (4), in units of W


@checked
def naive_ratio(delta_bar_over_w: np.ndarray, w_tau: np.ndarray) -> np.ndarray:
    """Ratio `hbar Y / J` of Eq. (24) as printed, without a prefactor: `(Delta-bar / W)^2 (W tau / hbar)^3`.

    Parameters
    ----------
    delta_bar_over_w, w_tau : array
        >= 0.

    Raises
    ------
    ValueError
        If a number is negative or not finite.
    """
    delta = non_negative_array("delta_bar_over_w", delta_bar_over_w, np.shape(delta_bar_over_w))
    return np.square(delta) * np.power(non_negative_array("w_tau", w_tau, np.shape(w_tau)), 3)


@checked
def ratio_prefactor(
    prefactor: str = "corrected", asymmetry: float = MEAN_ASYMMETRY, trace_d2: float = 1.0, contraction: float = 1.0
) -> float:
    """Return what Eq. (24) leaves out: the ratio of (21) to (22) over `(Delta-bar / W)^2 (W tau / hbar)^3`.

    It is `(8 / 3) (eps / W) Tr D_i^2 / |D_ij|` with the printed (21) and twice that with the corrected one, for
    `Delta << eps`. Derived in :mod:`tlsglass.derivations.rate_ratio`.

    Parameters
    ----------
    prefactor : {"printed", "corrected"}
        Which (21).
    asymmetry : float
        `eps` in units of `W`; by default its mean.
    trace_d2, contraction : float
        `Tr D_i^2` and `|D_ij|`, of order 1.

    Raises
    ------
    ValueError
        If `prefactor` is neither of the two or a number is not positive.
    """
    factor = DISSIPATION_PREFACTORS[one_of("prefactor", prefactor, DISSIPATION_PREFACTORS)]
    dipoles = positive("trace_d2", trace_d2) / positive("contraction", contraction)
    return 8 / 3 * factor * positive("asymmetry", asymmetry) * dipoles


@checked
def boundary(w_tau: np.ndarray, over: float = 1.0) -> np.ndarray:
    """Line on which dissipation equals interaction: `Delta-bar / W` at given `W tau / hbar`.

    Parameters
    ----------
    w_tau : array
        `W tau / hbar`, positive.
    over : float
        The prefactor of Eq. (24): 1 as printed, or :func:`ratio_prefactor`.

    Raises
    ------
    ValueError
        If `w_tau` or `over` is not positive.
    """
    w_tau = positive_array("w_tau", w_tau, np.shape(w_tau))
    return w_tau**-1.5 / np.sqrt(positive("over", over))


@checked
def w_tau(glass: Glass) -> float:
    """Return `W tau / hbar` of a glass: the abscissa of Fig. 2."""
    return glass.W / hopping_energy(glass)


@checked
def log_spread(n_delta: float) -> float:
    """Return the standard deviation `n_delta ln(10) / sqrt(12)` of `ln Delta` for the log-uniform law (5).

    Raises
    ------
    ValueError
        If `n_delta` is negative or not finite.
    """
    return non_negative("n_delta", n_delta) * np.log(10) / np.sqrt(12)


@checked
def rate_over_interaction(
    glass: Glass,
    prefactor: str = "corrected",
    asymmetry: float = MEAN_ASYMMETRY,
    strength: float | None = None,
    distance: float = 1.0,
) -> dict[str, float]:
    """Dissipation and interaction of two equal, typical TLSs of a glass, straight from (21) and (22).

    Both have `Delta = Delta-bar`, `Tr D^2 = 1` and `D_ij = 1`.

    Parameters
    ----------
    glass : Glass
    prefactor : {"printed", "corrected"}
        Which (21).
    asymmetry : float
        `eps` in units of `W`.
    strength : float, optional
        `gamma` in units of `W`; by default that of Table I.
    distance : float
        In units of the spacing `rho_TLS^(-1/3)`.

    Returns
    -------
    dict
        "hbar Y / W", "J / W" and "hbar Y / J".

    Raises
    ------
    ValueError
        If `prefactor` is unknown or a number is not positive.
    """
    scale = 1.0 if strength is None else (positive("strength", strength) * glass.W / glass.gamma) ** 2
    tunnelling = glass.delta_bar / glass.W
    eps = np.full(2, positive("asymmetry", asymmetry))
    splitting = 2 * np.hypot(eps, tunnelling)
    r = np.full((2, 2), positive("distance", distance))
    Y = scale * dissipation_rates(np.full(2, tunnelling), splitting, np.ones(2), prefactor, glass)[0]
    J = scale * interactions(eps, splitting, np.ones((2, 2)), r, glass)[0, 1]
    return {"hbar Y / W": float(Y), "J / W": float(J), "hbar Y / J": float(Y / J)}


def phase_points() -> pd.DataFrame:
    """Positions of the three glasses in Fig. 2, and how far they lie from its line.

    Returns
    -------
    DataFrame
        One row per glass. Columns: `w_tau`; `delta` (Delta-bar / W); `spread` (standard deviation of ln Delta); `ratio`
        (Eq. (24) as printed); `exact` (with the corrected prefactor); `decades` (how many decades Delta-bar lies below
        the corrected line); `sigmas` (the same in units of `spread`).
    """
    rows = {}
    for name, glass in GLASSES.items():
        x, delta, spread = w_tau(glass), glass.delta_bar / glass.W, log_spread(glass.n_delta)
        margin = np.log(boundary(x, ratio_prefactor()) / delta)
        rows[name] = {
            "w_tau": x,
            "delta": delta,
            "spread": spread,
            "ratio": naive_ratio(delta, x),
            "exact": rate_over_interaction(glass)["hbar Y / J"],
            "decades": margin / np.log(10),
            "sigmas": margin / spread,
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype(float)


@checked
def estimate_of_section_iii_c(hopping: float | None = None) -> dict[str, float]:
    """Redo the estimate of `hbar Y / J` in Sec. III C from the round numbers quoted there.

    `W = 0.1 eV`, `Delta-bar = 1e-5 W`, `v = 5 km/s` and `r = 10 nm` go into Eq. (24) as printed.

    Parameters
    ----------
    hopping : float, optional
        `hbar / tau` in J, in place of `hbar v / r`.

    Returns
    -------
    dict
        "hbar / tau" in J, and "hbar Y / J".

    Raises
    ------
    ValueError
        If `hopping` is not positive.
    """
    hopping = HBAR * 5e3 / 10e-9 if hopping is None else positive("hopping", hopping)
    return {"hbar / tau": hopping, "hbar Y / J": float(naive_ratio(1e-5, 100 * MILLI_ELECTRONVOLT / hopping))}


@checked
def random_pairs(glass: Glass, n_samples: int, seed: int, prefactor: str = "corrected") -> pd.DataFrame:
    """Random pairs of TLSs one spacing `rho_TLS^(-1/3)` apart, to see how often dissipation wins.

    `eps` and `Delta` are drawn from (4) and (5) with the glass's limits; `Tr D^2` is the square of a standard Gaussian
    and `D_ij` another, as in Sec. IV A. The speed of sound is that of Eq. (A9).

    Parameters
    ----------
    glass : Glass
    n_samples : int
        At least 1.
    seed : int
    prefactor : {"printed", "corrected"}
        Which (21).

    Returns
    -------
    DataFrame
        One row per pair. Columns: `tunnelling` and `splitting` of the first TLS (in units of `W`), and `log_ratio`, the
        natural logarithm of `hbar Y_i / |J_ij|`.

    Raises
    ------
    ValueError
        If `n_samples` is not a positive integer or `prefactor` is unknown.
    """
    n = integer("n_samples", n_samples, 1, LARGEST_SAMPLE)
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    eps = rng.uniform(size=(2, n))
    Delta = np.exp(rng.uniform(np.log(glass.delta_min), np.log(glass.delta_max), size=(2, n))) / glass.W
    splitting = 2 * np.hypot(eps, Delta)
    Y = dissipation_rates(Delta[0], splitting[0], rng.standard_normal(n) ** 2, prefactor, glass)
    J = glass.interaction_energy / glass.W * np.prod(eps / splitting, axis=0) * rng.standard_normal(n)
    return pd.DataFrame({"tunnelling": Delta[0], "splitting": splitting[0], "log_ratio": np.log(Y / np.abs(J))})
