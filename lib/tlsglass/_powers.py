"""Powers of ten as text."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """Write a power of ten, "10⁻⁵", also where it is too small or too large for a float."""
    return "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
