"""Parts of a year: a figure of some months in prose that the data hold as a whole year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from forms.checks.finding import Finding, Step
from forms.checks.narratives import Told, called, naming, narratives
from forms.inline.reading import filled_prose
from forms.prose_figures import Written, half_width, numbers_in, reader_of, split_unit
from forms.quantities import Known, known_quantities
from forms.schema import Severity
from forms.view import PlanView
from forms.wording import plain_words

RULE_PART = "TIM-101"
_MONTHS = re.compile(
    r"(?:1月?|一月?)[-–—~～至到](?:[2-9]|1[01])月份?|前(?:三|两|二)个?季度|[一1]季度|上半年"
)
_WORDS = ("月", "季", "上半年", "{{")
_TO_STOP = re.compile(r"[^。！？!?\n]*")
_All = tuple[Known, ...]


def part_years(view: PlanView) -> Iterator[Step]:
    """A finding for every figure of some months that stands in the data as the year's."""
    quantities: _All | None = None
    for told in narratives(view, RULE_PART, None, naming(*_WORDS, is_worth=_may_name_months)):
        yield None
        if told is None:
            continue
        address, text = told.address, filled_prose(view, told.text).text
        if _MONTHS.search(text):
            if quantities is None:
                quantities = tuple(known for known in known_quantities(view) if not known.is_rate)
            read = partial(_in_text, quantities, text)
            for when, written, known in view.once(RULE_PART, address, (text, quantities), read):
                yield _finding(view, told, when, written, known)


def _in_text(quantities: _All, text: str) -> tuple[tuple[str, Written, Known], ...]:
    reader = reader_of(known.unit for known in quantities)
    plain = half_width(text)
    found: list[tuple[str, Written, Known]] = []
    for when in _MONTHS.finditer(plain):
        told = _TO_STOP.match(plain, when.end())
        sentence = told[0] if told else ""
        start = 0
        for written in numbers_in(sentence, reader):
            named = sentence[start : written.start]
            known = next((k for k in quantities if _is_same(k, named, written)), None)
            if known is not None:
                found.append((when[0], written, known))
            start = written.end
    return tuple(found)


def _may_name_months(text: str) -> bool:
    return "{{" in text or _MONTHS.search(text) is not None


def _is_same(known: Known, named: str, written: Written) -> bool:
    times, bare = split_unit(written.unit)
    more, own = split_unit(known.unit)
    is_named = any(name in named for name in known.names)
    return is_named and bare == own and written.low * times == known.value * more


def _finding(view: PlanView, told: Told, when: str, written: Written, known: Known) -> Finding:
    year = f"{known.address.year}年" if known.address.year else ""
    value = f"{plain_words(known.value)} {known.unit}"
    sentence = (
        f"{year}“{known.label}”填的是 {value}，"
        f"与{called(view, told)}中{when}的数 {written.text} 相同，不是全年数。"
    )
    remedy = "改填全年数；只有部分月份数据的，不能与其他年份直接比较。"
    return Finding(RULE_PART, Severity.SHOULD, sentence, remedy, (known.address, told.address))
