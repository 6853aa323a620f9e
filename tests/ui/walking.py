"""Walks the widgets of a window as somebody does who has only the keyboard or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QListView,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

_PLAIN = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab can bring the keyboard here now."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisible()
        and widget.focusProxy() is None
    )


def _is_one_of(widget: QWidget) -> bool:
    """Whether this is one of several buttons of which one is chosen: Tab needs only one of them."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    alone = isinstance(widget, QAbstractButton) and widget.autoExclusive()
    return alone or (group is not None and group.exclusive())


def stops(root: QWidget) -> Iterator[QWidget]:
    """Everything below `root` that Tab can reach now."""
    for widget in (root, *root.findChildren(QWidget)):
        if takes_tab(widget) and widget.window() is root.window():
            yield widget


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    if isinstance(widget, QComboBox) and widget.accessibleName():
        return widget.accessibleName()  # on Linux the interface says the chosen text instead
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def named_by_key(widget: QWidget) -> bool:
    """Whether the name is one for programmers, or none."""
    name = spoken(widget).strip()
    return not name or name in (widget.objectName(), type(widget).__name__) or name.isascii()


def unnamed(root: QWidget) -> list[str]:
    """The stops of Tab that a screen reader cannot name."""
    return [described(each) for each in stops(root) if named_by_key(each)]


def described(widget: QWidget) -> str:
    """A widget in words for whoever reads a failing test."""
    chain = []
    at: QWidget | None = widget
    while at is not None and len(chain) < 4:
        chain.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = at.parentWidget()
    return " < ".join(chain) + f" “{spoken(widget)}”"


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop as it was when the keyboard came: panels may be made anew on the way."""

    name: str
    widget: QWidget
    choice: str
    place: QRect  # in what scrolls, else in the root
    scrolls: str  # what of the root scrolls it, "" for nothing
    outside: QRect  # where that, or the widget, lies in the root
    holds_more: bool


def toured(root: QWidget, most: int = 2000) -> list[Visit]:
    """The stops below `root` in the order the keys visit them, all the way round."""
    start = next((each for each in stops(root) if _comes_round(each)), None)
    if start is None:
        return []
    start.setFocus()
    found: list[Visit] = []
    at: QWidget | None = start
    for _ in range(most):
        assert at is not None, f"the keyboard is lost after {found[-1].name}"
        if root.isAncestorOf(at) and (not found or found[-1].name != described(at)):
            found.append(_visit(root, at))
        keeps_tab = isinstance(at, QTableView) and at.tabKeyNavigation()
        QTest.keyClick(at, Qt.Key.Key_Tab, _CONTROL if keeps_tab else _PLAIN)
        at = QApplication.focusWidget()
        if at is start:
            QApplication.processEvents()
            return [_now(root, each) for each in found]
    raise AssertionError(f"a trap near {described(at or root)}")


def _comes_round(widget: QWidget) -> bool:
    """Whether Tab surely comes back: it lingers in the links of a text, and on a made choice."""
    chosen = not _is_one_of(widget) or (isinstance(widget, QAbstractButton) and widget.isChecked())
    return chosen and not isinstance(widget, QTextBrowser)


def _visit(root: QWidget, at: QWidget) -> Visit:
    area = _area_of(root, at)
    inner = area.widget() if area is not None else root
    holds_more = any(takes_tab(each) for each in at.findChildren(QWidget))
    place = QRect(at.mapTo(inner, QPoint(0, 0)), at.size())
    outside = QRect(at.mapTo(root, QPoint(0, 0)), at.size())
    if area is not None:
        window = QRect(area.mapTo(root, QPoint(0, 0)), area.size())
        outside = outside & window if outside.intersects(window) else window
    name = described(area) if area is not None else ""
    return Visit(described(at), at, _place_of_choice(at), place, name, outside, holds_more)


def _area_of(root: QWidget, at: QWidget) -> QScrollArea | None:
    holder = at.parentWidget()
    while holder is not None and holder is not root:
        if isinstance(holder, QScrollArea) and holder.widget().isAncestorOf(at):
            return holder
        holder = holder.parentWidget()
    return None


def _now(root: QWidget, visit: Visit) -> Visit:
    """The visit with the place the stop has at the end: on the way a page may grow."""
    gone = not isValid(visit.widget) or not visit.widget.isVisible()
    return visit if gone else _visit(root, visit.widget)


def wrongly_toured(root: QWidget) -> list[str]:
    """What the keys never reach below `root`, and where they run against reading."""
    wanted = {described(each): _place_of_choice(each) for each in stops(root)}
    found = toured(root)
    reached = {each.name for each in found}
    choices = {each.choice for each in found}
    missed = [
        name for name, place in wanted.items() if name not in reached and place not in choices
    ]
    return [f"never reached: {name}" for name in missed] + out_of_order(found)


def _place_of_choice(widget: QWidget) -> str:
    """What the buttons of one choice share; something of its own for every other widget."""
    holder = widget.parentWidget()
    return f"in {described(holder)}" if _is_one_of(widget) and holder else described(widget)


def out_of_order(found: list[Visit]) -> list[str]:
    """Pairs of stops whose order runs against reading by lines and by columns.

    Going round, the way back from the last stop to the first one is no fault.
    """
    pairs = [
        f"{one.name} before {other.name}"
        for one, other in zip(found, found[1:] + found[:1], strict=True)
        if not one.holds_more and _is_back(one, other)
    ]
    return pairs if len(pairs) > 1 else []


def silent_items(root: QWidget) -> list[str]:
    """Lines of lists and trees that say nothing to a screen reader."""
    found: list[str] = []
    for view in root.findChildren(QAbstractItemView):
        if view.isVisible() and isinstance(view, QListView | QTreeView) and view.model():
            found += [
                f"{described(view)}: line {row}"
                for row, index in enumerate(_indexes(view.model(), QModelIndex()))
                if not (index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data())
            ]
    return found


def _indexes(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from _indexes(model, index)


def _is_back(one: Visit, other: Visit) -> bool:
    if one.scrolls == other.scrolls:
        return _runs_back(one.place, other.place)
    return _runs_back(one.outside, other.outside)


def _runs_back(here: QRect, there: QRect) -> bool:
    if there.left() >= here.right():
        return False  # further along the line, or in the next column
    shared = min(here.bottom(), there.bottom()) - max(here.top(), there.top())
    on_one_line = shared > min(here.height(), there.height()) // 2
    return on_one_line or there.bottom() <= here.top()
