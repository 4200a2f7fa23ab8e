"""Ramsey and Hahn echo of one TLS among all others: exact, by the product over spins that gives the two-site states.

The coherence of TLS `a` is multiplied by one factor for each other TLS: the trace of its two populations under the
frequency `+-4 J_aj` (:mod:`tlsglass.kernels.relaxation`). An ideal pi pulse on `a` at half time exchanges its two
states, so the frequency changes sign there while the populations go on. What does not change with time is refocused;
what is left is the neighbours that jump.
"""

import numpy as np

from tlsglass._checks import common_shape, integer, times
from tlsglass._signatures import checked
from tlsglass.dynamics.states import System


@checked
def propagated(
    u: np.ndarray, d: np.ndarray, w: np.ndarray, G: np.ndarray, f: np.ndarray, t: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Populations of a spectator after the time `t` under the frequency `w`.

    They obey `d/dt (u, d) = [[-i w - G f, G (1 + f)], [G f, i w - G (1 + f)]] (u, d)`; the propagator is
    `exp(-g t / 2) [cosh(k t) + sinh(k t) / k (M + g / 2)]` with `g = G (1 + 2 f)` and `k^2 = g^2 / 4 - w^2 - i w G`.

    Parameters
    ----------
    u, d : arrays
        Populations of the ground and the excited state at the start; complex.
    w, G, f, t : arrays
        Frequency, `4 Y`, thermal occupation and time. All shapes broadcast.

    Returns
    -------
    u, d : complex arrays

    Raises
    ------
    ValueError
        If the shapes do not broadcast.
    """
    common_shape(u=u, d=d, w=w, G=G, f=f, t=t)
    half = 0.5 * G * (1.0 + 2.0 * f)
    k = np.sqrt((half**2 - w**2) - 1j * w * G)
    sum_ = half + k
    slow = np.where(sum_ == 0, 0.0, (-(w**2) - 1j * w * G) / np.where(sum_ == 0, 1.0, sum_))  # k - half, not cancelling
    a, b = np.exp(slow * t), np.exp(-sum_ * t)
    near = np.abs(k * t) < 1e-4  # two terms of the series leave (k t)^4 / 120 < 1e-18
    series = t * np.exp(-half * t) * (1.0 + np.where(near, k * t, 0.0) ** 2 / 6.0)
    sine, cosine = np.where(near, series, (a - b) / np.where(near, 1.0, 2.0 * k)), 0.5 * (a + b)
    turn = 0.5 * G - 1j * w
    return cosine * u + sine * (turn * u + G * (1.0 + f) * d), cosine * d + sine * (G * f * u - turn * d)


@checked
def ramsey(tls: System, a: int, time) -> np.ndarray:
    """Coherence of TLS `a` at the time t over that at the start, in the frame that rotates with `nu_a`.

    Parameters
    ----------
    tls : System
        Of the other TLSs only the polarisations matter: pure or mixed, coherent or not.
    a : int
        The probe.
    time : float or array, shape (T,)
        In units of `hbar / W`.

    Returns
    -------
    complex array, shape (T,)
        1 at the start. `<S^x + i S^y>` of the probe is proportional to its complex conjugate.

    Raises
    ------
    ValueError
        If `a` is no site or a time is negative or not finite.
    """
    t, others = _checked(tls, a, time)
    u, d = propagated(*others.populations, others.w, others.G, others.f, t[:, None])
    return _own_decay(tls, a, t) * (u + d).prod(axis=1)


@checked
def hahn_echo(tls: System, a: int, time) -> np.ndarray:
    """Echo of TLS `a` at the time t after an ideal pi pulse on it alone at t/2: coherence over that at the start.

    Parameters
    ----------
    tls, a, time
        As in :func:`ramsey`; `time` is the whole time, twice the delay of the pulse.

    Returns
    -------
    complex array, shape (T,)
        1 at the start, and always where no TLS jumps: frozen neighbours are refocused.

    Raises
    ------
    ValueError
        If `a` is no site or a time is negative or not finite.

    References
    ----------
    E. L. Hahn, Phys. Rev. 80, 580 (1950).
    """
    t, others = _checked(tls, a, time)
    half = 0.5 * t[:, None]
    u, d = propagated(*others.populations, others.w, others.G, others.f, half)
    u, d = propagated(u, d, -others.w, others.G, others.f, half)
    return _own_decay(tls, a, t) * (u + d).prod(axis=1)


class _Others:
    """All TLSs but one, as that one feels them."""

    def __init__(self, tls: System, a: int):
        rest = np.arange(tls.n_tls) != a
        self.w, self.G, self.f = 4.0 * tls.J[a, rest], 4.0 * tls.Y[rest], tls.occupation[rest]
        m = tls.polarisation[rest]
        self.populations = (0.5 * (1.0 + m), 0.5 * (1.0 - m))


def _checked(tls, a, time):
    if integer("a", a, 0) >= tls.n_tls:
        raise ValueError(f"a = {a!r} is not allowed: it must be a site in 0 ... {tls.n_tls - 1}")
    return times("time", time), _Others(tls, a)


def _own_decay(tls, a, t):
    """Decay of the coherence at half the rate of the populations."""
    return np.exp(-2.0 * tls.Y[a] * (1.0 + 2.0 * tls.occupation[a]) * t)
