"""Guidance in the window: the way to a whole plan, ticks, notes, persons, progress, the tour."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from forms.address import parse_address
from forms.checks import Finding
from forms.dismissals import Reviewed
from forms.duties import duties
from forms.edits import AddRow, SetValue, apply_edit, seed_answers, set_from_text
from forms.headway import By
from forms.notes import Written, note, notes
from forms.schema import Severity
from forms.stops import way_of
from forms.ticks import ticked
from forms.view import evaluate
from tests.forms.samples import PACK
from ui import print_desk
from ui import session as session_module
from ui.dialogs.export import ExportDialog
from ui.fields.frame import FieldFrame
from ui.grid.grid_view import SheetView
from ui.grid.sheet_shape import ACCESSIBLE_DESCRIPTION
from ui.palette.entries import find, plan_entries
from ui.panels.side import Tab
from ui.tour import Tour, offer_at_first_plan
from ui.walk_words import ready_words, stop_words

MAY = date(2026, 5, 12)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(opened, qtbot):
    """The window with its plan, the keyboard in it."""
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key pressed where the keyboard is now."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def said(window):
    """What the strip below the page says; "" when it is away."""
    strip = window.bench.walk.strip
    return "" if strip.isHidden() else strip.sentence.text()


def page_of(window):
    """The page of progress, shown."""
    window.actions_by_id["show_progress"].trigger()
    return window.bench.page()


def test_that_f8_alone_leads_an_empty_plan_to_where_it_can_be_sealed(opened, at, pack):
    session, typed = opened.plan.session, {"face/compiler": "某研究院", "story/cost": "12"}
    texts = {"face/level": "省级", "story/idea": "以氯碱为主线。", "works/list/r1/name": "余热项目"}
    seen = []
    for _ in range(12):
        press(opened, Qt.Key.Key_F8)
        stop = opened.bench.walk.last
        if stop is None:
            break
        seen.append(said(opened))
        place = str(stop.address)
        if place == "works/list":
            session.edit(AddRow(at(place), "r1"))
        else:
            session.edit(set_from_text(pack, stop.address, (typed | texts)[place]))

    assert seen == [
        "“封面 · 园区级别”还没有填，评审会问，建议填写。",
        "“封面 · 编制单位”还没有填，通知要求必填。",
        "“工作思路 · 总体思路”还没有填，评审会问，建议填写。",
        "“工作思路 · 总费用”还没有填，通知要求必填。",
        "“项目清单”还没有项目，通知要求必填：至少写一行。",
        "“项目清单 · 第1个项目 · 名称”还没有填，通知要求必填。",
    ]
    assert said(opened).startswith("已经填齐，也没有问题，可以送印了")
    assert opened.bench.walk.strip.export.isVisible()
    grave = Finding("X-1", Severity.MUST, "错了。", "改。", (at("extra/note"),))  # on no page now
    blocked = Reviewed((grave,), (), (), ())
    assert ready_words(blocked) == "已经填齐，但还有必须改 1 项，请在“问题”中逐条改正。"


def test_that_f8_says_what_is_left_goes_around_and_leads_to_what_must_be_mended(opened, at):
    session, strip = opened.plan.session, opened.bench.walk.strip
    rests = []
    for _ in range(6):
        press(opened, Qt.Key.Key_F8)
        rests.append((str(opened.bench.focus), strip.rest.text()))
    assert rests[0] == rests[5] == ("face/level", "还有 5 处，其中必填、必须改 3 处")
    assert len({place for place, _ in rests}) == 5

    session.edit(SetValue(at("face/level"), "provincial"))
    session.check_now()
    assert said(opened) == "这一处已补上，按 F8 到下一处。"
    assert strip.rest.text() == "还有 4 处，其中必填、必须改 3 处"

    session.edit(SetValue(at("span/target"), 2019))
    session.check_now()
    opened.bench.open_section("span")
    assert said(opened) == ""  # what was said belongs to another section
    press(opened, Qt.Key.Key_F8)
    assert said(opened) == "必须改：目标年 2019 不晚于基准年 2020。改正其中一个。"
    assert opened.bench.focus == at("span/target")


def heat_words(answers):
    """What is said of the row for heat, cell by cell."""
    view = evaluate(PACK, answers)
    said = [stop_words(view, stop) for stop in way_of(view, Reviewed((), (), (), ())).stops]
    return [words for words in said if "能源消费平衡 · 热力" in words]


def test_that_a_row_the_pack_only_offers_says_that_it_may_go():
    empty = seed_answers(PACK)
    heat = parse_address("energy/balance").at(
        empty.order(parse_address("energy/balance"))[2], "amount", 2025
    )
    begun = apply_edit(PACK, empty, set_from_text(PACK, heat, "12")).answers

    assert all(words.endswith("没有“热力”的，删去这一行。") for words in heat_words(empty))
    assert len(heat_words(empty)) > len(heat_words(begun)) > 0
    assert not any("删去" in words for words in heat_words(begun))


def end_before_start(opened, at):
    """A target year before the base year, and F8 has led to it."""
    opened.plan.session.edit(SetValue(at("span/target"), 2019))
    opened.bench.open_section("span")
    press(opened, Qt.Key.Key_F8)
    assert said(opened).startswith("必须改：目标年 2019")


def test_that_f8_right_after_typing_never_leads_to_what_was_just_settled(opened, at):
    end_before_start(opened, at)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "2030")
    press(opened, Qt.Key.Key_F8)

    assert opened.plan.session.view.number(at("span/target")) == 2030
    assert opened.bench.walk.last.finding is None
    assert said(opened).startswith("“工作思路 · 总体思路”还没有填")


def lengthen_checks(monkeypatch):
    """From now on checks take many turns, as those of a large plan do."""
    monkeypatch.setattr(session_module, "_AT_ONCE_NS", 0)
    monkeypatch.setattr(session_module, "_SLICE_NS", 0)


def test_that_f8_waits_for_long_checks_with_the_window_alive(opened, at, monkeypatch, qtbot):
    end_before_start(opened, at)
    lengthen_checks(monkeypatch)
    opened.plan.session.edit(SetValue(at("span/target"), 2030))
    press(opened, Qt.Key.Key_F8)
    assert said(opened) == "正在检查刚才的修改，随后到下一处…"
    assert opened.bench.section.key == "span"

    qtbot.waitUntil(lambda: said(opened).startswith("“工作思路 · 总体思路”还没有填"))
    assert opened.bench.focus == at("story/idea")


def test_that_f4_waits_for_long_checks_with_the_window_alive(opened, at, monkeypatch, qtbot):
    opened.bench.open_section("story")
    lengthen_checks(monkeypatch)
    opened.plan.session.edit(SetValue(at("span/target"), 2019))
    press(opened, Qt.Key.Key_F4)
    assert said(opened) == "正在检查刚才的修改，随后到下一个问题…"
    assert opened.bench.section.key == "story"

    qtbot.waitUntil(lambda: opened.bench.section.key == "face")
    assert opened.bench.walk.strip.isHidden()


@pytest.mark.parametrize("act", ["export", "check_report"])
def test_that_the_print_desk_opens_with_the_findings_of_what_was_just_typed(
    opened, at, monkeypatch, qtbot, act
):
    before = opened.plan.session.reviewed.count(Severity.MUST)
    lengthen_checks(monkeypatch)
    opened.plan.session.edit(SetValue(at("span/target"), 2019))
    opened.actions_by_id[act].trigger()
    assert said(opened) == "正在检查刚才的修改，随后打开送印台…"
    assert opened.findChild(ExportDialog) is None

    qtbot.waitUntil(lambda: opened.findChild(ExportDialog) is not None)
    desk = opened.findChild(ExportDialog)
    assert desk.findings.text().startswith(f"还有必须改 {before + 1} 项")
    assert said(opened) == ""
    desk.close()


def test_that_the_desk_of_a_large_plan_opens_in_a_turn_of_its_own(opened, at, monkeypatch, qtbot):
    monkeypatch.setattr(print_desk, "MANY", -1)
    opened.plan.session.edit(SetValue(at("span/target"), 2019))
    opened.actions_by_id["export"].trigger()
    assert opened.findChild(ExportDialog) is None

    qtbot.waitUntil(lambda: opened.findChild(ExportDialog) is not None)
    desk = opened.findChild(ExportDialog)
    assert desk.findings.text().startswith("还有必须改")
    desk.close()


@pytest.fixture
def other_number(opened, at, monkeypatch):
    """A text that says another number than the plan, in a plan whose checks take long."""
    session = opened.plan.session
    session.edit(SetValue(at("story/cost"), Decimal(1200)))
    session.edit(SetValue(at("story/idea"), "本园区总费用为99万元。"))
    session.check_now()
    lengthen_checks(monkeypatch)
    return next(each for each in session.findings if each.mend is not None)


def written(opened, at):
    return opened.plan.session.answers.get(at("story/idea"))


def test_that_a_repair_right_after_typing_waits_for_the_checks_with_the_window_alive(
    opened, other_number, at, qtbot
):
    opened.bench.show_tab(Tab.FINDINGS)
    findings = opened.bench.panel.findings
    findings.view.setCurrentIndex(findings.model.index(findings.model.lines.row_of(other_number)))
    opened.plan.session.edit(SetValue(at("story/idea"), "先说一句。本园区总费用为99万元。"))
    QTest.keyClick(findings.view, Qt.Key.Key_Return, CONTROL)
    assert said(opened) == "正在检查刚才的修改，随后改好这一处…"
    assert written(opened, at) == "先说一句。本园区总费用为99万元。"

    qtbot.waitUntil(lambda: "{{story/cost" in written(opened, at))
    assert written(opened, at).startswith("先说一句。本园区总费用为{{")
    assert said(opened) == ""


def test_that_the_offer_below_a_field_waits_for_the_checks_too(opened, other_number, at, qtbot):
    opened.bench.open_section("story")
    opened.plan.session.edit(SetValue(at("story/cost"), Decimal(1300)))
    frame = next(
        each
        for each in opened.bench.page().findChildren(FieldFrame)
        if each.address == at("story/idea")
    )
    frame._hint.setFocus()
    QTest.keyClick(frame._hint, Qt.Key.Key_Tab)
    QTest.keyClick(frame._hint, Qt.Key.Key_Return)
    assert said(opened) == "正在检查刚才的修改，随后改好这一处…"
    qtbot.waitUntil(lambda: said(opened) == "")
    assert "99万元" in written(opened, at), "with another number in the plan it is another finding"


def test_that_who_types_on_is_not_led_away_when_the_checks_are_done(opened, at, monkeypatch, qtbot):
    end_before_start(opened, at)
    monkeypatch.setattr(session_module, "_AT_ONCE_NS", 0)
    opened.plan.session.edit(SetValue(at("span/target"), 2030))
    press(opened, Qt.Key.Key_F8)
    with qtbot.waitSignal(opened.plan.session.findings_changed):
        opened.plan.session.edit(SetValue(at("span/target"), 2031))

    assert opened.bench.section.key == "span"
    assert opened.bench.walk.strip.isHidden()


def test_that_a_point_is_ticked_by_key_undone_and_counted(opened, pack):
    section = pack.index.sections["face"]
    opened.bench.open_section("face")
    points = opened.bench.panel.guide.points
    points.boxes[0].setFocus()
    press(opened, Qt.Key.Key_Space)
    once = ticked(opened.plan.session.view, section), points.caption.text()
    opened.actions_by_id["undo"].trigger()

    assert once == (("名称与批复一致",), "本节要点（已核 1/1）")
    assert not points.boxes[0].isChecked()
    assert opened.bench.section is section  # undoing a tick leads nowhere


def test_that_a_note_is_written_by_keys_marked_at_its_field_and_found(opened, at, write):
    bench, place = opened.bench, at("face/compiler")
    bench.go_to(place)
    press(opened, Qt.Key.Key_M, CONTROL)
    write("写错了")
    press(opened, Qt.Key.Key_Escape)
    assert notes(opened.plan.session.view) == ()
    press(opened, Qt.Key.Key_M, CONTROL)
    write("问研究院要全称")
    press(opened, Qt.Key.Key_Return, CONTROL)

    (found,) = notes(opened.plan.session.view)
    assert (found.place, found.text, found.person) == (place, "问研究院要全称", "测试员")
    frame = bench.page().blocks[0].frames["compiler"]
    assert frame.note.isVisible()
    assert "问研究院要全称" in frame.note.toolTip()
    assert frame.isAncestorOf(QApplication.focusWidget())
    panel = bench.panel.notes
    frame.note.click()
    assert panel.form.text.toPlainText() == "问研究院要全称"
    press(opened, Qt.Key.Key_Escape)
    assert panel.model.data(panel.model.index(0)).startswith("问研究院要全称，编制单位　测试员　")
    panel.search.setText("没有这几个字")
    assert panel.model.rowCount() == 0
    panel.search.setText("编制")
    assert panel.model.rowCount() == 1

    session, cell = opened.plan.session, at("works/list/r1/name")
    session.edit(AddRow(cell.table, "r1"))
    session.edit_all(tuple(note(session.view, cell, Written("问设计院", "周敏", MAY))), "备注")
    bench.go_to(cell)
    there = bench.page().findChild(SheetView).currentIndex()
    assert "备注：问设计院（周敏）" in there.data(ACCESSIBLE_DESCRIPTION)


@pytest.mark.long
def test_that_a_note_is_changed_led_to_and_taken_away_by_keys(opened, at, write):
    bench, session = opened.bench, opened.plan.session
    bench.open_section("works")
    assert bench.page().heading.note.isHidden()
    opened.actions_by_id["note"].trigger()  # on the section as a whole
    write("等表")
    press(opened, Qt.Key.Key_Return, CONTROL)
    assert "等表" in bench.page().heading.note.toolTip()
    assert [e.label for e in find(list(plan_entries(session.view)), "等表")] == ["等表"]
    opened.actions_by_id["undo"].trigger()
    bench.go_to(at("story/cost"))
    opened.actions_by_id["note"].trigger()
    write("待核")
    press(opened, Qt.Key.Key_Return, CONTROL)
    bench.open_section("face")
    opened.actions_by_id["show_notes"].trigger()
    view = bench.panel.notes.view
    view.setCurrentIndex(view.model().index(0, 0))
    press(opened, Qt.Key.Key_F2)
    write("已核")
    press(opened, Qt.Key.Key_Return, CONTROL)
    changed, place = notes(session.view)[0].text, bench.focus
    view.setFocus()
    press(opened, Qt.Key.Key_Delete)

    assert changed == "已核"
    assert place == at("story/cost")  # the list led there
    assert notes(session.view) == ()
    opened.actions_by_id["undo"].trigger()
    assert [each.text for each in notes(session.view)] == ["已核"]
    assert bench.panel.tab is Tab.NOTES


def test_that_progress_tells_how_far_each_part_is_leads_there_and_names_who_works_on_it(
    opened, at, write, qtbot
):
    opened.bench.open_section("works")
    page = page_of(opened)
    lines = {line.name: line.headway for line in page.lines}
    assert (lines["封面"].asked, lines["封面"].gaps, lines["封面"].points) == (3, 2, 1)
    assert (lines["封面与期限"].gaps, lines["工作"].gaps) == (2, 3)

    page.copy_text()
    rows = QGuiApplication.clipboard().text().split("\n")
    assert rows[0].split("\t") == ["章节", "完成", "缺", "必须改", "建议改", "要点", "负责人"]
    assert "　工作思路\t0%\t2\t1\t1\t\t" in rows

    page.show_by(By.CLAUSE)
    assert [line.name for line in page.lines] == ["一　总要求", "封面"]
    page.show_by(By.CHAPTER)
    away = opened.bench.section
    press(opened, Qt.Key.Key_Escape)
    assert away is None
    assert opened.bench.section.key == "works"  # back where one was
    page_of(opened).tree.choose_section("story")
    press(opened, Qt.Key.Key_Return)
    assert opened.bench.focus == at("story/idea")

    opened.bench.open_section("story")
    opened.actions_by_id["assign"].trigger()
    write("周敏")
    press(opened, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: duties(opened.plan.session.view) == {"story": "周敏"})
    page = opened.bench.page()

    page.show_by(By.PERSON)
    assert [line.name for line in page.lines if not line.is_part] == ["周敏", "（未指定负责人）"]
    assert page.lines[0].headway.gaps == 2
    opened.bench.open_section("story")
    told = [label.text() for label in opened.bench.panel.guide.findChildren(QLabel)]
    assert "本节 · 负责人：周敏" in told


def test_that_the_tour_is_walked_by_keys_and_gives_the_keyboard_back(opened, at):
    opened.bench.go_to(at("face/person"))
    before = QApplication.focusWidget()
    opened.actions_by_id["tour"].trigger()
    titles = []
    for _ in range(6):
        titles.append(opened.findChildren(Tour)[-1].bubble.title)
        press(opened, Qt.Key.Key_Return)

    assert titles == ["目录", "正文", "指引", "问题", "随写随存", "导出"]
    assert QApplication.focusWidget() is before
    assert opened.bench.panel.tab is Tab.GUIDE

    opened.actions_by_id["tour"].trigger()
    press(opened, Qt.Key.Key_Right)
    press(opened, Qt.Key.Key_Escape)
    assert not opened.findChildren(Tour)[-1].is_on
    opened.actions_by_id["tour"].trigger()
    opened.bench.go_to(at("face/compiler"))  # somebody goes to work
    assert not opened.findChildren(Tour)[-1].is_on


@pytest.mark.long
def test_that_the_first_plan_is_met_by_the_tour_and_no_other(window, new_draft, settings, qtbot):
    offer_at_first_plan(window)
    window.open_draft(new_draft(face__park="甲园区"))
    qtbot.waitUntil(lambda: window.findChild(Tour) is not None)
    assert settings.now.tour_seen
    window.findChild(Tour).bubble.findChildren(QPushButton)[0].click()
    window.actions_by_id["home"].trigger()
    qtbot.waitUntil(lambda: window.bench is None)
    qtbot.waitUntil(lambda: window.findChild(Tour) is None)
    window.open_draft(new_draft(face__park="乙园区"))
    qtbot.waitUntil(lambda: window.plan is not None and window.plan.is_settled)

    assert window.findChild(Tour) is None


def inked(widget):
    """The first and last line of pixels in which something is drawn, from the top of its parent."""
    image = widget.grab().toImage()
    ground = image.pixel(image.width() - 1, image.height() - 1)
    across = range(image.width())
    rows = [y for y in range(image.height()) if any(image.pixel(x, y) != ground for x in across)]
    ratio = image.devicePixelRatio()
    return rows[0] / ratio + widget.y(), rows[-1] / ratio + widget.y()


def test_that_a_box_to_tick_stands_level_with_its_words(opened):
    opened.bench.open_section("face")
    points = opened.bench.panel.guide.points
    box, words = (inked(each) for each in (points.boxes[0], points.boxes[0].parent()._words))

    assert abs(sum(box) - sum(words)) / 2 <= 1
