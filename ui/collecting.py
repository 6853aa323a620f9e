"""Looks for Python's garbage in the window's thread only, between one event and the next.

Python looks for garbage whenever enough was made, wherever it happens to be. Where a widget is
among it, that is fatal in another thread, and within a loop of Qt over its widgets: while the
look changed, Qt went on to a widget that was gone, and the program fell.

Looking through things holds the window for as long as there are many: for a quarter of a second
with an ordinary plan all of whose pages were seen, for a second with a large one and its preview.
So what is old is looked through at once only where that is little, and nobody makes much just then.
Else it is put aside, and looked through while somebody works elsewhere or has paused for several
times as long as that takes; where nobody ever does, when much was put aside, or once an hour. As a
rule not while a worker works: what it has made is looked through once it is done and most of that
has gone.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from forms.garbage import (
    count_given_up,
    count_of_plans,
    count_old,
    count_young,
    keep_out_of_search,
    search_everywhere,
    search_everywhere_once,
)
from ui.jobs import is_at_work

_EVERY_MS = 250
_OLDEST = 2
_MUCH = 20_000  # things made between two looks: something large is under way
_MOST_AT_ONCE = 60_000  # things made by one step through a large plan, nearly all of which live on
_FEW = 120_000  # old things; looking through them takes less than a tenth of a second
_WORTH_A_LOOK, _MOST = 20_000, 300_000  # things put aside since the last look through all
_SELDOM, _SELDOM_AWAY = 300, 20  # times as long as the last look through all took
_FIRST_LOOK = 0.3  # seconds
_HARDLY = 100  # things made between two looks: nobody works
_REST = 8  # times as long as a look takes: whoever has paused so long is not interrupted
_LEAST_REST = 1.0  # seconds
_LONGEST = 3_600  # seconds


class Collecting(QObject):
    """Frees what nothing reaches any more; as long as it stands, Python does not by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        keep_out_of_search()  # the program itself
        self._took, self._last = _FIRST_LOOK, time.monotonic()
        self._made = self._rested = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Look through what is young where much was made, and through all from time to time."""
        made, rounds = count_young(), gc.get_count()[_OLDEST]
        allowed, _, rounds_allowed = gc.get_threshold()
        self._rested = self._rested + 1 if made <= self._made + _HARDLY else 0
        self._made = made
        if made <= allowed:
            if self._has_paused() and self._is_due():
                self._look_through_all()
        elif count_of_plans() and made > _MOST_AT_ONCE:
            self._put_aside(made)
        elif rounds <= rounds_allowed or made > _MUCH:
            gc.collect(_OLDEST - 1)
        elif count_old() <= _FEW:
            gc.collect(_OLDEST)
        elif self._is_due():
            self._look_through_all()
        else:
            gc.collect(_OLDEST - 1)
            self._put_aside(count_old())

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        search_everywhere()
        gc.enable()

    def _look_through_all(self) -> None:
        began = time.thread_time()
        search_everywhere_once()
        self._took, self._last = time.thread_time() - began, time.monotonic()
        self._rested = 0

    def _put_aside(self, things: int) -> None:
        """What is made for a large plan is not counted: nearly all of it goes with that work."""
        keep_out_of_search(0 if is_at_work() and count_of_plans() else things)

    def _has_paused(self) -> bool:
        return self._rested * _EVERY_MS > 1_000 * max(_LEAST_REST, _REST * self._took)

    def _is_due(self) -> bool:
        """Whether it is time to look through all, and no longer than it need be."""
        waits_for_work = count_of_plans() or count_given_up() <= _MOST
        if waits_for_work and is_at_work():
            return False
        return time.monotonic() > self._last + self._waits()

    def _waits(self) -> float:
        """How long after the last look through all the next one is due; seconds."""
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            return self._took * _SELDOM_AWAY
        put_aside = count_given_up()
        if put_aside > _MOST or (put_aside > _WORTH_A_LOOK and self._has_paused()):
            return self._took * _SELDOM
        return _LONGEST
