"""Large tables: thousands of rows, frozen columns, yearly columns, the form of a row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.address import Address
from forms.answers import Answers, SectionAnswers, TableAnswers
from forms.edits import SetValue
from tests.ui.fields.plans import Shelf
from ui.fields.choosing import ChoiceBox
from ui.grid.columns import table_columns
from ui.grid.large_panel import LargePanel
from ui.session import PlanSession

KEY = Qt.Key
HOME = Address("works", "list")


@pytest.fixture
def panel(make_session, open_page):
    session = make_session(
        {
            "works/list/p1/name": "余热项目",
            "works/list/p1/cost": "100",
            "works/list/p2/name": "中水项目",
            "works/list/p2/new": "否",
        },
        rows=["works/list/p1", "works/list/p2"],
    )
    return open_page(session, "works").blocks[0].panel


@pytest.fixture
def session(panel):
    return panel.sheet.rows.session


def column(panel, key, year=0):
    return next(
        n for n, c in enumerate(panel.sheet.rows.sheet_columns) if (c.key, c.year) == (key, year)
    )


def test_that_yearly_columns_follow_the_years_of_the_plan(panel, session, at):
    heads = [c.name for c in panel.sheet.rows.sheet_columns if c.key == "invest"]
    assert heads[0] == "投资·计划投资 · 2023年（万元）"
    assert len(heads) == 3

    session.edit(SetValue(at("span/target"), 2026))
    panel.follow((at("span/target"),))
    assert len([c for c in panel.sheet.rows.sheet_columns if c.key == "invest"]) == 4


def test_that_a_field_whose_key_takes_a_year_back_is_there_until_the_key_is_done(
    panel, session, at
):
    """The form is made anew for other years; gone at once the field ended the program."""
    field = panel.form.frames()[("name", 0)]
    session.edit(SetValue(at("span/target"), 2026))
    panel.follow((at("span/target"),))

    assert panel.form.frames()[("name", 0)] is not field
    assert isValid(field)


def test_that_a_computed_cell_follows_and_takes_no_typing(panel, session, at, keys, qtbot):
    view, model = panel.sheet.view, panel.sheet.rows
    place = model.index(0, column(panel, "planned"))
    view.setFocus()
    view.setCurrentIndex(model.index(0, column(panel, "invest", 2023)))
    keys("30", KEY.Key_Return)
    qtbot.waitUntil(lambda: place.data() == "30")

    assert not place.flags() & Qt.ItemFlag.ItemIsEditable


def test_that_a_cell_not_asked_for_in_its_row_is_closed(panel, session):
    model, why = panel.sheet.rows, column(panel, "why")

    assert model.index(0, why).data() == "—"
    assert not model.is_editable(0, why)
    assert model.is_editable(1, why)


def test_that_names_stay_in_sight_and_are_edited_at_home(panel, session, keys, at, qtbot):
    view, model = panel.sheet.view, panel.sheet.rows
    view.go_to(HOME.at("p1", "after"))
    assert view.horizontalScrollBar().value() > 0
    assert view.overlay.isVisible()
    view.setCurrentIndex(model.index(1, 0))
    assert view.horizontalScrollBar().value() > 0  # choosing a row moves nothing

    keys(KEY.Key_F2)
    assert view.horizontalScrollBar().value() == 0
    keys("X", KEY.Key_Return)
    qtbot.waitUntil(lambda: session.view.text(at("works/list/p2/name")) == "X")


def test_that_the_form_shows_and_edits_the_row_under_the_cursor(panel, session, at, keys):
    assert panel.reveal(HOME.at("p1", "name"))
    form = panel.form
    assert form.row == "p1"
    assert form.frames()["cost", 0].editor.line.text() == "100"
    form.frames()["cost", 0].editor.focus_editor()
    keys(KEY.Key_End, "5", KEY.Key_Return)
    assert session.answers.get(at("works/list/p1/cost")) == Decimal(1005)

    form.next.click()
    assert form.row == "p2"
    assert form.frames()["cost", 0].editor.line.text() == ""
    assert not form.next.isEnabled()
    assert form.frames()["why", 0].isVisibleTo(form)
    form.previous.click()
    assert form.row == "p1"
    assert not form.frames()["why", 0].isVisibleTo(form)


def test_that_a_pending_figure_is_committed_when_the_row_changes(panel, session, at, keys):
    panel.reveal(HOME.at("p1", "name"))
    panel.form.frames()["cost", 0].editor.focus_editor()
    keys(KEY.Key_End, "7")
    panel.sheet.step_row(1)

    assert session.answers.get(at("works/list/p1/cost")) == Decimal(1007)
    assert panel.form.frames()["cost", 0].editor.line.text() == ""


def test_that_a_search_shows_only_matching_rows_and_paste_reads_names(panel, session, at):
    panel.sheet.search.setText("中水")
    assert panel.sheet.rows.keys == ("p2",)
    assert panel.reveal(HOME.at("p1", "name"))  # a jump gives the search up
    assert panel.sheet.rows.keys == ("p1", "p2")

    QApplication.clipboard().setText("推进资源高效利用、综合利用、推动节能降碳\t是")
    panel.sheet.view.go_to(HOME.at("p1", "more"))
    panel.sheet.paste()
    assert session.answers.get(at("works/list/p1/more")) == ("use", "carbon")
    assert session.answers.get(at("works/list/p1/new")) is True
    QApplication.clipboard().setText("中水项目")
    panel.sheet.view.go_to(HOME.at("p1", "after"))
    panel.sheet.paste()
    assert session.answers.get(at("works/list/p1/after")) == "p2"


def many_rows(count):
    keys = tuple(f"r{n}" for n in range(count))
    rows = {key: {("name", 0): f"项目{key}", ("cost", 0): Decimal(n)} for n, key in enumerate(keys)}
    return Answers({"works": SectionAnswers({}, {"list": TableAnswers(keys, rows)})})


def test_that_two_thousand_rows_open_and_are_edited(pack, open_page, qtbot, keys, at):
    session = PlanSession(pack, many_rows(2000), Shelf())
    page = open_page(session, "works", 1134)
    QApplication.processEvents()
    panel = page.blocks[0].panel
    assert panel.sheet.model.rowCount() == 2000

    panel.reveal(at("works/list/r1999/cost"))
    keys("5", KEY.Key_Return)
    qtbot.waitUntil(lambda: session.answers.get(at("works/list/r1999/cost")) == Decimal(5))
    assert len(table_columns(session.view, panel.sheet.table)) == 13


def test_that_a_bad_entry_of_the_form_is_kept_in_its_cell_when_the_row_changes(
    panel, session, at, keys
):
    panel.reveal(HOME.at("p1", "name"))
    panel.form.frames()["cost", 0].editor.focus_editor()
    keys(KEY.Key_End, "x", KEY.Key_Return)
    panel.form.next.click()

    assert panel.sheet.rows.index(0, column(panel, "cost")).data() == "100x"
    assert session.answers.get(at("works/list/p1/cost")) == Decimal(100)
    assert "余热项目 · 总投资" in panel.sheet._foot.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_an_option_is_chosen_in_its_cell(panel, session, at, keys, qtbot):
    panel.sheet.view.go_to(HOME.at("p1", "task"))
    keys(KEY.Key_F2)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    keys(KEY.Key_Down, KEY.Key_Return)

    qtbot.waitUntil(lambda: session.answers.get(at("works/list/p1/task")) == "space")
    qtbot.waitUntil(panel.sheet.view.hasFocus)


def test_that_the_form_steps_through_the_rows_as_they_are_shown(panel, session, at):
    panel.reveal(HOME.at("p2", "name"))
    panel.sheet.arranger.sort(("cost", 0), descending=False)
    panel.sheet.arranger.group(("task", 0))
    assert panel.sheet.rows.keys == ("=", "p1", "p2")
    panel.form.previous.click()
    assert panel.form.row == "p1"
    assert not panel.form.previous.isEnabled()
    panel.sheet.arranger.sort(("cost", 0), descending=True)
    session.edit(SetValue(at("works/list/p2/cost"), Decimal(500)))
    panel.sheet.arranger.again()
    assert panel.form.previous.isEnabled()
    assert not panel.form.next.isEnabled()


def test_that_a_filter_that_no_row_passes_leaves_the_sheet_in_place(panel):
    panel.sheet.search.setText("没有这样的项目")
    panel.set_room(700)
    assert panel.sheet.rows.rowCount() == 0
    assert panel.height() >= 700
    assert panel.sheet.view.isVisibleTo(panel)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_an_option_is_found_by_typing_straight_onto_its_cell(
    panel, session, at, write, keys, qtbot
):
    view = panel.sheet.view
    view.go_to(HOME.at("p1", "task"))
    write("降碳", view)
    qtbot.waitUntil(lambda: [b.currentText() for b in view.findChildren(ChoiceBox)] == ["降碳"])
    keys(KEY.Key_Return)

    qtbot.waitUntil(lambda: session.answers.get(at("works/list/p1/task")) == "carbon")
    qtbot.waitUntil(view.hasFocus)


def test_that_escape_keeps_what_stood_in_a_list_one_typed_into(panel, session, at, keys, qtbot):
    session.edit(SetValue(at("works/list/p1/task"), "space"))
    panel.sheet.view.go_to(HOME.at("p1", "task"))
    keys("x")
    keys(KEY.Key_Escape)
    qtbot.waitUntil(panel.sheet.view.hasFocus)

    assert session.answers.get(at("works/list/p1/task")) == "space"
    assert not panel.sheet.rows.refused


def test_that_a_long_name_has_room_while_it_is_typed(panel, keys):
    view = panel.sheet.view
    view.go_to(HOME.at("p1", "name"))
    narrow = view.columnWidth(0)
    keys(KEY.Key_F2)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText("很长的项目名称" * 6)

    assert line.width() > narrow
    keys(KEY.Key_Escape)


@pytest.fixture
def untouched(session, qtbot):
    """The same table, in which nobody has chosen a row."""
    panel = LargePanel(session, HOME, session.pack.index.items[HOME.section, HOME.item])
    page = QWidget()
    above = QLineEdit(page)
    QVBoxLayout(page).addWidget(panel)
    qtbot.addWidget(page)
    above.setFocus()
    page.show()
    yield panel  # noqa: PT022 -- its page lives as long as the test


def test_that_the_form_shows_the_first_row_before_one_is_chosen(untouched, qtbot):
    qtbot.waitUntil(lambda: untouched.form.row == "p1")
    assert untouched.sheet.current_row() is None

    untouched.form.next.click()
    assert untouched.form.row == untouched.sheet.current_row().row == "p2"


def test_that_a_row_chosen_while_the_form_is_being_made_is_the_one_shown(untouched):
    steps = untouched.form.showing("p1")
    next(steps)
    untouched.sheet.view.setCurrentIndex(untouched.sheet.rows.index(1, 0))
    steps.close()
    assert untouched.form.row == "p2"
    assert {frame.address.row for frame in untouched.form.frames().values()} == {"p2"}


def test_that_three_lines_of_fields_are_seen_below_the_rows_on_a_small_screen(panel, qtbot):
    panel.resize(760, panel.height())
    panel.set_room(650)
    panel.sheet.view.setCurrentIndex(panel.sheet.rows.index(0, 0))
    area = panel.form.findChild(QScrollArea)
    qtbot.waitUntil(lambda: panel.form.row == "p1")

    seen = [frame for frame in panel.form.frames().values() if frame.isVisible()]
    starts = {frame.mapTo(area.widget(), frame.rect().topLeft()).y() for frame in seen}
    assert area.viewport().height() > sorted(starts)[3] - panel.form.fontMetrics().height()


def test_that_the_form_of_no_row_says_so_at_its_top(panel):
    form = panel.form
    form.resize(360, 600)
    form.show_row(None)
    form.layout().activate()

    title, sentence = form.layout().itemAt(0).geometry(), form.layout().itemAt(1).geometry()
    assert title.height() < 60
    assert sentence.top() < 80
    form.show_row(HOME.at_row("p1"))
