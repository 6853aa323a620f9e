"""Cells out to Excel and WPS: figures as figures, texts as texts, with heads when wanted."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.dialogs.take_cells import TakeCellsDialog
from ui.grid.clipboard import read_block

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TRAPS = ("1-2", "=1+1", "00123456789012345678", "<b>甲&乙</b>")


@pytest.fixture
def panel(make_session, open_sheet):
    texts = {f"steps/list/r{n}/name": text for n, text in enumerate(TRAPS)}
    texts |= {"steps/list/r0/cost": "1234567.891", "steps/list/r0/done": "2026-03"}
    texts["steps/list/r1/body"] = "第一行\n第二行"
    session = make_session(texts, rows=[f"steps/list/r{n}" for n in range(len(TRAPS))])
    return open_sheet(session, "steps", "list")


def copied(panel, keys, modifier=CTRL):
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.view.selectAll()
    keys(KEY.Key_C, modifier=modifier)
    return QApplication.clipboard().mimeData()


def test_that_figures_go_out_with_every_digit_and_texts_as_texts(panel, keys):
    html = copied(panel, keys).html()

    cells = re.findall(r"<td ([^>]*)>(.*?)</td>", html)
    assert ('x:num="1234567.891" sdval="1234567.891"', "1234567.891") in cells
    texts = {text: how for how, text in cells}
    for trap in ("1-2", "=1+1", "00123456789012345678", "2026年3月"):
        assert "mso-number-format:'\\@'" in texts[trap]
    assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in texts
    assert '第一行<br style="mso-data-placement:same-cell">第二行' in texts


def test_that_lines_hold_the_same_cells_as_they_are(panel, keys):
    block = read_block(copied(panel, keys).text())

    assert [row[0] for row in block] == list(TRAPS)
    assert block[0][2:] == ["2026年3月", "1234567.891"]
    assert block[1][1] == "第一行\n第二行"


def test_that_heads_go_along_when_they_are_asked_for(panel, keys):
    data = copied(panel, keys, CTRL | SHIFT)

    assert read_block(data.text())[0] == ["措施", "主要内容", "完成年月", "费用（万元）"]
    assert data.html().count("<th ") == 4


def test_that_what_was_copied_with_heads_comes_back_the_same(panel, keys, at):
    session = panel.model.session
    copied(panel, keys, CTRL | SHIFT)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    keys(KEY.Key_V, modifier=CTRL)
    before = session.answers
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TakeCellsDialog)
    assert dialog.says.text() == "将改写 4 行。各格都能识别。"
    dialog.take.click()

    assert session.answers == before


def test_that_only_chosen_cells_go_out_where_they_make_no_block(panel, keys):
    view, index = panel.view, panel.model.index
    view.setFocus()
    select = view.selectionModel()
    select.setCurrentIndex(index(0, 3), select.SelectionFlag.ClearAndSelect)
    select.select(index(2, 0), select.SelectionFlag.Select)
    keys(KEY.Key_C, modifier=CTRL)
    block = read_block(QApplication.clipboard().text())
    assert block == [["", "1234567.891"], [TRAPS[2], ""]]

    select.select(index(0, 0), select.SelectionFlag.Select)
    select.select(index(2, 3), select.SelectionFlag.Select)
    keys(KEY.Key_C, modifier=CTRL)
    block = read_block(QApplication.clipboard().text())
    assert block == [[TRAPS[0], "1234567.891"], [TRAPS[2], ""]]
