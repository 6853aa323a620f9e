"""指标测算过程表: how each promised figure was computed, in words and with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporters.document import Align, Caption, Cell, Column, Table, TableRow
from forms.address import Address
from forms.breathing import breathing
from forms.kinds import is_numeric
from forms.overrides import override_at, override_sentence
from forms.places import slot_at
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET, Field, IndicatorTable, Place
from forms.view import PlanView
from forms.working import Working, only_names, work_out

_HEAD = ("序号", "指标", "计算式", "代入数值", "计算结果", "采用值")
_COLUMNS = (
    Column(5, Align.CENTRE),
    Column(19),
    Column(30),
    Column(32),
    Column(19, Align.RIGHT),
    Column(12, Align.RIGHT),
)


_DIFFERS = "采用值与计算结果不同的，为填报值，两个数、差值和理由如下。"


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure with its working and what the plan uses in the end."""

    address: Address
    label: str
    working: Working
    used: str


def workings(view: PlanView) -> tuple[Worked, ...]:
    """Every computed figure of the body that more than names another one, in plan order."""
    return tuple(_workings(view))


def has_workings(view: PlanView) -> bool:
    """Whether there is any such figure; quicker than working all of them out."""
    return next(_workings(view), None) is not None


def working_table(view: PlanView, caption: Caption | None = None) -> Table:
    """One row a figure; where a typed value replaces the result, both stand there."""
    made = workings(view)
    head = TableRow(tuple(Cell(text, align=Align.CENTRE) for text in _HEAD))
    rows = tuple(
        TableRow(
            (
                Cell(str(number)),
                Cell(worked.label),
                Cell(worked.working.words),
                Cell(worked.working.numbers),
                Cell(worked.working.result),
                Cell(worked.used),
            )
        )
        for number, worked in enumerate(made, start=1)
    )
    notes = tuple(
        override_sentence(override)
        for worked in made
        if (override := override_at(view, worked.address)) is not None
    )
    return Table(_COLUMNS, (head,), rows, caption, notes=(_DIFFERS, *notes) if notes else ())


def _workings(view: PlanView) -> Iterator[Worked]:
    for address in breathing(_figures(view)):
        slot = slot_at(view.pack, address)
        if slot is None or slot.formula is None:
            continue
        if only_names(view, address) and not view.is_overridden(address):
            continue
        working = work_out(view, address) if is_numeric(slot.kind) else None
        if working is not None:
            yield Worked(address, slot.label, working, view.text(address))


def _figures(view: PlanView) -> Iterator[Address]:
    for section in view.pack.sections():
        if section.place is not Place.BODY or not view.shows_section(section):
            continue
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Field) and view.shows_item(item):
                yield home
            elif isinstance(item, IndicatorTable) and view.shows_item(item):
                for row in item.rows:
                    yield home.at(row.key, INDICATOR_BASE)
                    yield home.at(row.key, INDICATOR_TARGET)
