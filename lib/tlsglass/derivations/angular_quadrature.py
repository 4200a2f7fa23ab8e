"""The same angular integrals by numbers alone, and what a cutoff does to the integral over `zeta`."""

import numpy as np
import sympy as sp
from scipy.integrate import cumulative_trapezoid, quad_vec

from tlsglass._checks import one_of, positive, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.derivations.angular_coefficients import coefficients
from tlsglass.derivations.angular_integrals import ZETA, angular_integral, check_component

CUTOFFS = ("sharp", "gaussian")
_STEP = 0.01  # of the trapezoidal rule in zeta; a wave has 628 steps
_REACH = 7.0  # exp(-reach^2 / 2) = 2e-11 is what the Gaussian cutoff leaves out


@checked
def integrals_by_quadrature(zeta: float) -> tuple[np.ndarray, np.ndarray]:
    """All components of (A17) and (A16), by adaptive quadrature over the sphere; nothing is assumed to vanish.

    Parameters
    ----------
    zeta : float
        `q r_ij`; positive.

    Returns
    -------
    two : array, shape (3, 3)
    four : array, shape (3, 3, 3, 3)
        Complex, as they are defined; good to 1e-11.

    Raises
    ------
    ValueError
        If `zeta` is not positive and finite.
    """
    zeta = positive("zeta", zeta)

    def integrand(phi, u):
        sine = np.sqrt(1 - u * u)
        q = np.array([sine * np.cos(phi), sine * np.sin(phi), u])
        two = np.outer(q, q)
        return np.concatenate([two.ravel(), np.outer(two, two).ravel()])

    def around(u):
        ring, _ = quad_vec(integrand, 0, 2 * np.pi, epsabs=1e-13, epsrel=0, args=(u,))
        return ring * np.exp(1j * zeta * u) / (4 * np.pi)

    numbers, _ = quad_vec(around, -1, 1, epsabs=1e-12, epsrel=0)
    return numbers[:9].reshape(3, 3), numbers[9:].reshape(3, 3, 3, 3)


@checked
def integral_with_cutoff(component: str, cutoffs: np.ndarray, shape: str) -> np.ndarray:
    """Integral of `zeta^2 I(zeta)`, as in (A22), when short wavelengths are cut off.

    Parameters
    ----------
    component : str
        Two or four letters out of x, y, z, with an integral that is not zero.
    cutoffs : array, shape (n,)
        Largest `zeta = q r` for the sharp cutoff, the width in `zeta` for the Gaussian one; positive.
    shape : {"sharp", "gaussian"}
        The integral stops at the cutoff, or is weighted with `exp(-zeta^2 / (2 cutoff^2))`.

    Returns
    -------
    array, shape (n,)
        Good to about 1e-3 times the largest cutoff.

    Raises
    ------
    ValueError
        If an argument is not as described.
    """
    component, shape = check_component(component), one_of("shape", shape, CUTOFFS)
    if not any(coefficients(component)):
        raise ValueError(f"component = {component!r} is not allowed: it must have an integral that is not zero")
    cutoffs = positive_array("cutoffs", cutoffs, (None,))
    if cutoffs.max() > 1e6:
        refuse("cutoffs", cutoffs, "at most 1e6: the steps are 0.01")
    zeta = np.arange(1, int(_REACH * cutoffs.max() / _STEP) + 2) * _STEP
    integrand = zeta**2 * sp.lambdify(ZETA, angular_integral(component))(zeta)
    zeta, integrand = np.append(0, zeta), np.append(0, integrand)
    if shape == "sharp":
        return np.interp(cutoffs, zeta, cumulative_trapezoid(integrand, zeta, initial=0))
    return np.array([np.trapezoid(integrand * np.exp(-((zeta / c) ** 2) / 2), zeta) for c in cutoffs])
