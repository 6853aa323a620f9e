"""What the plan stores and what a document holds are the same text, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from forms.inline.footnotes import PlacedNote
from forms.kinds import Narrative
from forms.live_figures import Placed
from forms.reading import read_value
from ui.prose.putting import absorb_marks, insert_prose, replace_prose
from ui.prose.text import CHIP, Said, blocks, chips, letters, stored_text

MARKS = (
    "{{kinds/output}}",
    "{{kinds/output|亿元,2}}",
    "{{works/list/p1/invest/2024|,0}}",
    "{{ wrong }}",
    "{{kinds/output",
    "}}",
    "{{{kinds/area}}}",
    "{{kinds/area|坏,写,法}}",
    "{{@kinds}}",
    "{{@坏 的}}",
    "^[脚注]",
    "^[共{{kinds/output}}，见[附件]]",
    "^[",
    "[",
    "]",
    "\\",
    "^[一\\]二]",
)
LINES = (
    "# ",
    "\n# 标题\n",
    "\n  ###　小标题 \n",
    "\n- 甲\n",
    "\n-\t乙\n\n-  丙\n",
    "\n1. 一\n2. 二\n",
    "\n1.  一\n\n2. 二\n4. 四\n1. 又一\n",
    "\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
    "\n |甲\n|:-:\n",
    "\n![园区](" + "0" * 64 + ")\n",
    "|",
)
PIECES = st.lists(st.text(max_size=12) | st.sampled_from((*MARKS, *LINES, "\n", CHIP, "😀园")))


def look(mark):
    if isinstance(mark, PlacedNote):
        return Said(f"（注：{mark.note.text}）", "注", is_raised=True)
    is_whole = mark.figure if isinstance(mark, Placed) else mark.reference
    return Said("12.3亿元", "12.3亿元") if is_whole else Said("【缺】", "！缺", "写法有误。")


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
    for block in blocks(document):
        absorb_marks(block, look)

    assert document.toPlainText() == f"😀产值{CHIP}。{{{{不是}}}}"
    assert stored_text(document) == "😀产值{{kinds/output}}。{{不是}}"


def test_that_a_note_typed_around_a_figure_keeps_the_figure():
    document = document_of("^[共{{kinds/output}}")
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("]")
    for block in blocks(document):
        absorb_marks(block, look)

    assert document.toPlainText() == CHIP
    assert stored_text(document) == "^[共{{kinds/output}}]"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028", "\u2029"])
def test_that_every_sort_of_line_end_is_stored_as_one(pack, ends):
    assert read_value(pack, Narrative(), f"一{ends}二") == "一\n二"
