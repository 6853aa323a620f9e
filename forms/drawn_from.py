"""Which diagrams of a pack are drawn from a table, wherever they stand."""

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
from forms.schema import Diagram, Pack, Summary


def diagrams_from(pack: Pack, table: Address) -> Iterator[tuple[Address, Diagram]]:
    """The diagrams drawn from a table, in the order of the plan, with their addresses."""
    for section in pack.sections():
        for item in section.items:
            if isinstance(item, Diagram) and table in set(_tables(pack, item.source)):
                yield Address(section.key, item.key), item


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
