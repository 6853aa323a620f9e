"""不改，说明理由: a 建议改 is answered in the panel and returns when numbers change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commands.making import sample_plan
from forms.address import parse_address
from forms.edits import apply_edits, set_from_text
from forms.loading import open_pack
from forms.schema import Severity
from tests.ui.frame.test_checking import NoPictures
from ui.panels.answer_form import Reviewer
from ui.panels.findings import FindingsPanel
from ui.panels.findings_lines import Row
from ui.panels.findings_model import Shelf
from ui.panels.findings_view import row_action_boxes
from ui.session import PlanSession

GROWN = "pollution/emissions/so2/2025"
TODAY = date(2026, 5, 12)


class Desk:
    """Who is at the desk, as the settings would remember."""

    def __init__(self):
        self.name = "沈清和"

    def remember(self, name):
        self.name = name


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def session(qtbot):
    pack = open_pack("ndrc-2021-1004")
    edits = tuple(
        set_from_text(pack, parse_address(place), text)
        for place, text in ((GROWN, "1650"), ("cover/compiler", ""))
    )
    answers = apply_edits(pack, sample_plan().answers, edits, "改").answers
    session = PlanSession(pack, answers, NoPictures())
    session.check_now()
    yield session
    session.check_now()
    session.deleteLater()


@pytest.fixture
def panel(session, desk, qtbot):
    reviewer = Reviewer(lambda: desk.name, desk.remember, lambda: TODAY)
    panel = FindingsPanel(session, reviewer)
    qtbot.addWidget(panel)
    panel.resize(320, 640)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


def line_of(panel, rule):
    return next(
        number
        for number, line in enumerate(panel.model.lines)
        if isinstance(line, Row) and line.finding.rule == rule
    )


def choose(panel, rule):
    index = panel.model.index(line_of(panel, rule))
    panel.view.setCurrentIndex(index)
    panel.view.scrollTo(index)
    panel.view.setFocus()
    return index


def click_action(panel, rule, number=0):
    index = choose(panel, rule)
    row = panel.model.item_at(index)
    box = row_action_boxes(panel.view.font(), row, panel.view.visualRect(index))[number]
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def answer(panel, write, reason, rule="PLA-017"):
    click_action(panel, rule)
    panel.answering.form.reason.selectAll()
    write(reason, panel.answering.form.reason)
    QTest.keyClick(panel.answering.form.reason, Qt.Key.Key_Return)


def open_rules(session):
    return [finding.rule for finding in session.reviewed.open]


def test_that_an_answer_by_a_click_takes_the_finding_out_of_the_count(panel, session, write):
    before = len(session.reviewed.open)

    answer(panel, write, "氯碱二期投产，已与企业核对。")

    assert "PLA-017" not in open_rules(session)
    assert len(session.reviewed.open) == before - 1
    assert panel._buttons[None].text() == f"全部 {before - 1}"
    assert panel._buttons[Shelf.ANSWERED].text() == "已说明 1"
    assert panel._buttons[Shelf.ANSWERED].isVisible()
    assert not panel.answering.form.isVisible()


def test_that_the_answer_keeps_reason_person_and_day(panel, session, write):
    answer(panel, write, "氯碱二期投产，已与企业核对。")
    (kept,) = session.reviewed.dismissed

    assert kept.record.reason == "氯碱二期投产，已与企业核对。"
    assert kept.record.person == "沈清和"
    assert kept.record.day == TODAY


def test_that_f2_opens_the_form_and_escape_leaves_everything_as_it_was(panel, session, write):
    choose(panel, "PLA-017")
    QTest.keyClick(panel.view, Qt.Key.Key_F2)
    form = panel.answering.form
    assert form.isVisible()
    assert QApplication.focusWidget() is form.reason
    write("写了一半", form.reason)

    QTest.keyClick(form.reason, Qt.Key.Key_Escape)

    assert not form.isVisible()
    assert "PLA-017" in open_rules(session)
    assert QApplication.focusWidget() is panel.view


def test_that_what_must_be_mended_offers_no_answer(panel, session):
    grave = next(f for f in session.reviewed.open if f.severity is Severity.MUST)
    index = choose(panel, grave.rule)
    row = panel.model.item_at(index)

    assert row.finding.severity is Severity.MUST
    assert row.actions == ()
    QTest.keyClick(panel.view, Qt.Key.Key_F2)
    assert not panel.answering.form.isVisible()


def test_that_an_answer_without_a_reason_is_refused_in_the_form(panel, session):
    click_action(panel, "PLA-017")
    form = panel.answering.form
    QTest.mouseClick(form.accept, Qt.MouseButton.LeftButton)

    assert form.isVisible()
    assert "请写明不改的理由" in form._trouble.text()
    assert "PLA-017" in open_rules(session)


def test_that_a_ready_phrase_can_be_taken_and_another_person_is_remembered(
    panel, session, desk, write
):
    click_action(panel, "PLA-017")
    form = panel.answering.form
    form.phrases.menu().actions()[0].trigger()
    form.person.selectAll()
    write("陆文", form.person)
    QTest.keyClick(form.person, Qt.Key.Key_Return)
    (kept,) = session.reviewed.dismissed

    assert kept.record.reason == "已与企业原始报表核对，数据无误。"
    assert kept.record.person == "陆文"
    assert desk.name == "陆文"


def test_that_undo_opens_the_finding_in_one_step(panel, session, write):
    answer(panel, write, "已核对。")
    steps = session.undo_stack.count()
    session.undo_stack.undo()

    assert steps == 1
    assert "PLA-017" in open_rules(session)
    assert not panel._buttons[Shelf.ANSWERED].isVisible()
    session.undo_stack.redo()
    assert "PLA-017" not in open_rules(session)


def test_that_the_answered_ones_are_listed_with_their_reason_and_can_be_opened_again(
    panel, session, write
):
    answer(panel, write, "已核对。")
    QTest.mouseClick(panel._buttons[Shelf.ANSWERED], Qt.MouseButton.LeftButton)
    row = panel.model.item_at(panel.model.index(line_of(panel, "PLA-017")))
    assert row.second == "理由：已核对。（沈清和，2026年5月12日）"

    click_action(panel, "PLA-017", 0)

    assert "PLA-017" in open_rules(session)
    assert panel.model.only is None  # nothing is answered any more


def test_that_a_changed_number_opens_the_finding_with_the_reason_it_had(
    panel, session, write, qtbot
):
    answer(panel, write, "已核对。")
    session.edit(set_from_text(session.pack, parse_address(GROWN), "1700"))
    session.check_now()
    row = panel.model.item_at(panel.model.index(line_of(panel, "PLA-017")))
    assert "数据已变化" in row.second
    assert "已核对。" in row.second

    click_action(panel, "PLA-017")
    assert panel.answering.form.reason.toPlainText() == "已核对。"
    QTest.keyClick(panel.answering.form.reason, Qt.Key.Key_Return)

    assert "PLA-017" not in open_rules(session)
    assert len(session.reviewed.dismissed) == 1
    assert session.reviewed.spent == ()


def test_that_a_mended_finding_closes_the_form_and_leaves_a_record_to_clear(panel, session, write):
    answer(panel, write, "已核对。")
    session.edit(set_from_text(session.pack, parse_address(GROWN), "412.6"))
    session.check_now()
    panel.show_only(Shelf.ANSWERED)
    assert [record.reason for record in session.reviewed.spent] == ["已核对。"]

    click_action(panel, "PLA-017", 0)

    assert session.reviewed.spent == ()


def test_that_the_form_follows_its_finding_while_numbers_change(panel, session, write):
    click_action(panel, "PLA-017")
    form = panel.answering.form
    write("核对中", form.reason)
    session.edit(set_from_text(session.pack, parse_address(GROWN), "1700"))
    session.check_now()
    assert "3.8" in form._about.text()
    assert form.reason.toPlainText() == "核对中"

    session.edit(set_from_text(session.pack, parse_address(GROWN), "412.6"))
    session.check_now()
    assert not form.isVisible()


def test_that_a_click_beside_the_action_still_goes_to_the_place(panel, qtbot):
    index = choose(panel, "PLA-017")
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        top = panel.view.visualRect(index).topLeft() + QPoint(60, 14)
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=top)
    assert str(jumped.args[0]) == GROWN


def test_that_the_context_menu_offers_the_place_and_the_answer(panel):
    menu = panel.view.menu_for(choose(panel, "PLA-017"))
    assert [action.text() for action in menu.actions()] == ["转到", "不改，说明理由…"]

    menu.actions()[1].trigger()
    assert panel.answering.form.isVisible()
    assert panel.view.menu_for(panel.model.index(0)) is None  # a heading


def test_that_the_report_can_be_asked_for_from_the_panel(panel, qtbot):
    with qtbot.waitSignal(panel.report_wanted):
        QTest.mouseClick(panel.report, Qt.MouseButton.LeftButton)
