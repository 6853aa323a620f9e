"""Small ready-made widgets of one look: plain labels and quiet buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from ui.fields.roles import LINK, give_role
from ui.plain import plain_caption, plain_tip

_LEAST_LETTERS = 6


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


def label_for(text: str, widget: QWidget) -> QLabel:
    """The label of a widget, which is called by the same words."""
    label = plain_label(text)
    label.setBuddy(widget)
    widget.setAccessibleName(text)
    return label


def labelled(text: str, widget: QWidget, spacing: int) -> QWidget:
    """A widget behind its label, as one thing where a row flows to the next line."""
    pair = QWidget()
    pair.setProperty("role", "plain")
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    row.addWidget(label_for(text, widget))
    row.addWidget(widget)
    return pair


class _Quiet(QPushButton):
    """A button that Return presses too, when it has the keyboard; Qt leaves that to the space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


class _Yielding(_Quiet):
    """Cuts its text off with … where there is no room; its tip says the whole."""

    def minimumSizeHint(self) -> QSize:
        """Qt: a few letters are enough."""
        whole = self.sizeHint()
        least = self.fontMetrics().averageCharWidth() * 2 * _LEAST_LETTERS
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: as ever, but for the end of a text that is too long."""
        del event
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(part, option, self).width()
        text, right = self.text(), Qt.TextElideMode.ElideRight
        flags = int(Qt.TextFlag.TextShowMnemonic)
        shown = self.fontMetrics().elidedText(text, right, room + 1, flags)
        option.text = shown  # pyright: ignore[reportAttributeAccessIssue] -- the stubs leave it out
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)


def way_button(text: str, tip: str, name: str) -> QPushButton:
    """A quiet button that leads to a place, its name cut off where there is no room."""
    button = _dressed(_Yielding(plain_caption(text)), name, LINK)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    button.setToolTip(plain_tip(tip))
    return button


def quiet_button(
    text: str, name: str, role: str = LINK, parent: QWidget | None = None
) -> QPushButton:
    """A button that does not shout, its text as it is; `name` is what a screen reader says."""
    return _dressed(_Quiet(plain_caption(text), parent), name, role)


def _dressed(button: QPushButton, name: str, role: str) -> QPushButton:
    button.setAccessibleName(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    if role == LINK:
        button.setFlat(True)
    give_role(button, role)
    return button
