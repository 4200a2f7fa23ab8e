"""Whether a pair is certainly separable at all times of a tile: the early stop.

Why a stop is certain. Take the pair `a, b` with some of its spectators only, all couplings to the others switched off.
If the two-site state of this smaller system has a positive partial transpose, the pair is separable (Horodecki 1996),
and so it is in the full system at the same time:

- Isolated. The Hamiltonian is diagonal, so of a spectator `j` that is traced over only `S^z_j = s` matters, a constant:
  +1 with the probability `p_j`, -1 with `1 - p_j`. Given `s` it acts on the pair as the local fields
  `2 J_aj s S^z_a + 2 J_bj s S^z_b`: a local unitary `U_s`, which commutes with all else that happens to the pair. So
  the spectator turns the state `rho` of the pair into `p_j U_+ rho U_+^+ + (1 - p_j) U_- rho U_-^+`, a mixture of
  locally rotated copies. Mixing and local unitaries cannot entangle.
- With dissipation, at T = 0 or T > 0. The jumps of `j` act on `j` alone, at rates that no other site changes. So
  `s_j(t')` is a classical telegraph process: it starts with the same probabilities and jumps at the rates `G (1 + f)`
  (up) and `G f` (down; at T = 0 never). Given its history the pair feels the local fields `2 J_aj s_j(t') S^z_a +
  2 J_bj s_j(t') S^z_b`. The rotations about z that they make commute with the coupling `S^z_a S^z_b`, and the
  dissipators of `a` and `b` are covariant under them: rotated, a jump operator only changes its phase. So all
  rotations of the history can be collected at its end: again a mixture of locally rotated copies of `rho`.

By induction this holds for all spectators that are left out. The same ones must be left out of all four products, or
the smaller system is none.

Later most pairs have lost nearly all their coherence, and sizes are enough. Scaled to a unit diagonal, the partial
transpose has the blocks `[[1, x], [x*, 1]]` of the sites 0, 3 and of 1, 2, with the lowest eigenvalues `1 - |x|`: once
with `x` from the product at the difference of the frequencies, once at their sum. Between the blocks stand elements of
moduli `A` and `B` at most, the products at the frequencies of `a` and of `b` alone: a matrix of norm `A + B`. So it is
positive if `(A + B)^2 < (1 - |x|) (1 - |x'|)`. No factor is larger than 1: one spectator alone bounds `|x|` and
`|x'|`, and `A` and `B`, which know nothing of the other site but its own factor, are tabulated over all of them. With
`(A + B)^2 <= 2 (A^2 + B^2)` and `1 - x^2 <= 2 (1 - x)` only squares are left: `8 (A^2 + B^2) < (1 - x^2) (1 - x'^2)`.
"""

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.elementary import squared
from tlsglass.kernels.rows import trace_square
from tlsglass.kernels.tiles import TILE

SAFE_PIVOT = 1e-10  # far above the rounding of the elimination, far below what the physics needs

# Where the elements that do not depend on the spectators begin in `E`, real part and then imaginary part; see
# tlsglass.kernels.pair. The element <s_a s_b|rho|s'_a s'_b> is taken over the root of both diagonal elements.
E_01, E_23, E_02, E_13, E_OUTER = 0, 2 * TILE, 4 * TILE, 6 * TILE, 8 * TILE


@kernel(inline=True)
def scaled_elements(F, E, k):
    """Elements 01, 23, 02, 13, 03, 12 of the state of a pair, scaled to a unit diagonal, as twelve numbers."""
    a, b = complex(F[k], F[TILE + k]), complex(F[2 * TILE + k], F[3 * TILE + k])
    outer = E[E_OUTER + k]
    return (
        b * complex(E[E_01 + k], E[E_01 + TILE + k]),
        b * complex(E[E_23 + k], E[E_23 + TILE + k]),
        a * complex(E[E_02 + k], E[E_02 + TILE + k]),
        a * complex(E[E_13 + k], E[E_13 + TILE + k]),
        complex(outer * F[4 * TILE + k], outer * F[5 * TILE + k]),
        complex(outer * F[6 * TILE + k], outer * F[7 * TILE + k]),
    )


@kernel(inline=True, bare=True)
def certainly_separable(F, E, safe):
    """Note in `safe` at which times the state has a safely positive partial transpose; return how many these are.

    By elimination of the scaled partial transpose, `L D L^+`. A nan means no.
    """
    count = 0
    for k in range(TILE):
        e01, e23, e02, e13, e03, e12 = scaled_elements(F, E, k)
        # transposed over b: 01 and 23 conjugated, 03 and 12 exchanged; the first row is eliminated at once
        pivot_1, d_2, d_3 = 1.0 - squared(e01), 1.0 - squared(e02), 1.0 - squared(e12)
        r12, r13 = e03 - e01 * e02, e13 - e01 * e12
        r23 = e23.conjugate() - e02.conjugate() * e12
        over = 1.0 / pivot_1
        pivot_2, d_3 = d_2 - squared(r12) * over, d_3 - squared(r13) * over
        r23 = r23 - complex(r12.real * over, -r12.imag * over) * r13
        pivot_3 = d_3 - squared(r23) / pivot_2
        positive = (pivot_1 > SAFE_PIVOT) & (pivot_2 > SAFE_PIVOT) & (pivot_3 > SAFE_PIVOT)
        safe[k] = 1.0 if positive else 0.0
        count += 1 if positive else 0
    return count


@kernel(inline=True)
def may_be_dephased(rows_a, i, rows_b, j):
    """Whether :func:`dephased` is worth a try: it cannot be true if `A` or `B` is large at the first time."""
    return max(rows_a.all_square[i, 0], rows_b.all_square[j, 0]) < 0.125


@kernel(inline=True, bare=True)
def dephased(S, rows_a, i, a, rows_b, j, b, m, isolated):
    """Whether the pair is certainly separable at all times of a tile by the sizes of the products. A nan means no.

    `S`, two tiles: `|u + d|^2` of any spectator at sum and difference of the frequencies.
    """
    count, tile = 0, rows_a.cosine.shape[2]
    for k in range(tile):
        # the factors of the pair's own sites are not in A^2 and B^2: both sides are multiplied by them
        own_a, own_b = trace_square(rows_a, i, b, k, m, isolated), trace_square(rows_b, j, a, k, m, isolated)
        coherent = rows_a.all_square[i, k] * own_b + rows_b.all_square[j, k] * own_a
        gap = (1.0 - S[k]) * (1.0 - S[TILE + k]) - SAFE_PIVOT
        count += 1 if 8.0 * coherent < gap * own_a * own_b else 0
    return count == tile
