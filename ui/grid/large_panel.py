"""A large table: the sheet, and the form of the row under its cursor, in a splitter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from forms.address import Address
from forms.schema import Table
from ui import theme
from ui.fields.remarks import Remarks
from ui.fields.roles import TOOL, give_role
from ui.fields.small import quiet_button
from ui.grid.record_form import RecordForm
from ui.grid.rows_panel import RowsPanel
from ui.grid.sheet_model import Refused
from ui.scaling import least, sized
from ui.session import PlanSession
from ui.text import tr
from ui.turns import Turns

_BESIDE_FROM = 1000
_LEAST_HEIGHT = 560
_LEAST_FORM = 380
_MORE_BELOW = 110  # beyond the page, so that lines of fields are seen under the rows
_SHARE_BELOW = 44  # percent
_HANDLE = 11
_PAUSE_MS = 250  # a page that somebody only passes by makes no form
_TURN_SECONDS = 0.012
_BESIDE_AIR = 8


class LargePanel(QWidget):
    """A sheet with a form: beside it where there is room, else below."""

    focused = Signal(object)  # Address
    jump_requested = Signal(object)  # Address

    def __init__(self, session: PlanSession, home: Address, table: Table) -> None:
        super().__init__()
        self.sheet = RowsPanel(session, home, table)
        self.sheet.fill()
        self.form = RecordForm(session, home, table)
        self._splitter = _splitter()
        for place, part in enumerate((self.sheet, self.form)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, 1 - place)
            part.jump_requested.connect(self.jump_requested)
        self._turns = Turns(_TURN_SECONDS, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show_first)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._was_moved = False
        self._room = 0
        for part in (self.sheet, self.form):
            sized(part, _giving_least_size(part))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.switch = quiet_button(
            tr("表单"), tr("“{table}”的表单").format(table=table.label), TOOL
        )
        self.switch.setToolTip(tr("显示或收起所选行的表单"))
        self.switch.setCheckable(True)
        self.switch.setChecked(True)
        self.switch.toggled.connect(self._show_form)
        self.sheet.bar.addWidget(self.switch)
        self._join()
        self._show_form()

    def _join(self) -> None:
        """The form follows the sheet, and leads on in it."""
        self.form.shown_rows = lambda: self.sheet.rows.open_rows
        self.sheet.rows.arranged.connect(self.form.say_row)
        self.sheet.row_chosen.connect(self._on_row_chosen)
        self.sheet.focused.connect(self.focused)
        self.form.entry_refused.connect(self._on_entry_refused)
        self.form.stepped.connect(self._on_stepped)

    def set_room(self, height: int) -> None:
        """Fill the page that shows it."""
        self._room = height
        self._fit()

    def follow(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan."""
        self.sheet.follow(places)
        self.form.follow()
        self._show_form()
        if not self.form.row:
            self._pause.start()

    def show_remarks(self, remarks: Remarks) -> None:
        """Mark values with findings."""
        self.sheet.show_remarks(remarks)
        self.form.show_remarks(remarks)

    def reveal(self, address: Address) -> bool:
        """Put the cursor on the cell, which points the form at its row."""
        return self.sheet.reveal(address)

    def commit_pending(self) -> None:
        """Commit what is on screen and not yet in the plan."""
        self.sheet.commit_pending()
        self.form.commit_pending()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below; the shares are the user's once the handle was moved."""
        super().resizeEvent(event)
        self._fit()
        beside = self.width() >= _BESIDE_FROM
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._splitter.orientation() == wanted and self._was_moved:
            return
        self._splitter.setOrientation(wanted)
        self.form.setContentsMargins(_BESIDE_AIR if beside else 0, 0, 0, 0)
        room = self.width() if beside else self.height()
        form = max(_LEAST_FORM, room * 2 // 5) if beside else room * _SHARE_BELOW // 100
        self._splitter.setSizes([room - form, form])

    def _fit(self) -> None:
        """As high as the page, or while there is no row as high as what is said instead."""
        if self.sheet.rows.has_rows:
            is_below = self.width() < _BESIDE_FROM and self.switch.isChecked()
            more = theme.px(_MORE_BELOW) if is_below else 0
            height = max(least(_LEAST_HEIGHT), self._room + more)
        else:
            wanted = self.sheet.column.heightForWidth(self.width())
            height = max(self.sheet.minimumHeight(), self.sheet.sizeHint().height(), wanted)
        if height != self.height():
            self.setFixedHeight(height)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: a form that shows nothing yet shows the first row once the page is there."""
        super().showEvent(event)
        if not self.form.row:
            self._pause.start()

    def _show_first(self) -> None:
        rows = self.sheet.rows.open_rows
        if rows and not self.form.row and self.form.isVisible():
            self._turns.begin(self.form.showing(rows[0]))

    def _on_stepped(self, by: int) -> None:
        self.sheet.step_row(by, self.form.row)

    def _on_row_chosen(self, row: Address | None) -> None:
        self._turns.give_up()
        self.form.show_row(row)

    def _on_entry_refused(self, address: Address, text: str, why: str) -> None:
        self.sheet.rows.refuse({address: Refused(text, why)})

    def _on_splitter_moved(self) -> None:
        self._was_moved = True

    def _show_form(self) -> None:
        self.form.setVisible(self.switch.isChecked() and self.sheet.rows.has_rows)
        self._fit()


def _splitter() -> QSplitter:
    """A splitter whose handle is a fine line with room to take hold of it."""
    made = QSplitter(Qt.Orientation.Vertical)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(_HANDLE)
    give_role(made, "inner")
    return made


def _giving_least_size(part: QWidget) -> Callable[[], None]:
    return lambda: part.setMinimumSize(_LEAST_FORM, theme.px(_LEAST_FORM // 2))
