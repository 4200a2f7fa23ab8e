"""Averages over random states: unbiased, with errors that cover, effective sizes that warn, blocks that resume."""

import itertools
import warnings

import numpy as np
import pytest

from tlsglass.ensembles.store import DamagedFile
from tlsglass.random_states import SmallSampleWarning, average_of_pairs, average_of_states, averages, law

SEED = 5


def test_two_qubits_have_the_known_concurrence():
    """Pure states of two qubits: `<C> = 3 pi / 16`, all entangled; `C^2` has mean 2/5 (that of `4 det rho_a`)."""
    found = average_of_states(2, 40_000, SEED)
    assert found.concurrence.value == pytest.approx(3 * np.pi / 16, abs=4 * found.concurrence.stderr)
    expected = np.sqrt((2 / 5 - (3 * np.pi / 16) ** 2) / 40_000)
    assert found.concurrence.stderr == pytest.approx(expected, rel=0.03)  # four errors of a standard deviation
    assert found.entangled.value == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("n_tls", [4, 5, 6])
def test_whole_states_against_the_exact_law(n_tls):
    found, K = average_of_states(n_tls, 40_000, SEED), 2 ** (n_tls - 2)
    for sample, exact in (
        (found.concurrence, law.log_mean_concurrence(K)),
        (found.entangled, law.log_probability_entangled(K)),
    ):
        assert sample.log == pytest.approx(exact, abs=4 * sample.log_stderr)


@pytest.mark.parametrize(("method", "K"), [("pairs", 8), ("tilted", 8), ("tilted", 64), ("tilted", 300)])
def test_unbiased_and_errors_cover(method, K):
    """Of 60 independent estimates about 68 % lie within one error of the exact law, and their mean does."""
    exact = np.array([law.log_mean_concurrence(K), law.log_probability_entangled(K)])
    found = [average_of_pairs(K, 4000, seed, method) for seed in range(60)]
    log = np.array([[f.concurrence.log, f.entangled.log] for f in found])
    error = np.array([[f.concurrence.log_stderr, f.entangled.log_stderr] for f in found])
    value, stderr = np.exp(log - exact), np.exp(log - exact) * error
    assert np.all(np.abs(value.mean(axis=0) - 1) < 4 * np.sqrt((stderr**2).mean(axis=0) / 60))
    inside = (np.abs(log - exact) < error).sum(axis=0)
    assert np.all((inside >= 28) & (inside <= 53))  # binomial, 60 times 0.683: 3.6 standard deviations


def test_effective_size_and_error_say_the_same():
    """`relative error^2 = 1 / effective size - 1 / n`, up to n / (n - 1); all samples alike: as many as were drawn."""
    alike = averages.Sample(50, 2.0, 4.0, 0.0)
    assert (alike.effective_size, alike.log_stderr) == (50, 0)
    x = np.random.default_rng(1).exponential(size=1000)
    sample = averages.Sample(1000, x.mean(), (x**2).mean(), np.log(3))
    assert sample.log == pytest.approx(np.log(3 * x.mean()))
    assert sample.value == pytest.approx(3 * x.mean())
    assert sample.stderr == pytest.approx(3 * x.std(ddof=1) / np.sqrt(1000), rel=1e-12)
    assert sample.log_stderr**2 == pytest.approx((1 / sample.effective_size - 1 / 1000) * 1000 / 999)


def test_too_small_an_effective_size_warns():
    with pytest.warns(SmallSampleWarning, match="K = 32 have an effective size of .* below 100"):
        few = average_of_pairs(32, 20_000, SEED)
    assert few.concurrence.effective_size < 100
    with pytest.warns(SmallSampleWarning, match="effective size of 0") as warned:
        none = average_of_pairs(2000, 100, SEED)
    assert warned[0].filename == __file__
    assert (none.concurrence.log, none.concurrence.log_stderr) == (-np.inf, np.inf)
    assert (none.concurrence.value, none.concurrence.stderr) == (0, np.inf)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        average_of_pairs(32, 20_000, SEED, "tilted")


def test_logarithm_where_the_number_is_too_small():
    found = average_of_pairs(2**12, 20_000, SEED, "tilted").concurrence
    assert found.value == 0
    assert found.log == pytest.approx(law.log_mean_concurrence(2**12), abs=4 * found.log_stderr)
    assert found.log < -2000


def test_interrupted_and_continued_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(averages, "BLOCK", 500)
    whole = average_of_pairs(8, 2250, SEED)
    average_of_pairs(8, 1000, SEED, folder=tmp_path)
    drawn, block = [], averages.block
    monkeypatch.setattr(averages, "block", lambda *a: drawn.append(a[3]) or block(*a))
    again = average_of_pairs(8, 2250, SEED, folder=tmp_path)
    assert drawn == [0, 2, 3, 4]  # the first once more, to see that the code still computes what is kept
    assert (again.concurrence, again.entangled) == (whole.concurrence, whole.entangled)
    drawn.clear()
    once_more = average_of_pairs(8, 2000, SEED, folder=tmp_path)
    assert drawn == [0]
    assert once_more.concurrence != whole.concurrence
    assert once_more.run_time > 0


