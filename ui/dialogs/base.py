"""What the few dialogs share: a form, a sentence for what is wrong, buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.bars import plain_label
from ui.plain import plain_caption, plain_title

_WIDEST = 960  # pixels; at every size of text a dialog fits a small screen


class PlainDialog(QDialog):
    """A dialog with a column of content and a row of buttons; it frees itself."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(theme.px(width), _WIDEST))
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

    def settle(self) -> None:
        """Take the height the content needs now: wrapped words do not ask for it by themselves."""
        QTimer.singleShot(0, self, self._take_height)

    def _take_height(self) -> None:
        layout = self.layout()
        if layout is not None:
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
