"""选择列: which columns of a sheet are shown, and in which order."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from forms.schema import Mark
from ui.dialogs.base import PlainDialog
from ui.fields.roles import TICKS, TOOL, give_role
from ui.fields.small import quiet_button
from ui.grid.arranger import Arranger
from ui.sheet_layouts import USUAL_LAYOUT
from ui.text import tr

_WIDTH, _LIST_HEIGHT = 420, 360
_KEY = int(Qt.ItemDataRole.UserRole)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnChooser(PlainDialog):
    """The columns of one table, ticked where they are shown."""

    guide = "04-filling.md#冻结和选择列"

    def __init__(self, arranger: Arranger, parent: QWidget | None = None) -> None:
        rows = arranger.rows
        super().__init__(tr("选择列：{table}").format(table=rows.table.label), parent, _WIDTH)
        self._arranger = arranger
        self.list = QListWidget()
        give_role(self.list, TICKS)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setAccessibleName(tr("“{table}”的列").format(table=rows.table.label))
        self.add_sentence(
            "soft", tr("勾选要显示的列；拖动或用下面的按钮调整先后。隐藏的列照常计算和打印。")
        )
        self.content.addWidget(self.list, 1)
        self.fault = self.add_sentence("must")
        row = QHBoxLayout()
        row.setSpacing(8)
        self.tools = [
            quiet_button(text, f"{text}：{rows.table.label}", TOOL)
            for text in (tr("上移"), tr("下移"), tr("全部显示"), tr("恢复默认"))
        ]
        for button, do in zip(
            self.tools, (self._up, self._down, self._all, self._usual), strict=True
        ):
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        self.content.addLayout(row)
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("确定"), primary=True).clicked.connect(self.accept)
        self._fill(arranger.keeper.order, frozenset(arranger.keeper.layout.hidden))
        self.list.setFocus()
        self.settle()

    def accept(self) -> None:
        """Qt: lay the columns out as ticked."""
        items = [self.list.item(at) for at in range(self.list.count())]
        order = [str(item.data(_KEY)) for item in items]
        hidden = tuple(
            key for key, item in zip(order, items, strict=True) if item.checkState() != _CHECKED
        )
        if len(hidden) == len(items):
            self.fault.setText(tr("至少显示一列。"))
            self.fault.show()
            return
        keeper, own = self._arranger.keeper, self._own()
        moved = () if order == own else tuple(order)
        keeper.put(replace(keeper.layout, order=moved, hidden=hidden))
        super().accept()

    def _fill(self, order: list[str], hidden: frozenset[str]) -> None:
        self.list.clear()
        table = self._arranger.rows.table
        for key in order:
            column = table.column(key)
            must = column.mark is Mark.NOTICE and column.computed is None
            words = f"{column.group} · {column.label}" if column.group else column.label
            item = QListWidgetItem(words + (tr("（必填）") if must else ""))
            item.setData(_KEY, key)
            flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_UNCHECKED if key in hidden else _CHECKED)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _own(self) -> list[str]:
        return list(dict.fromkeys(column.key for column in self._arranger.rows.all_columns))

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)

    def _all(self) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(_CHECKED)

    def _usual(self) -> None:
        self._fill(self._own(), frozenset(USUAL_LAYOUT.hidden))
