"""Headings, lists, tables and pictures as a planner writes them: no mark is ever seen or lost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import shiboken6
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from forms.edits import SetValue
from forms.prose_lines import HEADINGS, LineKind, read_lines
from tests.ui.counting import count_words
from tests.ui.prose.test_prose_text import LINES
from ui.pictures.dialog import PictureDialog
from ui.prose.clipboard import PROSE_TYPE
from ui.prose.shape import Shape, block_format, shape_of
from ui.prose.table_dialog import TableDialog
from ui.prose.text import CHIP, blocks, insets
from ui.prose.tools import ProseTools

KEY = Qt.Key
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
KINDS = (LineKind.TEXT, LineKind.HEADING, LineKind.SUBHEADING, LineKind.BULLET, LineKind.NUMBERED)
TABLE = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"


def put(session, at, text):
    session.edit(SetValue(at("kinds/idea"), text))


def caret(edit, position):
    cursor = edit.textCursor()
    cursor.setPosition(position)
    edit.setTextCursor(cursor)


def shown(edit):
    """The text as it is seen, line by line, numbers and bullets before it."""
    lines = enumerate(blocks(edit.document()))
    return [(edit.rows.label(number), block.text()) for number, block in lines]


# -- What is stored and what is shown --------------------------------------------------------------


def test_that_no_mark_is_seen(session, at, edit):
    put(
        session,
        at,
        f"# 概况\n正文\n## 产业\n## 能源\n# 任务\n## 重来\n- 甲\n1. 一\n2. 二\n{TABLE}\n1. 重数",
    )

    assert shown(edit) == [
        ("1.", "概况"),
        ("", "正文"),
        ("（1）", "产业"),
        ("（2）", "能源"),
        ("2.", "任务"),
        ("（1）", "重来"),
        ("•", "甲"),
        ("1.", "一"),
        ("2.", "二"),
        ("", CHIP),
        ("1.", "重数"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from((*LINES, "字", "\n", "2. ", "- 项", "# 题", TABLE))))
def test_that_any_text_shows_and_is_stored_alike(pack, parts):
    from tests.ui.prose.test_prose_text import document_of, storable
    from ui.prose.text import stored_text

    text = storable(pack, parts)
    document = document_of(text)
    kinds = [line.kind for line in read_lines(text)]

    assert stored_text(document) == text
    assert len(kinds) == document.blockCount()


@pytest.mark.parametrize(
    "text", ["#  深\n", "  - 项  \n###　小", "1. 一\n\n2. 二\n1. 又\n3. 散", f" {TABLE} \n|尾"]
)
def test_that_odd_spelling_survives_an_edit_elsewhere(session, at, edit, write, stored, text):
    put(session, at, f"{text}\n末段")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    write("。")

    assert stored() == f"{text}\n末段。"


# -- Typing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "stores"),
    [
        ("# ", LineKind.HEADING, "# 字"),
        ("## ", LineKind.SUBHEADING, "## 字"),
        ("- ", LineKind.BULLET, "- 字"),
        ("1. ", LineKind.NUMBERED, "1. 字"),
    ],
)
def test_that_a_mark_typed_at_the_start_gives_the_shape(
    edit, keys, write, stored, typed, kind, stores
):
    keys(typed)
    assert shape_of(edit.document().begin()).kind is kind
    assert edit.toPlainText() == ""
    write("字")

    assert stored() == stores


def test_that_a_chinese_number_gives_a_heading_by_any_input_method(edit, write, stored):
    for part in ("（", "一", "）", "概况"):
        write(part)

    assert shown(edit) == [("1.", "概况")]
    assert stored() == "# 概况"


def test_that_numbers_inside_a_sentence_stay_text(edit, keys, write, stored):
    write("达到")
    keys("1. ")
    write("（一）")
    keys(KEY.Key_Return)
    keys("3. ")

    assert stored() == "达到1. （一）\n3. "


def test_that_return_goes_on_with_a_list_and_ends_it_when_empty(edit, keys, write, stored):
    keys("1. ")
    write("甲")
    keys(KEY.Key_Return)
    write("乙")
    keys(KEY.Key_Return, KEY.Key_Return)
    write("文")

    assert stored() == "1. 甲\n2. 乙\n文"


@pytest.mark.parametrize(
    ("first", "second", "stores"),
    [
        ("1. 甲", "2. 乙", "1. 甲\n2. 乙"),
        ("- 甲", "- 乙", "- 甲\n- 乙"),
        ("1. 甲", "2.5倍", "1. 甲\n2. 2.5倍"),
        ("1. 甲", "3. 丙", "1. 甲\n2. 3. 丙"),
    ],
)
def test_that_a_number_typed_by_habit_is_not_doubled(
    edit, write, keys, stored, first, second, stores
):
    write(first)
    keys(KEY.Key_Return)
    write(second)

    assert stored() == stores


def test_that_a_line_below_a_heading_is_text(edit, keys, write, stored):
    keys("# ")
    write("概况")
    keys(KEY.Key_Return)
    write("文")

    assert stored() == "# 概况\n文"


def test_that_a_line_put_above_a_heading_is_plain(session, at, edit, keys, stored):
    put(session, at, "# 概况")
    caret(edit, 0)
    keys(KEY.Key_Return)

    assert stored() == "\n# 概况"
    assert shown(edit) == [("", ""), ("1.", "概况")]


def test_that_backspace_at_the_start_makes_a_paragraph(session, at, edit, keys, stored):
    put(session, at, "文\n- 甲")
    caret(edit, 2)
    keys(KEY.Key_Backspace)
    assert stored() == "文\n甲"
    keys(KEY.Key_Backspace)

    assert stored() == "文甲"


def test_that_items_count_anew_when_one_is_taken_out(session, at, edit, keys, stored):
    put(session, at, "1. 甲\n2. 乙\n3. 丙")
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    keys(KEY.Key_Backspace)

    assert stored() == "1. 甲\n2. 丙"


def test_that_keys_and_the_bar_give_shapes_to_all_that_is_selected(
    session, at, edit, editor, keys, stored
):
    put(session, at, "甲\n乙")
    edit.selectAll()
    keys(KEY.Key_L, modifier=CTRL_SHIFT)
    assert stored() == "- 甲\n- 乙"
    keys(KEY.Key_1, modifier=CTRL_ALT)
    assert stored() == "# 甲\n# 乙"
    editor.tools.shapes[LineKind.NUMBERED].click()
    assert stored() == "1. 甲\n2. 乙"
    editor.tools.shapes[LineKind.NUMBERED].click()

    assert stored() == "甲\n乙"


def test_that_undo_brings_a_shape_back(session, at, edit, keys, stored):
    put(session, at, "甲")
    keys(KEY.Key_1, modifier=CTRL_ALT)
    assert stored() == "# 甲"
    session.undo_stack.undo()

    assert stored() == "甲"
    assert shown(edit) == [("", "甲")]


def test_that_the_bar_has_a_line_of_its_own(session, at, edit, editor, page):
    """It covers neither the label nor the text, and nothing moves when it comes."""
    put(session, at, "甲")
    before = editor.geometry()
    edit.setFocus()
    bar = editor.tools
    below = edit.mapTo(page.window(), QPoint(0, edit.height())).y()

    assert bar.isVisible()
    assert bar.y() >= below
    assert editor.geometry() == before
    assert bar.geometry().right() < editor._foot.count.mapTo(page.window(), QPoint(0, 0)).x()


def test_that_the_bar_goes_when_what_it_stands_beside_is_gone(edit, editor, page):
    """A page that closes takes its parts along one by one; what they stood in is told meanwhile."""
    count = QLabel("甲", page)
    bar = ProseTools(edit, "甲", editor._foot, count)
    bar.open()
    assert bar.isVisible()
    shiboken6.delete(count)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LayoutRequest))

    assert not bar.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu, offscreen
def test_that_tools_without_room_are_in_a_menu(session, edit, editor, page):
    page.resize(430, 680)
    edit.setFocus()
    tools = editor.tools
    tools.place()
    assert tools.more.isVisible()
    assert not tools.annotate.isVisible()
    tools.more.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    names = [action.text() for action in menu.actions()]
    menu.close()

    assert tools.annotate.text() in names
    assert tools.shapes[LineKind.TEXT].text() not in names
    assert tools.isVisible()


def test_that_the_count_is_of_what_is_read_without_marks(session, at, editor):
    """Two letters of a heading, one of an item, four in a table, two of a caption, a stop."""
    sha256 = "0" * 64
    text = f"# 标题\n- 甲\n{TABLE}\n![图名]({sha256}){{width=50%}}\n。\n\n"
    session.edit(SetValue(at("kinds/idea"), text))
    assert editor._foot.count.text() == "10 字 · 建议约 300 字"
    assert count_words(session.view) == 9  # without the stop


def test_that_the_bar_calls_headings_as_they_are_numbered(edit, editor):
    edit.setFocus()
    words = [editor.tools.shapes[kind].text() for kind in HEADINGS]

    assert words == ["1.标题", "（1）标题"]


def test_that_the_bar_shows_the_shape_at_the_caret(session, at, edit, editor):
    put(session, at, "# 甲\n乙")
    edit.setFocus()
    caret(edit, 0)
    assert editor.tools.isVisible()
    assert editor.tools.shapes[LineKind.HEADING].isChecked()
    caret(edit, 3)

    assert editor.tools.shapes[LineKind.TEXT].isChecked()


def test_that_a_copied_list_reads_with_its_numbers(session, at, edit):
    put(session, at, f"# 题\n1. 甲\n2. 乙\n{TABLE}")
    edit.selectAll()
    edit.copy()

    assert QApplication.clipboard().text() == "1. 题\n1. 甲\n2. 乙\n甲\t乙\n1\t2"
    edit.paste()
    assert session.answers.get(at("kinds/idea")) == f"# 题\n1. 甲\n2. 乙\n{TABLE}"


# -- Input methods ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["- 甲", "# 甲", "{{kinds/output}}", TABLE])
@pytest.mark.parametrize("at_end", [False, True])
def test_that_nothing_half_composed_reaches_the_plan(
    session, at, edit, compose, write, stored, text, at_end
):
    put(session, at, text)
    caret(edit, edit.document().characterCount() - 1 if at_end else 0)
    edit.setFocus()
    compose("yuan")
    assert stored().strip("\n") == text
    write("园")

    assert stored().replace("园", "", 1).strip("\n") == text


def test_that_a_mark_that_is_only_composed_is_no_shape(edit, compose, stored):
    compose("# ")
    assert shape_of(edit.document().begin()).kind is LineKind.TEXT
    QApplication.sendEvent(edit, QInputMethodEvent("", []))

    assert stored() is None


# -- Tables and pictures ---------------------------------------------------------------------------


def test_that_text_typed_beside_a_table_has_a_line_of_its_own(session, at, edit, keys, stored):
    put(session, at, TABLE)
    caret(edit, 1)
    keys("a", "b")
    caret(edit, 0)
    keys("c", "d")

    assert stored() == f"cd\n{TABLE}\nab"


def test_that_deleting_beside_a_table_chooses_it_first(session, at, edit, keys, stored):
    put(session, at, f"{TABLE}\n文")
    caret(edit, 2)
    keys(KEY.Key_Backspace)
    assert stored() == f"{TABLE}\n文"
    keys(KEY.Key_Backspace)

    assert stored() == "\n文"


def test_that_two_tables_never_become_one(session, at, edit, keys, stored):
    put(session, at, f"{TABLE}\n\n{TABLE}")
    caret(edit, 2)
    keys(KEY.Key_Backspace)

    assert stored() == f"{TABLE}\n\n{TABLE}"


def table_dialog(qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TableDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TableDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_that_a_table_is_made_and_edited_in_its_grid(edit, editor, write, keys, stored, qtbot):
    write("文")
    editor.tools.table.click()
    dialog = table_dialog(qtbot)
    dialog.put(0, 0, (("项目", "投资"), ("一|二", "")))
    dialog.take()
    assert stored() == "文\n| 项目 | 投资 |\n|---|---|\n| 一\\|二 |  |"

    (table,) = insets(edit.document())
    edit.window().activateWindow()
    qtbot.waitUntil(edit.hasFocus)
    edit.choose_chip(table.position)
    keys(KEY.Key_Return)
    dialog = table_dialog(qtbot)
    dialog.grid.setCurrentCell(1, 1)
    dialog.grid.setFocus()
    keys(KEY.Key_Return)
    write("五")
    keys(KEY.Key_Return)
    dialog.take()

    assert stored() == "文\n| 项目 | 投资 |\n|---|---|\n| 一\\|二 | 五 |"


def test_that_a_table_left_as_it_was_is_not_touched(session, at, edit, stored, qtbot):
    odd = "|甲|乙\n|:-|-:|\n|1"
    put(session, at, odd)
    edit.inset_wanted.emit(next(insets(edit.document())))
    dialog = table_dialog(qtbot)
    steps = session.undo_stack.count()
    dialog.reject()

    assert stored() == odd
    assert session.undo_stack.count() == steps


def test_that_a_grid_takes_copied_cells_and_grows(edit, editor, keys, stored, qtbot):
    editor.tools.table.click()
    dialog = table_dialog(qtbot)
    QApplication.clipboard().setText("a\tb\tc\td\r\n1\t2\t3\t4\r\n")
    dialog.grid.setFocus()
    keys(KEY.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    dialog.tools[0].click()
    dialog.take()

    assert stored() == "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |"


def test_that_a_figure_in_a_table_shows_its_number_and_follows(session, at, edit, qtbot):
    put(session, at, "| 产值 |\n|---|\n| {{kinds/output}} |")
    assert next(insets(edit.document())).words == "产值\n12345.68万元"
    session.edit(SetValue(at("kinds/output"), Decimal(7)))

    assert next(insets(edit.document())).words == "产值\n7万元"


def test_that_the_caption_of_a_picture_is_written_below_it(session, at, edit, png, stored, qtbot):
    sha256 = session.pictures.add_picture(png, "a.png").sha256
    put(session, at, f"文\n![]({sha256})")
    picture = next(insets(edit.document()))
    place = QTextCursor(edit.document())
    place.setPosition(picture.position)
    point = edit.cursorRect(place).center() + QPoint(30, 0)
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PictureDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PictureDialog)
    dialog.caption.setText("园区[总]图")
    dialog.accept()

    assert stored() == f"文\n![园区【总】图]({sha256})"


def test_that_a_missing_picture_does_not_stop_the_work(session, at, edit, write, stored):
    put(session, at, f"![图]({'0' * 64})\n文")
    edit.grab()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    write("。")

    assert stored() == f"![图]({'0' * 64})\n文。"


def test_that_a_picture_comes_from_a_file_a_drop_or_is_refused_with_a_sentence(
    edit, editor, png, stored, session, tmp_path, monkeypatch
):
    good, bad = tmp_path / "图.png", tmp_path / "坏.png"
    good.write_bytes(png)
    bad.write_bytes(b"nothing")
    for file in (good, bad):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (str(file), ""))
        editor.tools.picture.click()
    (sha256,) = session.pictures.kept
    assert stored() == f"![]({sha256})"
    assert "坏.png" in editor.fault

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good))])
    assert edit.canInsertFromMimeData(data)
    edit.insertFromMimeData(data)
    assert stored() == f"![]({sha256})\n![]({sha256})"
    assert editor.fault == ""


def test_that_a_picture_of_another_plan_is_told_in_words(edit, stored):
    data = QMimeData()
    kept = {"plan": "another", "text": f"![园区图]({'0' * 64})", "printed": []}
    data.setData(PROSE_TYPE, json.dumps(kept).encode())
    edit.insertFromMimeData(data)

    assert stored() == "（图：园区图）"


def test_that_an_empty_heading_below_a_change_keeps_its_number(session, at, edit, keys):
    put(session, at, "# 甲\n文\n文")
    caret(edit, edit.document().characterCount() - 1)
    keys(KEY.Key_1, modifier=CTRL_ALT)
    keys(KEY.Key_Home)
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    assert shown(edit)[2] == ("2.", "")
    caret(edit, 3)
    keys("x")
    assert shown(edit)[2] == ("2.", "")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_that_what_is_kept_of_blocks_is_what_they_hold(pack, qapp, data):
    """Any edits, one after the other: lines and labels kept are those read from nothing."""
    from tests.ui.prose.test_prose_text import document_of
    from ui.prose.rows import Rows
    from ui.prose.text import stored_text

    document = document_of("# 题\n- 甲\n1. 一\n2. 二\n\n3. 三\n文\n## 小\n# 又")
    document.documentLayout()  # without one a document tells nobody of its changes
    rows = Rows(document)
    for _ in range(data.draw(st.integers(1, 8))):
        cursor = QTextCursor(document)
        most = document.characterCount() - 1
        cursor.setPosition(data.draw(st.integers(0, most)))
        what = data.draw(st.sampled_from(("letter", "break", "delete", "shape")))
        rows.stored()
        rows.label(0)
        match what:
            case "letter":
                cursor.insertText("字")
            case "break":
                cursor.insertBlock()
            case "delete":
                cursor.setPosition(data.draw(st.integers(0, most)), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
            case _:
                kind = data.draw(st.sampled_from(KINDS))
                cursor.setBlockFormat(block_format(Shape(kind)))
        fresh = Rows(document)
        count = document.blockCount()
        assert rows.length() == fresh.length()
        assert rows.stored() == fresh.stored() == stored_text(document)
        assert [rows.label(n) for n in range(count)] == [fresh.label(n) for n in range(count)]
