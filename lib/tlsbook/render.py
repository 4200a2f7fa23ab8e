"""MyST-NB renderer (entry point `tlsbook`): what cells show, as the pages show it.

Images get their text alternative, a narrow twin for phones, and drawings dark twins of both; tables are set. All is
made when a page is, from what the notebook holds: notebooks and caches stay as they are.
"""

from dataclasses import replace

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from tlsbook.dark import dark_svg
from tlsbook.tables import readable_table


class BookRenderer(NbElementRenderer):
    """Stock renderer, with `alt` from output metadata, one figure per cell, and twins of images; the page shows one."""

    def render_text_html(self, data: MimeData) -> list[nodes.Element]:
        """HTML as it is, except the tables of pandas."""
        return super().render_text_html(replace(data, content=readable_table(data.string)))

    def render_image(self, data: MimeData) -> list[nodes.Element]:
        """Image nodes with the `alt` of the output metadata.

        Once the cell's image is there, its figure options are taken away: MyST-NB would wrap every further output of
        the cell (the provenance line) in a second figure of the same name and caption.
        """
        metadata = data.output_metadata.get(data.mime_type, {})
        images = self._light_and_dark(data)
        if narrow := metadata.get("narrow"):
            small = self._light_and_dark(replace(data, content=narrow, output_metadata={}))
            for image, where in [
                *((image, "only-wide") for image in images),
                *((image, "only-narrow") for image in small),
            ]:
                image["classes"].append(where)
            images += small
        for image in images if "alt" in metadata else ():
            image["alt"] = metadata["alt"]
        data.cell_metadata.get("mystnb", {}).pop("figure", None)
        return images

    def _light_and_dark(self, data):
        images = super().render_image(data)
        if data.mime_type == "image/svg+xml":
            images[0]["classes"].append("only-light")
            images += super().render_image(replace(data, content=dark_svg(data.string)))
            images[-1]["classes"].append("only-dark")
        return images
