"""What the explorers show: a few glasses, and curves of Fig. 4, from the library."""

import numpy as np

from tlsglass import results
from tlsglass.disorder import Disorder, draw
from tlsglass.dynamics import system

SEED = 1
SIZES_OF_GLASSES = (6, 12, 20)
SIZES_OF_CURVES = (12, 20, 40, 60)
SHOWN = (1e-2, 1e3)  # times of the curves


def glasses() -> dict:
    """Positions, couplings, decay rates `G = 4 Y` at the dissipation scale 1, and polarisations of some glasses."""
    found = []
    for n in SIZES_OF_GLASSES:
        sample = draw(Disorder(n_tls=n), seed=SEED, k=0)
        tls = system(sample, interaction_scale=1e5, dissipation_scale=1.0)
        arrays = {"positions": sample.positions, "J": tls.J, "G": 4.0 * tls.Y, "m": tls.polarisation}
        found.append({"side": sample.side, **{name: array.tolist() for name, array in arrays.items()}})
    return {"glasses": found}


def curves() -> dict:
    """Curves of Fig. 4 with their block means, to seven digits."""
    found = []
    for n in SIZES_OF_CURVES:
        curve = results.curve("fig04", n_tls=n)
        shown = (curve.time >= SHOWN[0] * 0.999) & (curve.time <= SHOWN[1] * 1.001)
        parts = {"time": curve.time, "mean": curve.mean, "stderr": curve.stderr, "blocks": curve.blocks}
        found.append({"n_tls": n, **{name: _rounded(values[..., shown]) for name, values in parts.items()}})
    return {"curves": found}


def _rounded(values: np.ndarray) -> list:
    return np.vectorize(lambda x: float(f"{x:.7g}"))(values).tolist()
