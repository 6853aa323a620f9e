"""A small made-up plan with one of everything a renderer has to set; shared by its tests."""

from __future__ import annotations

import struct
import zlib

from exporters.document import (
    Align,
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    ListBlock,
    Orientation,
    PageBreak,
    PageMap,
    Paragraph,
    Part,
    PartRole,
    RowRole,
    Run,
    Table,
    TableRow,
    TextRole,
)

HOSTILE = (
    "<b>粗</b>",
    "产值&税收",
    "=1+1",
    "右\u200f到\u202e左",
    "空\x00字\x0b符",
    "标志🌱",
    "𬇙水河",
    "Poly" * 40,
    "]]>&amp;%s{0}",
    "他说“循环”——再生…",
    "  前后有空格  ",
)


def png(width: int = 40, height: int = 20) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\x00" + b"\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def paragraph(text: str, role: TextRole = TextRole.BODY) -> Paragraph:
    return Paragraph((Run(text),), role)


def row(*texts: str, role: RowRole = RowRole.NORMAL, key: str = "") -> TableRow:
    return TableRow(tuple(Cell(text) for text in texts), role, key)


def heading(level: int, number: str, text: str) -> Heading:
    return Heading(level, number, text, anchor=f"heading/{number}{text}")


def projects_table() -> Table:
    """Two head rows with spans, a group row, addresses, a total and notes."""
    head = (
        TableRow(
            (Cell("序号", rowspan=2), Cell("项目名称", rowspan=2), Cell("投资", colspan=2)),
        ),
        row("总投资", "其中：环保投资"),
    )
    body = (
        TableRow((Cell("一、资源循环利用", colspan=4),), RowRole.GROUP),
        TableRow(
            (
                Cell("1"),
                Cell("余热回收改造", address="projects/list/p1/name"),
                Cell("1250.50", address="projects/list/p1/invest"),
                Cell("", address="projects/list/p1/green"),
            ),
            key="p1",
        ),
        TableRow(
            (
                Cell("2"),
                Cell("中水回用\n（二期）", address="projects/list/p2/name"),
                Cell("980.00", address="projects/list/p2/invest"),
                Cell("120.00", address="projects/list/p2/green"),
            ),
            key="p2",
        ),
        TableRow((Cell("合计", colspan=2), Cell("2230.50"), Cell("120.00")), RowRole.TOTAL),
    )
    return Table(
        (Column(1, Align.CENTRE), Column(4), Column(2, Align.RIGHT), Column(2, Align.RIGHT)),
        head,
        body,
        Caption("表2-1", "重点项目", "table/projects"),
        unit="万元",
        notes=("注：投资按当年价格计。", "数据来源：园区统计年报。"),
    )


def wide_table(rows: int = 12) -> Table:
    years = tuple(str(year) for year in range(2016, 2026))
    return Table(
        (Column(3), *(Column(1, Align.RIGHT) for _ in years)),
        (row("指标", *years),),
        tuple(
            row(f"指标{number}", *(f"{number * 10 + place}.5" for place in range(len(years))))
            for number in range(1, rows + 1)
        ),
        Caption("附表1", "历年指标", "table/years"),
        unit="%",
    )


def figure(caption: Caption, width: int = 40, height: int = 20) -> Figure:
    return Figure(
        png(width, height), "image/png", width, height, caption, alt=f"{caption.text}示意"
    )


def front() -> Part:
    return Part(
        PartRole.FRONT,
        (
            paragraph("真实性承诺", TextRole.FRONT_TITLE),
            paragraph("本单位承诺所报材料真实、完整。"),
            paragraph("示例园区管理委员会", TextRole.SIGNATURE),
            paragraph("2026年3月1日", TextRole.SIGNATURE),
            PageBreak(),
            Contents(),
        ),
    )


def body() -> Part:
    return Part(
        PartRole.BODY,
        (
            heading(1, "一、", "园区概况"),
            heading(2, "（一）", "基本情况"),
            Paragraph(
                (
                    Run("示例园区位于", address=""),
                    Run("青石市", address="park/seat"),
                    Run("东部，规划面积"),
                    Run("12.50", strong=True, address="park/area"),
                    Run("平方公里，“十四五”以来工业总产值年均增长8.2%。"),
                )
            ),
            Paragraph(
                (Run("建设内容及规模：", strong=True), Run("新建中水管网十二公里。")),
                TextRole.LABELLED,
            ),
            heading(3, "1.", "区位条件"),
            heading(4, "（1）", "交通"),
            ListBlock(((Run("铁路专用线一条"),), (Run("内河码头两座"),)), ordered=True),
            ListBlock(((Run("邻近高速公路出口"),), (Run("距港口三十公里"),))),
            heading(4, "（2）", "水源"),
            heading(3, "2.", "资源条件"),
            heading(2, "（二）", "产业结构"),
            paragraph("主导产业为精细化工与新材料。" * 12),
            figure(Caption("图1-1", "区位图", "figure/seat"), 400, 150),
            heading(1, "二、", "重点任务"),
            heading(2, "（一）", "项目安排"),
            paragraph("重点项目见表2-1。"),
            projects_table(),
            paragraph("按期完成。"),
            heading(2, "（五）", "编号不连续的一节"),
            PageBreak(),
            heading(2, "（二）", "保障措施"),
            *(paragraph(text) for text in HOSTILE),
            Table(
                (Column(1), Column(1)),
                (row("字段", "内容"),),
                tuple(row(str(place), f"格{text}") for place, text in enumerate(HOSTILE)),
            ),
        ),
    )


def document() -> Document:
    return Document(
        title="示例园区循环化改造实施方案",
        author="示例园区管理委员会",
        subject="循环化改造",
        plan_id="plan-0001",
        export_id="export-0001",
        parts=(
            Part(
                PartRole.COVER,
                (
                    paragraph("示例园区循环化改造\n实施方案", TextRole.COVER_TITLE),
                    paragraph("示例园区管理委员会", TextRole.COVER_LINE),
                    paragraph("二〇二六年三月", TextRole.COVER_LINE),
                ),
            ),
            front(),
            body(),
            Part(
                PartRole.ANNEX,
                (
                    paragraph("附件1", TextRole.ANNEX_MARK),
                    paragraph("历年指标表", TextRole.ANNEX_TITLE),
                    wide_table(60),
                ),
                Orientation.LANDSCAPE,
            ),
            Part(
                PartRole.ANNEX,
                (
                    paragraph("附件2", TextRole.ANNEX_MARK),
                    paragraph("前期手续", TextRole.ANNEX_TITLE),
                    heading(1, "一、", "批复文件"),
                    paragraph("略。"),
                    figure(Caption("附图1", "批复影印件", "figure/approval"), 60, 80),
                ),
            ),
        ),
    )


def page_map(volume: Document) -> PageMap:
    """Made-up pages: the n-th heading stands on page n."""
    pages = tuple((each.anchor, str(page)) for page, each in enumerate(volume.headings(), 1))
    return PageMap(pages, count=len(pages))
