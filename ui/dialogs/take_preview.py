"""The preview of rows about to be taken: as they will read, what is refused marked with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt

from ui.grid.overview_table import Index, OverviewModel, QuietView
from ui.plain import plain_tip
from ui.theme import colour, px

_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_VERTICAL = Qt.Orientation.Vertical
_LEAST = QSize(420, 220)
_LONGEST = 60
_MEASURED = 40  # rows that say how wide a column is
_AIR = 24  # what the style sheet leaves around a text, and a little more
_SIGN = "● "


@dataclass(frozen=True, slots=True)
class Previewed:
    """One cell as it would stand; `why` when it is refused, or nobody may fill it."""

    text: str
    why: str = ""
    refused: bool = False


class PreviewModel(OverviewModel):
    """Ready texts; what is refused bears a sign, its colour and the reason."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: Sequence[Sequence[Previewed]] = ()
        self._numbers: Sequence[int] = ()

    def preview(
        self,
        heads: tuple[str, ...],
        numeric: tuple[bool, ...],
        cells: Sequence[Sequence[Previewed]],
        numbers: Sequence[int],
    ) -> None:
        """Show these cells under these heads, at the left the number of each row."""
        self._cells, self._numbers = cells, numbers
        texts = tuple(tuple(_short(cell) for cell in row) for row in cells)
        self.show(heads, numeric, texts)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Qt: a cell's text, and why it is refused."""
        if role not in (_FOREGROUND, _TOOL_TIP):
            return super().data(index, role)
        cell = self._cells[index.row()][index.column()]
        if role == _TOOL_TIP:
            return plain_tip("\n".join(part for part in (cell.text, cell.why) if part)) or None
        if cell.why:
            return colour("must" if cell.refused else "pale")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Qt: the number of a row where it comes from."""
        if orientation == _VERTICAL and role == _DISPLAY and section < len(self._numbers):
            return str(self._numbers[section])
        return super().headerData(section, orientation, role)


class PreviewView(QuietView):
    """Fills the room it is given."""

    def __init__(self, model: PreviewModel, name: str) -> None:
        self._texts = model
        super().__init__(model, name)
        self.verticalHeader().show()
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def fit(self) -> None:
        """Leave the height to the dialog."""
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        rows = self._texts.rows[:_MEASURED]  # asking Qt took half a second of a wide sheet
        for place in range(self._texts.columnCount()):
            wide = max((metrics.horizontalAdvance(row[place]) for row in rows), default=0)
            self.setColumnWidth(place, max(wide + px(_AIR), head.sectionSizeHint(place)))
        self._first = self.columnWidth(0)

    def sizeHint(self) -> QSize:
        """Any size will do."""
        return _LEAST


def _short(cell: Previewed) -> str:
    flat = " ".join(cell.text.split())
    shown = flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
    return f"{_SIGN}{shown}" if cell.refused else shown
