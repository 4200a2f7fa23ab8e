"""The distribution of `D_ij` when the dipoles themselves are random, beside the paper's Gaussian (Sec. IV A)."""

from dataclasses import dataclass

import numpy as np

from tlsglass._checks import LARGEST_SAMPLE, integer, real_array
from tlsglass._signatures import Value, checked
from tlsglass.disorder.dipoles import dipole_contraction, random_dipoles
from tlsglass.glass.materials import GLASSES, Glass

_BLOCKS = 50  # independent pieces of a sample, from whose scatter the errors are estimated


@dataclass(frozen=True, eq=False)
class Moments(Value):
    """Mean, root mean square and kurtosis of a sample, with their standard errors.

    Attributes
    ----------
    mean, mean_stderr : float
    rms, rms_stderr : float
    kurtosis, kurtosis_stderr : float
        Fourth moment over the squared second one, about zero; 3 for a Gaussian.
    n_samples : int
    """

    mean: float
    mean_stderr: float
    rms: float
    rms_stderr: float
    kurtosis: float
    kurtosis_stderr: float
    n_samples: int


@checked
def sample_contractions(
    material: Glass, n_samples: int, seed: int, traceless: bool = True, norm: str = "gaussian"
) -> np.ndarray:
    """Independent values of `D_ij`, Eq. (A27), for random dipoles at the speeds of sound of a material.

    The direction is kept along z: the dipoles are drawn without preferred axes.

    Parameters
    ----------
    material : Glass
    n_samples : int
    seed : int
    traceless, norm
        As in :func:`tlsglass.disorder.dipoles.random_dipoles`.

    Returns
    -------
    array, shape (n_samples,)

    Raises
    ------
    ValueError
        If `n_samples` is not a positive integer, `seed` is negative or `norm` unknown.
    """
    n_samples = integer("n_samples", n_samples, 1, LARGEST_SAMPLE)
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    D_i, D_j = (random_dipoles(rng, n_samples, traceless, norm) for _ in range(2))
    return dipole_contraction(D_i, D_j, [0.0, 0.0, 1.0], material.v_L, material.v_T)


@checked
def moments(sample: np.ndarray) -> Moments:
    """Mean, rms and kurtosis of independent numbers; errors by the jackknife over blocks.

    Parameters
    ----------
    sample : array, shape (n,)
        At least a thousand independent numbers; the last few that do not fill a block are left out.

    Raises
    ------
    ValueError
        If the sample is not a finite 1-D array of at least 1000 numbers.
    """
    sample = real_array("sample", sample)
    if sample.ndim != 1 or sample.size < 1000 or not np.isfinite(sample).all():
        raise ValueError(
            f"sample of shape {sample.shape} is not allowed: it must be finite, of shape (n,) with n >= 1000"
        )
    blocks = sample[: sample.size // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1)
    powers = np.stack([(blocks**p).mean(axis=1) for p in (1, 2, 4)])  # power block
    values = _from_powers(powers.mean(axis=1))
    others = (powers.sum(axis=1, keepdims=True) - powers) / (_BLOCKS - 1)  # power left-out-block
    errors = np.sqrt(_BLOCKS - 1) * _from_powers(others).std(axis=1)
    pairs = np.stack([values, errors], axis=1).ravel()
    return Moments(*(float(x) for x in pairs), n_samples=blocks.size)


@checked
def moments_of_glasses(
    n_samples: int = 1_000_000, seed: int = 0, traceless: bool = True, norm: str = "gaussian"
) -> dict[str, Moments]:
    """Moments of `D_ij` for random dipoles in each glass of Table I.

    Tests the statement below (A27), that `D_ij` has zero average and a standard deviation of order 1, and the
    Gaussian of Sec. IV A.

    Parameters
    ----------
    n_samples, seed, traceless, norm
        As in :func:`sample_contractions`; at least 1000 samples. All glasses see the same dipoles.

    Returns
    -------
    dict
        From the name of the glass to its moments.

    Raises
    ------
    ValueError
        As :func:`sample_contractions` and :func:`moments`.
    """
    return {
        name: moments(sample_contractions(material, n_samples, seed, traceless, norm))
        for name, material in GLASSES.items()
    }


def _from_powers(means: np.ndarray) -> np.ndarray:
    first, second, fourth = means
    return np.stack([first, np.sqrt(second), fourth / second**2])
