"""Editors of one line: text, figures with their unit, years, months and days."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from forms.kinds import Kind, Text, is_numeric, unit_of
from forms.reading import ReadingError, read_value
from ui.fields.editors import Editor
from ui.fields.roles import UNIT
from ui.fields.small import plain_label
from ui.fields.standing import Standing
from ui.session import PlanSession

_PAUSE_MS = 400
_UNIT_GAP = 8


class UnitLine(QLineEdit):
    """A line edit with a unit inside at its right; Esc says that the entry is given up."""

    escaped = Signal()

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit: QLabel | None = None
        self.set_unit(unit)

    def set_unit(self, unit: str) -> None:
        """Change the unit."""
        if self._unit is None and unit:
            self._unit = plain_label(unit, UNIT, self)
            self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._unit.show()
        if self._unit is not None:
            self._unit.setText(unit)
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the entry up on Esc when there is one."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.escaped.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit at the right."""
        super().resizeEvent(event)
        if self._unit is not None:
            self._make_room()

    def _make_room(self) -> None:
        if self._unit is None:
            return
        size = self._unit.sizeHint()
        self.setTextMargins(0, 0, size.width() + _UNIT_GAP, 0)
        left, top = self.width() - size.width() - _UNIT_GAP, (self.height() - size.height()) // 2
        self._unit.setGeometry(left, top, size.width(), size.height())


class LineEditor(Editor):
    """One line that is read by its kind.

    Text is committed with each change; anything else when the line is left, on Return, and after a
    pause in typing when it can be understood.
    """

    merges = True

    def __init__(self, session: PlanSession, kind: Kind, label: str) -> None:
        super().__init__(session, kind, label)
        self._shown = ""
        self.line = UnitLine(unit_of(kind))
        if is_numeric(kind):
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._hold(self.line)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.editingFinished.connect(self.finish)
        self.line.escaped.connect(self._on_escaped)

    def set_placeholder(self, text: str) -> None:
        """Show in an empty line how to fill it."""
        self.line.setPlaceholderText(text)

    def entered_text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def finish(self) -> None:
        """Commit the line as it is; what cannot be understood stays and is explained."""
        self._pause.stop()
        if not self._commit():
            return
        if self.line.isModified():
            self.settled.emit()

    def _show(self, standing: Standing) -> None:
        self._pause.stop()
        if standing.kind is not None and standing.kind != self.kind:  # another row, another unit
            self.kind = standing.kind
            self.line.set_unit(unit_of(standing.kind))
        self.line.setReadOnly(standing.is_locked)
        self._shown = standing.entry
        if self.line.text() != standing.entry:
            place = self.line.cursorPosition()
            self.line.setText(standing.entry)
            # a text longer than the line shows its beginning, unless somebody is typing in it
            self.line.setCursorPosition(place if self.line.hasFocus() else 0)
        self.line.setModified(False)

    def _on_text_edited(self) -> None:
        if isinstance(self.kind, Text):
            self._commit()
            return
        if self.fault:
            self._commit()  # the reason follows the typing, so that it goes when the entry is right
        self._pause.start()

    def _on_pause(self) -> None:
        if self._understood():
            self._commit()

    def _on_escaped(self) -> None:
        self.show_standing(self._standing)
        self.settled.emit()

    def _understood(self) -> bool:
        try:
            read_value(self.session.pack, self.kind, self.line.text())
        except ReadingError:
            return False
        return True

    def _commit(self) -> bool:
        text = self.line.text()
        if text == self._shown:
            self.set_fault("")
            return True
        try:
            value = read_value(self.session.pack, self.kind, text)
        except ReadingError as error:
            self.set_fault(str(error))
            return False
        self.set_fault("")
        self._shown = text
        self.committed.emit(value)
        return not self.fault
