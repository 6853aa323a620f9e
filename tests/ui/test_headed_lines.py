"""Lists under headings by keys: every page key gets on, and each end is reached."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.headed_lines import HeadedLines, Index
from ui.history.two_lines import TEXTS, TwoLineList

KEY = Qt.Key


class Days(HeadedLines[int, str]):
    """Headings are numbers, items are words."""

    def __init__(self, lines, parent):
        super().__init__(str, parent)
        self.lines = lines

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item_at(index)
        if role == TEXTS and item:
            return item, ""
        return str(self.lines[index.row()]) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture(params=range(12))
def days(request, qtbot):
    """A list of days with one to nine actions each, in a view of some height."""
    chance = random.Random(request.param)
    lines = []
    for day in range(20):
        lines += [day, *(f"修改{day}-{each}" for each in range(chance.randint(1, 9)))]
    view = TwoLineList()
    view.setModel(Days(lines, view))
    view.resize(300, chance.randint(260, 600))
    qtbot.addWidget(view)
    view.show()
    return view


def pressed_until_it_stays(view, key):
    rows = [view.currentIndex().row()]
    while True:
        QTest.keyClick(view, key)
        rows.append(view.currentIndex().row())
        if rows[-1] == rows[-2]:
            return rows[:-1]


def test_that_pages_lead_to_both_ends(days):
    first, last = 1, days.model().rowCount() - 1
    days.setCurrentIndex(days.model().index(first, 0))

    down = pressed_until_it_stays(days, KEY.Key_PageDown)
    up = pressed_until_it_stays(days, KEY.Key_PageUp)

    assert (down[-1], up[-1]) == (last, first)
    assert down == sorted(down)
    assert up == sorted(up, reverse=True)
    assert len(down) < last / 2, "pages were single lines"


def test_that_home_end_and_arrows_pass_headings(days):
    last = days.model().rowCount() - 1
    days.setCurrentIndex(days.model().index(last // 2, 0))

    QTest.keyClick(days, KEY.Key_Home)
    assert days.currentIndex().row() == 1
    down = pressed_until_it_stays(days, KEY.Key_Down)
    lines = days.model().lines
    assert down == [row for row, line in enumerate(lines) if isinstance(line, str)]
    QTest.keyClick(days, KEY.Key_End)
    assert days.currentIndex().row() == last
