"""Equations (17)-(20) and (A1)-(A6): correlator, half-sided transform, and the coefficients that end up in (15)."""

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, special

from tlsglass.derivations import bath_correlator as bc
from tlsglass.derivations import bath_half_line as bh
from tlsglass.derivations import eigenoperators as eo
from tlsglass.derivations import master_equation as me

x, omega, eta = sp.symbols("x omega eta", positive=True)


def fock(levels):
    """Annihilation operator of one mode, the highest level cut off."""
    return np.diag(np.sqrt(np.arange(1.0, levels)), 1)


def thermal_state(levels, y):
    weights = np.exp(-y * np.arange(levels))
    return np.diag(weights / weights.sum())


def test_bose_einstein_occupation():
    assert sp.simplify(bc.occupation(x) - 1 / (sp.exp(x) - 1)) == 0
    levels, y = 80, 0.7  # the weight beyond level 80 is exp(-56)
    number = fock(levels).T @ fock(levels)
    assert np.isclose(np.trace(thermal_state(levels, y) @ number), float(bc.occupation(y)), rtol=1e-13)


def test_partition_function_is_the_geometric_series():
    y = 0.7
    assert np.isclose(float(bc.partition_function(y)), np.exp(-y * np.arange(80)).sum(), rtol=1e-13)


def test_interaction_picture_A3():
    # e^{iHt} psi e^{-iHt} = e^{-i omega t} psi, level by level, hence exact although the matrix is cut off.
    levels, w, time = 6, 1.3, 0.8
    U = np.diag(np.exp(1j * w * time * np.arange(levels)))
    np.testing.assert_allclose(U @ fock(levels) @ U.conj().T, np.exp(-1j * w * time) * fock(levels), atol=1e-15)
    E = bc.environment_operator("i", ["k"], bc.TIME)
    xi, w_k = bc.coupling_symbol("i", "k"), bc.mode_symbols("k")[0]
    assert E == {
        ("k", False): xi * sp.exp(-sp.I * w_k * bc.TIME),
        ("k", True): sp.conjugate(xi) * sp.exp(sp.I * w_k * bc.TIME),
    }


def test_environment_operator_is_hermitian_and_sums_over_all_modes_A2():
    E = bc.environment_operator("i", ["k", "l"], bc.TIME)
    assert {mode for mode, _ in E} == {"k", "l"}
    assert bc.adjoint(E) == E


def test_correlator_A4():
    expected = 0
    for k in ("k", "l"):
        (w, f), xi_i, xi_j = bc.mode_symbols(k), bc.coupling_symbol("i", k), bc.coupling_symbol("j", k)
        expected += xi_i * sp.conjugate(xi_j) * sp.exp(-sp.I * w * bc.DELAY) * (1 + f)
        expected += sp.conjugate(xi_i) * xi_j * sp.exp(sp.I * w * bc.DELAY) * f
    assert sp.expand(bc.correlator("i", "j", ["k", "l"]) - expected) == 0


def test_correlator_against_matrices():
    levels, y, w, t, s = 60, 1.1, 0.9, 0.6, 1.7
    xi_i, xi_j = 0.4 - 0.3j, -0.2 + 0.5j
    psi, rho = fock(levels), thermal_state(levels, y)

    def E(xi, time):
        U = np.diag(np.exp(1j * w * time * np.arange(levels)))
        return U @ (xi * psi + np.conj(xi) * psi.T) @ U.conj().T

    brute = np.trace(rho @ E(xi_i, t).conj().T @ E(xi_j, t - s))
    (w_k, f_k), sym = bc.mode_symbols("k"), bc.coupling_symbol
    values = {w_k: w, f_k: bc.occupation(y), bc.DELAY: s, sym("i", "k"): xi_i, sym("j", "k"): xi_j}
    assert np.isclose(complex(bc.correlator("i", "j", ["k"]).subs(values)), brute, rtol=1e-12)


def test_half_line_A5_is_the_regulated_integral():
    zeta, reg = 1.7, 0.3
    real = integrate.quad(lambda s: np.exp(-reg * s) * np.cos(zeta * s), 0, np.inf)[0]
    imag = integrate.quad(lambda s: np.exp(-reg * s) * np.sin(zeta * s), 0, np.inf)[0]
    assert np.isclose(complex(bh.half_line(zeta, reg)), real + 1j * imag, atol=1e-8)  # quad's own epsabs


@pytest.mark.parametrize("centre", [0.0, 0.8, -1.5])
def test_half_line_A5_against_test_functions(centre):
    regulator = 0.05
    by_quadrature = integrate.quad(
        lambda z: np.exp(-((z - centre) ** 2)) / (regulator - 1j * z), -12, 12, points=[0.0], complex_func=True
    )[0]
    assert np.isclose(bh.smeared_half_line(centre, regulator), by_quadrature, atol=1e-7)
    # The limit: pi delta(zeta) + i PV 1/zeta. Dawson's integral is the principal value of a Gaussian; checked by scipy.
    delta = np.pi * np.exp(-(centre**2))
    principal = integrate.quad(lambda z: np.exp(-((z - centre) ** 2)), -12, 12, weight="cauchy", wvar=0.0)[0]
    assert np.isclose(bh.smeared_half_line(centre, 0.0), delta + 1j * principal, atol=1e-8)
    assert np.isclose(principal, 2 * np.sqrt(np.pi) * special.dawsn(centre), atol=1e-8)
    errors = [abs(bh.smeared_half_line(centre, e) - (delta + 1j * principal)) for e in (1e-2, 1e-3)]
    assert np.isclose(errors[0] / errors[1], 10, rtol=0.05)  # the error is of first order in the regulator


def test_half_line_A5_for_a_bath_that_forgets():
    w = 2.0
    late = bh.debye_gamma(w, [60.0])[0]
    spectrum = lambda z: z**3 * np.exp(-z)  # noqa: E731
    principal = integrate.quad(spectrum, 0, 60, weight="cauchy", wvar=w)[0]
    # What lies beyond s = 60 is bounded by 6 / s^4 / w.
    assert np.isclose(late, np.pi * spectrum(w) - 1j * principal, atol=6 / 60**4 / w * 2)


def test_debye_correlator_is_the_fourier_integral_of_its_spectrum():
    s = 0.7
    real = integrate.quad(lambda w: w**3 * np.exp(-w) * np.cos(w * s), 0, 80)[0]
    imag = integrate.quad(lambda w: -(w**3) * np.exp(-w) * np.sin(w * s), 0, 80)[0]
    assert np.isclose(bh.debye_correlator([s])[0], real + 1j * imag, atol=1e-7)


def regulated_printed_A6():
    """Integrand of (A6), with PV and delta regulated; V d^3q / (2 pi)^3 stands for one mode of the sum."""
    d_i, d_j, phi_i, phi_j = sp.symbols("d_i d_j phi_i phi_j", real=True)
    w, f = bc.mode_symbols("k")
    pv, delta = (lambda z: z / (z**2 + eta**2)), (lambda z: eta / (z**2 + eta**2))
    emit = (f + 1) * (sp.I * pv(omega - w) + delta(omega - w)) * sp.exp(sp.I * (phi_i - phi_j))
    absorb = f * (sp.I * pv(omega + w) + delta(omega + w)) * sp.exp(-sp.I * (phi_i - phi_j))
    return d_i * d_j / (2 * bc.DENSITY * bc.VOLUME) / (bc.HBAR * w) * (emit + absorb)


def test_gamma_A6():
    ours = bc.gamma_of_mode("i", "j", omega, eta)
    ours = ours.subs({bc.coupling_symbol(i, "k"): bc.elastic_coupling(i) for i in "ij"})
    difference = sp.expand_complex(ours - regulated_printed_A6())
    assert sp.simplify(sp.expand_trig(sp.re(difference))) == 0
    assert sp.simplify(sp.expand_trig(sp.im(difference))) == 0


def test_emission_is_stronger_than_absorption_by_1_plus_f_over_f():
    w, f = bc.mode_symbols("k")
    at_resonance = {  # residue of the regulated transform at its pole: omega = +omega_k emits, -omega_k absorbs
        sign: sp.limit(eta * bc.gamma_of_mode("i", "i", sign * w, eta), eta, 0, "+") for sign in (1, -1)
    }
    assert sp.simplify(at_resonance[1] / at_resonance[1].subs(f, 0) - (1 + f)) == 0
    assert sp.simplify(at_resonance[-1] / at_resonance[1].subs(f, 0) - f) == 0


def test_rate_19_turns_the_bath_into_equation_15():
    # gamma = 2 Re Gamma_ii at T = 0; emission (1 + f) gamma, absorption f gamma, nothing at omega = 0.
    gamma, f = sp.Symbol("gamma", positive=True), me.OCCUPATION
    rho = sp.Matrix(2, 2, sp.symbols("a b c d"))
    derived = me.dissipator_of_bath(rho, (1 + f) * gamma, f * gamma)
    printed = me.printed_dissipator(rho, (eo.DELTA / eo.splitting()) ** 2 * gamma)
    assert (derived - printed).applyfunc(sp.cancel) == sp.zeros(2, 2)


def test_no_phonons_at_zero_frequency():
    # Spectrum omega^3 of the strain times emission plus absorption; x = hbar omega / k_B T, any temperature.
    assert sp.limit(x**3 * (1 + 2 * bc.occupation(x)), x, 0, "+") == 0


