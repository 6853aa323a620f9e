"""Starts the real program as `main.py` does and tells what its window shows, as a reader would.

told_driver.py      a number of keys on standard input: what stands there when they have arrived
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QWidget,
)

import main as program
from ui.main_window import MainWindow
from ui.walk import WayStrip

_LONGEST_S = 1.5  # for a key the program never gets: an input method took it
_QUIET_ROUNDS = 3  # of the event loop without anything else to do
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_ACROSS = Qt.Orientation.Horizontal
_KINDS = (QCheckBox, QRadioButton, QPushButton, QComboBox, QLineEdit)
_Kind = TypeVar("_Kind", bound=QWidget)


class Keys(QObject):
    """Counts the keys that were let go over the windows of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched.isWindowType() and event.type() == QEvent.Type.KeyRelease:
            assert isinstance(event, QKeyEvent)
            if event.spontaneous() and event.key() not in _MODIFIERS:
                self.count += 1
        return False


class Teller(QObject):
    """Answers each question when the keys before it have done their work."""

    asked = Signal(int)

    def __init__(self, keys: Keys) -> None:
        super().__init__(keys)
        self._keys = keys
        self.asked.connect(self._begin)

    def _begin(self, awaited: int) -> None:
        self._awaited, self._until, self._round = awaited, time.monotonic() + _LONGEST_S, 0
        self._go_on()

    def _go_on(self) -> None:
        late = time.monotonic() > self._until
        if self._keys.count < self._awaited and not late:
            QTimer.singleShot(5, self._go_on)
            return
        self._round += 1
        if self._round < _QUIET_ROUNDS:
            QTimer.singleShot(0, self._go_on)
            return
        self._keys.count = 0
        print(json.dumps(shown(), ensure_ascii=False), flush=True)


def shown() -> dict[str, object]:
    """What somebody sees who looks at the window."""
    window = QApplication.activeWindow()
    at = QApplication.focusWidget()
    strip = next(_seen(WayStrip), None)
    whole = next(_seen(MainWindow), None)
    bench = whole.bench if whole is not None else None
    return {
        "window": window.windowTitle() if window is not None else "",
        "sentence": strip.sentence.text() if strip is not None else "",
        "rest": strip.rest.text() if strip is not None and strip.rest.isVisible() else "",
        "ready": strip is not None and strip.export.isVisible(),
        "menu": _menu(QApplication.activePopupWidget()),
        "notice": whole.notice.sentence if whole is not None else "",
        "section": bench.section.title if bench is not None and bench.section is not None else "",
        "labels": [each.text() for each in _labels(window)] if _is_dialog(window) else [],
        **(_focus(at) if at is not None else {"kind": "", "name": ""}),
    }


def _seen(kind: type[_Kind]) -> Iterator[_Kind]:
    for window in QApplication.topLevelWidgets():
        found = [window] if isinstance(window, kind) else window.findChildren(kind)
        yield from (each for each in found if isinstance(each, kind) and each.isVisible())


def _menu(popup: QWidget | None) -> list[str]:
    """What a menu that is open offers, without its lines."""
    actions = popup.actions() if isinstance(popup, QMenu) else []
    return [each.text().partition("\t")[0] for each in actions if not each.isSeparator()]


def _is_dialog(window: QWidget | None) -> bool:
    return window is not None and not isinstance(window, MainWindow)


def _labels(window: QWidget | None) -> list[QLabel]:
    return [each for each in window.findChildren(QLabel) if each.isVisible()] if window else []


def _focus(at: QWidget) -> dict[str, object]:
    interface = QAccessible.queryAccessibleInterface(at)
    told: dict[str, object] = {
        "kind": next((each for each in _KINDS if isinstance(at, each)), type(at)).__name__,
        "name": at.accessibleName() or (interface.text(QAccessible.Text.Name) if interface else ""),
        "value": interface.text(QAccessible.Text.Value) if interface else "",
        "wrong": at.accessibleDescription(),
        "in_sight": not at.visibleRegion().isEmpty(),
    }
    match at:
        case QComboBox():
            told["options"] = [at.itemText(number) for number in range(at.count())]
            told["chosen"] = at.currentIndex()
        case QAbstractButton():
            told["on"] = at.isChecked()
        case QAbstractItemView():
            told |= _cell(at)
        case _:
            pass
    return told


def _cell(view: QAbstractItemView) -> dict[str, object]:
    model, index = view.model(), view.currentIndex()
    if model is None:
        return {}
    heads = [model.headerData(n, _ACROSS) for n in range(model.columnCount())]
    rows = [model.index(n, 0).data() for n in range(model.rowCount())]
    return {
        "heads": [str(each or "") for each in heads],
        "rows": [str(each or "") for each in rows],
        "row": index.row(),
        "column": index.column(),
        "cell": str(index.data() or ""),
        "cells": [str(index.siblingAtColumn(n).data() or "") for n in range(model.columnCount())],
    }


def main() -> int:
    reader: threading.Thread | None = None

    def listen() -> None:
        nonlocal reader
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        keys = Keys(application)
        application.installEventFilter(keys)
        teller = Teller(keys)

        def read() -> None:
            for line in sys.stdin:
                teller.asked.emit(int(line))

        reader = threading.Thread(target=read, daemon=True)
        reader.start()

    from ui import application

    prepare = application.prepare

    def prepare_and_listen(settings: application.Settings) -> QApplication:
        made = prepare(settings)
        QTimer.singleShot(0, listen)
        return made

    application.prepare = prepare_and_listen
    return program.main([])


if __name__ == "__main__":
    sys.exit(main())
