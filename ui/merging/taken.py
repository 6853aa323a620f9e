"""What came from the other side without a question, as a table to be read."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtWidgets import QHeaderView

from forms.comparing import Difference, Sort
from ui.grid.overview_table import QuietView
from ui.text import tr

_LONGEST = 60
_BEFORE = 8  # characters shown before the first change


class TakenView(QuietView):
    """Fills its page; both versions share what width the place leaves."""

    def fit(self) -> None:
        """Leave the height to the page."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)


def taken_rows(
    taken: tuple[Difference, ...],
) -> tuple[tuple[str, ...], tuple[bool, ...], tuple[tuple[str, ...], ...]]:
    """Heads, which columns are figures, and a line for each difference."""
    heads = (tr("章节"), tr("位置"), tr("原来"), tr("合并后"))
    rows = tuple(
        (each.section, each.place, _said(each, each.before), _after(each)) for each in taken
    )
    return heads, (False,) * len(heads), rows


def _after(each: Difference) -> str:
    match each.sort:
        case Sort.ROW_ADDED:
            return tr("新增一行")
        case Sort.ROW_REMOVED:
            return tr("删除这一行")
        case Sort.VALUE | Sort.ROW_MOVED:
            return _said(each, each.after)


def _said(each: Difference, words: str) -> str:
    """A value in one line; of a long text what stands around its first change."""
    line = " ".join(each.said(words).split())
    if not line:
        return tr("（空）") if each.sort is Sort.VALUE else ""
    before, after = " ".join(each.before.split()), " ".join(each.after.split())
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    )
    start = max(0, same - _BEFORE) if each.is_text else 0
    end = start + _LONGEST
    return f"{'…' if start else ''}{line[start:end]}{'…' if len(line) > end else ''}"
