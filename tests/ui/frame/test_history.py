"""历史: what was done is listed, told by words, brought back, and compared."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QToolButton
from shiboken6 import isValid

from forms.address import Address
from forms.changes import ChangeSet, ValueChange
from forms.comparing import Difference, Sort
from forms.edits import AddRow, RemoveRow, SetValue
from storage.draft import Draft
from ui.dialogs.signature import SignatureDialog
from ui.history.compare_dialog import CompareDialog
from ui.history.difference_list import in_short
from ui.history.model import PIECE
from ui.panels.side import Tab

PARK = Address("face", "park")
COMPILER = Address("face", "compiler")
TABLE = Address("works", "list")


def edit(window, qtbot, address, text, label=""):
    del label
    window.plan.session.edit(SetValue(address, text))
    window.plan.autosave.flush()
    qtbot.waitUntil(lambda: window.plan.is_settled)


@pytest.fixture
def panel(opened, qtbot):
    """The panel of a plan that was renamed twice, with a project added and removed."""
    edit(opened, qtbot, PARK, "临江高新区")
    session = opened.plan.session
    session.edit(AddRow(TABLE, "n1", cells=((TABLE.at("n1", "name"), "中水回用"),)))
    edit(opened, qtbot, PARK, "临江经开区")
    session.edit(RemoveRow(TABLE.at_row("n1")))
    opened.plan.autosave.flush()
    opened.actions_by_id["show_history"].trigger()
    panel = opened.bench.panel.history
    qtbot.waitUntil(lambda: panel.model.is_read and len(panel.model.entries) == 5)
    return panel


def choose(panel, qtbot, number):
    """Choose an action, the newest is 0, and wait until it is told."""
    entry = panel.model.entries[number]
    panel.view.setCurrentIndex(panel.model.index(panel.model.row_of(entry.revision)))
    qtbot.waitUntil(
        lambda: (
            panel._told is not None and panel._told.moment.entry.action.revision == entry.revision
        )
    )


def links(panel):
    return [offer.text for offer in panel.changes._offers]


def follow(text, words):
    number = next(n for n, offer in enumerate(text._offers) if offer.text == words)
    text.anchorClicked.emit(QUrl(f"#{number}"))


def test_that_what_was_done_is_listed_newest_first_with_who_and_where(opened, panel):
    first, *_, last = panel.model.entries

    assert opened.bench.panel.tab is Tab.HISTORY
    assert str(panel.model.index(0).data()).startswith("今天")
    assert "录入　测试员" in first.facts
    assert opened.plan.session.pack.index.sections["works"].title in first.facts
    assert "新建" in last.facts


def test_that_a_chosen_action_is_told_by_words_before_and_after(panel, qtbot):
    choose(panel, qtbot, 1)

    assert "园区名称" in panel.changes.toPlainText()
    (found,) = panel._told.found
    assert [(each.fate.value, each.text) for each in found.pieces] == [
        ("same", "临江"),
        ("removed", "高新"),
        ("added", "经开"),
        ("same", "区"),
    ]
    assert links(panel) == ["恢复修改前的内容", "转到"]


def test_that_what_went_is_struck_and_what_came_underlined(panel, qtbot):
    choose(panel, qtbot, 1)

    looks = {}
    block = panel.changes.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            looks[piece.text()] = piece.charFormat()
            pieces += 1
        block = block.next()
    assert looks["高新"].fontStrikeOut()
    assert looks["经开"].fontUnderline()
    assert not looks["临江"].fontUnderline()


def test_that_one_place_is_brought_back_as_a_new_step(opened, panel, qtbot):
    choose(panel, qtbot, 1)

    follow(panel.changes, "恢复修改前的内容")

    session = opened.plan.session
    assert session.answers.get(PARK) == "临江高新区"
    assert session.undo_stack.undoText() == "恢复“园区名称”"
    opened.plan.autosave.flush()
    qtbot.waitUntil(lambda: len(panel.model.entries) == 6)
    assert "恢复" in panel.model.entries[0].facts
    session.undo_stack.undo()
    assert session.answers.get(PARK) == "临江经开区"


def test_that_a_removed_row_is_brought_back_with_its_cells(opened, panel, qtbot):
    choose(panel, qtbot, 0)

    follow(panel.changes, "恢复修改前的内容")

    answers = opened.plan.session.answers
    assert answers.order(TABLE) == ("n1",)
    assert answers.get(TABLE.at("n1", "name")) == "中水回用"


def test_that_the_whole_plan_goes_back_to_a_moment_after_a_copy(opened, panel, qtbot):
    before = opened.plan.session.answers
    choose(panel, qtbot, 4)

    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)

    assert opened.plan.session.answers.get(PARK) == "临江园区"
    assert opened.plan.session.undo_stack.undoText().startswith("恢复到")
    opened.plan.autosave.flush()
    qtbot.waitUntil(lambda: opened.plan.is_settled)
    qtbot.waitUntil(lambda: bool(list(opened.plan.folder.glob("snapshots/*-restore.sqlite"))))
    opened.plan.session.undo_stack.undo()
    assert opened.plan.session.answers == before


def test_that_the_list_is_kept_to_this_section_a_person_or_words(opened, panel, qtbot):
    opened.bench.open_section("face")
    panel.here.setChecked(True)
    qtbot.waitUntil(lambda: panel.model.is_read and len(panel.model.entries) == 2)
    opened.bench.open_section("works")
    qtbot.waitUntil(lambda: panel.model.is_read and len(panel.model.entries) == 2)
    assert "中水回用" not in panel.model.entries[0].label
    panel.here.setChecked(False)
    panel.search.setText("经开")
    qtbot.waitUntil(lambda: panel.model.is_read and len(panel.model.entries) == 1)
    panel.search.setText("没有这样的字")
    qtbot.waitUntil(lambda: panel.model.is_read and not panel.model.entries)
    assert panel._empty.text() == "没有符合条件的修改。"
    panel.search.clear()
    assert [panel.who.itemText(n) for n in range(panel.who.count())] == ["所有人", "测试员"]


def test_that_two_moments_are_compared_and_lead_to_the_place(opened, panel, qtbot):
    first = panel.model.entries[-1].revision
    dialog = panel.compare(first, None)
    qtbot.waitUntil(lambda: dialog.sentence.text() == "1 处不同")

    assert "园区名称" in dialog.changes.toPlainText()
    opened.bench.open_section("works")
    follow(dialog.changes, "转到")
    assert opened.bench.section.key == "face"

    dialog.one.setCurrentIndex(0)
    dialog.one.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.sentence.text() == "两个时刻的内容相同。")
    dialog.reject()


def test_that_the_comparison_follows_what_is_brought_back(opened, panel, qtbot):
    dialog = panel.compare(panel.model.entries[-1].revision, None)
    qtbot.waitUntil(lambda: dialog.sentence.text() == "1 处不同")

    follow(dialog.changes, "恢复修改前的内容")

    qtbot.waitUntil(lambda: dialog.sentence.text() == "两个时刻的内容相同。")
    assert opened.plan.session.answers.get(PARK) == "临江园区"
    dialog.reject()


def test_that_a_comparison_closed_before_it_is_read_does_no_harm(opened, panel, qtbot):
    dialog = panel.compare(panel.model.entries[-1].revision, None)
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)

    answers = []
    with qtbot.captureExceptions() as faults:
        opened.plan.log.ask(panel, lambda _: "read after it", answers.append)
        qtbot.waitUntil(lambda: answers != [])

    assert faults == []


def test_that_who_signs_is_named_from_then_on(opened, panel, qtbot, settings):
    opened.actions_by_id["sign"].trigger()
    dialog = opened.findChild(SignatureDialog)
    dialog.name.setText(" 沈　清和 ")
    dialog.accept()
    edit(opened, qtbot, PARK, "临江新区")
    qtbot.waitUntil(lambda: len(panel.model.entries) == 6)

    assert "沈 清和" in panel.model.entries[0].facts
    assert "测试员" in panel.model.entries[1].facts
    assert settings.now.person == "沈 清和"
    qtbot.waitUntil(lambda: panel.who.count() == 3)


def test_that_a_moment_that_does_not_prove_is_said_so_and_not_offered(
    make_window, new_draft, qtbot
):
    folder = new_draft(face__park="临江园区")
    with Draft.open(folder) as draft:
        for before, after in (("临江园区", "甲区"), ("甲区", "乙区")):
            changes = ChangeSet("修改", (ValueChange(PARK, before, after),))
            draft.commit(changes, who="王工", source="typed", at=datetime.now(UTC))
        draft.database.conn.execute("UPDATE change SET before_text = '丙区' WHERE id = 2")
    window = make_window()
    window.open_draft(folder)
    window.bench.show_tab(Tab.HISTORY)
    panel = window.bench.panel.history
    qtbot.waitUntil(lambda: len(panel.model.entries) == 3)

    choose(panel, qtbot, 1)

    assert "无法核对" in panel.changes.toPlainText()
    assert not panel.back.isEnabled()
    assert not panel.beside_now.isEnabled()


def test_that_text_of_the_plan_is_never_read_as_markup(opened, panel, qtbot):
    edit(opened, qtbot, COMPILER, '<b>院</b><img src="file:///etc/passwd">&amp;')
    qtbot.waitUntil(lambda: len(panel.model.entries) == 6)
    choose(panel, qtbot, 0)

    assert '<b>院</b><img src="file:///etc/passwd">&amp;' in panel.changes.toPlainText()


def test_that_a_long_history_is_read_in_pieces(make_window, new_draft, qtbot):
    folder = new_draft(face__park="临江园区")
    with Draft.open(folder) as draft:
        draft.database.conn.execute("PRAGMA synchronous = OFF")
        text = "临江园区"
        for number in range(2 * PIECE + 50):
            changes = ChangeSet("修改", (ValueChange(PARK, text, f"临江{number}"),))
            draft.commit(changes, who="王工", source="typed", at=datetime.now(UTC))
            text = f"临江{number}"
    window = make_window()
    window.open_draft(folder)
    window.bench.show_tab(Tab.HISTORY)
    model = window.bench.panel.history.model
    qtbot.waitUntil(lambda: model.is_read and len(model.entries) == PIECE)
    assert not model.is_whole

    while not model.is_whole:
        read = len(model.entries)
        model.fetchMore(model.index(-1))
        qtbot.waitUntil(lambda seen=read: model.is_read and len(model.entries) > seen)

    revisions = [entry.revision for entry in model.entries]
    assert revisions == list(range(2 * PIECE + 50, -1, -1))
    assert sum(not hasattr(line, "revision") for line in model.lines) == 1


def test_that_everything_in_panel_and_dialog_has_a_name_and_takes_the_keys(panel, qtbot):
    dialog = panel.compare(None, None)
    qtbot.waitUntil(lambda: dialog.sentence.text() == "两个时刻的内容相同。")
    for place in (panel, dialog):
        for kind in (QPushButton, QToolButton, QComboBox, QLineEdit):
            for widget in place.findChildren(kind):
                if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisible():
                    continue
                named = widget.accessibleName() or getattr(widget, "text", str)()
                assert named, widget
        assert place.changes.accessibleName()
    assert panel.view.accessibleName()
    assert dialog.places.accessibleName()
    assert isinstance(dialog, CompareDialog)
    dialog.reject()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace("第9句", "第九句"), "改：9 → 九"),
        (lambda text: text.replace("第9句写园区的现状。", ""), "删：第9句写园区的现状。"),
        (lambda text: text + "完。", "增：完。"),
    ],
)
def test_that_a_long_text_is_listed_by_its_first_change(change, expected):
    text = "".join(f"第{n}句写园区的现状。" for n in range(20))
    each = Difference(PARK, Sort.VALUE, "节", "项", "", text, change(text), is_text=True)

    assert in_short(each) == expected
