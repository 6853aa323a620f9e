"""Flows between named ends, gathered from values and rows of tables for the base year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.address import Address
from forms.diagram_data import FlowPart, Flows
from forms.diagram_sources import Flow, FromFlows
from forms.evaluation import as_number, without_padding
from forms.kinds import Kind, unit_of
from forms.places import slot_at
from forms.schema import Pack, Table, YearTable
from forms.view import PlanView
from forms.wording import decimals_of, word

NAMED = re.compile(r"\{(?P<column>[a-z][a-z0-9_]*)(?:\|(?P<vocabulary>[a-z][a-z0-9_]*))?\}")
_NOTHING = Decimal(0)
_NOT_SAID = "未分类"


def flows_of(view: PlanView, source: FromFlows) -> Flows | None:
    """Everything that flows, ends of one name joined; None when nothing does."""
    kind = _kind(view.pack, source.flows[0])
    amounts: dict[tuple[str, str], Decimal] = {}
    for flow in source.flows:
        for start, end, amount in _parts(view, flow):
            amounts[start, end] = amounts.get((start, end), _NOTHING) + amount
    parts = tuple(
        FlowPart(start, end, amount, word(view.pack, kind, _plain(amount)))
        for (start, end), amount in amounts.items()
        if amount > 0 and start != end
    )
    if not parts:
        return None
    return Flows(parts, unit_of(kind), view.calendar.base, decimals_of(kind))


def _plain(amount: Decimal) -> Decimal | None:
    return as_number(without_padding(amount))


def _kind(pack: Pack, flow: Flow) -> Kind:
    address = flow.table.at("", flow.amount) if flow.table else flow.value
    assert address is not None  # the loader has checked this
    item = pack.index.items[address.section, address.item]
    if isinstance(item, Table):
        return item.column(address.column).kind
    if isinstance(item, YearTable):
        return item.row(address.row).kind
    slot = slot_at(pack, address)
    assert slot is not None  # the loader has checked this
    return slot.kind


def _value(view: PlanView, address: Address) -> Decimal | None:
    item = view.pack.index.items[address.section, address.item]
    year = view.calendar.base if isinstance(item, YearTable) else 0
    return view.number(Address(address.section, address.item, address.row, address.column, year))


def _parts(view: PlanView, flow: Flow) -> Iterator[tuple[str, str, Decimal]]:
    if flow.value is not None:
        amount = _value(view, flow.value)
        if amount is not None and amount > 0:
            yield flow.start, flow.end, amount
        return
    assert flow.table is not None  # the loader has checked this
    gathered = _gathered(view, flow, flow.table)
    whole = sum(gathered.values(), _NOTHING)
    if flow.within is not None:
        within = _value(view, flow.within)
        if within is None or within < whole:
            return  # counted in another way: these are no parts of it
        if flow.rest and within > whole:
            gathered[flow.start, flow.rest] = within - whole
    for (start, end), amount in gathered.items():
        yield start, end, amount


def _gathered(view: PlanView, flow: Flow, table: Address) -> dict[tuple[str, str], Decimal]:
    item = view.pack.index.items[table.section, table.item]
    assert isinstance(item, Table)  # the loader has checked this
    year = view.calendar.base if item.column(flow.amount).years else 0
    found: dict[tuple[str, str], Decimal] = {}
    for row in view.rows(table):
        amount = view.number(table.at(row, flow.amount, year))
        if amount is None or amount <= 0:
            continue
        ends = (row_words(view, table.at_row(row), text) for text in (flow.start, flow.end))
        key = (next(ends), next(ends))
        found[key] = found.get(key, _NOTHING) + amount
    return _largest(found, flow) if flow.most else found


def _largest(found: dict[tuple[str, str], Decimal], flow: Flow) -> dict[tuple[str, str], Decimal]:
    ordered = sorted(found.items(), key=lambda pair: -pair[1])
    if len(ordered) <= flow.most + 1:
        return dict(ordered)
    kept = dict(ordered[: flow.most])
    for (start, _), amount in ordered[flow.most :]:
        key = (start, flow.others or _NOT_SAID)
        kept[key] = kept.get(key, _NOTHING) + amount
    return kept


def row_words(view: PlanView, row: Address, text: str) -> str:
    """A name in one row: {column} as it reads, {column|vocabulary} its option's words there."""

    def put(found: re.Match[str]) -> str:
        address = row.table.at(row.row, found["column"])
        words = view.text(address)
        if found["vocabulary"]:
            option = str(view.value(address))
            named = view.pack.index.vocabularies[found["vocabulary"]].option(option)
            words = named.label if named else ""
        return words or _NOT_SAID

    return NAMED.sub(put, text)
