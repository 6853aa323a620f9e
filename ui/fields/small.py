"""Small ready-made widgets of one look: plain labels and quiet buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ui.fields.roles import LINK, give_role
from ui.plain import plain_caption


def plain_label(
    text: str = "", role: str = "", parent: QWidget | None = None, *, wraps: bool = False
) -> QLabel:
    """A label that never takes its text for markup."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if wraps:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    give_role(label, role)
    return label


class _Quiet(QPushButton):
    """A button that Return presses too, when it has the keyboard; Qt leaves that to the space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def quiet_button(
    text: str, name: str, role: str = LINK, parent: QWidget | None = None
) -> QPushButton:
    """A button that does not shout, its text as it is; `name` is what a screen reader says."""
    button = _Quiet(plain_caption(text), parent)
    button.setAccessibleName(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    if role == LINK:
        button.setFlat(True)
    give_role(button, role)
    return button
