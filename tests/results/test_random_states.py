"""The committed table of Fig. 12: what this code computes, the paper's line, and the exact law."""

import warnings

import numpy as np
import pytest

from tlsglass.analysis.random_states import correction_fit, scaling_fit
from tlsglass.random_states import averages, law
from tlsglass.results import folders, random_states, tables


@pytest.fixture
def table(monkeypatch):
    monkeypatch.setenv("TLSGLASS_DATA", str(folders.REPOSITORY / "data"))
    return random_states.read()


def test_table_is_complete(table):
    expected = {(n, method, count) for method, (sizes, count) in random_states.PLAN.items() for n in sizes}
    assert set(zip(table["n_tls"], table["method"], table["n_samples"], strict=True)) == expected
    assert len(table) == len(expected)
    assert list(table.columns) == list(random_states.FIELDS)
    assert list(table["environment_dimension"]) == [2 ** (n - 2) for n in table["n_tls"]]
    assert np.all(np.isfinite(table["log_concurrence"]) & (table["log_concurrence_stderr"] > 0))
    # a logarithm of -1000 is written to 12 digits: the number itself is known to 1e-9
    np.testing.assert_allclose(table["concurrence"], np.exp(table["log_concurrence"]), rtol=1e-8, atol=1e-300)
    relative = table["concurrence_stderr"] / table["concurrence"].where(table["concurrence"] > 1e-300)
    np.testing.assert_allclose(relative.dropna(), table["log_concurrence_stderr"][relative.notna()], rtol=1e-9)


def test_every_row_agrees_with_the_exact_law(table):
    rows = table[table["n_tls"] >= 4]
    exact = [law.log_mean_concurrence(K) for K in rows["environment_dimension"]]
    pulls = (rows["log_concurrence"] - exact) / rows["log_concurrence_stderr"]
    assert np.abs(pulls).max() < 4  # 20 rows: p = 1e-3
    assert 0.4 < np.mean(pulls**2) < 2.2  # chi-square of 20: p = 2e-3
    two = table[table["n_tls"] == 2]
    assert np.all(np.abs(two["concurrence"] - 3 * np.pi / 16) < 4 * two["concurrence_stderr"])


def test_line_has_the_quoted_slope_and_constant(table):
    rows = table[(table["method"] == "states") & table["n_tls"].between(4, 7)]
    b, a = scaling_fit(rows["n_tls"], rows["log_concurrence"])
    assert abs(b.value - 1.009) < np.hypot(b.stderr, 0.006)
    assert abs(a.value - 0.127) < np.hypot(a.stderr, 0.003)


def test_prefactor_and_correction(table):
    rows = table[table["method"] == "tilted"]
    K = rows["environment_dimension"].to_numpy()
    ratio = rows["log_concurrence"].to_numpy() - [law.log_asymptote(k) for k in K]
    offset, c_1 = correction_fit(K, ratio, rows["log_concurrence_stderr"].to_numpy())
    assert abs(offset.value) < 4 * offset.stderr
    assert offset.stderr < 0.005
    exact = 2**14 * (law.log_mean_concurrence(2**14) - law.log_asymptote(2**14))
    assert abs(c_1.value - exact) < 4 * c_1.stderr


def test_first_blocks_are_what_this_code_computes(table):
    """The first block of a row is within its scatter of the row; a kept run would be refused if it were another."""
    for n, method in ((4, "states"), (6, "pairs"), (8, "tilted")):
        size = n if method == "states" else 2 ** (n - 2)
        count, *moments = averages.block(method, size, random_states.SEED, 0, averages.BLOCK)
        sample = averages.Sample(int(count), *moments[:2], 2 ** (n - 2) * np.log(16 / 27))
        row = table[(table["n_tls"] == n) & (table["method"] == method)].iloc[0]
        assert abs(sample.log - row["log_concurrence"]) < 4 * sample.log_stderr


def test_writing(empty_library, monkeypatch):
    data, kept = empty_library
    monkeypatch.setattr(
        random_states, "PLAN", {"states": ((2, 4), 300), "pairs": ((4,), 300), "tilted": ((4, 12), 300)}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", averages.SmallSampleWarning)
        path = random_states.write()
    assert path == data / "fig12.csv"
    table = random_states.read()
    assert list(table["method"]) == ["states", "states", "pairs", "tilted", "tilted"]
    assert list(table["n_tls"]) == [2, 4, 4, 4, 12]
    resource = tables.find(data, "fig12")
    assert [run["n_samples"] for run in resource["runs"]] == [300] * 5
    assert all(run["seed"] == random_states.SEED and run["effective_sample_size"] > 0 for run in resource["runs"])
    with pytest.raises(ValueError, match="method = 'all'"):
        random_states.compute(4, "all", 10)
