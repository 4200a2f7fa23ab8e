"""Concurrence of 16 states of pairs at once: the steps of :mod:`tlsglass.kernels.concurrence`, vectorised over states.

Without coherence a pair is a product, so its diagonal is `(p_a p_b, p_a q_b, q_a p_b, q_a q_b)`, and the two products
that the spin flip connects are equal: `rho_00 rho_33 = rho_11 rho_22 = (p_a q_a p_b q_b)`. Hence with the diagonal
taken out, `rho = S M S`, the concurrence is `sqrt(p_a q_a p_b q_b)` times the one of `M`, whose diagonal is 1: no tiny
numbers, no loss where a site is nearly in its ground state, and the first step of the elimination is known.

What differs between states (the pivot, whether a rotation is needed) is chosen by conditional values instead of
branches.
"""

import math

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.concurrence import MOST_SWEEPS, ORTHOGONAL, RANK_TOLERANCE
from tlsglass.kernels.elementary import squared
from tlsglass.kernels.tiles import TILE

ROW = 8 * TILE  # a row of a complex 4 x 4 matrix: four real parts, four imaginary parts; all matrices are flat arrays
MATRIX = 4 * ROW
PLACE = tuple(tuple(i * ROW + j * TILE for j in range(4)) for i in range(4))  # where element i, j begins
WAITING = 2 * TILE  # length of one of the twelve parts of the states, real or imaginary, in one flat array
# Where the elements of the scaled states begin, in the order of tlsglass.kernels.separability.scaled_elements.
S_01, S_23, S_02, S_13, S_03, S_12 = (2 * i * WAITING for i in range(6))


@kernel(inline=True)
def over_pivot(z, d, root):
    """`z / sqrt(d)` where `root = 1 / sqrt(d)`; at most `sqrt(d)`, see tlsglass.kernels.concurrence.square_root."""
    size = squared(z)
    return z * (root * (d / math.sqrt(size)) if size > d * d else root)


@kernel(inline=True)
def eliminate(d1, d2, d3, r21, r31, r32):
    """One column `y1, y2, y3` of the root of a Hermitian 3 x 3 matrix, largest pivot first, and what is left of it."""
    first = (d1 >= d2) & (d1 >= d3)
    second = (d2 >= d3) & (not first)
    third = (not first) & (not second)
    d = d1 if first else d2 if second else d3
    root = 1.0 / math.sqrt(d) if d > RANK_TOLERANCE else 0.0
    y1 = over_pivot(complex(d1, 0.0) if first else r21.conjugate() if second else r31.conjugate(), d, root)
    y2 = over_pivot(r21 if first else complex(d2, 0.0) if second else r32.conjugate(), d, root)
    y3 = over_pivot(r31 if first else r32 if second else complex(d3, 0.0), d, root)
    d1 = 0.0 if first else d1 - squared(y1)
    d2 = 0.0 if second else d2 - squared(y2)
    d3 = 0.0 if third else d3 - squared(y3)
    r21 = 0j if first | second else r21 - y2 * y1.conjugate()
    r31 = 0j if first | third else r31 - y3 * y1.conjugate()
    r32 = 0j if second | third else r32 - y3 * y2.conjugate()
    return y1, y2, y3, d1, d2, d3, r21, r31, r32


@kernel(inline=True)
def at(A, place):
    """Element of a complex matrix, or of a row of it.

    The place holds the number of the state, too: with the indices as literals it would be compiled anew for each.
    """
    return complex(A[place], A[4 * TILE + place])


@kernel(inline=True)
def put(A, place, mirrored, z):
    """Write an element of a symmetric matrix at its two places."""
    A[place], A[4 * TILE + place] = z.real, z.imag
    A[mirrored], A[4 * TILE + mirrored] = z.real, z.imag


@kernel(inline=True)
def element(state, place):
    """Element of the scaled states."""
    return complex(state[place], state[WAITING + place])


@kernel(bare=True)
def flipped(state, A):
    """Write `A = X^T (sy x sy) X` of the first 16 scaled states, `M = X X^+`."""
    for k in range(TILE):
        x1, x2, x3 = (
            element(state, S_01 + k).conjugate(),
            element(state, S_02 + k).conjugate(),
            element(state, S_03 + k).conjugate(),
        )
        y1, y2, y3, d1, d2, d3, r21, r31, r32 = eliminate(
            1.0 - squared(x1), 1.0 - squared(x2), 1.0 - squared(x3),
            element(state, S_12 + k).conjugate() - x2 * x1.conjugate(),
            element(state, S_13 + k).conjugate() - x3 * x1.conjugate(),
            element(state, S_23 + k).conjugate() - x3 * x2.conjugate(),
        )  # fmt: skip
        z1, z2, z3, d1, d2, d3, r21, r31, r32 = eliminate(d1, d2, d3, r21, r31, r32)
        w1, w2, w3, d1, d2, d3, r21, r31, r32 = eliminate(d1, d2, d3, r21, r31, r32)
        put(A, PLACE[0][0] + k, PLACE[0][0] + k, 2.0 * (x1 * x2 - x3))
        put(A, PLACE[0][1] + k, PLACE[1][0] + k, x1 * y2 + x2 * y1 - y3)
        put(A, PLACE[0][2] + k, PLACE[2][0] + k, x1 * z2 + x2 * z1 - z3)
        put(A, PLACE[0][3] + k, PLACE[3][0] + k, x1 * w2 + x2 * w1 - w3)
        put(A, PLACE[1][1] + k, PLACE[1][1] + k, 2.0 * y1 * y2)
        put(A, PLACE[1][2] + k, PLACE[2][1] + k, y1 * z2 + y2 * z1)
        put(A, PLACE[1][3] + k, PLACE[3][1] + k, y1 * w2 + y2 * w1)
        put(A, PLACE[2][2] + k, PLACE[2][2] + k, 2.0 * z1 * z2)
        put(A, PLACE[2][3] + k, PLACE[3][2] + k, z1 * w2 + z2 * w1)
        put(A, PLACE[3][3] + k, PLACE[3][3] + k, 2.0 * w1 * w2)


