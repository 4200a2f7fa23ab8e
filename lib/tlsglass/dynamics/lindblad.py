"""The paper's own route to the open system, App. D: `4^N` coupled equations, sparse, evolved by scipy.

`rho = sum C_{mu_1 ... mu_N} S_1^{mu_1} ... S_N^{mu_N}` (D1) with `mu` in (0, +, -, z). It is slow and simple, shares
nothing with the products of :mod:`tlsglass.dynamics.subsystems`, and is their oracle.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import expm_multiply

from tlsglass._checks import refuse, times
from tlsglass._signatures import checked
from tlsglass.dynamics.states import System
from tlsglass.dynamics.subsystems import sites_and_others

LARGEST_N = 10  # 4^10 coefficients, 6.5e6 numbers of the generator: a minute a time, for couplings of order 1
LARGEST_WORK = 1e12  # products of numbers, about |generator| t times its entries: hours
_ZERO, _PLUS, _MINUS, _Z = range(4)
_KAPPA = np.array([0.0, 2.0, -2.0, 0.0])  # (D7), its diagonal


def _small_enough(tls):
    if tls.n_tls > LARGEST_N:
        numbers = 4.0**tls.n_tls * (1 + 0.5 * tls.n_tls)
        raise ValueError(
            f"N = {tls.n_tls} is not allowed: at most {LARGEST_N} TLSs; its generator would hold {numbers:.1e} numbers"
            f" and take {numbers * 24 / 2**30:.3g} GiB"
        )
    return tls.n_tls


@checked
def generator(tls: System) -> csr_array:
    """Matrix of (D9), `d/dt C = generator @ C`: decay and phases on the diagonal, one entry beside it for each 0 or z.

    Parameters
    ----------
    tls : System
        At most 10 TLSs.

    Returns
    -------
    sparse array, shape (4^N, 4^N)
        On average `1 + N/2` numbers a row. The index of the first TLS changes slowest.

    Raises
    ------
    ValueError
        If there are more TLSs.
    """
    n = _small_enough(tls)
    index = np.arange(4**n)
    rows, columns, values = [index], [index], [np.zeros(4**n, complex)]
    mu = (index[:, None] >> np.arange(2 * n - 2, -1, -2)) & 3  # one column a site
    felt = _KAPPA[mu] @ tls.J  # sum_j J_ij kappa_j: (D9) couples 0 and z of site i with it
    for i in range(n):
        decay = -4.0 * tls.Y[i] * (1.0 + 2.0 * tls.occupation[i])  # (D4)
        values[0] += np.array([0.0, decay / 2 + 1j * tls.nu[i], decay / 2 - 1j * tls.nu[i], decay])[mu[:, i]]
        for here, there, source in ((_ZERO, _Z, 0.0), (_Z, _ZERO, 4.0 * tls.Y[i])):  # (D3)
            row = index[mu[:, i] == here]
            rows.append(row)
            columns.append(row + (there - here) * 4 ** (n - 1 - i))
            values.append(-2j * felt[row, i] + source)
    entries = np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))
    return csr_array(entries, shape=(4**n, 4**n))


@checked
def initial_coefficients(tls: System) -> np.ndarray:
    """Coefficients (D1) of the product state (26), shape (4^N,).

    Raises
    ------
    ValueError
        If there are more than 10 TLSs.
    """
    _small_enough(tls)
    C = np.ones(1, complex)
    for m, phi in zip(tls.polarisation, tls.azimuth, strict=True):
        off = 0.25 * np.sqrt(1.0 - m * m) * np.exp(-1j * phi)  # S^+ = 2 |+><-|
        C = np.kron(C, [0.5, off, np.conj(off), 0.5 * m])
    return C


@checked
def coefficients(tls: System, time) -> np.ndarray:
    """Coefficients (D1) at time t, by the action of the matrix exponential of (D9).

    Each time starts from the one before it, in a call of `expm_multiply` of its own: with `start > 0` scipy returned
    wrong results for exactly this kind of matrix (scipy issue 16311).

    Parameters
    ----------
    tls : System
        At most 10 TLSs.
    time : float or array, shape (T,)
        Finite, >= 0, ascending, in units of `hbar / W`. The cost grows with `max|J| t`.

    Returns
    -------
    complex array, shape (T, 4^N)

    Raises
    ------
    ValueError
        If there are more TLSs, the times are not ascending, or the last is so late that it would take days.
    """
    t = times("time", time)
    if np.any(np.diff(t) < 0):
        raise ValueError(f"time = {time!r} is not allowed: the times must ascend")
    L, C = generator(tls), initial_coefficients(tls)
    rate = abs(L).sum(axis=0).max() * L.nnz
    if rate * t[-1] > LARGEST_WORK:
        refuse("time", time, f"at most {LARGEST_WORK / rate:.1e} for these couplings: later it would take days")
    out = np.empty((t.size, C.size), complex)
    for k, step in enumerate(np.diff(t, prepend=0.0)):
        C = expm_multiply(L * step, C) if step > 0 else C
        out[k] = C
    return out


@checked
def density_matrix(tls: System, sites, time) -> np.ndarray:
    """Density matrix of the given sites in the laboratory frame, from all `4^N` coefficients.

    Tracing a site out keeps its coefficient 0 and multiplies by 2. Independent of
    :func:`tlsglass.dynamics.subsystems.density_matrix`, which it checks.

    Parameters
    ----------
    tls : System
        At most 10 TLSs.
    sites : sequence of int
        `k` different sites.
    time : float or array, shape (T,)
        Ascending.

    Returns
    -------
    complex array, shape (T, 2^k, 2^k)

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    kept, others = sites_and_others(tls, sites)
    C = coefficients(tls, time)
    n, k = tls.n_tls, len(kept)
    C = C.reshape(-1, *[4] * n).transpose([0, *(1 + others), *(1 + kept)])
    C = 2.0 ** (n - k) * C[(slice(None), *[_ZERO] * (n - k))]  # t mu_1 ... mu_k
    basis = np.array([np.eye(2), [[0, 2], [0, 0]], [[0, 0], [2, 0]], np.diag([1, -1])])  # mu row column
    for _ in range(k):  # the first remaining mu becomes the last row and column
        C = np.tensordot(C, basis, axes=(1, 0))
    rows_then_columns = [0, *range(1, 2 * k, 2), *range(2, 2 * k + 1, 2)]
    return C.transpose(rows_then_columns).reshape(-1, 2**k, 2**k)
