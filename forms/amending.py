"""Many changes to one version of the answers, each table and row copied once, not once a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from forms.address import Address, Cell
from forms.answers import Answers, SectionAnswers, TableAnswers
from forms.values import Value

_K = TypeVar("_K")
_V = TypeVar("_V")
TableKey = tuple[str, str]  # section, item


class Amending:
    """Reads like answers while values and orders are put into it; `done` gives the new version."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._fields: dict[str, dict[str, Value]] = {}
        self._orders: dict[TableKey, tuple[str, ...]] = {}
        self._rows: dict[TableKey, dict[str, dict[Cell, Value]]] = {}
        self._there: dict[TableKey, frozenset[str]] = {}

    def get(self, address: Address) -> Value | None:
        """The value at an address as of now, or None."""
        if not address.row:
            fields = self._fields.get(address.section)
            return self._answers.get(address) if fields is None else fields.get(address.item)
        return self._cells(address).get(address.cell)

    def order(self, address: Address) -> tuple[str, ...]:
        """The rows of a table in their order as of now."""
        found = self._orders.get((address.section, address.item))
        return self._answers.order(address) if found is None else found

    def has_row(self, address: Address) -> bool:
        """Whether the table of an address has its row as of now."""
        key = (address.section, address.item)
        there = self._there.get(key)
        if there is None:
            there = self._there[key] = frozenset(self.order(address))
        return address.row in there

    def row_values(self, row: Address) -> dict[Address, Value]:
        """All typed cells of one row as of now."""
        return {row.table.at(row.row, *cell): value for cell, value in self._cells(row).items()}

    def put_value(self, address: Address, value: Value | None) -> None:
        """Set one value, or clear it by None."""
        if not address.row:
            held = self._answers.section(address.section).fields
            _put(self._fields.setdefault(address.section, dict(held)), address.item, value)
            return
        rows = self._rows.setdefault((address.section, address.item), {})
        if address.row not in rows:
            rows[address.row] = dict(self._answers.table(address).rows.get(address.row, {}))
        _put(rows[address.row], address.cell, value)

    def put_order(self, table: Address, order: tuple[str, ...]) -> None:
        """Put the rows of a table in this order."""
        self._orders[table.section, table.item] = order
        self._there.pop((table.section, table.item), None)

    def done(self) -> Answers:
        """The answers with everything that was put into them."""
        sections = dict(self._answers.sections)
        tables: dict[str, set[str]] = {}
        for section, item in (*self._orders, *self._rows):
            tables.setdefault(section, set()).add(item)
        for key in self._fields.keys() | tables.keys():
            old = self._answers.section(key)
            amended = dict(old.tables)
            for item in tables.get(key, ()):
                _put(amended, item, self._table(key, item))
            fields = self._fields.get(key, old.fields)
            kept = SectionAnswers(fields, amended if key in tables else old.tables)
            _put(sections, key, kept if kept.fields or kept.tables else None)
        return Answers(sections)

    def _cells(self, row: Address) -> Mapping[Cell, Value]:
        amended = self._rows.get((row.section, row.item), {}).get(row.row)
        if amended is not None:
            return amended
        return self._answers.table(row).rows.get(row.row, {})

    def _table(self, section: str, item: str) -> TableAnswers | None:
        old = self._answers.table(Address(section, item))
        rows = dict(old.rows)
        for key, cells in self._rows.get((section, item), {}).items():
            _put(rows, key, cells or None)
        order = self._orders.get((section, item), old.order)
        return TableAnswers(order, rows) if order or rows else None


def _put(mapping: dict[_K, _V], key: _K, value: _V | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
