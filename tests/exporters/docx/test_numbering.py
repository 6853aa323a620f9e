"""Numbers of headings, lists and captions: Word counts them, and prints what the plan says."""

from __future__ import annotations

import pytest

from exporters.document import (
    Caption,
    Document,
    Heading,
    ListBlock,
    PageMap,
    Part,
    PartRole,
    Run,
)
from exporters.docx import render
from exporters.docx.numbering import chinese_number
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile, w


def of(*blocks, role: PartRole = PartRole.BODY) -> WordFile:
    return WordFile(render(Document("题", (Part(role, blocks),)), PageMap()))


def headings(*numbers: str) -> list[Heading]:
    levels = {"、": 1, "）": 2, ".": 3}
    return [
        Heading(
            4
            if number[:-1].strip("（").isdigit() and number.endswith("）")
            else levels[number[-1]],
            number,
            "题",
            number,
        )
        for number in numbers
    ]


def typed(word: WordFile) -> list[str]:
    return [
        line.text
        for line in word.lines
        if line.style.startswith("heading ") and line.element.find(f".//{w('numPr')}") is not None
    ]


def test_that_consecutive_headings_are_counted_by_word():
    numbers = (
        "一、",
        "（一）",
        "1.",
        "（1）",
        "（2）",
        "2.",
        "（1）",
        "（二）",
        "1.",
        "二、",
        "（一）",
    )
    word = of(*headings(*numbers))
    assert [text for _, text in word.headings] == [f"{number}题" for number in numbers]
    assert typed(word) == []


def test_that_chapters_beyond_twenty_are_counted_too():
    word = of(*(Heading(1, f"{chinese_number(n)}、", "章", str(n)) for n in range(1, 31)))
    assert word.headings[20] == (1, "二十一、章")
    assert typed(word) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("一、", "三、", "二、"), ["三、题"]),
        (("一、", "1.", "（一）"), ["1.题"]),
        (("二、", "（一）"), ["二、题", "（一）题"]),
    ],
)
def test_that_an_unexpected_number_is_typed_and_the_count_goes_on(numbers, expected):
    word = of(*headings(*numbers))
    assert [text for _, text in word.headings] == [f"{number}题" for number in numbers]
    assert typed(word) == expected


def test_that_a_heading_without_number_gets_none():
    word = of(Heading(1, "", "前言", "a"), Heading(1, "一、", "概况", "b"))
    assert [text for _, text in word.headings] == ["前言", "一、概况"]


def test_that_headings_of_an_annex_are_typed():
    word = of(*headings("一、", "（一）"), role=PartRole.ANNEX)
    assert typed(word) == ["一、题", "（一）题"]


def test_that_a_typed_heading_keeps_its_two_character_indent():
    [line] = (line for line in of(*headings("九、")).lines if line.text)
    assert line.element.find(f".//{w('ind')}").get(w("firstLineChars")) == "200"


def test_that_each_ordered_list_starts_at_one():
    block = ListBlock(((Run("甲"),), (Run("乙"),)), ordered=True)
    word = of(block, ListBlock(((Run("点"),),)), block)
    assert [line.text for line in word.lines] == ["1. 甲", "2. 乙", "• 点", "1. 甲", "2. 乙"]


def test_that_captions_are_counted_by_chapter_and_print_their_label():
    labels = ("图1-1", "图1-2", "图2-1", "附图1", "图2-4", "图2-2", "示意图")
    blocks = [volume.figure(Caption(label, "名称", label)) for label in labels]
    word = of(*blocks)
    printed = [line.text for line in word.lines if line.style == "公文图题"]
    assert printed == [f"{label} 名称" for label in labels]
    assert word.fields == [
        rf"SEQ {sequence} \* ARABIC" for sequence in ("图1", "图1", "图2", "附图", "图2")
    ]


def test_that_a_captions_label_can_be_referred_to():
    word = of(volume.figure(Caption("图3-1", "名称", "anchor")))
    [(name, text)] = word.bookmarks
    assert name.startswith("_Ref")
    assert text == "图3-1"


@pytest.mark.parametrize(
    ("number", "printed"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_that_chinese_numbers_are_written_as_word_writes_them(number, printed):
    assert chinese_number(number) == printed
