"""Plain python-docx: its own template and its public calls, as its documentation shows them."""

from __future__ import annotations

from pathlib import Path

import docx
import paper
from content import WIDTHS, Chart, Content, Heading, Picture, Text
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pictures import file_of


def make(content: Content, folder: Path, target: Path) -> None:
    """The Word file; contents are not to be had here."""
    document = docx.Document()
    look(document)
    number = 0
    for block in content.blocks:
        match block:
            case Heading():
                document.add_heading(block.number + block.text, block.level)
            case Text():
                document.add_paragraph(block.text)
            case Chart() | Picture():
                number += 1
                file = (
                    file_of(folder, block, "png")
                    if isinstance(block, Chart)
                    else folder / block.file
                )
                document.add_picture(str(file), width=Mm(paper.FIGURE_WIDTH_MM))
                document.add_paragraph(f"图{number} {block.title}", "Caption")
    _annex(document, content)
    document.save(str(target))


def look(document: docx.document.Document) -> None:
    """The sheet and the styles."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, paper.PAGE_MM)
    section.left_margin, section.right_margin = Mm(paper.LEFT_MM), Mm(paper.RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(paper.TOP_MM), Mm(paper.BOTTOM_MM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = paper.BODY_FONT, Pt(paper.SIZE_PT)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), paper.BODY_FONT)
    normal.paragraph_format.line_spacing = Pt(paper.LINE_PT)
    normal.paragraph_format.space_after = Pt(0)
    cell = document.styles.add_style("Cell", 1)
    cell.font.size = Pt(paper.TABLE_SIZE_PT)
    cell.paragraph_format.line_spacing = Pt(paper.TABLE_LINE_PT)
    document.styles["Caption"].paragraph_format.line_spacing = 1.0


def _annex(document: docx.document.Document, content: Content) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = reversed(tuple(map(Mm, paper.PAGE_MM)))
    section.left_margin, section.right_margin = Mm(paper.TOP_MM), Mm(paper.BOTTOM_MM)
    section.top_margin, section.bottom_margin = Mm(paper.LEFT_MM), Mm(paper.RIGHT_MM)
    document.add_paragraph(content.table_title)
    table = document.add_table(rows=0, cols=len(content.head), style="Table Grid")
    table.autofit = False
    room = paper.PAGE_MM[1] - paper.TOP_MM - paper.BOTTOM_MM
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(room * width / sum(WIDTHS))
    style = document.styles["Cell"]
    for row in (content.head, *content.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(text)
