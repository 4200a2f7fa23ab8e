"""The density of levels that Eqs. (4) and (5) imply: flat up to a logarithm, the reason for the model's success."""

import numpy as np

from tlsglass._checks import LARGEST, SMALLEST, between, real_array
from tlsglass._signatures import checked


@checked
def density_of_splittings(splitting, delta_bar: float, n_delta: float) -> np.ndarray:
    """Probability density of `E = hbar nu = 2 sqrt(eps^2 + Delta^2)` when `eps` and `Delta` follow Eqs. (4)-(6).

    With `L = ln(Delta_max / Delta_min)` and for `E <= 2 W` it is

        `p(E) = [arcosh(E / 2 Delta_min) - arcosh(max(1, E / 2 Delta_max))] / (2 W L)`,

    zero below `2 Delta_min`, and close to `1 / 2W` above `2 Delta_max`. Beyond `2 W` the asymmetry ends the range: only
    `Delta > sqrt(E^2 / 4 - W^2)` contributes.

    Parameters
    ----------
    splitting : array
        `E`, in units of `W`, any shape.
    delta_bar : float
        Typical tunnelling amplitude, in units of `W`, from 1e-75 to 1e75.
    n_delta : float
        Span in decades, from 1e-6 to 300.

    Returns
    -------
    array, shape of `splitting`
        Density per `W`.

    Raises
    ------
    ValueError
        If `delta_bar` or `n_delta` is outside its range, or a splitting is not a finite number.

    Examples
    --------
    >>> from tlsglass.disorder.levels import density_of_splittings
    >>> round(float(density_of_splittings(1.0, delta_bar=1e-5, n_delta=8.0)), 4)
    0.5003
    """
    E = real_array("splitting", splitting)
    if not np.all(np.isfinite(E)):
        raise ValueError(f"splitting = {splitting!r} is not allowed: it must be finite")
    between("n_delta", n_delta, 1e-6, 300)  # with less the two ends are one number
    root = between("delta_bar", delta_bar, SMALLEST, LARGEST) * np.sqrt(10.0**n_delta)
    low, high = delta_bar**2 / root, root
    lowest = np.maximum(low, np.sqrt(np.maximum(0.0, E**2 / 4 - 1)))  # smallest Delta whose eps fits below W
    highest = np.maximum(lowest, high)

    def primitive(delta):  # of 1 / (Delta sqrt(1 - (2 Delta / E)^2)), up to a sign
        return np.arccosh(np.maximum(1.0, E / (2 * delta)))

    return (primitive(lowest) - primitive(highest)) / (2 * np.log(high / low))
