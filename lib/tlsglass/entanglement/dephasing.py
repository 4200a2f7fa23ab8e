"""When noise on both sites separates a pair: the coherences that each site loses against the phase of the coupling."""

import numpy as np

from tlsglass._checks import common_shape, finite_array
from tlsglass._signatures import checked


@checked
def entangling_sine(F_a: np.ndarray, F_b: np.ndarray) -> np.ndarray:
    r"""Least `|sin(4 J_ab t / hbar)|` at which a pair is entangled when noise has reduced the coherences of its sites.

    Two TLSs start in a product state and turn each other's phases, as in the isolated pair. In addition every element
    that is off-diagonal in site a is multiplied by `F_a`, in site b by `F_b`, in both by `F_a F_b`: independent noise,
    such as third spins that see one of the two, or a sudden preparation in undisturbed phonons. The partial transpose
    has a negative eigenvalue exactly when

        `4 |F_a F_b| sin^2(4 J_ab t / hbar) > (1 - |F_a|^2) (1 - |F_b|^2)` ,

    whatever the initial states, as long as neither is an eigenstate of `S^z` (such a pair never entangles).

    Parameters
    ----------
    F_a, F_b : float or array
        Moduli of the factors, in [0, 1]; their shapes broadcast. Phases are rotations of the sites and do not matter.

    Returns
    -------
    array
        The root of the ratio of the two sides at `sin = 1`. Above 1 the pair is separable at every phase: that is,
        for `F_a + F_b + F_a F_b < 1`. inf where a coherence is lost altogether; 0 for a pair without noise.

    Raises
    ------
    ValueError
        If a factor is not a number in [0, 1], or the shapes do not broadcast.

    Examples
    --------
    >>> from tlsglass.entanglement.dephasing import entangling_sine
    >>> round(float(entangling_sine(2**0.5 - 1, 2**0.5 - 1)), 12)  # equal factors: never again below sqrt(2) - 1
    1.0
    """
    common_shape(F_a=F_a, F_b=F_b)
    factors = []
    for name, value in (("F_a", F_a), ("F_b", F_b)):
        factor = finite_array(name, value, np.shape(value))
        if np.any(factor < 0) or np.any(factor > 1):
            raise ValueError(f"{name} = {value!r} is not allowed: every factor must be in [0, 1]")
        factors.append(factor)
    F_a, F_b = factors
    lost = (1 - F_a) * (1 + F_a) * (1 - F_b) * (1 + F_b)  # not 1 - F^2: no digits are lost for little noise
    kept = 4 * F_a * F_b
    return np.sqrt(np.divide(lost, kept, out=np.where(lost > 0, np.inf, 0.0), where=kept > 0))
