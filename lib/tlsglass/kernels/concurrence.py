"""Concurrence of one two-qubit density matrix, Eq. (27), to full precision.

The textbook route, square roots of the eigenvalues of `rho (sy x sy) rho* (sy x sy)`, loses half the digits when the
state is nearly pure or rank-deficient. With `rho = X X^+` the same numbers are the singular values of the symmetric
matrix `X^T (sy x sy) X`, which never get squared (Wootters, Phys. Rev. Lett. 80, 2245 (1998), Eq. (10) and below).
"""

import math

import numpy as np

from tlsglass.kernels.compilation import kernel

# What is left of a diagonal element after elimination counts as zero below this multiple of the element itself.
RANK_TOLERANCE = 32 * 2.0**-52
ORTHOGONAL = 2.0**-51
CONVERGED = 1e-8
MOST_SWEEPS = 20


@kernel
def square_root(rho, X, work):
    """Write `X` with `X X^+ = rho` by Cholesky elimination with the largest pivot first; return the rank found.

    Beside the largest diagonal element `d` of a positive matrix no element exceeds `d`. Where one does, because `rho`
    is a little less than positive, it is cut down to `d`: without that, an element of 1e-8 beside a pivot of 1e-12
    would become one of 1e-2 in `X`. So `X X^+` is a state, and as close to `rho` as `rho` is to being one.

    Parameters
    ----------
    rho : complex array, shape (4, 4)
        Hermitian, positive semidefinite; only read.
    X, work : complex arrays, shape (4, 4)
        Overwritten. Columns of `X` beyond the rank are zero.
    """
    for i in range(4):
        for j in range(4):
            work[i, j] = rho[i, j]
            X[i, j] = 0
    left = 0b1111  # bit i: row i still to be eliminated
    for rank in range(4):
        pivot, largest = -1, 0.0
        for i in range(4):
            d = work[i, i].real
            if left >> i & 1 and d > largest and d > RANK_TOLERANCE * rho[i, i].real:
                pivot, largest = i, d
        if pivot < 0:
            return rank
        left ^= 1 << pivot
        X[pivot, rank] = math.sqrt(largest)
        for i in range(4):
            if left >> i & 1:
                X[i, rank] = work[i, pivot] * (1.0 / max(math.sqrt(largest), abs(work[i, pivot]) / math.sqrt(largest)))
        for i in range(4):
            if left >> i & 1:
                for j in range(4):
                    work[i, j] -= X[i, rank] * X[j, rank].conjugate()
    return 4


@kernel
def singular_values(A, sigma):
    """Singular values of `A`, shape (4, 4), by one-sided Jacobi rotations; `A` is overwritten.

    Chosen because it finds small singular values to a small relative error (Demmel and Veselic, SIAM J. Matrix Anal.
    Appl. 13, 1204 (1992)). Convergence is quadratic: after a sweep that only met overlaps below 1e-8 the columns are
    orthogonal to machine precision.
    """
    for _sweep in range(MOST_SWEEPS):
        worst = 0.0
        for p in range(3):
            for q in range(p + 1, 4):
                alpha = beta = re = im = 0.0
                for i in range(4):
                    x, y = A[p, i], A[q, i]
                    alpha += x.real * x.real + x.imag * x.imag
                    beta += y.real * y.real + y.imag * y.imag
                    re += x.real * y.real + x.imag * y.imag
                    im += x.real * y.imag - x.imag * y.real
                size = math.sqrt(re * re + im * im)
                limit = math.sqrt(alpha * beta)
                if size <= ORTHOGONAL * limit:
                    continue
                worst = max(worst, size / limit)
                zeta = 0.5 * (beta - alpha) / size
                t = math.copysign(1.0 / (abs(zeta) + math.sqrt(1.0 + zeta * zeta)), zeta)
                c = 1.0 / math.sqrt(1.0 + t * t)
                s = complex(c * t * re / size, c * t * im / size)
                for i in range(4):
                    x, y = A[p, i], A[q, i]
                    A[p, i] = c * x - s.conjugate() * y
                    A[q, i] = s * x + c * y
        if worst < CONVERGED:
            break
    for p in range(4):
        total = 0.0
        for i in range(4):
            total += A[p, i].real ** 2 + A[p, i].imag ** 2
        sigma[p] = math.sqrt(total)


@kernel
def concurrence(rho, X, A, sigma):
    """Concurrence of `rho`, in [0, 1]; nan if an element is not finite.

    Parameters
    ----------
    rho : complex array, shape (4, 4)
        Basis `|++>, |+->, |-+>, |-->`.
    X, A : complex arrays, shape (4, 4)
        Work space.
    sigma : array, shape (4,)
        Work space; on return the `lambda_a` of Eq. (27), unsorted.
    """
    square_root(rho, X, A)
    for i in range(4):
        for j in range(4):
            A[i, j] = X[1, i] * X[2, j] + X[2, i] * X[1, j] - X[0, i] * X[3, j] - X[3, i] * X[0, j]
    singular_values(A, sigma)
    largest = total = checksum = 0.0
    for i in range(4):
        largest = max(largest, sigma[i])
        total += sigma[i]
        for j in range(4):
            checksum += rho[i, j].real + rho[i, j].imag
    return min(max(2.0 * largest - total, 0.0), 1.0) + 0.0 * checksum  # a nan must not vanish in a comparison


@kernel
def concurrences(rho, out):
    """Concurrence of each of `rho`, shape (n, 4, 4), into `out`, shape (n,)."""
    X, A, sigma = np.empty((4, 4), np.complex128), np.empty((4, 4), np.complex128), np.empty(4)
    for i in range(rho.shape[0]):
        out[i] = concurrence(rho[i], X, A, sigma)
