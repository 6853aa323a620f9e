"""Reading a plan for the window: words, gaps in order, the next one from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from forms.address import Address
from forms.gaps import Asked, asked_in_section
from forms.picture_marks import without_marks
from forms.schema import Place, Section
from forms.values import Value
from forms.view import PlanView

_WORDS = "words"
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")

_FIGURE = re.compile(r"\{\{[^{}\n]*\}\}")  # a live figure counts as one word


def count_words(view: PlanView) -> int:
    """Han characters and other words in everything typed as text; unchanged rows are not read."""
    total = 0
    for key, section in view.answers.sections.items():
        known = view.pack.index.sections.get(key)
        if known is not None and known.place is Place.NOWHERE:
            continue  # reasons and records kept aside are no words of the plan
        fields = section.fields
        total += view.once(_WORDS, key, fields, partial(_words_in, fields.values()))
        for item in section.tables:
            home = Address(key, item)
            total += sum(view.by_rows(_WORDS, home, partial(_words_of, view, home)).values())
    return total


def _words_of(view: PlanView, home: Address, rows: Sequence[str]) -> dict[str, int]:
    cells = view.answers.table(home).rows
    return {row: _words_in(cells[row].values()) for row in rows if row in cells}


def _words_in(values: Iterable[Value]) -> int:
    told = (without_marks(value, "{0}") for value in values if isinstance(value, str))
    texts = (_FIGURE.sub("1", text) for text in told)
    return sum(len(_WORD.findall(text)) for text in texts)


def next_gap(view: PlanView, section: str, focus: Address | None) -> Address | None:
    """The missing value that comes next in the plan, from the start again after the end."""
    sections = [each for each in view.pack.sections() if view.shows_section(each)]
    at = next((n for n, each in enumerate(sections) if each.key == section), 0)
    here = list(asked_in_section(view, sections[at])) if sections else []
    start = _after(sections[at], here, focus) if sections else 0
    for asked in here[start:]:
        if not asked.filled:
            return asked.address
    for each in (*sections[at + 1 :], *sections[:at]):
        found = next((a for a in asked_in_section(view, each) if not a.filled), None)
        if found is not None:
            return found.address
    return next((asked.address for asked in here[:start] if not asked.filled), None)


def _after(section: Section, asked: list[Asked], focus: Address | None) -> int:
    """How many of the values asked for stand before or at the focus."""
    if focus is None or focus.section != section.key:
        return 0
    for number, each in enumerate(asked):
        if each.address == focus:
            return number + 1
    order = {item.key: number for number, item in enumerate(section.items)}
    place = order.get(focus.item, -1)
    return sum(order.get(each.address.item, -1) < place for each in asked)
