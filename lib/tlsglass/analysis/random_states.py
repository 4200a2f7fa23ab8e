"""Fits to the average concurrence of random states: the paper's line, and the approach to the exact law."""

import numpy as np

from tlsglass._checks import finite_array, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate


@checked
def scaling_fit(n_tls: np.ndarray, log_concurrence: np.ndarray) -> tuple[Estimate, Estimate]:
    """Fit `log2(-ln<C>) = log2(a) + b N`, Eq. (C7), by least squares, every size with the same weight.

    Parameters
    ----------
    n_tls : array, shape (M,)
        Different sizes `N`, three or more.
    log_concurrence : array, shape (M,)
        `ln<C>`, negative.

    Returns
    -------
    b, a : Estimate
        The errors are those of a straight line through scattered points; that of `a` is propagated from `log2(a)`.

    Raises
    ------
    ValueError
        If there are fewer than three different sizes, or a logarithm is not negative.
    """
    n = finite_array("n_tls", n_tls, (None,))
    log = finite_array("log_concurrence", log_concurrence, n.shape)
    if np.unique(n).size < 3:
        refuse("n_tls", n_tls, "three or more different sizes")
    if np.any(log >= 0):
        refuse("log_concurrence", log_concurrence, "negative in every entry")
    (b, log2_a), covariance = np.polyfit(n, np.log2(-log), 1, cov=True)
    a, (b_error, log2_a_error) = 2.0**log2_a, np.sqrt(np.diag(covariance))
    return Estimate(float(b), float(b_error)), Estimate(float(a), float(a * np.log(2) * log2_a_error))


@checked
def correction_fit(
    environment_dimension: np.ndarray, log_ratio: np.ndarray, stderr: np.ndarray
) -> tuple[Estimate, Estimate]:
    """Fit `ln(<C> / asymptote) = r + c_1 / K + c_2 / K^2` by weighted least squares.

    Parameters
    ----------
    environment_dimension : array, shape (M,)
        `K`, four or more different ones.
    log_ratio, stderr : arrays, shape (M,)
        Logarithm of the average over its asymptote, and its standard error.

    Returns
    -------
    r, c_1 : Estimate
        `r = 0` if the prefactor of the asymptote is right. The errors are those that follow from `stderr`.

    Raises
    ------
    ValueError
        If there are fewer than four different sizes, or a size or an error is not positive.
    """
    K = positive_array("environment_dimension", environment_dimension, (None,))
    if np.unique(K).size < 4:
        refuse("environment_dimension", environment_dimension, "four or more different sizes")
    y, error = finite_array("log_ratio", log_ratio, K.shape), positive_array("stderr", stderr, K.shape)
    coefficients, covariance = np.polyfit(1 / K, y, 2, w=1 / error, cov="unscaled")
    errors = np.sqrt(np.diag(covariance))
    return Estimate(float(coefficients[2]), float(errors[2])), Estimate(float(coefficients[1]), float(errors[1]))
