"""Experiments on the tail of the concurrence, and on real glasses with true dipoles."""

import numpy as np

from tlsglass._checks import one_of, positive
from tlsglass._signatures import checked
from tlsglass.disorder.dipoles import NORMS
from tlsglass.ensembles.ensemble import MATERIALS, Ensemble
from tlsglass.ensembles.experiments.experiment import Experiment
from tlsglass.ensembles.experiments.isolated import SEED
from tlsglass.ensembles.observables import CONCURRENCE
from tlsglass.ensembles.weak_pairs import WEIGHTED_CONCURRENCE, WeakPairEnsemble
from tlsglass.glass.materials import GLASSES, SIMULATION
from tlsglass.glass.units import BOLTZMANN

# In units of hbar / W for eta = 1e5 in the simulation's material; ten a decade.
LATE = np.logspace(-0.7, 4, 48)
EARLY = np.logspace(-2.1, 1, 32)
# At a temperature only TLSs with eps below this many k_B T are drawn. All others are cold, exp(-2 x 10) from certain.
THERMAL_RANGE = 10.0
TEMPERATURES = (0.1, 1.0)  # K


@checked
def scaled(time: np.ndarray, ensemble: Ensemble) -> np.ndarray:
    """Return the times at which phases are what they are at `time` in the simulation's material with `eta = 1e5`."""
    material = MATERIALS[ensemble.material]
    own = ensemble.interaction_scale * material.interaction_energy / material.W
    return time * (1e5 * SIMULATION.interaction_energy / SIMULATION.W / own)


@checked
def of_glass(name: str, **parameters) -> dict:
    """Parameters of a glass of Table I as it is, `eta = 1`; those given go first."""
    glass = GLASSES[one_of("name", name, GLASSES)]
    table = dict(delta_bar=glass.delta_bar / glass.W, n_delta=glass.n_delta)
    return dict(n_tls=50, interaction_scale=1.0, material=name, seed=SEED) | table | parameters


@checked
def at_temperature(name: str, kelvin: float) -> Ensemble:
    """Thermal polarisations: the TLSs with `eps` up to `THERMAL_RANGE k_B T`, at their own density.

    In units of the smaller range of `eps` the amplitudes are larger, and in units of the larger distances the couplings
    are smaller, by the share of the TLSs that is drawn.
    """
    glass = GLASSES[one_of("name", name, GLASSES)]
    share = THERMAL_RANGE * BOLTZMANN * positive("kelvin", kelvin) / glass.W
    return Ensemble(**of_glass(
        name, delta_bar=glass.delta_bar / glass.W / share, interaction_scale=share, temperature=1 / THERMAL_RANGE,
        initial_state="thermal", dipoles="fixed",
    ))  # fmt: skip


_TAILS = {
    WeakPairEnsemble(80, asymmetry_exponent=0.5, seed=SEED): 800,
    WeakPairEnsemble(20, seed=SEED): 1600,
    WeakPairEnsemble(40, seed=SEED): 2000,
    WeakPairEnsemble(80, seed=SEED): 1000,
    WeakPairEnsemble(200, seed=SEED): 400,
    WeakPairEnsemble(80, asymmetry_exponent=2.0, seed=SEED): 800,
    WeakPairEnsemble(20, dissipation_scale=1.0, seed=SEED): 400,
    WeakPairEnsemble(80, dissipation_scale=1.0, seed=SEED): 400,
} | {WeakPairEnsemble(n, seed=SEED): 2000 for n in (16, 24, 28, 32)}
_GLASSES = [of_glass("SiO2")] + [of_glass(name, dipoles=norm) for name in GLASSES for norm in NORMS]

EXPERIMENTS = {
    "tail": Experiment(
        "Tail of the average concurrence for several densities of weakly coupled TLSs, from weighted pairs",
        tuple(_TAILS),
        (WEIGHTED_CONCURRENCE,),
        lambda ensemble: LATE,
        lambda ensemble: _TAILS[ensemble],
    ),
    "glasses_tail": Experiment(
        "Tail of the average concurrence in real glasses, from weighted pairs",
        tuple(WeakPairEnsemble(**parameters) for parameters in _GLASSES),
        (WEIGHTED_CONCURRENCE,),
        lambda ensemble: scaled(LATE, ensemble),
        lambda ensemble: 200,
    ),
    "glasses": Experiment(
        "Average concurrence of isolated TLSs in real glasses for several kinds of dipoles, plain averages",
        tuple(Ensemble(**parameters) for parameters in _GLASSES),
        (CONCURRENCE,),
        lambda ensemble: scaled(EARLY, ensemble),
        lambda ensemble: 5000,
    ),
    "glasses_thermal": Experiment(
        "Average concurrence of TLSs with thermal polarisations in SiO2",
        tuple(at_temperature("SiO2", kelvin) for kelvin in TEMPERATURES),
        (CONCURRENCE,),
        lambda ensemble: scaled(EARLY, ensemble),
        lambda ensemble: 5000,
    ),
}
