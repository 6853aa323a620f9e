"""A draft that cannot be read: what its best snapshot holds, and what is missing since then."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storage.versions import Rescue
from ui.dialogs.base import PlainDialog
from ui.lines import moment_words
from ui.text import tr


class RescueDialog(PlainDialog):
    """Tells, and puts the snapshot in place on 恢复并打开."""

    guide = "11-files.md#文件坏了"
    wanted = Signal()

    def __init__(self, sentence: str, best: Rescue, parent: QWidget | None = None) -> None:
        super().__init__(tr("从快照恢复"), parent, 560)
        self.add_sentence("strong", sentence)
        self.add_sentence("", best_words(best))
        self.add_sentence("soft", tr("损坏的文件会原样保留，不会删除。"))
        self.add_button(tr("取消")).clicked.connect(self.reject)
        restore = self.add_button(tr("恢复并打开"), primary=True)
        restore.clicked.connect(self._restore)
        restore.setFocus()
        self.settle()

    def _restore(self) -> None:
        self.accept()
        self.wanted.emit()


def best_words(best: Rescue) -> str:
    """Which snapshot it is, and what came after it as far as is known."""
    when = moment_words(best.snapshot.at)
    first = tr("最近的完好快照：{0}（第 {1} 次修改）。").format(when, best.snapshot.revision)
    if best.known is None:
        return first + tr("此后的修改次数不清楚。")
    if not best.missing_actions:
        return first + tr("就目前所知，此后没有修改。")
    last = moment_words(best.known.changed)
    missing = tr("此后约有 {0} 次修改（到 {1}）不在其中，需要重新填写。")
    return first + missing.format(best.missing_actions, last)
