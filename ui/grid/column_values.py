"""The columns of a table of rows as a sheet sorts, filters and searches them; without Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, assert_never

from forms.address import Address
from forms.inline.marks import may_hold_marks
from forms.inline.reading import filled
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Image,
    Integer,
    Kind,
    Money,
    Month,
    Narrative,
    Percent,
    Quantity,
    Reference,
    Text,
    Year,
    YesNo,
)
from forms.schema import Column, Pack, Table
from forms.values import Value, YearMonth
from forms.view import PlanView
from forms.wording import word

Spot: TypeAlias = tuple[str, int]  # a column's key and year
Rank: TypeAlias = tuple[int | Decimal | bytes, ...]  # comparable inside one column
BLANK = ""

# Not figures: 1.0 and 1.00 are equal and read differently.
_FEW = Choice | Choices | Year | Month | Date | YesNo | Reference
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(slots=True)
class _Read:
    """What was read of one column, and of which version."""

    column: Sequence[Value | None]
    view: PlanView | None  # where more than the column itself counts
    values: Sequence[Value | None]
    texts: Sequence[str] | None = None
    ranks: Sequence[Rank | None] | None = None


class ColumnValues:
    """Values, texts and ranks of whole columns in plan order, kept while nothing in them changed.

    A cell that is not asked for in its row counts as empty, as it is shown.
    """

    def __init__(self, home: Address, table: Table) -> None:
        self._home = home
        self._columns = {column.key: column for column in table.columns}
        self._read: dict[Spot, _Read] = {}
        self._lines: tuple[list[Sequence[str]], list[str]] = ([], [])

    def kind(self, spot: Spot) -> Kind:
        """The kind of a column's values."""
        return self._columns[spot[0]].kind

    def values(self, view: PlanView, spot: Spot) -> Sequence[Value | None]:
        """What counts in each row; None where nothing does."""
        return self._of(view, spot).values

    def texts(self, view: PlanView, spot: Spot) -> Sequence[str]:
        """How each row reads in this column; `BLANK` for empty."""
        read = self._of(view, spot)
        if read.texts is None:
            read.texts = _texts(view, self.kind(spot), read.values)
        return read.texts

    def ranks(self, view: PlanView, spot: Spot) -> Sequence[Rank | None]:
        """By what the rows are sorted in this column; None where the value is missing."""
        read = self._of(view, spot)
        if read.ranks is None:
            kind, texts = self.kind(spot), self.texts(view, spot)
            places = _option_places(view.pack, kind)
            read.ranks = [
                None if value is None or text == BLANK else _rank(kind, value, text, places)
                for value, text in zip(read.values, texts, strict=True)
            ]
        return read.ranks

    def parts(self, view: PlanView, spot: Spot) -> Sequence[tuple[str, ...]]:
        """The texts by any of which a filter finds a row: of several options each by itself."""
        kind, texts = self.kind(spot), self.texts(view, spot)
        if not isinstance(kind, Choices):
            return [(text,) for text in texts]
        label = view.pack.index.vocabularies[kind.vocabulary].label
        return [
            tuple(label(key) for key in value) if isinstance(value, tuple) and value else (BLANK,)
            for value in self.values(view, spot)
        ]

    def lines(self, view: PlanView, spots: tuple[Spot, ...]) -> Sequence[str]:
        """All that a row says in some columns, case folded: what is searched."""
        texts = [self.texts(view, spot) for spot in spots]
        if list(map(id, texts)) != list(map(id, self._lines[0])):
            rows = zip(*texts, strict=True)
            self._lines = (texts, ["\v".join(row).casefold() for row in rows])
        return self._lines[1]

    def _of(self, view: PlanView, spot: Spot) -> _Read:
        column = view.figures.column(self._home, *spot)
        shape, known = self._columns[spot[0]], self._read.get(spot)
        if known and known.column is column and (known.view is None or known.view is view):
            return known
        wider = shape.show_when is not None or isinstance(shape.kind, Reference | Narrative)
        read = _Read(column, view if wider else None, self._asked_for(view, shape, column))
        self._read[spot] = read
        return read

    def _asked_for(
        self, view: PlanView, shape: Column, column: Sequence[Value | None]
    ) -> Sequence[Value | None]:
        if shape.show_when is None:
            return column
        rows = view.rows(self._home)
        return [
            value if value is not None and view.shows_cell(shape, self._home.at_row(row)) else None
            for row, value in zip(rows, column, strict=True)
        ]


def collated(text: str) -> Rank:
    """How texts sort: numbers in them by amount, usual Chinese characters by their sound.

    GB 18030 orders the 3,755 characters of the first level of GB/T 2312 by pinyin.
    """
    pieces = _DIGITS.split(text.casefold())
    return tuple(
        int(piece) if place % 2 else piece.encode("gb18030", "replace")
        for place, piece in enumerate(pieces)
    )


def _texts(view: PlanView, kind: Kind, values: Sequence[Value | None]) -> Sequence[str]:
    """Each value in words; of few different ones each is worded once."""
    if not isinstance(kind, _FEW):
        return [_text(view, kind, value) for value in values]
    known = {value: _text(view, kind, value) for value in frozenset(values)}
    return [known[value] for value in values]


def _text(view: PlanView, kind: Kind, value: Value | None) -> str:
    if value is None:
        return BLANK
    match kind:
        case Reference():
            row = kind.home.at_row(str(value))
            return view.row_name(row) if row.row in view.rows(row) else BLANK
        case Narrative():
            text = str(value)
            return filled(view, text) if may_hold_marks(text) else text
        case _:
            return word(view.pack, kind, value)


def _option_places(pack: Pack, kind: Kind) -> dict[str, int]:
    if not isinstance(kind, Choice | Choices):
        return {}
    options = pack.index.vocabularies[kind.vocabulary].options
    return {option.key: place for place, option in enumerate(options)}


def _rank(kind: Kind, value: Value, text: str, places: dict[str, int]) -> Rank:
    match kind:
        case Integer() | Quantity() | Money() | Percent() | Year():
            return (value,) if isinstance(value, int | Decimal) else collated(text)
        case Choice() | Choices():
            keys = value if isinstance(value, tuple) else (str(value),)
            return tuple(places.get(key, len(places)) for key in keys)
        case YesNo():
            return (0 if value else 1,)
        case Month():
            return (value.year, value.month) if isinstance(value, YearMonth) else collated(text)
        case Date():
            return (value.toordinal(),) if isinstance(value, date) else collated(text)
        case Text() | Narrative() | Reference() | Image():
            return collated(text)
        case _:
            assert_never(kind)
