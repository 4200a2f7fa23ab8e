"""Eq. (28) in plain vectorised numpy: what a careful reader writes in an afternoon, without tricks."""

import itertools

import numpy as np
from timing import HISTORY, averages, seconds, systems

FLIP = np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))


def populations(w, G, m, t):
    """Populations `(u, d)` at T = 0, shapes (..., T)."""
    p, q, x = (1 + m) / 2, (1 - m) / 2, 2j * w - G
    u = np.exp(-1j * w * t) * (p + G * q * np.where(x == 0, t, np.expm1(x * t) / np.where(x == 0, 1, x)))
    return u, q * np.exp((1j * w - G) * t)


def traces(w, G, m, t):
    """Factor `u + d` of each spectator at T = 0; without dissipation a cosine and a sine."""
    return sum(populations(w, G, m, t)) if np.any(G) else np.cos(w * t) - 1j * m * np.sin(w * t)


def concurrences(rho):
    """Concurrences of many density matrices: singular values of X^T (sy x sy) X."""
    values, vectors = np.linalg.eigh(rho)
    X = vectors * np.sqrt(np.maximum(values, 0))[..., None, :]
    s = np.linalg.svd(X.swapaxes(-1, -2) @ FLIP @ X, compute_uv=False)
    return np.maximum(0, 2 * s[..., 0] - s.sum(axis=-1))


def average(J, G, m, t):
    """Average concurrence of one system, pair by pair; all spectators and times at once."""
    n, total = len(J), np.zeros(t.size)
    u, d = populations(np.zeros((n, 1)), G[:, None], m[:, None], t)
    c = 0.5 * np.sqrt(1 - m**2)[:, None] * np.exp(-0.5 * G[:, None] * t)
    for a, b in itertools.combinations(range(n), 2):
        others = np.delete(np.arange(n), [a, b])
        F = []
        for w in (J[a], J[b], J[a] + J[b], J[a] - J[b]):
            F.append(traces(4 * w[others, None], G[others, None], m[others, None], t).prod(axis=0))
        (u_a, d_a), (u_b, d_b) = (populations(4 * J[a, b], G[i], m[i], t) for i in (a, b))
        rho = np.zeros((t.size, 4, 4), complex)
        for i, diagonal in enumerate((u[a] * u[b], u[a] * d[b], d[a] * u[b], d[a] * d[b])):
            rho[:, i, i] = diagonal
        rho[:, 0, 2], rho[:, 1, 3], rho[:, 0, 1], rho[:, 2, 3] = (
            c[a] * F[0] * u_b, c[a] * F[0] * d_b, c[b] * F[1] * u_a, c[b] * F[1] * d_a,
        )  # fmt: skip
        rho[:, 0, 3], rho[:, 1, 2] = c[a] * c[b] * F[2], c[a] * c[b] * F[3]
        rho += np.triu(rho, 1).conj().swapaxes(1, 2)
        total += concurrences(rho)
    return total / n


def plain_numpy(n):
    """Time of a realisation in plain numpy over that of the kernels, isolated and open."""
    row = {"N": n}
    for regime in ("isolated", "open"):
        J, G, f, m = systems(n, regime, 1)
        ours = averages((J, G, f, m))
        # the eigenvalue route keeps half the digits of nearly pure states, for each of (N - 1) / 2 pairs a site
        np.testing.assert_allclose(average(J[0], G[0], m[0], HISTORY), ours[0], rtol=0, atol=n / 2 * 3e-7)
        theirs = seconds(lambda J=J, G=G, m=m: average(J[0], G[0], m[0], HISTORY), repeat=False)
        row[regime] = theirs / seconds(lambda numbers=(J, G, f, m): averages(numbers))
    return row
