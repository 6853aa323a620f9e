"""Finds text that a window cuts off, and controls that lie over each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from tests.ui.walking import described
from ui.dialogs.base import ContentArea
from ui.whole_choice import WholeChoice

_SLACK = 2  # pixels lost to rounding
_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QLabel, QAbstractItemView)


def cut_off(root: QWidget) -> list[str]:
    """Every visible control below `root` whose text does not fit, unless a tip tells the whole."""
    return [
        f"{described(widget)}: {widget.width()}×{widget.height()}, wants {wanted}"
        for widget in _seen(root)
        if not widget.toolTip() and (wanted := _lacking(widget))
    ] + _outside(root)


def overlapping(root: QWidget) -> list[str]:
    """Pairs of neighbours that lie over each other; what floats says so by its role."""
    found: list[str] = []
    for parent in (root, *root.findChildren(QWidget)):
        if not parent.isVisible():
            continue
        children = [
            each
            for each in parent.children()
            if isinstance(each, _CONTROLS) and each.isVisible() and not each.isWindow()
        ]
        if parent.layout() is None:
            continue
        found += [
            f"{described(one)} over {described(other)}"
            for one, other in combinations(children, 2)
            if _deep(one.geometry() & other.geometry())
        ]
    return found


def _deep(shared: QRect) -> bool:
    return shared.width() > _SLACK and shared.height() > _SLACK


def _seen(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root.window():
            yield widget


def _lacking(widget: QWidget) -> str:
    """What a control needs to show its text whole; "" when it does."""
    match widget:
        case QLabel() if widget.text() and not widget.pixmap():
            return _label_lacks(widget)
        case QAbstractButton() if widget.text():
            hint = widget.sizeHint()
            least = widget.minimumSizeHint()
            wide = max(0, hint.width() - 16)  # side padding may go, letters not
            short = widget.width() < wide or widget.height() < least.height() - _SLACK
            return f"{hint.width()}×{least.height()}" if short else ""
        case WholeChoice():
            return ""  # cuts off by design, and says the whole
        case QComboBox() if widget.currentText():
            text = widget.fontMetrics().horizontalAdvance(widget.currentText())
            return f"{text} + 36" if widget.width() < text + 36 else ""
        case QLineEdit() if widget.isReadOnly() and widget.text():
            text = widget.fontMetrics().horizontalAdvance(widget.text())
            return str(text) if widget.width() < text else ""
        case QLineEdit():
            least = widget.fontMetrics().height()
            return f"height {least}" if widget.height() < least else ""
        case _:
            return ""


def _label_lacks(label: QLabel) -> str:
    content = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return f"height {needed}" if label.height() < needed - _SLACK else ""
    metrics = label.fontMetrics()
    lines = label.text().splitlines() or [""]
    if label.textFormat() == Qt.TextFormat.RichText:
        hint = label.sizeHint()
        return f"{hint.width()}" if label.width() < hint.width() - _SLACK else ""
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    high = metrics.height() * len(lines)
    short = content.width() < wide - _SLACK or content.height() < high - 4
    return f"{wide}×{high}" if short else ""


def _outside(root: QWidget) -> list[str]:
    """Controls whose right or lower part hangs out of what holds them, where nothing scrolls."""
    found: list[str] = []
    for widget in _seen(root):
        holder = widget.parentWidget()
        if not isinstance(widget, _CONTROLS) or holder is None or _scrolls(holder):
            continue
        if widget.property("role") == "floats" or holder.layout() is None:
            continue
        if not holder.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
            found.append(f"{described(widget)} hangs out: {widget.geometry()} of {holder.size()}")
    return found


def _scrolls(holder: QWidget) -> bool:
    at = holder.parentWidget()
    return isinstance(at, QScrollArea) and at.viewport() is holder


def sideways(root: QWidget) -> list[str]:
    """Pages and dialogs whose content is wider than they are: none is to be scrolled sideways."""
    return [
        f"{described(area)}: {area.widget().width()} in {area.viewport().width()}"
        for area in (root, *root.findChildren(QScrollArea))
        if isinstance(area, QScrollArea)
        and area.isVisible()
        and area.widget() is not None
        and (
            isinstance(area, ContentArea)
            or area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        and area.widget().width() > area.viewport().width() + _SLACK
    ]
