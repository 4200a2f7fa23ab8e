"""Table I as data: averages with an independent formula, the numbers of the simulations, refusals."""

from dataclasses import replace

import numpy as np
import pytest

from tlsglass.disorder.dipoles import dipole_contraction
from tlsglass.glass.materials import GLASSES, SIMULATION, glass, mean_velocity
from tlsglass.glass.units import HBAR


@pytest.mark.parametrize("name", GLASSES)
def test_average_speed_is_the_one_of_a9(name):
    g = glass(name)
    branches = np.array([g.v_L, g.v_T, g.v_T])
    assert g.velocity**-3 == pytest.approx(np.mean(branches**-3.0), rel=1e-14)  # a few roundings
    assert g.v_T < g.velocity < g.v_L
    # The transverse branches dominate: the average lies within 15 % of v_T (exactly (3/2)^(1/3) at most).
    assert g.velocity / g.v_T < 1.5 ** (1 / 3)


def test_spacing_and_span():
    g = glass("PMMA")
    assert g.spacing**3 * g.tls_density == pytest.approx(1, rel=1e-14)
    assert 10**g.n_delta == pytest.approx(g.delta_max / g.delta_min, rel=1e-13)
    assert g.units.energy == g.W
    assert g.units.length == g.spacing


def test_numbers_of_the_simulations():
    """The two scales of Sec. IV A, with `gamma = W = 0.1 eV`, `rho = 2 g/cm^3`, `v = 5 km/s`, `L0 = 1 nm`, by hand."""
    W, rho, v, L0 = 0.1 * 1.602176634e-19, 2000.0, 5000.0, 1e-9
    assert SIMULATION.interaction_energy == pytest.approx(W**2 / (4 * np.pi * rho * v**2 * L0**3), rel=1e-13)
    assert SIMULATION.dissipation_number == pytest.approx(W**4 / (12 * np.pi * rho * HBAR**3 * v**5), rel=1e-13)
    # Their values, to the digits given.
    assert SIMULATION.interaction_energy / SIMULATION.W == pytest.approx(2.550e-5, abs=0.5e-8)
    assert SIMULATION.dissipation_number == pytest.approx(0.2385, abs=0.5e-4)
    assert SIMULATION.n_delta == pytest.approx(2)


def test_the_scales_carry_the_dimensions_they_claim():
    """Scaling one SI unit must scale the result by that unit's power: J = kg m^2 / s^2, and a pure number."""
    # kg -> 2 kg, m -> 3 m, s -> 5 s: every input changes by its dimension.
    kg, m, s = 2.0, 3.0, 5.0
    joule = kg * m**2 / s**2
    scaled = replace(
        SIMULATION,
        **{f: getattr(SIMULATION, f) * joule for f in ("W", "gamma", "delta_max", "delta_bar", "delta_min")},
        density=SIMULATION.density * kg / m**3,
        v_L=SIMULATION.v_L * m / s,
        v_T=SIMULATION.v_T * m / s,
        tls_density=SIMULATION.tls_density / m**3,
    )
    assert scaled.interaction_energy == pytest.approx(SIMULATION.interaction_energy * joule, rel=1e-13)
    hbar = (joule * s) ** 3  # the library's hbar is fixed: undo its change
    assert scaled.dissipation_number / hbar == pytest.approx(SIMULATION.dissipation_number, rel=1e-13)


def test_unknown_glass():
    with pytest.raises(ValueError, match="name = 'SiO' is not allowed: .*'SiO2', 'BK7', 'PMMA'"):
        glass("SiO")


@pytest.mark.parametrize("field", ["W", "gamma", "density", "v_L", "v_T", "tls_density", "delta_min"])
@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf, "1"])
def test_impossible_material(field, bad):
    with pytest.raises(ValueError, match=f"{field} = .* is not allowed"):
        replace(SIMULATION, **{field: bad})


def test_debye_energy_may_be_missing_but_not_negative():
    assert np.isnan(SIMULATION.debye_energy)
    with pytest.raises(ValueError, match="debye_energy"):
        replace(SIMULATION, debye_energy=-1.0)


def test_amplitudes_in_order():
    with pytest.raises(ValueError, match="delta_bar = .* must lie between"):
        replace(SIMULATION, delta_bar=2 * SIMULATION.delta_max)


@pytest.mark.parametrize(("v_L", "v_T", "said"), [(1e-150, 1.0, "v_L = 1e-150"), (1.0, 1e150, r"v_T = 1e\+150")])
def test_average_speed_refuses_what_overflows(v_L, v_T, said):
    with pytest.raises(ValueError, match=f"{said} is not allowed"):
        mean_velocity(v_L, v_T)
    with pytest.raises(ValueError, match=f"{said} is not allowed"):
        dipole_contraction(np.eye(3), np.eye(3), [0, 0, 1], v_L, v_T)
    assert mean_velocity(1e-75, 1e-75) == pytest.approx(1e-75, rel=1e-14)
