"""The line of Ctrl+K and the list below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.fields.small import plain_label
from ui.palette.entries import Entry, find, near
from ui.prose.offers import OffersDelegate, OffersModel
from ui.text import tr

_WIDTH, _HEIGHT, _TOP = 600, 460, 56
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class Palette(QFrame):
    """Finds an entry by words and tells which was chosen; it frees itself.

    Part of the window, no window of its own: input methods and screen readers stay with it.
    """

    chosen = Signal(object)  # Entry

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = entries
        self._before: QWidget | None = None  # what had the keyboard
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("输入名称中的几个字：栏目、项目、操作…"))
        self.words.setAccessibleName(tr("转到或执行"))
        self.words.installEventFilter(self)
        self.model = OffersModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(OffersDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("找到的栏目和操作"))
        self._foot = plain_label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)
        self.words.textChanged.connect(self._show)
        self.view.clicked.connect(self._on_clicked)
        self._show("")

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of the window, the keyboard in its line."""
        width = min(theme.px(_WIDTH), window.width() - 40)
        self.resize(width, min(theme.px(_HEIGHT), window.height() - _TOP - 40))
        corner = window.rect().topLeft()
        corner.setX(corner.x() + (window.width() - width) // 2)
        corner.setY(corner.y() + _TOP)
        self.move(corner)
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.words.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: arrows move in the list while the line has the keyboard; leaving it closes all."""
        if watched is self.words and event.type() == QEvent.Type.FocusOut:
            self.close()
        if watched is self.words and isinstance(event, QKeyEvent) and _is_press(event):
            by = _MOVES.get(Qt.Key(event.key()))
            if by is not None:
                self._move(by)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _show(self, words: str) -> None:
        named = find(self._entries, words)
        found = named or near(self._entries, words)
        self.model.show(found)
        if found:
            self.view.setCurrentIndex(self.model.index(0))
        told = (
            tr("没有叫这个名字的栏目或操作。")
            if not found
            else tr("没有叫这个名字的，下面是相近的。")
        )
        keys = tr("↑↓ 选择　Enter 转到　Esc 关闭")
        self._foot.setText(keys if named else told)

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            row = self.view.currentIndex().row() + by
            wanted = row % count if abs(by) == 1 else max(0, min(row, count - 1))
            self.view.setCurrentIndex(self.model.index(wanted))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self.model.offers[index.row()]
            self._leave()
            self.chosen.emit(entry)

    def _leave(self) -> None:
        """Close, the keyboard back where it was; else Qt hands it to whatever comes next."""
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.close()


def _is_press(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress
