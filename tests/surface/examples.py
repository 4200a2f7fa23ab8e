"""Valid arguments for every public function: one small example for each parameter name, and the few exceptions.

A parameter with a default needs nothing. For a new name add a line to `BY_NAME`; where a name that is known means
something else, add `"module.function.parameter"` (without `tlsglass.`) to `BY_PLACE`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import sympy as sp

from tlsglass.analysis.exponents import Estimate, PowerLaw
from tlsglass.analysis.open_system import Stretched
from tlsglass.claims.claim import Claim
from tlsglass.derivations.bath_decay import phonon_modes
from tlsglass.derivations.contraction_moments import mean_square
from tlsglass.derivations.master_equation import S_PLUS
from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.realisations import draw_many
from tlsglass.disorder.weak_pairs import draw_weak_pairs, mixture
from tlsglass.dynamics import System, system
from tlsglass.dynamics.spin_chain import ChainAverage
from tlsglass.ensembles import CONCURRENCE, Curve, Ensemble, Observable
from tlsglass.ensembles.weak_pairs import WeakPairEnsemble
from tlsglass.estimates.phase_diagram import phase_points, random_pairs
from tlsglass.estimates.scales import Scales
from tlsglass.estimates.table_one import table_one
from tlsglass.glass.materials import GLASSES, Glass
from tlsglass.random_states.averages import Sample

T = np.array([0.3, 0.5, 0.8, 1.3, 2.0, 3.0])
EARLY = np.geomspace(1e-3, 1e-2, 6)
LATE = np.array([0.95, 0.8, 0.6, 0.4, 0.3, 0.1])  # a population that falls from 1
DISORDER = Disorder(4)
SAMPLE = draw(DISORDER, 0, 0)
TLS = system(SAMPLE)
SHEAR = np.diag([1.0, -1.0, 0.0])
SYMBOLIC = sp.diag(1, -1, 0)
BELL = np.array([[1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1]]) / 2
MODES = phonon_modes(100, 1.0, 1.0)
OPERATOR = {("k", False): sp.Symbol("xi")}


def curve(n_tls, time=T, n=20, mean=None):
    mean = 0.1 * time**-2.0 if mean is None else mean
    blocks = mean * (1 + 1e-2 * np.random.default_rng(0).standard_normal((n, time.size)))
    stderr = blocks.std(axis=0) / np.sqrt(n)
    return Curve(Ensemble(n_tls), CONCURRENCE, time, blocks.mean(axis=0), stderr, blocks, 100, 1.0)


CURVE = curve(20)
CURVES = [curve(n) for n in (12, 20, 30)]
LAW = PowerLaw(Estimate(2.0, 0.1), 0.1, (0.5, 2.0), 6, 1.0)
SLOPES = [(T, np.full(T.size, 2.0), np.full(T.size, 0.1))] * 3

TO_THE_END = np.append(T, [1e4, 2e4])  # the plateau, and the saturation of an entropy
SATURATING = curve(20, TO_THE_END, mean=1 - np.exp(-TO_THE_END))
LEAVING = curve(20, TO_THE_END, mean=0.1 * np.exp(-((TO_THE_END / 2) ** 0.5)))
STATES = pd.DataFrame(
    {"method": "pairs", "n_tls": [4, 5], "log_concurrence": [-1.0, -2.0], "log_concurrence_stderr": [0.1, 0.1]}
)
CHAIN = ChainAverage(T, T, T, T, T)
POTENTIAL = (np.linspace(-1, 1, 50) ** 2 - 0.5) ** 2

BY_NAME = {
    "case": "of a table that is absent",
    "F_a": 0.5, "F_b": 0.5, "asymptote": {4: -1.1, 5: -2.1}, 
    "eigenvalues": np.full(4, 0.25), "entangled": Sample(9, 0.5, 0.3, -1.0), "followed": {80: (8.0, 1e4)}, "law": LATE,
    "log_concurrence": [-1.0, -2.0, -4.0], "log_ratio": [0.1, 0.2, 0.3, 0.4], "mean_square": 0.3, "log_unit": -1.0,
    "observables": (CONCURRENCE,), "q": 2.0, "law_label": "law", "shift": sp.Integer(0), "slope": 1,
    "at_least": 20.0, "bands": {"a": (T, T)}, "barrier": 3.0, "beta": {"open": {4: Estimate(2, 0.1)}}, "bias": 0.1,
    "both": Estimate(1, 0.1), "bound": np.cos, "chains": {"a": CHAIN}, "concurrence": T / 4, "concurrences": CURVES,
    "crossover": Estimate(1, 0.1), "delta": Estimate(0.2, 0.1), "determinant": T / 999, "entropies": CURVES,
    "exact": {4: -1.0, 5: -2.0}, "expected": [("a", 1.0)], "exponents": SLOPES, "fields": np.zeros(4), "first": 1,
    "fit": (Estimate(1, 0.1), Estimate(0.1, 0.01)), "frame": "rotating", "free_amplitude": False,
    "gigabytes": {"a": {2: 1.0}}, "isolated": CURVE, "kelvin": 1.0, "kurtosis_stderr": 0.1, "laws": [1.0],
    "levels": {4: Estimate(1, 0.1)}, "maximum": 0.1, "mean_stderr": 0.1, "measured": {4: ((1.0, 0.1), (2.0, 0.1))},
    "measures": {"a": [CURVE]}, "memory": T, "memory_stderr": T, "n_pairs": 3, "n_spins": 4,
    "one": Estimate(1, 0.1), "open_": CURVE, "others": {"a": T}, "overshoot": 10.0, "p": 1.0, "part": 0.5,
    "plain": CURVES, "potential": POTENTIAL, "ratios": [(T, LATE)] * 3, "rms": 1.0, "rms_stderr": 0.1, "scale": 1e-3,
    "seconds": {"a": {2: 1.0}}, "share": 0.5, "t": T, "tau": Estimate(1, 0.1),
    "amplitude": Estimate(1, 0.0), "weighted": CURVES, "units": [1.0, 1.0, 1.0], "entropy": T, "entropy_stderr": T,
    "C": 0.1 * (np.ones((4, 4)) - np.eye(4)), "D": SHEAR, "D_i": SYMBOLIC, "D_ij": sp.Symbol("D"), "D_j": SYMBOLIC,
    "J": TLS.J, "Pi_ij": sp.Symbol("Pi"), "W": 2.0, "Y": np.zeros(4), "a": 0, "absorption": 1,
    "alpha": Estimate(1, 0),
    "angles": T, "asymmetry": SAMPLE.asymmetry, "azimuth": SAMPLE.azimuth, "b": 1, "bloch": np.zeros((2, 3)),
    "blocks": CURVE.blocks, "branch": "longitudinal",
    "by_material": {"a": T}, "by_norm": {"a": T}, "c": 1, "centre": 0.5, "chi_square": 1.0,
    "claim": Claim("x", "", "", ""),     "component": "zz", "contraction": SAMPLE.contraction, "correlator": T + 1j,
    "count": 2, "coupling": T * 0.01 + 0j,
    "curve": CURVE, "curves": CURVES, "cutoffs": np.array([1.0, 2.0]), "data_file": "fig04.csv", "debye_energy": 1.0,
    "delay": T, "delta_bar": 0.1, "delta_bar_over_w": 0.1, "delta_max": 0.2, "delta_min": 0.05, "density": 1.0,
    "detuning": T, "dimension": 4, "dipole": SHEAR, "direction": np.array([0.0, 0.0, 1.0]), "disorder": DISORDER,
    "dissipation": T, "distance": np.ones((4, 4)), "dots": T, "duration": 1.0, "emission": 1, "end": np.full(3, 0.5),
    "energy": 1.0, "environment_dimension": 4, "ensemble": Ensemble(4),
    "ensembles": [Ensemble(4), Ensemble(4, interaction_scale=1e4)],
    "environment_over_full": sp.Rational(1, 4), "error": LATE, "estimate": Estimate(0.79, 0.01), "eth_exponent": 0.1,
    "exponent": Estimate(2.0, 0.1), "expression": sp.cos(sp.Symbol("theta", real=True)), "figure": "fig04",
    "fits": [LAW] * 3, "frequency": 1.0, "function": "f", "gamma": 0.1, "glass": GLASSES["SiO2"], "header": {"a": 1},
    "high": 2.0, "i": "i", "id": "x", "initial_state": "sphere", "inputs": ("v_L", "v_T"), "interaction": T,
    "isotropic": 0.5, "j": "j", "jumps": [S_PLUS], "k": 0, "label": "a", "labels": ["a", "b", "c"], "length": 1.0,
    "limit": 1 - 2j, "limits": {"xxxx": 1.0}, "low": 1.0, "material": GLASSES["SiO2"], "mean": CURVE.mean,
    "method": "states", "mode": "k", "modes": ["k", "l"], "n": np.array([4, 5, 6]), "n_bonds": 3, "n_columns": 1,
    "n_delta": 2.0,
    "n_modes": 100, "n_realisations": 2, "n_samples": 1000, "n_states": 3, "n_tls": 4, "n_times": 3, "name": "SiO2",
    "nu": TLS.nu, "occupation": TLS.occupation, "of_generator": sp.Matrix, "of_map": sp.Matrix,
    "omega": sp.Symbol("omega", real=True), "operator": sp.eye(2), "order": 0, "ours": np.zeros((6, 3)), "paper": "1",
    "paths": {"a": T + 1j}, "points": phase_points(), "polarisation": SAMPLE.polarisation, "population": LATE,
    "positions": SAMPLE.positions, "power": 1, "prefactor": 1.0, "printed": 5.8, "psi": np.array([[1.0, 0, 0, 0]]),
    "quadrature": {"zz": T}, "quantity": lambda glass: glass.v_L, "random_states": {4: Estimate(0.2, 0.01)},
    "rate": 1.0, "rates": {"a": 1.0}, "reading": "one spacing apart", "regulator": 1.0, "rho": BELL,
    "rng": np.random.default_rng(0), "run_time": 1.0, "run_time_s": 1.0, "sample": SAMPLE,
    "samples": {"sphere": SAMPLE, "angle": SAMPLE}, "scales": Scales(T, T, T), "seed": 1,
    "separation": np.array([0.0, 0.0, 1.0]), "shape": "sharp", "sharp": {"xxxx": np.ones(2)},
    "shares": {4: np.array([0.5, 1.0])}, "side": SAMPLE.side, "site": "i", "sites": (0,), "size": 2,
    "sizes": (12, 20, 30), "slopes": SLOPES, "smooth": {"xxxx": np.ones(2)}, "splitting": SAMPLE.splitting,
    "splittings": [1.0, 2.0], "start": np.zeros(3), "statement": "s", "statistic": np.mean, "stderr": CURVE.stderr,
    "table": table_one(), "temperature": 1.0, "threshold": sp.Symbol("r"), "time": T, "times": T, "title": "t",
    "tls": TLS, "tls_density": 1.0, "trace_d2": SAMPLE.trace_d2, "tunnelling": SAMPLE.tunnelling, "until": T,
    "v_L": 2.0, "v_T": 1.0, "value": 0.5, "values": [None], "vector": [0, 0, 1], "velocity": 1.0, "version": "1",
    "volume": 1.0, "w_size": 4, "w_tau": 10.0, "wave_vector": MODES.wave_vector, "weight": T, "where": "here",
    "width": 0.1, "window": (0.3, 3.0), "witness": np.zeros((6, 3)), "x": 1, "xi_i": T + 1j, "xi_j": T + 1j,
    "zeta": 1.0,
}  # fmt: skip

TWO_SCALES = [
    Curve(Ensemble(20, dissipation_scale=x), CONCURRENCE, T, CURVE.mean, CURVE.stderr, CURVE.blocks, 100, 1.0)
    for x in (1e-3, 1.0)
]
BY_TYPE = {
    Curve: CURVE, list[Curve]: CURVES, Sequence[Curve]: CURVES, Disorder: DISORDER, Ensemble: Ensemble(4), System: TLS,
    Glass: GLASSES["SiO2"], Observable: CONCURRENCE,
}  # fmt: skip
SYMBOL = sp.Symbol("x", positive=True)
PAIRS = WeakPairEnsemble(4, n_pairs=3).realisation(0)
# the longest place that fits goes first: a function, a module or a room
BY_PLACE = {
    **{f"disorder.weak_pairs.WeakPairs.{name}": x for name, x in vars(draw_weak_pairs(DISORDER, 0, 0, 3)).items()},
    **{f"ensembles.weak_pairs.WeightedPairs.{name}": x for name, x in vars(PAIRS).items()},
    **{f"disorder.weak_pairs.Mixture.{name}": x for name, x in vars(mixture(DISORDER)).items()},
    "claims.open_system.lower_maximum.case": "N = 20",
    "claims.open_system.steeper.case": "N = 20",
    "claims.open_system.stretching.case": "amplitude 1, from εt = 0.1",
    "claims.open_system.stretching_time.case": "shifted, ε = 1e-3",
    "claims.isolated.numbers_of.case": "N = 4",
    "claims.isolated.numbers_of.pattern": r"N = (\d+)",
    "analysis.entropy.saturation.curve": SATURATING,
    "analysis.entropy.time_to_reach.curve": SATURATING,
    "analysis.exponents.Estimate.stderr": 0.1,
    "analysis.open_system.fit_stretched.curve": LEAVING,
    "analysis.open_system.fit_stretched.form": "amplitude free",
    "analysis.open_system.fit_stretched.isolated": curve(20, TO_THE_END, mean=np.full(TO_THE_END.size, 0.1)),
    "analysis.open_system.over_plateau.isolated": LEAVING,
    "analysis.random_states.environment_dimension": [4, 8, 16, 32],
    "analysis.random_states.n_tls": [4, 5, 6],
    "analysis.random_states.stderr": [0.1, 0.1, 0.1, 0.1],
    "claims.isolated.ratio.a": Estimate(1.0, 0.1),
    "claims.isolated.ratio.b": Estimate(2.0, 0.1),
    "derivations.contraction_moments.expression": mean_square(),
    "derivations.master_secular.detuning": 1.0,
    "dynamics.lindblad.time": [0.0, 0.1],
    "dynamics.states.system_arrays.samples": draw_many(DISORDER, 0, 0, 2),
    "ensembles.weak_pairs.sets": [PAIRS],
    "figures.random_states.table": STATES,
    "figures.tail.points": {"crossover": (20, 10.0, 1.0)},
    "analysis.tail.paired_exponent.one": replace(
        CURVE, blocks=CURVE.blocks * np.linspace(0.9, 1.1, len(CURVE.blocks))[:, None]
    ),
    "figures.tail.what_lasts.law": 3.0,
    "figures.tail.survival.ratios": {"a": (LATE, LATE)},
    "random_states.averages.Sample.mean": 0.5,
    "random_states.averages.Sample.n": 9,
    "random_states.quadrature.n": 4,
    "random_states.averages.StateAverage.concurrence": Sample(9, 0.5, 0.3, -1.0),
    "random_states.averages.StateAverage.entangled": Sample(9, 0.5, 0.3, -1.0),
    "random_states.importance.rho": [BELL],
    "derivations.angular_integrals.small_zeta_series.order": 2,
    "derivations.bath_half_line.n_nodes": 8,
    "ensembles.weak_pairs.WeakPairEnsemble.n_pairs": 3,
    "entanglement.renyi.Purity.stderr": 0.1,
    "entanglement.renyi.filtered_purity.time": 1.0,
    "figures.isolated.random_states": {4: 0.2},
    "figures.isolated.rise.curves": [curve(n, EARLY) for n in (12, 20, 30)],
    "figures.scenes.decay": np.array([0.1, 1.0]),
    "figures.scenes.down": 2.0,
    "figures.scenes.frequencies": np.array([3.0, 2.0]),
    "figures.scenes.margins": {4: np.array([-0.1, 0.2])},
    "figures.scenes.n_histories": 2,
    "figures.scenes.pairs": {"a pair": (np.ones((2, 4)), np.ones((2, 4)))},
    "figures.scenes.polarisations": {"a": np.array([0.1, 0.2]), "b": np.array([0.9])},
    "figures.scenes.tilts": {"a": np.array([0.1, 0.2]), "b": np.array([0.9])},
    "figures.scenes.neighbourhoods.time": 2.0,
    "figures.scenes.turning": np.array([0.2, 2.0]),
    "figures.scenes.up": 1.0,
    "figures.pictures.maximum": 0.5,
    "figures.pictures.levelled": 2.0,
    "figures.tail.n_times": 3,
    "random_states.law.concurrence": 0.5,
    "dynamics.double_well.bound_states.x": np.linspace(-1, 1, 50),
    "dynamics.echo.G": 1.0,
    "dynamics.echo.d": 0.4,
    "dynamics.echo.f": 0.1,
    "dynamics.echo.u": 0.6,
    "dynamics.echo.w": 1.0,
    "dynamics.spectral_diffusion.jumps": T,
    "dynamics.spectral_diffusion.splitting": T,
    "dynamics.spin_chain.disorder": 1.0,
    "dynamics.states.subsystem.sites": (0, 1),
    "dynamics.subsystems.sites": np.array([0, 1]),
    "entanglement.negativity.first": 2,
    "figures.dissipative.exponents.isolated": CURVES,
    "figures.dissipative.exponents.open_": CURVES,
    "figures.dissipative.departure.fits": [[Stretched(Estimate(0.2, 0), Estimate(1, 0), Estimate(1, 0), (0.5, 2.0))]]
    * 3,
    "figures.dissipative.with_dissipation.curves": TWO_SCALES,
    "figures.half_systems.isolated": CURVES,
    "figures.half_systems.measures": {"a": TWO_SCALES},
    "figures.half_systems.with_dissipation.entropies": TWO_SCALES,
    "figures.open_system.errors": {1.0: LATE},
    "figures.real_glasses.size": T,
    "figures.real_glasses.kelvin": T,
    "figures.real_glasses.shares": {"a": LATE},
    "figures.real_glasses.thermal.shares": [0.5, 0.5, 0.5],
    "figures.tail.crossover_map.laws": {"crossover": (1.0, 0.1), "plateau": (1.0, 0.1)},
    "figures.tail.crossover_map.fitted": (np.array([20.0, 40.0]), np.array([10.0, 500.0])),
    "disorder.dipoles.contraction_matrix.D": np.array([SHEAR, SHEAR]),
    "disorder.dipoles.contraction_matrix.separation": np.ones((2, 2, 3)),
    "derivations.symbols.value": SYMBOLIC,
    "derivations.symbols.name": "D",
    "estimates.coupling_strengths.name": "SiO2",
    "analysis.exponents.fit_exponential.mean": np.exp(-np.arange(3.0)),
    "analysis.isolated.collapse_error.time": np.array([1.0]),
    "analysis.isolated.rise_slope.curve": curve(20, EARLY),
    "claims.claim.Holds.low": 0.0,
    "claims.isolated.exponent_with_tunnelling.case": "1 → 0.3",
    "claims.isolated.maximum_ratio.case": "N = 60 over N = 20",
    "claims.isolated.plateau_decay.case": "N = 4 to 8",
    "claims.ours": Estimate(1.0, 0.1),
    "derivations.bath_correlator.a": OPERATOR,
    "derivations.bath_correlator.b": OPERATOR,
    "derivations.bath_correlator.frequency": T,
    "derivations.bath_correlator.operator": OPERATOR,
    "derivations.bath_correlator.time": 1,
    "derivations.bath_decay.Modes.frequency": MODES.frequency,
    "derivations.bath_decay.Modes.polarisation": MODES.polarisation,
    "derivations.bath_decay.modes": MODES,
    "derivations.bath_decay.measure_rate.gamma": 0.35,
    "derivations.bath_decay.measure_rate.n_modes": 200,
    "derivations.bath_decay.measure_rate.n_samples": 2,
    "derivations.bath_decay.measure_rate.v_L": 1.0,
    "derivations.bath_temperature.occupation": 0.01,
    "derivations.dissipation_rate.polarisation": "L",
    "derivations.dissipation_rate.strain_average.D": SYMBOLIC,
    "derivations.dissipation_rate.velocity": sp.Symbol("v", positive=True),
    "derivations.eigenoperators.a": sp.eye(2),
    "derivations.eigenoperators.asymmetry": 1,
    "derivations.eigenoperators.b": sp.eye(2),
    "derivations.eigenoperators.name": "z",
    "derivations.eigenoperators.tunnelling": 1,
    "derivations.elastic_green.c": 1,
    "derivations.energy": SYMBOL,
    "derivations.bath_temperature.energy": 1.0,
    "derivations.master_equation.rho": sp.eye(2) / 2,
    "derivations.operator_basis.J": np.zeros((2, 2)),
    "derivations.operator_basis.Y": np.ones(2),
    "derivations.operator_basis.labels": (0, 1),
    "derivations.operator_basis.nu": np.ones(2),
    "derivations.operator_basis.occupation": np.zeros(2),
    "derivations.phonon_quadrature.D_i": SHEAR,
    "derivations.phonon_quadrature.D_j": SHEAR,
    "derivations.random_state_law.integrand": sp.Symbol("mu_1", real=True) - 1,
    "disorder.dipole_statistics.Moments.kurtosis": 3.0,
    "disorder.dipole_statistics.Moments.mean": 0.0,
    "disorder.dipole_statistics.moments.sample": np.linspace(-1, 1, 1000),
    "disorder.dipole_statistics.moments_of_glasses.n_samples": 1000,
    "disorder.dipoles.D_i": SHEAR,
    "disorder.dipoles.D_j": SHEAR,
    "ensembles.experiments.Experiment.n_realisations": len,
    "ensembles.experiments.Experiment.time": len,
    "ensembles.experiments.experiment.name": "fig04",
    "estimates.glass_numbers.distance": 1e-9,
    "estimates.scales.Scales.frequency": T,
    "figures.angular_integrals.curves": {"zz": np.cos},
    "figures.angular_integrals.zeta": T,
    "figures.contraction.curves": {"a": (T, T)},
    "figures.dissipation.errors": {"a": np.cos},
    "figures.dissipation.isotropic": T,
    "figures.distributions.samples": {"sphere": SAMPLE, "angle": SAMPLE},
    "figures.isolated.rise.slopes": [1.0, 2.0, 3.0],
    "figures.open_system.gamma": T + 1j,
    "figures.pairs.curves": {0: T},
    "figures.pairs.errors": {"a": T},
    "figures.phase_diagram.pairs": {"SiO2": random_pairs(GLASSES["SiO2"], 10, 0)},
    "figures.realisation.realisation.n_bonds": 3,
    "figures.style.colour": "#000000",
    "figures.style.entries": ["a", "b"],
    "figures.style.glasses": ["SiO2", "another"],
    "figures.style.line": "-",
    "figures.style.marker": "o",
    "figures.style.size": (6.0, 4.0),
    "figures.two_site.curves": {"a": (T, T)},
    "results.curves.Provenance.n_realisations": "10",
}
