"""The printed plan as PDF: `render` a Document, get bytes and the page of everything in it."""

from exporters.pdf.drawings import drawing_png
from exporters.pdf.fonts import FontChoice
from exporters.pdf.memory import Memory
from exporters.pdf.missing import MissingCharacter, MissingPlace
from exporters.pdf.rendering import PdfFile, Progress, missing_characters, paginate, render

__all__ = [
    "FontChoice",
    "Memory",
    "MissingCharacter",
    "MissingPlace",
    "PdfFile",
    "Progress",
    "drawing_png",
    "missing_characters",
    "paginate",
    "render",
]
