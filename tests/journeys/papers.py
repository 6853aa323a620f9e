"""Reads back what was printed, by libraries that did not make it where there are any."""

from __future__ import annotations

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn


def words_of(path) -> str:
    """All words of a printed plan, whatever made it."""
    match path.suffix:
        case ".docx":
            body = docx.Document(str(path)).element.body
            return "".join(text.text or "" for text in body.iter(qn("w:t")))
        case ".pdf":
            document = pypdfium2.PdfDocument(path)
            words = "".join(page.get_textpage().get_text_range() for page in document)
            document.close()
            return words.replace("\r\n", "")
        case _:
            workbook = openpyxl.load_workbook(path)
            cells = (cell for sheet in workbook for row in sheet.values for cell in row)
            words = "\n".join(str(cell) for cell in cells if cell is not None)
            workbook.close()
            return words
