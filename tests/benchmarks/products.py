"""The loop over spectators against the fastest loop there is: the matrix product, on one core (see the Makefile)."""

import numba
import numpy as np
from timing import seconds

from tlsglass.kernels.rows import Rows
from tlsglass.kernels.spectators import multiply_isolated
from tlsglass.kernels.tiles import TILE

# Of one factor and time: four complex products, angle addition (4 products, 4 sums), 4 products with the polarisation.
FLOPS = 4 * 6 + 8 + 4
FACTORS, CALLS = 58, 2000


@numba.njit(error_model="numpy", fastmath={"contract"}, _nrt=False)
def many_products(F, rows, m, order):
    """Multiply the factors of 58 spectators, 2000 times."""
    for _ in range(CALLS):
        multiply_isolated(F, rows, 0, rows, 1, m, order, 0, FACTORS)


def products():
    """GFLOP/s of both, measured in turn."""
    rng = np.random.default_rng(0)
    phases = rng.uniform(0, 6, (2, FACTORS, TILE))
    rows = Rows(np.cos(phases), np.sin(phases), *np.empty((2, 0, FACTORS, TILE)), np.empty((0, TILE)))
    m = np.ones(FACTORS)  # pure phases: the products neither grow nor vanish
    order = np.arange(FACTORS, dtype=np.uint64)
    F = np.zeros((4, 2, TILE))
    F[:, 0] = 1.0
    A, loop, gemm = rng.normal(size=(1500, 1500)), np.inf, np.inf
    for _ in range(3):
        loop = min(loop, seconds(lambda: many_products(F.reshape(-1), rows, m, order)))
        gemm = min(gemm, seconds(lambda: A @ A))
    rates = 1e-9 * FLOPS * TILE * FACTORS * CALLS / loop, 1e-9 * 2 * 1500**3 / gemm
    return {"products GFLOP/s": rates[0], "dgemm GFLOP/s": rates[1], "share": rates[0] / rates[1]}
