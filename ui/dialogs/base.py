"""What the few dialogs share: a form, a sentence for what is wrong, buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.fields.small import label_for, plain_label
from ui.plain import plain_caption, plain_title
from ui.reading_order import step

_WIDEST = 960  # pixels; at every size of text a dialog fits a small screen
_CAPTION = 40  # what a desktop puts above a window
_LEAST_HEIGHT = 120


def room_for(dialog: QDialog) -> QSize:
    """How large a dialog may be on its screen, its caption left out."""
    return dialog.screen().availableSize() - QSize(0, _CAPTION)


class ContentArea(QScrollArea):
    """Shows its content whole where there is room, and scrolls where there is not."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self._inner = QWidget()
        self._inner.setProperty("role", "plain")
        self._inner.setLayout(content)
        content.setContentsMargins(0, 0, 0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes a stop of Tab for itself
        self.setWidget(self._inner)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Qt: the size of the content."""
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Qt: as wide as the content must be, as low as one can still work in."""
        least = self._inner.minimumSizeHint()
        if least.height() <= _LEAST_HEIGHT:
            return least
        return QSize(least.width() + self.verticalScrollBar().sizeHint().width(), _LEAST_HEIGHT)

    def heightForWidth(self, width: int) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: wrapped words want more height where there is less width."""
        layout = self._inner.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.sizeHint().height()
        return layout.totalHeightForWidth(width)

    def lacking(self) -> int:
        """How much higher it would have to be to show all without scrolling."""
        layout = self._inner.layout()
        least = self._inner.minimumSizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            least = max(least, layout.totalMinimumHeightForWidth(self.viewport().width()))
        return max(0, least - self.viewport().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a content that wants another size is asked anew."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class PlainDialog(QDialog):
    """A dialog with a column of content and a row of buttons; it frees itself."""

    guide = "README.md"  # where F1 opens the guide: chapter#heading; "" where it is not to

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        most = self.screen().availableGeometry().width()
        self.setMinimumWidth(min(theme.px(width), most, max(width, _WIDEST)))
        self.content = QVBoxLayout()
        self.content.setSpacing(6)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        self._area = ContentArea(self.content)
        column.addWidget(self._area, 1)
        column.addLayout(self._buttons)
        if self.guide:
            help_key = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
            help_key.activated.connect(self.show_guide)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Qt: Tab goes in the order of reading."""
        return step(self, forward=next)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: no larger than the screen; what does not fit is scrolled to."""
        super().showEvent(event)
        self._take_width()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.begin_with(self.size() + QSize(0, self._area.lacking()))

    def event(self, event: QEvent) -> bool:
        """Qt: what is said later may want more width."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._take_width()
        return is_done

    def show_guide(self) -> None:
        """Open the guide where it speaks of this dialog; where nothing else can be used, in it."""
        from ui.dialogs.manual import show_at  # which is such a dialog itself

        show_at(self.guide, self if self.isModal() else self.parentWidget() or self)

    def settle(self) -> None:
        """Take the height the content needs now: wrapped words do not ask for it by themselves."""
        QTimer.singleShot(0, self, self._take_height)

    def _take_width(self) -> None:
        """At least as wide as the content, which is not to be scrolled sideways."""
        least = max(self.minimumWidth(), self.minimumSizeHint().width())
        least = min(room_for(self).width(), least)
        if least != self.minimumWidth():
            self.setMinimumWidth(least)

    def _take_height(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), min(needed, room_for(self).height()))

    def begin_with(self, wanted: QSize) -> None:
        """Take a size at once, as far as the screen reaches."""
        self.resize(wanted.boundedTo(room_for(self)))

    def widen(self, pixels: int) -> None:
        """Let its width grow with the text as far as the screen reaches."""
        self.setMinimumWidth(min(theme.px(pixels), room_for(self).width()))

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
        label = label_for(text, widget)
        label.setContentsMargins(0, 6, 0, 0)
        self.content.addWidget(label)
        self.content.addWidget(widget)

    def add_sentence(self, role: str = "soft", text: str = "") -> QLabel:
        """Put a wrapped sentence."""
        label = plain_label(text, role)
        label.setWordWrap(True)
        label.setVisible(bool(text))
        self.content.addWidget(label)
        return label
