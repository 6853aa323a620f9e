"""A row of widgets that goes on in the next line where it has no room, as words do."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Placed: TypeAlias = tuple[QLayoutItem, QSize]
_ANY = 1 << 20  # pixels


class FlowRow(QLayout):
    """Widgets of their own size, from the left, in as many lines as the width asks for.

    With `spreads` the first of each line stands at the left and the others at the right.
    """

    def __init__(self, spacing: int = 8, *, spreads: bool = False) -> None:
        super().__init__()
        self._spreads = spreads
        self._items: list[QLayoutItem] = []
        self._known: list[Placed] | None = None  # what is shown, and its size
        self._heights: dict[int, int] = {}  # by width
        self.setSpacing(spacing)

    def invalidate(self) -> None:
        """Qt: what stands here has changed; it asks for sizes again and again until it has."""
        self._known = None
        self._heights.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: take an item at the end."""
        self._items.append(item)
        self.invalidate()

    def insertWidget(self, place: int, widget: QWidget) -> None:
        """Put a widget between others, as other rows can."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

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
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), really=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- the stubs name it arg__1
        """Qt: put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """Qt: all in one line."""
        hints = [size for _, size in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Qt: at least the widest of them, which may be content with less than it likes."""
        hints = [size for _, size in self._shown()]
        wide = max((item.minimumSize().width() for item, _ in self._shown()), default=0)
        return self._with_margins(wide, max((hint.height() for hint in hints), default=0))

    def _shown(self) -> list[Placed]:
        if self._known is None:
            shown = [item for item in self._items if not item.isEmpty()]
            self._known = [(item, item.sizeHint()) for item in shown]
        return self._known

    def _with_margins(self, width: int, height: int) -> QSize:
        around = self.contentsMargins()
        wide = width + around.left() + around.right()
        return QSize(wide, height + around.top() + around.bottom())

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Put the items in lines; returns the height of all of them."""
        around = self.contentsMargins()
        room = rect.marginsRemoved(around)
        top = room.top()
        for line in self._lines(room.width()):
            tall = max(size.height() for _, size in line)
            if really:
                self._place_line(line, QRect(room.left(), top, room.width(), tall))
            top += tall + self.spacing()
        return max(top - self.spacing(), room.top()) - rect.top() + around.bottom()

    def _lines(self, width: int) -> list[list[Placed]]:
        lines: list[list[Placed]] = []
        used = 0
        for item, hint in self._shown():
            size = hint.boundedTo(QSize(max(1, width), _ANY))
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines

    def _place_line(self, line: list[Placed], room: QRect) -> None:
        """In the middle of its height; what is to stand at the right has the spare room before."""
        used = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
        spare = room.width() - used if self._spreads else 0
        left = room.left()
        for place, (item, size) in enumerate(line):
            item.setGeometry(
                QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size)
            )
            left += size.width() + self.spacing() + (spare if place == 0 else 0)
