"""Fits to the average concurrence of random states: the paper's line, and the approach to the exact law."""

import numpy as np

from tlsglass._checks import finite_array
from tlsglass._signatures import checked
from tlsglass.analysis.exponents import Estimate


@checked
def scaling_fit(n_tls, log_concurrence) -> tuple[Estimate, Estimate]:
    """Fit `log2(-ln<C>) = log2(a) + b N`, Eq. (C7), by least squares, every size with the same weight.

    Parameters
    ----------
    n_tls : array, shape (M,)
        Sizes `N`, three or more.
    log_concurrence : array, shape (M,)
        `ln<C>`, negative.

    Returns
    -------
    b, a : Estimate
        The errors are those of a straight line through scattered points; that of `a` is propagated from `log2(a)`.

    Raises
    ------
    ValueError
        If there are fewer than three sizes, or a logarithm is not negative.
    """
    n = finite_array("n_tls", n_tls, (len(n_tls),))
    log = finite_array("log_concurrence", log_concurrence, n.shape)
    if n.size < 3 or np.any(log >= 0):
        raise ValueError(f"log_concurrence = {log!r} is not allowed: it must be three or more negative numbers")
    (b, log2_a), covariance = np.polyfit(n, np.log2(-log), 1, cov=True)
    a, (b_error, log2_a_error) = 2.0**log2_a, np.sqrt(np.diag(covariance))
    return Estimate(float(b), float(b_error)), Estimate(float(a), float(a * np.log(2) * log2_a_error))


@checked
def correction_fit(environment_dimension, log_ratio, stderr) -> tuple[Estimate, Estimate]:
    """Fit `ln(<C> / asymptote) = r + c_1 / K + c_2 / K^2` by weighted least squares.

    Parameters
    ----------
    environment_dimension : array, shape (M,)
        `K`, four or more.
    log_ratio, stderr : arrays, shape (M,)
        Logarithm of the average over its asymptote, and its standard error.

    Returns
    -------
    r, c_1 : Estimate
        `r = 0` if the prefactor of the asymptote is right. The errors are those that follow from `stderr`.

    Raises
    ------
    ValueError
        If there are fewer than four sizes, or an error is not positive.
    """
    K = finite_array("environment_dimension", environment_dimension, (len(environment_dimension),))
    y, error = (finite_array(name, v, K.shape) for name, v in (("log_ratio", log_ratio), ("stderr", stderr)))
    if K.size < 4 or np.any(error <= 0):
        raise ValueError(f"stderr = {error!r} is not allowed: it must be four or more positive numbers")
    coefficients, covariance = np.polyfit(1 / K, y, 2, w=1 / error, cov="unscaled")
    errors = np.sqrt(np.diag(covariance))
    return Estimate(float(coefficients[2]), float(errors[2])), Estimate(float(coefficients[1]), float(errors[1]))
