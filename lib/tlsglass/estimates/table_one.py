"""Table I of the paper, printed and recomputed side by side: which rows follow from which."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd

from tlsglass._checks import integer, one_of
from tlsglass._powers import power_of_ten
from tlsglass._signatures import checked
from tlsglass.estimates import glass_numbers
from tlsglass.glass.materials import GLASSES, Glass
from tlsglass.glass.units import BOLTZMANN, MILLI_ELECTRONVOLT, NANOMETRE

PRINTED_HOPPING = {"SiO2": 1.8, "BK7": 1.7, "PMMA": 0.45}  # meV, the last row of Table I

# Unit in which Table I prints each field of a Glass.
PRINTED_UNITS = {
    "W": ("meV", MILLI_ELECTRONVOLT),
    "delta_max": ("meV", MILLI_ELECTRONVOLT),
    "delta_bar": ("meV", MILLI_ELECTRONVOLT),
    "delta_min": ("meV", MILLI_ELECTRONVOLT),
    "gamma": ("eV", 1e3 * MILLI_ELECTRONVOLT),
    "density": ("g/cm³", 1e3),
    "v_L": ("km/s", 1e3),
    "v_T": ("km/s", 1e3),
    "debye_energy": ("meV", MILLI_ELECTRONVOLT),
    "tls_density": ("nm⁻³", NANOMETRE**-3),
}


@checked
def half_unit(printed: float) -> float:
    """Half a unit in the last printed digit: 0.05 for 5.8, 0.005 for 0.05."""
    return 0.5 * 10.0 ** Decimal(f"{printed:.6g}").as_tuple().exponent


@checked
def rounding_interval(quantity: Callable[[Glass], float], glass: Glass, inputs: Iterable[str]) -> tuple[float, float]:
    """Smallest and largest value of a quantity when its inputs vary within the rounding of Table I.

    The quantity must be monotonic in each input, so that the corners of the box hold its extremes.

    Parameters
    ----------
    quantity : callable
        From a `Glass` to a number.
    glass : Glass
    inputs : tuple of str
        Fields of `glass`, keys of `PRINTED_UNITS`.
    """
    for name in inputs:
        one_of("inputs", name, PRINTED_UNITS)
    ends = []
    for name in inputs:
        unit = PRINTED_UNITS[name][1]
        printed = getattr(glass, name) / unit
        ends.append([(printed + sign * half_unit(printed)) * unit for sign in (-1, 1)])
    values = [quantity(replace(glass, **dict(zip(inputs, corner, strict=True)))) for corner in product(*ends)]
    return min(values), max(values)


@checked
def hopping_follows(name: str) -> bool:
    """Whether the printed `hbar / tau` agrees with `hbar v rho_TLS^(1/3)` within the rounding of every number in it."""
    one_of("name", name, PRINTED_HOPPING)
    unit = MILLI_ELECTRONVOLT
    low, high = rounding_interval(glass_numbers.hopping_energy, GLASSES[name], ("v_L", "v_T", "tls_density"))
    slack = half_unit(PRINTED_HOPPING[name])
    return bool(low / unit - slack <= PRINTED_HOPPING[name] <= high / unit + slack)


# label, field of Glass, recomputed (or None), how
_ROWS = [
    ("W", "W", lambda g: BOLTZMANN * glass_numbers.GLASS_TRANSITION[g.name], "k_B T_glass, handbook"),
    ("Δ_max", "delta_max", lambda g: 0.1 * g.W, "0.1 W (caption)"),
    ("Δ̄", "delta_bar", lambda g: np.sqrt(g.delta_min * g.delta_max), "√(Δ_min Δ_max), from (6)"),
    ("Δ_min", "delta_min", lambda g: 1e-9 * g.W, "10⁻⁹ W (caption)"),
    ("γ", "gamma", None, "measured"),
    ("ρ", "density", None, "measured"),
    ("v_L", "v_L", None, "measured"),
    ("v_T", "v_T", None, "measured"),
    ("k_B T_D", "debye_energy", None, "measured"),
    ("ρ_TLS", "tls_density", None, "from P̄, not printed"),
]
_DERIVED = [
    ("v_L / v_T", "", 1.0, glass_numbers.velocity_ratio, "text: about 1.6"),
    ("v", "km/s", 1e3, lambda g: g.velocity, "from (A9)"),
    ("r", "nm", NANOMETRE, lambda g: g.spacing, "ρ_TLS^(-1/3)"),
    ("n_Δ", "", 1.0, lambda g: g.n_delta, "from (6); text: about 8"),
    ("Δ̄ / W", "10⁻⁵", 1e-5, lambda g: g.delta_bar / g.W, "text: about 1"),
    ("γ / W", "", 1.0, lambda g: g.gamma / g.W, "text: about 1"),
    ("P̄", "10⁴⁴/(J m³)", 1e44, glass_numbers.spectral_density, "caption"),
]


def table_one() -> pd.DataFrame:
    """Table I, printed and recomputed, with the numbers that the text derives from it.

    Returns
    -------
    DataFrame
        Index: quantity and unit. Columns: (glass, "printed") and (glass, "recomputed") for each glass, nan where there
        is none, and ("", "from"): how the recomputed value is obtained, or why there is none.
    """
    records = {}
    for label, field, recompute, how in _ROWS:
        name, unit = PRINTED_UNITS[field]
        records[label, name] = _record(
            lambda g, field=field, unit=unit: getattr(g, field) / unit,
            recompute and (lambda g, f=recompute, unit=unit: f(g) / unit),
            how,
        )
    records["ħ/τ", "meV"] = _record(
        lambda g: PRINTED_HOPPING[g.name],
        lambda g: glass_numbers.hopping_energy(g) / MILLI_ELECTRONVOLT,
        "ħ v / r, v from (A9)",
    )
    for label, name, unit, quantity, how in _DERIVED:
        records[label, name] = _record(None, lambda g, f=quantity, unit=unit: f(g) / unit, how)
    table = pd.DataFrame.from_dict(records, orient="index")
    table.index = pd.MultiIndex.from_tuples(table.index, names=["quantity", "unit"])
    table.columns = pd.MultiIndex.from_tuples(table.columns)
    return table


def _record(printed, recomputed, how):
    """One row of the table: numbers of the three glasses, nan where there is none."""
    row = {}
    for name, glass in GLASSES.items():
        row[name, "printed"] = printed(glass) if printed else np.nan
        row[name, "recomputed"] = recomputed(glass) if recomputed else np.nan
    row["", "from"] = how
    return row


@checked
def significant(value: float, digits: int = 1) -> str:
    """Write a number with so many digits, and a power of ten if it is not near 1: "3.4×10⁻⁵".

    Raises
    ------
    ValueError
        If `digits` is not an integer >= 1.
    """
    mantissa, exponent = f"{value:.{integer('digits', digits, at_least=1) - 1}e}".split("e")
    if -3 < int(exponent) < 4:
        rounded = f"{value:#.{digits}g}".rstrip(".")  # with its last zeros
        return rounded if int(exponent) < digits else f"{float(rounded):.0f}"
    return f"{mantissa}×{power_of_ten(int(exponent))}"


@checked
def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Table of :func:`table_one` for the eye: one column per glass, "printed → recomputed", numbers with three digits.

    Parameters
    ----------
    table : DataFrame
        As :func:`table_one` returns.
    """
    text = pd.DataFrame(index=[f"{quantity} ({unit})" if unit else quantity for quantity, unit in table.index])
    for name in GLASSES:
        pairs = zip(table[name, "printed"], table[name, "recomputed"], strict=True)
        text[name] = [_arrow(printed, recomputed) for printed, recomputed in pairs]
    text["recomputed from"] = table["", "from"].to_list()
    return text


def _arrow(printed, recomputed):
    """Write "printed → recomputed", leaving out what is nan."""
    left = "" if np.isnan(printed) else f"{_plain(printed)} "
    return (left if np.isnan(recomputed) else f"{left}→ {_plain(recomputed)}").strip()


def _plain(value):
    """Three digits, and no trailing zeros."""
    mantissa, times, power = significant(value, 3).partition("×")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + times + power
