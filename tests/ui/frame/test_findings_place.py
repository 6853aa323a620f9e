"""The list of findings keeps its place: whoever reads in it finds it where it was."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commands.making import sample_plan
from forms.edits import AddRow, RemoveRow, SetValue, apply_edits, seed_answers
from forms.loading import open_pack
from forms.schema import Severity
from tests.ui.frame.test_checking import NoPictures
from ui.fields.frame import FieldFrame
from ui.panels.answer_form import Reviewer
from ui.panels.findings import FindingsPanel
from ui.panels.findings_lines import Row
from ui.panels.findings_view import FindingsView
from ui.panels.side import Tab
from ui.session import PlanSession

PROJECTS = 60
KEY = Qt.Key


@pytest.fixture(scope="module")
def nameless(pack):
    """A plan whose projects all lack a name: as many findings."""
    from forms.address import parse_address

    home = parse_address("works/list")
    rows = tuple(AddRow(home, f"r{number}", None, ()) for number in range(PROJECTS))
    return apply_edits(pack, seed_answers(pack), rows, "准备").answers


@pytest.fixture
def session(pack, nameless, qtbot):
    session = PlanSession(pack, nameless, NoPictures())
    session.check_now()
    yield session
    session.check_now()
    session.deleteLater()


@pytest.fixture
def panel(session, qtbot):
    return shown_panel(session, qtbot)


def shown_panel(session, qtbot):
    panel = FindingsPanel(session, Reviewer(lambda: "", lambda name: None, lambda: date.min))
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    panel.view.setFocus()
    return panel


def read_on(view, pages=4):
    """Go down the list by the keyboard, and the list a little further by the wheel."""
    for _ in range(pages):
        QTest.keyClick(view, KEY.Key_PageDown)
    QTest.keyClick(view, KEY.Key_Up)
    QTest.keyClick(view, KEY.Key_Up)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - 7)


def about(view, row):
    """What a line is about, whatever its words are."""
    line = view.findings.lines[row]
    return line.finding.places[0] if isinstance(line, Row) else line.title


def at_top(view):
    """What the topmost line is about, and where it stands in the view."""
    index = view.indexAt(QPoint(0, 0))
    return about(view, index.row()), view.visualRect(index).top()


def current(view):
    return about(view, view.currentIndex().row())


def is_in_sight(view):
    return view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def mend(session, *places):
    for place in places:
        session.edit(SetValue(place, "甲"))
    session.check_now()


def stands_as_made_anew(view, qtbot):
    anew = FindingsView(view.findings)
    qtbot.addWidget(anew)
    anew.resize(view.size())
    anew.show()
    boxes = [
        [
            each.visualRect(view.findings.index(row)).height()
            for row in range(len(each.findings.lines))
        ]
        for each in (view, anew)
    ]
    return boxes[0] == boxes[1] and all(boxes[0])


def test_that_who_mends_one_finding_in_the_page_finds_the_list_where_it_was(
    opened, at, qtbot, write
):
    session, bench = opened.plan.session, opened.bench
    rows = tuple(AddRow(at("works/list"), f"r{number}", None, ()) for number in range(PROJECTS))
    session.edit_all(rows, "准备")
    session.check_now()
    bench.go_to(at("face/compiler"))
    bench.show_tab(Tab.FINDINGS)
    view = bench.panel.findings.view
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    view.setFocus()
    read_on(view)
    before, chosen, count = at_top(view), current(view), len(session.findings)
    (field,) = (
        each
        for each in bench.page().findChildren(FieldFrame)
        if each.address == at("face/compiler")
    )
    QTest.mouseClick(field.editor.core, Qt.MouseButton.LeftButton)
    write("某管委会", field.editor.core)
    bench.commit()
    qtbot.waitUntil(lambda: len(session.findings) < count)

    assert at_top(view) == before
    assert current(view) == chosen
    assert QApplication.focusWidget() is field.editor.core


def test_that_the_keyboard_stays_in_the_list_and_goes_on_from_its_line(panel, session, at):
    view = panel.view
    read_on(view)
    before, chosen = at_top(view), current(view)
    following = about(view, view.currentIndex().row() + 1)
    mend(session, at("face/compiler"), at("works/list/r0/name"))

    assert (at_top(view), current(view)) == (before, chosen)
    assert QApplication.focusWidget() is view
    QTest.keyClick(view, KEY.Key_Down)
    assert current(view) == following


def test_that_page_keys_lead_past_headings_from_end_to_end(panel):
    view, items = panel.view, panel.model.lines.items
    for key, end in ((KEY.Key_PageDown, items[-1]), (KEY.Key_PageUp, items[0])):
        for _ in items:
            QTest.keyClick(view, key)
        assert view.currentIndex().row() == end


def test_that_a_line_is_the_same_when_its_words_are_others(panel, session, at):
    read_on(panel.view)
    before, chosen = at_top(panel.view), current(panel.view)
    sentence = panel.model.item_at(panel.view.currentIndex()).finding.sentence
    session.edit(RemoveRow(at("works/list/r0")))
    session.check_now()

    assert panel.model.item_at(panel.view.currentIndex()).finding.sentence != sentence
    assert (at_top(panel.view), current(panel.view)) == (before, chosen)


def test_that_the_next_line_takes_the_place_of_one_that_was_mended(panel, session):
    read_on(panel.view)
    row = panel.view.currentIndex().row()
    following = about(panel.view, row + 1)
    mend(session, current(panel.view))

    assert current(panel.view) == following
    assert panel.view.currentIndex().row() == row


def test_that_what_comes_next_is_in_sight_when_the_lowest_line_in_sight_was_mended(panel, session):
    view = panel.view
    read_on(view)
    lowest = view.indexAt(QPoint(0, view.viewport().height() - 2))
    view.setCurrentIndex(lowest)
    mend(session, *(about(view, row) for row in range(lowest.row() - 2, lowest.row() + 1)))

    assert is_in_sight(view)


def test_that_the_line_below_moves_up_when_the_topmost_was_mended(panel, session):
    view = panel.view
    read_on(view)
    row = view.indexAt(QPoint(0, 0)).row()
    below = about(view, row + 1)
    mend(session, about(view, row))

    assert at_top(view) == (below, 0)


def test_that_a_list_at_its_top_stays_there(panel, session, at):
    mend(session, at("face/compiler"))
    assert panel.view.verticalScrollBar().value() == 0
    session.undo_stack.undo()
    session.check_now()
    assert panel.view.verticalScrollBar().value() == 0


def test_that_the_place_is_kept_behind_another_panel(panel, session, at):
    read_on(panel.view)
    before, chosen = at_top(panel.view), current(panel.view)
    panel.view.hide()
    mend(session, at("face/compiler"))
    mend(session, at("works/list/r0/name"))
    panel.view.show()

    assert (at_top(panel.view), current(panel.view)) == (before, chosen)


def test_that_a_line_far_from_the_current_one_is_not_left_behind_another_panel(panel, session, at):
    view = panel.view
    view.setCurrentIndex(panel.model.index(2))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    before = at_top(view)
    view.hide()
    mend(session, at("works/list/r0/name"))
    view.show()

    assert at_top(view) == before


def test_that_the_place_is_kept_when_the_panel_becomes_wider_or_its_words_larger(panel, qtbot):
    view = panel.view
    read_on(view)
    before, height = at_top(view), view.visualRect(view.currentIndex()).height()
    panel.resize(260, 500)
    assert view.visualRect(view.currentIndex()).height() > height
    assert at_top(view) == before
    view.setStyleSheet("font-size: 24pt")
    qtbot.waitUntil(lambda: view.visualRect(view.currentIndex()).height() > 2 * height)
    assert is_in_sight(view), "of few lines that fit now, the current one is among them"


def test_that_the_place_is_kept_while_thousands_of_lines_are_measured_and_laid_out(
    panel, session, at, qtbot
):
    view = panel.view
    view._turns._seconds = 0
    read_on(view, 9)
    view.setBatchSize(18)
    assert view.indexAt(QPoint(0, 0)).row() > 2 * view.batchSize(), "laid out in a third turn"
    before, chosen = at_top(view), current(view)
    bar, stood = view.verticalScrollBar(), []
    here = bar.value()
    bar.valueChanged.connect(stood.append)
    panel.resize(340, 500)
    mend(session, at("face/compiler"))
    qtbot.waitUntil(lambda: stands_as_made_anew(view, qtbot))
    assert (at_top(view), current(view)) == (before, chosen)
    assert min(stood) > 0.8 * here, "it never jumped back meanwhile"


def test_that_a_filter_and_back_leads_to_the_line_that_was_read(panel):
    read_on(panel.view)
    chosen = current(panel.view)
    QTest.mouseClick(panel._buttons[Severity.MUST], Qt.MouseButton.LeftButton)
    assert current(panel.view) == chosen
    assert is_in_sight(panel.view)
    QTest.mouseClick(panel._buttons[None], Qt.MouseButton.LeftButton)
    assert current(panel.view) == chosen
    assert is_in_sight(panel.view)


def test_that_f4_goes_on_from_where_something_was_mended(panel, session):
    found = [panel.next_finding() for _ in range(20)][-1]
    following = about(panel.view, panel.view.currentIndex().row() + 1)
    mend(session, found.places[0])

    assert current(panel.view) == following
    panel.next_finding()
    assert current(panel.view) == following


def test_that_f4_leads_to_each_of_several_findings_of_one_rule_at_one_place(qtbot):
    plan = sample_plan(10)
    session = PlanSession(open_pack(plan.meta.pack_id), plan.answers, NoPictures())
    session.check_now()
    panel = shown_panel(session, qtbot)
    found = [panel.next_finding() for _ in session.findings]
    same = [(each.rule, each.places[0]) for each in found if each is not None]

    assert len(set(same)) < len(same), "the sample has such"
    assert set(found) == set(session.findings)
    session.deleteLater()


def test_that_the_form_of_a_finding_mended_in_the_page_leaves_the_keyboard_there(
    panel, session, at, qtbot
):
    form = panel.answering.form
    wanted = next(each for each in session.findings if each.places[0] == at("face/level"))
    panel.answering.ask(wanted)
    panel.report.setFocus()
    session.edit(SetValue(at("face/level"), "national"))
    session.check_now()

    assert not form.isVisible()
    assert QApplication.focusWidget() is panel.report
