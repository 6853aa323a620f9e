"""The printed plan as PDF: `render` a Document, get bytes and the page of everything in it."""

from exporters.pdf.fonts import FontChoice
from exporters.pdf.memory import Memory
from exporters.pdf.rendering import MissingCharacter, PdfFile, Progress, paginate, render

__all__ = ["FontChoice", "Memory", "MissingCharacter", "PdfFile", "Progress", "paginate", "render"]
