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
