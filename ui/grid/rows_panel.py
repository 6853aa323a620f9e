"""The panel of a table of rows: tools for its rows, search, totals, and the first step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from forms.address import Address
from forms.schema import Table
from ui.fields.roles import EMPTY, FIRST_STEP, HINT, TOOL, give_role
from ui.fields.small import plain_label, quiet_button
from ui.grid.arranged_bar import ArrangedBar
from ui.grid.arranger import Arranger
from ui.grid.choosing import chosen_rows
from ui.grid.panel import SheetPanel
from ui.grid.row_steps import copy_steps, move_steps, remove_steps
from ui.grid.rows_model import RowsModel
from ui.grid.search_field import SearchField, enter_rows
from ui.grid.steps import carry_out
from ui.grid.totals import TotalsRow
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_SEARCH_FROM = 13


class EmptyPlace(QWidget):
    """What an empty table shows: what belongs here, and the first step."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        give_role(self, EMPTY)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.button = quiet_button(
            tr("新增{name}").format(name=table.row_name),
            tr("在“{table}”中新增{name}").format(table=table.label, name=table.row_name),
            FIRST_STEP,
        )
        self.paste = quiet_button(
            tr("粘贴表格"), tr("从 Excel 或 WPS 表格粘贴到“{table}”").format(table=table.label)
        )
        self.take = quiet_button(
            tr("从 Excel 取数…"), tr("从 Excel 文件取数到“{table}”").format(table=table.label)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(plain_label(table.guidance.write, EMPTY, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self.paste)
        row.addWidget(self.take)
        row.addStretch(1)
        layout.addLayout(row)
        self.paste.setToolTip(tr("也可以直接按 Ctrl+V"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+V on any of its buttons pastes the table, as it does once there are rows."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste.click()
            return
        super().keyPressEvent(event)


class RowsPanel(SheetPanel):
    """A table of any number of rows."""

    row_chosen = Signal(object)  # Address of the row under the cursor, or None

    def __init__(
        self, session: PlanSession, home: Address, table: Table, *, wraps: bool = False
    ) -> None:
        self.rows = RowsModel(session, home, table)
        super().__init__(self.rows, _frozen_columns(table), wraps=wraps)
        self.table = table
        self.arranger = self.menus.arranger = Arranger(self.rows, self.view, self.keeper)
        self.view.adds_rows = not session.is_read_only
        self.view.row_wanted.connect(self.add_row)
        self._totals: TotalsRow | None = None
        if any(column.total for column in table.columns):
            self._totals = TotalsRow(self.view, self.rows)
            self.column.insertWidget(2, self._totals)
        self._make_tools()
        self.column.insertWidget(1, ArrangedBar(self.arranger))
        self.rows.arranged.connect(self._on_arranged)
        self.empty = EmptyPlace(table)
        self.empty.button.clicked.connect(self.add_row)
        self.empty.paste.clicked.connect(self.paste)
        self.empty.take.clicked.connect(self.editing.take_workbook)
        self.column.addWidget(self.empty)
        self.view.current_changed.connect(self._on_row_changed)
        for button in (*self.tools, self.empty.button, self.empty.paste):
            button.setEnabled(not session.is_read_only)
        self._show_what_there_is()

    def follow(self, places: tuple[Address, ...]) -> None:
        """Take over a change of the plan."""
        super().follow(places)
        if self._totals is not None and any(at.section == self.model.home.section for at in places):
            self._totals.follow()
        self._show_what_there_is()

    def reveal(self, address: Address) -> bool:
        """Put the cursor on an address; a search that hides it is given up."""
        if address.row and address.row not in self.rows.keys and self.rows.search:
            self.search.clear()
        self.arranger.uncover(address)
        if not address.row and not self.rows.has_rows:
            self.empty.button.setFocus()
            return True
        return super().reveal(address)

    def add_row(self) -> None:
        """A new row at the end, ready to be typed into."""
        key = self.rows.add_row()
        self.view.go_to(self.model.home.at_row(key))

    def copy_row(self) -> None:
        """The chosen rows once more, below the last of them."""
        made: list[str] = []

        def lead() -> None:
            if made:
                self.view.go_to(self.model.home.at_row(made[0]))

        steps = copy_steps(self.rows, self._chosen_keys(), made)
        carry_out(self, tr("复制选中的行"), steps, lead)

    def remove_rows(self) -> None:
        """Remove the rows that have selected cells."""
        chosen = chosen_rows(self.view)
        gone = self.rows.row_keys(chosen)
        if not gone:
            return

        def say() -> None:
            if self.rows.keys:
                row = min(chosen[0], len(self.rows.keys) - 1)
                self.view.setCurrentIndex(self.rows.index(row, 0))
            count = tr("已删除 {count} 行，可按 Ctrl+Z 撤销。").format(count=len(gone))
            self.say(count, HINT)

        carry_out(self, tr("删除选中的行"), remove_steps(self.rows, gone), say)

    def move_up(self) -> None:
        """Move the chosen rows up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the chosen rows down."""
        self._move(1)

    def menu_entries(self) -> list[tuple[str, Callable[[], None]]]:
        """What the menu of the right mouse button offers."""
        name = self.table.row_name
        return [
            *super().menu_entries(),
            (tr("在上方插入{name}").format(name=name), self.insert_row),
            (tr("复制选中的行"), self.copy_row),
            (tr("删除选中的行"), self.remove_rows),
        ]

    def insert_row(self) -> None:
        """A new row above the cursor."""
        key = self.rows.add_row(max(0, self.view.currentIndex().row()))
        self.view.go_to(self.model.home.at_row(key))

    def current_row(self) -> Address | None:
        """The row under the cursor."""
        index = self.view.currentIndex()
        return self.rows.row_at(index.row())

    def step_row(self, by: int, before: str = "") -> None:
        """Put the cursor on the next or previous row, past headings; `before` it has one."""
        index, rows = self.view.currentIndex(), self.rows.open_rows
        current = self.current_row()
        here = before if current is None else current.row
        wanted = rows.index(here) + by if here in rows else 0
        if 0 <= wanted < len(rows):
            row = self.rows.keys.index(rows[wanted])
            self.view.setCurrentIndex(self.rows.index(row, max(0, index.column())))

    def _make_tools(self) -> None:
        name = self.table.row_name
        self.search = SearchField(self.rows)
        self.search.left.connect(partial(enter_rows, self.view))
        self.bar.addWidget(self.search)
        looks = self._tool(
            tr("排序、筛选、分组、冻结和选择列"),
            tr("视图"),
            lambda: self.menus.open_below(looks),
        )
        self.tools = [
            self._tool(tr("新增{name}").format(name=name), tr("新增"), self.add_row),
            self._tool(tr("复制选中的行"), tr("复制"), self.copy_row),
            self._tool(tr("上移选中的行"), tr("上移"), self.move_up),
            self._tool(tr("下移选中的行"), tr("下移"), self.move_down),
            self._tool(tr("删除选中的行"), tr("删除"), self.remove_rows),
        ]

    def _tool(self, name: str, text: str, do: object) -> QPushButton:
        button = quiet_button(text, f"{self.table.label}：{name}", TOOL)
        button.setToolTip(plain_tip(name))
        button.clicked.connect(do)
        self.bar.addWidget(button)
        return button

    def _move(self, by: int) -> None:
        """Move the chosen rows; they stay chosen, and the cursor stays on its value."""
        carry_out(self, tr("移动选中的行"), move_steps(self.rows, self._chosen_keys(), by))

    def _chosen_keys(self) -> list[str]:
        """The rows that have selected cells, else the one under the cursor."""
        rows = chosen_rows(self.view) or [self.view.currentIndex().row()]
        return self.rows.row_keys(rows)

    def _on_arranged(self) -> None:
        if self._totals is not None:
            self._totals.follow()
        for tool in self.tools[2:4]:  # what moves rows, while they stand in the plan's order
            tool.setEnabled(
                self.rows.arrangement.keeps_order and not self.rows.session.is_read_only
            )
        self.fit()

    def _on_row_changed(self) -> None:
        self.row_chosen.emit(self.current_row())

    def _show_what_there_is(self) -> None:
        count = len(self.model.session.view.rows(self.model.home))
        some = count > 0
        self.view.setVisible(some)
        self.empty.setVisible(not some)
        if self._totals is not None:
            self._totals.setVisible(some)
        for tool in self.tools:
            tool.setVisible(some)
        self.search.setVisible(count >= _SEARCH_FROM or bool(self.rows.search))
        self.title.setText(
            tr("{label}（{count}）").format(label=self.table.label, count=count)
            if some
            else self.table.label
        )


def _frozen_columns(table: Table) -> int:
    """The columns up to the naming one stay in place, when they are few."""
    keys = [column.key for column in table.columns]
    place = keys.index(table.naming) + 1 if table.naming in keys else 0
    few = 2
    return place if 0 < place <= few and len(keys) > few + 1 else 0
