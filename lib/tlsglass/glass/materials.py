"""What a glass is made of: Table I of the paper, and the material of its simulations (Sec. IV A), in SI units."""

from dataclasses import dataclass, fields

import numpy as np

from tlsglass._checks import LARGEST, SMALLEST, between, one_of, positive, refuse
from tlsglass._signatures import checked
from tlsglass.glass.units import HBAR, MILLI_ELECTRONVOLT, NANOMETRE, NaturalUnits


@checked
def mean_velocity(v_L: float, v_T: float) -> float:
    """Average speed of sound `v` of Eq. (A9): `3 / v^3 = 1 / v_L^3 + 2 / v_T^3`.

    Parameters
    ----------
    v_L, v_T : float
        Longitudinal and transverse speed of sound, from 1e-75 to 1e75, in one unit.

    Raises
    ------
    ValueError
        If a speed is outside its range.
    """
    between("v_L", v_L, SMALLEST, LARGEST), between("v_T", v_T, SMALLEST, LARGEST)
    return (3.0 / (v_L**-3 + 2.0 * v_T**-3)) ** (1.0 / 3.0)


@dataclass(frozen=True)
class Glass:
    """The parameters of one material, as printed in Table I; all in SI units.

    Attributes
    ----------
    name : str
    W : float
        Width of the distribution of the asymmetries, Eq. (4), in J.
    delta_max, delta_bar, delta_min : float
        Largest, typical and smallest tunnelling amplitude, Eqs. (5) and (6), in J.
    gamma : float
        TLS-phonon coupling, Eq. (8), in J.
    density : float
        Mass density, in kg / m^3.
    v_L, v_T : float
        Longitudinal and transverse speed of sound, in m / s.
    debye_energy : float
        `k_B T_D`, in J; nan where none is given.
    tls_density : float
        Number of TLSs per volume, in 1 / m^3.

    Raises
    ------
    ValueError
        If a number is not positive and finite (`debye_energy` may be nan), or if the tunnelling amplitudes are not in
        ascending order.
    """

    name: str
    W: float
    delta_max: float
    delta_bar: float
    delta_min: float
    gamma: float
    density: float
    v_L: float
    v_T: float
    debye_energy: float
    tls_density: float

    def __post_init__(self):
        """Refuse a material that cannot be."""
        if not isinstance(self.name, str):
            refuse("name", self.name, "a string")
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "name" or (field.name == "debye_energy" and isinstance(value, float) and np.isnan(value)):
                continue
            object.__setattr__(self, field.name, positive(field.name, value))
        if not self.delta_min <= self.delta_bar <= self.delta_max:
            raise ValueError(
                f"delta_bar = {self.delta_bar!r} is not allowed: it must lie between "
                f"delta_min = {self.delta_min!r} and delta_max = {self.delta_max!r}"
            )

    @property
    def velocity(self) -> float:
        """Average speed of sound in m / s, Eq. (A9), from `3 / v^3 = 1 / v_L^3 + 2 / v_T^3`."""
        return mean_velocity(self.v_L, self.v_T)

    @property
    def spacing(self) -> float:
        """Typical distance of two TLSs, `L0 = tls_density^(-1/3)`, in m."""
        return self.tls_density ** (-1.0 / 3.0)

    @property
    def n_delta(self) -> float:
        """Span of the tunnelling amplitudes in decades, Eq. (6)."""
        return float(np.log10(self.delta_max / self.delta_min))

    @property
    def units(self) -> NaturalUnits:
        """Natural units of this glass, with the energy `W` and the length `spacing`."""
        return NaturalUnits(energy=self.W, length=self.spacing)

    @property
    def interaction_energy(self) -> float:
        """The energy `gamma^2 / (4 pi rho v^2 L0^3)` that sets the scale of Eq. (22), in J."""
        return self.gamma**2 / (4 * np.pi * self.density * self.velocity**2 * self.spacing**3)

    @property
    def dissipation_number(self) -> float:
        """The dimensionless `gamma^2 W^2 / (12 pi rho hbar^3 v^5)`.

        It is `hbar Y / W` of Eq. (21), as printed, for `Delta = hbar nu = W` and `Tr D^2 = 1`.
        """
        return self.gamma**2 * self.W**2 / (12 * np.pi * self.density * HBAR**3 * self.velocity**5)


def _table_row(name, W, delta_max, delta_bar, delta_min, gamma, density, v_L, v_T, debye_energy, tls_density):
    """One column of Table I in its printed units: meV (gamma: eV), g / cm^3, km / s, nm^-3."""
    meV = MILLI_ELECTRONVOLT
    return Glass(
        name, W * meV, delta_max * meV, delta_bar * meV, delta_min * meV, gamma * 1e3 * meV,
        density * 1e3, v_L * 1e3, v_T * 1e3, debye_energy * meV, tls_density / NANOMETRE**3,
    )  # fmt: skip


GLASSES = {
    "SiO2": _table_row("SiO2", 130, 13, 1e-3, 1e-7, 0.8, 2.2, 5.8, 3.8, 30, 0.3),
    "BK7": _table_row("BK7", 70, 7, 1e-3, 1e-7, 0.7, 2.5, 6.2, 3.8, 30, 0.2),
    "PMMA": _table_row("PMMA", 30, 3, 1e-4, 1e-8, 0.3, 1.2, 3.2, 1.6, 10, 0.05),
}

# Sec. IV A: gamma = W = 0.1 eV, one speed of sound, one TLS per nm^3, Delta-bar = 0.1 W, n_Delta = 2. The paper
# gives no Debye energy for it: none is used.
SIMULATION = _table_row("simulation", 100, 100, 10, 1, 0.1, 2.0, 5.0, 5.0, np.nan, 1.0)


@checked
def glass(name: str) -> Glass:
    """Return one of the glasses of Table I by name: "SiO2", "BK7" or "PMMA".

    Raises
    ------
    ValueError
        If the name is not in Table I.

    Examples
    --------
    >>> from tlsglass.glass.materials import glass
    >>> round(glass("SiO2").spacing * 1e9, 2)  # nm
    1.49
    """
    return GLASSES[one_of("name", name, GLASSES)]
