"""Exact reduced density matrices at time t: isolated, dissipative, at any temperature, by one formula."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from tlsglass._checks import LARGEST, finite_array, integer, non_negative, one_of, positive, refuse, times
from tlsglass._signatures import Value, checked, read_only
from tlsglass.disorder import Realisation
from tlsglass.disorder.couplings import bose_occupation, dissipation_rates, interactions, minimum_image_distances
from tlsglass.glass.materials import SIMULATION, Glass
from tlsglass.kernels.two_site import two_site_matrices

FRAMES = ("rotating", "laboratory")


@dataclass(frozen=True, eq=False)
class System(Value):
    """`N` TLSs as the master equation (15) sees them, in natural units (`W = hbar = 1`).

    Only the couplings must be given; whatever else is not, is zero at every site. The arrays are copies that cannot
    be written: what was checked stays true.

    Attributes
    ----------
    J : array, shape (N, N)
        Couplings; a pair contributes `2 J_ij S^z_i S^z_j` to the Hamiltonian (both orders of Eq. 16).
    Y : array, shape (N,)
        Dissipation rates.
    occupation : array, shape (N,)
        Bose occupations `f_T(hbar nu_i)`.
    nu : array, shape (N,)
        On-site frequencies.
    polarisation, azimuth : arrays, shape (N,)
        Initial pure state of each site, Eq. (26): `<S^z_i> = cos(theta_i)` and `phi_i`.
    distance : array, shape (N, N), optional
        Distances `r_ij`. The dynamics does not use them; they say which TLSs are neighbours (Sec. IV B).

    Raises
    ------
    ValueError
        If a shape is wrong, a number is not finite or above 1e75, `J` is not symmetric with zero diagonal, a rate or
        an occupation is negative, a polarisation is outside [-1, 1], or `distance` is not symmetric.
    """

    J: np.ndarray
    Y: np.ndarray | None = None
    occupation: np.ndarray | None = None
    nu: np.ndarray | None = None
    polarisation: np.ndarray | None = None
    azimuth: np.ndarray | None = None
    distance: np.ndarray | None = None

    def __post_init__(self):
        super().__post_init__()
        n = max(2, len(np.atleast_1d(self.J)))
        for name in ("Y", "occupation", "nu", "polarisation", "azimuth"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, read_only(np.zeros(n)))
        if self.J.shape != (n, n) or not np.all(np.abs(self.J) <= LARGEST):  # nor nan
            refuse("J", self.J, f"a finite array of shape ({n}, {n}), N >= 2, up to {LARGEST:g} in modulus")
        if not np.array_equal(self.J, self.J.T) or np.any(np.diag(self.J) != 0):
            refuse("J", self.J, "symmetric with a zero diagonal")
        for name, low, high in (
            ("Y", 0, LARGEST), ("occupation", 0, LARGEST), ("nu", -LARGEST, LARGEST), ("polarisation", -1, 1),
            ("azimuth", -LARGEST, LARGEST),
        ):  # fmt: skip
            value = finite_array(name, getattr(self, name), (n,))
            if np.any(value < low) or np.any(value > high):
                refuse(name, value, f"in [{low}, {high}] in every entry")
        if self.distance is not None:
            finite_array("distance", self.distance, (n, n))
            if not np.array_equal(self.distance, self.distance.T):
                refuse("distance", self.distance, "symmetric")

    @property
    def for_kernels(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """`J`, `4 Y`, `f` and `<S^z>` as the kernels take them, copies of the type that they are compiled for."""
        return np.array(self.J), 4.0 * self.Y, np.array(self.occupation), np.array(self.polarisation)

    @property
    def n_tls(self) -> int:
        """Number of TLSs."""
        return len(self.J)


@checked
def system(
    sample: Realisation,
    interaction_scale: float = 1e5,
    dissipation_scale: float = 0.0,
    temperature: float = 0.0,
    prefactor: str = "printed",
    material: Glass = SIMULATION,
) -> System:
    """Build the system of one realisation of the disorder, Eqs. (21), (22) and (25).

    Parameters
    ----------
    sample : Realisation
    interaction_scale, dissipation_scale : float
        The artificial `eta > 0` and `epsilon >= 0` of Eq. (25).
    temperature : float
        `k_B T` in units of `W`, >= 0.
    prefactor : {"printed", "corrected"}
        Of Eq. (21), see :func:`tlsglass.disorder.couplings.dissipation_rates`.
    material : Glass

    Returns
    -------
    System

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    numbers = {field.name: getattr(sample, field.name) for field in fields(sample)}
    return System(**system_arrays(numbers, interaction_scale, dissipation_scale, temperature, prefactor, material))


