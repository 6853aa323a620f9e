"""The places where two moments differ, by section, each with its values in short."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from forms.comparing import Difference, Sort
from forms.word_difference import Fate, Piece
from ui.headed_lines import HeadedLines, Index
from ui.history.two_lines import TEXTS, TwoLineList
from ui.text import tr

_SHORT = 60
_MANY = 500  # more of them stay quick only when all lines are as high


class DifferenceModel(HeadedLines[str, Difference]):
    """Sections and the differences in them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Difference, parent)

    def show(self, found: tuple[Difference, ...]) -> None:
        """Show these differences, which stand in plan order."""
        self.beginResetModel()
        self.lines = []
        for section, group in groupby(found, key=lambda each: each.section):
            self.lines += [section, *group]
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the words of a line."""
        line = self.line_at(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line if isinstance(line, str) else line.place
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return line if isinstance(line, str) else f"{line.place}：{in_short(line)}"
            case _ if role == TEXTS:
                return None if isinstance(line, str) else (line.place, in_short(line))
            case _:
                return None


class DifferenceList(TwoLineList):
    """The list; choosing a place shows it by words, Enter or a double click goes there."""

    chosen = Signal(object)  # Difference

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.differences = DifferenceModel(self)
        self.setAccessibleName(tr("不同之处列表"))
        self.setModel(self.differences)

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """Show these; what was chosen stays so, else the first is."""
        before = self.differences.item_at(self.currentIndex())
        self.setUniformItemSizes(len(found) > _MANY)
        self.differences.show(found)
        places = [
            number
            for number, line in enumerate(self.differences.lines)
            if isinstance(line, Difference) and before and line.address == before.address
        ]
        if found:
            self.setCurrentIndex(self.differences.index(places[0] if places else 1))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another line is chosen, by mouse or key."""
        super().currentChanged(current, previous)
        found = self.differences.item_at(current)
        if found is not None:
            self.chosen.emit(found)


@lru_cache(maxsize=512)
def in_short(each: Difference) -> str:
    """Both values in one line; of long texts the first words that changed."""
    if each.sort is Sort.ROW_ADDED:
        return tr("新增一行")
    if each.sort is Sort.ROW_REMOVED:
        return tr("删除一行")
    before, after = each.said(each.before), each.said(each.after)
    if len(before) > _SHORT and len(after) > _SHORT:
        return _first_change(each)
    return " → ".join(_line(side) or tr("（空）") for side in (before, after))


def _first_change(each: Difference) -> str:
    stretches = [*each.pieces, Piece(Fate.SAME, ""), Piece(Fate.SAME, "")]
    at = next(n for n, one in enumerate(stretches) if one.fate is not Fate.SAME or not one.text)
    first, second = stretches[at], stretches[at + 1]
    if first.fate is Fate.REMOVED and second.fate is Fate.ADDED:
        return tr("改：{0} → {1}").format(_line(first.text), _line(second.text))
    words = tr("删：{0}") if first.fate is Fate.REMOVED else tr("增：{0}")
    return words.format(_line(first.text))


def _line(text: str) -> str:
    one = " ".join(text[: _SHORT * 2].split())
    return one if len(text) <= _SHORT else f"{one[:_SHORT]}…"
