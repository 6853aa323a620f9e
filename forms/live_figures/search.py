"""Finds figures of a plan by what a planner types: 节能量, 总投资 2023, a row's name, a section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from forms.address import Address
from forms.kinds import Image, Narrative, Year, is_numeric
from forms.live_figures.marks import LiveFigure
from forms.live_figures.showing import shown
from forms.places import is_row_local
from forms.quantities import names_of
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_RATE,
    INDICATOR_TARGET,
    Field,
    IndicatorTable,
    Item,
    Pack,
    Section,
    Table,
    YearTable,
)
from forms.slots import Slot, slots_of
from forms.view import PlanView

_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")
_BLANKS = re.compile(r"[\s,，、/›]+")
_SIDES = (INDICATOR_TARGET, INDICATOR_BASE, INDICATOR_RATE, INDICATOR_CHANGE)
_TRIED = 8  # rows looked at for each one offered, where a column is sparsely filled


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that can be put into prose: what it is called, where it stands, what it prints."""

    address: Address
    label: str
    place: str  # section and, where it says more, table
    text: str

    @property
    def mark(self) -> str:
        """The mark that puts it into prose, in its own unit and decimals."""
        return str(LiveFigure(self.address))


@dataclass(frozen=True, slots=True)
class _Sort:
    """All figures of one slot in one year, and what can be typed to find them."""

    rank: int  # by its nature: indicators, then totals, then what is typed, then rows
    slot: Slot
    year: int
    place: str
    names: tuple[str, ...]
    elsewhere: str  # place, table and year, folded
    table: Address | None  # of rows, when it has any
    row: str = ""  # of a year table or indicator table


@dataclass(slots=True)
class _Rows:
    """The rows of a plan by words of their names, each question answered once."""

    view: PlanView
    _known: dict[tuple[Address, tuple[str, ...]], tuple[str, ...]] = field(
        default_factory=dict[tuple[Address, tuple[str, ...]], tuple[str, ...]]
    )

    def named(self, table: Address, words: tuple[str, ...]) -> tuple[str, ...]:
        """The rows of a table whose name holds all these words."""
        if not words:
            return self.view.rows(table)
        found = self._known.get((table, words))
        if found is None:
            names = _row_names(self.view, table)
            found = tuple(row for row, name in names if all(word in name for word in words))
            self._known[table, words] = found
        return found


@dataclass(frozen=True, slots=True)
class _Match:
    """A sort of figure that fits the words, and the words that its row's name must hold."""

    order: tuple[int, ...]
    sort: _Sort
    left: tuple[str, ...]


def search_figures(view: PlanView, words: str, limit: int = 40) -> tuple[Offer, ...]:
    """The figures of the visible plan that have a value and fit every word, the likeliest first."""
    asked, rows = _words(words), _Rows(view)
    matches = [match for sort in _sorts(view) if (match := _match(rows, sort, asked))]
    offers: list[Offer] = []
    for match in sorted(matches, key=lambda match: match.order):
        for offer in _offers(rows, match, limit):
            offers.append(offer)
            if len(offers) >= limit:
                return tuple(offers)
    return tuple(offers)


def _words(text: str) -> tuple[str, ...]:
    plain = _YEAR.sub(r" \1 ", _folded(text))
    return tuple(word for word in _BLANKS.split(plain) if word)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _match(rows: _Rows, sort: _Sort, words: tuple[str, ...]) -> _Match | None:
    closeness = 0
    left: list[str] = []
    for word in words:
        if word in sort.names:
            continue
        if any(word in name for name in sort.names):
            closeness += 1
            continue
        closeness += 2
        rest = word
        if word not in sort.elsewhere:
            name = max((n for n in sort.names if n in word), key=len, default="")
            rest = word.replace(name, "", 1) if name else word
            if rest in sort.elsewhere:
                continue
            left.append(rest)
    if left and (sort.table is None or not rows.named(sort.table, tuple(left))):
        return None
    calendar = rows.view.calendar
    near = 0 if sort.year in (0, calendar.base, calendar.target) else 1
    if left:
        closeness -= 1  # a row is named: that is meant more closely than any place
    order = (max(closeness, 0), sort.rank, near, -sort.year)
    return _Match(order, sort, tuple(left))


