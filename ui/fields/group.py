"""Fields of one group: two columns where there is room, prose and pictures across both."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.fields.factory import takes_full_width
from ui.fields.frame import FieldFrame
from ui.fields.prose import ProseEditor
from ui.fields.roles import GROUP
from ui.fields.small import plain_label

_TWO_COLUMNS_FROM = 520
_TWO_COLUMNS_FROM_LINES = 24  # heights of a line of text: larger text wants more width
_BETWEEN = 24
_BELOW = 14
_TWO = 2
_TOP = Qt.AlignmentFlag.AlignTop


class FieldGroup(QWidget):
    """Frames of fields laid out in one or two columns; hidden ones leave no hole."""

    jump_requested = Signal(object)  # Address
    caret_moved = Signal()

    def __init__(self, title: str, frames: Sequence[FieldFrame]) -> None:
        super().__init__()
        self.frames = tuple(frames)
        self._shown = self.frames
        self._is_shown = True
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if title:
            column.addWidget(plain_label(title, GROUP))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(_BELOW)
        column.addLayout(self._grid)
        for frame in self.frames:
            frame.jump_requested.connect(self.jump_requested)
            if isinstance(frame.editor, ProseEditor):
                frame.editor.caret_moved.connect(self.caret_moved)
        self._lay_out(_TWO)

    def show_only(self, wanted: Callable[[FieldFrame], bool]) -> bool:
        """Show the frames that are asked for; False when none is."""
        shown = tuple(frame for frame in self.frames if wanted(frame))
        if shown != self._shown:
            self._shown = shown
            for frame in self.frames:
                frame.setVisible(frame in shown)
            self._lay_out(self._columns)
        if bool(shown) != self._is_shown:  # asking Qt again would lay all of it out anew
            self._is_shown = bool(shown)
            self.setVisible(self._is_shown)
        return self._is_shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of columns."""
        super().resizeEvent(event)
        least = max(_TWO_COLUMNS_FROM, _TWO_COLUMNS_FROM_LINES * self.fontMetrics().height())
        columns = _TWO if self.width() >= least else 1
        if columns != self._columns:
            self._lay_out(columns)

    def _lay_out(self, columns: int) -> None:
        self._columns = columns
        for frame in self.frames:  # not takeAt: its item would linger and keep stale heights
            self._grid.removeWidget(frame)
        row = column = 0
        for frame in self._shown:
            wide = takes_full_width(frame.editor.kind)
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(frame, row, column, 1, columns if wide else 1)
            column += columns if wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for place in range(_TWO):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
            self._grid.setColumnMinimumWidth(place, 0)
        self._align()

    def _align(self) -> None:
        """Frames of one row start at the same height, whatever is said below one of them."""
        for frame in self._shown:
            self._grid.setAlignment(frame, _TOP)
