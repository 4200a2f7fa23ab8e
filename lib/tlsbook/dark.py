"""A dark twin of a matplotlib drawing: the same drawing with the lightness of every colour turned over."""

import colorsys
import re

PAPER, INK = 0.07, 0.90  # lightness of the theme's dark page, and of what was black
COLOUR = re.compile(r"#([0-9a-fA-F]{6})\b(?!\))")  # not the name of a part, as in url(#...)


def _turned(match: re.Match) -> str:
    """Turn one colour: white becomes the page, black the ink; hue and saturation stay."""
    red, green, blue = (int(match[1][k : k + 2], 16) / 255 for k in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb(hue, INK + (PAPER - INK) * lightness, saturation)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in turned)


def dark_svg(svg: str) -> str:
    """Return an SVG that matplotlib wrote, for a dark page.

    Raises
    ------
    ValueError
        If matplotlib did not write it: what is drawn first must be the white paper of the figure.
    """
    head, mark, body = svg.partition('<g id="figure_1">')
    if not mark or "fill: #ffffff" not in body:
        raise ValueError("svg is not allowed: it must be a drawing by matplotlib on white paper")
    body = COLOUR.sub(_turned, body.replace("fill: #ffffff", "fill: none", 1))
    ink = f"#{round(255 * INK):02x}" + 2 * f"{round(255 * INK):02x}"
    return f'{head}<g id="figure_1" fill="{ink}">{body}'  # black text carries no colour of its own
