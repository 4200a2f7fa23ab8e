"""The disordered chain against QuTiP, which builds the whole space from tensor products, and what localisation does."""

import numpy as np
import pytest
import qutip as qt

from tlsglass.dynamics.spin_chain import chain_average, hamiltonian, neel_sector

SEED = 5


def in_whole_space(fields):
    n = len(fields)

    def at(i, operator):
        return qt.tensor([operator if j == i else qt.qeye(2) for j in range(n)])

    pairs = [(at(i, s), at(i + 1, s)) for i in range(n - 1) for s in (qt.sigmax(), qt.sigmay(), qt.sigmaz())]
    return sum(a * b for a, b in pairs) / 4 + sum(h * at(i, qt.sigmaz()) for i, h in enumerate(fields)) / 2


def test_spectrum_is_that_of_the_sector_without_magnetisation():
    fields = np.random.default_rng(1).normal(size=6)
    H = in_whole_space(fields)
    total = sum(qt.tensor([qt.sigmaz() if j == i else qt.qeye(2) for j in range(6)]) for i in range(6)).diag().real
    block = H.full()[np.ix_(total == 0, total == 0)]
    ours = hamiltonian(fields)
    assert len(ours) == len(neel_sector(6)) == 20
    assert np.array_equal(ours, ours.T)
    assert np.allclose(np.linalg.eigvalsh(ours), np.linalg.eigvalsh(block), atol=1e-13)  # rounding of order-1 numbers


def test_average_against_qutip():
    n, disorder, time = 4, 1.3, np.array([0.0, 0.7, 3.0, 20.0])
    found = chain_average(n, disorder, time, 3, seed=SEED)
    rng = np.random.default_rng(SEED)
    memory, entropy = [], []
    pattern = [1, -1] * (n // 2)
    start = qt.tensor([qt.basis(2, 0 if s == 1 else 1) for s in pattern])
    for _ in range(3):
        H = in_whole_space(disorder * rng.uniform(-1, 1, n))
        states = [(-1j * H * t).expm() * start for t in time]
        sz = [qt.tensor([qt.sigmaz() if j == i else qt.qeye(2) for j in range(n)]) for i in range(n)]
        memory.append([np.mean([s * qt.expect(z, psi) for s, z in zip(pattern, sz, strict=True)]) for psi in states])
        entropy.append([qt.entropy_vn(psi.ptrace(range(n // 2))) for psi in states])
    for mean, error, rows in (
        (found.memory, found.memory_stderr, np.array(memory)),
        (found.entropy, found.entropy_stderr, np.array(entropy)),
    ):
        assert np.allclose(mean, rows.mean(axis=0), atol=1e-10)  # QuTiP's matrix exponential
        assert np.allclose(error, rows.std(axis=0, ddof=1) / np.sqrt(3), atol=1e-10)


def test_strong_disorder_remembers_and_entangles_less():
    late = np.logspace(1, 3, 9)
    weak, strong = (chain_average(8, h, late, 20, seed=1) for h in (0.5, 10.0))
    assert weak.memory.mean() < 0.3 < 0.8 < strong.memory.mean()
    assert strong.entropy[-1] < 0.5 * weak.entropy[-1]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("n_spins", (5, 1.0, [1.0], 2)), ("n_spins", (14, 1.0, [1.0], 2)), ("disorder", (4, -1.0, [1.0], 2)),
        ("time", (4, 1.0, [-1.0], 2)), ("n_realisations", (4, 1.0, [1.0], 1)), ("seed", (4, 1.0, [1.0], 2, -1)),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(name, arguments):
    with pytest.raises(ValueError, match=f"{name} = "):
        chain_average(*arguments)
