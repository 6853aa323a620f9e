"""Word files: the printed plan as a .docx with styles, numbering, contents and anchors."""

from exporters.docx.rendering import paginate, render

__all__ = ["paginate", "render"]
