"""A particle in one dimension: the states behind a TLS, from the Schroedinger equation on a grid."""

import numpy as np
from scipy.linalg import eigh_tridiagonal

from tlsglass._checks import finite_array, integer, non_negative, positive, refuse
from tlsglass._signatures import checked


@checked
def bound_states(x: np.ndarray, potential: np.ndarray, n_states: int) -> tuple[np.ndarray, np.ndarray]:
    """Lowest states of `-(1/2) d^2/dx^2 + V(x)`, which vanish at both ends of the grid.

    Parameters
    ----------
    x : array, shape (M,)
        Evenly spaced; the units are those in which mass and hbar are 1.
    potential : array, shape (M,)
    n_states : int
        At least 1.

    Returns
    -------
    energies : array, shape (n_states,)
        Accurate to the square of the spacing.
    states : array, shape (n_states, M)
        Normalised: `sum_x |psi|^2 dx = 1`. Each is positive where it is largest.

    Raises
    ------
    ValueError
        If the grid is not evenly spaced, the shapes differ, or there are fewer points than states.
    """
    x = finite_array("x", x, (None,))
    V = finite_array("potential", potential, x.shape)
    step = np.diff(x)
    if len(x) < 3 or not np.allclose(step, step[0], rtol=1e-9, atol=0) or step[0] <= 0:
        refuse("x", x, "an ascending, evenly spaced grid")
    integer("n_states", n_states, 1, len(x))
    dx = step[0]
    energies, states = eigh_tridiagonal(
        V + 1 / dx**2, np.full(len(x) - 1, -0.5 / dx**2), select="i", select_range=(0, n_states - 1)
    )
    states = states.T / np.sqrt(dx)
    return energies, states * np.sign(states[np.arange(n_states), np.abs(states).argmax(axis=1)])[:, None]


@checked
def double_well(x: np.ndarray, barrier: float, bias: float) -> np.ndarray:
    """Quartic potential with minima near `x = -1` and `x = 1`: `barrier (x^2 - 1)^2 + bias x / 2`.

    Parameters
    ----------
    x : array
    barrier : float
        Height between the wells, > 0.
    bias : float
        How much higher the right well is, >= 0.

    Returns
    -------
    array, shape of `x`

    Raises
    ------
    ValueError
        If `barrier` or `bias` is outside its range.
    """
    positive("barrier", barrier)
    non_negative("bias", bias)
    x = finite_array("x", x, np.shape(x))
    return barrier * (x**2 - 1) ** 2 + bias * x / 2
