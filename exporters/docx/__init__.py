"""Word files: the printed plan as a .docx with styles, numbering, contents and anchors."""

from exporters.docx.drawn import FigureForm
from exporters.docx.layout import Layout, lay_out
from exporters.docx.rendering import render

__all__ = ["FigureForm", "Layout", "lay_out", "render"]