@checked
def system_arrays(
    samples: dict[str, np.ndarray],
    interaction_scale: float = 1e5,
    dissipation_scale: float = 0.0,
    temperature: float = 0.0,
    prefactor: str = "printed",
    material: Glass = SIMULATION,
) -> dict[str, np.ndarray]:
    """Return the arrays of :func:`system` by name, of one sample or of many.

    Parameters
    ----------
    samples : dict
        As :func:`tlsglass.disorder.realisations.draw_many` gives it. The other parameters are those of :func:`system`.

    Returns
    -------
    dict
        Each attribute of :class:`System`, with the leading axis of `samples`.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    positive("interaction_scale", interaction_scale)
    non_negative("dissipation_scale", dissipation_scale)
    non_negative("temperature", temperature)
    if missing := {field.name for field in fields(Realisation)} - samples.keys():
        refuse("samples", samples, f"the arrays of a realisation by name; it lacks {', '.join(sorted(missing))}")
    distance = minimum_image_distances(samples["positions"], samples["side"])
    splitting = 2.0 * np.hypot(samples["asymmetry"], samples["tunnelling"])
    return {
        "J": interaction_scale
        * interactions(samples["asymmetry"], splitting, samples["contraction"], distance, material),
        "Y": dissipation_scale
        * dissipation_rates(samples["tunnelling"], splitting, samples["trace_d2"], prefactor, material),
        "occupation": bose_occupation(splitting, temperature),
        "nu": splitting,
        "polarisation": samples["polarisation"],
        "azimuth": samples["azimuth"],
        "distance": distance,
    }


@checked
def subsystem(tls: System, sites: Sequence[int]) -> System:
    """Some TLSs of a system as they would be if the others did not exist: third spins switched off.

    No partial trace: the others are not averaged over, they are taken away together with their couplings.

    Parameters
    ----------
    tls : System
    sites : sequence of int
        At least two different sites in `0 ... N-1`, in the order in which the result has them.

    Returns
    -------
    System

    Raises
    ------
    ValueError
        If a site is out of range or named twice, or there are fewer than two.
    """
    kept = [integer("sites", site, 0) for site in sites]
    if len(kept) < 2 or len(set(kept)) != len(kept) or any(site >= tls.n_tls for site in kept):
        refuse("sites", sites, f"two or more different sites in 0 ... {tls.n_tls - 1}")
    of_sites = {field.name: getattr(tls, field.name) for field in fields(tls)}
    chosen = {1: kept, 2: np.ix_(kept, kept)}  # arrays over sites, and over pairs
    return System(**{name: None if value is None else value[chosen[value.ndim]] for name, value in of_sites.items()})


@checked
def two_sites(tls: System, a: int, b: int) -> tuple[int, int]:
    """Return `a` and `b` if they are two different sites of a system.

    Raises
    ------
    ValueError
        If one is out of range, or `a == b`.
    """
    for name, site in (("a", a), ("b", b)):
        if integer(name, site, 0) >= tls.n_tls:
            refuse(name, site, f"a site in 0 ... {tls.n_tls - 1}")
    if a == b:
        refuse("b", b, f"a site other than a = {a!r}")
    return int(a), int(b)


@checked
def two_site_density_matrix(tls: System, a: int, b: int, time, frame: str = "rotating") -> np.ndarray:
    """Exact density matrix of sites `a` and `b`, the others traced out: Eq. (B3) and its extension to dissipation.

    Every element is a product over the other spins, so the cost is O(N) per time. The rounding of the phase `J t`
    limits the accuracy to about `1e-16 max|J| t`.

    Parameters
    ----------
    tls : System
    a, b : int
        Two different sites in `0 ... N-1`.
    time : float or array, shape (T,)
        Finite, >= 0, in units of `hbar / W`.
    frame : {"rotating", "laboratory"}
        Without or with the phases `nu_i t` of the on-site frequencies. Entanglement does not depend on them.

    Returns
    -------
    complex array, shape (T, 4, 4)
        In the basis `|++>, |+->, |-+>, |-->` of `S^z_a, S^z_b`, `+` being the ground state.

    Raises
    ------
    ValueError
        If a site is out of range, `a == b`, a time is negative or not finite, or the frame is unknown.

    References
    ----------
    App. B of the paper; Foss-Feig, Hazzard, Bollinger and Rey, Phys. Rev. A 87, 042101 (2013).
    """
    a, b = two_sites(tls, a, b)
    t = times("time", time)
    one_of("frame", frame, FRAMES)
    rho = np.empty((t.size, 4, 4), complex)
    two_site_matrices(*tls.for_kernels, a, b, t, rho)
    # <+|rho|-> of a site carries exp(-i phi) from Eq. (26) and, in the laboratory frame, exp(+i nu t) from -nu S^z / 2
    # Site by site, so that all phases together are a local unitary to the last digit, however large nu t is.
    turned = [np.exp(1j * (-tls.azimuth[i] + (tls.nu[i] * t if frame == "laboratory" else 0.0 * t))) for i in (a, b)]
    phase_a, phase_b = (np.moveaxis(np.array([[z**0, z], [z.conj(), z**0]]), -1, 0) for z in turned)  # t s s'
    return rho * np.einsum("tij,tkl->tikjl", phase_a, phase_b).reshape(-1, 4, 4)
