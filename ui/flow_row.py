"""A row of widgets that goes on in the next line where it has no room, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Widgets of their own size, from the left, in as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Qt: how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] -- None behind the last
        """Qt: an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] -- None behind the last
        """Qt: hand an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt: it takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt: the less width, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: the height of the lines at a width."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """Qt: all in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Qt: at least the widest of them."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = max((hint.width() for hint in hints), default=0)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        around = self.contentsMargins()
        wide = width + around.left() + around.right()
        return QSize(wide, height + around.top() + around.bottom())

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Put the items in lines; returns the height of all of them."""
        around = self.contentsMargins()
        room = rect.marginsRemoved(around)
        left, top, tall = room.left(), room.top(), 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(1, room.width()), 1 << 24))
            if left > room.left() and left + size.width() > room.right() + 1:
                left, top, tall = room.left(), top + tall + self.spacing(), 0
            if really:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            tall = max(tall, size.height())
        return top + tall - rect.top() + around.bottom()
