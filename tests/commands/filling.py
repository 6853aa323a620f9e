"""A plan with something at every place of a pack where somebody can type, as assignments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from PIL import Image as Pixels

from forms.calendar import Calendar
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Numeric,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.schema import Field, IndicatorTable, Item, Pack, Section, Table, YearTable
from forms.slots import Slot, slots_of

YEARS = Calendar(base=2025, target=2030, history=3)
ROWS = ("k1", "k2")
FIRST = {  # what decides which sections, years and columns are asked for
    "period/base_year": "2025",
    "period/target_year": "2030",
    "period/history_years": "3",
    "period/with_overall": "是",
    "cover/park_name": "青湖经济技术开发区",
    "cover/plan_title": "青湖经济技术开发区循环化改造实施方案",
}


def picture(width: int = 60, height: int = 40, shade: int = 120) -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Pixels.new("RGB", (width, height), (shade, shade, 90)).save(out, "PNG")
    return out.getvalue()


def assignments(pack: Pack, picture_path: object) -> list[str]:
    """ADDRESS=VALUE for every place that can be typed in, two rows a table."""
    found = [f"{address}={text}" for address, text in FIRST.items()]
    for section in pack.sections():
        for item in section.items:
            found += _item(pack, section, item, str(picture_path))
    return found


def _item(pack: Pack, section: Section, item: Item, picture_path: str) -> Iterator[str]:
    home = f"{section.key}/{item.key}"
    if isinstance(item, Table):
        yield from (f"{home}/{row}=+" for row in ROWS)
    for slot in slots_of(section, item):
        if slot.is_computed or slot.formula is not None:
            continue
        for place in _places(home, item, slot):
            if place not in FIRST:
                yield f"{place}={_text(pack, slot.kind, slot.label, picture_path)}"


def _places(home: str, item: Item, slot: Slot) -> Iterator[str]:
    inner = slot.key[2].replace(".", "/")
    years = [f"/{year}" for year in YEARS.years(slot.years)] if slot.years else [""]
    match item:
        case Field():
            yield home
        case Table():
            yield from (f"{home}/{row}/{inner}{year}" for row in ROWS for year in years)
        case YearTable() | IndicatorTable():
            yield from (f"{home}/{inner}{year}" for year in years)


def _text(pack: Pack, kind: Kind, label: str, picture_path: str) -> str:
    match kind:
        case Text():
            return f"{label}之一"[: kind.max_length]
        case Narrative():
            return f"{label}：统筹推进，分步实施。\n\n1. 第一步\n2. 第二步"
        case Choice():
            return pack.index.vocabularies[kind.vocabulary].options[0].key
        case Choices():
            options = pack.index.vocabularies[kind.vocabulary].options[:2]
            return "、".join(option.label for option in options)
        case Year():
            return "2024"
        case Month():
            return "2026-03"
        case Date():
            return "2025-11-30"
        case Integer():
            return str(_within(kind, Decimal(7)))
        case Quantity() | Money() | Percent():
            return str(_within(kind, Decimal("12.50")))
        case YesNo():
            return "否"
        case Image():
            return picture_path
        case Reference():
            return ROWS[0]
        case _:
            assert_never(kind)


def _within(kind: Numeric, wanted: Decimal) -> Decimal:
    least = wanted if kind.minimum is None else max(wanted, Decimal(kind.minimum))
    return least if kind.maximum is None else min(least, Decimal(kind.maximum))
