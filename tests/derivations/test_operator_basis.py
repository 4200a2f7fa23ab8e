"""Appendix D against (15) written with matrices."""

from functools import reduce
from itertools import product

import numpy as np
import pytest
from scipy.linalg import expm

from tlsglass.derivations import operator_basis as ob

RNG = np.random.default_rng(4)
N = 3
NU, Y, F = RNG.uniform(0.5, 2, N), RNG.uniform(0.1, 1, N), RNG.uniform(0, 1, N)
J = np.triu(RNG.normal(size=(N, N)), 1)
J += J.T
ALL = list(product(range(4), repeat=N))


def coefficients(rho):
    """`C` of (D1): the basis is orthogonal, with norms 2, 4, 4, 2 a site."""
    norms = np.array([2, 4, 4, 2])
    return np.array([np.vdot(ob.operator_product(mu), rho) / np.prod(norms[list(mu)]) for mu in ALL])


def right_hand_side(rho, nu, J, Y, f):
    """`d rho / dt` of (15), line by line as printed, with `hbar = 1`."""
    n = len(nu)

    def at(site, mu):
        return ob.operator_product([mu if k == site else 0 for k in range(n)])

    z = [at(i, 3) for i in range(n)]
    H = sum(-nu[i] / 2 * z[i] for i in range(n))
    H = H + sum(J[i][j] * z[i] @ z[j] for i in range(n) for j in range(n))  # both orders
    out = -1j * (H @ rho - rho @ H)
    for i in range(n):
        plus, minus = at(i, 1), at(i, 2)
        out = out + Y[i] * f[i] * (plus @ rho @ minus + minus @ rho @ plus - 4 * rho)
        out = out + Y[i] * (plus @ rho @ minus + rho @ z[i] + z[i] @ rho - 2 * rho)
    return out


def test_basis_holds_every_operator_D1():
    rho = RNG.normal(size=(8, 8)) + 1j * RNG.normal(size=(8, 8))
    rebuilt = sum(c * ob.operator_product(mu) for c, mu in zip(coefficients(rho), ALL, strict=True))
    np.testing.assert_allclose(rebuilt, rho, atol=1e-14)  # a few roundings of numbers of order 1


def test_generator_is_equation_15_for_three_tls_D9():
    """Column by column: (15) applied to each product of operators, expanded again."""
    columns = [coefficients(right_hand_side(ob.operator_product(mu), NU, J, Y, F)) for mu in ALL]
    np.testing.assert_allclose(ob.generator(NU, J, Y, F), np.array(columns).T, atol=1e-13)


def test_one_tls_D3_and_D4():
    for i in range(N):
        nu, y, f = NU[i : i + 1], Y[i : i + 1], F[i : i + 1]
        columns = [right_hand_side(S, nu, [[0]], y, f) for S in ob.BASIS]
        z = -4 * y[0] * (1 + 2 * f[0])
        np.testing.assert_allclose(columns[0], 4 * y[0] * ob.BASIS[3], atol=1e-15)
        for mu, rate in ((1, z / 2 + 1j * nu[0]), (2, z / 2 - 1j * nu[0]), (3, z)):
            np.testing.assert_allclose(columns[mu], rate * ob.BASIS[mu], atol=1e-14)


def test_products_stay_products_without_interactions_D5():
    single = [RNG.normal(size=4) + 1j * RNG.normal(size=4) for _ in range(N)]
    evolved = [expm(0.7 * ob.generator(NU[i : i + 1], [[0]], Y[i : i + 1], F[i : i + 1])) @ single[i] for i in range(N)]
    joint = expm(0.7 * ob.generator(NU, np.zeros((N, N)), Y, F)) @ reduce(np.kron, single)
    np.testing.assert_allclose(joint, reduce(np.kron, evolved), atol=1e-13)
    coupled = expm(0.7 * ob.generator(NU, J, Y, F)) @ reduce(np.kron, single)
    assert np.abs(coupled - joint).max() > 0.1


def exact_commutator():
    zz = np.kron(ob.BASIS[3], ob.BASIS[3])
    out = np.zeros((4, 4, 4, 4), dtype=complex)
    for mu, nu in product(range(4), repeat=2):
        S = ob.operator_product((mu, nu))
        for a, b in product(range(4), repeat=2):
            other = ob.operator_product((a, b))
            out[mu, nu, a, b] = np.vdot(other, zz @ S - S @ zz) / np.vdot(other, other)
    return out


def test_commutator_with_primes_restored_D6():
    np.testing.assert_allclose(ob.commutator_d6(), exact_commutator(), atol=1e-15)


def test_commutator_as_printed_D6_is_not_the_commutator():
    """Without primes nothing depends on mu', nu': every operator would appear with the same weight."""

    def delta(a, b):
        return float(a == b)

    def printed(mu, nu):
        first = delta(mu, 0) * delta(nu, 3) + delta(mu, 3) * delta(nu, 0)
        difference = delta(mu, 1) * delta(nu, 1) - delta(mu, 2) * delta(nu, 2)
        return 2 * (
            (first + difference) * (delta(nu, 1) - delta(nu, 2)) + (first - difference) * (delta(mu, 1) - delta(mu, 2))
        )

    exact = exact_commutator()
    assert any(np.any(exact[mu, nu] != printed(mu, nu)) for mu, nu in product(range(4), repeat=2))
    spread = np.ptp(exact.real.reshape(16, 16), axis=1)
    assert spread.max() == 2  # the true weights do depend on the primed indices


def test_short_form_D7_and_D8():
    """Terms in which both TLSs flip cancel; the sum over both orders gives the factor 2 of (D8)."""
    np.testing.assert_allclose(ob.commutator_d8(), exact_commutator(), atol=1e-15)
    assert np.array_equal(ob.ZETA, ob.ZETA.T) and np.array_equal(ob.KAPPA, ob.KAPPA.T)


def test_there_are_four_to_the_n_ordinary_equations():
    """The `4^N` coefficients of a state that moves by (15) change at rates that these coefficients alone fix."""
    unit = np.eye(2**N)
    units = [np.outer(unit[a], unit[b]) for a in range(2**N) for b in range(2**N)]
    flow = np.array([right_hand_side(u, NU, J, Y, F).ravel() for u in units]).T  # on vec(rho), row-major
    rho = RNG.normal(size=(2**N, 2**N)) + 1j * RNG.normal(size=(2**N, 2**N))
    assert ob.generator(NU, J, Y, F).shape == (len(ALL), len(ALL)) == (4**N, 4**N)
    for t in (0.0, 0.3, 1.1):
        h = 1e-4
        before, now, after = (coefficients((expm((t + s) * flow) @ rho.ravel()).reshape(rho.shape)) for s in (-h, 0, h))
        # the central difference is good to h^2 |generator|^3, some 1e-5
        np.testing.assert_allclose((after - before) / (2 * h), ob.generator(NU, J, Y, F) @ now, atol=1e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ob.generator([], [], [], []), "nu = "),
        (lambda: ob.generator(np.ones(5), np.zeros((5, 5)), np.ones(5), np.ones(5)), "at most 4"),
        (lambda: ob.generator([1, 1], [[0, 1], [2, 0]], [1, 1], [0, 0]), "symmetric"),
        (lambda: ob.generator([1, 1], np.zeros((2, 2)), [1], [0, 0]), "Y = "),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
