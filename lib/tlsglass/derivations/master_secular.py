"""The secular step (rotating wave approximation): which products of eigenoperators survive in Eq. (15).

In the interaction picture the term with `S_i^a rho (S_j^b)^+` turns at the difference of the two eigenfrequencies.
Only terms that stand still are kept. :func:`secular_error` measures what the others would have done.
"""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import expm

from tlsglass._checks import finite_array, non_negative, positive, times
from tlsglass._signatures import checked

Component = tuple[int, str]  # (site, "z" | "+" | "-")


@checked
def surviving_terms(splittings: Sequence[float], tolerance: float = 0.0) -> list[tuple[Component, Component]]:
    """Pairs of eigenoperators whose product does not turn in the interaction picture.

    Parameters
    ----------
    splittings : sequence of float, shape (N,)
        `nu_i`, positive.
    tolerance : float
        Frequencies that differ by no more count as equal.

    Returns
    -------
    list of ((i, a), (j, b))
        Sites and eigenoperators, "z", "+" or "-", with `nu_{i,a} = nu_{j,b}`; both orders of a pair are listed.

    Raises
    ------
    ValueError
        If a splitting is not a positive finite number or `tolerance` is negative.
    """
    non_negative("tolerance", tolerance)
    frequency = {}
    for i, nu in enumerate(splittings):
        nu = positive(f"splittings[{i}]", nu)
        frequency |= {(i, "z"): 0.0, (i, "+"): nu, (i, "-"): -nu}
    return [(a, b) for a in frequency for b in frequency if abs(frequency[a] - frequency[b]) <= tolerance]


def _two_site_generator(detuning, rate, cross_rate, exchange):
    """Build the generator of two TLSs with one bath, T = 0, shape (16, 16), in the frame turning at the mean `nu`.

    Index convention: `vec(rho)` is row-major, so `A rho B` is `kron(A, B.T) vec(rho)`.
    """
    one, s_z, s_plus = np.eye(2), np.diag([1.0, -1.0]), np.array([[0.0, 2.0], [0.0, 0.0]])
    plus = [np.kron(s_plus, one), np.kron(one, s_plus)]
    z = [np.kron(s_z, one), np.kron(one, s_z)]
    H = -0.25 * detuning * (z[0] - z[1]) + exchange * (plus[0] @ plus[1].T + plus[1] @ plus[0].T)
    unit = np.eye(4)
    L = -1j * (np.kron(H, unit) - np.kron(unit, H.T))
    for i in (0, 1):
        for j in (0, 1):
            N = plus[j].T @ plus[i]
            jump = np.kron(plus[i], plus[j]) - (np.kron(N, unit) + np.kron(unit, N.T)) / 2
            L += (rate if i == j else cross_rate) * jump
    return L


LARGEST_PHASE = 1e8  # of all terms; the phases are then known to 1e-8


@checked
def secular_error(
    detuning: float,
    bloch: np.ndarray,
    time: np.ndarray,
    rate: float = 1.0,
    cross_rate: float = 0.5,
    exchange: float = 0.0,
    renamed: bool = False,
) -> float:
    """Largest trace distance, over `time`, between two TLSs with and without the terms that the secular step drops.

    At T = 0. The dropped terms are the common decay `S_1^+ rho S_2^-` and the virtual flip-flop
    `S_1^+ S_2^- + S_1^- S_2^+` of Fig. 1(b).

    Parameters
    ----------
    detuning : float
        `nu_1 - nu_2`, in 1/time.
    bloch : array, shape (2, 3)
        Initial Bloch vectors of the two TLSs in the eigenbasis; a product state.
    time : array, shape (T,)
    rate : float
        `Y` of both TLSs.
    cross_rate : float
        Rate of the common decay, at most `rate` in modulus.
    exchange : float
        Coefficient of the flip-flop, an energy over hbar.
    renamed : bool
        Whether the terms that are kept may turn at the exact difference `sqrt(detuning^2 + (8 exchange)^2)` of the two
        levels that the flip-flop mixes. To first order the mixing only renames the splittings, which no entanglement
        measure sees; what is left is what it does to the states.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    ValueError
        If a number is not allowed, or a phase exceeds `LARGEST_PHASE`; `cross_rate` beyond `rate` would not be
        completely positive.
    """
    positive("rate", rate)
    if not np.isfinite(cross_rate) or abs(cross_rate) > rate:
        raise ValueError(f"cross_rate = {cross_rate!r} is not allowed: it must lie between -rate and rate = {rate!r}")
    for name, value in {"detuning": detuning, "exchange": exchange}.items():
        finite_array(name, value, ())
    bloch, time = finite_array("bloch", bloch, (2, 3)), times("time", time)
    if np.any(np.linalg.norm(bloch, axis=1) > 1 + 1e-12):
        raise ValueError(f"bloch = {bloch!r} is not allowed: its vectors must not be longer than 1")
    for name, value in {"detuning": detuning, "exchange": 8 * exchange, "rate": rate}.items():
        if abs(value) * time.max() > LARGEST_PHASE:
            raise ValueError(f"{name} and time are not allowed: their product must be at most {LARGEST_PHASE:g}")
    rho = np.kron(*(_state(vector) for vector in bloch)).ravel()
    full = _two_site_generator(detuning, rate, cross_rate, exchange)
    # the flip-flop has the matrix element 4 exchange between |+-> and |-+>, S^+ being twice the ladder operator
    turning = np.copysign(np.hypot(detuning, 8 * exchange), detuning) if renamed else detuning
    kept = _two_site_generator(turning, rate, 0.0, 0.0)
    return max(_trace_distance((expm(full * t) - expm(kept * t)) @ rho) for t in time)


def _state(bloch):
    x, y, z = bloch
    return np.array([[1 + z, x - 1j * y], [x + 1j * y, 1 - z]]) / 2


def _trace_distance(difference):
    return 0.5 * np.abs(np.linalg.eigvalsh(difference.reshape(4, 4))).sum()
