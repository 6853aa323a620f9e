"""Stock reportlab: platypus with its own Chinese paragraphs, tables, contents and charts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import paper
from content import FIGURE_COLUMNS, WIDTHS, Chart, Content, Heading, Picture, Text
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)
from reportlab.platypus.tableofcontents import TableOfContents

_MM = paper.POINTS_PER_MM
_WIDTH, _HEIGHT = (side * _MM for side in paper.PAGE_MM)
_COLOURS = (colors.HexColor("#1f4e79"), colors.HexColor("#c55a11"), colors.HexColor("#7f7f7f"))


def _style(name: str, size: float, line: float, **rest: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, **{"fontName": "body", "fontSize": size, "leading": line, "wordWrap": "CJK", **rest}
    )


_BODY = _style("body", paper.SIZE_PT, paper.LINE_PT, firstLineIndent=2 * paper.SIZE_PT)
_HEADINGS = {
    level: _style(
        f"heading{level}",
        paper.SIZE_PT,
        paper.LINE_PT,
        fontName="head",
        firstLineIndent=2 * paper.SIZE_PT,
        keepWithNext=1,
    )
    for level in (1, 2)
}
_CAPTION = _style("caption", 12, 20, fontName="head", alignment=TA_CENTER)
_CELL = _style("cell", paper.TABLE_SIZE_PT, paper.TABLE_LINE_PT)
_NUMBER = _style("number", paper.TABLE_SIZE_PT, paper.TABLE_LINE_PT, alignment=TA_RIGHT)
_HEAD = _style(
    "head", paper.TABLE_SIZE_PT, paper.TABLE_LINE_PT, fontName="head", alignment=TA_CENTER
)


class _Template(BaseDocTemplate):
    """Tells the contents of each heading, as reportlab's guide does."""

    def afterFlowable(self, flowable: Flowable) -> None:
        style = getattr(flowable, "style", None)
        if style in _HEADINGS.values():
            level = int(style.name[-1]) - 1
            text = flowable.getPlainText()
            key = f"h{self.seq.nextf('heading')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level)
            self.notify("TOCEntry", (level, text, self.page, key))


def make(content: Content, folder: Path, target: Path) -> None:
    """The PDF, in as many passes as the contents need."""
    pdfmetrics.registerFont(TTFont("body", str(paper.BODY_FILE)))
    pdfmetrics.registerFont(TTFont("head", str(paper.HEAD_FILE)))
    template = _Template(str(target), pagesize=(_WIDTH, _HEIGHT), title=content.title)
    template.addPageTemplates([_page("upright"), _page("turned", is_turned=True)])
    template.multiBuild(list(_story(content, folder)))


def _page(name: str, *, is_turned: bool = False) -> PageTemplate:
    width, height = (_HEIGHT, _WIDTH) if is_turned else (_WIDTH, _HEIGHT)
    left, right, top, bottom = (
        side * _MM for side in (paper.LEFT_MM, paper.RIGHT_MM, paper.TOP_MM, paper.BOTTOM_MM)
    )
    if is_turned:
        left, right, top, bottom = top, bottom, left, right
    frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)

    def number(canvas: object, document: BaseDocTemplate) -> None:
        canvas.setFont("body", 14)
        canvas.drawCentredString(width / 2, bottom - 10 * _MM, f"— {document.page} —")

    return PageTemplate(name, [frame], onPage=number, pagesize=(width, height))


def _story(content: Content, folder: Path) -> Iterator[Flowable]:
    yield Paragraph("目录", _CAPTION)
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [_style(f"toc{level}", 14, 22) for level in (1, 2)]
    yield contents
    yield PageBreak()
    number = 0
    for block in content.blocks:
        match block:
            case Heading():
                yield Paragraph(_escaped(block.number + block.text), _HEADINGS[block.level])
            case Text():
                yield Paragraph(_escaped(block.text), _BODY)
            case Chart() | Picture():
                number += 1
                caption = Paragraph(_escaped(f"图{number} {block.title}"), _CAPTION)
                yield KeepTogether([_figure(block, folder), caption])
    yield NextPageTemplate("turned")
    yield PageBreak()
    yield Paragraph(content.table_title, _CAPTION)
    yield _table(content)


def _figure(block: Chart | Picture, folder: Path) -> Flowable:
    width = paper.FIGURE_WIDTH_MM * _MM
    if isinstance(block, Chart):
        return _chart(block)
    return Image(str(folder / block.file), width, width * block.height / block.width)


def _chart(chart: Chart) -> Drawing:
    drawing = Drawing(paper.FIGURE_WIDTH_MM * _MM, 232)
    bars = VerticalBarChart()
    bars.x, bars.y, bars.width, bars.height = 40, 30, 380, 180
    bars.data = [values for _, values in chart.series]
    bars.categoryAxis.categoryNames = list(chart.categories)
    bars.categoryAxis.labels.fontName = bars.valueAxis.labels.fontName = "head"
    bars.valueAxis.valueMin, bars.valueAxis.valueMax, bars.valueAxis.valueStep = 0, 100, 20
    bars.valueAxis.visibleGrid = True
    for number, colour in enumerate(_COLOURS):
        bars.bars[number].fillColor = colour
    drawing.add(bars)
    return drawing


def _table(content: Content) -> LongTable:
    room = (paper.PAGE_MM[1] - paper.TOP_MM - paper.BOTTOM_MM) * _MM
    rows = [[Paragraph(_escaped(cell), _HEAD) for cell in content.head]]
    rows += (
        [
            Paragraph(_escaped(cell), _NUMBER if at in FIGURE_COLUMNS else _CELL)
            for at, cell in enumerate(row)
        ]
        for row in content.rows
    )
    widths = [room * width / sum(WIDTHS) for width in WIDTHS]
    lines = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
    return LongTable(rows, widths, repeatRows=1, style=lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
