"""What goes wrong where Qt asks us something is told; it does not end the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
import sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel
import shiboken6
import ui

class Asked(QFrame):
    def eventFilter(self, watched, event):
        {error}
        return False

application = QApplication([])
gone = QLabel()
shiboken6.delete(gone)
asked, watched = Asked(), QLabel()
watched.installEventFilter(asked)
try:
    QApplication.sendEvent(watched, QEvent(QEvent.Type.User))
except Exception as error:
    print(type(error).__name__, "told")
"""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("int('一')", "ValueError"),
        ("gone.isVisible()", "RuntimeError"),
        ("len(None)", "TypeError"),
        ("raise KeyError('a')", "KeyError"),
    ],
)
def test_that_an_error_in_a_method_that_qt_calls_is_told(error: str, kind: str):
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(error=error)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"the program fell: {done.returncode} {done.stderr[-500:]}"
    assert done.stdout.splitlines() == [f"{kind} told"]
