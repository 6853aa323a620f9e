"""What every test of the window needs: the application, Chinese typing, nothing left."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from forms.garbage import keep_out_of_search, search_everywhere
from ui.application import prepare
from ui.settings import Look, Settings

THREADS = ("draft-writer", "yuance-job")


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp):
    """The application as the program prepares it, in light colours."""
    return prepare(Settings(look=Look.LIGHT.value))


@pytest.fixture(scope="session", autouse=True)
def nothing_copied_at_the_end(qapp):
    """Without a screen Qt frees what was copied after Python has gone, and the process dies."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def drafts_open_at_once():
    """However busy the machine is, a test finds the plan open that it opens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.opening._AT_ONCE_SECONDS", 30)
        patch.setattr("ui.opening._TURN_SECONDS", 30)
        yield


@pytest.fixture
def write():
    """Commit text the way an input method does; `qtbot.keyClicks` aborts on Chinese."""

    def commit(text, widget=None):
        target = widget or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    return commit


@pytest.fixture
def nothing_left(qtbot):
    """After the test no window is open and no thread of ours runs."""
    keep_out_of_search()  # packs and plans there before need not be looked through after it
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    search_everywhere()
    open_windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert open_windows == []

    def quiet():
        names = [thread.name for thread in threading.enumerate()]
        assert not [name for name in names if name.startswith(THREADS)]

    qtbot.waitUntil(quiet, timeout=3000)
