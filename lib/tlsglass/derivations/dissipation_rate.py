r"""The dissipation rate `Y_i`, Eqs. (21) and (A7)-(A13), with sympy, for any dipole tensor and for two speeds of sound.

A phonon of wave vector `q` and unit polarisation vector `e` moves the TLS through
:math:`\sum_{ab} D^{ab} e^{ab}` with :math:`e^{ab} = (q^a e^b + q^b e^a)/2`. Its square, averaged over the directions
of `q`, is a weight of each polarisation. The delta function of the bath correlator then fixes `q = nu / v`. Both
steps are done here from the definitions, with explicit polarisation vectors and no isotropy argument.
"""

from collections.abc import Callable
from functools import cache

import sympy as sp

from tlsglass._checks import one_of, refuse
from tlsglass._signatures import checked
from tlsglass.derivations.symbols import DELTA, DENSITY, HBAR, NU, V_L, V_T, V, symbolic_tensor

GAMMA = sp.Symbol("gamma", positive=True)

_CT, _ST, _CP, _SP = sp.symbols("c_theta s_theta c_phi s_phi", real=True)  # cos and sin of the angles of q
_DIRECTION = sp.Matrix([_ST * _CP, _ST * _SP, _CT])
POLARISATIONS = {
    "L": (_DIRECTION,),
    "T": (sp.Matrix([_CT * _CP, _CT * _SP, -_ST]), sp.Matrix([-_SP, _CP, 0])),
}


@checked
def dipole(symmetric: bool = True) -> sp.Matrix:
    """Return a general real dipole tensor `D`, shape (3, 3): six symbols, or nine if it need not be symmetric."""

    def entry(a, b):
        return sp.Symbol("D_" + "".join("xyz"[i] for i in (sorted((a, b)) if symmetric else (a, b))), real=True)

    return sp.Matrix(3, 3, entry)


@cache
def _monomial_average(ct: int, st: int, cp: int, sp_: int) -> sp.Expr:
    """Average over the sphere of `cos(theta)^ct sin(theta)^st cos(phi)^cp sin(phi)^sp_`, from Euler's beta integral."""
    if ct % 2 or cp % 2 or sp_ % 2:
        return sp.Integer(0)

    def beta(x, y):
        return sp.gamma(x) * sp.gamma(y) / sp.gamma(x + y)

    half = sp.Rational(1, 2)
    polar = beta((ct + 1) * half, (st + 2) * half) / 2
    azimuthal = beta((cp + 1) * half, (sp_ + 1) * half) / sp.pi
    return sp.simplify(polar * azimuthal)


@checked
def strain_average(D, polarisation: str, allow_asymmetric: bool = False) -> sp.Expr:
    r"""Average over directions of :math:`(\sum_{ab} D^{ab} e^{ab})^2 / q^2`: one polarisation's part of (A10).

    Parameters
    ----------
    D : matrix, shape (3, 3)
        Dipole tensor: numbers or sympy expressions.
    polarisation : {"L", "T"}
        Longitudinal, or the sum over the two transverse polarisations.
    allow_asymmetric : bool
        Let `D` be anything, to see where (A10) stops being true.

    Returns
    -------
    sympy expression
        Quadratic in the entries of `D`.

    Raises
    ------
    ValueError
        If `D` is not (symmetric) 3 x 3 or `polarisation` is not "L" or "T".

    Examples
    --------
    >>> import sympy
    >>> from tlsglass.derivations.dissipation_rate import strain_average
    >>> strain_average(sympy.eye(3), "L"), strain_average(sympy.eye(3), "T")
    (1, 0)
    """
    D = symbolic_tensor("D", D, symmetric=not allow_asymmetric)
    total = sp.Integer(0)
    for e in POLARISATIONS[one_of("polarisation", polarisation, POLARISATIONS)]:
        strain = (_DIRECTION * e.T + e * _DIRECTION.T) / 2  # e^{ab} / q
        contraction = sp.expand(sum(D[a, b] * strain[a, b] for a in range(3) for b in range(3)))
        polynomial = sp.Poly(contraction**2, _CT, _ST, _CP, _SP)
        total += sum(coefficient * _monomial_average(*powers) for powers, coefficient in polynomial.terms())
    return sp.expand(total)


@checked
def weight(D, polarisation: str) -> sp.Expr:
    """Evaluate :func:`strain_average` for symmetric `D` from two invariants.

    `[2 Tr D^2 + (Tr D)^2] / 15` for "L" and `[3 Tr D^2 - (Tr D)^2] / 15` for "T". They add up to `Tr D^2 / 3`, (A10).
    Parameters and errors as there.
    """
    D = symbolic_tensor("D", D)
    square, trace = (D * D).trace(), D.trace()
    closed = {"L": 2 * square + trace**2, "T": 3 * square - trace**2}
    return sp.expand(closed[one_of("polarisation", polarisation, POLARISATIONS)] / 15)


def _check_speeds(v_L, v_T):
    for name, value in {"v_L": v_L, "v_T": v_T}.items():
        if value.is_positive is False:
            refuse(name, value, "positive")


@checked
def no_phonons(energy: sp.Expr) -> sp.Expr:
    """Bose-Einstein occupation of a mode at T = 0."""
    return sp.Integer(0)


