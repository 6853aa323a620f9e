"""Conditions as data: when something of the plan is asked for, shown and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from forms.values import Value


@dataclass(frozen=True, slots=True)
class Is:
    """The value at an address is this option, text, or yes/no."""

    address: str
    value: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value at an address is one of these."""

    address: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """There is a value at an address."""

    address: str


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


Condition: TypeAlias = Is | OneOf | Filled | All | AnyOf | Not


def holds(condition: Condition, look_up: Callable[[str], Value | None]) -> bool:
    """Whether the condition holds, given how to look up the value at an address."""
    match condition:
        case Is():
            return plain_text(look_up(condition.address)) == condition.value
        case OneOf():
            return plain_text(look_up(condition.address)) in condition.values
        case Filled():
            return look_up(condition.address) is not None
        case All():
            return all(holds(part, look_up) for part in condition.conditions)
        case AnyOf():
            return any(holds(part, look_up) for part in condition.conditions)
        case Not():
            return not holds(condition.condition, look_up)
        case _:
            assert_never(condition)


def addresses_in(condition: Condition) -> Iterator[str]:
    """Every address a condition asks about."""
    match condition:
        case Is() | OneOf() | Filled():
            yield condition.address
        case All() | AnyOf():
            for part in condition.conditions:
                yield from addresses_in(part)
        case Not():
            yield from addresses_in(condition.condition)
        case _:
            assert_never(condition)


def plain_text(value: Value | None) -> str:
    """A value as conditions and templates compare and print it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "、".join(value)
        case _:
            return str(value)
