"""Show a figure with a text alternative: in the book, in Jupyter and in anything else that displays a notebook."""

import base64
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython.display import HTML, display
from matplotlib.figure import Figure

from tlsbook.narrow import make_narrow
from tlsbook.provenance import provenance_line

PNG_DPI = 110  # points per inch of a PNG as shown; it is drawn with twice as many (retina)


def show(fig: Figure, alt: str, *, provenance=None, dense: bool = False) -> None:
    """Display a matplotlib figure with its text alternative, and close it.

    The text travels in the output's metadata, under the key that nbconvert reads too, and so does a narrow twin of the
    figure for phones (:mod:`tlsbook.narrow`); `tlsbook.render` puts both on the page.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        What to show. Its background becomes white.
    alt : str
        One or two sentences that say what the figure shows, with the computed numbers in them. Spaces and line breaks
        are collapsed.
    provenance : object, optional
        Record of where the numbers come from, shown as a line under the figure; see `tlsbook.provenance`.
    dense : bool
        True for very many points: a PNG with two pixels per point instead of SVG.

    Raises
    ------
    ValueError
        If `alt` is empty or `fig` is no figure.
    """
    if not isinstance(fig, Figure):
        raise ValueError(f"fig = {fig!r} is not allowed: it must be a matplotlib Figure")
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt = {alt!r} is not allowed: it must be a sentence that says what the figure shows")
    alt = " ".join(alt.split())
    line = None if provenance is None else provenance_line(provenance)
    draw = _png if dense else _svg
    mime, content, size = draw(fig)
    narrow = {"narrow": draw(fig)[1]} if make_narrow(fig) else {}
    plt.close(fig)
    display({mime: content, "text/plain": alt}, metadata={mime: {"alt": alt, **size, **narrow}}, raw=True)
    if line:
        display(HTML(line))


def _svg(fig):
    file = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "tlsglass"}):  # the same figure gives the same bytes
        fig.savefig(file, format="svg", facecolor="white", bbox_inches="tight", metadata={"Date": None})
    return "image/svg+xml", file.getvalue(), {}


def _png(fig):
    file = io.BytesIO()
    fig.savefig(
        file, format="png", facecolor="white", bbox_inches="tight", dpi=2 * PNG_DPI, metadata={"Software": None}
    )
    png = file.getvalue()
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))  # IHDR
    return "image/png", base64.b64encode(png).decode(), {"width": width // 2, "height": height // 2}
