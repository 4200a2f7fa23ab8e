"""Half-system entanglement, averaged over the bubbles of Sec. IV B.

For each TLS a bubble holds the TLS itself and its `N/2 - 1` nearest neighbours; the other half is outside. Every
quantity is averaged over all `N` centres, and given for the whole half system, in nats.
"""

import numpy as np

from tlsglass._checks import times
from tlsglass._signatures import checked
from tlsglass.dynamics import System
from tlsglass.dynamics.brute_force import state_vector
from tlsglass.dynamics.subsystems import density_matrix
from tlsglass.entanglement.entropies import entropy_of_spectrum
from tlsglass.entanglement.negativity import negativity_of_spectrum, partial_transpose
from tlsglass.entanglement.renyi import Effort, filtered_purity

FOR_AVERAGES = Effort(particles=150, steps=20, runs=4)  # realisations scatter more than this is uncertain


@checked
def bubbles(tls: System) -> np.ndarray:
    """Half systems of Sec. IV B, one around each TLS.

    Parameters
    ----------
    tls : System
        With distances; `N` even.

    Returns
    -------
    integer array, shape (N, N/2)
        Row `i` holds TLS `i` and its nearest neighbours, sorted.

    Raises
    ------
    ValueError
        If `N` is odd, so that there are no halves, or the system does not know its distances.
    """
    n = tls.n_tls
    if n % 2:
        raise ValueError(f"N = {n} is not allowed: N/2 TLSs inside a bubble and N/2 outside need an even N")
    if tls.distance is None:
        raise ValueError("distance = None is not allowed: bubbles need the distances between the TLSs")
    order = np.argsort(tls.distance + np.diag(np.full(n, -1.0)), axis=1, kind="stable")  # the centre comes first
    return np.sort(order[:, : n // 2], axis=1)


def _average(tls: System, of_half, either_half: bool) -> np.ndarray:
    """Mean over the bubbles of `of_half(sites)`; equal bubbles once, and complements too if `either_half` will do."""
    counts: dict[tuple, int] = {}
    for half in bubbles(tls):
        key = tuple(int(i) for i in half)
        if either_half and 0 not in key:
            key = tuple(i for i in range(tls.n_tls) if i not in key)
        counts[key] = counts.get(key, 0) + 1
    return sum(count * of_half(half) for half, count in counts.items()) / tls.n_tls


@checked
def half_system_entropy(tls: System, time) -> np.ndarray:
    """Half-system entropy `S_E(t)`, Eq. (29), averaged over the bubbles around all `N` TLSs, in nats.

    For an isolated system it measures entanglement. With dissipation the half system is entangled with the bath as
    well, and `S_E` counts both.

    Parameters
    ----------
    tls : System
        `N` even.
    time : float or array, shape (T,)

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If `N` is odd, distances are missing, or a time is negative or not finite.
    MemoryError
        If the matrices would be too large.
    """
    t = times("time", time)

    def entropy(half):
        return entropy_of_spectrum(np.linalg.eigvalsh(density_matrix(tls, half, t)))

    return _average(tls, entropy, either_half=not np.any(tls.Y > 0))  # pure: S(A) = S(B)


@checked
def half_system_negativity(tls: System, time) -> np.ndarray:
    """Logarithmic negativity of the two halves, averaged over the bubbles, in nats.

    It needs the state of the whole system, `4^N` elements a time; of an isolated one `2^N` amplitudes, whose Schmidt
    coefficients give it as `2 ln(sum of them)` (Vidal and Werner, Phys. Rev. A 65, 032314 (2002)).

    Parameters
    ----------
    tls : System
        `N` even; at most 12 TLSs if it is isolated.
    time : float or array, shape (T,)

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If `N` is odd, or too large for an isolated system, distances are missing, or a time is negative or not finite.
    MemoryError
        If the matrices would be too large.
    """
    t, n, d = times("time", time), tls.n_tls, 2 ** (tls.n_tls // 2)
    isolated = not np.any(tls.Y > 0)
    state = state_vector(tls, t) if isolated else density_matrix(tls, range(n), t)
    sites = state.reshape(t.size, *[2] * (n if isolated else 2 * n))

    def of_half(half):
        order = [1 + j for j in (*half, *(j for j in range(n) if j not in half))]
        if isolated:
            amplitudes = sites.transpose(0, *order).reshape(t.size, d, d)
            return 2.0 * np.log(np.linalg.svd(amplitudes, compute_uv=False).sum(axis=-1))
        ordered = sites.transpose(0, *order, *(n + j for j in order)).reshape(state.shape)
        return np.log1p(2.0 * negativity_of_spectrum(np.linalg.eigvalsh(partial_transpose(ordered, d))))

    return _average(tls, of_half, either_half=True)


@checked
def half_system_mutual_information(tls: System, time) -> np.ndarray:
    """Renyi-2 mutual information `S_2(A) + S_2(B) - S_2(AB)` of the halves, averaged over the bubbles, in nats.

    It counts what the halves know of each other, classical correlation included, and leaves out what both share with
    the bath. For an isolated system it is `2 S_2(A)`.

    Parameters
    ----------
    tls : System
        `N` even.
    time : float or array, shape (T,)

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If `N` is odd, distances are missing, or a time is negative or not finite.
    MemoryError
        If the matrices would be too large.
    """
    t, n = times("time", time), tls.n_tls

    def entropy(sites):
        return -np.log((np.abs(density_matrix(tls, sites, t)) ** 2).sum(axis=(1, 2)))

    whole = entropy(range(n))

    def of_half(half):
        return entropy(half) + entropy([j for j in range(n) if j not in half]) - whole

    return _average(tls, of_half, either_half=True)


@checked
def estimated_renyi2(tls: System, time, effort: Effort = FOR_AVERAGES, largest_relative_error: float = 1.0):
    """Second Renyi entropy of the bubble around the first TLS of an isolated system of any size, estimated, in nats.

    A particle filter at each time; nothing of the size of `2^N` is kept. The relative error of the purity is the error
    of the entropy, and makes it too large by about half its square. For an average over realisations an error of 1 nat
    of an entropy of tens is good enough, so larger errors are allowed than for a single purity.

    Parameters
    ----------
    tls : System
        Isolated, `N` even.
    time : float or array, shape (T,)
    effort : Effort
    largest_relative_error : float
        Of the purity.

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If `N` is odd, distances are missing, the system is not isolated, or a time is negative or not finite.
    tlsglass.entanglement.renyi.TooUncertain
        If an error is larger than allowed.
    """
    half = bubbles(tls)[0]
    t = times("time", time)
    # A time has its own random numbers, whichever times stand beside it, and whatever its last bits are.
    seeds = np.rint(1e6 * np.log1p(t)).astype(int)
    estimates = [
        filtered_purity(tls, half, float(x), effort, int(seed), largest_relative_error)
        for x, seed in zip(t, seeds, strict=True)
    ]
    return np.array([e.entropy for e in estimates])
