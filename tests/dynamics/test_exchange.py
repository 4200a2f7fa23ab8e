"""Systems of given numbers, and their states as objects of QuTiP."""

import numpy as np
import pytest
import qutip

from tlsglass.dynamics import System
from tlsglass.dynamics.exchange import to_qutip
from tlsglass.dynamics.subsystems import density_matrix

J = np.array([[0.0, 0.3, 0.1], [0.3, 0.0, -0.2], [0.1, -0.2, 0.0]])


def test_given_numbers_and_nothing_else():
    tls = System(J=J, Y=[0.1, 0.0, 0.2], occupation=np.zeros(3), polarisation=[0.5, -0.5, 0.0])
    for name in ("nu", "azimuth"):
        np.testing.assert_array_equal(getattr(tls, name), np.zeros(3))
    bare = System(J)
    for name in ("Y", "occupation", "polarisation"):
        np.testing.assert_array_equal(getattr(bare, name), np.zeros(3))
    with pytest.raises(ValueError, match="Y = "):
        System(J=J, Y=[0.1, 0.1])


def test_states_for_qutip_are_those_of_mesolve():
    """The same three TLSs solved by QuTiP itself: Hamiltonian and jumps in its own operators."""
    tls = System(J=J, Y=[0.1, 0.0, 0.2], occupation=[0.5, 0.0, 0.1], polarisation=[0.5, -0.5, 0.0], azimuth=[0, 1, 2])

    def at(site, operator):
        return qutip.tensor(*(operator if i == site else qutip.qeye(2) for i in range(3)))

    H = sum(2 * J[i, j] * at(i, qutip.sigmaz()) * at(j, qutip.sigmaz()) for i in range(3) for j in range(i))
    up, down = qutip.basis(2, 0), qutip.basis(2, 1)  # up: the ground state
    jumps = [np.sqrt(4 * tls.Y[i] * (1 + tls.occupation[i])) * at(i, up * down.dag()) for i in range(3)]
    jumps += [np.sqrt(4 * tls.Y[i] * tls.occupation[i]) * at(i, down * up.dag()) for i in range(3)]
    theta = np.arccos(tls.polarisation)
    start = qutip.tensor(
        *(np.cos(a / 2) * up + np.exp(1j * p) * np.sin(a / 2) * down for a, p in zip(theta, tls.azimuth, strict=True))
    )
    times = [0.0, 0.7, 3.0]
    options = {"rtol": 1e-10, "atol": 1e-12}
    solved = qutip.mesolve(H, qutip.ket2dm(start), times, jumps, options=options).states
    for sites in ([0, 2], [1], [2, 0, 1]):
        for ours, theirs in zip(to_qutip(density_matrix(tls, sites, times)), solved, strict=True):
            expected = theirs.ptrace(sorted(sites)).permute(list(np.argsort(np.argsort(sites))))
            assert ours.dims == expected.dims == [[2] * len(sites)] * 2
            np.testing.assert_allclose(ours.full(), expected.full(), rtol=0, atol=1e-7)  # 100 times the solver's rtol


@pytest.mark.parametrize("shape", [(), (4,), (3, 3), (2, 3, 3), (4, 2), (1, 1, 2, 2), (1, 1)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="rho of shape"):
        to_qutip(np.zeros(shape))
