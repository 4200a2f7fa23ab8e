"""Random states: concurrences of all pairs of a pure state, and an average over rotations needed for weights."""

import math

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.concurrence import concurrence

LANES = 16  # states that one vectorised loop carries along


@kernel
def pair_matrix(psi, a, b, rho):
    """Write the two-site matrix of sites `a < b` of a pure state into `rho`, divided by its trace.

    All 16 sums run side by side: each alone would wait for its own last addition.

    Parameters
    ----------
    psi : complex array, shape (2^N,)
        Bit `N - 1 - i` of the index is the state of site `i`; 0 is `|+>`. Need not be normalised.
    rho : complex array, shape (4, 4)
        Overwritten. Basis `|++>, |+->, |-+>, |-->`.
    """
    n = 0
    while 1 << n < psi.size:
        n += 1
    flip_a, flip_b = 1 << (n - 1 - a), 1 << (n - 1 - b)
    p0 = p1 = p2 = p3 = 0.0
    r10 = i10 = r20 = i20 = r30 = i30 = r21 = i21 = r31 = i31 = r32 = i32 = 0.0
    for k in range(psi.size // 4):  # the bits of k are those of the other sites
        k = (k & (flip_b - 1)) | (k & ~(flip_b - 1)) << 1
        k = (k & (flip_a - 1)) | (k & ~(flip_a - 1)) << 1
        z0, z1, z2, z3 = psi[k], psi[k | flip_b], psi[k | flip_a], psi[k | flip_a | flip_b]
        p0 += z0.real * z0.real + z0.imag * z0.imag
        p1 += z1.real * z1.real + z1.imag * z1.imag
        p2 += z2.real * z2.real + z2.imag * z2.imag
        p3 += z3.real * z3.real + z3.imag * z3.imag
        r10 += z1.real * z0.real + z1.imag * z0.imag
        i10 += z1.imag * z0.real - z1.real * z0.imag
        r20 += z2.real * z0.real + z2.imag * z0.imag
        i20 += z2.imag * z0.real - z2.real * z0.imag
        r30 += z3.real * z0.real + z3.imag * z0.imag
        i30 += z3.imag * z0.real - z3.real * z0.imag
        r21 += z2.real * z1.real + z2.imag * z1.imag
        i21 += z2.imag * z1.real - z2.real * z1.imag
        r31 += z3.real * z1.real + z3.imag * z1.imag
        i31 += z3.imag * z1.real - z3.real * z1.imag
        r32 += z3.real * z2.real + z3.imag * z2.imag
        i32 += z3.imag * z2.real - z3.real * z2.imag
    scale = 1.0 / (p0 + p1 + p2 + p3)
    rho[0, 0], rho[1, 1], rho[2, 2], rho[3, 3] = p0 * scale, p1 * scale, p2 * scale, p3 * scale
    rho[1, 0], rho[2, 0], rho[3, 0] = complex(r10, i10) * scale, complex(r20, i20) * scale, complex(r30, i30) * scale
    rho[2, 1], rho[3, 1], rho[3, 2] = complex(r21, i21) * scale, complex(r31, i31) * scale, complex(r32, i32) * scale
    for s in range(3):
        for r in range(s + 1, 4):
            rho[s, r] = rho[r, s].conjugate()


@kernel
def has_positive_transpose(rho, T):
    """Whether the partial transpose of `rho` is positive, by elimination; then the two qubits are separable.

    Its first two pivots are those of a principal block of `rho`, transposed: never negative. One of the other two is
    negative if the state is entangled (Peres, Horodecki). A pivot that is not a number says nothing: False.

    Parameters
    ----------
    rho : complex array, shape (4, 4)
    T : complex array, shape (4, 4)
        Work space.
    """
    for i in range(2):
        for j in range(2):
            for k in range(2):
                for m in range(2):
                    T[2 * i + k, 2 * j + m] = rho[2 * i + m, 2 * j + k]
    for p in range(3):
        if p == 2 and not T[2, 2].real > 0.0:
            return False
        inverse = 1.0 / T[p, p].real
        for i in range(p + 1, 4):
            factor = T[i, p] * inverse
            for j in range(p + 1, i + 1):
                T[i, j] -= factor * T[j, p].conjugate()
    return T[3, 3].real > 0.0


@kernel
def mean_pair_concurrences(psi, mean, entangled):
    """Mean concurrence of all pairs of each state, and the fraction of its pairs that are entangled.

    Parameters
    ----------
    psi : complex array, shape (n, 2^N)
        Pure states; their norm does not matter.
    mean, entangled : arrays, shape (n,)
        Overwritten.
    """
    sites = 0
    while 1 << sites < psi.shape[1]:
        sites += 1
    rho, X, A = np.empty((4, 4), np.complex128), np.empty((4, 4), np.complex128), np.empty((4, 4), np.complex128)
    sigma = np.empty(4)
    n_pairs = sites * (sites - 1) // 2
    for k in range(psi.shape[0]):
        total, count = 0.0, 0
        for a in range(sites - 1):
            for b in range(a + 1, sites):
                pair_matrix(psi[k], a, b, rho)
                if sites < 4 or not has_positive_transpose(rho, A):  # for 2 and 3 sites rho has not full rank
                    C = concurrence(rho, X, A, sigma)
                    total += C
                    count += C > 0.0
        mean[k] = total / n_pairs
        entangled[k] = count / n_pairs


@kernel
def log_rotation_average(m, power, out):
    """Logarithm of the mean of `(q^T diag(m) q)^(-power)` over the unit sphere of four dimensions.

    The mean is `det(M)^(-1/2)` times that of `(q^T M^-1 q)^n` with `n = power - 2` (Euler's transformation, Carlson,
    Special Functions of Applied Mathematics (1977)). The latter is a polynomial: `d_n / (n + 1)`, where `d_j` are the
    Taylor coefficients of `prod_i (1 - t / m_i)^(-1/2)`, which obey a recursion over four terms. It is good to `power`
    roundings if one `m_i` is the smallest by far, as for tilted states, and to `power^3` if all four are equal.

    Parameters
    ----------
    m : array, shape (n, 4)
        Positive.
    power : int
        At least 2.
    out : array, shape (n,)
        Overwritten.
    """
    top, P, d = np.empty(LANES), np.zeros((5, LANES)), np.empty((5, LANES))
    for first in range(0, m.shape[0], LANES):
        count = min(LANES, m.shape[0] - first)
        P[:], d[:] = 0.0, 0.0
        P[0], d[0] = 1.0, 1.0
        for i in range(count):
            smallest = m[first + i].min()
            top[i] = 1.0 / smallest
            for a in range(4):  # coefficients of prod (1 - z_a t), z_a = smallest / m_a <= 1
                for j in range(4, 0, -1):
                    P[j, i] -= smallest / m[first + i, a] * P[j - 1, i]
        for j in range(1, power - 1):
            half = 0.5 / j
            c1, c2, c3, c4 = (2 * j - 1) * half, (2 * j - 2) * half, (2 * j - 3) * half, (2 * j - 4) * half
            for i in range(LANES):
                new = -(
                    c1 * P[1, i] * d[0, i] + c2 * P[2, i] * d[1, i] + c3 * P[3, i] * d[2, i] + c4 * P[4, i] * d[3, i]
                )
                d[3, i] = d[2, i]
                d[2, i] = d[1, i]
                d[1, i] = d[0, i]
                d[0, i] = new
        for i in range(count):
            log_det = (
                math.log(m[first + i, 0])
                + math.log(m[first + i, 1])
                + math.log(m[first + i, 2])
                + math.log(m[first + i, 3])
            )
            out[first + i] = (power - 2) * math.log(top[i]) + math.log(d[0, i] / (power - 1)) - 0.5 * log_det
