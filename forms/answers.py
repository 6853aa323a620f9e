"""Answers: everything typed into one plan, immutable, sharing structure between versions.

Every change returns a new `Answers` that shares all untouched sections, tables and rows with the
old one, so `is` tells whether a part changed and five hundred undo states cost little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from forms.address import Address, Cell
from forms.breathing import breathing
from forms.values import Value

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True, eq=True)
class TableAnswers:
    """The rows of one table: their order (empty for tables of fixed rows) and their cells."""

    order: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[Cell, Value]] = field(
        default_factory=dict[str, Mapping[Cell, Value]]
    )


@dataclass(frozen=True, slots=True, eq=True)
class SectionAnswers:
    """The typed values of one section."""

    fields: Mapping[str, Value] = field(default_factory=dict[str, Value])
    tables: Mapping[str, TableAnswers] = field(default_factory=dict[str, TableAnswers])


_NO_SECTION = SectionAnswers()
_NO_TABLE = TableAnswers()


@dataclass(frozen=True, slots=True, eq=True)
class Answers:
    """All typed values of a plan by section; what is absent is empty."""

    sections: Mapping[str, SectionAnswers] = field(default_factory=dict[str, SectionAnswers])

    def section(self, key: str) -> SectionAnswers:
        """The answers of one section, empty when nothing was typed there."""
        return self.sections.get(key, _NO_SECTION)

    def table(self, address: Address) -> TableAnswers:
        """The answers of one table, empty when it has no row yet."""
        return self.section(address.section).tables.get(address.item, _NO_TABLE)

    def order(self, address: Address) -> tuple[str, ...]:
        """The row ids of a table in their order."""
        return self.table(address).order

    def has_row(self, address: Address) -> bool:
        """Whether the table of an address has its row."""
        return address.row in self.order(address)

    def get(self, address: Address) -> Value | None:
        """The typed value at an address, or None."""
        section = self.sections.get(address.section, _NO_SECTION)
        if not address.row:
            return section.fields.get(address.item)
        row = section.tables.get(address.item, _NO_TABLE).rows.get(address.row)
        return None if row is None else row.get((address.column, address.year))

    def with_value(self, address: Address, value: Value | None) -> Answers:
        """The same answers with one value set, or cleared by None."""
        old = self.section(address.section)
        if not address.row:
            fields = _put(old.fields, address.item, value)
            return self._with_section(address.section, SectionAnswers(fields, old.tables))
        table = self.table(address)
        cells = _put(table.rows.get(address.row, {}), address.cell, value)
        rows = _put(table.rows, address.row, cells or None)
        return self._with_table(address, TableAnswers(table.order, rows))

    def with_order(self, address: Address, order: tuple[str, ...]) -> Answers:
        """The same answers with the rows of one table put in this order."""
        return self._with_table(address, TableAnswers(order, self.table(address).rows))

    def values(self) -> Iterator[tuple[Address, Value]]:
        """Every typed value with its address, in no particular order."""
        for key, section in self.sections.items():
            for item, value in section.fields.items():
                yield Address(key, item), value
            for item, table in section.tables.items():
                for row, cells in table.rows.items():
                    for (column, year), value in cells.items():
                        yield Address(key, item, row, column, year), value

    def orders(self) -> Iterator[tuple[Address, tuple[str, ...]]]:
        """Every table that has ordered rows, with their order."""
        for key, section in self.sections.items():
            for item, table in section.tables.items():
                if table.order:
                    yield Address(key, item), table.order

    def row_values(self, row: Address) -> dict[Address, Value]:
        """All typed cells of one row."""
        cells = self.table(row).rows.get(row.row, {})
        return {row.table.at(row.row, *cell): value for cell, value in cells.items()}

    def _with_table(self, address: Address, table: TableAnswers) -> Answers:
        old = self.section(address.section)
        kept = table if table.order or table.rows else None
        tables = _put(old.tables, address.item, kept)
        return self._with_section(address.section, SectionAnswers(old.fields, tables))

    def _with_section(self, key: str, section: SectionAnswers) -> Answers:
        kept = section if section.fields or section.tables else None
        return Answers(_put(self.sections, key, kept))


def answers_of(
    values: Iterable[tuple[Address, Value]], orders: Iterable[tuple[Address, tuple[str, ...]]]
) -> Answers:
    """Answers built at once from many values and orders."""
    fields: dict[str, dict[str, Value]] = {}
    tables: dict[str, dict[str, dict[str, dict[Cell, Value]]]] = {}
    order_of: dict[tuple[str, str], tuple[str, ...]] = {}
    cells: dict[Cell, Cell] = {}  # the rows of a table share them: found at once, held once
    for address, value in breathing(values):
        if address.row:
            rows = tables.setdefault(address.section, {}).setdefault(address.item, {})
            cell = address.cell
            rows.setdefault(address.row, {})[cells.setdefault(cell, cell)] = value
        else:
            fields.setdefault(address.section, {})[address.item] = value
    for table, order in orders:
        tables.setdefault(table.section, {}).setdefault(table.item, {})
        order_of[table.section, table.item] = order
    sections = {
        key: SectionAnswers(
            fields.get(key, {}),
            {
                item: TableAnswers(order_of.get((key, item), ()), rows)
                for item, rows in tables.get(key, {}).items()
            },
        )
        for key in fields | tables
    }
    return Answers(sections)


def _put(mapping: Mapping[_K, _V], key: _K, value: _V | None) -> Mapping[_K, _V]:
    changed = dict(mapping)
    if value is None:
        changed.pop(key, None)
    else:
        changed[key] = value
    return changed
