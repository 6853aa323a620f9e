"""Panes are made wider and narrower without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QSplitter

from ui.pane_keys import widen


@pytest.fixture
def panes(qtbot):
    splitter = QSplitter()
    qtbot.addWidget(splitter)
    for _ in range(3):
        splitter.addWidget(QLineEdit())
    splitter.resize(900, 100)
    splitter.setSizes([300, 300, 300])
    splitter.show()
    splitter.activateWindow()
    qtbot.waitUntil(splitter.isActiveWindow)
    return splitter


@pytest.mark.parametrize(("pane", "beside"), [(0, 1), (1, 2), (2, 1)])
def test_that_the_pane_with_the_keyboard_grows_at_the_cost_of_the_one_beside_it(
    panes, pane, beside
):
    before = panes.sizes()
    panes.widget(pane).setFocus()
    assert widen()
    after = panes.sizes()
    assert after[pane] > before[pane]
    assert after[beside] < before[beside]
    assert widen(narrower=True)
    assert panes.sizes() == before


def test_that_a_pane_alone_stays_as_it_is(panes):
    panes.widget(1).hide()
    panes.widget(2).hide()
    panes.widget(0).setFocus()
    assert not widen()
