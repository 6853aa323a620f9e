"""Workings: what a row's own prose reckons must stand in the row's figures, and the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.checks.written import is_written, own_unit
from forms.encoding import decimal_text
from forms.inline.marks import apart
from forms.joined import JoinedTexts
from forms.kinds import Money, Narrative, Quantity, unit_of
from forms.prose_figures import (
    Written,
    agrees,
    half_width,
    numbers_in,
    reader_of,
    spelled_forms,
    split_unit,
)
from forms.quantities import names_of, shortest
from forms.schema import Column, Severity, Table
from forms.values import Value
from forms.view import PlanView
from forms.wording import plain_words, rounded_half_up

RULE_LACKING = "PRS-021"
RULE_DIFFERENT = "PRS-022"
_PART = re.compile(r"[^；;。\n]+")
_SAME = 4  # letters that a name in prose and a label have in common at least
_ENDS = ("减排量", "减量", "量")
_RESULT = ("＝", "=")
_EQUALS = re.compile("[＝=]")
_WIDE_SIGN = "[０-９Ａ-Ｚａ-ｚ．，]"
_WIDE = re.compile(f"{_WIDE_SIGN}(?:(?<=[０-９])|{_WIDE_SIGN}*[０-９Ａ-Ｚａ-ｚ])")
_MAY_BE_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")  # quicker: full-width commas are everywhere


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """A column that workings reckon, with what they call it and how it is counted."""

    column: Column
    spoken: re.Pattern[str]
    times: Decimal
    unit: str  # bare: without 万, the year and CO2
    is_only: bool  # no other column is counted in this unit, so that the unit alone names it
    names: tuple[str, ...]  # the same as `spoken`, without those that hold another one
    words: tuple[str, ...]  # of the bare unit, however prose spells it
    own_unit: re.Pattern[str]  # the column's, as it stands right behind a number
    result: re.Pattern[str]  # an amount in that unit right behind ＝


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number of a working, where its part of the text begins, and its bare amount."""

    written: Written
    unit: str
    amount: Decimal
    is_result: bool


_Part = tuple[str, tuple[_Amount, ...]]


def benefits_and_workings(view: PlanView) -> Iterator[Step]:
    """A finding for each figure that a row's prose works out and the row lacks or has otherwise."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            prose = [c for c in _columns(item) if isinstance(c.kind, Narrative)]
            figures = [c for c in _columns(item) if _is_reckoned(c)]
            if prose and figures and view.shows_item(item):
                home = Address(section.key, item.key)
                yield from _in_table(view, home, prose[-1], _reckoned(figures))


def _columns(item: object) -> tuple[Column, ...]:
    return item.columns if isinstance(item, Table) else ()


def _is_reckoned(column: Column) -> bool:
    is_figure = isinstance(column.kind, Quantity) and not isinstance(column.kind, Money)
    return is_figure and column.years is None and column.computed is None


def _reckoned(columns: list[Column]) -> tuple[_Reckoned, ...]:
    units = [_bare(unit_of(column.kind)) for column in columns]
    return tuple(
        _Reckoned(
            column,
            _spoken(column.label),
            split_unit(unit_of(column.kind))[0],
            unit,
            units.count(unit) == 1,
            shortest(_names(column.label)),
            tuple(spelled_forms(unit)),
            own_unit(unit_of(column.kind)),
            _result(unit),
        )
        for column, unit in zip(columns, units, strict=True)
    )


def _in_table(
    view: PlanView, home: Address, prose: Column, figures: tuple[_Reckoned, ...]
) -> Iterator[Step]:
    reader = reader_of(
        form
        for figure in figures
        for form in (unit_of(figure.column.kind), _plain(unit_of(figure.column.kind)))
    )
    yield None
    find = partial(_in_rows, view, home, prose, figures, reader)
    for findings in in_row_order(view, home, view.by_rows(RULE_LACKING, home, find)):
        yield from findings


def _in_rows(
    view: PlanView,
    home: Address,
    prose: Column,
    figures: tuple[_Reckoned, ...],
    reader: re.Pattern[str],
    rows: Sequence[str],
) -> dict[str, tuple[Finding, ...]]:
    texts = view.figures.columns.texts(home, prose.key, rows)
    wide = {n for n in texts.holding(_MAY_BE_WIDE) if _WIDE.search(texts.texts[n])}
    counted = {words: texts.with_any(words) for words in {figure.words for figure in figures}}
    doubted: dict[int, list[_Reckoned]] = {}
    for figure in figures:
        values = view.figures.column_of(home, figure.column.key, 0, rows)
        for number in wide.union(_untold(figure, texts, counted[figure.words], values)):
            doubted.setdefault(number, []).append(figure)
    found: dict[str, tuple[Finding, ...]] = {}
    for number, own in sorted(doubted.items(), key=lambda entry: entry[0]):
        parts = _parts(apart(texts.texts[number]), reader)
        findings = tuple(_in_row(view, home.at_row(rows[number]), prose, own, parts))
        if findings:
            found[rows[number]] = findings
    return found


def _untold(
    figure: _Reckoned, texts: JoinedTexts, counted: set[int], values: Sequence[Value | None]
) -> Iterator[int]:
    """The rows in whose texts a quick look does not show the figure, or may show one not filled."""
    empty: set[int] = set()
    for number in counted:
        value = values[number]
        if value is None:
            empty.add(number)
        elif not isinstance(value, Decimal) or not is_written(
            decimal_text(value), figure.own_unit, texts.texts[number]
        ):
            yield number
    yield from empty & texts.with_any(figure.names)
    if figure.is_only:
        yield from (number for number in empty if figure.result.search(texts.texts[number]))


def _in_row(
    view: PlanView,
    row: Address,
    prose: Column,
    figures: list[_Reckoned],
    parts: tuple[_Part, ...],
) -> Iterator[Finding]:
    units = {amount.unit for _, amounts in parts for amount in amounts}
    for figure in figures:
        told = _told(figure, parts) if figure.unit in units else None
        if told is not None:
            yield from _judged(view, row, prose, figure, told, parts)


def _parts(text: str, reader: re.Pattern[str]) -> tuple[_Part, ...]:
    """The parts of a working with their numbers, the last part first."""
    found: list[_Part] = []
    for part in _PART.finditer(half_width(text)):
        # a result is a number of its own, whatever was multiplied to reach it
        numbers = numbers_in(_EQUALS.sub("，", part[0]), reader)
        amounts = tuple(_amount(part[0], number) for number in numbers if not number.is_range)
        found.append((part[0], amounts))
    return tuple(reversed(found))


def _amount(part: str, written: Written) -> _Amount:
    is_result = part[: written.start].rstrip().endswith(_RESULT)
    times = split_unit(written.unit)[0]
    return _Amount(written, _bare(written.unit), written.low * times, is_result)


def _told(figure: _Reckoned, parts: tuple[_Part, ...]) -> Written | None:
    """The last amount behind the column's name, in the last part that has one."""
    for text, amounts in parts:
        fitting = [amount for amount in amounts if amount.unit == figure.unit]
        named = figure.spoken.search(text) if fitting else None
        behind = [a for a in fitting if named and a.written.start >= named.start()]
        if figure.is_only:
            behind = behind or [amount for amount in fitting if amount.is_result]
        if behind:
            return behind[-1].written
    return None


