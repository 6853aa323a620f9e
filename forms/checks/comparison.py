"""Comparisons: sums, balances, identities, directions, ranges; the pack gives the formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.evaluation import Here, compare, without_padding
from forms.formula import Ref, parse_reference
from forms.places import is_row_local
from forms.schema import Mark, Rule, Table
from forms.values import Value
from forms.view import PlanView
from forms.wording import figure_text, plain_words

_SHOWN_DECIMALS = 4
_NOWHERE = Address("", "")
_PLACEHOLDER = re.compile(r"\{(left|right|row|year)\}")


def compared(view: PlanView) -> Iterator[Step]:
    """A finding wherever a comparison does not hold; rules with a missing number are silent."""
    for rule in view.pack.rules:
        given = _given(view, rule)
        for here in _places(view, rule):
            yield None
            if given is None:
                yield from _ask(view, rule, here)
            else:
                yield from _remembered(view, rule, here, given)


_Given = tuple[tuple[Address, str], ...]


def _remembered(view: PlanView, rule: Rule, here: Here, given: _Given) -> tuple[Finding, ...]:
    row = here.table.at_row(here.row)
    found = view.remembered(rule.key, row, lambda: tuple(_ask(view, rule, here)), given)
    if found and not view.has_name(row):  # it is called by its number, which moving changes
        return tuple(_ask(view, rule, here))
    return found


def _given(view: PlanView, rule: Rule) -> _Given | None:
    """What a rule takes from outside its row, None when the row's own cells do not settle it."""
    if rule.scope is None or rule.years is not None:
        return None
    table = view.pack.index.items[rule.scope.section, rule.scope.item]
    if not isinstance(table, Table) or table.column(table.naming).mark is not Mark.NOTICE:
        return None
    found: dict[Address, str] = {}
    formulas = (rule.left, rule.right, *filter(None, (rule.when,)))
    for reference in (reference for formula in formulas for reference in formula.references()):
        if reference.is_local:
            if not is_row_local(view.pack, rule.scope, reference.item):
                return None
        elif reference.is_many:
            return None
        else:
            for address in view.figures.cells(reference, Here(rule.scope)):
                found[address] = repr(view.value(address))
    return tuple(found.items())


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
