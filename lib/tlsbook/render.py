"""MyST-NB renderer (entry point `tlsbook`) that gives images the text alternative found in the output's metadata."""

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer


class BookRenderer(NbElementRenderer):
    """Stock renderer, with `alt` from output metadata and one figure per cell."""

    def render_image(self, data: MimeData) -> list[nodes.Element]:
        """Image node with the `alt` of the output metadata.

        Once the cell's image is there, its figure options are taken away: MyST-NB would wrap every further output of
        the cell (the provenance line) in a second figure of the same name and caption.
        """
        images = super().render_image(data)
        alt = data.output_metadata.get(data.mime_type, {}).get("alt")
        if alt:
            images[0]["alt"] = alt
        data.cell_metadata.get("mystnb", {}).pop("figure", None)
        return images
