"""Reading a plan for the window: how many words it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from forms.picture_marks import without_marks
from forms.schema import Place
from forms.values import Value
from forms.view import PlanView

_Place: TypeAlias = tuple[str, str, str]  # section, item, row
_SHORT, _MOST_KNOWN = 100, 100_000
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")

_FIGURE = re.compile(r"\{\{[^{}\n]*\}\}")  # a live figure counts as one word


class WordCount:
    """Counts the words of a plan as it changes: texts and rows that stand are not read again."""

    def __init__(self) -> None:
        self.total = 0  # as of the last count that was gone through
        self._known: dict[_Place, tuple[object, int]] = {}

    def steps(self, view: PlanView) -> Iterator[None]:
        """Han characters and other words in everything typed as text, a field or row a step."""
        total, met = 0, dict[_Place, tuple[object, int]]()
        for place, holder, values in _texts(view):
            known = self._known.get(place)
            if known is None or known[0] is not holder:
                known = self._known[place] = (holder, _words_in(values))
                yield
            met[place] = known
            total += known[1]
        self.total, self._known = total, met


def _texts(view: PlanView) -> Iterator[tuple[_Place, object, Iterable[Value]]]:
    """Each field and row with what stays the same object while nothing in it changes."""
    for key, section in view.answers.sections.items():
        known = view.pack.index.sections.get(key)
        if known is not None and known.place is Place.NOWHERE:
            continue  # reasons and records kept aside are no words of the plan
        for item, value in section.fields.items():
            yield (key, item, ""), value, (value,)
        for item, table in section.tables.items():
            for row, cells in table.rows.items():
                yield (key, item, row), cells, cells.values()


def _words_in(values: Iterable[Value]) -> int:
    total = 0
    for value in values:
        if isinstance(value, str):
            total += _known(value) if len(value) <= _SHORT else _words(value)
    return total


def _words(text: str) -> int:
    return len(_WORD.findall(_FIGURE.sub("1", without_marks(text, "{0}"))))


_known = lru_cache(_MOST_KNOWN)(_words)  # the cells of a table say the same things again and again
