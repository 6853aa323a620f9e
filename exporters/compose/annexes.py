"""Annexes: what the pack sends there, each on its own page, numbered by kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import assert_never

from exporters.compose.contributions import contribution_tables, has_contributions
from exporters.compose.factors import override_table, replaced
from exporters.compose.response import response_table
from exporters.compose.sections import fixed_blocks, name_print, table_blocks
from exporters.compose.setting import Setting, annex_anchor
from exporters.compose.working import has_workings, working_table, workings
from exporters.document import (
    Block,
    Orientation,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
)
from exporters.document import Table as PrintedTable
from forms.address import Address
from forms.inline.references import ANNEX
from forms.schema import (
    Annex,
    AnnexContent,
    IndicatorTable,
    Item,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing printed in an annex."""

    section: Section
    item: Item


def annex_labels(view: PlanView) -> dict[str, str]:
    """The printed label of every annex that has something to print: 附表1, 附表2 …, 附图1."""
    labels: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for annex in view.pack.annexes:
        if _has_content(view, annex):
            numbers[annex.kind] = numbers.get(annex.kind, 0) + 1
            labels[annex.key] = f"{annex.kind}{numbers[annex.kind]}"
    return labels


def annex_parts(
    setting: Setting, printed: Collection[str], *, each_apart: bool = False
) -> Iterator[Part]:
    """The annexes in order, neighbours of one orientation in one part, or each on an odd page."""
    blocks: list[Block] = []
    turned = Orientation.PORTRAIT
    start = PartStart.ODD if each_apart else PartStart.NEXT
    for annex in setting.view.pack.annexes:
        if annex.key not in printed:
            continue
        wanted = Orientation.LANDSCAPE if annex.landscape else Orientation.PORTRAIT
        if blocks and (each_apart or wanted is not turned):
            yield Part(PartRole.ANNEX, tuple(blocks), turned, start)
            blocks = []
        if blocks:
            blocks.append(PageBreak())
        turned = wanted
        label, anchor = setting.annexes[annex.key], annex_anchor(annex.key)
        setting.labels.where = setting.away.get(annex.key, "{0}")
        setting.labels.add(f"{ANNEX}{annex.key}", label, anchor)
        blocks.append(setting.numbers.annex(label, annex.title, anchor))
        blocks.extend(setting.steps.one(_content(setting, annex)))
    if blocks:
        yield Part(PartRole.ANNEX, tuple(blocks), turned, start)


def _has_content(view: PlanView, annex: Annex) -> bool:
    match annex.content:
        case AnnexContent.ITEMS:
            return any(_is_filled(view, entry) for entry in _entries(view, annex))
        case AnnexContent.RESPONSE:
            return True
        case AnnexContent.WORKING:
            return has_workings(view) or any(replaced(view))
        case AnnexContent.CONTRIBUTIONS:
            return has_contributions(view)
        case _:
            assert_never(annex.content)


def _is_filled(view: PlanView, entry: _Entry) -> bool:
    home = Address(entry.section.key, entry.item.key)
    match entry.item:
        case Table():
            return bool(view.rows(home))
        case YearTable() | IndicatorTable():
            return bool(view.answers.table(home).rows) or _any_text(view, home, entry.item)
        case Summary():
            return bool(view.rows(entry.item.source))
        case _:
            return True


def _any_text(view: PlanView, home: Address, item: YearTable | IndicatorTable) -> bool:
    if isinstance(item, YearTable):
        years = view.years(item.years)
        return any(view.text(home.at(row.key, year=year)) for row in item.rows for year in years)
    return any(view.text(home.at(row.key, "target")) for row in item.rows)


def _entries(view: PlanView, annex: Annex) -> list[_Entry]:
    return [
        _Entry(section, item)
        for section in view.pack.sections()
        if view.shows_section(section)
        for item in section.items
        if view.shows_item(item) and annex.key in _annexes_of(item)
    ]


def _annexes_of(item: Item) -> tuple[str, ...]:
    match item:
        case Table():
            return tuple(shape.annex for shape in item.prints)
        case YearTable() | IndicatorTable() | Summary():
            return (item.annex,)
        case _:
            return ()


def _content(setting: Setting, annex: Annex) -> Iterator[Block]:
    match annex.content:
        case AnnexContent.ITEMS:
            yield from _printed_items(setting, annex)
        case _ if setting.is_counting:  # nothing in those is referred to
            return
        case AnnexContent.RESPONSE:
            yield response_table(setting, is_apart=annex.key in setting.away)
        case AnnexContent.WORKING:
            yield from _working(setting)
        case AnnexContent.CONTRIBUTIONS:
            yield from contribution_tables(setting)
        case _:
            assert_never(annex.content)


def _printed_items(setting: Setting, annex: Annex) -> Iterator[Block]:
    entries = _entries(setting.view, annex)
    prints = sum(_annexes_of(entry.item).count(annex.key) for entry in entries)
    for entry in entries:
        home = Address(entry.section.key, entry.item.key)
        match entry.item:
            case Table():
                for shape in entry.item.prints:
                    if shape.annex == annex.key:
                        title = shape.title if prints > 1 else ""
                        blocks = list(table_blocks(setting, home, entry.item, shape, title))
                        if blocks:  # those without a caption of their own are called by the annex
                            name_print(setting, home, shape, _called(setting, annex))
                        if title and blocks and not isinstance(blocks[0], PrintedTable):
                            yield Paragraph((Run(title, strong=True),))
                        yield from blocks
            case YearTable() | IndicatorTable() | Summary():
                title = entry.item.label if prints > 1 else ""
                blocks = list(fixed_blocks(setting, home, entry.item, title))
                if blocks:
                    setting.labels.add(str(home), *_called(setting, annex))
                yield from blocks
            case _:
                continue


def _called(setting: Setting, annex: Annex) -> tuple[str, str]:
    """How prose calls an annex that is printed, and its anchor."""
    return setting.annexes[annex.key], annex_anchor(annex.key)


def _working(setting: Setting) -> Iterator[Block]:
    """How the promised figures were computed, and which computed values were replaced."""
    both = bool(workings(setting.view)) and any(replaced(setting.view))
    if workings(setting.view):
        caption = setting.numbers.table("指标测算过程") if both else None
        yield working_table(setting.view, caption)
    if any(replaced(setting.view)):
        caption = setting.numbers.table("改用填报值的系数与数据")
        table = override_table(setting.view, caption)
        if table is not None:
            yield table
