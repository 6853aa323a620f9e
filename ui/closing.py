"""Leaving a plan: waits in sight until everything is saved, and asks only when that fails."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.autosave import Unsaved
from ui.drafting import OpenPlan
from ui.errors import explain
from ui.plain import plain_box
from ui.text import tr

_LOOK_MS = 20
_LONGEST_MS = 15_000


class Closing(QObject):
    """The way from 'close' to closed; one of the three signals ends it."""

    closed = Signal()
    stayed = Signal()
    file_wanted = Signal()

    def __init__(self, plan: OpenPlan, window: QWidget) -> None:
        super().__init__(window)
        self._plan = plan
        self._window = window
        self._question: QMessageBox | None = None
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_MS)
        self._longest.timeout.connect(self._ask)

    def begin(self) -> None:
        """Hand over the rest and wait for it."""
        self._plan.prepare_close()
        self._plan.autosave.retry()
        self._looking.start()  # never at once: Qt ignores a close inside a close
        self._longest.start()

    def _look(self) -> None:
        if self._plan.is_settled:
            self._finish(abandon=False)
        elif isinstance(self._plan.autosave.state, Unsaved):
            self._ask()

    def _finish(self, *, abandon: bool) -> None:
        self._halt()
        if self._plan.close(abandon=abandon) or abandon:
            self.closed.emit()
        else:
            self._ask()

    def _halt(self) -> None:
        self._looking.stop()
        self._longest.stop()

    def _ask(self) -> None:
        """The one modal question: what was typed would be lost otherwise."""
        self._halt()
        state = self._plan.autosave.state
        words = tr("最后的修改还没有保存到本机。")
        box = plain_box(QMessageBox.Icon.Warning, tr("尚未保存"), words, self._window)
        if isinstance(state, Unsaved):
            box.setInformativeText(explain(state.reason).whole)
        role = QMessageBox.ButtonRole
        again = box.addButton(tr("重试"), role.AcceptRole)
        elsewhere = box.addButton(tr("另存为文件…"), role.ActionRole)
        leave = box.addButton(tr("放弃修改并关闭"), role.DestructiveRole)
        stay = box.addButton(tr("继续编辑"), role.RejectRole)
        box.setDefaultButton(again)
        box.setEscapeButton(stay)
        self._question = box
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        self._question = None
        if clicked is again:
            QTimer.singleShot(0, self, self.begin)
        elif clicked is elsewhere:
            self.file_wanted.emit()
        elif clicked is leave:
            self._finish(abandon=True)
        else:
            self.stayed.emit()
