"""A sheet that is sorted, filtered, grouped, frozen and rid of columns, by mouse and by keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from forms.address import Address
from forms.edits import SetValue
from tests.ui.clipped import cut_off, overlapping
from tests.ui.walking import silent_items, unnamed, wrongly_toured
from ui.grid.arranging import Among, Between
from ui.grid.column_chooser import ColumnChooser
from ui.grid.grid_view import head_of
from ui.grid.headings import heading_text
from ui.grid.row_steps import remove_steps
from ui.grid.rows_panel import RowsPanel
from ui.grid.sheet_shape import ACCESSIBLE_TEXT, DISPLAY
from ui.grid.sieve_dialog import SieveDialog

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HOME = Address("works", "list")
COST, TASK, NEW = ("cost", 0), ("task", 0), ("new", 0)
USE, CARBON = "推进资源高效利用、综合利用", "推动节能降碳"
ROWS = {
    "p1": {"name": "余热项目", "cost": "100", "task": "carbon"},
    "p2": {"name": "中水项目", "cost": "300", "task": "use"},
    "p3": {"name": "管网项目", "task": "carbon"},
    "p4": {"name": "光伏项目", "cost": "200", "task": "carbon"},
}
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def session(make_session):
    texts = {f"works/list/{row}/{c}": text for row, v in ROWS.items() for c, text in v.items()}
    return make_session(texts, rows=[f"works/list/{row}" for row in ROWS])


@pytest.fixture
def open_panel(session, qtbot):
    """The sheet of the projects alone, without the form beside it."""

    def show(width=760):
        panel = RowsPanel(session, HOME, session.pack.index.items[HOME.section, HOME.item])
        session.changed.connect(lambda change: panel.follow(change.changes.places))
        qtbot.addWidget(panel)
        panel.fill()
        panel.resize(width, 420)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return show


@pytest.fixture
def panel(open_panel):
    return open_panel()


@pytest.fixture
def bar(panel):
    return panel.column.itemAt(1).widget()


def column(panel, spot):
    return next(n for n, c in enumerate(panel.rows.sheet_columns) if c.spot == spot)


def put_cursor(panel, row, spot=COST):
    assert panel.view.go_to(HOME.at(row, *spot))


def open_menu():
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(*names):
    """Choose an entry of the open menu, and of those it opens, by its name and with keys."""
    for name in names:
        menu = open_menu()
        action = next(each for each in menu.actions() if each.text() == name)
        menu.setActiveAction(action)
        QTest.keyClick(menu, KEY.Key_Return)


def pick(panel, keys, *names):
    keys(KEY.Key_L, modifier=CTRL | SHIFT)
    choose(*names)


def opened(panel, sort, qtbot):
    """The dialog of this sort, once it has the keyboard."""
    dialog = panel.window().findChild(sort)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def texts(panel, spot):
    at = column(panel, spot)
    return [panel.rows.text_at(row, at) for row in range(panel.rows.rowCount())]


# -- Sorting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arrange",
    [
        lambda arranger: arranger.sieve(("cost", 0), Between(Decimal(150), None)),
        lambda arranger: arranger.sort(("cost", 0), descending=True),
        lambda arranger: arranger.group(("task", 0)),
    ],
)
def test_that_what_stands_in_an_open_cell_is_taken_before_rows_move(panel, session, arrange):
    put_cursor(panel, "p1", ("name", 0))
    panel.view.edit(panel.view.currentIndex())
    (editor,) = panel.view.viewport().findChildren(QLineEdit)
    editor.setText("余热改造")

    arrange(panel.arranger)

    assert session.view.text(HOME.at("p1", "name")) == "余热改造"


def test_that_sorting_is_a_view_only_and_rows_keep_their_numbers(panel, session, bar, keys):
    put_cursor(panel, "p1")
    pick(panel, keys, "降序排列")

    assert panel.rows.keys == ("p2", "p4", "p1", "p3")
    assert session.view.rows(HOME) == tuple(ROWS)
    vertical = [panel.rows.headerData(n, Qt.Orientation.Vertical, DISPLAY) for n in range(4)]
    assert vertical == ["2", "4", "1", "3"]
    assert panel.view.current_address() == HOME.at("p1", "cost")
    assert bar.sorted.said == "按“总投资”降序"
    said = panel.rows.headerData(column(panel, COST), Qt.Orientation.Horizontal, ACCESSIBLE_TEXT)
    assert said == "投资 · 总投资（万元），降序"
    assert not panel.tools[2].isEnabled()  # 上移 means nothing now

    pick(panel, keys, "恢复原有顺序")
    assert panel.rows.keys == tuple(ROWS)
    assert panel.tools[2].isEnabled()
    assert not bar.isVisibleTo(panel)


def test_that_an_edited_row_stays_until_it_is_asked_for_again(panel, session, bar, keys, qtbot):
    put_cursor(panel, "p1")
    pick(panel, keys, "升序排列")
    keys("999", KEY.Key_Return)
    qtbot.waitUntil(lambda: session.answers.get(HOME.at("p1", "cost")) == Decimal(999))

    assert panel.rows.keys == ("p1", "p4", "p2", "p3")
    qtbot.waitUntil(lambda: bar.stale.isVisibleTo(panel))
    bar.stale.buttons[0].click()
    assert panel.rows.keys == ("p4", "p2", "p1", "p3")
    qtbot.waitUntil(lambda: not bar.stale.said)


def test_that_the_sorted_order_becomes_the_plans_as_one_step(panel, session, bar, keys):
    put_cursor(panel, "p1")
    pick(panel, keys, "升序排列")
    bar.sorted.buttons[1].click()

    assert session.view.rows(HOME) == ("p1", "p4", "p2", "p3")
    assert panel.rows.keys == ("p1", "p4", "p2", "p3")
    assert panel.rows.arrangement.keeps_order
    session.undo_stack.undo()
    assert session.view.rows(HOME) == tuple(ROWS)
    assert session.undo_stack.index() == 0


def test_that_a_new_row_of_a_sorted_sheet_stands_where_it_was_put(panel, session):
    panel.arranger.sort(COST, descending=True)
    put_cursor(panel, "p4")
    panel.insert_row()
    made = panel.current_row().row
    assert panel.rows.keys == ("p2", made, "p4", "p1", "p3")

    panel.add_row()
    assert panel.rows.keys[-1] == panel.current_row().row


def test_that_a_block_is_pasted_over_the_shown_rows(panel, session, keys):
    panel.arranger.sort(COST, descending=True)
    panel.arranger.group(TASK)
    QApplication.clipboard().setText("1\n2\n3\n4")
    put_cursor(panel, "p2")
    keys(KEY.Key_V, modifier=CTRL)

    assert texts(panel, COST) == ["1", "1", "9", "2", "3", "4"]  # two headings with their sums
    assert session.view.text(HOME.at("p2", "cost")) == "1"
    assert session.view.text(HOME.at("p4", "cost")) == "2"
    assert len(session.view.rows(HOME)) == 4


def test_that_a_copy_holds_what_is_shown(panel, keys):
    panel.arranger.sort(COST, descending=True)
    panel.arranger.sieve(COST, Between(Decimal(150), None))
    put_cursor(panel, "p2")
    panel.view.selectColumn(column(panel, COST))
    keys(KEY.Key_C, modifier=CTRL)

    assert QApplication.clipboard().text() == "300\r\n200\r\n"


# -- Filtering -------------------------------------------------------------------------------------


def test_that_values_are_ticked_by_keys_and_the_bar_and_totals_say_so(panel, bar, keys, qtbot):
    put_cursor(panel, "p1", TASK)
    pick(panel, keys, "筛选…")
    dialog = opened(panel, SieveDialog, qtbot)
    values = dialog.values
    labels = [values.list.item(n).text() for n in range(values.list.count())]
    assert labels == [f"{USE}（1）", f"{CARBON}（3）"]
    values.list.setFocus()
    keys(KEY.Key_Space)
    assert values.all.checkState() == Qt.CheckState.PartiallyChecked
    keys(KEY.Key_Return)

    assert panel.rows.keys == ("p1", "p3", "p4")
    assert bar.sieved.said == f"已筛选：对应任务为{CARBON}。显示 3 / 4 行"
    assert panel._totals.spoken().startswith("合计（显示的 3 行）：投资 · 总投资（万元） 300")
    bar.sieved.buttons[0].click()
    assert panel.rows.keys == tuple(ROWS)
    assert panel._totals.spoken().startswith("合计：投资 · 总投资（万元） 600")


def test_that_a_search_among_the_values_takes_only_those_in_sight(panel, keys, write, qtbot):
    panel.menus.ask_sieve(column(panel, ("name", 0)))
    dialog = opened(panel, SieveDialog, qtbot)
    dialog.values.search.setFocus()
    write("水", dialog.values.search)
    keys(KEY.Key_Return)

    assert panel.rows.keys == ("p2",)


def test_that_a_range_is_read_with_its_unit_and_wrong_ones_are_told(panel, bar, keys):
    dialog = panel.menus.ask_sieve(column(panel, COST))
    dialog.range.least.setText("0.02亿元")
    dialog.range.most.setText("100")
    dialog.accept()
    assert dialog.fault.text() == "“从”比“至”大，请对调。"
    dialog.range.most.setText("abc")
    dialog.accept()
    assert dialog.fault.isVisibleTo(dialog)
    dialog.range.most.clear()
    dialog.accept()

    assert panel.rows.keys == ("p2", "p4")
    assert bar.sieved.said == "已筛选：总投资不小于 200。显示 2 / 4 行"
    again = panel.menus.ask_sieve(column(panel, COST))
    assert again.range.least.text() == "200"
    again.reject()


def test_that_search_and_filters_combine_and_are_cleared_together(panel, bar):
    panel.search.setText("项目")
    panel.arranger.sieve(TASK, Among(frozenset({CARBON})))
    panel.search.setText("光伏")
    assert panel.rows.keys == ("p4",)
    assert "含“光伏”" in bar.sieved.said

    bar.sieved.buttons[0].click()
    assert panel.rows.keys == tuple(ROWS)
    assert panel.search.text() == ""


def test_that_only_rows_like_a_cell_are_shown_from_its_menu(panel, qtbot):
    put_cursor(panel, "p3", COST)
    panel.arranger.only_like(HOME.at("p3", "cost"))
    assert panel.rows.keys == ("p3",)

    panel.arranger.show_all()
    panel.arranger.only_like(HOME.at("p1", "task"))
    assert panel.rows.keys == ("p1", "p3", "p4")


def test_that_a_new_row_stays_shown_and_edits_do_not_hide_one(panel, session, bar):
    panel.arranger.sieve(TASK, Among(frozenset({CARBON})))
    panel.add_row()
    made = panel.current_row().row
    session.edit(SetValue(HOME.at("p1", "task"), "use"))
    assert panel.rows.keys == ("p1", "p3", "p4", made)

    panel.arranger.again()
    assert panel.rows.keys == ("p3", "p4")
    list(remove_steps(panel.rows, ["p3"]))
    session.undo_stack.undo()
    assert panel.rows.keys == ("p3", "p4")


def test_that_a_jump_shows_its_cell_whatever_hides_it(panel, session):
    panel.arranger.sieve(TASK, Among(frozenset({USE})))
    panel.keeper.hide("cost")
    assert panel.reveal(HOME.at("p4", "cost"))

    assert panel.view.current_address() == HOME.at("p4", "cost")
    assert panel.rows.keys == ("p2", "p4")  # the filter stands, this row besides
    panel.arranger.group(TASK)
    panel.arranger.fold_all(closed=True)
    assert panel.rows.rowCount() == 1
    assert panel.reveal(HOME.at("p1", "cost"))
    assert panel.view.current_address() == HOME.at("p1", "cost")


# -- Grouping --------------------------------------------------------------------------------------


def test_that_groups_have_headings_with_counts_and_sums(panel, bar, keys):
    put_cursor(panel, "p1")
    pick(panel, keys, "分组", "对应任务")

    assert panel.rows.keys == (f"={USE}", "p2", f"={CARBON}", "p1", "p3", "p4")
    assert panel.rows.text_at(2, 0) == f"{CARBON}（3 行）"
    assert texts(panel, COST) == ["300", "300", "300", "100", "", "200"]
    assert panel.rows.index(2, 0).data(ACCESSIBLE_TEXT) == f"{CARBON}（3 行），已展开"
    assert bar.grouped.said == "按“对应任务”分为 2 组"
    assert not panel.rows.is_editable(2, 0)


def test_that_groups_fold_by_keys_and_by_a_click(panel, keys, qtbot):
    panel.arranger.group(TASK)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.rows.index(2, 0))
    keys(KEY.Key_Left)
    assert panel.rows.rowCount() == 3
    keys(KEY.Key_Return)
    assert panel.rows.rowCount() == 6
    keys(KEY.Key_Space)
    assert panel.rows.rowCount() == 3
    place = panel.view.visualRect(panel.rows.index(2, 0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.rows.rowCount() == 6


def test_that_a_heading_without_room_still_says_how_many_rows_it_has(panel, keys):
    pick(panel, keys, "分组", "对应任务")
    metrics = panel.view.fontMetrics()
    headings = [panel.model.index(row, 0) for row in range(panel.model.rowCount())]
    texts = [panel.rows.text_at(index.row(), 0) for index in headings]
    (row,) = (row for row, text in enumerate(texts) if text.startswith(USE))
    width = metrics.horizontalAdvance(texts[row]) - 60

    shown = heading_text(metrics, panel.rows, headings[row], width)

    assert metrics.horizontalAdvance(shown) <= width
    assert shown.startswith(USE[:2])
    assert shown.endswith("（1 行）")


def test_that_a_new_row_of_a_grouped_sheet_stands_under_its_like(panel, session):
    panel.arranger.group(TASK)
    put_cursor(panel, "p1")
    panel.copy_row()
    copied = panel.current_row().row
    assert panel.rows.keys.index(copied) == panel.rows.keys.index("p1") + 1

    panel.add_row()
    assert panel.rows.keys[-2:] == ("=", panel.current_row().row)
    panel.remove_rows()
    assert panel.rows.keys[-1] == "p4"


def test_that_no_row_is_taken_for_a_heading(panel, session):
    panel.arranger.group(TASK)
    panel.view.setCurrentIndex(panel.rows.index(0, 0))

    assert panel.current_row() is None
    assert panel.view.current_address() is None
    panel.remove_rows()
    panel.editing.clear()
    assert session.view.rows(HOME) == tuple(ROWS)


# -- Columns ---------------------------------------------------------------------------------------


def test_that_columns_stay_in_place_up_to_the_chosen_one(panel, keys, open_panel):
    put_cursor(panel, "p1", TASK)
    pick(panel, keys, "冻结到此列")
    panel.view.horizontalScrollBar().setValue(200)
    assert panel.view.overlay.isVisible()
    wide = sum(panel.view.columnWidth(n) for n in range(2))
    assert panel.view.frozen_width == min(wide, panel.view.viewport().width() * 3 // 5)

    again = open_panel()
    assert again.keeper.frozen == 2
    put_cursor(again, "p1", TASK)
    pick(again, keys, "取消冻结")
    again.view.horizontalScrollBar().setValue(200)
    assert not again.view.overlay.isVisible()


def test_that_a_year_table_freezes_its_columns_too(make_session, open_page, keys):
    page = open_page(make_session(), "water")
    view = page.blocks[0].panel.view
    view.setFocus()
    view.setCurrentIndex(view.sheet.index(0, 2))
    keys(KEY.Key_L, modifier=CTRL | SHIFT)
    names = [each.text() for each in open_menu().actions()]
    choose("冻结到此列")

    assert "升序排列" not in names
    assert page.blocks[0].panel.keeper.frozen == 3


def test_that_the_chooser_hides_and_moves_columns_and_tells_of_gaps(panel, bar, keys, qtbot):
    put_cursor(panel, "p1")
    panel.menus.choose_columns()
    chooser = opened(panel, ColumnChooser, qtbot)
    chooser.list.setFocus()
    rows = {chooser.list.item(n).text(): n for n in range(chooser.list.count())}
    chooser.list.setCurrentRow(rows["投资 · 总投资（必填）"])
    keys(KEY.Key_Space)
    chooser.list.setCurrentRow(rows["身份 · 兼顾任务"])
    chooser.tools[0].click()
    keys(KEY.Key_Return)

    shown = [each.key for each in panel.rows.sheet_columns]
    assert shown[:3] == ["name", "more", "task"]
    assert "cost" not in shown
    qtbot.waitUntil(lambda: bar.hidden.said == "没有显示的必填列还有空缺：总投资 1 处")
    bar.hidden.buttons[0].click()
    assert "cost" in [each.key for each in panel.rows.sheet_columns]
    panel.keeper.restore()
    assert panel.rows.sheet_columns == panel.rows.all_columns


def test_that_a_width_that_was_dragged_is_kept(panel, open_panel):
    head, at = head_of(panel.view), 0
    edge = QPoint(head.sectionViewportPosition(at) + head.sectionSize(at) - 1, 8)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    wide = panel.view.columnWidth(at)

    assert panel.keeper.layout.widths == {"name": wide}
    again = open_panel(1000)
    assert again.view.columnWidth(at) == wide
    again.keeper.restore()
    assert again.view.columnWidth(at) != wide


def test_that_the_head_opens_its_menu_by_arrow_and_right_button(panel):
    head, at = head_of(panel.view), column(panel, TASK)
    place = head._arrow(at).center()
    QTest.mouseMove(head.viewport(), place)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert open_menu().actions()[0].text() == "对应任务"
    open_menu().close()

    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, head.mapToGlobal(place))
    QApplication.sendEvent(head.viewport(), event)
    choose("升序排列")
    assert panel.rows.keys == ("p2", "p1", "p3", "p4")


def test_that_the_head_of_a_frozen_column_has_its_menu_and_width_too(panel):
    panel.keeper.freeze(1)
    panel.view.horizontalScrollBar().setValue(200)
    head = head_of(panel.view.overlay)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head._arrow(0).center())
    assert open_menu().actions()[0].text() == "项目名称"
    open_menu().close()

    head.dragged.emit(0, 200)
    assert panel.view.columnWidth(0) == panel.view.overlay.columnWidth(0) == 200
    assert panel.view.frozen_width == 200


def test_that_texts_that_repeat_can_be_grouped_by_and_names_cannot(panel, session):
    labels = [each.label for each in panel.arranger.groupable()]
    assert labels == ["对应任务", "兼顾任务", "是否新建", "非新建说明", "前置项目"]

    panel.arranger.sort(COST, descending=False)
    panel.arranger.sieve(NEW, Among(frozenset({""})))
    session.edit(SetValue(Address("span", "target"), 2026))
    panel.follow((Address("span", "target"),))
    assert panel.rows.keys == ("p1", "p4", "p2", "p3")  # more years leave it as it is


def test_that_all_of_it_can_be_named_toured_and_read(panel, qtbot):
    panel.arranger.sort(COST, descending=True)
    panel.arranger.group(TASK)
    panel.arranger.sieve(COST, Between(Decimal(1), None, blanks=True))
    assert unnamed(panel) + silent_items(panel) + wrongly_toured(panel) == []
    assert cut_off(panel) + overlapping(panel) == []
    panel.menus.ask_sieve(column(panel, COST))
    dialog = opened(panel, SieveDialog, qtbot)
    assert unnamed(dialog) + wrongly_toured(dialog) == []
    assert cut_off(dialog) + overlapping(dialog) == []
    dialog.reject()
    panel.menus.choose_columns()
    dialog = opened(panel, ColumnChooser, qtbot)
    assert unnamed(dialog) + wrongly_toured(dialog) == []
    assert cut_off(dialog) + overlapping(dialog) == []
