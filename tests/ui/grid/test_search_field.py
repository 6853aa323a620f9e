"""The search of a large sheet reads it in turns, and finds what a small one finds at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from forms.address import Address
from forms.edits import SetValue
from ui.grid import search_field
from ui.grid.arranging import Sorting
from ui.grid.rows_panel import RowsPanel

HOME = Address("works", "list")
NAMES = {"p1": "余热项目", "p2": "中水项目", "p3": "管网工程", "p4": "光伏项目"}
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def session(make_session):
    texts = {f"works/list/{row}/name": name for row, name in NAMES.items()}
    return make_session(texts, rows=[f"works/list/{row}" for row in NAMES])


@pytest.fixture
def panel(session, qtbot, monkeypatch):
    """The sheet as if it had thousands of rows: each column is read in a turn of its own."""
    monkeypatch.setattr(search_field, "_MANY", 0)
    monkeypatch.setattr(search_field, "_TURN_S", 0)
    shown = RowsPanel(session, HOME, session.pack.index.items[HOME.section, HOME.item])
    session.changed.connect(lambda change: shown.follow(change.changes.places))
    qtbot.addWidget(shown)
    return shown


def found(panel):
    """The rows whose words hold what is searched, read cell by cell."""
    rows = panel.rows
    cells = range(len(rows.sheet_columns))
    return tuple(
        key
        for row, key in enumerate(tuple(NAMES))
        if any(panel.search.text() in rows.text_at(row, at) for at in cells)
    )


def test_that_rows_are_found_once_all_columns_are_read(panel, qtbot):
    panel.search.setText("项目")
    wanted = found(panel)
    assert panel.rows.keys == tuple(NAMES), "nothing is hidden while columns are read"

    qtbot.waitUntil(lambda: panel.rows.search == "项目")
    assert panel.rows.keys == wanted == ("p1", "p2", "p4")


def test_that_only_what_was_typed_last_is_searched(panel, qtbot):
    shown = []
    panel.rows.arranged.connect(lambda: shown.append(panel.rows.search))
    for text in ("管", "管网", "光"):
        panel.search.setText(text)
        QCoreApplication.processEvents()

    qtbot.waitUntil(lambda: panel.rows.search == "光")
    assert shown == ["光"]
    assert panel.rows.keys == ("p4",)


def test_that_a_search_that_is_taken_away_shows_all_rows_at_once_and_for_good(panel, qtbot):
    panel.search.setText("光")
    qtbot.waitUntil(lambda: panel.rows.search == "光")
    panel.search.setText("光伏")
    panel.search.clear()
    assert panel.rows.keys == tuple(NAMES)

    for _ in range(2 * len(panel.rows.sheet_columns)):
        QCoreApplication.processEvents()
    assert panel.rows.keys == tuple(NAMES)


def test_that_what_is_done_to_the_sheet_meanwhile_stands_and_is_searched(panel, session, qtbot):
    panel.search.setText("项目")
    panel.arranger.arrange(panel.arranger.now.sieved(("name", 0), None))
    panel.arranger.sort(("name", 0), descending=True)
    session.edit(SetValue(HOME.at("p3", "name"), "管网项目"))
    assert panel.search.text() == "项目"

    qtbot.waitUntil(lambda: panel.rows.search == "项目")
    assert panel.arranger.now.sorting == Sorting(("name", 0), descending=True)
    assert set(panel.rows.keys) == set(NAMES)


def test_that_a_small_sheet_is_searched_at_once(panel, monkeypatch):
    monkeypatch.setattr(search_field, "_MANY", len(NAMES))
    panel.search.setText("光伏")
    assert panel.rows.keys == ("p4",)


def test_that_keys_lead_from_the_search_to_what_it_found_and_give_it_up(
    open_sheet, session, qtbot, keys
):
    panel = open_sheet(session, *HOME[:2])
    panel.search.show()
    panel.search.setFocus()
    panel.search.setText("中水")
    qtbot.waitUntil(lambda: panel.rows.keys == ("p2",))

    keys(Qt.Key.Key_Return)
    assert panel.view.hasFocus()
    assert panel.view.current_address().row == "p2"

    panel.search.setFocus()
    keys(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.rows.keys == tuple(NAMES))
    assert panel.search.hasFocus()
    keys(Qt.Key.Key_Escape)
    assert panel.view.hasFocus()
