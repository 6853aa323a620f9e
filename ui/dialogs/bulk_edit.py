"""批量修改: one value for a column of several rows, with a look at the rows that change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from forms.kinds import Kind
from forms.values import Value
from ui.dialogs.base import PlainDialog
from ui.dialogs.tables import LineTable
from ui.fields.editors import Editor
from ui.fields.factory import make_editor
from ui.fields.small import plain_label
from ui.fields.standing import Standing
from ui.session import PlanSession
from ui.text import tr

_WIDTH = 720
_SHOWN = 200
_LEAST_HEIGHT = 180


@dataclass(frozen=True, slots=True)
class BulkColumn:
    """A column that can be filled: its head, its kind, and how each row stands there."""

    head: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one value would do: for each row that changes its name, before and after."""

    lines: Sequence[tuple[str, str, str]]
    sentence: str


Foresee = Callable[[int, Value | None], Foreseen]


class BulkEditDialog(PlainDialog):
    """Asks for column and value; the change is made only by its button."""

    guide = "04-filling.md#一次改很多格"

    def __init__(
        self,
        session: PlanSession,
        columns: Sequence[BulkColumn],
        at: int,
        foresee: Foresee,
        change: Callable[[int, Value | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("批量修改"), parent, _WIDTH)
        self._session, self._columns = session, columns
        self._foresee, self._change = foresee, change
        self._value: Value | None = None
        self.column = QComboBox()
        for number, column in enumerate(columns):
            self.column.addItem(column.head, number)
        self.add_labelled(tr("要改的栏目"), self.column)
        label = plain_label(tr("改为"))
        label.setContentsMargins(0, 6, 0, 0)
        self.content.addWidget(label)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        self.editor: Editor = self._made(at)
        self._place.addWidget(self.editor)
        self.clears = QCheckBox(tr("清除这一栏"))
        self.clears.toggled.connect(self._on_clears)
        self.content.addWidget(self.clears)
        heads = (tr("行"), tr("现在"), tr("改为"))
        self.lines = LineTable(tr("将要改的行"), heads, (0, 1, 2))
        self.lines.setMinimumHeight(_LEAST_HEIGHT)
        self.content.addSpacing(8)
        self.content.addWidget(self.lines, 1)
        self.says = self.add_sentence("strong", " ")
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.do = self.add_button(tr("修改"), primary=True)
        self.do.clicked.connect(self.accept)
        self.column.setCurrentIndex(at)
        self.column.currentIndexChanged.connect(self._on_column)
        self._show()
        self.editor.focus_editor()

    def accept(self) -> None:
        """Qt: take what is still being typed, then make the change."""
        self.editor.finish()
        if not self.editor.fault and self.do.isEnabled():
            self._change(self._at(), None if self.clears.isChecked() else self._value)
            super().accept()

    def _made(self, at: int) -> Editor:
        column = self._columns[at]
        editor = make_editor(self._session, column.kind, column.head)
        editor.show_standing(Standing(None, None, "", "", kind=column.kind))
        editor.committed.connect(self._on_committed)
        editor.faulted.connect(self._show)
        return editor

    def _at(self) -> int:
        return int(self.column.currentData())

    def _on_column(self) -> None:
        old, self._value = self.editor, None
        self.editor = self._made(self._at())
        self._place.replaceWidget(old, self.editor)
        self.clears.setChecked(False)
        old.hide()
        old.deleteLater()
        self._show()

    def _on_committed(self, value: Value | None) -> None:
        self._value = value
        self._show()

    def _on_clears(self, on: bool) -> None:
        self.editor.setEnabled(not on)
        self._show()

    def _foreseen(self) -> Foreseen:
        """What would change; nothing as long as neither a value nor clearing was chosen."""
        if self.clears.isChecked():
            return self._foresee(self._at(), None)
        if self._value is None:
            return Foreseen((), tr("请填写新的内容；要清空，请勾选“清除这一栏”。"))
        return self._foresee(self._at(), self._value)

    def _show(self) -> None:
        foreseen = self._foreseen()
        self.lines.setRowCount(0)
        self.lines.show_lines(foreseen.lines[:_SHOWN])
        self.says.setText(self.editor.fault or foreseen.sentence)
        self.do.setEnabled(bool(foreseen.lines) and not self.editor.fault)
