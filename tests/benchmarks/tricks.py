"""What each trick of the kernels brings: the same realisations without it, each kind in a process of its own.

A trick is taken out before anything is compiled: the kernels that use it get another function of the same name. The
results stay the same but for rounding, which is asserted.
"""

import inspect
import json
import math
import os
import subprocess
import sys
import tempfile

import numba
import numpy as np


def replace(name, other):
    """Let all kernels that use the name `name` find `other` in its place."""
    users = [m for key, m in sys.modules.items() if key.startswith("tlsglass.kernels.") and hasattr(m, name)]
    assert users, f"no kernel uses {name}"
    for module in users:
        setattr(module, name, other)


def no_early_stop():
    """Multiply all factors of all pairs, and compute all concurrences: neither test stops anything."""
    from tlsglass.kernels.compilation import kernel
    from tlsglass.kernels.tiles import TILE

    @kernel(inline=True, bare=True)
    def certainly_separable(F, E, safe):
        for k in range(TILE):
            safe[k] = 0.0
        return 0

    replace("certainly_separable", certainly_separable)
    replace("STAGE", 10**9)
    no_test_of_sizes()


def no_test_of_sizes():
    """Look at the state of each pair and its strongest neighbours, at late times as well."""
    from tlsglass.kernels.compilation import kernel

    @kernel(inline=True)
    def may_be_dephased(rows_a, i, rows_b, j):
        return False

    replace("may_be_dephased", may_be_dephased)


def products_in_memory():
    """Read and write the products for each spectator, instead of keeping them in registers; at T > 0 they never are."""
    from tlsglass.kernels import spectators

    for name in ("multiply_isolated", "multiply_cold"):
        source = inspect.getsource(getattr(spectators, name).py_func)
        before = "    P = stack_array(F_SIZE)\n    for k in range(F_SIZE):\n        P[k] = F[k]\n"
        after = "    for k in range(F_SIZE):\n        F[k] = P[k]\n"
        assert source.count(before) == source.count(after) == 1
        names = vars(spectators).copy()
        exec(source[source.index("def ") :].replace(before, "    P = F\n").replace(after, ""), names)
        # compiled like a kernel, but not kept: it has no file
        replace(name, numba.njit(error_model="numpy", fastmath={"contract"}, forceinline=True, _nrt=False)(names[name]))


def no_order_of_neighbours():
    """Begin with the first sites, not with the strongest neighbours."""
    from tlsglass.kernels.compilation import kernel

    @kernel(bare=True)
    def find_nearest(J, near):
        for a in range(near.shape[0]):
            for n in range(near.shape[1]):
                near[a, n] = n if n < a else n + 1

    replace("find_nearest", find_nearest)


def concurrences_one_by_one():
    """Compute the concurrences with a function for one state, not for 16 at a time."""
    from tlsglass.kernels import queue
    from tlsglass.kernels.compilation import kernel
    from tlsglass.kernels.concurrence import concurrence
    from tlsglass.kernels.concurrences import WAITING, element
    from tlsglass.kernels.tiles import TILE

    places = ((0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2))

    @kernel
    def concurrences_of(state, scale, A, angle, out):
        rho, X, work, sigma = (
            np.empty((4, 4), np.complex128),
            np.empty((4, 4), np.complex128),
            np.empty((4, 4), np.complex128),
            np.empty(4),
        )
        for k in range(TILE):
            for i in range(4):
                rho[i, i] = 0.25
            for i in range(6):
                row, column = places[i]
                rho[row, column] = 0.25 * element(state, 2 * i * WAITING + k)
                rho[column, row] = rho[row, column].conjugate()
            out[k] = min(4.0 * scale[k] * concurrence(rho, X, work, sigma), 1.0)

    replace("concurrences_of", concurrences_of)
    replace("deal_with", kernel(queue.deal_with.py_func))  # it makes arrays now: they must be counted


def sines_of_the_c_library():
    """Call the C library for sines, cosines and exponentials."""
    from tlsglass.kernels.compilation import kernel

    @kernel
    def sine_cosine(w, t):
        return math.sin(w * t), math.cos(w * t)

    @kernel
    def exponential(x):
        return math.exp(x)

    replace("sine_cosine", sine_cosine)
    replace("exponential", exponential)


TRICKS = {
    "early stop, with sizes first": no_early_stop,
    "sizes first": no_test_of_sizes,
    "strongest neighbours first": no_order_of_neighbours,
    "16 concurrences at once": concurrences_one_by_one,
    "products in registers": products_in_memory,
    "polynomials for sine and exponential": sines_of_the_c_library,
}
NOT_USED = {("products in registers", "warm")}


def times_without(trick, n):
    """Milliseconds a realisation without a trick in a new process, and the averages it gives."""
    with tempfile.TemporaryDirectory() as cache:  # compiled code of the one must not be taken for that of the other
        environment = dict(os.environ, **({"NUMBA_CACHE_DIR": cache} if trick else {}))
        command = [sys.executable, __file__, trick, str(n)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def tricks(n, names):
    """How many times slower each regime is without each trick."""
    usual, rows = times_without("", n), []
    for trick in names:
        other = times_without(trick, n)
        row = {"without": trick}
        for regime, (slow, C) in other.items():
            fast, ours = usual[regime]
            # late phases w t = 1e6 and more are rounded differently
            np.testing.assert_allclose(C, ours, rtol=0, atol=1e-7)
            row[regime] = None if (trick, regime) in NOT_USED else slow / fast
        rows.append(row)
    return rows


if __name__ == "__main__":
    from timing import REGIMES, averages, milliseconds, systems

    name, size = sys.argv[1], int(sys.argv[2])
    if name:
        TRICKS[name]()
    found = {r: (milliseconds(size, r, 2), averages(systems(size, r, 1))[0].tolist()) for r in REGIMES}
    print(json.dumps(found))
