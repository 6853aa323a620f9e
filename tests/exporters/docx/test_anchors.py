"""Reading edits back: each printed value is found by its control, its bookmark and its row."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from exporters.document import (
    Cell,
    Column,
    Document,
    PageMap,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
)
from exporters.docx import render
from exporters.docx.anchors import control_tag, row_bookmark, value_bookmark
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile, w

VALUES = {
    "park/seat": "青石市",
    "park/area": "12.50",
    "projects/list/p1/name": "余热回收改造",
    "projects/list/p1/invest": "1250.50",
    "projects/list/p2/name": "中水回用\n（二期）",
    "projects/list/p2/invest": "980.00",
    "projects/list/p2/green": "120.00",
}
LONG = "sections/" + "very-long-name/" * 8 + "2026"


def of(*blocks) -> WordFile:
    return WordFile(render(Document("题", (Part(PartRole.BODY, blocks),)), PageMap()))


@pytest.fixture(scope="module")
def word() -> WordFile:
    volume_document = volume.document()
    return WordFile(render(volume_document, volume.page_map(volume_document)))


def test_that_each_value_stands_in_one_control_with_its_address(word):
    assert dict(word.controls) == VALUES
    assert len(word.controls) == len(VALUES)


def test_that_each_value_stands_in_one_bookmark_made_from_its_address(word):
    found = [(name, text) for name, text in word.bookmarks if name.startswith("v_")]
    expected = {value_bookmark(address): text for address, text in VALUES.items()}
    assert dict(found) == expected | {value_bookmark("projects/list/p1/green"): ""}
    assert len(found) == len(expected) + 1


def test_that_an_empty_value_has_a_bookmark_and_no_control_for_word_to_prompt_in(word):
    assert (value_bookmark("projects/list/p1/green"), "") in word.bookmarks
    assert "projects/list/p1/green" not in dict(word.controls)


def test_that_a_row_is_found_by_the_bookmark_of_its_key(word):
    assert dict(word.bookmarks)[row_bookmark("p2")] == "2"


def test_that_the_plan_and_the_export_are_named_in_the_properties(word):
    assert word.properties == {"plan_id": "plan-0001", "export_id": "export-0001"}


def test_that_names_and_ids_are_used_once_and_are_valid(word):
    names = [name for name, _ in word.bookmarks]
    starts = [each.get(w("id")) for each in word.document.iter(w("bookmarkStart"))]
    controls = [each.get(w("val")) for each in word.document.iter(w("id"))]
    for found in (names, starts, controls):
        assert [each for each, count in Counter(found).items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)


def test_that_a_value_printed_twice_has_two_controls_and_two_bookmarks():
    word = of(*(Paragraph((Run("5", address="a/b"),)) for _ in range(2)))
    assert word.controls == [("a/b", "5"), ("a/b", "5")]
    name = value_bookmark("a/b")
    assert word.bookmarks == [(name, "5"), (f"{name}_2", "5")]


def test_that_an_address_too_long_for_word_is_kept_in_the_properties():
    word = of(Paragraph((Run("5", address=LONG),)))
    tag = control_tag(LONG)
    assert word.controls == [(tag, "5")]
    assert len(tag) <= 64
    assert word.properties[tag] == LONG


def test_that_a_control_holds_text_of_any_kind_and_no_paragraph(word):
    for control in word.document.iter(w("sdt")):
        assert control.find(f"{w('sdtPr')}/{w('text')}") is None
        assert {each.tag for each in control.find(w("sdtContent"))} == {w("r")}


def test_that_a_row_key_and_a_value_share_the_first_cell():
    rows = (TableRow((Cell("甲", address="t/r/name"),), key="r"),)
    word = of(Table((Column(1),), (), rows))
    assert word.bookmarks == [(row_bookmark("r"), "甲"), (value_bookmark("t/r/name"), "甲")]
