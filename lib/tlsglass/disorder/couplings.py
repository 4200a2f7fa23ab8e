"""From the parameters of the TLSs to the numbers of the master equation: `J_ij` (Eq. 22) and `Y_i` (Eq. 21)."""

import numpy as np

from tlsglass._checks import finite_array, non_negative, non_negative_array, one_of, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.glass.materials import SIMULATION, Glass

# The algebra of App. A gives twice the printed rate (the factor is lost between (A7), (A12) and (A13)): 6 pi, not
# 12 pi. "printed" reproduces the paper's figures, "corrected" is right for a real glass.
DISSIPATION_PREFACTORS = {"printed": 1.0, "corrected": 2.0}


@checked
def minimum_image_separations(positions: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Vectors between points in a periodic box, each to the nearest image of the other.

    Parameters
    ----------
    positions : array, shape (..., N, 3)
        Of one sample, or of many.
    side : float or array, shape (3,)
        Side of the cube, or the three sides of the box, in the unit of `positions`.

    Returns
    -------
    array, shape (..., N, N, 3)
        From the second point to the first, every component at most half the side.

    Raises
    ------
    ValueError
        If `positions` is not a finite array of shape (..., N, 3) or `side` is not positive.
    """
    positions = finite_array("positions", positions, (*(np.shape(positions)[:-1] or (1,)), 3))
    side = positive_array("side", side, np.shape(side) and (3,))
    separation = positions[..., :, None, :] - positions[..., None, :, :]  # i j x
    separation -= side * np.rint(separation / side)
    return separation


@checked
def minimum_image_distances(positions: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Distances of points in a periodic box, each to the nearest image of the other.

    Parameters
    ----------
    positions : array, shape (..., N, 3)
    side : float or array, shape (3,)
        Side of the cube, or the three sides of the box, in the unit of `positions`.

    Returns
    -------
    array, shape (..., N, N)
        Symmetric, zero on the diagonal, in a cube at most `sqrt(3) / 2 * side`.

    Raises
    ------
    ValueError
        If `positions` is not a finite array of shape (..., N, 3) or `side` is not positive.
    """
    return np.sqrt((minimum_image_separations(positions, side) ** 2).sum(axis=-1))


def _splittings(value, shape=None):
    """Return the splittings as a float array, of any shape unless one is given; each must be positive."""
    splitting = finite_array("splitting", value, np.shape(value) if shape is None else shape)
    if np.any(splitting <= 0):
        raise ValueError(f"splitting = {value!r} is not allowed: every splitting must be positive")
    return splitting


def _for_each(name, value, splitting):
    """Return `value` as a finite array with one number for each splitting."""
    if np.shape(value) != splitting.shape:
        refuse(name, value, f"of the shape {splitting.shape} of splitting")
    return finite_array(name, value, splitting.shape)


def _symmetric(name, value, shape):
    """Return `value` as a finite array that is symmetric in its last two axes, up to a few roundings."""
    array = finite_array(name, value, shape)
    difference = np.abs(array - array.swapaxes(-1, -2)).max(initial=0.0)
    if difference > 1e-12 * np.abs(array).max(initial=0.0):
        refuse(name, value, "symmetric")
    return array


@checked
def interactions(
    asymmetry: np.ndarray,
    splitting: np.ndarray,
    contraction: np.ndarray,
    distance: np.ndarray,
    material: Glass = SIMULATION,
) -> np.ndarray:
    """TLS-TLS couplings `J_ij`, Eq. (22), in units of `W`.

    The sum over pairs in Eqs. (15), (16) and (23) runs over both orders, so a pair contributes `2 J_ij S^z_i S^z_j`.

    Parameters
    ----------
    asymmetry : array, shape (..., N)
        `eps_i`, in units of `W`, of one sample or of many.
    splitting : array, shape (..., N)
        `hbar nu_i = 2 sqrt(eps_i^2 + Delta_i^2)`, in units of `W`.
    contraction : array, shape (..., N, N)
        `D_ij` of Eq. (A27), symmetric, dimensionless.
    distance : array, shape (..., N, N)
        `r_ij`, in units of `L0`, symmetric; the diagonal is not used.
    material : Glass
        Sets the energy `gamma^2 / (4 pi rho v^2 L0^3)`.

    Returns
    -------
    array, shape (..., N, N)
        Symmetric, zero on the diagonal.

    Raises
    ------
    ValueError
        If the shapes do not match, a number is not finite, a splitting is not positive, two TLSs coincide, or
        `contraction` or `distance` is not symmetric.
    """
    sites = np.shape(contraction)[:-1] if np.ndim(contraction) > 1 else (np.size(splitting),)
    if np.ndim(splitting) and np.shape(splitting) != sites:
        raise ValueError(
            f"splitting of shape {np.shape(splitting)} is not allowed with contraction of shape "
            f"{np.shape(contraction)}: they must be (..., N) and (..., N, N)"
        )
    splitting = _splittings(splitting, sites)
    n = splitting.shape[-1]
    tilt = finite_array("asymmetry", asymmetry, splitting.shape) / splitting
    contraction = _symmetric("contraction", contraction, (*splitting.shape, n))
    r = np.where(np.eye(n, dtype=bool), np.inf, _symmetric("distance", distance, (*splitting.shape, n)))
    if np.any(r <= 0):
        raise ValueError("distance is not allowed: it must be positive for every pair of TLSs")
    return material.interaction_energy / material.W * (tilt[..., :, None] * tilt[..., None, :]) * contraction / r**3


@checked
def dissipation_rates(
    tunnelling: np.ndarray,
    splitting: np.ndarray,
    trace_d2: np.ndarray,
    prefactor: str = "printed",
    material: Glass = SIMULATION,
) -> np.ndarray:
    """Dissipation rates `Y_i`, Eq. (21), in units of `W / hbar`.

    The populations relax at `1/T_1 = 4 Y (1 + 2 f)` and the coherences at half of it.

    Parameters
    ----------
    tunnelling, splitting : array, shape (..., N)
        `Delta_i` and `hbar nu_i`, in units of `W`.
    trace_d2 : array, shape (..., N)
        `Tr D_i^2`, dimensionless, >= 0.
    prefactor : {"printed", "corrected"}
        `1 / (12 pi)` as the paper prints it, or `1 / (6 pi)` as its own (A7) and (A12) give.
    material : Glass

    Returns
    -------
    array, shape (..., N)

    Raises
    ------
    ValueError
        If `prefactor` is neither of the two, the shapes do not match, a number is not finite, a splitting is not
        positive or a `trace_d2` negative.
    """
    splitting = np.atleast_1d(_splittings(splitting))
    tunnelling = _for_each("tunnelling", tunnelling, splitting)
    trace_d2 = non_negative_array("trace_d2", _for_each("trace_d2", trace_d2, splitting), splitting.shape)
    factor = DISSIPATION_PREFACTORS[one_of("prefactor", prefactor, DISSIPATION_PREFACTORS)]
    return factor * material.dissipation_number * tunnelling**2 * splitting * trace_d2


@checked
def bose_occupation(splitting: np.ndarray, temperature: float) -> np.ndarray:
    """Bose-Einstein occupation `f_T(hbar nu) = 1 / (exp(hbar nu / k_B T) - 1)`, below Eq. (16).

    Parameters
    ----------
    splitting : float or array
        `hbar nu_i`, in units of `W`.
    temperature : float
        `k_B T`, in units of `W`; 0 gives 0.

    Returns
    -------
    array, shape of `splitting`

    Raises
    ------
    ValueError
        If `temperature` is negative or a splitting is not positive.
    """
    splitting = _splittings(splitting)
    if non_negative("temperature", temperature) == 0:
        return np.zeros_like(splitting)
    with np.errstate(over="ignore"):
        return 1.0 / np.expm1(splitting / temperature)


@checked
def thermal_polarisation(splitting: np.ndarray, temperature: float) -> np.ndarray:
    """Thermal average `<S^z> = tanh(hbar nu / 2 k_B T)` of a TLS; positive, since `S^z = +1` is the ground state.

    Parameters
    ----------
    splitting : float or array
        `hbar nu_i`, in units of `W`.
    temperature : float
        `k_B T`, in units of `W`; 0 gives 1.

    Returns
    -------
    array, shape of `splitting`

    Raises
    ------
    ValueError
        If `temperature` is negative or a splitting is not positive.
    """
    splitting = _splittings(splitting)
    if non_negative("temperature", temperature) == 0:
        return np.ones_like(splitting)
    return np.tanh(splitting / (2.0 * temperature))
