"""Looks for Python's garbage in the window's thread only, between one event and the next.

Python looks for garbage whenever enough was made, wherever it happens to be. Where a widget is
among it, that is fatal in another thread, and within a loop of Qt over its widgets: while the
look changed, Qt went on to a widget that was gone, and the program fell.

Looking through things holds the window for as long as there are many: for half a second with a
large plan and its preview. So what is old is looked through at once only where that is little, and
nobody makes much just then. Else it is put aside, and looked through so seldom that it takes a
small share of the time, sooner while nobody works here.
"""

from __future__ import annotations

import gc
import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from forms.garbage import count_kept_out, keep_out_of_search, search_everywhere

_EVERY_MS = 250
_OLDEST = 2
_LARGE = 20_000  # things put aside beside those of the program: a large plan is open
_ANY_NUMBER = sys.maxsize
_MUCH = 20_000  # things made between two looks: something large is under way
_MOST_AT_ONCE = 60_000  # things made by one step through a large plan, nearly all of which live on
_FEW = 120_000  # old things; looking through them takes less than a tenth of a second
_SELDOM, _SELDOM_ALONE = 300, 20  # times as long as the last look through all took
_FIRST_LOOK = 0.3  # seconds
_HARDLY = 100  # things made between two looks: nobody works
_REST = 40  # looks one after the other, until somebody has paused


class Collecting(QObject):
    """Frees what nothing reaches any more; as long as it stands, Python does not by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        keep_out_of_search()  # the program itself
        self._program = count_kept_out(_ANY_NUMBER)
        self._took, self._last = _FIRST_LOOK, time.monotonic()
        self._made = self._rested = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Look through what is young where much was made, and through all from time to time."""
        made, _, rounds = gc.get_count()
        allowed, _, rounds_allowed = gc.get_threshold()
        self._rested = self._rested + 1 if made <= self._made + _HARDLY else 0
        self._made = made
        large = self._program + _LARGE
        is_large = count_kept_out(large) >= large
        if made <= allowed:
            if is_large and self._rested and not self._rested % _REST:
                self._look_through_much()
        elif is_large and made > _MOST_AT_ONCE:
            keep_out_of_search()
        elif rounds <= rounds_allowed or made > _MUCH:
            gc.collect(_OLDEST - 1)
        elif len(gc.get_objects(_OLDEST)) <= _FEW:
            gc.collect(_OLDEST)
        else:
            self._look_through_much()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        search_everywhere()
        gc.enable()

    def _look_through_much(self) -> None:
        """Put aside what is old; look through all when that is due, or disturbs nobody."""
        is_away = QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
        is_alone = is_away or self._rested >= _REST
        waits = self._took * (_SELDOM_ALONE if is_alone else _SELDOM)
        if time.monotonic() > self._last + waits:
            began = time.thread_time()
            search_everywhere()
            gc.collect(_OLDEST)
            self._took, self._last = time.thread_time() - began, time.monotonic()
        else:
            gc.collect(_OLDEST - 1)
        keep_out_of_search()
