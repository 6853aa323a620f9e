"""What a planner has in the drawer: texts by the label of the field, tables as a workbook has them.

It is taken out of a plan and written as people write. No address and no key of the pack leaves this
file, so whoever is led by the window alone can only look things up by what the window shows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from forms.address import Address, parse_address
from forms.encoding import decimal_text
from forms.inline.reading import read_text
from forms.kinds import Narrative, Reference
from forms.loading import open_pack
from forms.places import slot_at
from forms.schema import Field, IndicatorTable, Section, Table, YearTable
from forms.slots import slots_of
from forms.values import Picture, Value, YearMonth
from forms.view import PlanView, evaluate
from forms.wording import word
from storage import PlanFile
from ui.grid.columns import table_columns

Label = tuple[str, str]  # the section's title, and what the field or table is called there


@dataclass(slots=True)
class Drawer:
    """Everything a planner can answer with."""

    texts: dict[Label, str] = field(default_factory=dict)
    tables: dict[Label, str] = field(default_factory=dict)  # with heads, tabs between cells
    pictures: dict[Label, Path] = field(default_factory=dict)  # of a field, or of a row by its name


def drawer_of(plan: PlanFile, folder: Path) -> Drawer:
    """What a plan was made of; its pictures are laid into the folder."""
    packing = _Packing(evaluate(open_pack(plan.meta.pack_id), plan.answers), plan.pictures, folder)
    for section in packing.view.pack.sections():
        for item in section.items:
            packing.take(section, item)
    return packing.drawer


class _Packing:
    def __init__(self, view: PlanView, pictures: Mapping[str, bytes], folder: Path) -> None:
        self.view = view
        self.drawer = Drawer()
        self._pictures = pictures
        self._folder = folder

    def take(self, section: Section, item: object) -> None:
        match item:
            case Field():
                self._take_field((section.title, item.label), Address(section.key, item.key))
            case Table():
                home = Address(section.key, item.key)
                self.drawer.tables[section.title, item.label] = self._rows(section, home, item)
            case YearTable():
                home = Address(section.key, item.key)
                self.drawer.tables[section.title, item.label] = self._years(home, item)
            case IndicatorTable():
                pass  # worked out by the program
            case _:
                pass

    def _take_field(self, label: Label, at: Address) -> None:
        value = self.view.answers.get(at)
        if isinstance(value, Picture):
            self.drawer.pictures[label] = self._picture(value)
        elif value is not None:
            self.drawer.texts[label] = self._written(at, value)

    def _picture(self, shown: Picture) -> Path:
        path = self._folder / f"{shown.sha256[:12]}.png"
        path.write_bytes(self._pictures[shown.sha256])
        return path

    def _written(self, at: Address, value: Value) -> str:
        """A value as somebody writes it who does not know of live figures."""
        view, slot = self.view, slot_at(self.view.pack, at)
        assert slot is not None
        match slot.kind, value:
            case Narrative(), _:
                return read_text(view, at)
            case Reference(), _:
                return view.row_name(parse_address(slot.kind.table).at_row(str(value)))
            case _, Decimal():
                return decimal_text(value)
            case _, YearMonth():
                return f"{value.year}-{value.month:02}"
            case _:
                return word(view.pack, slot.kind, value)

    def _rows(self, section: Section, home: Address, table: Table) -> str:
        typed = {slot.key[2] for slot in slots_of(section, table) if not slot.is_computed}
        columns = [each for each in table_columns(self.view, table) if each.key in typed]
        lines = [[each.name for each in columns]]
        for row in self.view.rows(home):
            cells = [home.at(row, each.key, each.year) for each in columns]
            lines.append([self._cell(section, home.at_row(row), cell) for cell in cells])
        return _tabbed(lines)

    def _cell(self, section: Section, row: Address, at: Address) -> str:
        value = self.view.answers.get(at)
        if isinstance(value, Picture):
            self.drawer.pictures[section.title, self.view.row_name(row)] = self._picture(value)
            return ""
        return "" if value is None else self._written(at, value)

    def _years(self, home: Address, table: YearTable) -> str:
        years = self.view.years(table.years)
        lines = [["项目", *(f"{year}年" for year in years)]]
        for row in table.rows:
            values = [self.view.answers.get(home.at(row.key, year=year)) for year in years]
            if any(value is not None for value in values):
                lines.append([row.label, *("" if v is None else str(v) for v in values)])
        return _tabbed(lines) if len(lines) > 1 else ""


def _tabbed(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue()
