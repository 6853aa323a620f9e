"""What the few dialogs share: a form, a sentence for what is wrong, buttons."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.bars import plain_label
from ui.plain import plain_caption, plain_title

_FRAME = QSize(16, 48)  # of the screen, for the window's frame and title


class PlainDialog(QDialog):
    """A dialog with a column of content and a row of buttons; it frees itself."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        most = self.screen().availableGeometry().width() - _FRAME.width()
        self.setMinimumWidth(min(theme.px(width), most))
        self._area: QScrollArea | None = None
        self.content = QVBoxLayout()
        self.content.setSpacing(6)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addLayout(self.content, 1)
        column.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what is larger than the screen, with large text, is scrolled; the buttons stay."""
        layout, room = self.layout(), self.screen().availableGeometry().size() - _FRAME
        if layout is not None and self._area is None:
            width = max(self.width(), layout.totalMinimumSize().width())
            height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
            if height > room.height() or width > room.width():
                self._area = self._scrolled(layout, room.width())
                self.resize(
                    QSize(
                        width + self._area.verticalScrollBar().sizeHint().width(), height
                    ).boundedTo(room)
                )
        super().showEvent(event)

    def _scrolled(self, layout: QLayout, most: int) -> QScrollArea:
        """The content in an area that scrolls, as wide as it must be if the screen has the room."""
        area, inner = QScrollArea(), QWidget()
        layout.removeItem(self.content)
        self.content.setParent(None)
        inner.setLayout(self.content)
        inner.setProperty("role", "plain")
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        air = layout.contentsMargins().left() + layout.contentsMargins().right()
        wide = self.content.totalMinimumSize().width() + area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(min(wide, most - air))
        cast("QVBoxLayout", layout).insertWidget(0, area, 1)
        layout.invalidate()
        layout.activate()
        return area

    def settle(self) -> None:
        """Take the height the content needs now: wrapped words do not ask for it by themselves."""
        QTimer.singleShot(0, self, self._take_height)

    def _take_height(self) -> None:
        layout = self.layout()
        if layout is not None and self._area is None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(needed, layout.totalMinimumSize().height()))

    def add_button(self, text: str, *, primary: bool = False) -> QPushButton:
        """Put a button at the right of the row."""
        button = QPushButton(plain_caption(text))
        button.setAutoDefault(primary)
        button.setDefault(primary)
        if primary:
            button.setProperty("role", "primary")
        self._buttons.addWidget(button)
        return button

    def insert_button(self, place: int, button: QPushButton) -> None:
        """Put a button at the left of the row."""
        self._buttons.insertWidget(place, button)

    def add_labelled(self, text: str, widget: QWidget) -> None:
        """Put a widget under its label."""
        label = plain_label("", text)
        label.setBuddy(widget)
        label.setContentsMargins(0, 6, 0, 0)
        widget.setAccessibleName(text)
        self.content.addWidget(label)
        self.content.addWidget(widget)

    def add_sentence(self, role: str = "soft", text: str = "") -> QLabel:
        """Put a wrapped sentence."""
        label = plain_label(role, text)
        label.setWordWrap(True)
        label.setVisible(bool(text))
        self.content.addWidget(label)
        return label
