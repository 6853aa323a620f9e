"""Tab leads through the window in the order of reading, also to what was made long after."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ui.around import around

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_TAB = Qt.FocusPolicy.TabFocus


class InReadingOrder(QWidget):
    """The content of a window; tables keep Tab for their cells, Ctrl+Tab leads out of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for keys, forward in (("Ctrl+Tab", True), ("Ctrl+Shift+Tab", False)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda forward=forward: step(self, forward=forward))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Qt: Tab goes on, Shift+Tab goes back."""
        return step(self, forward=next)


class StillToCome(QWidget):
    """The room of something that is not made yet, and stands in the order of reading already."""

    def __init__(self, make: Callable[[], object]) -> None:
        super().__init__()
        self.make = make  # what is read here, in place of this


def step(root: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next stop, or to the one before; False when there is none.

    What is still to come on the way there is made; what stands further on may come later.
    """
    at = QApplication.focusWidget()
    while isinstance(wanted := next_stop(root, at, forward=forward), StillToCome):
        wanted.make()
    if wanted is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    _bring_into_sight(wanted)
    return True


def next_stop(root: QWidget, at: QWidget | None, *, forward: bool) -> QWidget | None:
    """The stop after a widget or before it, round from the last to the first.

    What is still to come counts as one: it may hold the next.
    """
    read = list(in_reading_order(root))
    place = read.index(at) if at in read else (-1 if forward else 0)
    if forward:
        round_trip = read[place + 1 :] + read[: place + 1]
    else:
        round_trip = read[:place][::-1] + read[place:][::-1]
    return next((each for each in round_trip if _may_stop(each) and each is not at), None)


def _may_stop(widget: QWidget) -> bool:
    return isinstance(widget, StillToCome) or is_stop(widget)


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops at a widget that is seen; of several choices at the one that is made."""
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton) and (made := _made_choice(widget)) is not None:
        return widget is made  # arrows lead to the others
    return bool(widget.focusPolicy() & _TAB)


def _made_choice(button: QAbstractButton) -> QAbstractButton | None:
    """The checked one of the buttons of which only one can be, if this is one of them."""
    group = button.group()
    if group is not None:  # pyright: ignore[reportUnnecessaryComparison] -- most have none
        return group.checkedButton() if group.exclusive() else None
    holder = button.parentWidget()
    if not button.autoExclusive() or holder is None:
        return None
    beside = holder.findChildren(QAbstractButton, options=_DIRECT)
    return next((each for each in beside if each.autoExclusive() and each.isChecked()), None)


def in_reading_order(root: QWidget) -> Iterator[QWidget]:
    """Every visible widget, each before what it holds: line by line, in a line from the left."""
    yield root
    children = [each for each in root.children() if isinstance(each, QWidget)]
    seen = [each for each in children if each.isVisible() and not each.isWindow()]
    for child in _as_read(seen):
        yield from in_reading_order(child)


def _as_read(widgets: list[QWidget]) -> list[QWidget]:
    """Widgets of one parent; those that share more than half of their height are one line."""
    lines: list[list[QWidget]] = []
    for each in sorted(widgets, key=lambda widget: widget.y()):
        if lines and _on_one_line(lines[-1][0], each):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [each for line in lines for each in sorted(line, key=lambda widget: widget.x())]


def _on_one_line(one: QWidget, other: QWidget) -> bool:
    top, bottom = max(one.y(), other.y()), min(one.geometry().bottom(), other.geometry().bottom())
    return 2 * (bottom - top) > min(one.height(), other.height())


def _bring_into_sight(widget: QWidget) -> None:
    for each in around(widget.parentWidget()):
        if isinstance(each, QScrollArea):
            each.ensureWidgetVisible(widget)
