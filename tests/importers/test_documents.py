"""A Word document comes in as headings, paragraphs, lists, tables and pictures, in their order."""

from __future__ import annotations

import io

import pytest
from docx import Document
from PIL import Image

from importers.guard.deadline import Deadline
from importers.guard.package import open_package
from importers.prose import narrative_of, words_of
from importers.reading.word import read_words
from importers.received import Drawn, Grid, Item, Paragraph, Words
from tests.importers.packages import docx, paragraph


def read(content: bytes) -> Words:
    return read_words(open_package(content, "docx", Deadline(20_000)), 0)


def written(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_that_a_document_as_word_writes_it_comes_in_whole():
    document = Document()
    document.add_heading("一、概况", 1)
    document.add_paragraph("园区位于东部。")
    document.add_heading("（一）区位", 2)
    document.add_paragraph("距港口 20 公里", "List Bullet")
    document.add_paragraph("先做", "List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(1, 0).text, table.cell(1, 1).text = "甲", "1|2"
    picture = io.BytesIO()
    Image.new("RGB", (20, 10)).save(picture, "PNG")
    document.add_picture(picture)

    words = read(written(document))

    assert words.blocks == (
        Paragraph("一、概况", 1),
        Paragraph("园区位于东部。"),
        Paragraph("（一）区位", 2),
        Item("距港口 20 公里", ordered=False),
        Item("先做", ordered=True),
        Grid((("合计", ""), ("甲", "1|2"))),
        Drawn(0),
    )
    assert (words.pictures[0].width, words.pictures[0].height) == (20, 10)
    assert words.notes == ()


def test_that_a_narrative_keeps_their_order_and_marks():
    blocks = (
        Paragraph("概况", 1),
        Item("甲", ordered=True),
        Item("乙", ordered=True),
        Grid((("名称", "数|量"), ("甲", "1\n2"))),
        Drawn(0),
        Drawn(1),
    )

    assert narrative_of(blocks, {0: "a" * 64}).split("\n") == [
        "# 概况",
        "1. 甲",
        "2. 乙",
        "| 名称 | 数\\|量 |",
        "| --- | --- |",
        "| 甲 | 1 2 |",
        f"![]({'a' * 64})",
    ]


@pytest.mark.parametrize("text", ["{{projects/list/p1/cost}}", "^[注]", "![图](x)"])
def test_that_text_that_looks_like_a_mark_of_the_program_stays_text(text):
    taken = narrative_of((Paragraph(text),), {})

    assert text not in taken
    assert len(taken) == len(text)


LEFT_OUT = {
    "删除": (
        "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del></w:p>",
        "已删除",
    ),
    "隐藏": ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>", "隐藏的文字"),
    "文本框": (
        "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:r></w:p>",
        "文本框",
    ),
    "脚注": ('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', "脚注"),
    "外链图片": ('<w:p><w:r><a:blip r:link="x"/></w:r></w:p>', "文件之外的图片"),
    "嵌套表": (
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p/></w:tc></w:tr></w:tbl>",
        "嵌套的表格",
    ),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_that_what_is_left_out_has_a_line(what):
    body, words = LEFT_OUT[what]

    assert any(words in note.words for note in read(docx(body)).notes)


def test_that_field_codes_are_not_text_and_their_result_is():
    code = '<w:r><w:instrText>INCLUDETEXT "C:/x"</w:instrText></w:r>'
    body = f"<w:p>{code}<w:r><w:t>结果</w:t></w:r></w:p>"

    assert read(docx(body)).blocks == (Paragraph("结果"),)


def test_that_a_picture_that_cannot_be_used_is_left_out_and_told():
    body = '<w:p><w:r><a:blip r:embed="p"/></w:r></w:p>' + paragraph("后文")
    links = {"p": ("image", "media/a.png")}

    words = read(docx(body, links=links, parts={"word/media/a.png": b"<html>"}))

    assert words.blocks == (Paragraph("后文"),)
    assert "第 1 张图片没有取" in words.notes[0].words


def test_that_every_block_has_words_to_choose_it_by():
    blocks = (Paragraph("甲\n乙"), Item("丙", ordered=False), Grid((("丁", ""),)), Drawn(0))

    assert [words_of(block) for block in blocks] == ["甲 乙", "• 丙", "表格（1 行）：丁", "图片"]
