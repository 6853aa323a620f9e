"""Sessions and pages for the tests of this folder, and sheets without a page around them."""

from __future__ import annotations

import pytest

from forms.address import Address
from forms.schema import Table
from tests.ui.fields.plans import *  # noqa: F403
from ui.grid.rows_panel import RowsPanel


@pytest.fixture
def open_sheet(qtbot):
    """Show one table by itself, which is quicker than the page of its section with its forms."""
    sheets = []

    def show(session, section, item):
        table = session.pack.index.items[section, item]
        assert isinstance(table, Table)
        panel = RowsPanel(session, Address(section, item), table)
        session.changed.connect(lambda change: panel.follow(change.changes.places))
        qtbot.addWidget(panel)
        sheets.append(panel)
        panel.resize(1100, 420)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return show


@pytest.fixture
def sheet_of_one_row(make_session, open_page):
    """The sheet of a large table with one project, on the page of its section."""
    session = make_session({"works/list/p1/name": "余热项目"}, rows=["works/list/p1"])
    return open_page(session, "works").blocks[0].panel.sheet
