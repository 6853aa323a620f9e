"""The blocks a section's page is made of: groups of fields, sheets, and overviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, assert_never

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.address import Address
from forms.schema import (
    Diagram,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Section,
    Summary,
    Table,
    YearTable,
)
from ui.diagrams.elsewhere import DrawnElsewhere
from ui.diagrams.panel import DiagramPanel
from ui.fields.factor_panel import FactorPanel
from ui.fields.frame import FieldFrame
from ui.fields.group import FieldGroup
from ui.fields.remarks import Remarks
from ui.grid import indicator_table, year_table
from ui.grid.indicator_table import IndicatorModel
from ui.grid.large_panel import LargePanel
from ui.grid.overview_table import OverviewPanel
from ui.grid.panel import SheetPanel
from ui.grid.rows_panel import RowsPanel
from ui.grid.sheet_trace import SheetTrace
from ui.grid.year_table import YearModel
from ui.session import PlanSession

_TRACE_WIDTH = 860
_ABOVE_TRACE = 60  # percent of the page's height a sheet takes that explains itself below


class Block(QWidget):
    """One part of a page: items that stand together and are shown, refreshed and found together."""

    focused = Signal(object)  # Address under the cursor of a sheet
    jump_requested = Signal(object)  # Address
    caret_moved = Signal()
    is_wide = True  # takes the whole width of the page, not only that of a line of text

    def __init__(self, session: PlanSession, items: tuple[Item, ...]) -> None:
        super().__init__()
        self.session = session
        self.items = items
        self.is_shown = True  # whether anything in it is asked for; the page may be hidden
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def holds(self, item: str) -> bool:
        """Whether an item of this key stands here."""
        return any(each.key == item for each in self.items)

    def follow(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan, conditions first."""
        shown = [item for item in self.items if self.session.view.shows_item(item)]
        if bool(shown) != self.is_shown:  # asking Qt again would lay all of it out anew
            self.is_shown = bool(shown)
            self.setVisible(self.is_shown)
        if shown:
            self.take(places)

    def take(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan."""
        raise NotImplementedError

    def show_remarks(self, remarks: Remarks) -> None:
        """Show findings where they belong."""

    def reveal(self, address: Address) -> QWidget | None:
        """Take the keyboard to an address of this block; what to scroll to, None if hidden."""
        raise NotImplementedError

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan."""

    def set_room(self, height: int) -> None:
        """How high the page is."""


class FieldsBlock(Block):
    """Fields of one group."""

    is_wide = False

    def __init__(self, session: PlanSession, section: Section, fields: tuple[Field, ...]) -> None:
        super().__init__(session, fields)
        self._fields = {field.key: field for field in fields}
        self.frames = {
            field.key: FieldFrame(session, Address(section.key, field.key), field.label, field.mark)
            for field in fields
        }
        self._group = FieldGroup(fields[0].group, tuple(self.frames.values()))
        self._group.jump_requested.connect(self.jump_requested)
        self._group.caret_moved.connect(self.caret_moved)
        self._layout.addWidget(self._group)

    def take(self, places: tuple[Address, ...]) -> None:
        """Show what is asked for; frames take over what differs from what they show."""
        del places
        view = self.session.view
        self._group.show_only(lambda frame: view.shows_item(self._fields[frame.address.item]))
        for frame in self.frames.values():
            frame.refresh()

    def show_remarks(self, remarks: Remarks) -> None:
        """Findings stand under the first of their fields, in the tool tips of the others."""
        said: set[int] = set()
        for frame in self.frames.values():
            found = remarks.get(frame.address, ())
            fresh = any(id(finding) not in said for finding in found)
            said.update(map(id, found))
            frame.show_findings(found, in_words=fresh)

    def reveal(self, address: Address) -> QWidget | None:
        """Focus a field's editor."""
        frame = self.frames.get(address.item)
        if frame is None or frame.isHidden():
            return None
        frame.editor.focus_editor()
        frame.show_trace()
        return frame

    def commit_pending(self) -> None:
        """Commit every field."""
        for frame in self.frames.values():
            frame.commit_pending()


class Sheet(Protocol):
    """What the page asks of a sheet's panel."""

    def follow(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan."""
        ...

    def show_remarks(self, remarks: Remarks) -> None:
        """Mark values with findings."""
        ...

    def reveal(self, address: Address) -> bool:
        """Take the keyboard to an address."""
        ...

    def commit_pending(self) -> None:
        """Commit what is being typed."""
        ...

    def set_room(self, height: int) -> None:
        """How high the page is."""
        ...


class SheetBlock(Block):
    """A table of rows, a year table or the indicators."""

    def __init__(
        self, session: PlanSession, home: Address, item: Item, panel: SheetPanel | LargePanel
    ) -> None:
        super().__init__(session, (item,))
        self.panel = panel
        self._sheet: Sheet = panel
        panel.focused.connect(self.focused)
        panel.jump_requested.connect(self.jump_requested)
        self._layout.addWidget(panel)
        self.drawn = DrawnElsewhere(session, home, item.label)
        self.drawn.jump_requested.connect(self.jump_requested)
        self._layout.addWidget(self.drawn)
        self.trace: SheetTrace | None = None
        if not isinstance(panel, LargePanel) and has_computed(item):  # a large one has its form
            self.trace = SheetTrace(session)
            panel.focused.connect(self.trace.show_cell)
            self.trace.jump_requested.connect(self.jump_requested)
            self.trace.setMaximumWidth(_TRACE_WIDTH)
            row = QHBoxLayout()
            row.addWidget(self.trace, 1)
            row.addStretch(0)
            self._layout.addLayout(row)

    def take(self, places: tuple[Address, ...]) -> None:
        """Pass the change on."""
        self._sheet.follow(places)
        if self.trace is not None:
            self.trace.follow()

    def show_remarks(self, remarks: Remarks) -> None:
        """Mark the cells."""
        self._sheet.show_remarks(remarks)

    def reveal(self, address: Address) -> QWidget | None:
        """Put the cursor on the cell."""
        return self.panel if self.is_shown and self._sheet.reveal(address) else None

    def commit_pending(self) -> None:
        """Take what is being typed in a cell."""
        self._sheet.commit_pending()

    def set_room(self, height: int) -> None:
        """Longer sheets scroll inside, and leave room for what is said below them."""
        self._sheet.set_room(height if self.trace is None else height * _ABOVE_TRACE // 100)


class OverviewBlock(Block):
    """A summary or a listing."""

    def __init__(self, session: PlanSession, item: Summary | Listing) -> None:
        super().__init__(session, (item,))
        self._panel = OverviewPanel(session, item)
        self._panel.jump_requested.connect(self.jump_requested)
        self._layout.addWidget(self._panel)

    def take(self, places: tuple[Address, ...]) -> None:
        """Compute anew."""
        del places
        self._panel.follow()

    def reveal(self, address: Address) -> QWidget | None:
        """Show the overview; there is nothing to type."""
        del address
        if not self.is_shown:
            return None
        self._panel.view.setFocus()
        return self._panel


class DiagramBlock(Block):
    """A diagram."""

    is_wide = False

    def __init__(self, session: PlanSession, item: Diagram) -> None:
        super().__init__(session, (item,))
        self.panel = DiagramPanel(session, item)
        self._layout.addWidget(self.panel)

    def take(self, places: tuple[Address, ...]) -> None:
        """Draw anew, a moment later."""
        del places
        self.panel.follow_soon()

    def reveal(self, address: Address) -> QWidget | None:
        """Show the diagram; there is nothing to type."""
        del address
        if not self.is_shown:
            return None
        self.panel.view.setFocus()
        return self.panel


class FactorsBlock(Block):
    """The factors in use and their confirmations, in place of the table that records them."""

    is_wide = False

    def __init__(self, session: PlanSession, item: Table) -> None:
        super().__init__(session, (item,))
        self.panel = FactorPanel(session, item.label)
        self.panel.jump_requested.connect(self.jump_requested)
        self._layout.addWidget(self.panel)

    def take(self, places: tuple[Address, ...]) -> None:
        """List anew what is in use."""
        del places
        self.panel.follow()

    def reveal(self, address: Address) -> QWidget | None:
        """Go to the first factor: those that wait come first."""
        del address
        if not self.is_shown:
            return None
        self.panel.focus_first()
        return self.panel


def has_computed(item: Item) -> bool:
    """Whether anything in a table is computed."""
    match item:
        case Table():
            return any(column.computed for column in item.columns)
        case YearTable():
            return any(row.computed for row in item.rows)
        case _:
            return isinstance(item, IndicatorTable)


def make_block(session: PlanSession, section: Section, items: Sequence[Item]) -> Block:
    """The block of items that stand together, as `parts_of` gives them."""
    record = session.pack.roles.confirmations
    first = items[0]
    home = Address(section.key, first.key)
    match first:
        case Field():
            fields = tuple(item for item in items if isinstance(item, Field))
            return FieldsBlock(session, section, fields)
        case Table() if record is not None and record.table == home:
            return FactorsBlock(session, first)
        case Table() if first.grid:
            return SheetBlock(session, home, first, LargePanel(session, home, first))
        case Table():
            return SheetBlock(session, home, first, RowsPanel(session, home, first, wraps=True))
        case YearTable():
            model = YearModel(session, home, first)
            return SheetBlock(session, home, first, SheetPanel(model, year_table.FROZEN_COLUMNS))
        case IndicatorTable():
            indicators = IndicatorModel(session, home, first)
            panel = SheetPanel(indicators, indicator_table.FROZEN_COLUMNS, wraps=True)
            return SheetBlock(session, home, first, panel)
        case Summary() | Listing():
            return OverviewBlock(session, first)
        case Diagram():
            return DiagramBlock(session, first)
        case _:
            assert_never(first)


def parts_of(section: Section) -> list[list[Item]]:
    """The items of a section by the block they make; neighbouring fields of a group share one."""
    runs: list[list[Item]] = []
    for item in section.items:
        last = runs[-1][-1] if runs else None
        if isinstance(item, Field) and isinstance(last, Field) and item.group == last.group:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