def test_kept_numbers_of_another_code_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(averages, "BLOCK", 500)
    average_of_pairs(8, 1000, SEED, folder=tmp_path)
    block = averages.block
    monkeypatch.setattr(averages, "block", lambda *a: block(*a) * 1.01)
    with pytest.raises(DamagedFile, match="other numbers"):
        average_of_pairs(8, 1500, SEED, folder=tmp_path)


def test_blocks_methods_and_seeds_are_independent():
    first = averages.block("pairs", 8, 1, 0, 100)
    np.testing.assert_array_equal(first, averages.block("pairs", 8, 1, 0, 100))
    for other in (("pairs", 8, 1, 1), ("pairs", 8, 2, 0), ("pairs", 9, 1, 0), ("tilted", 8, 1, 0)):
        assert averages.block(*other, 100)[1] != first[1]


def test_a_last_block_that_is_smaller_counts_as_much_as_it_holds(tmp_path, monkeypatch):
    """However many states were kept before: what is kept is whole blocks, and what is asked for is what comes."""
    monkeypatch.setattr(averages, "BLOCK", 200)
    blocks = np.array([averages.block("pairs", 4, 1, k, n) for k, n in enumerate((200, 200, 100))])
    mean = np.array([200, 200, 100]) @ blocks[:, 1] / 500
    for n_states in (500, 860, 500, 400, 500):
        found = average_of_pairs(4, n_states, 1, folder=tmp_path)
        assert found.concurrence.n == found.n_samples == n_states
        assert found.concurrence.mean == average_of_pairs(4, n_states, 1).concurrence.mean
    assert found.concurrence.mean == pytest.approx(mean, rel=1e-13)


def test_run_time_is_that_of_all_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(averages, "BLOCK", 100)
    monkeypatch.setattr(averages, "BATCH_SECONDS", 1.0)
    monkeypatch.setattr(averages.numba.config, "NUMBA_NUM_THREADS", 1)
    seconds = itertools.count()
    monkeypatch.setattr(averages.clock, "perf_counter", lambda: float(next(seconds)))
    assert average_of_pairs(4, 300, 1, folder=tmp_path).run_time == 3.0  # one block a batch, a second each
    assert average_of_pairs(4, 500, 1, folder=tmp_path).run_time == 5.0


@pytest.mark.parametrize("size", [4, 6])
def test_a_block_has_the_random_numbers_of_its_seed_method_size_and_number(size):
    """In units of the exact law; the eigenvalues of `rho rho~` know the concurrence to the root of the rounding."""
    rng = np.random.default_rng(np.random.SeedSequence(7, spawn_key=(1, size, 3)))
    G = rng.standard_normal((200, 4, 8)).view(complex) / np.sqrt(2)
    L = np.tril(G, -1)
    for i in range(4):
        L[:, i, i] = np.sqrt(rng.gamma(size - i, size=200))
    rho = L @ L.conj().swapaxes(1, 2)
    rho /= np.trace(rho, axis1=1, axis2=2)[:, None, None]
    flip = np.fliplr(np.diag([-1.0, 1.0, 1.0, -1.0]))
    lam = np.sort(np.sqrt(np.abs(np.linalg.eigvals(rho @ flip @ rho.conj() @ flip))), axis=1)
    C = np.maximum(0, lam[:, 3] - lam[:, :3].sum(axis=1)) * (27 / 16) ** size
    entangled = (C > 0) * (27 / 16) ** size
    expected = [200, C.mean(), (C**2).mean(), entangled.mean(), (entangled**2).mean()]
    np.testing.assert_allclose(averages.block("pairs", size, 7, 3, 200), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: average_of_states(1, 10, 0), "n_tls = 1"),
        (lambda: average_of_states(3, 1, 0), "n_states = 1"),
        (lambda: average_of_states(3, 0, 0), "n_states = 0"),
        (lambda: average_of_states(3, 10, -1), "seed = -1"),
        (lambda: average_of_pairs(0, 10, 0), "environment_dimension = 0"),
        (lambda: average_of_pairs(8, 1, 0), "n_states = 1"),
        (lambda: average_of_pairs(3, 10, 0, "tilted"), "environment_dimension = 3"),
        (lambda: average_of_pairs(8, 10, 0, "states"), "method = 'states'"),
    ],
)
def test_bad_input(call, error):
    with pytest.raises(ValueError, match=error):
        call()


def test_states_that_do_not_fit_into_memory_are_refused_by_name():
    with pytest.raises(MemoryError, match=r"n_tls = 24 with n_states = 10000 .* 2.5e\+03 GiB"):
        average_of_states(24, 10_000, 0)


def test_blocks_wait_where_all_at_once_do_not_fit(monkeypatch):
    """The numbers do not change with how many are at work."""
    monkeypatch.setattr(averages, "BLOCK", 500)
    free = average_of_states(4, 2500, SEED)
    workers, pool = [], averages.ThreadPoolExecutor
    monkeypatch.setattr(averages, "ThreadPoolExecutor", lambda n: workers.append(n) or pool(n))
    monkeypatch.setattr(averages, "MEMORY_LIMIT", 500 * 2**4 * 16)
    assert average_of_states(4, 2500, SEED).concurrence == free.concurrence
    assert workers == [1]
