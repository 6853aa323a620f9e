"""Fills every writable slot of a pack with a value of its own, whatever the pack is.

Texts are tokens such as 甲0001乙, none of which is part of another; conditions that exclude each
other are met in several variants.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from forms.address import Address, parse_address
from forms.answers import Answers
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
from forms.places import slot_at
from forms.reading import check_value
from forms.schema import (
    Diagram,
    Field,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Section,
    Summary,
    Table,
    YearTable,
)
from forms.slots import slots_of
from forms.values import Picture, Value, YearMonth
from forms.view import evaluate
from tests.exporters import volume

ROWS = ("r1", "r2")
PICTURE_BYTES = volume.png()
Assignment = dict[str, str]  # a controlling address ("section/item" or "section/table/*/column")


@dataclass
class FilledPlan:
    """A filled plan, with the tokens each address holds."""

    pack: Pack
    answers: Answers
    tokens: dict[Address, tuple[str, ...]] = field(default_factory=dict)


def pictures(sha256: str) -> bytes:
    """The bytes of any picture."""
    assert len(sha256) == 64
    return PICTURE_BYTES


# -- What each condition asks for ----------------------------------------------------------------


def conditions(pack: Pack) -> Iterator[Condition]:
    """Every condition of a pack, those of columns with the address of their table."""
    for section in pack.sections():
        if section.show_when is not None:
            yield section.show_when
        for item in section.items:
            if item.show_when is not None:
                yield item.show_when
            for column in item.columns if isinstance(item, Table) else ():
                if column.show_when is not None:
                    yield _absolute(column.show_when, f"{section.key}/{item.key}/*/")


def _absolute(condition: Condition, table: str) -> Condition:
    match condition:
        case Is():
            return Is(condition.address.replace("./", table), condition.value)
        case OneOf():
            return OneOf(condition.address.replace("./", table), condition.values)
        case Filled():
            return Filled(condition.address.replace("./", table))
        case All():
            return All(tuple(_absolute(part, table) for part in condition.conditions))
        case AnyOf():
            return AnyOf(tuple(_absolute(part, table) for part in condition.conditions))
        case Not():
            return Not(_absolute(condition.condition, table))
        case _:
            assert_never(condition)


def variants(pack: Pack) -> list[Assignment]:
    """Values of the controlling fields such that every condition holds in at least one of them."""
    made: list[Assignment] = [{}]
    for condition in dict.fromkeys(conditions(pack)):
        for variant in made:
            wanted = _meeting(pack, condition, variant)
            if wanted is not None:
                variant.update(wanted)
                break
        else:
            wanted = _meeting(pack, condition, {})
            assert wanted is not None, condition
            made.append(wanted)
    return made


def _meeting(pack: Pack, condition: Condition, given: Assignment) -> Assignment | None:
    """What must be added to an assignment to meet a condition, None when it cannot be."""
    match condition:
        case Is():
            return _with(given, condition.address, (condition.value,))
        case OneOf():
            return _with(given, condition.address, condition.values)
        case Filled():
            return {}
        case Not(Is() as inner):
            others = [v for v in _possible(pack, inner.address) if v != inner.value]
            return _with(given, inner.address, tuple(others))
        case Not(OneOf() as inner):
            others = [v for v in _possible(pack, inner.address) if v not in inner.values]
            return _with(given, inner.address, tuple(others))
        case All():
            wanted: Assignment = {}
            for part in condition.conditions:
                more = _meeting(pack, part, {**given, **wanted})
                if more is None:
                    return None
                wanted |= more
            return wanted
        case AnyOf():
            tries = (_meeting(pack, part, given) for part in condition.conditions)
            return next((found for found in tries if found is not None), None)
        case _:
            return None


def _with(given: Assignment, address: str, allowed: tuple[str, ...]) -> Assignment | None:
    if address in given:
        return {} if given[address] in allowed else None
    return {address: allowed[0]} if allowed else None


def _possible(pack: Pack, address: str) -> tuple[str, ...]:
    slot = slot_at(pack, parse_address(address.replace("*", "r1")))
    assert slot is not None
    if isinstance(slot.kind, YesNo):
        return ("no", "yes")
    assert isinstance(slot.kind, Choice | Choices)
    options = pack.index.vocabularies[slot.kind.vocabulary].options
    return tuple(option.key for option in options)


# -- Filling -------------------------------------------------------------------------------------


def fill(pack: Pack, assignment: Assignment) -> FilledPlan:
    """A plan in which every writable slot holds a value of its own."""
    filler = _Filler(pack, assignment)
    for section in pack.sections():
        for item in section.items:
            filler.item(section, item)
    return filler.made


class _Filler:
    def __init__(self, pack: Pack, assignment: Assignment) -> None:
        self.made = FilledPlan(pack, Answers())
        self.assignment = assignment
        self.numbers = itertools.count(1)
        roles = pack.roles
        self.fixed = {roles.base_year: 2025, roles.target_year: 2027, roles.history_years: 2}
        self.calendar = evaluate(pack, self._years()).calendar

    def _years(self) -> Answers:
        answers = Answers()
        for address, value in self.fixed.items():
            answers = answers.with_value(address, value)
        return answers

    def item(self, section: Section, item: Item) -> None:
        home = Address(section.key, item.key)
        if isinstance(item, Table):
            self.made.answers = self.made.answers.with_order(home, ROWS)
        for slot in slots_of(section, item):
            if slot.is_computed:
                continue
            years = self.calendar.years(slot.years) if slot.years else (0,)
            for row, column in _cells(item, slot.key[2]):
                for year in years:
                    self._put(Address(section.key, item.key, row, column, year), slot.kind)

    def _put(self, address: Address, kind: Kind) -> None:
        value = self.fixed.get(address)
        if value is None:
            value = self._chosen(address, kind)
        if value is None:
            value = self._value(address, kind)
        value = check_value(self.made.pack, kind, value)
        self.made.answers = self.made.answers.with_value(address, value)

    def _chosen(self, address: Address, kind: Kind) -> Value | None:
        pattern = f"{address.table}/*/{address.column}" if address.row else str(address)
        text = self.assignment.get(pattern)
        if text is None:
            return None
        if isinstance(kind, YesNo):
            return text == "yes"
        return (text,) if isinstance(kind, Choices) else text

    def _value(self, address: Address, kind: Kind) -> Value:
        number = next(self.numbers)
        match kind:
            case Text():
                return self._tokens(address, 1)[0]
            case Narrative():
                return prose(self._tokens(address, 9))
            case Choice() | Choices():
                options = self.made.pack.index.vocabularies[kind.vocabulary].options
                key = options[number % len(options)].key
                return (key,) if isinstance(kind, Choices) else key
            case Year():
                return min(max(1980 + number % 40, kind.minimum), kind.maximum)
            case Month():
                return YearMonth(2001 + number // 12 % 90, number % 12 + 1)
            case Date():
                return date(2001, 1, 1) + timedelta(days=number)
            case Integer():
                return int(_number(number, 0, kind.minimum, kind.maximum))
            case Quantity() | Money() | Percent():
                return _number(number, kind.decimals, kind.minimum, kind.maximum)
            case YesNo():
                return bool(number % 2)
            case Image():
                return Picture(f"{number:064x}", f"{number}.png", "image/png", 40, 20)
            case Reference():
                return ROWS[number % 2]
            case _:
                assert_never(kind)

    def _tokens(self, address: Address, count: int) -> tuple[str, ...]:
        made = tuple(f"甲{next(self.numbers):05d}乙" for _ in range(count))
        self.made.tokens[address] = made
        return made


def prose(tokens: tuple[str, ...]) -> str:
    """Prose with everything it can hold, one token in each place."""
    one, two, three, four, five, six, seven, eight, nine = tokens
    return (
        f"{one}\n# {two}\n{three}\n- {four}\n- {five}\n\n1. {six}\n2. {seven}\n\n"
        f"| {eight} |\n| --- |\n| {nine} |"
    )


def _cells(item: Item, last: str) -> Iterator[tuple[str, str]]:
    """Row and column of each cell of a slot, from the last part of the slot's key."""
    match item:
        case Field():
            yield "", ""
        case Table():
            yield from ((row, last) for row in ROWS)
        case YearTable():
            yield last, ""
        case IndicatorTable():
            row, _, column = last.partition(".")
            yield row, column
        case Summary() | Listing() | Diagram():
            return
        case _:
            assert_never(item)


def _number(
    number: int, decimals: int, low: Decimal | int | None, high: Decimal | int | None
) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    start = Decimal(0) if low is None else Decimal(low)
    if high is None:
        return start + 50000 + number + step
    steps = int((Decimal(high) - start) / step)
    return start + step * (number % max(steps, 1))
