"""The laws of the numbers in one realisation, Eqs. (4)-(6) and (26), and a test of a sample against them."""

import numpy as np
from scipy import stats

from tlsglass._signatures import checked
from tlsglass.disorder.realisations import Disorder, Realisation

# The test sees no difference between a quantity and a growing or falling function of it.
_WORDS = {"tunnelling": "log tunnelling", "polarisation": "polar angle", "trace_d2": "trace"}


@checked
def laws(disorder: Disorder) -> dict:
    """Laws from which the numbers of a realisation are drawn.

    Parameters
    ----------
    disorder : Disorder
        With `delta_bar > 0`.

    Returns
    -------
    dict
        From an attribute of :class:`tlsglass.disorder.realisations.Realisation` to a frozen distribution of scipy;
        positions over the sides of the box, `D_ij` of pairs. What has no law of its own in closed form is left out: the
        thermal polarisation, which follows from the splitting; `D_ij` of drawn dipoles; `Tr D^2` of fixed ones, 1.

    Raises
    ------
    ValueError
        If `delta_bar` is 0: there is no distribution of `ln Delta` then.

    Examples
    --------
    >>> from tlsglass.disorder import Disorder
    >>> from tlsglass.disorder.laws import laws
    >>> float(laws(Disorder(8, asymmetry_exponent=2.0))["asymmetry"].cdf(0.5))
    0.25
    """
    if disorder.delta_bar == 0:
        raise ValueError("delta_bar = 0 is not allowed: all tunnelling amplitudes are 0, they have no distribution")
    low, high = (disorder.delta_bar * 10 ** (sign * disorder.n_delta / 2) for sign in (-1, 1))
    polarisations = {"sphere": stats.uniform(-1, 2), "angle": stats.arcsine(-1, 2), "thermal": None}
    traces = {"independent": stats.chi2(1), "paper": stats.chi2(1), "gaussian": stats.chi2(5, scale=1 / 5)}
    all_laws = {
        "asymmetry": stats.powerlaw(disorder.asymmetry_exponent),
        "tunnelling": stats.loguniform(low, high),
        "positions": stats.uniform(),
        "polarisation": polarisations[disorder.initial_state],
        "azimuth": stats.uniform(0, 2 * np.pi),
        "contraction": stats.norm() if disorder.dipoles == "independent" else None,
        "trace_d2": traces.get(disorder.dipoles),
    }
    return {name: law for name, law in all_laws.items() if law is not None}


@checked
def kolmogorov_smirnov(sample: Realisation, disorder: Disorder) -> dict[str, float]:
    """Kolmogorov-Smirnov p-values of one realisation against the distributions it is drawn from.

    Parameters
    ----------
    sample : Realisation
        Of many TLSs: the test looks at its `N` (or `N (N - 1) / 2`) numbers.
    disorder : Disorder
        What the sample should follow; `delta_bar > 0`.

    Returns
    -------
    dict
        From the name of a quantity to its p-value, for each that has one of the :func:`laws`.

    Raises
    ------
    ValueError
        If `delta_bar` is 0: there is no distribution of `ln Delta` then.
    """
    pairs = np.triu_indices(len(sample.asymmetry), 1)
    in_the_box = (sample.positions / disorder.side).ravel()
    numbers = vars(sample) | {"positions": in_the_box, "contraction": sample.contraction[pairs]}
    return {
        _WORDS.get(name, name): float(stats.kstest(numbers[name], law.cdf).pvalue)
        for name, law in laws(disorder).items()
    }
