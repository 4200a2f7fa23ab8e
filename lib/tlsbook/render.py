"""MyST-NB renderer (entry point `tlsbook`): images get their text alternative, and drawings a dark twin.

Both are made when a page is, from what the notebook holds: notebooks and caches stay as they are.
"""

from dataclasses import replace

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from tlsbook.dark import dark_svg


class BookRenderer(NbElementRenderer):
    """Stock renderer, with `alt` from output metadata, one figure per cell, and SVGs for light and for dark pages."""

    def render_image(self, data: MimeData) -> list[nodes.Element]:
        """Image nodes with the `alt` of the output metadata; of a light and a dark one the theme shows one.

        Once the cell's image is there, its figure options are taken away: MyST-NB would wrap every further output of
        the cell (the provenance line) in a second figure of the same name and caption.
        """
        images = super().render_image(data)
        alt = data.output_metadata.get(data.mime_type, {}).get("alt")
        if data.mime_type == "image/svg+xml":
            images[0]["classes"].append("only-light")
            images += super().render_image(replace(data, content=dark_svg(data.string)))
            images[-1]["classes"].append("only-dark")
        for image in images if alt else ():
            image["alt"] = alt
        data.cell_metadata.get("mystnb", {}).pop("figure", None)
        return images
