"""Lays out the columns of one sheet as they were last, and remembers what is changed there."""

from __future__ import annotations

from dataclasses import replace

from ui import theme
from ui.grid.arranged_model import ArrangedModel
from ui.grid.columns import column_order
from ui.grid.grid_view import SheetView, freeze, head_of
from ui.sheet_layouts import USUAL, USUAL_LAYOUT, SheetLayout

_LEAST_WIDTH, _MOST_WIDTH = 40, 900


class LayoutKeeper:
    """Which columns of a sheet are shown, in which order, how wide, and which stay in place."""

    def __init__(self, view: SheetView, usually_frozen: int) -> None:
        self._view = view
        self._sheet = view.sheet
        self._usually_frozen = usually_frozen
        self._name = f"{view.sheet.session.pack.id}:{view.sheet.home}"
        head_of(view).dragged.connect(self.set_width)
        if self.layout != USUAL_LAYOUT:
            self._lay_out(self.layout)

    @property
    def layout(self) -> SheetLayout:
        """How the columns are laid out."""
        return self._sheet.session.layouts.of(self._name)

    @property
    def frozen(self) -> int:
        """How many of the shown columns stay in place."""
        frozen = self.layout.frozen
        if frozen == USUAL:
            return min(self._usually_frozen, len(self._sheet.sheet_columns))
        ids = [column.id for column in self._sheet.sheet_columns]
        return ids.index(frozen) + 1 if frozen in ids else 0

    @property
    def order(self) -> list[str]:
        """The keys of all columns, in the order they were put in."""
        if not isinstance(self._sheet, ArrangedModel):
            return []
        return column_order([column.key for column in self._sheet.all_columns], self.layout)

    def put(self, layout: SheetLayout) -> None:
        """Lay the columns out from now on."""
        if layout != self.layout:
            self._sheet.session.layouts.put(self._name, layout)
            self._lay_out(layout)

    def freeze(self, columns: int) -> None:
        """Let the first columns stay in place."""
        last = self._sheet.sheet_columns[columns - 1].id if columns else ""
        self.put(replace(self.layout, frozen=USUAL if columns == self._usually_frozen else last))

    def hide(self, key: str) -> None:
        """Hide a column, in all its years; never the last one."""
        left = {column.key for column in self._sheet.sheet_columns} - {key}
        if left:
            self.put(replace(self.layout, hidden=(*self.layout.hidden, key)))

    def show(self, key: str) -> None:
        """Show a hidden column again."""
        self.put(replace(self.layout, hidden=tuple(k for k in self.layout.hidden if k != key)))

    def move(self, key: str, by: int) -> None:
        """Move a column past its shown neighbour at the left or right."""
        shown = list(dict.fromkeys(column.key for column in self._sheet.sheet_columns))
        place = shown.index(key) + by
        if not 0 <= place < len(shown):
            return
        order = self.order
        order.remove(key)
        order.insert(order.index(shown[place]) + (by > 0), key)
        self.put(replace(self.layout, order=tuple(order)))

    def set_width(self, column: int, width: int) -> None:
        """Give a shown column a width of its own, in pixels of the size of now."""
        shape = self._sheet.sheet_columns[column]
        wide = max(_LEAST_WIDTH, min(_MOST_WIDTH, round(width / theme.scale())))
        self.put(replace(self.layout, widths={**self.layout.widths, shape.id: wide}))

    def restore(self) -> None:
        """Lay the columns out as the table brings them along."""
        self.put(USUAL_LAYOUT)

    def _lay_out(self, layout: SheetLayout) -> None:
        current = self._view.current_address()
        self._view.widths.chosen = layout.widths
        if isinstance(self._sheet, ArrangedModel):
            self._sheet.lay_out(layout)
        freeze(self._view, self.frozen)
        self._view.fit_columns()
        if current is not None and not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(self._sheet.place_of(current))
