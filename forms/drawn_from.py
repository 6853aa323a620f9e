"""From which tables the diagrams of a pack are drawn, and which from one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from forms.address import Address
from forms.diagram_sources import (
    DiagramSource,
    FromContributions,
    FromFlows,
    FromIndicators,
    FromLinks,
    FromRows,
    FromSchedule,
    FromSummary,
    FromYears,
)
from forms.kinds import Reference
from forms.schema import Diagram, Pack, Summary, Table


def diagrams_from(pack: Pack, table: Address) -> Iterator[tuple[Address, Diagram]]:
    """The diagrams drawn from a table, in the order of the plan, with their addresses."""
    for section in pack.sections():
        for item in section.items:
            if isinstance(item, Diagram) and table in set(_tables(pack, item.source)):
                yield Address(section.key, item.key), item


def sections_drawn_from(pack: Pack, diagram: Diagram) -> tuple[str, ...] | None:
    """The sections a diagram rests on when it shows cells of its tables alone, else None."""
    if not isinstance(diagram.source, FromFlows | FromLinks):
        return None
    found: dict[Address, None] = {}
    waiting = list(_tables(pack, diagram.source))
    while waiting:
        table = waiting.pop()
        if table not in found:
            found[table] = None
            waiting += _tables_named_in(pack, table)
    return tuple(dict.fromkeys(table.section for table in found))


def _tables_named_in(pack: Pack, table: Address) -> Iterator[Address]:
    """The tables whose rows the cells of a table name."""
    item = pack.index.items.get((table.section, table.item))
    for column in item.columns if isinstance(item, Table) else ():
        if isinstance(column.kind, Reference):
            yield column.kind.home


def _tables(pack: Pack, source: DiagramSource) -> Iterator[Address]:
    match source:
        case FromSummary():
            summary = pack.index.items.get((source.source.section, source.source.item))
            if isinstance(summary, Summary):
                yield summary.source
        case FromRows() | FromYears() | FromIndicators() | FromContributions() | FromLinks():
            yield source.source
        case FromSchedule():
            yield source.source
            if source.milestones is not None:
                yield source.milestones.source
        case FromFlows():
            for flow in source.flows:
                ends = (flow.value, flow.table, flow.within)
                yield from (Address(at.section, at.item) for at in ends if at is not None)
        case _:
            assert_never(source)
