"""All that defines an ensemble of systems: its parameters, each with the words that describe it in a table."""

import dataclasses
from dataclasses import dataclass

from tlsglass._checks import LARGEST, integer, non_negative, one_of, positive
from tlsglass.disorder import Disorder
from tlsglass.disorder.couplings import DISSIPATION_PREFACTORS
from tlsglass.disorder.realisations import LARGEST_SCALE, draw_many
from tlsglass.dynamics import System
from tlsglass.dynamics.states import system_arrays
from tlsglass.ensembles.systems import Systems
from tlsglass.glass.materials import GLASSES, SIMULATION

MATERIALS = {SIMULATION.name: SIMULATION, **GLASSES}


def parameter(words: str, default=dataclasses.MISSING, always: bool = False):
    """Declare a parameter of :class:`Ensemble`.

    Parameters
    ----------
    words : str
        What it is, for the data package.
    default : optional
        A parameter that comes later must have one, with which the ensemble is what it was before: results without the
        parameter stay valid.
    always : bool
        Whether every table has a column for it. The others have one where they vary.
    """
    return dataclasses.field(default=default, metadata={"words": words, "always": always})


@dataclass(frozen=True)
class Ensemble:
    """All that defines an ensemble of systems; energies in units of `W`.

    Parameters
    ----------
    n_tls, delta_bar, n_delta, initial_state, dipoles, asymmetry_exponent, elongation
        See :class:`tlsglass.disorder.realisations.Disorder`.
    interaction_scale, dissipation_scale, temperature, prefactor
        See :func:`tlsglass.dynamics.states.system`; at most 1e18, and the temperature such that no occupation is above
        1e75.
    material : str
        "simulation" (Sec. IV A) or a glass of Table I.
    seed : int
        Ensembles that differ only in the scales and have the same seed have the same disorder.

    Raises
    ------
    ValueError
        If a parameter is outside its range.
    """

    n_tls: int = parameter("number of TLSs", always=True)
    delta_bar: float = parameter("typical tunnelling amplitude, Eq. (6), in units of W", 0.1, always=True)
    n_delta: float = parameter("span of the tunnelling amplitudes in decades, Eq. (6)", 2.0, always=True)
    interaction_scale: float = parameter("eta of Eq. (25)", 1e5, always=True)
    dissipation_scale: float = parameter("epsilon of Eq. (25)", 0.0, always=True)
    temperature: float = parameter("k_B T in units of W", 0.0)
    initial_state: str = parameter(
        "initial cos(theta): uniform (sphere), of a uniform theta (angle), or thermal", "sphere"
    )
    prefactor: str = parameter("of the rate (21): printed, 1 / (12 pi), or corrected, 1 / (6 pi)", "printed")
    material: str = parameter("simulation (Sec. IV A) or a glass of Table I", "simulation")
    seed: int = parameter("seed of the random numbers", 214205)
    dipoles: str = parameter("how D_ij and Tr D_i^2 are drawn", "independent")
    asymmetry_exponent: float = parameter("p of P(eps < s) = s^p; 1 is Eq. (4)", 1.0)
    elongation: float = parameter("length of the periodic box over its width", 1.0)

    def __post_init__(self):
        disorder = self.disorder
        non_negative("temperature", self.temperature, LARGEST * disorder.smallest_splitting)
        checked = {
            **vars(disorder),
            "interaction_scale": positive("interaction_scale", self.interaction_scale, LARGEST_SCALE),
            "dissipation_scale": non_negative("dissipation_scale", self.dissipation_scale, LARGEST_SCALE),
            "prefactor": one_of("prefactor", self.prefactor, DISSIPATION_PREFACTORS),
            "material": one_of("material", self.material, MATERIALS),
            "seed": integer("seed", self.seed, 0),
        }
        for name, value in checked.items():  # plain int and float: 1, 1.0 and numpy's 1 are one ensemble, one file
            object.__setattr__(self, name, value)

    @property
    def disorder(self) -> Disorder:
        """The distribution of the disorder."""
        return Disorder(**{field.name: getattr(self, field.name) for field in dataclasses.fields(Disorder)})

    @property
    def parameters(self) -> dict:
        """All parameters by name."""
        return dataclasses.asdict(self)

    @property
    def identity(self) -> dict:
        """Parameters that are not at their defaults, so that one that comes later changes no ensemble's identity."""
        defaults = {field.name: field.default for field in dataclasses.fields(self)}
        return {name: value for name, value in self.parameters.items() if value != defaults[name]}

    def realisation(self, k: int) -> System:
        """Return the system of realisation `k`."""
        return self.realisations(integer("k", k, 0), 1)[0]

    def realisations(self, first: int, count: int) -> Systems:
        """Return the systems of the realisations `first ... first + count - 1`."""
        material = MATERIALS[self.material]
        samples = draw_many(self.disorder, self.seed, first, count, material)
        scales = (self.interaction_scale, self.dissipation_scale, self.temperature)
        return Systems(**system_arrays(samples, *scales, self.prefactor, material))
