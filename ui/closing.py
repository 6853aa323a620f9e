"""Leaving a plan: waits in sight until everything is put away, and asks only when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.autosave import Unsaved
from ui.drafting import OpenPlan
from ui.errors import explain
from ui.plain import plain_box
from ui.text import tr

if TYPE_CHECKING:
    from ui.preview.proofs import Proofs

_LOOK_MS = 20
_NOTICED_MS = 300
_LONGEST_MS = 15_000
_LONGEST_COPY_MS = 60_000  # everything typed is saved; a slow disk may take its time for the copy


class Closing(QObject):
    """The way from 'close' to closed; one of the first three signals ends it."""

    closed = Signal()
    stayed = Signal()
    file_wanted = Signal()
    begun = Signal()  # once more after each question
    asked = Signal()
    noticed = Signal()  # it takes long enough for somebody to wonder

    def __init__(self, plan: OpenPlan, proofs: Proofs, window: QWidget) -> None:
        super().__init__(window)
        self._plan = plan
        self._proofs = proofs
        self._window = window
        self._question: QMessageBox | None = None
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._longest = QTimer(self, singleShot=True)
        self._longest.timeout.connect(self._on_too_long)
        self._noticed = QTimer(self, singleShot=True, interval=_NOTICED_MS)
        self._noticed.timeout.connect(self.noticed)

    def begin(self) -> None:
        """Hand over the rest and wait for it."""
        self.begun.emit()
        self._plan.session.numbers.give_up()
        self._plan.prepare_close()
        self._plan.autosave.retry()
        self._looking.start()  # never at once: Qt ignores a close inside a close
        self._longest.start(_LONGEST_MS)
        self._noticed.start()

    def _look(self) -> None:
        if self._plan.is_put_away and self._proofs.is_at_rest:
            self._finish(abandon=False)
        elif isinstance(self._plan.autosave.state, Unsaved):
            self._ask()

    def _on_too_long(self) -> None:
        if self._plan.is_settled and self._longest.interval() < _LONGEST_COPY_MS:
            self._longest.start(_LONGEST_COPY_MS)
        else:
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
        self._noticed.stop()

    def _ask(self) -> None:
        """The one modal question: what was typed would be lost otherwise, or a copy not kept."""
        self._halt()
        self.asked.emit()
        box = self._question = _question(self._plan, self._window)
        role = QMessageBox.ButtonRole
        saved = self._plan.is_settled
        again = box.addButton(tr("继续等待") if saved else tr("重试"), role.AcceptRole)
        elsewhere = box.addButton(tr("另存为文件…"), role.ActionRole)
        leave = box.addButton(
            tr("不等了，关闭") if saved else tr("放弃修改并关闭"), role.DestructiveRole
        )
        stay = box.addButton(tr("继续编辑"), role.RejectRole)
        box.setDefaultButton(again)
        box.setEscapeButton(stay)
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


def _question(plan: OpenPlan, window: QWidget) -> QMessageBox:
    """What is asked, without its answers: nothing typed is lost once it `is_settled`."""
    kind = QMessageBox.Icon.Warning
    if plan.is_settled:
        words = tr("修改都已保存；关闭时要留的版本还没有写完，磁盘可能很慢。")
        return plain_box(kind, tr("还在收尾"), words, window)
    box = plain_box(kind, tr("尚未保存"), tr("最后的修改还没有保存到本机。"), window)
    state = plan.autosave.state
    if isinstance(state, Unsaved):
        box.setInformativeText(explain(state.reason).whole)
    return box
