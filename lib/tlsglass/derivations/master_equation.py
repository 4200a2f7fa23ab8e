r"""The master equation (15) of one TLS: its GKSL form, complete positivity, relaxation times and fixed point.

Everything is written in the eigenbasis of `H_TLS`. Index 0 is the ground state (`S^z = +1`), index 1 the excited one,
and `S^+- = S^x +- i S^y` are twice the ladder operators. `hbar = 1`: `nu` is a frequency, `Y` and `f` are a rate and
a number. A *map* is a function that takes a 2 x 2 matrix and returns one, linearly.
"""

from collections.abc import Callable, Sequence

import sympy as sp

from tlsglass._signatures import checked
from tlsglass.derivations.eigenoperators import EPS, in_eigenoperators
from tlsglass.derivations.symbols import DELTA, NU

RATE = sp.Symbol("Y", nonnegative=True)
OCCUPATION = sp.Symbol("f", nonnegative=True)
TIME = sp.Symbol("t", nonnegative=True)

S_Z = sp.Matrix([[1, 0], [0, -1]])
S_PLUS = sp.Matrix([[0, 2], [0, 0]])  # takes the excited state to twice the ground state
S_MINUS = sp.Matrix([[0, 0], [2, 0]])

Map = Callable[[sp.Matrix], sp.Matrix]


def _non_negative(name: str, value) -> sp.Expr:
    value = sp.sympify(value)
    if not isinstance(value, sp.Expr) or value.is_nonnegative is False or value is sp.nan or value.is_finite is False:
        raise ValueError(f"{name} = {value} is not allowed: it must be a finite number >= 0 or such a symbol")
    return value


def _operator(name: str, value) -> sp.Matrix:
    value = sp.Matrix(value)
    if value.shape != (2, 2):
        raise ValueError(f"{name} of shape {value.shape} is not allowed: it must have shape (2, 2)")
    return value


@checked
def printed_dissipator(rho: sp.Matrix, rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION) -> sp.Matrix:
    """Second and third line of Eq. (15) for one site, as they are printed.

    Parameters
    ----------
    rho : Matrix, shape (2, 2)
        Any matrix; the map is linear.
    rate, occupation : number or sympy expression
        `Y >= 0`, in 1/time, and `f_T(hbar nu) >= 0`.

    Returns
    -------
    Matrix, shape (2, 2)

    Raises
    ------
    ValueError
        If `rate` or `occupation` is negative, or `rho` is not 2 x 2.
    """
    rho = _operator("rho", rho)
    Y, f = _non_negative("rate", rate), _non_negative("occupation", occupation)
    down, up = S_PLUS * rho * S_MINUS, S_MINUS * rho * S_PLUS
    return Y * f * (down + up - 4 * rho) + Y * (down + rho * S_Z + S_Z * rho - 2 * rho)


@checked
def jump_operators(rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION) -> list[sp.Matrix]:
    """Jump operators of Eq. (15): `sqrt(Y (1 + f)) S^+` (a phonon leaves) and `sqrt(Y f) S^-` (a phonon is absorbed).

    The rate is inside. Parameters and errors as in :func:`printed_dissipator`.
    """
    Y, f = _non_negative("rate", rate), _non_negative("occupation", occupation)
    return [sp.sqrt(Y * (1 + f)) * S_PLUS, sp.sqrt(Y * f) * S_MINUS]


@checked
def dissipator(rho: sp.Matrix, jumps: Sequence[sp.Matrix]) -> sp.Matrix:
    """GKSL dissipator `sum_L (L rho L^+ - {L^+ L, rho} / 2)`, shape (2, 2)."""
    jumps = [_operator(f"jumps[{i}]", jump) for i, jump in enumerate(jumps)]
    rho = _operator("rho", rho)
    total = sp.zeros(2, 2)
    for L in jumps:
        N = L.H * L
        total += L * rho * L.H - (N * rho + rho * N) / 2
    return total.applyfunc(sp.expand)


@checked
def dissipator_of_bath(
    rho: sp.Matrix,
    emission: sp.Expr,
    absorption: sp.Expr,
    dephasing: sp.Expr = 0,
    asymmetry: sp.Expr = EPS,
    tunnelling: sp.Expr = DELTA,
) -> sp.Matrix:
    """Dissipator of one TLS after the secular step, from what the bath does at the three frequencies of the TLS.

    A bath that couples to `sigma^z` sees its three parts `c_z S^z`, `c_+ S^+` and `c_- S^-` one by one, each with the
    rate `gamma = 2 Re Gamma_ii` of its own frequency. Equation (15) is the case `dephasing = 0`.

    Parameters
    ----------
    rho : Matrix, shape (2, 2)
    emission, absorption, dephasing : number or sympy expression
        `gamma` at `nu`, at `-nu` and at 0; not negative, in 1/time.
    asymmetry, tunnelling : number or sympy expression
        `eps` and `Delta` of Eq. (3).

    Returns
    -------
    Matrix, shape (2, 2)

    Raises
    ------
    ValueError
        If a rate is negative, or the TLS has no splitting.
    """
    c = in_eigenoperators([0, 0, 1], asymmetry, tunnelling)
    rates = {"emission": emission, "absorption": absorption, "dephasing": dephasing}
    gammas = [_non_negative(name, value) for name, value in rates.items()]
    parts = [c["+"] * S_PLUS, c["-"] * S_MINUS, c["z"] * S_Z]
    return dissipator(rho, [sp.sqrt(gamma) * part for gamma, part in zip(gammas, parts, strict=True)])


