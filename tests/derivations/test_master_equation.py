"""Equation (15) of one and two sites: GKSL form, complete positivity, relaxation, fixed point, QuTiP as a witness."""

import numpy as np
import pytest
import qutip
import sympy as sp

from tlsglass.derivations import eigenoperators as eo
from tlsglass.derivations import master_equation as me
from tlsglass.derivations.master_equation import NU, OCCUPATION, RATE, S_MINUS, S_PLUS, S_Z, TIME

ANY = sp.Matrix(2, 2, sp.symbols("a b c d"))  # any matrix at all: what holds for it holds for every state
Y, f, t, nu = RATE, OCCUPATION, TIME, NU
CASES = [(0.3, 0.0, 1.1), (0.3, 0.7, 2.0), (2.0, 5.0, 0.05)]  # (Y, f, t)


def is_zero(matrix):
    return matrix.applyfunc(lambda e: sp.simplify(sp.expand(e))) == sp.zeros(*matrix.shape)


def test_operators_are_the_derived_ones_in_the_eigenbasis():
    # eps = -1, Delta = 0: the eigenbasis is the basis of the wells, index 0 the ground state of -|eps| sigma^z.
    for name, here in [("z", S_Z), ("+", S_PLUS), ("-", S_MINUS)]:
        assert eo.eigenoperator(name, -1, 0) == here


def test_printed_equation_15_is_gksl():
    assert is_zero(me.printed_dissipator(ANY) - me.dissipator(ANY, me.jump_operators()))


def test_trace_is_conserved():
    assert sp.expand(me.generator(ANY).trace()) == 0
    assert sp.simplify(me.propagator(ANY).trace() - ANY.trace()) == 0


def test_propagator_solves_equation_15():
    P, L = me.superoperator(me.propagator), me.superoperator(me.generator)
    assert is_zero(P.diff(t) - L * P)
    assert P.subs(t, 0) == sp.eye(4)


def test_generator_is_completely_positive_at_every_temperature():
    assert me.conditional_choi_matrix(me.generator).eigenvals() == {0: 2, 4 * Y * f: 1, 4 * Y * (1 + f): 1}


def test_choi_matrix_of_the_propagator_is_positive_for_all_parameters():
    C = me.choi_matrix(me.propagator).as_mutable()
    q = me.decay_factor()
    p_ground, p_excited = me.steady_state().diagonal()
    # The two jumps stand alone on the diagonal; the rest is one 2 x 2 block. Each number below is >= 0 as 0 <= q <= 1.
    assert sp.simplify(C[1, 1] - p_excited * (1 - q)) == 0
    assert sp.simplify(C[2, 2] - p_ground * (1 - q)) == 0
    block = C.extract([0, 3], [0, 3])
    assert sp.simplify(block.trace() - (1 + q)) == 0
    assert sp.simplify(block.det() - p_ground * p_excited * (1 - q) ** 2) == 0
    rest = C.copy()
    for i, j in [(0, 0), (0, 3), (3, 0), (3, 3), (1, 1), (2, 2)]:
        rest[i, j] = 0
    assert rest == sp.zeros(4, 4)


@pytest.mark.parametrize("rate, occupation, time", CASES)
def test_choi_matrix_numerically(rate, occupation, time):
    C = np.array(me.choi_matrix(lambda rho: me.propagator(rho, time, 3.0, rate, occupation)), dtype=complex)
    assert np.linalg.eigvalsh(C).min() > -1e-14  # a few roundings of numbers of order 1
    np.testing.assert_allclose(np.einsum("iaja->ij", C.reshape(2, 2, 2, 2)), np.eye(2), atol=1e-14)


def test_too_slow_dephasing_is_not_completely_positive():
    # The Choi matrix must be able to refuse: T2 > 2 T1 is impossible.
    def slow(rho):
        out = me.propagator(rho, 1, 1, 1, 0)
        return sp.Matrix([[out[0, 0], 2 * out[0, 1]], [2 * out[1, 0], out[1, 1]]])

    C = np.array(me.choi_matrix(slow).evalf(), dtype=complex)
    assert np.linalg.eigvalsh(C).min() < -1e-3


def test_relaxation_rates():
    population, coherence = me.relaxation_rates()
    assert sp.expand(population - 4 * Y * (1 + 2 * f)) == 0
    assert sp.expand(2 * coherence - population) == 0
    eigenvalues = me.superoperator(me.generator).eigenvals()
    assert {sp.expand(e) for e in eigenvalues} == {
        sp.expand(e) for e in (0, -population, -coherence + sp.I * nu, -coherence - sp.I * nu)
    }


def test_detailed_balance():
    x = sp.Symbol("x", positive=True)  # hbar nu / k_B T
    rates = me.superoperator(me.generator).subs(f, 1 / (sp.exp(x) - 1))
    upward, downward = rates[3, 0], rates[0, 3]
    assert sp.simplify(upward / downward - sp.exp(-x)) == 0
    thermal = sp.diag(1, sp.exp(-x)) / (1 + sp.exp(-x))
    assert is_zero(me.steady_state(1 / (sp.exp(x) - 1)) - thermal)


