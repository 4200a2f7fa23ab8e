"""States for other programs: density matrices as objects of QuTiP."""

import numpy as np

from tlsglass._signatures import checked


@checked
def to_qutip(rho: np.ndarray) -> list:
    """Return density matrices of `k` sites as a list of `qutip.Qobj`, one for each time.

    The basis is QuTiP's own: `+`, the ground state of a TLS, is `qutip.basis(2, 0)`, and `S^z` is `qutip.sigmaz()`.

    Parameters
    ----------
    rho : complex array, shape (T, 2^k, 2^k) or (2^k, 2^k)
        As :func:`tlsglass.dynamics.subsystems.density_matrix` gives them.

    Returns
    -------
    list of qutip.Qobj
        Each with the dimensions of `k` qubits.

    Raises
    ------
    ImportError
        If QuTiP is not installed.
    ValueError
        If `rho` has another shape.
    """
    import qutip

    states = np.asarray(rho, complex)
    n_sites = max(1, int(np.log2(max(2, states.shape[-1] if states.ndim else 0))))
    if states.ndim not in (2, 3) or states.shape[-2:] != (2**n_sites, 2**n_sites):
        raise ValueError(f"rho of shape {states.shape} is not allowed: it must be (T, 2^k, 2^k) or (2^k, 2^k)")
    dims = [[2] * n_sites] * 2
    return [qutip.Qobj(state, dims=dims) for state in states.reshape(-1, 2**n_sites, 2**n_sites)]
