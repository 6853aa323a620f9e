"""Whether the prose of rows plainly tells the rows' own figures: quick, and sure when it says so.

Where a clause names a figure of its row, its only number must be that figure as it stands. Any
other clause is left to `forms.claims`, which reads what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.address import Cell
from forms.checks.written import is_written, own_unit
from forms.claims import BLANK, without_brackets
from forms.conversion import Conversions
from forms.encoding import decimal_text
from forms.evaluation import as_number
from forms.joined import JoinedTexts
from forms.prose_figures import half_width, numbers_in
from forms.quantities import OwnNames
from forms.values import Value

_BREAKS = "，：:；;。！？!?"
_ITEM, _SEVERAL = "、", 2
_LENDS = re.compile("(?:减排|少排|排放).*、|分别|依次")  # an item has its name or unit from another


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of each row: its cell, its unit, and that as it stands behind a number."""

    cell: Cell
    unit: str
    own_unit: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The figures of a table's rows, by the names that prose gives them."""

    pattern: re.Pattern[str]
    by_name: Mapping[str, tuple[_Figure, ...]]
    conversions: Conversions


def own_figures(own: OwnNames, conversions: Conversions) -> OwnFigures:
    """The same names, to be looked for in many texts at once."""
    names = sorted({name for names, _ in own.sorts for name in names}, key=len, reverse=True)
    words = "|".join(f"{BLANK}*".join(map(re.escape, name)) for name in names)
    by_name = {name: tuple(_figures_called(own, name)) for name in names}
    return OwnFigures(re.compile(words or "(?!)"), by_name, conversions)


def _figures_called(own: OwnNames, called: str) -> Iterator[_Figure]:
    """The figures of which a name begins what was found; names within it are found next."""
    for names, templates in own.sorts:
        if any(map(called.startswith, names)):
            for known in templates:
                yield _Figure(known.address.cell, known.unit, own_unit(known.unit))


@dataclass(slots=True)
class _Heard:
    """The units of the numbers in the clause last asked for: several names may stand in one."""

    conversions: Conversions
    clause: str = ""
    units: frozenset[str] = frozenset()

    def may_tell(self, clause: str, unit: str) -> bool:
        """Whether one of the numbers of a clause could be meant for a figure in a unit."""
        if clause != self.clause:
            numbers = numbers_in(clause, self.conversions.reader)
            self.clause, self.units = clause, frozenset(number.unit for number in numbers)
        return any(self.conversions.times(unit, other) is not None for other in self.units)


def doubtful(
    own: OwnFigures,
    typed: Mapping[str, Mapping[Cell, Value]],
    rows: Sequence[str],
    texts: list[str],
) -> Iterator[int]:
    """The numbers of the rows, from first to last, whose text may tell a figure otherwise."""
    joined, read_until, heard = JoinedTexts(texts), 0, _Heard(own.conversions)
    plain = _in_clauses(without_brackets(half_width(joined.whole)))
    for found, clause, count in _named(plain, own):
        if found.start() < read_until:
            continue
        number = joined.number_at(found.start())
        cells, name = typed[rows[number]], found[0].replace(BLANK, "")
        for figure in own.by_name[name]:
            value = as_number(cells.get(figure.cell))
            if value is None:
                continue
            is_told = count == 1 and is_written(decimal_text(value), figure.own_unit, clause)
            if not is_told and heard.may_tell(clause, figure.unit):
                read_until = joined.end_of(number)  # what else it tells is read there
                yield number
                break


def _in_clauses(text: str) -> str:
    """The text with a line break between its clauses, each character in its place."""
    for sign in _BREAKS:
        text = text.replace(sign, "\n")
    return text


def _named(plain: str, own: OwnFigures) -> Iterator[tuple[re.Match[str], str, int]]:
    """Every name that stands beside a number, its clause, and how many numbers that has.

    Of an enumeration the item counts as the clause; where one item lends a name or a unit to
    another, all of it does, and no number of it is alone.
    """
    start, spotter = 0, own.conversions.spotter
    while found := own.pattern.search(plain, start):
        begin, end = plain.rfind("\n", 0, found.start()) + 1, plain.find("\n", found.end())
        clause = plain[begin : end if end >= 0 else None]
        count = len(spotter.findall(clause))
        if not count:
            start = begin + len(clause)
            continue
        start = found.start() + 1  # a name may stand within another
        if _ITEM not in clause:
            yield found, clause, count
        elif _LENDS.search(clause.replace(BLANK, "")):
            yield found, clause, _SEVERAL
        else:
            item = _item_of(clause, found.start() - begin, found.end() - begin)
            if count := len(spotter.findall(item)):
                yield found, item, count


def _item_of(clause: str, start: int, end: int) -> str:
    """The item of an enumeration in which a name stands."""
    stop = clause.find(_ITEM, end)
    return clause[clause.rfind(_ITEM, 0, start) + 1 : stop if stop >= 0 else None]