@checked
def generator(rho: sp.Matrix, nu: sp.Expr = NU, rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION) -> sp.Matrix:
    """Right-hand side of Eq. (15) for one site: `-i [-nu S^z / 2, rho]` and the dissipator, in 1/time."""
    rho = _operator("rho", rho)
    H = -sp.sympify(nu) / 2 * S_Z
    return -sp.I * (H * rho - rho * H) + dissipator(rho, jump_operators(rate, occupation))


@checked
def propagator(
    rho: sp.Matrix, time: sp.Expr = TIME, nu: sp.Expr = NU, rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION
) -> sp.Matrix:
    """Solution of Eq. (15) for one site at `time`, given `rho` at time 0, shape (2, 2); linear in `rho`.

    The populations relax with `q = exp(-4 Y (1 + 2 f) t)`, the coherence with `sqrt(q)` while it turns with `nu`.

    Parameters
    ----------
    rho : Matrix, shape (2, 2)
    time : number or sympy expression
        At least 0.
    nu, rate, occupation : number or sympy expression
        `nu`, `Y`, `f`.

    Raises
    ------
    ValueError
        If `time`, `rate` or `occupation` is negative, or `rho` is not 2 x 2.
    """
    rho, t = _operator("rho", rho), _non_negative("time", time)
    q = decay_factor(t, rate, occupation)
    ground, excited = steady_state(occupation).diagonal()
    trace = rho.trace()
    turned = sp.sqrt(q) * sp.exp(sp.I * sp.sympify(nu) * t)
    return sp.Matrix(
        [
            [ground * trace + (rho[0, 0] - ground * trace) * q, rho[0, 1] * turned],
            [rho[1, 0] * sp.conjugate(turned), excited * trace + (rho[1, 1] - excited * trace) * q],
        ]
    )


@checked
def relaxation_rates(rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION) -> tuple[sp.Expr, sp.Expr]:
    """Rates `1/T1 = 4 Y (1 + 2 f)` of the populations and `1/T2 = 1/(2 T1)` of the coherence.

    Read off the generator: `1/T1` from what it does to `S^z`, `1/T2` from what it does to `|0><1|` in the frame that
    turns with `nu`.
    """
    jumps = jump_operators(rate, occupation)
    coherence = sp.Matrix([[0, 1], [0, 0]])
    population = sp.factor(-(S_Z * dissipator(S_Z, jumps)).trace() / 2)
    return population, sp.factor(-dissipator(coherence, jumps)[0, 1])


@checked
def decay_factor(time: sp.Expr = TIME, rate: sp.Expr = RATE, occupation: sp.Expr = OCCUPATION) -> sp.Expr:
    """Factor `q = exp(-t / T1)` by which a deviation of the populations shrinks in `time`."""
    return sp.exp(-relaxation_rates(rate, occupation)[0] * time)


@checked
def steady_state(occupation: sp.Expr = OCCUPATION) -> sp.Matrix:
    """State that Eq. (15) leaves alone: populations `(1 + f, f) / (1 + 2 f)`; the pure ground state at f = 0 (T = 0).

    Raises
    ------
    ValueError
        If `occupation` is negative.
    """
    f = _non_negative("occupation", occupation)
    return sp.diag(1 + f, f) / (1 + 2 * f)


@checked
def superoperator(of_map: Map) -> sp.Matrix:
    """Matrix, shape (4, 4), of a map, acting on `vec(rho) = (rho_00, rho_01, rho_10, rho_11)`."""
    return sp.Matrix.hstack(*(sp.Matrix(4, 1, list(of_map(unit))) for unit in matrix_units()))


def matrix_units() -> list[sp.Matrix]:
    """Return the four matrices `|a><b|`, in the order 00, 01, 10, 11."""
    return [sp.Matrix(2, 2, lambda i, j, a=a, b=b: int((i, j) == (a, b))) for a in (0, 1) for b in (0, 1)]


@checked
def choi_matrix(of_map: Map) -> sp.Matrix:
    """Choi matrix `sum_ab |a><b| (x) map(|a><b|)`, shape (4, 4).

    The map is completely positive exactly if this matrix has no negative eigenvalue.
    """
    units = matrix_units()
    return sum((sp.kronecker_product(unit, of_map(unit)) for unit in units), sp.zeros(4, 4))


@checked
def conditional_choi_matrix(of_generator: Map) -> sp.Matrix:
    """Choi matrix of a generator on the complement of `|00> + |11>`, shape (4, 4).

    `exp(t generator)` is completely positive at every t >= 0 exactly if this matrix has no negative eigenvalue (and
    the generator maps Hermitian matrices to Hermitian ones). Its non-zero eigenvalues are the jump rates.
    """
    bell = sp.Matrix([1, 0, 0, 1])
    complement = sp.eye(4) - bell * bell.T / 2
    return (complement * choi_matrix(of_generator) * complement).applyfunc(sp.factor)