@checked
def frequency_integral(velocity: sp.Expr, omega: sp.Expr = NU, occupation: Callable = no_phonons) -> sp.Expr:
    """Integral over `q` in Eq. (A11), divided by `hbar v`: emission at `omega > 0`, absorption at `omega < 0`.

    Two powers of `q` come from the density of modes and two from the strains; `1 / omega_q` takes one away.

    Parameters
    ----------
    velocity, omega : sympy expressions
        `v` is positive; `omega` is `nu`, `-nu` or 0.
    occupation : callable
        From the energy of a phonon to `f_T`.
    """
    for name, value in {"velocity": velocity, "omega": omega}.items():
        if value.is_extended_real is False:
            refuse(name, value, "real")
    q = sp.Symbol("q", positive=True)
    f = occupation(HBAR * velocity * q)
    emission = (f + 1) * sp.DiracDelta(omega - velocity * q)
    absorption = f * sp.DiracDelta(omega + velocity * q)
    return sp.integrate(q**3 * (emission + absorption), (q, 0, sp.oo)) / (HBAR * velocity)


@checked
def real_gamma(
    D, v_L: sp.Expr = V_L, v_T: sp.Expr = V_T, omega: sp.Expr = NU, occupation: Callable = no_phonons
) -> sp.Expr:
    """Real part of the bath correlator `Gamma_ii`, Eq. (A8), each polarisation with its own speed of sound.

    With `v_L = v_T = v` it is (A11); at `omega = nu` and T = 0 it is (A12). Parameters as in
    :func:`frequency_integral` and :func:`strain_average`.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3.
    """
    _check_speeds(v_L, v_T)
    if omega.is_extended_real is False:
        refuse("omega", omega, "real")
    modes = 4 * sp.pi / (2 * sp.pi) ** 3  # d^3q / (2 pi)^3 = modes q^2 dq, after the average over directions
    speeds = {"L": v_L, "T": v_T}
    total = sum(strain_average(D, p) * frequency_integral(v, omega, occupation) for p, v in speeds.items())
    return sp.factor(sp.pi * GAMMA**2 / (2 * DENSITY) * modes * total)


@checked
def dissipation_rate(D, v_L: sp.Expr = V_L, v_T: sp.Expr = V_T) -> sp.Expr:
    """Dissipation rate `Y_i` as Eqs. (19), (A7) define it: `(Delta / hbar nu)^2 2 Re Gamma`, at T = 0.

    Parameters
    ----------
    D : matrix, shape (3, 3), symmetric
    v_L, v_T : sympy expressions
        Longitudinal and transverse speed of sound. The same symbol for both gives the paper's one-speed model.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3.
    """
    _check_speeds(v_L, v_T)
    return sp.factor((DELTA / (HBAR * NU)) ** 2 * 2 * real_gamma(D, v_L, v_T))


@checked
def printed_rate(D) -> sp.Expr:
    """Dissipation rate as Eqs. (21) and (A13) print it, with `12 pi` and one speed of sound.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3.
    """
    D = symbolic_tensor("D", D)
    return DELTA**2 * GAMMA**2 * NU * (D * D).trace() / (12 * sp.pi * DENSITY * HBAR**3 * V**5)


@checked
def golden_rule_rate(D, v_L: sp.Expr = V_L, v_T: sp.Expr = V_T) -> sp.Expr:
    """Decay rate of the excited level at T = 0 from Fermi's golden rule, without any master equation.

    It is `(2 pi / hbar) |<g| sigma^z |e>|^2 sum_alpha <|xi|^2> g_alpha(hbar nu)`, where `<g| sigma^z |e>` is
    `2 Delta / (hbar nu)`, `xi` is the coupling of Eq. (8) at `q = nu / v`, and a volume `V` has
    `g = V omega^2 / (2 pi^2 hbar v^3)` modes per energy. It must be `4 Y`.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3.
    """
    _check_speeds(v_L, v_T)
    volume = sp.Symbol("V", positive=True)
    rate = sp.Integer(0)
    for polarisation, v in {"L": v_L, "T": v_T}.items():
        xi_squared = HBAR / (2 * volume * DENSITY * NU) * GAMMA**2 * (NU / v) ** 2 * strain_average(D, polarisation)
        modes_per_energy = volume * NU**2 / (2 * sp.pi**2 * HBAR * v**3)
        rate += 2 * sp.pi / HBAR * (2 * DELTA / (HBAR * NU)) ** 2 * xi_squared * modes_per_energy
    return sp.factor(rate)


@checked
def textbook_rate(D, v_L: sp.Expr = V_L, v_T: sp.Expr = V_T) -> sp.Expr:
    """One-phonon rate `1/T_1` of the tunnelling model (Jaeckle 1972; Phillips 1987), at T = 0.

    `(gamma_L^2 / v_L^5 + 2 gamma_T^2 / v_T^5) Delta_0^2 E / (2 pi rho hbar^4)` for `H = (bias sigma^z + Delta_0
    sigma^x) / 2`. In the paper's letters `Delta_0 = 2 Delta`, `E = hbar nu`; the deformation potentials are averages
    over orientations, `gamma_L^2 = gamma^2 weight_L` and `2 gamma_T^2 = gamma^2 weight_T`.

    Raises
    ------
    ValueError
        If `D` is not symmetric 3 x 3.
    """
    _check_speeds(v_L, v_T)
    couplings = GAMMA**2 * (weight(D, "L") / v_L**5 + weight(D, "T") / v_T**5)
    return sp.factor(couplings * (2 * DELTA) ** 2 * (HBAR * NU) / (2 * sp.pi * DENSITY * HBAR**4))
