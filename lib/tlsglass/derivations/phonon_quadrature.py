"""Direct quadrature of the phonon sum (A14) in three dimensions, for any two dipoles and any direction.

Nothing of the algebra is used: no frame, no angular integrals, no partial fractions. A Gaussian `exp(-w^2 q^2 / 2)`
cuts the sum off at short wavelengths, as if the dipoles were smeared over a width `w / sqrt(2)` each. Outside of that
the result differs from the one for points by exactly `w^2` times a number (see
:func:`tlsglass.derivations.elastic_green.biharmonic_residual`), so two widths extrapolate to `w = 0`.
"""

import numpy as np

from tlsglass._checks import finite_array, positive, symmetric_tensor
from tlsglass._signatures import checked
from tlsglass.glass.materials import mean_velocity

WIDTHS = (0.08, 0.11)  # in units of the distance: the overlap that is dropped is of order exp(-1 / (2 w^2)) < 2e-18
_NODES = 130  # Gauss nodes in cos(theta) and in q, twice as many points in phi; the phase q r reaches 106
_REACH = 8.5  # the cutoff is 2e-16 at q = reach / w


@checked
def smeared_contraction(D_i, D_j, separation, v_L: float, v_T: float, width: float) -> float:
    """`D_ij` of (A27) for smeared dipoles, from the integral over all wave vectors.

    Parameters
    ----------
    D_i, D_j : array, shape (3, 3)
        Symmetric.
    separation : array, shape (3,)
        `r_i - r_j`; only its direction matters.
    v_L, v_T : float
        Speeds of sound, in the same unit.
    width : float
        Width of the smearing, in units of the distance.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a dipole is not symmetric, the separation is zero or no 3-vector, or a number is not positive.
    """
    D_i, D_j = symmetric_tensor("D_i", D_i), symmetric_tensor("D_j", D_j)
    separation = finite_array("separation", separation, (3,))
    n = separation / positive("length of the separation", float(np.linalg.norm(separation)))
    v_L, v_T, width = positive("v_L", v_L), positive("v_T", v_T), positive("width", width)

    u, u_weight = np.polynomial.legendre.leggauss(_NODES)
    phi = np.arange(2 * _NODES) * np.pi / _NODES
    sine = np.sqrt(1 - u**2)[:, None]
    q_hat = np.stack(np.broadcast_arrays(sine * np.cos(phi), sine * np.sin(phi), u[:, None]), axis=-1).reshape(-1, 3)
    solid_angle = np.repeat(u_weight * np.pi / _NODES, 2 * _NODES)

    along_i, along_j = q_hat @ D_i, q_hat @ D_j
    both = (along_i * q_hat).sum(axis=1) * (along_j * q_hat).sum(axis=1)
    strain = both / v_L**2 + ((along_i * along_j).sum(axis=1) - both) / v_T**2  # sum over polarisations

    q, q_weight = np.polynomial.legendre.leggauss(_NODES)
    q_max = _REACH / width
    q, q_weight = (q + 1) * q_max / 2, q_weight * q_max / 2
    radial = np.cos(np.outer(q_hat @ n, q)) @ (q_weight * q**2 * np.exp(-((width * q) ** 2) / 2))
    integral = solid_angle @ (strain * radial) / (2 * np.pi) ** 3
    mean_velocity_squared = mean_velocity(v_L, v_T) ** 2
    return float(-8 * np.pi * mean_velocity_squared * integral)


@checked
def contraction_by_quadrature(D_i, D_j, separation, v_L: float, v_T: float) -> float:
    """`D_ij` of (A27) for point dipoles: two widths of :func:`smeared_contraction`, extrapolated to zero.

    Parameters and errors are those of :func:`smeared_contraction`, without the width.
    """
    a, b = (smeared_contraction(D_i, D_j, separation, v_L, v_T, width) for width in WIDTHS)
    s, t = (width**2 for width in WIDTHS)
    return (t * a - s * b) / (t - s)