def test_dephasing_at_zero_frequency_would_only_touch_the_coherence():
    gamma = sp.Symbol("gamma", positive=True)
    rho = sp.Matrix(2, 2, sp.symbols("a b c d"))
    out = me.dissipator_of_bath(rho, 0, 0, dephasing=gamma)
    assert out[0, 0] == out[1, 1] == 0
    assert sp.cancel(out[0, 1] / rho[0, 1] + 2 * gamma * (2 * eo.EPS / eo.splitting()) ** 2) == 0


def test_lamb_shift_20_is_the_energy_of_displaced_modes_counted_over_both_orders():
    # Without tunnelling each configuration of the two TLSs displaces the modes: diagonalise, compare.
    rng = np.random.default_rng(3)
    levels, frequency = 12, np.array([1.0, 1.7])
    xi = 0.15 * (rng.normal(size=(2, 2)) + 1j * rng.normal(size=(2, 2)))  # site, mode
    psi = [np.kron(fock(levels), np.eye(levels)), np.kron(np.eye(levels), fock(levels))]
    energy = {}
    for s1, s2 in [(1, 1), (1, -1)]:
        H = sum(w * p.T @ p for w, p in zip(frequency, psi, strict=True)).astype(complex)
        for k, p in enumerate(psi):
            c = s1 * xi[0, k] + s2 * xi[1, k]
            H += c * p + np.conj(c) * p.T
        energy[s1 * s2] = np.linalg.eigvalsh(H)[0]
    J = bc.mode_coupling(xi[0], xi[1], frequency)
    assert np.isclose(energy[1] - energy[-1], 2 * (2 * J), atol=1e-10)  # s1 s2 = +1 against -1, both orders


def test_lamb_shift_does_not_depend_on_temperature():
    # With omega = 0 and modes in pairs +-q the occupation cancels: PV 1/(-w) and PV 1/(+w) with opposite phases.
    w, f = bc.mode_symbols("k")
    total = 0
    for sign in (1, -1):
        phases = {bc.coupling_symbol(i, "k"): sp.exp(sign * sp.I * sp.Symbol(f"phi_{i}", real=True)) for i in "ij"}
        total += bc.gamma_of_mode("i", "j", 0, eta).subs(phases)
    imaginary = sp.im(sp.expand_complex(total))
    assert sp.simplify(sp.diff(imaginary, f)) == 0
    assert sp.simplify(imaginary) != 0


def test_index_order_in_20_and_A14_is_the_same_after_both_orders():
    # (20) has (Gamma_ij)^*, (A14) and the general theory (Gamma_ji)^*. One mode, off resonance: 1 / zeta real.
    def gamma(i, j):
        off_resonance = bc.gamma_of_mode(i, j, 0, eta)
        return sp.expand(off_resonance.subs(eta, 0).subs({bc.coupling_symbol(a, "k"): values[a] for a in "ij"}))

    a, b, c, d = sp.symbols("a b c d", real=True)
    values = {"i": a + sp.I * b, "j": c + sp.I * d}
    in_20 = [gamma(i, j) - sp.conjugate(gamma(i, j)) for i, j in ("ij", "ji")]
    in_a14 = [gamma(i, j) - sp.conjugate(gamma(j, i)) for i, j in ("ij", "ji")]
    assert sp.expand(sum(in_20) - sum(in_a14)) == 0
    assert sp.expand(in_20[0] - in_a14[0]) != 0


def test_on_site_shift_only_renormalises_the_splitting():
    # The Lamb shift at +-nu is s_+ S^- S^+ + s_- S^+ S^-: a number and a multiple of S^z.
    s_plus, s_minus = sp.symbols("s_+ s_-", real=True)
    shift = s_plus * me.S_MINUS * me.S_PLUS + s_minus * me.S_PLUS * me.S_MINUS
    expected = 2 * (s_plus + s_minus) * sp.eye(2) - 2 * (s_plus - s_minus) * me.S_Z
    assert (shift - expected).expand() == sp.zeros(2, 2)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: bc.environment_operator("i", []), "modes = "),
        (lambda: bc.environment_operator("i", ["k", "k"]), "each once"),
        (lambda: me.dissipator_of_bath(sp.eye(2), 1, -1), "absorption = -1"),
        (lambda: bh.smeared_half_line(0.0, -1.0), "regulator = -1.0"),
        (lambda: bh.smeared_half_line(np.nan, 1.0), "centre = nan"),
        (lambda: bh.debye_gamma(-1.0, [1.0]), "frequency = -1.0"),
        (lambda: bh.debye_gamma(1.0, [-1.0]), "until = "),
        (lambda: bc.mode_coupling([1], [1], [0.0]), "frequency = "),
        (lambda: bc.mode_coupling([1], [1], [1 + 1j]), "frequency = "),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