def _offers(rows: _Rows, match: _Match, limit: int) -> Iterator[Offer]:
    view, sort = rows.view, match.sort
    for address in _addresses(rows, match, limit):
        if view.value(address) is None:
            continue
        text = shown(view, LiveFigure(address))
        if text.fault:
            continue
        row = f"{view.row_name(address)} " if sort.table is not None else ""
        year = f"（{sort.year}年）" if sort.year else ""
        yield Offer(address, f"{row}{sort.slot.label}{year}", sort.place, text.text)


def _addresses(rows: _Rows, match: _Match, limit: int) -> Iterator[Address]:
    sort = match.sort
    section, item, last = sort.slot.key
    if sort.table is None:
        column = last.partition(".")[2] if sort.row else ""
        yield Address(section, item, sort.row, column, sort.year)
        return
    for row in rows.named(sort.table, match.left)[: limit * _TRIED]:
        yield sort.table.at(row, last, sort.year)


def _row_names(view: PlanView, table: Address) -> tuple[tuple[str, str], ...]:
    read = partial(_read_names, view, table)
    item = view.pack.index.items[table.section, table.item]
    if not isinstance(item, Table) or not is_row_local(view.pack, table, item.naming):
        return read()
    return view.once("row names", table, view.answers.table(table), read)


def _read_names(view: PlanView, table: Address) -> tuple[tuple[str, str], ...]:
    return tuple((row, _folded(view.row_name(table.at_row(row)))) for row in view.rows(table))


def _sorts(view: PlanView) -> tuple[_Sort, ...]:
    """Every sort of figure of the visible plan."""
    shown_items = tuple(
        (section, item)
        for section in view.pack.sections()
        if view.shows_section(section)
        for item in section.items
        if view.shows_item(item)
    )
    given = (tuple((section.key, item.key) for section, item in shown_items), view.calendar)
    return view.once("sorts of figures", "", given, partial(_read_sorts, view, shown_items))


def _read_sorts(view: PlanView, items: tuple[tuple[Section, Item], ...]) -> tuple[_Sort, ...]:
    return tuple(
        sort
        for section, item in items
        for slot in slots_of(section, item)
        for sort in _of_slot(view, section, item, slot)
    )


def _of_slot(view: PlanView, section: Section, item: Item, slot: Slot) -> Iterator[_Sort]:
    if isinstance(slot.kind, Narrative | Image):
        return
    rank, row = _rank(item, slot), ""
    if isinstance(item, IndicatorTable):
        row, _, side = slot.key[2].partition(".")
        if side not in _SIDES:
            return
    elif isinstance(item, YearTable):
        row = slot.key[2]
    table = Address(section.key, item.key) if isinstance(item, Table) else None
    label = item.label if label_differs(item, section, slot) else ""
    place = f"{section.title} › {label}" if label else section.title
    names = tuple(dict.fromkeys(map(_folded, (slot.label, *_names(view.pack, item, slot)))))
    for year in (0,) if slot.years is None else view.years(slot.years):
        elsewhere = _folded(f"{place} {_told(view, year)}")
        yield _Sort(rank, slot, year, place, names, elsewhere, table, row)


def label_differs(item: Item, section: Section, slot: Slot) -> bool:
    """Whether the name of an item says more than its section and its value do."""
    return item.label not in (section.title, slot.label)


def _names(pack: Pack, item: Item, slot: Slot) -> tuple[str, ...]:
    if isinstance(item, IndicatorTable):
        return names_of(item.row(slot.key[2].partition(".")[0]).label, pack.synonyms)
    return names_of(slot.label, pack.synonyms)


def _told(view: PlanView, year: int) -> str:
    if not year:
        return ""
    calendar = view.calendar
    said = {calendar.base: "基准年", calendar.target: "目标年"}.get(year, "")
    return f"{year}年 {said}"


def _rank(item: Item, slot: Slot) -> int:
    match item:
        case IndicatorTable():
            return _SIDES.index(slot.key[2].partition(".")[2]) if _is_side(slot) else len(_SIDES)
        case YearTable():
            return 5
        case Field() if is_numeric(slot.kind) and slot.formula is not None:
            return 4
        case Field() if is_numeric(slot.kind):
            return 6
        case Table() if is_numeric(slot.kind):
            return 7
        case _:
            return 8 if isinstance(slot.kind, Year) else 9


def _is_side(slot: Slot) -> bool:
    return slot.key[2].partition(".")[2] in _SIDES
