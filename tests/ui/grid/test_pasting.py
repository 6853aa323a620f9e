"""Blocks on the clipboard as Excel and WPS write them: seen before they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from shiboken6 import isValid

from forms.address import Address
from forms.edits import SetValue
from forms.values import YearMonth
from ui.dialogs import working
from ui.dialogs.take_cells import TakeCellsDialog, Where
from ui.dialogs.working import WorkingDialog, take_steps
from ui.reading_order import in_reading_order

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
HOME = Address("works", "list")
WATER = Address("water", "supply")


@pytest.fixture
def panel(make_session, open_sheet):
    session = make_session(
        {"works/list/p1/name": "余热项目", "works/list/p1/cost": "100"}, rows=["works/list/p1"]
    )
    return open_sheet(session, "works", "list")


@pytest.fixture
def session(panel):
    return panel.rows.session


@pytest.fixture
def water(make_session, open_page):
    return open_page(make_session({}), "water").blocks[0].panel


@pytest.fixture
def preview(keys):
    """Paste a text at a cell, and what is shown of it."""
    opened: list[TakeCellsDialog] = []

    def shown(panel, text, row=0, column=0):
        QApplication.clipboard().setText(text)
        panel.view.setFocus()
        select = panel.view.selectionModel()
        select.setCurrentIndex(panel.model.index(row, column), select.SelectionFlag.ClearAndSelect)
        keys(KEY.Key_V, modifier=CTRL)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TakeCellsDialog)
        opened.append(dialog)
        return dialog

    return shown


def cost(session, row=-1):
    return session.answers.get(HOME.at(session.view.rows(HOME)[row], "cost"))


WPS = (
    "\t\t单位：亿元\r\n"
    "总投资\t项目名称\t联系人\r\n"
    "1.2\t中水回用项目\t张三\r\n"
    '０．５\t"蒸汽管网\n改造项目"\t李四\r\n'
    "约3\t光伏项目\t\r\n"
    "4.7\t合计\t\r\n"
)


def test_that_a_head_maps_columns_by_name_and_nothing_is_written_before_the_button(
    panel, session, preview
):
    dialog = preview(panel, WPS)

    said = dialog.report.toPlainText()
    assert dialog.says.text().startswith("将新增 3 行。1 格无法识别")
    assert "“总投资（万元）”由亿元换算为万元，2 格，如 1.2亿元 → 12000。" in said
    assert dialog.model.rows[1] == ("蒸汽管网 改造项目", "5000")
    assert dialog.model.rows[2] == ("光伏项目", "● 约3")
    assert [box.accessibleName() for box in dialog.mapping.unplaced] == ["“C 联系人”放到"]
    assert len(session.view.rows(HOME)) == 1

    dialog.take.click()
    assert cost(session, 1) == Decimal(12000)
    assert cost(session, 2) == Decimal(5000)
    assert next(iter(panel.rows.refused.values())).text == "约3"
    assert "新增 3 行" in panel._foot.text()
    session.undo_stack.undo()
    assert session.view.rows(HOME) == ("p1",)
    assert session.undo_stack.index() == 0
    assert panel._foot.text() == "", "neither what was pasted nor what was refused is there"


def test_that_escape_leaves_the_plan_as_it_was(panel, session, preview):
    preview(panel, WPS).reject()

    assert session.view.rows(HOME) == ("p1",)
    assert session.undo_stack.count() == 0


def test_that_a_column_without_a_place_can_be_given_one(panel, session, preview):
    dialog = preview(panel, WPS)
    box = dialog.mapping.unplaced[0]
    box.setCurrentIndex(box.findText("非新建说明"))
    box.activated.emit(box.currentIndex())
    assert dialog.mapping.unplaced == []
    dialog.take.click()

    row = session.view.rows(HOME)[1]
    assert session.answers.get(HOME.at(row, "why")) == "张三"


def test_that_a_list_somebody_chooses_from_by_key_is_there_until_the_key_is_done(panel, preview):
    """It is about to go, for its column has a place then; gone at once it ended the program."""
    dialog = preview(panel, WPS)
    box = dialog.mapping.unplaced[0]
    QTest.keyClick(box, Qt.Key.Key_Down)

    assert dialog.mapping.unplaced == []
    assert isValid(box)
    assert not box.isVisible()


def test_that_sums_are_left_out_unless_they_are_wanted(panel, preview):
    dialog = preview(panel, WPS)
    assert dialog.sums.text() == "不取合计、小计行（1）"
    dialog.sums.setChecked(False)

    assert dialog.says.text().startswith("将新增 4 行")
    dialog.reject()


def test_that_known_projects_are_updated_and_their_other_values_stay(panel, session, preview):
    block = "项目名称\t总投资（万元）\t是否新建\r\n中水项目\t30\t是\r\n余热项目\t\t否\r\n"
    dialog = preview(panel, block)

    assert dialog.where.currentData() is Where.NAMES
    assert dialog.says.text().startswith("将新增 1 行，将改写 1 行")
    dialog.take.click()
    assert cost(session, 0) == Decimal(100)  # a blank leaves what is there
    assert session.answers.get(HOME.at("p1", "new")) is False
    assert cost(session, 1) == Decimal(30)


def test_that_a_block_without_heads_goes_from_the_cursor_on(panel, session, preview):
    column = next(n for n, c in enumerate(panel.rows.sheet_columns) if c.key == "cost")
    dialog = preview(panel, "1,000\t1\t2\t3\r\n2000\t4\t5\t6\r\n", 0, column)

    assert dialog.where.currentText() == "从光标所在行起覆盖"
    assert dialog.says.text().startswith("将新增 1 行，将改写 1 行")
    dialog.take.click()
    assert cost(session, 0) == Decimal(1000)
    assert cost(session, 1) == Decimal(2000)
    assert session.answers.get(HOME.at("p1", "invest", 2023)) == Decimal(1)


def test_that_a_few_cells_and_cells_of_this_plan_are_pasted_at_once(panel, session, keys, at):
    view = panel.view
    QApplication.clipboard().setText("甲项目\t\t\r\n乙项目\t")
    view.go_to(HOME.at("p1", "name"))
    keys(KEY.Key_V, modifier=CTRL)
    assert [session.view.row_name(HOME.at_row(row)) for row in session.view.rows(HOME)] == [
        "甲项目",
        "乙项目",
    ]

    view.selectAll()
    keys(KEY.Key_C, modifier=CTRL)
    view.go_to(HOME.at_row(session.view.rows(HOME)[1]))
    keys(KEY.Key_V, modifier=CTRL)
    assert QApplication.activeModalWidget() is None
    assert len(session.view.rows(HOME)) == 3


def test_that_years_and_names_of_a_fixed_table_are_found(water, preview):
    block = (
        "指标\t计量单位\t2022\t2021\r\n"
        "地下水\t亿立方米\t0.2\t0.1\r\n"
        "雨水\t万立方米\t1\t1\r\n"
        "地表水\t万立方米\t1,200\t—\r\n"
        "新鲜水合计\t万立方米\t3200\t1000\r\n"
    )
    dialog = preview(water, block, 0, 2)

    assert dialog.where.currentText() == "按名称对应的行"
    assert "1 行没有对应的行" in dialog.says.text()
    assert "表中没有这些行，不取：雨水。" in dialog.report.toPlainText()
    dialog.take.click()
    answers = water.model.session.answers
    assert answers.get(WATER.at("ground", year=2022)) == Decimal(2000)
    assert answers.get(WATER.at("ground", year=2021)) == Decimal(1000)
    assert answers.get(WATER.at("surface", year=2022)) == Decimal(1200)
    assert answers.get(WATER.at("surface", year=2021)) is None


def test_that_a_table_with_years_down_is_turned(water, preview):
    block = "年份\t地表水（亿m³）\t地下水\r\n2020年\t0.1\t5\r\n2021年\t0.2\t6\r\n"
    dialog = preview(water, block, 0, 2)
    dialog.take.click()

    answers = water.model.session.answers
    assert answers.get(WATER.at("surface", year=2020)) == Decimal(1000)
    assert answers.get(WATER.at("ground", year=2021)) == Decimal(6)


@pytest.mark.parametrize(
    "block",
    [
        "单位：亿m³\t2020年\t2021年\r\n地表水\t0.1\t0.2\r\n地下水\t0.3\t0.4\r\n",
        "\t\t单位：亿m³\r\n指标\t2020年\t2021年\r\n地表水\t0.1\t0.2\r\n地下水\t0.3\t0.4\r\n",
        "水源（亿m³）\t2020年\t2021年\r\n地表水\t0.1\t0.2\r\n地下水\t0.3\t0.4\r\n",
        "用水\t\t单位：亿m³\r\n年份\t地表水\t地下水\r\n2020\t0.1\t0.3\r\n2021\t0.2\t0.4\r\n",
    ],
    ids=["in the corner", "above the heads", "behind the head of the names", "years down"],
)
def test_that_a_unit_said_for_all_goes_with_the_rows_of_a_fixed_table(water, preview, block):
    dialog = preview(water, block, 0, 2)
    assert "由亿m³换算为万m³" in dialog.report.toPlainText()
    dialog.take.click()

    answers = water.model.session.answers
    assert answers.get(WATER.at("surface", year=2020)) == Decimal(1000)
    assert answers.get(WATER.at("ground", year=2021)) == Decimal(4000)


def test_that_a_unit_said_for_all_stays_away_from_rows_of_another_sort(water, preview):
    block = "单位：亿元\t2020年\t2021年\r\n地表水\t10\t20\r\n地下水\t3\t4\r\n"
    preview(water, block, 0, 2).take.click()

    assert water.model.session.answers.get(WATER.at("surface", year=2020)) == Decimal(10)


def test_that_plain_numbers_in_a_fixed_table_go_where_the_cursor_is(water, preview):
    dialog = preview(water, "1\t2\r\n3\t4\r\n5\t6\r\n7\t8\r\n", 0, 3)
    assert dialog.where.currentText() == "从光标所在行起覆盖"
    assert "2 格由公式计算或本行不用填，跳过。" in dialog.report.toPlainText()
    dialog.take.click()

    answers = water.model.session.answers
    assert answers.get(WATER.at("surface", year=2021)) == Decimal(1)
    assert answers.get(WATER.at("industry", year=2022)) == Decimal(8)


def test_that_every_choice_of_the_preview_has_a_name(panel, preview):
    dialog = preview(panel, WPS)

    boxes = [box for box in dialog.findChildren(QComboBox) if box.isVisible()]
    assert all(box.accessibleName() for box in boxes)
    assert dialog.mapping.rest.isVisible()
    dialog.mapping.rest.click()
    assert all(box.isVisibleTo(dialog) for box in dialog.columns)
    dialog.reject()


def test_that_a_column_shown_late_stands_and_is_reached_where_the_table_has_it(panel, preview):
    """The lists of columns that take nothing are made when they are wanted."""
    dialog = preview(panel, WPS)
    dialog.mapping.rest.click()
    boxes = [box for box in dialog.columns if box.isVisible()]
    heads = [box.accessibleName() for box in boxes]

    form = dialog.mapping._form
    in_form = [form.itemAt(row, form.ItemRole.FieldRole) for row in range(form.rowCount())]
    assert [item.widget().accessibleName() for item in in_form] == heads
    assert heads == sorted(heads, key=[f"“{head}”取自" for head in dialog.mapping._heads].index)
    assert [each for each in in_reading_order(dialog) if each in boxes] == boxes
    dialog.reject()


def test_that_months_and_options_are_read_by_their_words(make_session, open_sheet, preview, at):
    session = make_session({}, rows=["steps/list/a"])
    panel = open_sheet(session, "steps", "list")
    dialog = preview(
        panel, "费用（元）\t措施\t完成年月\r\n￥50,000\t甲\t2026年3月\r\n1E+06\t乙\t2026/12\r\n"
    )
    assert dialog.where.currentText() == "从光标所在行起覆盖"  # the row under the cursor is empty
    dialog.take.click()

    first, second = session.view.rows(at("steps/list"))
    assert session.answers.get(at(f"steps/list/{first}/cost")) == Decimal(5)
    assert session.answers.get(at(f"steps/list/{second}/cost")) == Decimal(100)
    assert session.answers.get(at(f"steps/list/{second}/done")) == YearMonth(2026, 12)


def test_that_hidden_columns_and_filtered_rows_are_found_by_name(panel, session, preview):
    panel.keeper.hide("cost")
    panel.rows.set_search("别的项目")
    assert panel.rows.keys == ()
    panel.rows.add_row()
    block = "总投资（亿元）\t项目名称\t是否新建\r\n0.02\t余热项目\t是\r\n0.03\t中水项目\t是\r\n"
    dialog = preview(panel, block)

    assert dialog.says.text().startswith("将新增 1 行，将改写 1 行")
    dialog.take.click()
    assert session.answers.get(HOME.at("p1", "cost")) == Decimal(200)
    assert [session.view.row_name(HOME.at_row(row)) for row in session.view.rows(HOME)] == [
        "余热项目",
        "第2个项目",
        "中水项目",
    ]


def test_that_a_block_without_heads_passes_over_hidden_columns(panel, session, preview):
    panel.keeper.hide("cost")
    place = next(n for n, c in enumerate(panel.rows.sheet_columns) if c.key == "why")
    dialog = preview(panel, "甲\t1\t2\t3\r\n乙\t4\t5\t6\r\n", 0, place)
    dialog.take.click()

    last = session.view.rows(HOME)[-1]
    assert session.answers.get(HOME.at(last, "invest", 2023)) == Decimal(4)
    assert session.answers.get(HOME.at(last, "cost")) is None


@pytest.fixture
def slow(monkeypatch):
    """Whatever takes several steps counts as long work, and each of its slices as full."""
    monkeypatch.setattr(working, "AT_ONCE_NS", -(10**15))
    monkeypatch.setattr(working, "SLICE_NS", 0)


def long_work() -> WorkingDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WorkingDialog)
    return dialog


BLOCK = "项目名称\t总投资\r\n" + "".join(f"项目{n}\t{n}\r\n" for n in range(20))


def test_that_a_long_paste_that_is_stopped_leaves_the_plan_as_it_was(
    panel, session, preview, slow, qtbot
):
    before = session.answers
    for slices in (0, 5, 20):  # before the first row, while rows are read, while they are put
        preview(panel, BLOCK).take.click()
        dialog = long_work()
        for _ in range(slices):
            dialog._go_on()
        dialog.stop.click()
        assert session.answers is before
    assert session.undo_stack.count() == 0


def test_that_a_long_paste_says_how_far_it_is_and_is_one_step(panel, session, preview, slow, qtbot):
    preview(panel, BLOCK).take.click()
    dialog = long_work()
    for _ in range(9):
        dialog._go_on()
    assert dialog.says.text() == "已完成 25%，取消则什么都不改。"

    qtbot.waitUntil(lambda: len(session.view.rows(HOME)) == 21)
    assert session.undo_stack.count() == 1
    assert QApplication.activeModalWidget() is None
    assert "新增 20 行" in panel._foot.text()


def test_that_what_came_into_the_plan_during_a_long_paste_stays_beneath_it(
    panel, session, preview, slow, qtbot
):
    preview(panel, BLOCK).take.click()
    dialog = long_work()
    for _ in range(20):
        dialog._go_on()
    session.edit(SetValue(HOME.at("p1", "cost"), Decimal(7)))
    qtbot.waitUntil(lambda: len(session.view.rows(HOME)) == 21)

    assert session.answers.get(HOME.at("p1", "cost")) == Decimal(7)
    session.undo_stack.undo()
    assert len(session.view.rows(HOME)) == 1
    assert session.answers.get(HOME.at("p1", "cost")) == Decimal(7)


def test_that_a_sheet_that_goes_takes_its_long_work_along(slow, qtbot):
    sheet, done = QWidget(), []
    steps = iter(range(1_000_000))
    take_steps("粘贴", steps, lambda: done.append(True), sheet)
    gone = []
    long_work().destroyed.connect(lambda: gone.append(True))
    sheet.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    at = next(steps)
    QApplication.processEvents()
    assert next(steps) == at + 1
    assert not done
