"""Whatever is typed, pasted and deleted: what is seen is what is stored and what print reads."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.prose_lines import LineKind, is_blank, read_lines
from ui.prose.edit import ProseEdit
from ui.prose.shape import shape_of
from ui.prose.text import blocks, inset_in, stored_text

TABLE = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"
PICTURE = f"![图]({'0' * 64})"
PASTED = ("文字", TABLE, "# 题\n- 甲\n1. 乙", PICTURE, "{{kinds/output}}", "1. 一\n2. 二", "^[注]")
REPLACED = ("", "# 题\n文\n1. 甲", f"{TABLE}\n1. 甲\n2. 乙", "1. a\n\n2. b\n1. c")
WORDS = ("园", "（", "一", "）", "（一）", "1. 甲", "- ")
EDGES = (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
KINDS = (LineKind.TEXT, LineKind.HEADING, LineKind.BULLET, LineKind.NUMBERED)
STEPS = 25


def compose(edit, words):
    QApplication.sendEvent(edit, QInputMethodEvent("x", []))
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(edit, event)


def move(edit, chance, mode):
    cursor = edit.textCursor()
    cursor.setPosition(chance.randint(0, edit.document().characterCount() - 1), mode)
    edit.setTextCursor(cursor)


def act(edit, chance):
    """One thing somebody may do."""
    match chance.randint(0, 9):
        case 0 | 1 | 2:
            QTest.keyClick(edit, chance.choice("a- #1."))
        case 3:
            compose(edit, chance.choice(WORDS))
        case 4 | 5:
            QTest.keyClick(edit, chance.choice(EDGES))
        case 6:
            move(edit, chance, QTextCursor.MoveMode.MoveAnchor)
        case 7:
            move(edit, chance, QTextCursor.MoveMode.KeepAnchor)
        case 8:
            edit.paste_stored(chance.choice(PASTED))
        case _:
            edit.give_shape(chance.choice(KINDS))


def kind_seen(block):
    inset = inset_in(block)
    if inset is not None:
        return LineKind.TABLE if inset.is_table else LineKind.PICTURE
    kind = shape_of(block).kind
    return LineKind.TEXT if is_blank(block.text()) else kind  # an empty item is an empty line


@pytest.mark.parametrize("seed", range(60))
def test_that_what_is_seen_is_what_is_stored(session, qtbot, seed):
    chance = random.Random(seed)
    edit = ProseEdit(session, 3)
    qtbot.addWidget(edit)
    for step in range(STEPS):
        act(edit, chance)
        stored = edit.stored_text()
        assert stored == stored_text(edit.document()), step
        kinds = [line.kind for line in read_lines(stored)]
        assert kinds == [kind_seen(block) for block in blocks(edit.document())], step
    text = chance.choice(REPLACED)
    edit.replace_text(text)
    assert edit.stored_text() == text
