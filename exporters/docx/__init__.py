"""Word files: the printed plan as a .docx with styles, numbering, contents and anchors."""

from exporters.docx.layout import Layout, lay_out
from exporters.docx.rendering import render

__all__ = ["Layout", "lay_out", "render"]
