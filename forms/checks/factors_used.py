"""Factors used: a working that multiplies by a published factor the plan has not chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.factors import Factor
from forms.formula import Call, Literal, Ref
from forms.kinds import Choice, Narrative, unit_of
from forms.prose_figures import half_width
from forms.schema import Column, Field, Pack, Severity, Table
from forms.slots import Slot
from forms.view import PlanView
from forms.wording import plain_words

RULE_FACTOR = "IDN-101"
_SETS = "published sets"
_DIGIT, _POINT = "[0-9０-９]", "[.．]"
_USED = re.compile(rf"[×÷*/]\s*({_DIGIT}+{_POINT}{_DIGIT}{{3,}})(?!{_DIGIT}|{_POINT})")
_PER_UNIT = (Decimal(1), Decimal(10))  # kgCO2/kWh is written tCO2/万kWh as often
_TWO = 2  # the name of the set, and what chooses in it
_TELLING = 3  # digits a factor has at least that nobody takes for another number


@dataclass(frozen=True, slots=True)
class _Choice:
    """A factor the plan has chosen from a published set, and those it has not."""

    place: Address
    label: str
    unit: str
    used: Decimal
    others: frozenset[Decimal]


def factors_used(view: PlanView) -> Iterator[Step]:
    """A finding for each row whose prose reckons with another factor of the set than the plan's."""
    choices = tuple(_choices(view))
    yield None
    if not choices:
        return
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            if isinstance(item, Table) and view.shows_item(item):
                for column in item.columns:
                    if isinstance(column.kind, Narrative):
                        home = Address(section.key, item.key)
                        yield from _in_column(view, home, column, choices)


def _choices(view: PlanView) -> Iterator[_Choice]:
    for place, field, published in view.once(_SETS, "", None, partial(_sets, view.pack)):
        used = view.number(place)
        if used is not None:
            others = published - {used * by for by in _PER_UNIT}
            yield _Choice(place, field.label, unit_of(field.kind), used, others)


def _sets(pack: Pack) -> tuple[tuple[Address, Field, frozenset[Decimal]], ...]:
    """The fields that choose a factor, each with what its published set holds."""
    return tuple(
        (Address(section.key, item.key), item, _published(factors))
        for section in pack.sections()
        for item in section.items
        if isinstance(item, Field) and (factors := tuple(_offered(pack, item)))
    )


def _offered(pack: Pack, field: Field) -> Iterator[Factor]:
    """The factors among which the choice behind a field's formula decides."""
    node = field.computed.formula.node if field.computed else None
    if not (isinstance(node, Call) and node.name == "factor" and len(node.arguments) == _TWO):
        return
    name, key = node.arguments
    attribute = key.arguments[1] if isinstance(key, Call) and key.name == "attribute" else None
    chosen = key.arguments[0] if isinstance(key, Call) and attribute else key
    slot = _slot(pack, chosen) if isinstance(chosen, Ref) else None
    if not isinstance(name, Literal) or slot is None or not isinstance(slot.kind, Choice):
        return
    factors = pack.index.factor_sets[name.text]
    for option in pack.index.vocabularies[slot.kind.vocabulary].options:
        said = attribute.text if isinstance(attribute, Literal) else ""
        factor = factors.factor(dict(option.attributes).get(said, "") if said else option.key)
        if factor is not None:
            yield factor


def _slot(pack: Pack, reference: Ref) -> Slot | None:
    return pack.index.slots.get((reference.section, reference.item, reference.row))


def _published(factors: tuple[Factor, ...]) -> frozenset[Decimal]:
    values = {factor.value * by for factor in factors for by in _PER_UNIT}
    return frozenset(value for value in values if len(value.as_tuple().digits) >= _TELLING)


def _in_column(
    view: PlanView, home: Address, column: Column, choices: tuple[_Choice, ...]
) -> Iterator[Step]:
    yield None
    find = partial(_in_rows, view, home, column, choices)
    what, given = f"{RULE_FACTOR} {column.key}", tuple(choice.used for choice in choices)
    for findings in in_row_order(view, home, view.by_rows(what, home, find, given)):
        yield from findings


def _in_rows(
    view: PlanView,
    home: Address,
    column: Column,
    choices: tuple[_Choice, ...],
    rows: Sequence[str],
) -> dict[str, tuple[Finding, ...]]:
    others = frozenset[Decimal]().union(*(choice.others for choice in choices))
    joined = view.figures.columns.texts(home, column.key, rows)
    told = {text: Decimal(half_width(text)) for text in set(_USED.findall(joined.whole))}
    foreign = {text for text, value in told.items() if value in others}
    written: dict[int, dict[Decimal, None]] = {}
    for number in sorted(joined.with_any(foreign)):
        used = _USED.findall(joined.texts[number])
        values = dict.fromkeys(told[text] for text in used if text in foreign)
        if values:
            written[number] = values
    return {
        rows[number]: tuple(
            _finding(view, home.at_row(rows[number]), column, choice, value)
            for choice in choices
            for value in values
            if value in choice.others
        )
        for number, values in written.items()
    }


def _finding(
    view: PlanView, row: Address, column: Column, choice: _Choice, value: Decimal
) -> Finding:
    sentence = (
        f"“{view.row_name(row)}”的“{column.label}”用了因子 {plain_words(value)}，"
        f"而“{choice.label}”为 {plain_words(choice.used)} {choice.unit}。"
    )
    remedy = "按口径说明选定的因子重算，或改选与测算一致的因子。"
    places = (row.at(row.row, column.key), choice.place)
    return Finding(RULE_FACTOR, Severity.SHOULD, sentence, remedy, places)
