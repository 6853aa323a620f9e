"""The marked cells of a sheet: how many there are, and the way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from forms.address import Address
from ui.fields.roles import TOOL
from ui.fields.small import quiet_button
from ui.grid.marked import is_grave, marked
from ui.plain import plain_caption, plain_tip
from ui.text import tr
from ui.turns import OwnTurn

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel

Place = tuple[int, int]  # row, column


class Marks(QObject):
    """Counts the marked cells beside a sheet's name, and leads to the next."""

    def __init__(self, panel: SheetPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.button: QPushButton = quiet_button(
            "", tr("“{table}”：下一处标记").format(table=panel.model.label), TOOL
        )
        self.button.clicked.connect(self.go_next)
        self.button.hide()
        panel.bar.insertWidget(1, self.button)
        self._turn = OwnTurn(self.count, lambda: len(panel.model.remarks), self)
        panel.model.marks_changed.connect(self._turn.take)

    def count(self) -> None:
        """Say how many there are now."""
        count = len(self._placed())
        sign = "●" if is_grave(self._panel.model) else "▲"
        self.button.setText(plain_caption(f"{sign} {count}"))
        said = tr("“{table}”有 {count} 格待看，转到下一格（F7）")
        said = said.format(table=self._panel.model.label, count=count)
        self.button.setAccessibleName(said)
        self.button.setToolTip(plain_tip(said))
        self.button.setVisible(bool(count))

    def places(self) -> list[Place]:
        """The marked cells on screen, row by row."""
        return [place for place, _ in sorted(self._placed())]

    def go_next(self) -> None:
        """Put the cursor on the next marked cell."""
        self._go(1)

    def go_back(self) -> None:
        """Put the cursor on the marked cell before."""
        self._go(-1)

    def _placed(self) -> list[tuple[Place, Address]]:
        model = self._panel.model
        found = marked(model)
        if not found:
            return []
        wanted = {at.row for at in found}
        rows = {key: row for row, key in enumerate(model.keys) if key in wanted}
        columns = {
            at.cell: column
            for column in range(len(model.sheet_columns) if rows else 0)
            if not self._panel.view.isColumnHidden(column)
            and (at := model.address_at(min(rows.values()), column)) is not None
        }
        return [
            ((rows[at.row], columns[at.cell]), at)
            for at in found
            if at.row in rows and at.cell in columns
        ]

    def _go(self, by: int) -> None:
        index, found = self._panel.view.currentIndex(), sorted(self._placed())
        here = (index.row(), index.column())
        ahead = [one for one in found[::by] if (one[0] > here if by > 0 else one[0] < here)]
        around = ahead or found[::by]
        if around:
            self._panel.view.go_to(around[0][1])
