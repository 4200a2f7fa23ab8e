"""Appendix C: the dimension in (C1), and the algebra of (C2)-(C7)."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy as sp

from tlsglass.derivations import random_state_law as law

SY_SY = np.array([[0, 0, 0, -1], [0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0]])
MAGIC = np.array([[1, 0, 0, 1], [1j, 0, 0, -1j], [0, 1j, 1j, 0], [0, 1, -1, 0]]).T / np.sqrt(2)


def two_site_states(n_tls, n_states, seed):
    rng = np.random.default_rng(seed)
    psi = rng.normal(size=(2, n_states, 4, 2 ** (n_tls - 2)))
    psi = psi[0] + 1j * psi[1]
    psi /= np.linalg.norm(psi, axis=(1, 2), keepdims=True)
    return psi @ psi.conj().swapaxes(1, 2)


@pytest.mark.parametrize("dimension", [4, 5, 8, 32])
def test_purity_of_the_density(dimension):
    assert law.moment_of_density(dimension, 0) == 4
    assert law.moment_of_density(dimension, 1) == 1
    assert law.purity(dimension) == Fraction(dimension + 4, 4 * dimension + 1)


@pytest.mark.parametrize("n_tls", [4, 5, 6])
def test_dimension_in_c1_is_that_of_the_environment(n_tls):
    states = two_site_states(n_tls, 4000, seed=1)
    sample = np.einsum("nab,nba->n", states, states).real
    error = sample.std(ddof=1) / np.sqrt(len(sample))
    assert abs(sample.mean() - law.purity(2 ** (n_tls - 2))) < 4 * error  # p = 6e-5
    assert abs(sample.mean() - law.purity(2**n_tls)) > 50 * error


def test_exponent_c3():
    mu = [*law.MU[:3], -sum(law.MU[:3])]
    assert sp.expand(law.log_weight() + sum(m**2 for m in mu) / 2) == 0


def test_change_of_variables_c2_keeps_the_trace():
    s = [sp.Rational(1, 4) + mu / (4 * law.ROOT_N) for mu in law.MU]
    assert sp.expand(sum(s) - 1 - sum(law.MU) / (4 * law.ROOT_N)) == 0


def test_square_root_c4():
    """The error of the expansion falls as 1 / (K - 4)."""
    rng = np.random.default_rng(2)
    tau = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    tau += tau.conj().T
    tau -= np.trace(tau).real / 4 * np.eye(4)
    errors = []
    for root in (100.0, 1000.0):
        rho = np.eye(4) / 4 + tau / (4 * root)
        exact = np.sqrt(np.sort(np.linalg.eigvals(rho @ SY_SY @ rho.conj() @ SY_SY).real))
        expanded = np.eye(4) / 4 + (tau + SY_SY @ tau.conj() @ SY_SY) / (8 * root)
        errors.append(np.abs(exact - np.linalg.eigvalsh(expanded)).max())
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.1)


def test_matrix_of_c4_is_real_in_the_magic_basis():
    """Hence its levels repel with power 1, not 2 as those of tau."""
    for state in two_site_states(5, 5, seed=3):
        tau = 4 * np.sqrt(4) * (state - np.eye(4) / 4)
        average = (tau + SY_SY @ tau.conj() @ SY_SY) / 2
        assert np.abs((MAGIC.conj().T @ average @ MAGIC).imag).max() < 1e-14
        assert np.abs((MAGIC.conj().T @ tau @ MAGIC).imag).max() > 0.05


def test_integrand_of_c5():
    right = law.MU[0] / (2 * law.ROOT_N) - sp.Rational(1, 2)
    assert sp.expand(law.concurrence_of_largest() - right) == 0
    assert sp.expand(law.printed_c5() - right + 1 / (4 * law.ROOT_N)) == 0


INTEGRANDS = [(law.printed_c5(), sp.Rational(1, 2)), (law.concurrence_of_largest(), 0)]


@pytest.mark.parametrize(("integrand", "shift"), INTEGRANDS)
def test_gaussian_average_is_the_integral(integrand, shift):
    at = integrand.subs(law.ROOT_N, 2)
    line = sp.lambdify(law.MU[0], at, "mpmath")
    root = float(2 + shift)
    numeric = mpmath.quad(lambda x: line(x) * mpmath.npdf(x), [root, root + 2, root + 5, mpmath.inf])
    formula = law.gaussian_average(integrand).subs(law.ROOT_N, 2)
    assert float(numeric) == pytest.approx(float(formula), rel=1e-10)


@pytest.mark.parametrize(("integrand", "shift"), INTEGRANDS)
def test_leading_form_of_c6(integrand, shift):
    """The ratio of the average to its leading form tends to 1."""
    ratio = sp.lambdify(law.ROOT_N, law.gaussian_average(integrand) / law.leading_c6(law.ROOT_N + shift), "mpmath")
    with mpmath.workdps(60):  # two terms cancel to one part in r^2
        errors = [abs(float(ratio(mpmath.mpf(r))) - 1) for r in (20, 40, 80)]
    assert errors[2] < errors[1] < errors[0] < 0.15
    assert errors[2] < 0.05


def test_printed_c6_misses_a_factor():
    missing = law.leading_c6(law.ROOT_N + sp.Rational(1, 2)) / law.printed_c6()
    assert sp.simplify(missing - sp.exp(sp.Rational(15, 8))) == 0


def test_constant_of_c7():
    assert law.scaling_constant(sp.Integer(1)) == sp.Rational(1, 2)  # as printed
    assert law.scaling_constant(sp.Rational(1, 4)) == sp.Rational(1, 8)  # with K = 2^(N-2)
    a, n = sp.symbols("a N", positive=True)
    line = sp.expand_log(sp.log(a * 2**n, 2), force=True)
    assert sp.simplify(line - sp.log(a, 2) - n) == 0  # log_2(a), not ln(a)
    assert sp.simplify(line - sp.log(a) - n) != 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: law.purity(3), "dimension = 3"),
        (lambda: law.moment_of_density(8, -1), "power = -1"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
