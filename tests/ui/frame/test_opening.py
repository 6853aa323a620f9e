"""Opening a plan after a crash, after damage, and while somebody else has it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from forms.changes import ChangeSet, ValueChange
from forms.edits import SetValue
from forms.schema import Severity
from storage.draft import Draft
from tests.ui.frame.conftest import stored
from ui.dialogs.damage import DamageDialog
from ui.dialogs.rescue import RescueDialog
from ui.opening import recovered_words


def home(window, qtbot):
    window.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: window.plan is None, timeout=5000)


def spoil(folder, address):
    with sqlite3.connect(folder / "draft.sqlite") as raw:
        raw.execute("UPDATE value SET text = '坏' WHERE address = ?", (address,))
    raw.close()


@pytest.fixture
def closed(window, new_draft, qtbot):
    """A plan that was open once and closed: it has a snapshot."""
    folder = new_draft(face__park="临江园区", face__compiler="甲单位")
    window.open_draft(folder)
    qtbot.waitUntil(lambda: window.plan.is_settled)
    home(window, qtbot)
    return folder


# ---- after a crash ----------------------------------------------------------------------------


def test_that_after_a_crash_the_last_commit_is_told_without_a_question(window, closed, at):
    left = (closed / "lock.json").exists()
    with Draft.open(closed) as draft:
        note = (closed / "lock.json").read_bytes()
        change = ChangeSet("输入", (ValueChange(at("face/compiler"), "甲单位", "乙单位"),))
        moment = datetime.now(UTC)
        draft.commit(change, who="", source="typed", at=moment)
    (closed / "lock.json").write_bytes(note)

    window.open_draft(closed)

    clock = f"{moment.astimezone():%H:%M:%S}"
    assert not left
    assert window.notice.sentence == f"上次没有正常关闭，已恢复到 {clock}。"
    assert window.plan.session.answers.get(at("face/compiler")) == "乙单位"


def test_that_a_plan_closed_properly_says_nothing(window, closed):
    window.open_draft(closed)

    assert window.notice.sentence == ""


def test_that_an_older_commit_is_told_with_its_day():
    then = datetime.now(UTC) - timedelta(days=3)

    assert f"{then.astimezone():%Y-%m-%d}" in recovered_words(then)


# ---- damaged places ---------------------------------------------------------------------------


@pytest.fixture
def damaged(window, closed):
    spoil(closed, "face/compiler")
    window.open_draft(closed)
    return window


def marks(window):
    window.plan.session.check_now()
    found = window.plan.session.reviewed.open
    return [(str(f.places[0]), f.severity) for f in found if f.rule == "DMG-001"]


def test_that_a_damaged_value_is_marked_and_never_shown(damaged, at):
    assert "1 处内容没有通过校验" in damaged.notice.sentence
    assert damaged.plan.session.answers.get(at("face/compiler")) is None
    assert marks(damaged) == [("face/compiler", Severity.MUST)]


def test_that_the_mark_stays_over_closing_until_it_is_answered(damaged, closed, qtbot, at):
    home(damaged, qtbot)
    damaged.open_draft(closed)
    assert marks(damaged) == [("face/compiler", Severity.MUST)]

    damaged.plan.session.edit(SetValue(at("face/compiler"), "丙单位"))
    assert marks(damaged) == []
    home(damaged, qtbot)
    damaged.open_draft(closed)

    assert (marks(damaged), damaged.notice.sentence) == ([], "")


def test_that_the_last_good_value_is_taken_back_in_one_step_of_undo(
    damaged, closed, library, qtbot, at
):
    damaged.notice.take_offer()
    dialog = damaged.findChild(DamageDialog)
    assert dialog.table.item(0, 1).text() == "甲单位"
    assert "之后没有改过" in dialog.table.item(0, 2).text()

    dialog.all.click()

    session = damaged.plan.session
    assert session.answers.get(at("face/compiler")) == "甲单位"
    assert marks(damaged) == []
    session.undo_stack.undo()
    assert marks(damaged) == [("face/compiler", Severity.MUST)]
    session.undo_stack.redo()
    dialog.close()
    home(damaged, qtbot)
    assert stored(library, closed).get(at("face/compiler")) == "甲单位"


def test_that_the_finding_itself_takes_the_value_back(damaged, at):
    from ui.mending import mend

    session = damaged.plan.session
    session.check_now()
    finding = next(f for f in session.findings if f.rule == "DMG-001")
    assert "可取回“甲单位”" in finding.remedy
    assert mend(session, finding)

    assert session.answers.get(at("face/compiler")) == "甲单位"


def test_that_left_empty_takes_the_mark_away_and_can_be_taken_back(damaged, closed, qtbot):
    damaged.opening.show_damage()
    dialog = damaged.findChild(DamageDialog)
    dialog.empty.click()
    assert (marks(damaged), dialog.sentence.text()) == ([], "没有未处理的损坏内容。")

    damaged.notice.take_offer()
    assert marks(damaged) == [("face/compiler", Severity.MUST)]

    dialog.empty.click()
    dialog.close()
    home(damaged, qtbot)
    damaged.open_draft(closed)
    assert marks(damaged) == []


def test_that_the_list_leads_to_the_place(damaged, at):
    damaged.bench.open_section("story")
    damaged.opening.show_damage()
    dialog = damaged.findChild(DamageDialog)

    dialog.jump.click()

    assert damaged.bench.focus == at("face/compiler")
    dialog.close()


# ---- a draft that cannot be read --------------------------------------------------------------


def test_that_an_unreadable_draft_comes_back_from_its_best_snapshot(window, closed, at):
    with Draft.open(closed) as draft:
        change = ChangeSet("输入", (ValueChange(at("face/compiler"), "甲单位", "乙单位"),))
        draft.commit(change, who="", source="typed", at=datetime.now(UTC))
    (closed / "draft.sqlite").write_bytes(b"broken")

    window.open_draft(closed)
    dialog = window.findChild(RescueDialog)
    said = "".join(label.text() for label in dialog.findChildren(type(window.status._words)))
    assert "此后约有 1 次修改" in said
    dialog.findChildren(type(window.top.export))[-1].click()

    assert window.plan.session.answers.get(at("face/compiler")) == "甲单位"
    assert "原样保留" in window.notice.sentence
    away = next(closed.glob("damaged-*"))
    assert (away / "draft.sqlite").read_bytes() == b"broken"


def test_that_an_unreadable_draft_without_snapshot_says_so(window, new_draft):
    folder = new_draft(face__park="临江园区")
    (folder / "draft.sqlite").write_bytes(b"broken")

    window.open_draft(folder)

    assert "没有找到完好的快照" in window.notice.sentence
    assert window.plan is None


# ---- somebody else has it ---------------------------------------------------------------------


@pytest.fixture
def held(window, closed):
    """The plan is open elsewhere; what was offered is taken."""
    with Draft.open(closed, person="王工"):
        window.open_draft(closed)
        yield window


def test_that_a_second_opener_is_told_who_and_may_look(held, at):
    assert "王工" in held.notice.sentence
    assert "正在编辑" in held.notice.sentence

    held.notice.take_offer()

    view = held.opening.viewing
    assert "快照，不能修改" in view.banner.sentence
    assert "只读" in held.windowTitle()
    assert held.plan is None
    view.go_to(at("face/compiler"))
    lines = [w for w in view.page().findChildren(QLineEdit) if w.text() == "甲单位"]
    assert [line.isReadOnly() for line in lines] == [True]


def test_that_nothing_can_be_changed_while_looking(held, qtbot, at):
    held.notice.take_offer()
    session = held.opening.viewing.session

    assert not session.edit(SetValue(at("face/compiler"), "乙"))
    assert session.answers.get(at("face/compiler")) == "甲单位"
    assert "只读查看" in held.notice.sentence
    assert not held.actions_by_id["export"].isEnabled()


def test_that_trying_again_opens_the_plan_once_it_is_free(window, closed):
    with Draft.open(closed, person="王工"):
        window.open_draft(closed)
        window.notice.take_offer()
        view = window.opening.viewing
        view.banner.again.click()
        assert window.opening.viewing is view
        assert "王工" in window.notice.sentence
    view.look()
    assert view.banner.again.text() == "打开编辑"

    view.banner.again.click()

    assert window.plan is not None
    assert window.opening.viewing is None


def test_that_a_copy_of_what_is_looked_at_can_be_edited(held, qtbot, at):
    held.notice.take_offer()
    held.opening.viewing.banner.copy.click()
    qtbot.waitUntil(lambda: held.plan is not None, timeout=5000)

    assert held.plan.session.edit(SetValue(at("face/compiler"), "乙单位"))
    assert held.opening.viewing is None
    qtbot.waitUntil(lambda: held.plan.is_settled, timeout=5000)


def test_that_the_way_back_is_the_list_of_plans(held, qtbot):
    held.notice.take_offer()
    qtbot.mouseClick(held.opening.viewing.banner.back, Qt.MouseButton.LeftButton)

    assert held.opening.viewing is None
    assert held.start.isVisible()
    assert held.windowTitle() == "园策"
