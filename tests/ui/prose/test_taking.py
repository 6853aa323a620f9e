"""Text from a Word document: chosen by ticks, put at the caret, and text only."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from importers.received import CleanPicture, Drawn, Grid, Item, Note, Paragraph, Words
from tests.importers.packages import docx, paragraph
from ui.prose.edit import ProseEdit
from ui.prose.taking import show_words, take_document


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3)).save(out, "PNG")
    return out.getvalue()


WORDS = Words(
    (
        Paragraph("概况", 1),
        Paragraph("园区<b>位于</b>东部。"),
        Item("甲", ordered=False),
        Grid((("名称", "量"), ("甲", "1"))),
        Drawn(0),
    ),
    (CleanPicture(png(), 4, 3),),
    (Note("", "", "含脚注，没有取"),),
)


@pytest.fixture
def edit(session, qtbot):
    made = ProseEdit(session, 3)
    qtbot.addWidget(made)
    return made


def test_that_everything_is_ticked_and_goes_in_in_its_order(edit):
    dialog = show_words(edit, "概况.docx", WORDS)
    assert dialog.says.text() == "将插入 5 段，可一步撤销。"
    dialog.accept()

    lines = edit.stored_text().split("\n")
    assert lines[:6] == [
        "# 概况", "园区<b>位于</b>东部。", "- 甲", "| 名称 | 量 |", "| --- | --- |", "| 甲 | 1 |",
    ]  # fmt: skip
    assert lines[6].startswith("![](")
    assert len(edit.session.pictures.kept) == 1


def test_that_only_what_is_ticked_goes_in(edit):
    dialog = show_words(edit, "概况.docx", WORDS)
    dialog.tick_all(ticked=False)
    assert not dialog.take.isEnabled()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.accept()

    assert edit.stored_text() == "园区<b>位于</b>东部。"


def test_that_text_around_the_caret_keeps_its_own_lines(edit):
    edit.replace_text("前后")
    cursor = edit.textCursor()
    cursor.setPosition(1)
    edit.setTextCursor(cursor)
    show_words(edit, "x.docx", Words((Paragraph("中"),), (), ())).accept()

    assert edit.stored_text() == "前\n中\n后"


def test_that_a_mark_in_the_text_of_a_stranger_stays_text(edit, at):
    words = Words((Paragraph("{{kinds/money}}元"),), (), ())
    show_words(edit, "x.docx", words).accept()

    assert edit.stored_text() == "｛｛kinds/money｝｝元"


def test_that_what_was_left_out_is_said(edit):
    dialog = show_words(edit, "概况.docx", WORDS)

    assert dialog.report.toPlainText() == "含脚注，没有取。"
    assert all(part.accessibleName() for part in (dialog.list, dialog.report))
    dialog.reject()


def test_that_a_document_is_read_by_the_worker(edit, tmp_path):
    file = tmp_path / "概况.docx"
    file.write_bytes(docx(paragraph("园区位于东部。")))

    take_document(edit, file)

    dialog = edit.window().findChildren(type(show_words(edit, "x", WORDS)))[0]
    assert [dialog.list.item(0).text()] == ["园区位于东部。"]
