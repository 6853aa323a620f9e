"""fpdf2: cells and tables with its own contents; charts as PNG, for its SVG has no Chinese."""

from __future__ import annotations

from pathlib import Path

import paper
from content import FIGURE_COLUMNS, WIDTHS, Chart, Content, Heading, Picture, Text
from fpdf import FPDF
from fpdf.enums import Align, WrapMode
from fpdf.fonts import FontFace
from fpdf.outline import TableOfContents
from pictures import SIZE, file_of

_MM = paper.POINTS_PER_MM
_LINE_MM, _TABLE_LINE_MM = paper.LINE_PT / _MM, paper.TABLE_LINE_PT / _MM


class _Plan(FPDF):
    """Pages with their number."""

    def footer(self) -> None:
        self.set_y(-paper.BOTTOM_MM + 8)
        self.set_font("body", size=14)
        self.cell(0, 6, f"— {self.page_no()} —", align=Align.C)


def make(content: Content, folder: Path, target: Path) -> None:
    """The PDF."""
    plan = _Plan()
    plan.add_font("body", fname=str(paper.BODY_FILE))
    plan.add_font("head", fname=str(paper.HEAD_FILE))
    plan.set_margins(paper.LEFT_MM, paper.TOP_MM, paper.RIGHT_MM)
    plan.set_auto_page_break(True, paper.BOTTOM_MM)
    plan.add_page()
    plan.set_font("body", size=14)
    contents = TableOfContents()
    plan.insert_toc_placeholder(contents.render_toc, allow_extra_pages=True)
    _story(plan, content, folder)
    plan.set_margins(paper.TOP_MM, paper.LEFT_MM, paper.BOTTOM_MM)
    plan.set_auto_page_break(True, paper.RIGHT_MM)
    plan.add_page(orientation="landscape")
    _table(plan, content)
    plan.output(str(target))


def _story(plan: FPDF, content: Content, folder: Path) -> None:
    number = 0
    for block in content.blocks:
        match block:
            case Heading():
                plan.start_section(block.number + block.text, level=block.level - 1)
                _write(plan, "head", f"　　{block.number}{block.text}")
            case Text():
                _write(plan, "body", f"　　{block.text}")
            case Chart() | Picture():
                number += 1
                _figure(plan, block, folder, f"图{number} {block.title}")


def _write(plan: FPDF, font: str, text: str) -> None:
    plan.set_font(font, size=paper.SIZE_PT)
    plan.multi_cell(
        0,
        _LINE_MM,
        text,
        align=Align.J,
        wrapmode=WrapMode.CHAR,
        new_x="LMARGIN",
        new_y="NEXT",
    )


def _figure(plan: FPDF, block: Chart | Picture, folder: Path, title: str) -> None:
    if isinstance(block, Chart):
        file, (width, height) = file_of(folder, block, "png"), SIZE
    else:
        file, width, height = folder / block.file, block.width, block.height
    high = paper.FIGURE_WIDTH_MM * height / width
    if plan.will_page_break(high + 7):
        plan.add_page()
    plan.image(str(file), x=Align.C, w=paper.FIGURE_WIDTH_MM, h=high)
    plan.set_font("head", size=12)
    plan.cell(0, 7, title, align=Align.C, new_x="LMARGIN", new_y="NEXT")


def _table(plan: FPDF, content: Content) -> None:
    plan.set_font("head", size=12)
    plan.cell(0, 7, content.table_title, align=Align.C, new_x="LMARGIN", new_y="NEXT")
    plan.set_font("body", size=paper.TABLE_SIZE_PT)
    aligns = tuple(Align.R if at in FIGURE_COLUMNS else Align.L for at in range(len(WIDTHS)))
    with plan.table(
        (content.head, *content.rows),
        col_widths=WIDTHS,
        text_align=aligns,
        line_height=_TABLE_LINE_MM,
        padding=1,
        wrapmode=WrapMode.CHAR,
        headings_style=FontFace("head"),
    ):
        pass
