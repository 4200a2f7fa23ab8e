"""The three competing scales of the master equation (15): frequencies, interactions, dissipation (Sec. IV A)."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, integer
from tlsglass._signatures import Value, checked
from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import system
from tlsglass.glass.materials import SIMULATION, Glass


@dataclass(frozen=True, eq=False)
class Scales(Value):
    """One number a TLS for each scale; all arrays have the shape (n_realisations N,), in units of `W` and `W / hbar`.

    Attributes
    ----------
    frequency : array
        `nu_i`.
    interaction : array
        The strongest coupling of the TLS, `max_j |eta J_ij|`.
    dissipation : array
        `epsilon Y_i`.
    """

    frequency: np.ndarray
    interaction: np.ndarray
    dissipation: np.ndarray

    @property
    def medians(self) -> dict[str, float]:
        """Median of each scale by name."""
        return {name: float(np.median(values)) for name, values in vars(self).items()}

    @property
    def median_ratio(self) -> float:
        """Median interaction over median dissipation."""
        return self.medians["interaction"] / self.medians["dissipation"]

    @property
    def share_dissipation_wins(self) -> float:
        """Share of the TLSs whose rate exceeds their strongest coupling."""
        return float(np.mean(self.dissipation > self.interaction))


@checked
def time_scales(
    disorder: Disorder,
    n_realisations: int,
    seed: int = 0,
    interaction_scale: float = 1e5,
    dissipation_scale: float = 1.0,
    prefactor: str = "printed",
    material: Glass = SIMULATION,
) -> Scales:
    """Sample the three scales over realisations of the disorder.

    Parameters
    ----------
    disorder : Disorder
    n_realisations : int
        At least 1.
    seed : int
    interaction_scale, dissipation_scale, prefactor, material
        See :func:`tlsglass.dynamics.states.system`.

    Returns
    -------
    Scales

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Examples
    --------
    >>> from tlsglass.disorder.realisations import Disorder
    >>> from tlsglass.estimates.scales import time_scales
    >>> time_scales(Disorder(n_tls=10), n_realisations=3).frequency.shape
    (30,)
    """
    systems = [
        system(
            draw(disorder, seed, k),
            interaction_scale=interaction_scale,
            dissipation_scale=dissipation_scale,
            prefactor=prefactor,
            material=material,
        )
        for k in range(integer("n_realisations", n_realisations, 1, LARGEST_SAMPLE))
    ]
    return Scales(
        frequency=np.concatenate([tls.nu for tls in systems]),
        interaction=np.concatenate([np.abs(tls.J).max(axis=1) for tls in systems]),
        dissipation=np.concatenate([tls.Y for tls in systems]),
    )
