"""What somebody may do to any widget that can be reached, by real events, chosen by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QSplitterHandle,
    QTableView,
    QTextEdit,
    QWidget,
)

Chance = random.Random
KEY, MOD, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton
CTRL, SHIFT, NONE = MOD.ControlModifier, MOD.ShiftModifier, MOD.NoModifier
REACHED = (
    QLineEdit,
    QTextEdit,
    QPlainTextEdit,
    QAbstractItemView,
    QAbstractButton,
    QComboBox,
    QAbstractSpinBox,
    QSplitterHandle,
    QAbstractScrollArea,
)
WORDS = (
    "园区",
    "循环化改造",
    "能源",
    "（一）",
    "1. 甲",
    "- 项",
    "12.5",
    "1,200万元",
    "2029",
    "😀",
    "龘",
    "",
)
PLAIN = ("a", "12", "3.5", "1e5", "-7", "2030", "abc ", "=1+1", "<b>", "%")
COPIED = (
    "甲\t12\t3.5\n乙\t13\t4",
    '"两\n行"\t5\n',
    "1,200.5万元\t2亿元",
    "园区",
    "\t\t\n\t",
    "一\n二\n三\n四\n五\n六\n七\n八\n九\n十",
    "x" * 400,
    "2026\t2027\t2028\t2029\t2030\n1\t2\t3\t4\t5",
)
HTML = (
    "<table><tr><td>项目</td><td>投资</td></tr><tr><td>甲</td><td>3</td></tr></table>",
    "<h1>标题</h1><p>一段<b>粗</b>字</p><ul><li>项</li></ul>",
    "<p class=MsoNormal>（一）总体思路<br>换行</p>",
)
EDGES = (KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Delete, KEY.Key_Home, KEY.Key_End, KEY.Key_Tab)
MOVES = (KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_PageDown, KEY.Key_Tab)


def widgets_in(roots: Iterator[QWidget]) -> list[QWidget]:
    """What can be reached by mouse or key within these widgets, as it stands on screen."""
    found = (each for root in roots for each in (root, *root.findChildren(QWidget)))
    return [
        each
        for each in found
        if isinstance(each, REACHED)
        and each.isVisible()
        and each.isEnabled()
        and not each.visibleRegion().isEmpty()
    ]


def name_of(widget: QWidget) -> str:
    """A widget as a report names it."""
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{str(words)[:24]}”"


def commit(widget: QWidget, words: str) -> None:
    """Write as an input method does: first what is being composed, then the words."""
    QApplication.sendEvent(widget, QInputMethodEvent(words[:1] and "x", []))
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def copy_something(chance: Chance) -> None:
    """Have something of another program on the clipboard."""
    held = QMimeData()
    held.setText(chance.choice(COPIED))
    if chance.random() < 0.4:
        held.setHtml(chance.choice(HTML))
    QGuiApplication.clipboard().setMimeData(held)


def somewhere(widget: QWidget, chance: Chance) -> QPoint:
    """A place of a widget that is in sight."""
    seen = widget.visibleRegion().boundingRect()
    right, bottom = max(seen.left(), seen.right()), max(seen.top(), seen.bottom())
    return QPoint(chance.randint(seen.left(), right), chance.randint(seen.top(), bottom))


def wheel(widget: QWidget, chance: Chance) -> None:
    """Turn the wheel over a widget."""
    place, turn = QPointF(somewhere(widget, chance)), chance.choice((-360, -120, 120, 240))
    shift = chance.choice((NONE, NONE, SHIFT))
    angle = QPoint(0, turn)
    none = Qt.MouseButton.NoButton
    at = widget.mapToGlobal(place)
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(
        widget, QWheelEvent(place, at, QPoint(), angle, none, shift, phase, False)
    )


def drag(widget: QWidget, chance: Chance, target: QWidget | None = None) -> None:
    """Press, move and let go."""
    on = target or widget
    begin, end = somewhere(on, chance), somewhere(on, chance)
    QTest.mousePress(on, LEFT, NONE, begin)
    QTest.mouseMove(on, QRect(begin, end).center())
    QTest.mouseMove(on, end)
    QTest.mouseRelease(on, LEFT, NONE, end)


def type_text(widget: QWidget, chance: Chance) -> str:
    """Write, correct and paste into what takes text."""
    act = chance.randint(0, 11)
    match act:
        case 0 | 1 | 2:
            commit(widget, chance.choice(WORDS))
        case 3 | 4:
            QTest.keyClicks(widget, chance.choice(PLAIN))
        case 5 | 6:
            QTest.keyClick(widget, chance.choice(EDGES))
        case 7:
            QTest.keyClick(widget, KEY.Key_A, CTRL)
            QTest.keyClick(widget, chance.choice((KEY.Key_Delete, KEY.Key_C, KEY.Key_X)), CTRL)
        case 8:
            copy_something(chance)
            QTest.keyClick(widget, KEY.Key_V, CTRL)
        case 9:
            QTest.keyClick(widget, chance.choice(MOVES), chance.choice((NONE, SHIFT, CTRL)))
        case 10:
            QTest.keyClick(widget, KEY.Key_Escape)
        case _:
            QApplication.sendEvent(widget, QInputMethodEvent("yuan", []))  # left while composing
    return f"text {act}"


def use_line(line: QWidget, chance: Chance) -> str:
    """A line or a number: click into it and write."""
    QTest.mouseClick(line, LEFT, NONE, somewhere(line, chance))
    return type_text(line, chance)


def use_text(edit: QAbstractScrollArea, chance: Chance) -> str:
    """A text: put the caret somewhere, or select, and write."""
    if chance.random() < 0.6:
        QTest.mouseClick(edit.viewport(), LEFT, NONE, somewhere(edit.viewport(), chance))
    elif chance.random() < 0.3:
        drag(edit, chance, edit.viewport())
    elif chance.random() < 0.3:
        QTest.mouseDClick(edit.viewport(), LEFT, NONE, somewhere(edit.viewport(), chance))
    else:
        edit.setFocus()
    if chance.random() < 0.04:
        return menu_key(edit, chance)
    return type_text(QApplication.focusWidget() or edit, chance)


def menu_key(widget: QWidget, chance: Chance) -> str:
    """The menu of the right mouse button."""
    on = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    place = somewhere(on, chance)
    QTest.mouseClick(on, Qt.MouseButton.RightButton, NONE, place)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(on, QContextMenuEvent(reason, place, on.mapToGlobal(place)))
    return "menu"


def use_cells(view: QTableView, chance: Chance) -> str:
    """A sheet: go somewhere, write into cells, copy, paste, clear, select."""
    on = view.viewport()
    if chance.random() < 0.7:
        shift = chance.choice((NONE, NONE, NONE, SHIFT, CTRL))
        QTest.mouseClick(on, LEFT, shift, somewhere(on, chance))
    target = QApplication.focusWidget() or view
    act = chance.randint(0, 12)
    match act:
        case 0 | 1:
            QTest.keyClicks(target, chance.choice(PLAIN))
        case 2:
            commit(target, chance.choice(WORDS))
        case 3 | 4:
            QTest.keyClick(target, chance.choice((KEY.Key_Return, KEY.Key_F2, KEY.Key_Tab)))
        case 5:
            QTest.keyClick(target, chance.choice((KEY.Key_Delete, KEY.Key_Backspace)))
        case 6:
            QTest.keyClick(target, KEY.Key_C, CTRL)
            QTest.keyClick(target, chance.choice(MOVES))
            QTest.keyClick(QApplication.focusWidget() or view, KEY.Key_V, CTRL)
        case 7:
            copy_something(chance)
            QTest.keyClick(target, KEY.Key_V, CTRL)
        case 8:
            QTest.mouseDClick(on, LEFT, NONE, somewhere(on, chance))
        case 9 | 10:
            QTest.keyClick(target, chance.choice(MOVES), chance.choice((NONE, SHIFT, CTRL)))
        case 11:
            return menu_key(view, chance)
        case _:
            drag(view, chance, on)
    return f"cells {act}"


def use_list(view: QAbstractItemView, chance: Chance) -> str:
    """A list or an outline: choose, open, go on."""
    on = view.viewport()
    act = chance.randint(0, 4)
    match act:
        case 0 | 1:
            QTest.mouseClick(on, LEFT, NONE, somewhere(on, chance))
        case 2:
            QTest.mouseDClick(on, LEFT, NONE, somewhere(on, chance))
        case 3:
            view.setFocus()
            QTest.keyClick(view, chance.choice(MOVES))
        case _:
            view.setFocus()
            QTest.keyClick(view, chance.choice((KEY.Key_Return, KEY.Key_Space, KEY.Key_End)))
    return f"list {act}"


def use_box(box: QComboBox, chance: Chance) -> str:
    """A choice: open it, or go on by key."""
    box.setFocus()
    key = chance.choice((KEY.Key_Down, KEY.Key_Up, KEY.Key_Space, KEY.Key_Return, KEY.Key_F4))
    QTest.keyClick(box, key)
    return "box"


def use_menu(menu: QMenu, chance: Chance, spared: Callable[[str], bool]) -> str:
    """An open menu: take an entry, or leave it."""
    entries = [each for each in menu.actions() if each.isEnabled() and not each.isSeparator()]
    entries = [each for each in entries if not spared(each.objectName())]
    if not entries or chance.random() < 0.4:
        QTest.keyClick(menu, KEY.Key_Escape)
        return "menu left"
    entry = chance.choice(entries)
    words = entry.text()
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(entry).center())
    return f"menu: {words}"


def use(widget: QWidget, chance: Chance) -> str:
    """Do something to a widget that fits what it is; what was done."""
    match widget:
        case QMenu() | QMenuBar():
            QTest.keyClick(widget, KEY.Key_Escape)
            return "bar"
        case QHeaderView():
            drag(widget, chance, widget.viewport())
            return "head"
        case QTableView():
            return use_cells(widget, chance)
        case QAbstractItemView():
            return use_list(widget, chance)
        case QTextEdit() | QPlainTextEdit():
            return use_text(widget, chance)
        case QComboBox():
            return use_box(widget, chance)
        case QAbstractButton():
            QTest.mouseClick(widget, LEFT)
            return "pressed"
        case QLineEdit() | QAbstractSpinBox():
            return use_line(widget, chance)
        case QAbstractScrollArea():
            wheel(widget.viewport(), chance)
            return "wheel"
        case _:
            drag(widget, chance)
            return "drag"
