"""The printed plan as PDF: `render` a Document, get bytes and the page of everything in it."""

from exporters.pdf.drawings import drawing_png
from exporters.pdf.fonts import FontChoice
from exporters.pdf.rendering import MissingCharacter, PdfFile, Progress, paginate, render

__all__ = [
    "FontChoice",
    "MissingCharacter",
    "PdfFile",
    "Progress",
    "drawing_png",
    "paginate",
    "render",
]
