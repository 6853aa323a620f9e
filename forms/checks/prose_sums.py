"""Sums inside a sentence: what stands behind 其中 may not exceed, nor fail to add up, to the whole.

A list behind 其中 may leave things out, so that its sum may be less than the whole; but when the
same list counts all of the projects or enterprises, its amounts have to add up as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from forms.checks.finding import Finding, Step
from forms.checks.narratives import Told, called, naming, narratives
from forms.conversion import conversions_of
from forms.evaluation import without_padding
from forms.inline.reading import filled_prose
from forms.prose_figures import Hedge, Written, half_width, numbers_in, split_unit
from forms.schema import Severity
from forms.view import PlanView
from forms.wording import figure_text

RULE_SUM = "PRS-011"
_PART = "其中"
_MAY_ADD_UP = (_PART, "{{")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕|《[^《》]*》")
_LONGEST_NAME = 24
_NO_PART = re.compile(r"[年比较占每均由从至到超]|达到|增|减|降|提高|累计|以上|以下")
_COUNTS = ("个", "家")
_LEAST = 2  # parts that make a list
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Sum:
    """A whole with its parts, in one bare unit."""

    whole: Written
    parts: tuple[Written, ...]

    @property
    def total(self) -> Decimal:
        return sum((_amount(part) for part in self.parts), Decimal(0))

    @property
    def excess(self) -> Decimal:
        """How much the parts are more than the whole, what rounding explains left out."""
        spread = sum((_half(number) for number in (self.whole, *self.parts)), Decimal(0))
        apart = self.total - _amount(self.whole)
        if abs(apart) <= spread:
            return Decimal(0)
        return apart


def prose_sums(view: PlanView) -> Iterator[Step]:
    """A finding for every 其中 of a visible narrative whose parts do not make the whole."""
    reader = conversions_of(view.pack).reader
    for told in narratives(view, RULE_SUM, None, naming(*_MAY_ADD_UP)):
        yield None
        if told is None:
            continue
        address, text = told.address, filled_prose(view, told.text).text
        if _PART in text:
            read = partial(_in_text, reader, text)
            for found in view.once(RULE_SUM, address, text, read):
                yield _finding(view, told, found)


def _in_text(reader: re.Pattern[str], text: str) -> tuple[_Sum, ...]:
    plain = _BRACKET.sub(lambda found: "\u00a0" * len(found[0]), half_width(text))
    found: list[_Sum] = []
    for sentence in _SENTENCE.finditer(plain):
        if sentence[0].count(_PART) == 1:
            found.extend(_wrong(tuple(_sums(reader, sentence[0]))))
    return tuple(found)


def _sums(reader: re.Pattern[str], sentence: str) -> Iterator[_Sum]:
    start = sentence.index(_PART)
    numbers = tuple(numbers_in(sentence, reader))
    before = [number for number in numbers if number.end <= start and _is_plain(number)]
    parts = _listed(sentence, start + len(_PART), [n for n in numbers if n.start > start])
    for unit in dict.fromkeys(_bare(part) for part in parts):
        own = tuple(part for part in parts if _bare(part) == unit)
        wholes = [number for number in before if _bare(number) == unit]
        if wholes and len(own) >= _LEAST and unit != "%":
            yield _Sum(max(wholes, key=_amount), own)


def _listed(sentence: str, start: int, numbers: list[Written]) -> list[Written]:
    """The numbers of the list, up to the first that is told of otherwise."""
    found: list[Written] = []
    for number in numbers:
        name = sentence[start : number.start]
        if len(name) > _LONGEST_NAME or _NO_PART.search(name) or not _is_plain(number):
            break
        found.append(number)
        start = number.end
    return found


def _wrong(sums: tuple[_Sum, ...]) -> Iterator[_Sum]:
    counted = {len(one.parts) for one in sums if _bare(one.whole) in _COUNTS and not one.excess}
    for one in sums:
        if one.excess > 0 or (one.excess < 0 and len(one.parts) in counted):
            yield one


def _finding(view: PlanView, told: Told, found: _Sum) -> Finding:
    times, _ = split_unit(found.whole.unit)
    amount = Decimal(str(without_padding(found.total / times)))
    total = f"{figure_text(amount, _SHOWN)} {found.whole.unit}"
    relation = "大于" if found.excess > 0 else "不等于"
    sentence = (
        f"{called(view, told)}中“其中”各项之和为 {total}，{relation}总数 {found.whole.text}。"
    )
    remedy = "逐项核对数字和单位；总数是取整或目标数的，在文中写明。"
    return Finding(RULE_SUM, Severity.SHOULD, sentence, remedy, (told.address,))


def _is_plain(number: Written) -> bool:
    return not number.is_range and number.hedge is Hedge.EXACT


def _bare(number: Written) -> str:
    return split_unit(number.unit)[1]


def _amount(number: Written) -> Decimal:
    return number.low * split_unit(number.unit)[0]


def _half(number: Written) -> Decimal:
    """Half of the last digit written; what is counted is not rounded."""
    if _bare(number) in _COUNTS:
        return Decimal(0)
    return split_unit(number.unit)[0] * Decimal(5).scaleb(-number.digits - 1)
