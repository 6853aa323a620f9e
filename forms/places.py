"""Where an address leads in a pack: the slot, mark and guidance of the value that stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from forms.address import Address
from forms.formula import Formula
from forms.kinds import Kind
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_TARGET,
    Diagram,
    Field,
    Guidance,
    IndicatorTable,
    Item,
    Listing,
    Mark,
    Pack,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.slots import Slot, slot_key


class UnknownAddressError(LookupError):
    """No value of the pack has this address; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """Everything the pack says about the value at one address."""

    address: Address
    section: Section
    item: Item
    slot: Slot
    mark: Mark
    guidance: Guidance

    @property
    def kind(self) -> Kind:
        """The kind of value that stands here."""
        return self.slot.kind

    @property
    def label(self) -> str:
        """What people call it."""
        return self.slot.label

    @property
    def formula(self) -> Formula | None:
        """The formula behind it, if any."""
        return self.slot.formula

    @property
    def is_computed(self) -> bool:
        """Whether nobody may type here."""
        return self.slot.is_computed


def item_at(pack: Pack, address: Address) -> Item:
    """The field or table an address belongs to; `UnknownAddressError` when there is none."""
    item = pack.index.items.get((address.section, address.item))
    if item is None:
        raise UnknownAddressError(f"方案中没有地址“{address}”。{_hint(pack, address)}")
    return item


def slot_at(pack: Pack, address: Address) -> Slot | None:
    """The slot of an address when its shape fits (row and year where they belong), else None."""
    item = pack.index.items.get((address.section, address.item))
    if item is None or not _fits(item, address):
        return None
    slot = pack.index.slots.get(slot_key(item, address))
    if slot is None or (slot.years is not None) != bool(address.year):
        return None
    return slot


def is_row_local(pack: Pack, table: Address, column: str) -> bool:
    """Whether a column's value is nothing but what was typed into the row."""
    slot = pack.index.slots.get((table.section, table.item, column))
    return slot is not None and slot.is_plain


def locate(pack: Pack, address: Address) -> Place:
    """The place of one value; `UnknownAddressError` when no value can stand there."""
    item = item_at(pack, address)
    slot = slot_at(pack, address)
    if slot is None:
        raise UnknownAddressError(f"地址“{address}”不是一个可填写的值。{_shape(item)}")
    section = pack.index.sections[address.section]
    mark, guidance = _mark_and_guidance(item, address)
    return Place(address, section, item, slot, mark, guidance)


def _fits(item: Item, address: Address) -> bool:
    match item:
        case Field():
            return not address.row
        case Table() | IndicatorTable():
            return bool(address.row and address.column)
        case YearTable():
            return bool(address.row) and not address.column
        case Summary() | Listing() | Diagram():
            return False
        case _:
            assert_never(item)


def _mark_and_guidance(item: Item, address: Address) -> tuple[Mark, Guidance]:
    match item:
        case Table():
            column = item.column(address.column)
            return column.mark, column.guidance
        case YearTable():
            row = item.row(address.row)
            return row.mark, row.guidance
        case IndicatorTable():
            indicator = item.row(address.row)
            asked = address.column in (INDICATOR_BASE, INDICATOR_TARGET)
            return indicator.mark if asked else Mark.OPTIONAL, indicator.guidance
        case Field():
            return item.mark, item.guidance
        case Summary() | Listing() | Diagram():
            return Mark.OPTIONAL, item.guidance
        case _:
            assert_never(item)


def _shape(item: Item) -> str:
    match item:
        case Field():
            return "这是一个单项，地址只有两段。"
        case Table():
            return "表格的值写作 章节/表/行号/列，分年列再加年份。"
        case YearTable():
            return "分年表的值写作 章节/表/指标/年份。"
        case IndicatorTable():
            return "指标的值写作 章节/表/指标/base、target、source、note 或 reason。"
        case Summary() | Listing() | Diagram():
            return "这是自动生成的汇总，不能填写。"
        case _:
            assert_never(item)


def _hint(pack: Pack, address: Address) -> str:
    section = pack.index.sections.get(address.section)
    if section is None:
        return "可用 addresses 命令列出全部地址。"
    keys = "、".join(item.key for item in section.items[:12])
    return f"“{section.title}”一节有：{keys}。"
