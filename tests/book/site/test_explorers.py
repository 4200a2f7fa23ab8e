"""The explorers, driven in a browser: their numbers are the library's, and they answer to the keyboard."""

import numpy as np
import pytest

from tlsbook.explorers import EXPLORERS, data, script
from tlsglass.analysis.exponents import fit_power_law
from tlsglass.dynamics import System, two_site_density_matrix
from tlsglass.entanglement import concurrence
from tlsglass.entanglement.pairs import concurrence_matrix

# both sides round every product and phase: some hundred operations on phases up to 1e3
ROUNDING = 1e-10


@pytest.fixture(scope="module")
def call(browser):
    """Return a function that calls a function of the explorers' physics in a page without anything else."""
    page = browser.new_page()
    page.set_default_timeout(0)  # a busy machine is not a fault of the page
    page.set_content("<main></main>")
    page.add_script_tag(content=script("exponent"))

    def call(expression, argument=None):
        return page.evaluate(f"argument => {{ const e = window.explorers.exponent; return {expression}; }}", argument)

    yield call
    page.close()


def as_pairs(rho):
    return np.stack([rho.real, rho.imag], axis=-1).tolist()


def some_glass(n, seed, rate):
    rng = np.random.default_rng(seed)
    J = np.triu(rng.normal(size=(n, n)), 1)
    zero = np.zeros(n)
    return System(J + J.T, rate * rng.random(n), zero, zero, rng.uniform(-1, 1, n), zero)


@pytest.mark.parametrize("rate", [0.0, 1e-3, 1.0])
def test_two_site_states_and_concurrences(call, rate):
    tls = some_glass(5, seed=3, rate=rate)
    glass = {"J": tls.J.tolist(), "G": (4 * tls.Y).tolist(), "m": tls.polarisation.tolist()}
    for t in (0.0, 0.03, 0.4, 7.0, 100.0):
        rho = np.array(call("e.twoSiteState(argument.glass, 1, 3, argument.t)", {"glass": glass, "t": t}))
        expected = two_site_density_matrix(tls, 1, 3, t)[0]
        assert np.abs(rho[..., 0] + 1j * rho[..., 1] - expected).max() < ROUNDING
        pairs = np.array(call("e.allPairs(argument.glass, argument.t)", {"glass": glass, "t": t}))
        C = concurrence_matrix(tls, t)[0]
        assert np.abs(pairs[:, 2] - C[np.triu_indices(5, 1)]).max() < ROUNDING


def test_concurrence_and_partial_transpose_of_random_states(call):
    rng = np.random.default_rng(5)
    for rank in (1, 2, 3, 4):
        X = rng.normal(size=(4, rank)) + 1j * rng.normal(size=(4, rank))
        rho = X @ X.conj().T / np.linalg.norm(X) ** 2
        # the square root of a matrix of low rank keeps an error of the order of the root of the rounding of its zeros
        assert call("e.concurrence(argument)", as_pairs(rho)) == pytest.approx(concurrence(rho), abs=ROUNDING)
        transposed = rho.reshape(2, 2, 2, 2).swapaxes(1, 3).reshape(4, 4)
        lowest = np.linalg.eigvalsh(transposed)[0]
        assert call("e.lowestOfPartialTranspose(argument)", as_pairs(rho)) == pytest.approx(lowest, abs=ROUNDING)


@pytest.mark.parametrize(("eps", "Delta"), [(0.3, 0.4), (-0.7, 0.1), (0.0, 0.2), (0.5, 0.0)])
def test_levels_of_the_double_well(call, eps, Delta):
    found = call("e.levels(argument[0], argument[1])", [eps, Delta])
    H = np.array([[eps, Delta], [Delta, -eps]])
    assert found["splitting"] == pytest.approx(2 * np.hypot(eps, Delta), rel=1e-14)
    for name, energy in zip(("ground", "excited"), np.linalg.eigvalsh(H), strict=True):
        vector = np.array(found[name])
        assert np.linalg.norm(vector) == pytest.approx(1, rel=1e-14)
        assert np.abs(H @ vector - energy * vector).max() < 1e-14


@pytest.mark.parametrize("window", [(0.49, 2.1), (0.05, 0.5)])
def test_power_law_in_a_window(call, window):
    for curve in data.curves()["curves"]:
        found = call("e.powerLaw(argument[0], argument[1], argument[2])", [curve, *window])
        arrays = [np.array(curve[name]) for name in ("time", "mean", "stderr", "blocks")]
        law = fit_power_law(*arrays, window)
        assert found["exponent"] == pytest.approx(law.exponent.value, rel=ROUNDING)
        assert found["error"] == pytest.approx(law.exponent.stderr, rel=1e-7)  # differences of nearly equal slopes
        assert found["prefactor"] == pytest.approx(law.prefactor, rel=ROUNDING)
    assert call("e.powerLaw(argument, 1, 1.01)", curve) is None


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_is_on_a_page_and_answers_the_keyboard(browser, site, name):
    holders = [
        f for f in sorted((site / "chapters").glob("*.html")) if f'data-explorer="{name}"' in f.read_text("utf8")
    ]
    assert holders
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(0)  # a busy machine is not a fault of the page
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(holders[0].as_uri())
    figure = page.locator(f'figure[data-explorer="{name}"]')
    before = figure.get_by_role("status").inner_text()
    figure.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    assert figure.get_by_role("status").inner_text() != before
    assert figure.locator("svg").first.locator("path, line").count() > 2
    assert errors == []
    page.close()
