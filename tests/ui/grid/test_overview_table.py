"""Tables that are only read, such as the targets: as wide as their figures at any size of text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStyleOptionViewItem

from commands.making import sample_plan
from forms.loading import open_pack
from forms.schema import Listing
from tests.ui.fields.plans import Shelf
from ui import theme
from ui.grid.overview_table import OverviewPanel
from ui.session import PlanSession
from ui.theme import Look


@pytest.fixture
def targets(qtbot, dressed):
    pack = open_pack("ndrc-2021-1004")
    items = (item for section in pack.sections() for item in section.items)
    table = next(each for each in items if isinstance(each, Listing) and each.label == "主要目标")
    panel = OverviewPanel(PlanSession(pack, sample_plan().answers, Shelf()), table)
    qtbot.addWidget(panel)
    panel.resize(760, 600)
    panel.show()
    yield panel
    theme.put_on(dressed, Look.LIGHT, 100)


def cut_off(panel):
    """The figures that need more room than their column has."""
    model, view = panel.model, panel.view
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    cells = (
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.numeric[column]
    )
    return [
        cell.data()
        for cell in cells
        if view.itemDelegate().sizeHint(option, cell).width() > view.columnWidth(cell.column())
    ]


@pytest.mark.parametrize("percent", [100, 150])
def test_that_no_figure_of_the_targets_is_cut_off_at_any_size_of_text(targets, dressed, percent):
    assert "298634.55" in {text for row in targets.model.rows for text in row}
    theme.put_on(dressed, Look.LIGHT, percent)
    assert cut_off(targets) == []


def test_that_names_have_their_room_again_when_the_window_is_wider_again(targets, qtbot):
    before = targets.view.columnWidth(0)
    targets.resize(680, 600)
    qtbot.waitUntil(lambda: targets.view.columnWidth(0) < before)
    targets.resize(760, 600)
    qtbot.waitUntil(lambda: targets.view.columnWidth(0) >= before)
