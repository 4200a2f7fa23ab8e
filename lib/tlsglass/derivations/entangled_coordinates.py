"""Coordinates of the entangled two-qubit matrices, their Jacobian, and the leading form of their weight.

A positive 4 x 4 matrix `W` with concurrence `2 c > 0` is, in exactly one way up to the sign of `F`,

    W = (1 x F) Q (1 x F)^+,    Q = [[b, i kappa^T], [-i kappa, A]]   in the magic basis,

with `det F = 1` (six numbers), a real symmetric 3 x 3 block `A` (six), a real vector `kappa` (three) and
`c = (b - Tr A) / 2`. The partial transpose of `Q`, with `sigma_y` on the transposed spin, is then `-c` in the first
Bell state and `V = h - A + i [kappa]` in the others, `h = (b + Tr A) / 2`. A small `1 + eps_k sigma_k` in place of `F`
moves its off-diagonal elements by `-c eps + V eps*`: the Jacobian is the determinant of this real-linear map,
`det(V V^T - c^2)`.
"""

import sympy as sp

from tlsglass._checks import integer
from tlsglass._signatures import checked

A1, A2, A3 = BLOCK = sp.symbols("a_1:4", positive=True)  # A in its eigenbasis
K1, K2, K3 = KAPPA = sp.symbols("kappa_1:4", real=True)
B = sp.Symbol("b", positive=True)
K = sp.Symbol("K", positive=True)  # dimension of the environment


def partial_transpose_block() -> sp.Matrix:
    """Block `V` of the partial transpose of `Q` in the three Bell states that it leaves positive."""
    h = (B + sum(BLOCK)) / 2
    cross = sp.Matrix([[0, K3, -K2], [-K3, 0, K1], [K2, -K1, 0]])
    return h * sp.eye(3) - sp.diag(*BLOCK) + sp.I * cross


def jacobian() -> sp.Expr:
    """`det(V V^T - c^2)`, a polynomial of degree 6."""
    V, c = partial_transpose_block(), (B - sum(BLOCK)) / 2
    return sp.expand((V * V.T - c**2 * sp.eye(3)).det(method="berkowitz"))


def symmetric_polynomials() -> list[sp.Expr]:
    """Elementary symmetric polynomials `s_1 ... s_4` of `lambda_1, -lambda_2, -lambda_3, -lambda_4` (Wootters) of `Q`.

    They are the coefficients of the characteristic polynomial of `[[b, -kappa^T], [kappa, -A]]`.
    """
    T = sp.Matrix([[B, -K1, -K2, -K3], [K1, -A1, 0, 0], [K2, 0, -A2, 0], [K3, 0, 0, -A3]])
    x = sp.Symbol("x")
    coefficients = T.charpoly(x).all_coeffs()
    return [sp.expand((-1) ** k * coefficients[k]) for k in range(1, 5)]


def jacobian_from_invariants() -> sp.Expr:
    """`s_3^2 - s_1 s_2 s_3 + s_1^2 s_4`: minus the product of all sums of two of the four numbers."""
    s1, s2, s3, s4 = symmetric_polynomials()
    return sp.expand(s3**2 - s1 * s2 * s3 + s1**2 * s4)


@checked
def log_gamma(slope: int, shift: sp.Expr) -> sp.Expr:
    """Stirling's form of `ln Gamma(slope K + shift)` for large `K`, up to terms that vanish; `slope` >= 1."""
    integer("slope", slope, 1)
    return (slope * K + shift - sp.Rational(1, 2)) * sp.log(slope * K) - slope * K + sp.log(2 * sp.pi) / 2


@checked
def log_leading_moment(power: int) -> sp.Expr:
    """Logarithm of the mean of `C^power` over entangled states for large `K`, step by step.

    The threefold integral of :func:`tlsglass.random_states.law.log_moment` with each factor replaced by its leading
    form around `c = 0`, `v = 0`, `x = 1/3`.

    Parameters
    ----------
    power : int
        0 for the probability, 1 for the average concurrence.

    Raises
    ------
    ValueError
        If `power` is not an integer >= 0.
    """
    n = sp.Integer(integer("power", power, 0, 1000))
    half, three_halves = sp.Rational(1, 2), sp.Rational(3, 2)
    norm = 6 * sp.log(sp.pi) + sum(log_gamma(1, -i) for i in range(4)) - log_gamma(4, 0) + log_gamma(4, n)
    scale = log_gamma(2, n / 2) + log_gamma(2, n / 2 - 1) + sp.log(sp.pi**4 / 2)
    shape = sum(log_gamma(1, s - three_halves) for s in (0, -half, -1)) - log_gamma(3, -3 * three_halves)
    shape += three_halves * sp.log(sp.pi)
    jacobian_at_werner = sp.Rational(2, 3) ** 6
    c, v = sp.symbols("c v", positive=True)
    over_c = sp.integrate((2 * c) ** n * sp.exp(-2 * K * c), (c, 0, sp.oo))
    over_v = sp.integrate(sp.sqrt(v) * sp.exp(-K * v / 3), (v, 0, sp.oo)) / 2
    total = scale + shape - norm + sp.log(jacobian_at_werner * over_c * over_v)
    return sp.expand(sp.expand_log(sp.expand(total), force=True))