@kernel(bare=True)
def overlaps(x, y, angle):
    """Write difference of the squared norms and scalar product of two rows of `A`; return in how many states it counts.

    It does not where a rotation would change no singular value by more than the rounding of the larger one; there it is
    written as zero. The elements of `A` are of order 1: below 1e-40 the test underflows, far below their rounding.
    """
    needed = 0
    for k in range(TILE):
        x0, x1, x2, x3 = at(x, k), at(x, TILE + k), at(x, 2 * TILE + k), at(x, 3 * TILE + k)
        y0, y1, y2, y3 = at(y, k), at(y, TILE + k), at(y, 2 * TILE + k), at(y, 3 * TILE + k)
        alpha = squared(x0) + squared(x1) + squared(x2) + squared(x3)
        beta = squared(y0) + squared(y1) + squared(y2) + squared(y3)
        overlap = x0.conjugate() * y0 + x1.conjugate() * y1 + x2.conjugate() * y2 + x3.conjugate() * y3
        re, im = overlap.real, overlap.imag
        size, gap = re * re + im * im, beta - alpha
        far = 4.0 * size * size > ORTHOGONAL * ORTHOGONAL * alpha * beta * (gap * gap + 4.0 * size)
        angle[k], angle[TILE + k], angle[2 * TILE + k] = gap if far else 1.0, re if far else 0.0, im if far else 0.0
        needed += 1 if far else 0
    return needed


@kernel(bare=True)
def rotate(x, y, angle):
    """Make two rows of `A` orthogonal: `x` to `c x - s* y`, `y` to `s x + c y`."""
    for k in range(TILE):
        gap, re, im = angle[k], angle[TILE + k], angle[2 * TILE + k]
        root = math.sqrt(gap * gap + 4.0 * (re * re + im * im))
        c = math.sqrt(0.5 + 0.5 * abs(gap) / root)
        over = math.copysign(1.0 / (root * c), gap)
        angle[k], angle[TILE + k], angle[2 * TILE + k] = c, re * over, im * over
    for j in range(4):
        for k in range(TILE):
            c, re, im = angle[k], angle[TILE + k], angle[2 * TILE + k]
            x_re, x_im = x[j * TILE + k], x[(4 + j) * TILE + k]
            y_re, y_im = y[j * TILE + k], y[(4 + j) * TILE + k]
            x[j * TILE + k], x[(4 + j) * TILE + k] = c * x_re - re * y_re - im * y_im, c * x_im - re * y_im + im * y_re
            y[j * TILE + k], y[(4 + j) * TILE + k] = c * y_re + re * x_re - im * x_im, c * y_im + re * x_im + im * x_re


@kernel(bare=True)
def orthogonalise(A, angle):
    """Rotate the rows of `A` until they are orthogonal in all states; their norms are then the singular values."""
    far = 1
    for _sweep in range(MOST_SWEEPS):
        if far > 0:
            far = 0
            for p in range(3):
                for q in range(p + 1, 4):
                    x, y = A[p * ROW : (p + 1) * ROW], A[q * ROW : (q + 1) * ROW]
                    needed = overlaps(x, y, angle)
                    if needed > 0:
                        rotate(x, y, angle)
                    far += needed


@kernel(bare=True)
def concurrences_of(state, scale, A, angle, out):
    """Write the concurrences of the first 16 scaled states, times their `scale`, into `out`, shape (TILE,)."""
    flipped(state, A)
    orthogonalise(A, angle)
    for k in range(TILE):
        largest = total = 0.0
        for p in range(4):
            norm = math.sqrt(
                squared(at(A, p * ROW + k))
                + squared(at(A, p * ROW + TILE + k))
                + squared(at(A, p * ROW + 2 * TILE + k))
                + squared(at(A, p * ROW + 3 * TILE + k))
            )
            total += norm
            largest = max(largest, norm)
        checksum = 0.0
        for i in range(12):
            checksum += state[i * WAITING + k]
        C = scale[k] * (2.0 * largest - total)
        out[k] = min(max(C, 0.0), 1.0) + 0.0 * checksum  # a nan must not vanish in a comparison
