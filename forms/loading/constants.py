"""Checks what a pack says outright: conditions, options, defaults, seeds, limits, summaries."""

from __future__ import annotations

import re
from typing import assert_never

from forms.address import Address, AddressError, parse_address
from forms.conditions import All, AnyOf, Condition, Filled, Is, Not, OneOf
from forms.kinds import (
    Choice,
    Choices,
    Integer,
    Kind,
    Money,
    Percent,
    Quantity,
    Year,
    YesNo,
    is_numeric,
)
from forms.live_figures.marks import live_figures_in
from forms.loading.formulas import Complain
from forms.places import slot_at
from forms.reading import ReadingError, read_value
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_RATE,
    INDICATOR_TARGET,
    Column,
    Field,
    GroupKind,
    Pack,
    Summary,
    Table,
)
from forms.slots import Slot

INDICATOR_COLUMNS = (INDICATOR_BASE, INDICATOR_TARGET, INDICATOR_CHANGE, INDICATOR_RATE)
_PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")


def check_condition(
    pack: Pack, condition: Condition, complain: Complain, table: Table | None = None
) -> None:
    """Every address is a field (or a column of `table`), every value one it can have."""
    match condition:
        case Is():
            kind = _asked(pack, condition.address, complain, table)
            check_option(pack, kind, condition.value, complain)
        case OneOf():
            kind = _asked(pack, condition.address, complain, table)
            for value in condition.values:
                check_option(pack, kind, value, complain)
        case Filled():
            _asked(pack, condition.address, complain, table)
        case All() | AnyOf():
            for part in condition.conditions:
                check_condition(pack, part, complain, table)
        case Not():
            check_condition(pack, condition.condition, complain, table)
        case _:
            assert_never(condition)


def _asked(pack: Pack, text: str, complain: Complain, table: Table | None) -> Kind:
    if text.startswith("./") and table is not None:
        return table.column(text[2:]).kind
    try:
        address = parse_address(text)
    except AddressError as error:
        raise complain(str(error)) from None
    item = pack.index.items.get((address.section, address.item))
    if not isinstance(item, Field) or address != Address(address.section, address.item):
        raise complain(f"条件中的地址“{text}”不是单项")
    return item.kind


def check_option(pack: Pack, kind: Kind, value: str, complain: Complain) -> None:
    """A constant compared with a choice is one of its options, with yes or no one of the two."""
    if isinstance(kind, Choice | Choices):
        vocabulary = pack.index.vocabularies.get(kind.vocabulary)
        if vocabulary is not None and vocabulary.option(value) is None:
            raise complain(f"词表“{kind.vocabulary}”没有选项“{value}”")
    elif isinstance(kind, YesNo) and value not in ("yes", "no"):
        raise complain(f"“{value}”应为 yes 或 no")


def check_default(pack: Pack, slot: Slot, complain: Complain) -> None:
    """A constant is a value of its kind; a template names fields and variables that exist."""
    names = _PLACEHOLDER.findall(slot.default)
    for name in names:
        section, _, item = name.partition("/")
        is_known = item in dict(pack.variables) if section == "pack" else _is_field(pack, name)
        if not is_known:
            raise complain(f"默认值引用了不存在的“{name}”")
    for placed in live_figures_in(slot.default):
        if placed.figure is None or slot_at(pack, placed.figure.address) is None:
            raise complain(f"默认值中的活数字“{placed.source}”没有对应的数")
    if not names:
        _read(pack, slot.kind, slot.default, "默认值", complain)


def _is_field(pack: Pack, text: str) -> bool:
    section, _, item = text.partition("/")
    return slot_at(pack, Address(section, item)) is not None


def check_seed(pack: Pack, column: Column, text: str, complain: Complain) -> None:
    """A seed fills a column that can be typed."""
    is_computed = column.computed is not None and not column.computed.overridable
    if is_computed or column.years is not None:
        raise complain(f"预置行不能填“{column.key}”列")
    _read(pack, column.kind, text, "预置行", complain)


def _read(pack: Pack, kind: Kind, text: str, what: str, complain: Complain) -> None:
    try:
        read_value(pack, kind, text)
    except ReadingError as error:
        raise complain(f"{what}“{text}”不合规：{error}") from None
    except KeyError:
        return  # the vocabulary is missing, which the check of the kind says


def check_limits(kind: Kind, complain: Complain) -> None:
    """The least is not above the greatest, and digits are not fewer than none."""
    match kind:
        case Quantity() | Money() | Percent() | Integer() | Year():
            low, high = kind.minimum, kind.maximum
            if low is not None and high is not None and low > high:
                raise complain("min 大于 max")
            if isinstance(kind, Quantity | Money | Percent) and kind.decimals < 0:
                raise complain("decimals 不能为负")
        case _:
            return


def check_summary(summary: Summary, source: Table, complain: Complain) -> None:
    """The columns of a summary are of the kind it groups by, its amounts are figures."""
    columns = [source.column(key) for key in summary.columns]
    amounts = [source.column(key) for key in (*summary.amounts, *filter(None, [summary.extra]))]
    match summary.by:
        case GroupKind.CHOICE:
            is_right = len(columns) == 1 and isinstance(columns[0].kind, Choice)
        case GroupKind.YEAR:
            is_right = len(columns) == 1 and columns[0].years is not None
            amounts += columns
        case GroupKind.COLUMNS:
            is_right = bool(columns)
            amounts += columns
        case _:
            assert_never(summary.by)
    if not is_right:
        raise complain("汇总的 columns 与 by 不符")
    if not all(is_numeric(column.kind) for column in amounts):
        raise complain("汇总的金额列应为数值")
