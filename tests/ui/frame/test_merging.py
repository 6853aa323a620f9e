"""Two people, one plan: another version is noticed, merged place by place, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from forms.changes import ChangeSet, ValueChange
from forms.edits import SetValue
from storage.exchange import relation, send_out, still_open
from storage.history import history
from storage.library import Imported, Library
from storage.plan_file import open_plan
from tests.storage.plans import PNG
from tests.ui.frame.conftest import stored
from ui.merging.dialog import MergeDialog
from ui.merging.other_version import OtherVersionDialog

IDEA = "第一段。\n\n第二段。\n\n第三段。"


class Colleague:
    """Another person with a library of their own, who gets and sends plan files."""

    def __init__(self, folder):
        self.library = Library(folder)
        self.place = folder

    def take(self, path):
        found = self.library.import_plan_file(path, person="李工")
        assert isinstance(found, Imported)
        self.place = found.folder

    def edit(self, **values):
        from forms.address import parse_address

        with self.library.open(self.place, person="李工") as draft:
            for key, value in values.items():
                address = parse_address(key.replace("__", "/"))
                change = ValueChange(address, draft.load().answers.get(address), value)
                at = datetime.now(UTC)
                draft.commit(ChangeSet("输入", (change,)), who="李工", source="typed", at=at)

    def send(self, path):
        with self.library.open(self.place, person="李工") as draft:
            return send_out(draft, path)


@pytest.fixture
def colleague(tmp_path):
    return Colleague(tmp_path / "colleague")


@pytest.fixture
def both_changed(opened, colleague, qtbot, tmp_path, at):
    """The plan went to a colleague; both changed it; theirs came back as a file."""
    session, ours, theirs = opened.plan.session, tmp_path / "我.yuance", tmp_path / "对方.yuance"
    session.edit(SetValue(at("story/idea"), IDEA))
    session.edit(SetValue(at("face/compiler"), "共同"))
    write(opened, qtbot, ours)
    colleague.take(ours)
    colleague.edit(
        story__idea=IDEA.replace("第三段", "第三段改了"), face__compiler="他们", face__person="李工"
    )
    colleague.send(theirs)
    session.edit(SetValue(at("story/idea"), IDEA.replace("第一段", "第一段改了")))
    session.edit(SetValue(at("face/compiler"), "我们"))
    return theirs


def write(window, qtbot, path):
    window.notice.hide()
    window.filing.write_file(path)
    qtbot.waitUntil(lambda: "已另存为" in window.notice.sentence, timeout=5000)


def merge_dialog(window, qtbot):
    qtbot.waitUntil(lambda: bool(window.findChildren(MergeDialog)), timeout=5000)
    return window.findChild(MergeDialog)


def offered_merge(window, qtbot, path):
    window.filing.take_file(path)
    qtbot.waitUntil(lambda: "各有修改" in window.notice.sentence, timeout=5000)
    window.notice.take_offer()
    return merge_dialog(window, qtbot)


def finished(window, qtbot, dialog):
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "已合并" in window.notice.sentence, timeout=5000)
    qtbot.waitUntil(lambda: window.plan.is_settled, timeout=5000)


def asked(window, work):
    return window.plan.writer.run(work).result(10)


def test_that_only_places_both_changed_are_asked_and_all_else_comes_together(
    opened, both_changed, qtbot, at, library
):
    session = opened.plan.session
    before = session.answers
    dialog = offered_merge(opened, qtbot, both_changed)
    assert "有 1 处双方都改过，已选 0 处；对方另有 2 处修改没有冲突" in dialog.sentence.text()
    assert session.answers is before, "nothing changes before 完成合并"
    assert dialog.texts.mine.toPlainText() == "我们"
    assert dialog.texts.theirs.toPlainText() == "他们"
    assert dialog.texts.base.toPlainText() == "共同"

    qtbot.keyClick(dialog.list, Qt.Key.Key_2)
    finished(opened, qtbot, dialog)

    assert session.answers.get(at("face/compiler")) == "他们"
    assert session.answers.get(at("face/person")) == "李工"
    idea = session.answers.get(at("story/idea"))
    assert idea == IDEA.replace("第一段", "第一段改了").replace("第三段", "第三段改了")
    entry = asked(opened, lambda draft: history(draft, 1))[0]
    assert entry.action.source == "merge"
    assert "对方.yuance" in entry.action.label
    file = open_plan(both_changed)
    assert asked(opened, lambda draft: relation(draft, file)) == "draft newer"
    assert list(opened.plan.folder.glob("snapshots/*-merge.sqlite"))

    session.undo_stack.undo()
    assert session.answers.get(at("face/compiler")) == "我们"
    assert session.answers.get(at("face/person")) is None
    opened.filing.merging.merge_path(both_changed)  # brings it in again
    again = merge_dialog(opened, qtbot)
    assert "有 1 处双方都改过" in again.sentence.text()
    again.reject()


def test_that_what_is_not_chosen_stays_mine_and_theirs_outlives_the_session(
    opened, both_changed, qtbot, at
):
    finished(opened, qtbot, offered_merge(opened, qtbot, both_changed))
    folder, session = opened.plan.folder, opened.plan.session
    assert session.answers.get(at("face/compiler")) == "我们"
    opened.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: opened.plan is None, timeout=5000)
    opened.open_draft(folder)
    assert "还有冲突没有选定" in opened.notice.sentence

    opened.notice.take_offer()
    dialog = merge_dialog(opened, qtbot)
    assert dialog.texts.theirs.toPlainText() == "他们"
    dialog.pick("theirs")
    finished(opened, qtbot, dialog)

    assert opened.plan.session.answers.get(at("face/compiler")) == "他们"
    assert asked(opened, still_open) is None
    opened.filing.merging.go_on()
    qtbot.waitUntil(lambda: "没有等待选定的冲突" in opened.notice.sentence, timeout=5000)


def test_that_paragraphs_can_both_stay(opened, both_changed, colleague, qtbot, tmp_path, at):
    opened.plan.session.edit(SetValue(at("story/idea"), IDEA.replace("第三段", "我的第三段")))
    dialog = offered_merge(opened, qtbot, both_changed)
    prose = [n for n, line in enumerate(dialog.list._lines) if line.place == "总体思路"]
    dialog.list.go_to(prose[0])
    qtbot.keyClick(dialog.list, Qt.Key.Key_3)
    dialog.pick_all("mine")
    dialog.list.go_to(prose[0])
    dialog.pick("both")
    finished(opened, qtbot, dialog)

    idea = opened.plan.session.answers.get(at("story/idea"))
    assert idea.split("\n\n")[2:] == ["我的第三段。", "第三段改了。"]


def test_that_pictures_of_the_other_side_come_along(opened, both_changed, colleague, qtbot, at):
    with colleague.library.open(colleague.place) as draft:
        name = draft.add_picture(PNG, at=datetime.now(UTC))
    colleague.edit(story__idea=f"{IDEA}\n\n![总图]({name})")
    both_changed.unlink()
    colleague.send(both_changed)
    dialog = offered_merge(opened, qtbot, both_changed)
    dialog.pick_all("mine")
    finished(opened, qtbot, dialog)

    assert f"![总图]({name})" in opened.plan.session.answers.get(at("story/idea"))
    assert opened.plan.shelf.picture(name) == PNG


def test_that_what_is_typed_while_a_merge_is_written_stays(opened, both_changed, qtbot, at):
    dialog = offered_merge(opened, qtbot, both_changed)
    dialog.pick_all("theirs")
    dialog.accept()
    opened.plan.session.edit(SetValue(at("story/cost"), Decimal(12)))
    qtbot.waitUntil(lambda: "已合并" in opened.notice.sentence, timeout=5000)

    answers = opened.plan.session.answers
    assert answers.get(at("story/cost")) == Decimal(12)
    assert answers.get(at("face/compiler")) == "他们"


def test_that_a_second_merge_waits_for_what_the_first_left_open(opened, both_changed, qtbot):
    finished(opened, qtbot, offered_merge(opened, qtbot, both_changed))
    opened.filing.merging.merge_path(both_changed)
    qtbot.waitUntil(lambda: "请先选完" in opened.notice.sentence, timeout=5000)


def test_that_cancelling_changes_nothing(opened, both_changed, qtbot):
    before = opened.plan.session.answers
    dialog = offered_merge(opened, qtbot, both_changed)
    dialog.pick_all("theirs")
    dialog.reject()

    assert opened.plan.session.answers is before
    assert asked(opened, still_open) is None


def test_that_another_version_is_never_replaced_unasked(opened, both_changed, qtbot, tmp_path):
    theirs = both_changed.read_bytes()
    opened.filing.write_file(both_changed)
    qtbot.waitUntil(lambda: bool(opened.findChildren(OtherVersionDialog)), timeout=5000)
    dialog = opened.findChild(OtherVersionDialog)
    assert both_changed.read_bytes() == theirs

    dialog.replace.click()
    qtbot.waitUntil(lambda: "改名为“对方(旧 " in opened.notice.sentence, timeout=5000)

    kept = tmp_path.glob("对方(旧 *).yuance")
    assert [each.read_bytes() for each in kept] == [theirs]
    assert open_plan(both_changed).meta.root == asked(opened, lambda draft: draft.meta.root)


def test_that_another_version_can_be_merged_from_the_question(opened, both_changed, qtbot, at):
    opened.filing.write_file(both_changed)
    qtbot.waitUntil(lambda: bool(opened.findChildren(OtherVersionDialog)), timeout=5000)
    opened.findChild(OtherVersionDialog).merge.click()
    dialog = merge_dialog(opened, qtbot)
    dialog.pick_all("mine")
    finished(opened, qtbot, dialog)

    write(opened, qtbot, both_changed)  # now the plan comes from it
    assert open_plan(both_changed).answers.get(at("face/person")) == "李工"


def test_that_another_plan_is_never_replaced_unasked(opened, new_draft, library, qtbot, tmp_path):
    other = tmp_path / "另一个.yuance"
    with library.open(new_draft(face__park="东湖园区")) as draft:
        send_out(draft, other)
    content = other.read_bytes()

    opened.filing.write_file(other)
    qtbot.waitUntil(lambda: bool(opened.findChildren(OtherVersionDialog)), timeout=5000)
    dialog = opened.findChild(OtherVersionDialog)
    assert "另一个方案" in dialog.windowTitle()
    dialog.reject()

    assert other.read_bytes() == content


def test_that_an_older_version_of_mine_is_replaced_without_a_question(opened, qtbot, tmp_path, at):
    target = tmp_path / "方案.yuance"
    write(opened, qtbot, target)
    opened.plan.session.edit(SetValue(at("face/compiler"), "改了"))
    write(opened, qtbot, target)

    assert open_plan(target).answers.get(at("face/compiler")) == "改了"


def test_that_a_file_of_the_open_plan_is_compared_with_it_as_it_is_now(
    opened, colleague, qtbot, tmp_path, at, library
):
    ours, theirs = tmp_path / "我.yuance", tmp_path / "对方.yuance"
    write(opened, qtbot, ours)
    colleague.take(ours)
    colleague.edit(face__person="李工")
    colleague.edit(face__compiler="他们")
    colleague.send(tmp_path / "第一次.yuance")
    colleague.edit(face__compiler="他们又改")
    colleague.send(theirs)

    opened.filing.take_file(theirs)
    qtbot.waitUntil(lambda: "文件比本机草稿新" in opened.notice.sentence, timeout=5000)
    opened.notice.take_offer()
    qtbot.waitUntil(lambda: "已更新" in opened.notice.sentence, timeout=5000)
    qtbot.waitUntil(lambda: opened.plan.is_settled, timeout=5000)

    folder = opened.plan.folder
    opened.close()
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=5000)
    assert stored(library, folder).get(at("face/compiler")) == "他们又改"
