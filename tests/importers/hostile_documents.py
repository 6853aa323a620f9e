"""Hostile documents: tables and texts out of all proportion, and what leads elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.importers.hostile import Hostile
from tests.importers.hostile_packages import in_package
from tests.importers.hostile_pictures import broken_png, huge_png
from tests.importers.packages import HEAD, WORD, docx, outward, paragraph, relations

_CELL = "<w:tc><w:p/></w:tc>"
_Made = Iterator[tuple[str, Callable[[], bytes]]]


def good(parts=None, outside="") -> bytes:
    """A small document as tricks start from it."""
    return docx(paragraph("第一段"), parts=parts, outside=outside)


def hostile_documents(canary: Path) -> Iterator[Hostile]:
    """Every hostile document."""
    yield from in_package("words", "docx", good, "word/document.xml", canary)
    for trick, make in _large():
        yield Hostile(f"docx: {trick}", f"{trick[:20]}.docx", make, "words", False)
    for trick, make in (*_odd(canary), *_pictures(canary)):
        yield Hostile(f"docx: {trick}", f"{trick[:20]}.docx", make, "words", True)


def _table(inner: str) -> str:
    return f"<w:tbl>{inner}</w:tbl>"


def _row(*inner: str) -> str:
    return f"<w:tr>{''.join(inner)}</w:tr>"


def _spanned(value: str, tag: str = "gridSpan") -> str:
    return f'<w:tc><w:tcPr><w:{tag} w:val="{value}"/></w:tcPr><w:p/></w:tc>'


def _large() -> _Made:
    for value in ("1000000000", "-1", "99999999999999999999", "x", "", "1e9", "101"):
        yield f"跨列{value}", lambda v=value: docx(_table(_row(_spanned(v))))
    yield (
        "行前空列",
        lambda: docx(_table('<w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr></w:tr>')),
    )
    yield "五十万段", lambda: docx("<w:p/>" * 500_000)
    yield "一百万片段", lambda: docx(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 1_000_000}</w:p>")
    yield "四十万单元格", lambda: docx(_table(_row(_CELL * 400_000)))
    yield "十万列", lambda: docx(_table(f"<w:tblGrid>{'<w:gridCol/>' * 100_000}</w:tblGrid>"))
    yield "表套一百层", lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60)
    yield "宽窄悬殊的表", lambda: docx(_table(_row(_spanned("100") * 100) + _row(_CELL) * 30_000))
    yield "一亿字", lambda: docx("".join(paragraph("字" * 900_000) for _ in range(20)))


def _odd(canary: Path) -> _Made:
    merged = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p/></w:tc>"
    yield (
        "五千行纵向合并",
        lambda: docx(
            _table(_row(merged.format(' w:val="restart"')) + _row(merged.format("")) * 5_000)
        ),
    )
    yield "全是纵向合并", lambda: docx(_table(_row(merged.format("")) * 3_000))
    yield (
        "表外的单元格",
        lambda: docx('<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p/></w:tc>'),
    )
    yield "表外的行", lambda: docx("<w:tr/>")
    yield "空表", lambda: docx("<w:tbl/>")
    yield (
        "段中段",
        lambda: docx("<w:p><w:r><w:t>外</w:t></w:r><w:p><w:r><w:t>内</w:t></w:r></w:p></w:p>"),
    )
    yield "段外的字", lambda: docx("<w:r><w:t>游离</w:t></w:r>")
    yield (
        "域代码",
        lambda: docx(f'<w:p><w:r><w:instrText>INCLUDETEXT "{canary}"</w:instrText></w:r></w:p>'),
    )
    yield (
        "动态交换域",
        lambda: docx('<w:p><w:r><w:instrText>DDEAUTO cmd "/c calc"</w:instrText></w:r></w:p>'),
    )
    yield (
        "插入整篇",
        lambda: docx(
            '<w:altChunk r:id="c"/>',
            links={"c": ("aFChunk", "../afchunk.html")},
            parts={"word/afchunk.html": f"<img src='{canary.as_uri()}'>"},
        ),
    )
    yield (
        "图文框外链",
        lambda: docx(
            "<w:p/>",
            outside=outward("f", "frame", str(canary)),
        ),
    )
    yield (
        "模板外链",
        lambda: good(
            parts={
                "word/settings.xml": f'{HEAD}<w:settings xmlns:w="{WORD}"/>',
                "word/_rels/settings.xml.rels": relations(
                    {},
                    outward("t", "attachedTemplate", canary.as_uri()),
                ),
            }
        ),
    )
    yield "宏", lambda: good(parts={"word/vbaProject.bin": bytes(900)})
    yield "控件", lambda: good(parts={"word/activeX/activeX1.bin": bytes(900)})
    yield (
        "样式互相为基",
        lambda: docx(
            paragraph("字", "a"),
            links={"y": ("styles", "styles.xml")},
            parts={
                "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{WORD}">'
                '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
            },
        ),
    )
    for level in ("-1", "99", "x", "9" * 40):
        yield (
            f"大纲级别{level[:5]}",
            lambda v=level: docx(
                f'<w:p><w:pPr><w:outlineLvl w:val="{v}"/><w:numPr><w:ilvl w:val="{v}"/>'
                f'<w:numId w:val="{v}"/></w:numPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>'
            ),
        )
    marks = (
        "{{baseline/energy/r7/2023}}", "^[注]", "# 标题", "| 甲 |\n|---|", "<b>粗</b>",
        "![图](" + "0" * 64 + ")", "\u202e反向", "=1+1", "<img src='file:///etc/passwd'>",
    )  # fmt: skip
    for text in marks:
        yield f"文字像标记{text[:6]}", lambda t=text: docx(paragraph(t))


def _pictures(canary: Path) -> _Made:
    blip = '<w:p><w:r><w:drawing><a:blip r:embed="p"/></w:drawing></w:r></w:p>'
    for trick, target, content in (
        ("图片指向上级", "../../etc/passwd", b""),
        ("图片指向主部件", "document.xml", b""),
        ("图片是网页", "media/a.png", b"<html>"),
        ("图片巨大", "media/a.png", huge_png(60_000, 60_000)),
        ("图片损坏", "media/a.png", broken_png()),
        ("图片是SVG", "media/a.svg", f"<svg><image href='{canary.as_uri()}'/></svg>".encode()),
        ("图片是EMF", "media/a.emf", b"\x01\x00\x00\x00" + bytes(500)),
    ):
        parts = {f"word/{target}": content} if content else {}
        yield trick, lambda t=target, p=parts: docx(blip, links={"p": ("image", t)}, parts=p)
    yield (
        "图片外链",
        lambda: docx(
            blip,
            outside=outward("p", "image", str(canary)),
        ),
    )
    yield (
        "图片链接",
        lambda: docx(
            '<w:p><w:r><a:blip r:link="p"/></w:r></w:p>',
            outside=outward("p", "image", canary.as_uri()),
        ),
    )
    yield (
        "两千张同一图片",
        lambda: docx(
            blip * 2_000,
            links={"p": ("image", "media/a.png")},
            parts={"word/media/a.png": broken_png()},
        ),
    )
