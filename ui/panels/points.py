"""The content points of a section to tick: what a reviewer looks for, and what is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from forms.edits import EditError
from forms.schema import Section
from forms.ticks import tick, ticked
from ui.fields.small import plain_label
from ui.session import PlanSession
from ui.text import tr

_LETTER = "国"
_TOP = Qt.AlignmentFlag.AlignTop


class PointsList(QWidget):
    """One box a point; ticking is an edit of the plan like any other."""

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._section: Section | None = None
        self.boxes: list[QCheckBox] = []
        self._rows: list[_Row] = []
        self.caption = plain_label(role="caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.caption)
        session.changed.connect(self._follow)

    def show_points(self, section: Section) -> None:
        """Show the points of a section."""
        if section != self._section:
            self._section = section
            self._build(section)
        self._follow()

    def _build(self, section: Section) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.boxes = [], []
        for point in section.points:
            row = self._row(point)
            self.boxes.append(row.box)
            self._rows.append(row)
            self._column.addWidget(row)
        self.setVisible(bool(section.points))

    def _row(self, point: str) -> _Row:
        row = _Row(point, can_tick=self._session.pack.roles.ticks is not None)
        row.box.clicked.connect(lambda: self._tick(point, row.box.isChecked()))
        return row

    def _tick(self, point: str, on: bool) -> None:
        if self._section is None:
            return
        try:
            edits = tick(self._session.view, self._section, point, on=on)
            label = tr("勾选要点") if on else tr("取消勾选要点")
            self._session.edit_all(edits, label)
        except EditError:
            pass
        self._follow()

    def _follow(self) -> None:
        section = self._section
        if section is None:
            return
        done = ticked(self._session.view, section)
        for point, box in zip(section.points, self.boxes, strict=True):
            box.setChecked(point in done)
        total = len(section.points)
        words = tr("本节要点（已核 {0}/{1}）").format(len(done), total)
        self.caption.setText(words if self._session.pack.roles.ticks else tr("本节要点"))


class _Row(QWidget):
    """A box and the words beside it, which may take several lines."""

    def __init__(self, point: str, *, can_tick: bool) -> None:
        super().__init__()
        self.box = QCheckBox(self)  # without a parent it would flash as a window of its own
        self.box.setAccessibleName(point)
        self._words = _Words(point if can_tick else f"· {point}")
        self._words.pressed.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.box, 0, _TOP)
        row.addWidget(self._words, 1)
        self.box.setVisible(can_tick)  # now that it has a parent: alone it would be a window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the box stands level with the letters of the first line, whatever their size."""
        super().resizeEvent(event)
        metrics = self._words.fontMetrics()
        letter = metrics.tightBoundingRect(_LETTER)
        self.box.setMinimumHeight(2 * metrics.ascent() + letter.top() + letter.bottom())

    def _press(self) -> None:
        if not self.box.isHidden():
            self.box.setFocus()
            self.box.click()


class _Words(QLabel):
    """The words of a point; a click on them is one on the box."""

    pressed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        self.setAlignment(_TOP | Qt.AlignmentFlag.AlignLeft)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: clicked."""
        if (
            event.button() == Qt.MouseButton.LeftButton
            and event.type() == QEvent.Type.MouseButtonRelease
        ):
            self.pressed.emit()
