"""Numbers for the prose, as text: `glue("rate", scientific(rate), display=False)`."""

from math import isfinite, log10

from tlsglass._powers import power_of_ten

__all__ = ["power_of_ten", "scientific"]


def scientific(value: float, digits: int = 1) -> str:
    """Write a number as a factor times a power of ten, "3.2 × 10⁻⁵".

    Parameters
    ----------
    value : float
        Finite; not 0.
    digits : int
        Significant digits of the factor. With 0 only the order of magnitude is given: "10⁻⁵".

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `value` is 0 or not finite, or `digits` is negative.

    Examples
    --------
    >>> scientific(0.0000317, digits=2)
    '3.2 × 10⁻⁵'
    """
    value = float(value)
    if value == 0 or not isfinite(value):
        raise ValueError(f"value = {value!r} is not allowed: it must be a finite number other than 0")
    if isinstance(digits, bool) or not isinstance(digits, int) or digits < 0:
        raise ValueError(f"digits = {digits!r} is not allowed: it must be an integer >= 0")
    if digits == 0:
        sign = "−" if value < 0 else ""
        return f"{sign}{power_of_ten(round(log10(abs(value))))}"
    factor, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{factor.replace('-', '−')} × {power_of_ten(int(exponent))}"
