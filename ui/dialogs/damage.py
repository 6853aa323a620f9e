"""损坏内容: every damaged place with its last good content, to take back or to leave empty."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.checks.whereabouts import whereabouts
from storage.losses import Loss
from ui.damage import Damage, content_words, known_words
from ui.dialogs.base import PlainDialog
from ui.dialogs.tables import LineTable
from ui.session import PlanSession
from ui.text import tr

_WIDTH = 860
_HEIGHT = 420
_COLUMNS = ("位置", "完好的内容", "时间")


class DamageDialog(PlainDialog):
    """The list and its three answers; it stays beside the page and follows it."""

    guide = "11-files.md#文件坏了"
    jump_wanted = Signal(object)  # Address
    left_empty = Signal(object)  # tuple[Loss, ...]

    def __init__(self, session: PlanSession, damage: Damage, parent: QWidget | None = None) -> None:
        super().__init__(tr("损坏内容"), parent, _WIDTH)
        self.setModal(False)
        self._session = session
        self._damage = damage
        self.sentence = self.add_sentence("", " ")
        self.table = LineTable(tr("损坏内容"), _COLUMNS, (0, 1))
        self.content.addWidget(self.table, 1)
        self.jump = self.add_button(tr("转到"))
        self.empty = self.add_button(tr("留空"))
        self.back = self.add_button(tr("取回"))
        self.all = self.add_button(tr("全部取回"), primary=True)
        self.close_button = self.add_button(tr("关闭"))
        self.jump.clicked.connect(self._jump)
        self.empty.clicked.connect(lambda: self._leave_empty(self.chosen))
        self.back.clicked.connect(lambda: self._damage.take_back(self.chosen))
        self.all.clicked.connect(lambda: self._damage.take_back(self._damage.pending))
        self.close_button.clicked.connect(self.close)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(self._jump)
        damage.changed.connect(self.refresh)
        self.refresh()
        self.resize(_WIDTH, _HEIGHT)
        self.table.setFocus()

    @property
    def chosen(self) -> tuple[Loss, ...]:
        """The places whose lines are chosen."""
        pending = self._damage.pending
        return tuple(pending[row] for row in self.table.chosen_rows if row < len(pending))

    def refresh(self) -> None:
        """Show what is still unanswered."""
        pending = self._damage.pending
        self.sentence.setText(
            tr(
                "以下 {0} 处没有通过校验，已留空并在页面上标明；其余内容完好。"
                "“取回”填入找到的完好内容，可以撤销；“留空”去掉标记，以后再填。"
            ).format(len(pending))
            if pending
            else tr("没有未处理的损坏内容。")
        )
        self.table.show_lines([self._line(loss) for loss in pending])
        self._enable()

    def _line(self, loss: Loss) -> tuple[str, str, str]:
        where = whereabouts(self._session.view, loss.place) or str(loss.place)
        return where, content_words(self._session, loss) or tr("（没有）"), known_words(loss)

    def _enable(self) -> None:
        chosen, pending = self.chosen, self._damage.pending
        self.jump.setEnabled(len(chosen) == 1)
        self.empty.setEnabled(bool(chosen))
        self.back.setEnabled(any(loss.can_be_had_back for loss in chosen))
        self.all.setEnabled(any(loss.can_be_had_back for loss in pending))

    def _jump(self) -> None:
        if len(self.chosen) == 1:
            self.jump_wanted.emit(self.chosen[0].place)

    def _leave_empty(self, losses: Iterable[Loss]) -> None:
        left = tuple(losses)
        self._damage.leave_empty(left)
        self.left_empty.emit(left)
