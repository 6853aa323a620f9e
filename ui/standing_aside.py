"""Workers let the window go first.

The interpreter runs one thread at a time. The window gives it back at each call into Qt, a worker
takes it, and the window has to ask for it again: hundreds of times for one page. So a worker waits
at its next breath (`forms.breathing`) while the window is in the middle of something.

How it knows: it looks where the thread of the window is, and how often Qt has called us. Both as a
moment ago means that it waits for the next event, or is far away in Qt: nobody wants to run Python.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from operator import attrgetter, call, itemgetter

from forms.breathing import breathe_by
from ui.overrides import count_answers

_EVERY_SECONDS = 0.001  # of work between two looks
_PAUSE_SECONDS = 0.001  # Windows makes two of it, or fifteen where its clock ticks slowly
_LONGEST_SECONDS = 0.1  # that one wait may take: work must end, however busy the window is
_SHARE = 8  # and after waiting it goes on for an eighth of that time at least

_Spot = tuple[int, int]  # where a thread is in its innermost call: the line and the instruction
_Place = tuple[_Spot, int]  # that, and how often Qt has called us so far
_NOWHERE: _Place = ((0, 0), 0)
# Asked in one call within C: between two, the other thread could go on, and what it was in the
# middle of, a painter or a widget, would be held here and freed in the wrong thread. Nor is the
# code asked for, which Python tells its auditors: they run between.
_FRAMES = (sys._current_frames,)  # pyright: ignore[reportPrivateUsage] -- there is no other way
_SPOT: Callable[[object], _Spot] = attrgetter("f_lineno", "f_lasti")


class StandingAside(threading.local):
    """What each thread knows of the window's; made in that."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._is_window = threading.get_ident() == window
        self._seen = _NOWHERE
        self._looks_at = 0.0  # when it looks the next time

    def wait(self) -> None:
        """Wait while the window's thread is in the middle of something; never in that itself."""
        if self._is_window:
            return
        began = now = time.monotonic()
        if now < self._looks_at:
            return
        while (place := _place_of(self._window)) != self._seen and now < began + _LONGEST_SECONDS:
            self._seen = place
            time.sleep(_PAUSE_SECONDS)
            now = time.monotonic()
        self._looks_at = now + max(_EVERY_SECONDS, (now - began) / _SHARE)


def stand_aside() -> None:
    """Have all other threads let this one go first from now on."""
    breathe_by(StandingAside(threading.get_ident()).wait)


def _place_of(thread: int) -> _Place:
    """Where a thread is. Not asked while Python looks for garbage by itself.

    It might do so in the middle of the answer, and Python before 3.11.5 could stop there for ever.
    """
    if gc.isenabled():
        return _NOWHERE
    try:
        spot = next(map(_SPOT, map(itemgetter(thread), map(call, _FRAMES))))
    except KeyError:  # the thread has ended
        return _NOWHERE
    return spot, count_answers()
