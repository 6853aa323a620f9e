"""Starts the real program as `main.py` does and tells which plans its windows show.

start_driver.py FILE ...      a line for each change; ends by 退出 when a line comes in
"""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui import application
from ui.instance import Entrance, meeting_place, plan_files
from ui.main_window import MainWindow


class Ending(QObject):
    """Carries the wish to end from the thread that reads standard input."""

    wanted = Signal()


def windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


def main() -> int:
    app = application.prepare(application.Settings())
    ending, told = Ending(), [""]

    def tell() -> None:
        titles = sorted(each.plan.summary.title for each in windows() if each.plan is not None)
        if "、".join(titles) != told[0]:
            told[0] = "、".join(titles)
            print(told[0], flush=True)

    def end() -> None:
        windows()[0].actions_by_id["quit"].trigger()

    ending.wanted.connect(end)
    reader = threading.Thread(
        target=lambda: (sys.stdin.readline(), ending.wanted.emit()), daemon=True
    )
    reader.start()
    timer = QTimer(app, interval=50)
    timer.timeout.connect(tell)
    timer.start()
    entrance = Entrance(meeting_place())
    entrance.enter(plan_files(sys.argv[1:]))
    return application.run(entrance)


if __name__ == "__main__":
    sys.exit(main())
