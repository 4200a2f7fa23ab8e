"""Curves with their standard errors as bands, drawn the same way in every figure."""

import numpy as np

from tlsglass.figures.style import ERROR_BAND_ALPHA


def with_band(axes, x, y, error, line="-", *, colour, label=None, logarithmic=False):
    """Draw `y` against `x`, and plus and minus one standard error around it.

    On logarithmic axes the band ends at a tenth of `y`: below, it would reach to minus infinity.
    """
    low = np.maximum(y - error, y / 10) if logarithmic else y - error
    axes.plot(x, y, line, color=colour, label=label)
    axes.fill_between(x, low, y + error, color=colour, alpha=ERROR_BAND_ALPHA, linewidth=0)


def known_part(axes, curve, line="-", *, colour, label=None, errors=1, unit=1.0, factor=1.0):
    """Draw a curve on logarithmic axes where its mean exceeds so many standard errors; time and mean over units."""
    seen = curve.mean > errors * curve.stderr
    t, mean, error = curve.time[seen] / unit, factor * curve.mean[seen], factor * curve.stderr[seen]
    with_band(axes, t, mean, error, line, colour=colour, label=label, logarithmic=True)
