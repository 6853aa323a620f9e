"""Reading a plan for the window: how many words it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial

from forms.address import Address
from forms.picture_marks import without_marks
from forms.schema import Place
from forms.values import Value
from forms.view import PlanView

_WORDS = "words"
_SHORT, _MOST_KNOWN = 100, 100_000
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")

_FIGURE = re.compile(r"\{\{[^{}\n]*\}\}")  # a live figure counts as one word


def count_words(view: PlanView) -> int:
    """Han characters and other words in everything typed as text; unchanged rows are not read."""
    return sum(count_steps(view))


def count_steps(view: PlanView) -> Iterator[int]:
    """The same part by part, for whoever has to breathe between them."""
    for key, section in view.answers.sections.items():
        known = view.pack.index.sections.get(key)
        if known is not None and known.place is Place.NOWHERE:
            continue  # reasons and records kept aside are no words of the plan
        fields = section.fields
        yield view.once(_WORDS, key, fields, partial(_words_in, fields.values()))
        for item in section.tables:
            home = Address(key, item)
            yield sum(view.by_rows(_WORDS, home, partial(_words_of, view, home)).values())


def _words_of(view: PlanView, home: Address, rows: Sequence[str]) -> dict[str, int]:
    cells = view.answers.table(home).rows
    return {row: _words_in(cells[row].values()) for row in rows if row in cells}


def _words_in(values: Iterable[Value]) -> int:
    total = 0
    for value in values:
        if isinstance(value, str):
            total += _known(value) if len(value) <= _SHORT else _words(value)
    return total


def _words(text: str) -> int:
    return len(_WORD.findall(_FIGURE.sub("1", without_marks(text, "{0}"))))


_known = lru_cache(_MOST_KNOWN)(_words)  # the cells of a table say the same things again and again
