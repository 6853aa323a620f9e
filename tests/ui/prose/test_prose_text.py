"""What the plan stores and what a document holds are the same text, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from forms.kinds import Narrative
from forms.live_figures import Shown
from forms.reading import read_value
from ui.prose.text import (
    CHIP,
    absorb_marks,
    chips,
    insert_prose,
    letters,
    replace_prose,
    stored_text,
)

MARKS = (
    "{{kinds/output}}",
    "{{kinds/output|亿元,2}}",
    "{{works/list/p1/invest/2024|,0}}",
    "{{ wrong }}",
    "{{kinds/output",
    "}}",
    "{{{kinds/area}}}",
    "{{kinds/area|坏,写,法}}",
)
PIECES = st.lists(st.text(max_size=12) | st.sampled_from((*MARKS, "\n", "# ", "- ", CHIP, "😀园")))


def look(placed):
    return Shown("12.3", "亿元") if placed.figure else Shown("", "", "写法有误。")


def document_of(text):
    document = QTextDocument()
    insert_prose(QTextCursor(document), text, look)
    return document


def storable(pack, pieces):
    """The text as the plan would take it."""
    text = "".join(pieces).encode("utf-8", "ignore").decode()
    return str(read_value(pack, Narrative(), text) or "")


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_that_any_text_comes_back_exactly(pack, pieces):
    text = storable(pack, pieces)

    assert stored_text(document_of(text)) == text


@settings(max_examples=150, deadline=None)
@given(PIECES, PIECES)
def test_that_one_text_becomes_another_exactly(pack, before, after):
    document = document_of(storable(pack, before))
    text = storable(pack, after)
    replace_prose(document, text, look)

    assert stored_text(document) == text


def test_that_a_figure_is_one_character_and_reads_as_what_it_shows():
    document = document_of("产值😀{{kinds/output|亿元,1}}，增长。")

    assert document.toPlainText() == f"产值😀{CHIP}，增长。"
    (chip,) = chips(document)
    assert (chip.position, chip.mark, chip.words) == (4, "{{kinds/output|亿元,1}}", "12.3亿元")
    assert "".join(letter.char for letter in next(letters(document))) == "产值😀12.3亿元，增长。"


def test_that_replacing_a_text_touches_only_what_differs():
    document = document_of("甲{{kinds/output}}乙{{kinds/area}}丙")
    before, behind = QTextCursor(document), QTextCursor(document)
    before.setPosition(1)
    behind.setPosition(4)
    replace_prose(document, "甲{{kinds/output}}乙丁{{kinds/area}}丙", look)

    assert (before.position(), behind.position()) == (1, 5)


def test_that_a_mark_typed_letter_by_letter_becomes_a_figure():
    document = QTextDocument("😀产值{{kinds/output}}。{{不是}}")
    absorb_marks(document, look)

    assert document.toPlainText() == f"😀产值{CHIP}。{{{{不是}}}}"
    assert stored_text(document) == "😀产值{{kinds/output}}。{{不是}}"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028", "\u2029"])
def test_that_every_sort_of_line_end_is_stored_as_one(pack, ends):
    assert read_value(pack, Narrative(), f"一{ends}二") == "一\n二"
