"""The chapters as they are written: what the table of contents lists, and the cells and equations of each."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

EQUATION = re.compile(r"^\$\$(?P<tex>.*?)\$\$[ ]*(?:\((?P<label>[\w-]+)\))?", re.DOTALL | re.MULTILINE)
TAG = re.compile(r"\\tag\{([^{}]+)\}")


@dataclass(frozen=True)
class Equation:
    """A displayed equation: its TeX, the label (None without) and the paper's number (None for the book's own)."""

    tex: str
    label: str | None
    tag: str | None


@dataclass(frozen=True)
class Chapter:
    """One MyST notebook."""

    file: Path

    @property
    def name(self) -> str:
        """File name without its ending: "01-tls-model"."""
        return self.file.stem

    @cached_property
    def text(self) -> str:
        """The file as it is."""
        return self.file.read_text("utf8")

    @cached_property
    def cells(self) -> list[NotebookNode]:
        """Cells as Jupyter sees them."""
        return jupytext.reads(self.text, fmt="md:myst").cells

    @property
    def code_cells(self) -> list[NotebookNode]:
        """Cells that run."""
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @property
    def prose(self) -> list[str]:
        """What is read: Markdown cells, then the captions of figures."""
        figures = [cell.metadata.get("mystnb", {}).get("figure", {}) for cell in self.code_cells]
        captions = [figure["caption"] for figure in figures if "caption" in figure]
        return [cell.source for cell in self.cells if cell.cell_type == "markdown"] + captions

    @cached_property
    def equations(self) -> list[Equation]:
        """Displayed equations in reading order."""
        prose = [cell.source for cell in self.cells if cell.cell_type == "markdown"]
        found = [match for source in prose for match in EQUATION.finditer(source)]
        return [Equation(m["tex"].strip(), m["label"], next(iter(TAG.findall(m["tex"])), None)) for m in found]


def table_of_contents(root: Path) -> list[str]:
    """Files of `_toc.yml` in reading order, without ending, the front page first."""
    front = parse_toc_yaml(root / "_toc.yml").root
    names = [name for part in front.subtrees for name in part.items]  # of files, or patterns
    found = [sorted(root.glob(f"{name}.md")) for name in names]
    return [front.docname, *(file.relative_to(root).with_suffix("").as_posix() for files in found for file in files)]


def chapters(root: Path) -> list[Chapter]:
    """Chapters of the book in `root`, in reading order."""
    return [Chapter(root / f"{file}.md") for file in table_of_contents(root)]
