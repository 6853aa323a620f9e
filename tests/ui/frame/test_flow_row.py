"""A row of buttons goes on in the next line where it has no room, whatever happens to its words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.fields.small import way_button
from ui.flow_row import FlowRow


@pytest.fixture
def row(qtbot):
    """Three buttons that just fit into one line, within the column of a window."""
    window = QWidget()
    qtbot.addWidget(window)
    column, row = QVBoxLayout(window), FlowRow(4)
    column.addLayout(row)
    column.addStretch(1)
    for name in ("复制", "上移", "下移"):
        row.addWidget(QPushButton(name))
    window.resize(window.sizeHint())
    window.show()
    qtbot.waitExposed(window)
    yield row
    window.close()


def buttons(row):
    found = [row.itemAt(place).widget() for place in range(row.count())]
    return [each for each in found if each.isVisibleTo(each.parentWidget())]


def lines(row):
    return len({each.y() for each in buttons(row)})


def test_that_a_longer_word_takes_another_line_and_a_shorter_one_gives_it_back(row, qtbot):
    assert lines(row) == 1
    buttons(row)[1].setText("按现在的顺序排列全部项目")
    qtbot.waitUntil(lambda: lines(row) == 3)
    buttons(row)[1].setText("上移")
    qtbot.waitUntil(lambda: lines(row) == 1)


def test_that_one_more_takes_another_line_and_one_less_gives_it_back(row, qtbot):
    more = QPushButton("删除")
    row.insertWidget(0, more)
    qtbot.waitUntil(lambda: lines(row) == 2)
    more.hide()
    qtbot.waitUntil(lambda: lines(row) == 1)
    row.takeAt(0)
    assert row.count() == 3


def test_that_a_wider_window_has_room_for_all_again(row, qtbot):
    window = row.parentWidget()
    wide = window.width()
    window.setMinimumWidth(1)
    window.resize(window.minimumSizeHint().width(), window.height())
    qtbot.waitUntil(lambda: lines(row) == 3)
    window.resize(wide, window.height())
    qtbot.waitUntil(lambda: lines(row) == 1)


def test_that_a_long_name_in_a_row_gives_way_and_its_tip_says_the_whole(row, qtbot):
    name = "城南低效用地盘活及循环产业标准厂房项目" * 3
    button = way_button(name, name, "转到项目")
    row.addWidget(button)
    window = row.parentWidget()
    window.setMinimumWidth(1)
    window.resize(240, window.height())
    qtbot.waitUntil(lambda: button.geometry().right() < 240)
    assert row.minimumSize().width() <= 240
    assert button.toolTip()
