"""The form of one row beside a large sheet: all its columns in groups, in frames of fields."""

from __future__ import annotations

from collections.abc import Generator
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from forms.address import Address
from forms.schema import Column, Table
from ui.fields.frame import FieldFrame
from ui.fields.group import FieldGroup
from ui.fields.remarks import Remarks
from ui.fields.roles import EMPTY, FORM, GROUP, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.grid.columns import year_label
from ui.grid.outcome_shares import OutcomeShares, has_shares
from ui.session import PlanSession
from ui.text import tr

_MARGIN = 16
_ROOMY = 420  # pixels


class RecordForm(QWidget):
    """Shows the row it is pointed at; its frames are made once and wander from row to row."""

    stepped = Signal(int)  # -1 or 1: to the previous or next row
    jump_requested = Signal(object)  # Address
    caret_moved = Signal()
    entry_refused = Signal(object, str, str)  # Address, text, reason: an entry the form gives up

    def __init__(self, session: PlanSession, home: Address, table: Table) -> None:
        super().__init__()
        self._session = session
        self._home = home
        self._table = table
        self._row = ""
        self._years: tuple[tuple[int, ...], ...] = ()
        self._groups: list[FieldGroup] = []
        self._frames: dict[tuple[str, int], FieldFrame] = {}
        self._remarks: Remarks = {}
        self.shown_rows = lambda: session.view.rows(home)  # in the order they are stepped through
        give_role(self, FORM)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._head())
        self._empty = plain_label(tr("在表中选一行，这里显示它的全部内容。"), EMPTY, wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._empty, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area, 1)
        self.shares: OutcomeShares | None = None
        if has_shares(session, home):
            self.shares = OutcomeShares(session, home)
            self.shares.jump_requested.connect(self.jump_requested)
            layout.addWidget(self.shares)
        self.say_row()

    @property
    def row(self) -> str:
        """The key of the row shown, "" for none."""
        return self._row

    def show_row(self, row: Address | None) -> None:
        """Show another row; what was being typed is committed first."""
        key = row.row if row is not None else ""
        if key == self._row:
            return
        self.commit_pending()
        self._hand_over_refused()
        self._row = key
        if key:
            self._build_once()
            for (column, year), frame in self._frames.items():
                frame.point_at(self._home.at(key, column, year))
            self._show_columns()
            self._put_remarks()
        self.say_row()

    def follow(self) -> None:
        """Take over a change of the plan."""
        if self._row and self._row not in self._session.view.rows(self._home):
            self._row = ""
        if self._row:
            self._build_once()
            for frame in self._frames.values():
                frame.refresh()
            self._show_columns()
        self.say_row()

    def show_remarks(self, remarks: Remarks) -> None:
        """Show findings under their values."""
        self._remarks = remarks
        self._put_remarks()

    def reveal(self, address: Address) -> bool:
        """Scroll to a value of the row shown and take the keyboard."""
        frame = self._frames.get((address.column, address.year))
        if frame is None or address.row != self._row:
            return False
        self._area.ensureWidgetVisible(frame, _MARGIN, _MARGIN)
        frame.editor.focus_editor()
        return True

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan."""
        if self._row and self._row in self._session.view.rows(self._home):
            for frame in self._frames.values():
                frame.commit_pending()

    def frames(self) -> dict[tuple[str, int], FieldFrame]:
        """The frame of each column and year."""
        return self._frames

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a low form keeps its room for its fields."""
        super().resizeEvent(event)
        if self.shares is not None:
            self.shares.fold(folded=self.height() < _ROOMY)

    def _hand_over_refused(self) -> None:
        """What cannot be taken is not lost with the row: the sheet keeps it in its cell."""
        for frame in self._frames.values() if self._row else ():
            text = frame.editor.entered_text()
            if frame.editor.fault and text:
                self.entry_refused.emit(frame.address, text, frame.editor.fault)

    def _head(self) -> QHBoxLayout:
        self._title = plain_label("", GROUP, wraps=True)
        name = self._table.row_name
        self.previous = quiet_button(tr("上一个"), tr("上一个{name}").format(name=name), TOOL)
        self.next = quiet_button(tr("下一个"), tr("下一个{name}").format(name=name), TOOL)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.previous, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def showing(self, row: str) -> Generator[None]:
        """Show a row, in small steps while there are no frames yet."""
        yield from self._building(row)
        self.show_row(self._home.at_row(row))

    def _build_once(self) -> None:
        for _ in self._building(self._row):
            pass

    def _building(self, row: str) -> Generator[None]:
        """Make the frames one by one, for a row; they count when the last of them is there."""
        years = tuple(self._session.view.years(column.years) for column in self._table.columns)
        if years == self._years and self._frames:
            return
        groups: list[FieldGroup] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 4, _MARGIN, _MARGIN)
        column.setSpacing(20)
        for title, cells in self._grouped(years):
            frames: list[FieldFrame] = []
            for cell in cells:
                frames.append(self._frame(row, *cell))
                yield
            group = FieldGroup(title, frames)
            group.caret_moved.connect(self.caret_moved)
            group.jump_requested.connect(self.jump_requested)
            groups.append(group)
            column.addWidget(group)
        column.addStretch(1)
        made = (frame for group in groups for frame in group.frames)
        self._frames = {frame.address.cell: frame for frame in made}
        self._years, self._groups = years, groups
        before = cast("QWidget | None", self._area.takeWidget())
        self._area.setWidget(body)
        if before is not None:
            before.deleteLater()  # its key may have taken back the year

    def _grouped(
        self, years: tuple[tuple[int, ...], ...]
    ) -> list[tuple[str, list[tuple[Column, int]]]]:
        """What stands in each group; yearly columns are a group of their own."""
        groups: list[tuple[str, list[tuple[Column, int]]]] = []
        for column, its_years in zip(self._table.columns, years, strict=True):
            title = column.label if column.years else column.group
            if column.years and column.group:
                title = f"{column.group} · {column.label}"
            if not groups or groups[-1][0] != title:
                groups.append((title, []))
            groups[-1][1].extend((column, year) for year in its_years)
        return [group for group in groups if group[1]]

    def _frame(self, row: str, column: Column, year: int) -> FieldFrame:
        label = year_label(year) if year else column.label
        address = self._home.at(row, column.key, year)
        frame = FieldFrame(self._session, address, label, column.mark)
        if year:
            frame.editor.set_label(f"{column.label} {label}")
        return frame

    def _show_columns(self) -> None:
        row = self._home.at_row(self._row)
        shown = {
            column.key: self._session.view.shows_cell(column, row) for column in self._table.columns
        }
        for group in self._groups:
            group.show_only(lambda frame: shown[frame.address.column])

    def _put_remarks(self) -> None:
        for frame in self._frames.values():
            frame.show_findings(self._remarks.get(frame.address, ()))

    def say_row(self) -> None:
        """Say which row is shown, and whether there is one before and after it."""
        if self.shares is not None:
            self.shares.show_row(self._row)
        self._empty.setVisible(not self._row)
        self._area.setVisible(bool(self._row))
        rows = self._session.view.rows(self._home)
        place = rows.index(self._row) if self._row in rows else -1
        name = self._session.view.row_name(self._home.at_row(self._row)) if place >= 0 else ""
        self._title.setText(
            tr("{name}（第 {place} / {count}）").format(name=name, place=place + 1, count=len(rows))
            if place >= 0
            else tr("{name}详情").format(name=self._table.row_name)
        )
        shown = self.shown_rows()
        at = shown.index(self._row) if self._row in shown else -1
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(0 <= at < len(shown) - 1)
