"""Looks for Python's garbage in the window's thread only, between one event and the next.

Python looks for garbage whenever enough was made, wherever it happens to be. Where a widget is
among it, that is fatal in another thread, and within a loop of Qt over its widgets: while the
look changed, Qt went on to a widget that was gone, and the program fell.

Looking through things holds the window for as long as there are many: for a second with a large
plan and its preview. So what is old is looked through at once only where that is little, and nobody
makes much just then. Else it is put aside, and looked through while somebody works elsewhere or has
paused for long; where nobody ever does, when much was put aside, or once an hour. Never while a
worker works: what it has made is looked through once it is done and most of that has gone.
"""

from __future__ import annotations

import gc
import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from forms.garbage import (
    count_kept_out,
    count_old,
    count_young,
    keep_out_of_search,
    search_everywhere,
    search_everywhere_once,
)
from ui.jobs import is_at_work

_EVERY_MS = 250
_OLDEST = 2
_LARGE = 20_000  # things put aside beside those of the program: a large plan is open
_ANY_NUMBER = sys.maxsize
_MUCH = 20_000  # things made between two looks: something large is under way
_MOST_AT_ONCE = 60_000  # things made by one step through a large plan, nearly all of which live on
_FEW = 120_000  # old things; looking through them takes less than a tenth of a second
_MOST_ASIDE = 300_000  # things put aside since the last look through all
_SELDOM, _SELDOM_AWAY = 300, 20  # times as long as the last look through all took
_FIRST_LOOK = 0.3  # seconds
_HARDLY = 100  # things made between two looks: nobody works
_REST = 120  # looks one after the other, until somebody has paused: half a minute
_LONGEST = 3_600  # seconds


class Collecting(QObject):
    """Frees what nothing reaches any more; as long as it stands, Python does not by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        keep_out_of_search()  # the program itself
        self._program = count_kept_out(_ANY_NUMBER)
        self._took, self._last = _FIRST_LOOK, time.monotonic()
        self._made = self._rested = self._aside = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Look through what is young where much was made, and through all from time to time."""
        made, rounds = count_young(), gc.get_count()[_OLDEST]
        allowed, _, rounds_allowed = gc.get_threshold()
        self._rested = self._rested + 1 if made <= self._made + _HARDLY else 0
        self._made = made
        large = self._program + _LARGE
        is_large = count_kept_out(large) >= large
        if made <= allowed:
            if is_large and self._rested and not self._rested % _REST:
                self._look_through_much()
        elif is_large and made > _MOST_AT_ONCE:
            self._put_aside(made)
        elif rounds <= rounds_allowed or made > _MUCH:
            gc.collect(_OLDEST - 1)
        elif count_old() <= _FEW:
            gc.collect(_OLDEST)
        else:
            self._look_through_much()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        search_everywhere()
        gc.enable()

    def _look_through_much(self) -> None:
        """Put aside what is old; look through all when that is due, and disturbs nobody."""
        if time.monotonic() > self._last + self._waits() and not is_at_work():
            began = time.thread_time()
            search_everywhere_once()
            self._took, self._last = time.thread_time() - began, time.monotonic()
            self._aside = 0
        else:
            gc.collect(_OLDEST - 1)
            self._put_aside(count_old())

    def _put_aside(self, things: int) -> None:
        """What a worker makes is not counted: nearly all of it goes with its work."""
        if not is_at_work():
            self._aside += things
        keep_out_of_search()

    def _waits(self) -> float:
        """How long after the last look through all the next one is due; seconds."""
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            return self._took * _SELDOM_AWAY
        is_due = self._rested >= _REST or self._aside > _MOST_ASIDE
        return self._took * _SELDOM if is_due else _LONGEST