def test_fixed_point():
    assert is_zero(me.generator(me.steady_state()))
    assert len(me.superoperator(me.generator).subs({f: 0, Y: 1, nu: 1}).nullspace()) == 1
    assert me.steady_state(0) == sp.diag(1, 0)
    late = me.propagator(ANY, time=t, rate=1, occupation=0).applyfunc(lambda e: sp.limit(e.subs(nu, 0), t, sp.oo))
    assert late == sp.diag(ANY.trace(), 0)


# --- an independent implementation: QuTiP -----------------------------------------------------------------------------


def bloch_vector(states):
    return np.array(
        [[qutip.expect(s, rho) for s in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())] for rho in states]
    )


@pytest.mark.parametrize("occupation", [0.0, 0.4])
def test_bloch_relaxation_against_qutip(occupation):
    rate, frequency, times = 0.2, 3.0, np.linspace(0, 4, 9)
    start = np.array([[0.5 + 0.3, 0.1 - 0.4j], [0.1 + 0.4j, 0.5 - 0.3]])
    ladder = 2 * qutip.sigmap()  # QuTiP's sigma_+ |1> = |0>: half of S^+
    jumps = [np.sqrt(rate * (1 + occupation)) * ladder, np.sqrt(rate * occupation) * ladder.dag()]
    options = {"rtol": 1e-11, "atol": 1e-13}
    result = qutip.mesolve(-frequency / 2 * qutip.sigmaz(), qutip.Qobj(start), times, jumps, options=options)
    ours = [
        qutip.Qobj(np.array(me.propagator(start, time, frequency, rate, occupation), dtype=complex)) for time in times
    ]
    # mesolve holds rtol per step; a hundred steps.
    np.testing.assert_allclose(bloch_vector(ours), bloch_vector(result.states), atol=1e-8)


def two_site_operators():
    one, plus = qutip.qeye(2), 2 * qutip.sigmap()
    plus = [qutip.tensor(plus, one), qutip.tensor(one, plus)]
    z = [qutip.tensor(qutip.sigmaz(), one), qutip.tensor(one, qutip.sigmaz())]
    return plus, z


def printed_two_site_superoperator(frequency, J, rate, occupation):
    """Return (15) as printed for two sites, the sum over ij in both orders."""
    plus, z = two_site_operators()
    H = sum(-nu_i / 2 * z_i for nu_i, z_i in zip(frequency, z, strict=True))
    H += sum(J * z[i] * z[j] for i in (0, 1) for j in (0, 1) if i != j)
    L = -1j * (qutip.spre(H) - qutip.spost(H))
    unit = qutip.spre(qutip.tensor(qutip.qeye(2), qutip.qeye(2)))
    for p, z_i in zip(plus, z, strict=True):
        down, up = qutip.sprepost(p, p.dag()), qutip.sprepost(p.dag(), p)
        L += rate * occupation * (down + up - 4 * unit)
        L += rate * (down + qutip.spre(z_i) + qutip.spost(z_i) - 2 * unit)
    return L, H


def test_two_sites_as_printed_equal_qutip_liouvillian():
    frequency, J, rate, occupation = (2.0, 3.1), 0.37, 0.11, 0.6
    L, _ = printed_two_site_superoperator(frequency, J, rate, occupation)
    plus, z = two_site_operators()
    H = -frequency[0] / 2 * z[0] - frequency[1] / 2 * z[1] + 2 * J * z[0] * z[1]  # both orders: the pair counts twice
    jumps = [np.sqrt(rate * (1 + occupation)) * p for p in plus] + [np.sqrt(rate * occupation) * p.dag() for p in plus]
    assert abs((L - qutip.liouvillian(H, jumps)).full()).max() < 1e-14


def test_interactions_commute_with_the_free_hamiltonian():
    _, z = two_site_operators()
    free, pair = -z[0] - 1.55 * z[1], z[0] * z[1]
    assert (free * pair - pair * free).norm() == 0


def test_two_sites_end_in_the_pure_ground_state_at_zero_temperature():
    L, _ = printed_two_site_superoperator((2.0, 3.1), 0.37, 0.11, 0.0)
    state = qutip.steadystate(L)
    assert np.isclose(state[0, 0], 1, atol=1e-10)
    assert np.isclose((state**2).tr(), 1, atol=1e-10)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: me.jump_operators(-1, 0), "rate = -1"),
        (lambda: me.printed_dissipator(ANY, 1, -0.1), "occupation = -0.1"),
        (lambda: me.propagator(ANY, time=-1), "time = -1"),
        (lambda: me.steady_state(sp.nan), "occupation = nan"),
        (lambda: me.steady_state(sp.oo), "occupation = oo"),
        (lambda: me.relaxation_rates(sp.I, 0), "rate = I"),
        (lambda: me.dissipator(sp.eye(4), me.jump_operators()), r"rho of shape \(4, 4\)"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