def _judged(
    view: PlanView,
    row: Address,
    prose: Column,
    figure: _Reckoned,
    told: Written,
    parts: tuple[_Part, ...],
) -> Iterator[Finding]:
    column = figure.column
    place = row.at(row.row, column.key)
    value, unit = view.number(place), unit_of(column.kind)
    said = f"“{view.row_name(row)}”的“{prose.label}”中{column.label}为 {told.text}"
    places = (place, row.at(row.row, prose.key))
    if value is None:
        sentence = f"{said}，而“{column.label}”没有填。"
        remedy = "把算得的数填入表中；不计入的，在文字中写明“不计”。"
        yield Finding(RULE_LACKING, Severity.SHOULD, sentence, remedy, places)
        return
    amounts = (amount for _, amounts in parts for amount in amounts if amount.unit == figure.unit)
    if not any(_stands_for(amount, value, figure.times) for amount in amounts):
        sentence = f"{said}，表中填 {plain_words(value)} {unit}，两者不一致。"
        remedy = "核对测算过程与表中的数，只保留正确的一个。"
        yield Finding(RULE_DIFFERENT, Severity.SHOULD, sentence, remedy, places)


def _stands_for(amount: _Amount, value: Decimal, times: Decimal) -> bool:
    """Whether the two are the same, or one is the other rounded."""
    digits = -int(value.as_tuple().exponent)
    if rounded_half_up(amount.amount / times, max(digits, 0)) == value:
        return True
    return agrees(amount.written, value, times / split_unit(amount.written.unit)[0], max(digits, 0))


@lru_cache(maxsize=256)
def _spoken(label: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _names(label))))


@lru_cache(maxsize=256)
def _result(unit: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, spelled_forms(unit)))
    return re.compile(rf"[＝=][^，；。＝=]{{0,24}}?(?:{words})")


@lru_cache(maxsize=256)
def _names(label: str) -> tuple[str, ...]:
    """What a working may call a column: its names, its core, and long pieces of the label."""
    cores = [label.removesuffix(end) for end in _ENDS if label.endswith(end)]
    long = [label[i:] for i in range(1, len(label) - _SAME)]
    bare = [name for name in (*cores[:1], *long) if len(name) >= _SAME]
    return tuple(dict.fromkeys((*names_of(label), *bare)))


@lru_cache(maxsize=256)
def _bare(unit: str) -> str:
    return _plain(split_unit(unit)[1])


def _plain(unit: str) -> str:
    """A unit as workings write it: without the year and CO2."""
    return unit.removesuffix("/a").replace("CO2", "")
