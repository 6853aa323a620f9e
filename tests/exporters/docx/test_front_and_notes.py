"""What a bound volume needs in Word: lists, references, footnotes, seal, watermark, odd starts."""

from __future__ import annotations

import pytest

from exporters.document import (
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    Listed,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
    SealBox,
    Table,
    TableRow,
    TextRole,
)
from exporters.docx import render
from tests.exporters.docx.reading import WordFile, text_of, w

TABLE = Table((Column(1),), (), (TableRow((Cell("1"),)),), Caption("表1-1", "产值", "t1"))
RUNS = (
    Run("产值见"),
    Run("表1-1", target="t1"),
    Run("，另见"),
    Run("一、", target="h1"),
    Run("，口径按年报", note="统计年鉴<第三章>。"),
    Run("执行", note="环境公报。"),
    Run("，见", target="nowhere"),
)


@pytest.fixture(scope="module")
def word() -> WordFile:
    front = (
        Contents("表目录", listed=Listed.TABLES),
        Contents("图目录", listed=Listed.FIGURES),
        SealBox("（公章）", width_mm=50, height_mm=40),
    )
    text = (Heading(1, "一、", "概况", "h1"), Paragraph(RUNS), TABLE)
    parts = (
        Part(PartRole.FRONT, front),
        Part(PartRole.BODY, text, start=PartStart.ODD),
    )
    keywords = ("循环化", "园区")
    return WordFile(render(Document("题", parts, watermark="征求意见稿", keywords=keywords)))


def test_that_the_list_of_tables_names_each_with_its_page_and_can_be_refreshed(word):
    assert word.contents == [("表1-1 产值", "1")]
    assert 'TOC \\h \\z \\t "公文表题,5"' in word.fields
    assert not any('"公文图题' in each for each in word.fields)


def test_that_word_keeps_up_the_label_of_a_table_named_in_text(word):
    (name,) = [name for name, _ in word.bookmarks if name.startswith("_Ref")]
    assert rf"REF {name} \h" in word.fields
    paragraph = next(line for line in word.lines if line.text.startswith("产值见"))
    assert paragraph.text == "产值见表1-1，另见一、，口径按年报执行，见"


def test_that_a_heading_named_in_text_is_led_to(word):
    (link,) = [
        each
        for each in word.document.iter(w("hyperlink"))
        if each.get(w("anchor")).startswith("_Toc")
    ]
    assert text_of(link) == "一、"


def test_that_each_footnote_stands_with_its_mark_and_starts_anew_on_a_page(word):
    notes = word.tree("word/footnotes.xml")
    texts = [text_of(each) for each in notes.iter(w("footnote"))]
    assert texts == ["", "", " 统计年鉴<第三章>。", " 环境公报。"]
    marks = [each.get(w("id")) for each in word.document.iter(w("footnoteReference"))]
    assert marks == ["1", "2"]
    numbering = word.tree("word/settings.xml").find(w("footnotePr"))
    assert numbering.find(w("numRestart")).get(w("val")) == "eachPage"
    assert numbering.find(w("numFmt")).get(w("val")) == "decimalEnclosedCircleChinese"


def test_that_the_place_for_the_seal_has_its_size_and_says_what_goes_there(word):
    box = next(word.document.iter(w("tbl")))
    assert text_of(box) == "（公章）"
    height = box.find(f".//{w('trHeight')}")
    assert (height.get(w("hRule")), int(height.get(w("val")))) == ("exact", 2268)
    assert int(box.find(f"{w('tblGrid')}/{w('gridCol')}").get(w("w"))) == 2835


def test_that_a_part_for_a_right_hand_page_starts_on_one(word):
    types = [each.find(w("type")).get(w("val")) for each in word.document.iter(w("sectPr"))]
    assert types == ["nextPage", "oddPage"]


def test_that_a_draft_says_so_behind_the_text_of_every_page(word):
    header = word.parts["word/header1.xml"].decode()
    assert 'string="征求意见稿"' in header
    for section in word.document.iter(w("sectPr")):
        kinds = [each.get(w("type")) for each in section.findall(w("headerReference"))]
        assert kinds == ["even", "default"]


def test_that_a_plan_without_draft_mark_or_notes_has_no_part_for_them():
    parts = (Part(PartRole.BODY, (Paragraph((Run("文"),), TextRole.BODY),)),)
    names = WordFile(render(Document("题", parts))).names
    assert not any("header" in name or "footnotes" in name for name in names)


def test_that_the_keywords_stand_in_the_properties(word):
    assert "<cp:keywords>循环化；园区</cp:keywords>" in word.parts["docProps/core.xml"].decode()
