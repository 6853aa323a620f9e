"""Comparisons: sums, balances, identities, directions, ranges; the pack gives the formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.columns import ColumnPlace
from forms.columnwise import column_of, compared_columns
from forms.dependence import RuleInputs, rule_inputs
from forms.evaluation import Here, compare, without_padding
from forms.formula import Ref, parse_reference
from forms.places import slot_at
from forms.schema import Rule
from forms.slots import Slot
from forms.values import Value
from forms.view import PlanView
from forms.wording import figure_text, plain_words

_SHOWN_DECIMALS = 4
_NOWHERE = Address("", "")
_INPUTS = "inputs of rules"
_FOUND = "findings of rules"
_PLACEHOLDER = re.compile(r"\{(left|right|row|year)\}")


def compared(view: PlanView) -> Iterator[Step]:
    """A finding wherever a comparison does not hold; rules with a missing number are silent."""
    stamp = view.figures.stamps.of
    for rule in view.pack.rules:
        yield None
        inputs = rule_inputs(view.pack, rule)
        stamps = tuple(map(stamp, inputs.slots))
        yield from view.once(_FOUND, rule.key, stamps, partial(_found, view, rule, inputs))


def _found(view: PlanView, rule: Rule, inputs: RuleInputs) -> tuple[Finding, ...]:
    table = rule.scope or _NOWHERE
    given = _taken_in(view, rule, inputs)
    if not inputs.are_rows:
        asked = (given, view.rows(table) if rule.scope else None)
        return view.once(rule.key, "", asked, partial(_everywhere, view, rule))
    broken = view.by_rows(rule.key, table, partial(_broken_rows, view, rule, table), given)
    return tuple(chain.from_iterable(in_row_order(view, table, broken)))


def _everywhere(view: PlanView, rule: Rule) -> tuple[Finding, ...]:
    table = rule.scope or _NOWHERE
    rows = view.rows(rule.scope) if rule.scope else ("",)
    heres = (Here(table, row, year) for row in rows for year in view.years(rule.years))
    return tuple(finding for here in heres for finding in _ask(view, rule, here))


def _broken_rows(
    view: PlanView, rule: Rule, table: Address, rows: Sequence[str]
) -> dict[str, tuple[Finding, ...]]:
    """The findings of the rows in which the comparison does not hold."""
    batch = view.figures.columns.batch(table, rows)
    if rule.when is not None:
        chosen = column_of(rule.when, batch)
        batch = batch.part([number for number, value in enumerate(chosen) if value is True])
    left, right = column_of(rule.left, batch), column_of(rule.right, batch)
    holding = compared_columns(left, rule.operator, right, batch)
    if False not in holding:
        return {}
    suspects = (row for row, holds in zip(batch.rows, holding, strict=True) if holds is False)
    found = ((row, tuple(_ask(view, rule, Here(table, row)))) for row in suspects)
    return {row: findings for row, findings in found if findings}


@dataclass(frozen=True, slots=True)
class _Sources:
    """The places and whole columns a rule takes in from outside its row."""

    single: tuple[tuple[Slot, Address], ...]
    columns: tuple[ColumnPlace, ...]


def _taken_in(view: PlanView, rule: Rule, inputs: RuleInputs) -> list[object]:
    """What the rule takes in from outside its row, to tell whether rows must be asked again."""
    sources = view.once(_INPUTS, rule.key, None, partial(_sources, view, inputs, rule))
    figures = view.figures
    found: list[object] = [figures.slot_value(slot, address) for slot, address in sources.single]
    found += [figures.column(*column) for column in sources.columns]
    return found


def _sources(view: PlanView, inputs: RuleInputs, rule: Rule) -> _Sources:
    """The places and whole columns a rule takes in; the same in every view of one calendar."""
    single: dict[Address, Slot] = {}
    columns: dict[ColumnPlace, None] = {}
    for year in view.years(rule.years):
        here = Here(rule.scope or _NOWHERE, "", year)
        for reference in inputs.outside:
            meant = view.figures.columns_meant(reference, here)
            if meant:
                columns.update(dict.fromkeys(meant))
                continue
            for address in view.figures.cells(reference, here):
                slot = slot_at(view.pack, address)
                if slot is not None:
                    single[address] = slot
    return _Sources(tuple((slot, at) for at, slot in single.items()), tuple(columns))


def _ask(view: PlanView, rule: Rule, here: Here) -> Iterator[Finding]:
    figures = view.figures
    if rule.when is not None and figures.ask(rule.when, here).value is not True:
        return
    left, right = figures.ask(rule.left, here).value, figures.ask(rule.right, here).value
    if left is None or right is None or _holds(left, rule, right):
        return
    name = view.row_name(here.table.at_row(here.row)) if here.row else ""
    words = {"left": _shown(left), "right": _shown(right), "row": name, "year": str(here.year)}
    sentence = _PLACEHOLDER.sub(lambda found: words[found[1]], rule.sentence)
    places = tuple(_addresses(view, rule, here)) or (here.table.at_row(here.row),)
    yield Finding(rule.key, rule.severity, sentence, rule.remedy, places, rule.clause)


def _holds(left: Value, rule: Rule, right: Value) -> bool:
    if compare(left, rule.operator, right):
        return True
    tolerance = Decimal(rule.tolerance)
    if not tolerance or rule.operator == "!=":
        return False
    numbers = [v for v in (left, right) if isinstance(v, Decimal | int) and not isinstance(v, bool)]
    return len(numbers) == 2 and abs(Decimal(numbers[0]) - Decimal(numbers[1])) <= tolerance


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return figure_text(Decimal(str(without_padding(value))), _SHOWN_DECIMALS)
    return plain_words(value)


def _addresses(view: PlanView, rule: Rule, here: Here) -> Iterator[Address]:
    for text in rule.places:
        yield from _seen_from(view, parse_reference(text), here)


def _seen_from(view: PlanView, reference: Ref, here: Here) -> Iterator[Address]:
    if reference.is_many and not reference.is_local:
        yield Address(reference.section, reference.item)
        return
    yield from view.figures.cells(reference, here)
