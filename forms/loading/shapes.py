"""Reads the small shapes that occur everywhere in a pack: kinds, conditions, guidance, formulas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

from forms.address import Address, AddressError, parse_address
from forms.conditions import All, AnyOf, Condition, Filled, Is, Not, OneOf
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
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.loading.node import Node
from forms.schema import Computed, Guidance

_HUNDRED = Decimal(100)


def read_address(node: Node, key: str) -> Address:
    """The address under a key."""
    try:
        return parse_address(node.text(key))
    except AddressError as error:
        raise node.fail(str(error), key) from None


def read_kind(node: Node) -> Kind:
    """The kind named by `kind` with its own keys."""
    name = node.text("kind")
    reader = _KINDS.get(name)
    if reader is None:
        raise node.fail(f"没有“{name}”这种类型", "kind")
    return reader(node)


def _integer(node: Node) -> Kind:
    low, high = node.decimal("min"), node.decimal("max")
    return Integer(
        node.text("unit", ""),
        None if low is None else int(low),
        None if high is None else int(high),
    )


def _quantity(node: Node) -> Kind:
    unit, row_unit = node.text("unit", ""), node.text("row_unit", "")
    if unit and row_unit:
        raise node.fail("unit 与 row_unit 只能写一个", "row_unit")
    low, high = node.decimal("min"), node.decimal("max")
    return Quantity(unit, node.integer("decimals", 2), low, high, row_unit)


def _money(node: Node) -> Kind:
    return Money(
        node.text("unit", "万元"),
        node.integer("decimals", 2),
        node.decimal("min", Decimal(0)),
        node.decimal("max"),
    )


def _percent(node: Node) -> Kind:
    return Percent(
        node.integer("decimals", 2), node.decimal("min", Decimal(0)), node.decimal("max", _HUNDRED)
    )


_KINDS: dict[str, Callable[[Node], Kind]] = {
    "text": lambda node: Text(node.integer("max_length", 200)),
    "narrative": lambda node: Narrative(node.integer("target", 0)),
    "choice": lambda node: Choice(node.key("vocabulary")),
    "choices": lambda node: Choices(node.key("vocabulary")),
    "year": lambda node: Year(node.integer("min", 1949), node.integer("max", 2100)),
    "month": lambda _: Month(),
    "date": lambda _: Date(),
    "integer": _integer,
    "quantity": _quantity,
    "money": _money,
    "percent": _percent,
    "yes_no": lambda _: YesNo(),
    "image": lambda _: Image(),
    "reference": lambda node: Reference(node.text("table")),
}


def read_guidance(node: Node) -> Guidance:
    """The guide of a field, column, row or table; both writing advice and example are required."""
    guide = node.child("guide")
    if guide is None:
        raise node.fail("缺少指引（guide）")
    found = Guidance(
        guide.text("write"),
        guide.text("example"),
        guide.text("source", ""),
        guide.texts("clauses"),
        guide.text("mistakes", ""),
        guide.texts("outline"),
    )
    guide.done()
    return found


def read_computed(node: Node) -> Computed | None:
    """The formula of a value, if it has one."""
    formula = node.formula("formula")
    overridable, reason = node.flag("overridable", default=False), node.text("reason", "")
    if formula is None:
        if overridable or reason:
            raise node.fail("没有公式，overridable 和 reason 无意义")
        return None
    return Computed(formula, overridable, reason)


def read_condition(node: Node, key: str = "show_when") -> Condition | None:
    """A condition, None when absent."""
    value = node.raw(key)
    return None if value is None else _condition(node, key, value)


def _condition(node: Node, key: str, value: object) -> Condition:
    if not isinstance(value, dict) or len(cast("dict[str, object]", value)) != 1:
        raise node.fail("条件应为只有一个键的表", key)
    name, inner = next(iter(cast("dict[str, object]", value).items()))
    if name == "filled" and isinstance(inner, str):
        return Filled(inner)
    if name == "not":
        return Not(_condition(node, key, inner))
    if not isinstance(inner, list):
        raise node.fail(f"条件“{name}”应为列表", key)
    parts = cast("list[object]", inner)
    if name in ("all", "any"):
        conditions = tuple(_condition(node, key, part) for part in parts)
        return All(conditions) if name == "all" else AnyOf(conditions)
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) != len(parts) or len(texts) < 2:
        raise node.fail(f"条件“{name}”应为地址和选项", key)
    if name == "is" and len(texts) == 2:
        return Is(texts[0], texts[1])
    if name == "one_of":
        return OneOf(texts[0], tuple(texts[1:]))
    raise node.fail(f"没有“{name}”这种条件", key)
