"""The tables of a document while its XML goes by: rows of texts, whatever their spans claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from importers.errors import Refused
from importers.guard.limits import LIMITS
from importers.guard.markup import Attributes
from importers.received import Grid

_LONGEST_SPAN = 3  # digits; the guard has kept it small
_MOST_FILLED = 1_000_000  # cells of all tables, with those that only fill a row up


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list[list[str]])
    texts: list[str] = field(default_factory=list[str])
    span: int = 1
    is_covered: bool = False


class Tables:
    """The tables that are open, the innermost last; `say` is told what is left out."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._open: list[_Table] = []
        self._filled = 0

    @property
    def is_open(self) -> bool:
        """Whether a table is being read."""
        return bool(self._open)

    def put(self, text: str) -> None:
        """A paragraph of the cell being read."""
        self._open[-1].texts.append(text)

    def begin_table(self, _: Attributes) -> None:
        """A table begins."""
        self._open.append(_Table())

    def begin_row(self, _: Attributes) -> None:
        """A row begins."""
        if self._open:
            self._open[-1].rows.append([])

    def begin_cell(self, _: Attributes) -> None:
        """A cell begins."""
        if self._open:
            table = self._open[-1]
            table.texts, table.span, table.is_covered = [], 1, False

    def span(self, attributes: Attributes) -> None:
        """The cell goes over several columns."""
        if self._open:
            self._open[-1].span = small(attributes.get("w:val", "1"))

    def before(self, attributes: Attributes) -> None:
        """The row begins further to the right."""
        if self._open and self._open[-1].rows:
            self._open[-1].rows[-1] += [""] * small(attributes.get("w:val", "0"))

    def merge(self, attributes: Attributes) -> None:
        """The cell goes on with the one above, or begins a merged one."""
        if self._open:
            self._open[-1].is_covered = attributes.get("w:val", "continue") != "restart"

    def end_cell(self) -> None:
        """The cell ends."""
        if not self._open:
            return
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        text = "" if table.is_covered else "\n".join(each for each in table.texts if each)
        if table.is_covered and any(table.texts):
            self._say("含被合并单元格盖住的文字，没有取")
        table.rows[-1] += [text, *[""] * (table.span - 1)]
        self._fill(table.span, LIMITS.cells)

    def end_table(self) -> Grid | None:
        """The table that ends; None for an empty one and for one inside another's cell."""
        table = self._open.pop()
        width = max((len(row) for row in table.rows), default=0)
        self._fill(width * len(table.rows), _MOST_FILLED)
        rows = tuple((*row, *[""] * (width - len(row))) for row in table.rows)
        if not self._open:
            return Grid(rows) if width else None
        self._say("含嵌套的表格，已按文字并入外层单元格")
        self._open[-1].texts += ["，".join(filter(None, row)) for row in rows]
        return None

    def _fill(self, count: int, most: int) -> None:
        self._filled += count
        if self._filled > most:
            raise Refused("表格过大")


def small(text: str) -> int:
    """A span or level as a number; 1 for what is none."""
    is_small = text.isascii() and text.isdigit() and len(text) <= _LONGEST_SPAN
    return int(text) if is_small else 1
