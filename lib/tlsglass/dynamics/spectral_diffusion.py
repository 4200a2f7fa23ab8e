"""The echo of one TLS averaged over the random positions of its neighbours, in closed form (Klauder and Anderson 1962).

A neighbour that jumps between `s = +1` and `s = -1` adds the phase `w X` to the echo, with `w = B / r^3` and the
*imbalance* `X`: the time it spent up minus down before the pi pulse, minus the same after it. Positions are random with
density `n`. The mean of `cos(B X / r^3)` over all of space is an integral that converges without cutoff::

    <echo> = exp[-n int d^3r <1 - cos(B X / r^3)>] = exp[-(2 pi^2 / 3) n <|B|> <|X|>].

So the whole dynamics of the neighbours enters through one number, their mean absolute imbalance.
"""

import numpy as np

from tlsglass._checks import common_shape, finite_array, refuse
from tlsglass._signatures import checked
from tlsglass.dynamics.echo import propagated

# exp[-HOLTSMARK n |B| |X|]: (4 pi / 3) int_0^inf dv (1 - cos(1 / v)) = (4 pi / 3) (pi / 2)
HOLTSMARK = 2.0 * np.pi**2 / 3.0
_PANELS, _NODES = 48, 12  # Gauss-Legendre in each panel; the integrand turns about once a panel


@checked
def mean_imbalance(jumps: np.ndarray, splitting: np.ndarray) -> np.ndarray:
    """Mean absolute imbalance `<|X|> / t` of a thermal neighbour between the two halves of an echo sequence.

    It is `(2 / pi) int_0^inf dx (1 - Re F(x)) / x^2` with the factor `F` that the neighbour gives to the echo
    (:func:`tlsglass.dynamics.echo.hahn_echo`) at the frequency `w = x / t`: the Fourier transform of `|X|`.

    Parameters
    ----------
    jumps : array
        `G t`, where `G = 4 Y` is the rate of the neighbour at zero temperature, >= 0.
    splitting : array
        `hbar nu / k_B T`, > 0. Both shapes broadcast.

    Returns
    -------
    array
        At most 1. `jumps / (2 sinh(splitting))` where jumps are rare, and falling as their inverse root where many
        jumps average out. Good to 1e-3 of itself for `splitting` up to 16.

    Raises
    ------
    ValueError
        If a number is not finite, `jumps` is negative, `splitting` not positive, or the shapes do not broadcast.
    """
    shape = common_shape(jumps=jumps, splitting=splitting)
    y = finite_array("jumps", np.broadcast_to(jumps, shape), shape)
    x = finite_array("splitting", np.broadcast_to(splitting, shape), shape)
    if np.any(y < 0):
        refuse("jumps", y.min(), ">= 0 in every entry")
    if np.any(x <= 0):
        refuse("splitting", x.min(), "positive in every entry")
    f = 1.0 / np.expm1(x)
    width = np.sqrt(1.0 + y * (1.0 + 2.0 * f))  # many jumps: the phase diffuses, and F is as wide as this
    node, weight = np.polynomial.legendre.leggauss(_NODES)
    edges = 2.0 * np.pi * np.arange(_PANELS + 1)
    z = (0.5 * (edges[1:] + edges[:-1])[:, None] + 0.5 * np.diff(edges)[:, None] * node).ravel()
    weight = np.tile(0.5 * np.diff(edges)[0] * weight, _PANELS)
    w = z * width[..., None]
    y, f = y[..., None], f[..., None]
    u, d = (1.0 + f) / (1.0 + 2.0 * f), f / (1.0 + 2.0 * f)
    still = u * np.exp(-y * f) + d * np.exp(-y * (1.0 + f))  # never jumps: X = 0, and F keeps this share at any w
    for sign in (1.0, -1.0):
        u, d = propagated(u, d, sign * w, y, f, 0.5)
    integral = ((1.0 - (u + d).real) / w**2 * weight * width[..., None]).sum(axis=-1)
    imbalance = (2.0 / np.pi) * (integral + (1.0 - still[..., 0]) / (edges[-1] * width))
    y, f = y[..., 0], f[..., 0]
    rare = (
        y * (1.0 + 2.0 * f) < 1e-4
    )  # one jump at most, anywhere: |X| is t / 2 on average; and 1 - F has no digits left
    return np.where(rare, y / (2.0 * np.sinh(x)), imbalance)
