"""Comparisons: sums, balances, identities, directions, ranges; the pack gives the formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.address import Address
from forms.checks.finding import Finding
from forms.evaluation import Here, compare, without_padding
from forms.formula import Ref, parse_reference
from forms.schema import Rule
from forms.values import Value
from forms.view import PlanView
from forms.wording import figure_text, plain_words

_SHOWN_DECIMALS = 4
_NOWHERE = Address("", "")


def compared(view: PlanView) -> Iterator[Finding]:
    """A finding wherever a comparison does not hold; rules with a missing number are silent."""
    for rule in view.pack.rules:
        for here in _places(view, rule):
            yield from _ask(view, rule, here)


def _places(view: PlanView, rule: Rule) -> Iterator[Here]:
    table = rule.scope or _NOWHERE
    rows = view.rows(table) if rule.scope else ("",)
    years = view.years(rule.years)
    for row in rows:
        for year in years:
            yield Here(table, row, year)


def _ask(view: PlanView, rule: Rule, here: Here) -> Iterator[Finding]:
    figures = view.figures
    if rule.when is not None and figures.ask(rule.when, here).value is not True:
        return
    left, right = figures.ask(rule.left, here).value, figures.ask(rule.right, here).value
    if left is None or right is None or _holds(left, rule, right):
        return
    name = view.row_name(here.table.at_row(here.row)) if here.row else ""
    sentence = (
        rule.sentence.replace("{left}", _shown(left))
        .replace("{right}", _shown(right))
        .replace("{row}", name)
        .replace("{year}", str(here.year))
    )
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
    if reference.is_many:
        yield Address(reference.section, reference.item)
        return
    yield from view.figures.cells(reference, here)
