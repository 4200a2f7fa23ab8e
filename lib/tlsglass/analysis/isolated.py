"""What is read off the curves of the isolated system (Figs. 4, 5, 6): windows, exponents, laws to compare with."""

from collections.abc import Iterable

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, integer, refuse, times
from tlsglass._signatures import checked
from tlsglass._windows import within
from tlsglass.analysis.exponents import Estimate, PowerLaw, fit_exponential, fit_power_law, jackknife, rise_coefficient
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble
from tlsglass.ensembles.averages import observed
from tlsglass.ensembles.ensemble import MATERIALS

# The decay is fitted here: from well after the maximum (t ~ 0.1) to where 5000 realisations still know C(t) for N = 60.
# Systems smaller than SMALLEST_FITTED are on their way to the plateau by then.
DECAY_WINDOW = (0.5, 2.0)
SMALLEST_FITTED = 12
# For small tunnelling amplitudes the concurrence is out of sight sooner (Fig. 5).
TUNNELLING_WINDOW = (0.5, 1.0)
# The first times of the history: C(t) / t is fitted against ln(1/t) here.
RISE_WINDOW = (1e-3, 1e-2)


@checked
def decay_exponent(curve: Curve, window: tuple[float, float] = DECAY_WINDOW) -> PowerLaw:
    """Fit the power law `C ~ t^-beta_i` of Eq. (30) to a curve.

    Parameters
    ----------
    curve : Curve
    window : pair of float
        First and last time, in units of `hbar / W` for `eta = 1e5`.

    Returns
    -------
    PowerLaw

    Raises
    ------
    ValueError
        If the window has fewer than three times or the concurrence vanishes in it.
    """
    return fit_power_law(curve.time, curve.mean, curve.stderr, curve.blocks, window)


@checked
def decay_exponents(curves: list[Curve]) -> list[PowerLaw | None]:
    """Fit each curve of Fig. 4; None for systems smaller than `SMALLEST_FITTED`."""
    return [decay_exponent(c) if c.ensemble.n_tls >= SMALLEST_FITTED else None for c in curves]


@checked
def plateau_exponent(curves: list[Curve], sizes: Iterable[int]) -> tuple[Estimate, float]:
    """Fit `C(infinity) ~ exp(-alpha N)` of Eq. (30) to the plateaus of the systems of the given sizes.

    Parameters
    ----------
    curves : list of Curve
        Each with one time, the plateau (Fig. 6a).
    sizes : iterable of int
        Sizes `N` to use.

    Returns
    -------
    alpha : Estimate
    prefactor : float

    Raises
    ------
    ValueError
        If fewer than three curves have one of the sizes.
    """
    used = [c for c in curves if c.ensemble.n_tls in set(sizes)]
    if len({c.ensemble.n_tls for c in used}) < 3:
        raise ValueError(f"sizes = {sorted(set(sizes))} is not allowed: three or more of them must be among the curves")
    return fit_exponential([c.ensemble.n_tls for c in used], [c.mean[-1] for c in used])


@checked
def maximum(curve: Curve) -> tuple[float, float, float]:
    """Time of the largest average concurrence on the grid, its value, and its standard error."""
    k = int(np.argmax(curve.mean))
    return float(curve.time[k]), float(curve.mean[k]), float(curve.stderr[k])


@checked
def rise_slope(curve: Curve) -> Estimate:
    """Fit `C / t = c_1 ln(1/t) + c_2` in `RISE_WINDOW` and return `c_1`."""
    early = within(curve.time, RISE_WINDOW)
    if early.sum() < 3:
        raise ValueError(f"curve has {early.sum()} times in {RISE_WINDOW}: a fit needs at least 3")
    x = -np.log(curve.time[early])

    def slope(mean):
        return np.polyfit(x, mean[early] / curve.time[early], 1)[0]

    return Estimate(slope(curve.mean), float(jackknife(slope, curve.blocks)))


@checked
def far_pair_coefficient(ensemble: Ensemble) -> float:
    """`c_1` of :func:`tlsglass.analysis.exponents.rise_coefficient` for an ensemble, from the mean tilt of its TLSs.

    A finite system has `(N - 1) / 2` pairs per TLS instead of `N / 2`.

    Parameters
    ----------
    ensemble : Ensemble
        With the laws of Sec. IV A: asymmetries as in Eq. (4), `D_ij` Gaussian numbers, initial states on the sphere.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the ensemble has other laws.
    """
    for name in ("asymmetry_exponent", "dipoles", "initial_state"):
        if getattr(ensemble, name) != getattr(Ensemble, name):
            refuse(f"ensemble.{name}", getattr(ensemble, name), f"{getattr(Ensemble, name)!r}: the formula is for it")
    # the mean of eps / (2 sqrt(eps^2 + Delta^2)) over eps in [0, 1] is (sqrt(1 + Delta^2) - Delta) / 2
    decades = np.linspace(-0.5, 0.5, 2001) * ensemble.n_delta
    Delta = ensemble.delta_bar * 10.0**decades
    tilt = np.trapezoid((np.hypot(1.0, Delta) - Delta) / 2, decades) / ensemble.n_delta
    material = MATERIALS[ensemble.material]
    scale = ensemble.interaction_scale * material.interaction_energy / material.W
    mean_abs_normal = np.sqrt(2.0 / np.pi)
    n = ensemble.n_tls
    return (n - 1) / n * rise_coefficient(scale * tilt**2 * mean_abs_normal)


@checked
def collapse_error(ensembles: list[Ensemble], time: np.ndarray, n_realisations: int) -> float:
    """Largest difference between single realisations at equal `eta t`, over all ensembles, times and realisations.

    Parameters
    ----------
    ensembles : list of Ensemble
        Equal but for `interaction_scale`.
    time : array, shape (T,)
        Times for `eta = 1e5`.
    n_realisations : int

    Returns
    -------
    float
    """
    integer("n_realisations", n_realisations, 1, LARGEST_SAMPLE)
    time = times("time", time)
    if not ensembles:
        refuse("ensembles", ensembles, "one or more ensembles")
    rows = [observed(e, CONCURRENCE, time * (1e5 / e.interaction_scale), 0, n_realisations) for e in ensembles]
    return float(max(np.abs(r - rows[0]).max() for r in rows))
