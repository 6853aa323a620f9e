"""Reading rendered pages back, with two readers that know nothing of each other."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

import pikepdf
import pypdf
import pypdfium2

from exporters.document import (
    Block,
    Document,
    Orientation,
    Paragraph,
    Part,
    PartRole,
    Run,
    TextRole,
)
from exporters.pdf import FontChoice, PdfFile, render

MM = 72 / 25.4
BLANK_IN_CHINESE = re.compile("[一-龥] [一-龥]")


def rendered(*blocks: Block, orientation: Orientation = Orientation.PORTRAIT) -> PdfFile:
    """A body of these blocks, with the fonts that are the same on every machine."""
    part = Part(PartRole.BODY, blocks, orientation)
    return render(Document("测试方案", (part,)), fonts=FontChoice.bundled())


def paragraph(text: str, role: TextRole = TextRole.BODY) -> Paragraph:
    return Paragraph((Run(text),), role)


def pages_by_pypdf(file: PdfFile) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.content)).pages]


def pages_by_pdfium(file: PdfFile) -> list[str]:
    document = pypdfium2.PdfDocument(file.content)
    try:
        return [
            document[number].get_textpage().get_text_range().replace("\r\n", "\n")
            for number in range(len(document))
        ]
    finally:
        document.close()


def squashed(text: str) -> str:
    """Without blanks and line ends."""
    return "".join(text.split())


@dataclass(frozen=True)
class Sign:
    """A printed character with its box in millimetres from the upper left corner of the sheet."""

    text: str
    left: float
    right: float
    base: float


def signs_on(file: PdfFile, number: int) -> list[Sign]:
    """Characters of a page that carry no replacement text, where they stand."""
    document = pypdfium2.PdfDocument(file.content)
    try:
        page = document[number]
        height = page.get_height()
        text = page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            sign = text.get_text_range(at, 1)
            if sign.strip():
                left, bottom, right, _ = text.get_charbox(at, loose=True)
                found.append(Sign(sign, left / MM, right / MM, (height - bottom) / MM))
        return found
    finally:
        document.close()


def without_replacement_text(file: PdfFile) -> PdfFile:
    """The same pages without /ActualText, inside which pdfium knows no true places of signs."""
    pdf = pikepdf.open(io.BytesIO(file.content))
    for page in pdf.pages:
        kept = [
            instruction
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) not in {"BDC", "EMC"}
        ]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    target = io.BytesIO()
    pdf.save(target)
    return replace(file, content=target.getvalue())


def rows_of(signs: list[Sign]) -> list[list[Sign]]:
    """The signs line by line, downwards, each from left to right."""
    rows: dict[float, list[Sign]] = {}
    for sign in signs:
        rows.setdefault(round(sign.base, 1), []).append(sign)
    return [sorted(rows[base], key=lambda sign: sign.left) for base in sorted(rows)]
