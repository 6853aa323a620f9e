"""The grid of a table: where each cell stands, how wide each column is, in which size of type."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from exporters.document import Cell, RowRole, Table, TableRow
from exporters.docx.breaking import SetText
from exporters.docx.characters import width_of
from exporters.docx.markup import clean
from exporters.docx.measures import twips, twips_of_mm
from forms.breathing import breathing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.look import TableLook

EMPTY = Cell()
_TALL = 0.5  # of a page
_TIGHT_PADDING_PT = 1.5
# Of a character, beyond whole ones in a column: half-way between twentieths, which is what Han,
# digits and the gaps between them are multiples of.
_BETWEEN = 0.475
_COMFORT_EM = 3.0  # a column of Chinese narrower than this reads like a tape
_LONGEST_WORD_EM = 12.0  # a longer one is broken anyway
_SLACK_EM = 0.05
_WORD = re.compile("[!-~\xa1-\u036f\u0370-\u04ff]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a row at some columns; no cell where a cell from above reaches down."""

    cell: Cell | None
    column: int
    columns: int

    @property
    def end(self) -> int:
        """The column after it."""
        return self.column + self.columns


Places: TypeAlias = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a table on their columns; edges and padding are in twips."""

    head: tuple[Places, ...]
    body: tuple[Places, ...]
    edges: tuple[int, ...]  # where columns begin and end
    is_wide: bool  # set in the smaller type
    padding: int
    look: TableLook
    keeps: tuple[bool, ...] = ()  # of each body row: whether it stays with what follows

    @property
    def line(self) -> int:
        """The distance of base lines in twips."""
        return twips(self.size_pt * self.look.line_factor)

    @property
    def row_padding(self) -> int:
        """What a row has above and below its lines."""
        return 2 * twips(self.look.padding_pt)

    def row_lines(self, places: Places) -> int:
        """How many lines high a row is."""
        return max((self._lines(place) for place in places), default=1)

    def stays_whole(self, lines: int, page_height: int) -> bool:
        """Whether a row is never cut by a page's end: a higher one could leave half a page bare."""
        return lines * self.line <= page_height * _TALL

    @property
    def height(self) -> int:
        """All rows in twips, without their rules."""
        lines = sum(map(self.row_lines, breathing((*self.head, *self.body))))
        return lines * self.line + (len(self.head) + len(self.body)) * self.row_padding

    @property
    def size_pt(self) -> float:
        """The type size."""
        return self.look.wide_size_pt if self.is_wide else self.look.size_pt

    def width(self, place: Place) -> int:
        """The width of a place in twips."""
        return self.edges[place.end] - self.edges[place.column]

    def _lines(self, place: Place) -> int:
        if place.cell is None or not place.cell.text or place.cell.rowspan > 1:
            return 1
        room = self.width(place) - 2 * self.padding
        return sum(
            _line_count(piece, twips(self.size_pt), room)
            for piece in clean(place.cell.text).split("\n")
        )


@lru_cache(maxsize=20_000)
def _line_count(text: str, size: int, room: int) -> int:
    if len(text) * size <= room:
        return 1
    return max(len(SetText(text, size, hangs=False).lines(room, room)), 1)


def lay_out_table(table: Table, measure: int, look: TableLook) -> Grid:
    """The grid of a table across a measure in twips; cells beyond the last column add columns."""
    head, body = _placed(table.head), _placed(table.body)
    ends = (places[-1].end for places in (*head, *body) if places)
    count = max(len(table.columns), 1, *ends)
    filled_head = tuple(
        _filled(row, places, count) for row, places in zip(table.head, head, strict=True)
    )
    filled_body = tuple(
        _filled(row, places, count) for row, places in zip(breathing(table.body), body, strict=True)
    )
    wishes = [max(column.width, 1) for column in table.columns]
    wishes += [round(sum(wishes) / max(len(wishes), 1)) or 1] * (count - len(wishes))
    fit = _fit(wishes, _needs((*filled_head, *filled_body), count), measure, look)
    edges = tuple(round(edge) for edge in accumulate(fit.widths, initial=0.0))
    grid = Grid(filled_head, filled_body, edges, fit.is_wide, fit.padding, look)
    return replace(grid, keeps=_keeps(table, grid))


def _keeps(table: Table, grid: Grid) -> tuple[bool, ...]:
    """A group's name stays with its first row, the last row with the total, a low table whole.

    Not with the notes: Word would keep them together, and LibreOffice not.
    """
    roles = [row.role for row in table.body]
    if grid.height <= twips_of_mm(grid.look.whole_up_to_mm):
        return (True,) * (len(roles) - 1) + (False,) * bool(roles)
    return tuple(
        at < len(roles) and (role is RowRole.GROUP or roles[at] is RowRole.TOTAL)
        for at, role in enumerate(roles, 1)
    )


def _placed(rows: Iterable[TableRow]) -> list[list[Place]]:
    """Each row's cells on their columns, around the cells that reach down from above."""
    reaching: dict[int, tuple[int, int]] = {}  # first column -> rows still to come, columns
    placed: list[list[Place]] = []
    for row in breathing(rows):
        covered = {column: Place(None, column, reaching[column][1]) for column in sorted(reaching)}
        reaching = {
            column: (rows_left - 1, columns)
            for column, (rows_left, columns) in reaching.items()
            if rows_left > 1
        }
        places = _around(row.cells, covered)
        for place in places:
            if place.cell is not None and place.cell.rowspan > 1:
                reaching[place.column] = (place.cell.rowspan - 1, place.columns)
        placed.append(places)
    return placed


def _around(cells: Iterable[Cell], covered: dict[int, Place]) -> list[Place]:
    places: list[Place] = []
    column = 0
    for cell in cells:
        while column in covered:
            places.append(covered.pop(column))
            column = places[-1].end
        end = column + 1
        while end < column + cell.colspan and end not in covered:
            end += 1
        places.append(Place(cell, column, end - column))
        column = end
    for place in covered.values():
        places += (Place(EMPTY, missing, 1) for missing in range(column, place.column))
        places.append(place)
        column = place.end
    return places


def _filled(row: TableRow, places: list[Place], count: int) -> Places:
    """A row out to the last column: with empty cells, a group row with its name."""
    if row.role is RowRole.GROUP and len(places) == 1:
        return (Place(places[0].cell, 0, count),)
    end = places[-1].end if places else 0
    return (*places, *(Place(EMPTY, column, 1) for column in range(end, count)))


@dataclass(frozen=True, slots=True)
class _Needs:
    """The least width of each column in em: for its words, and to be read with ease."""

    words: list[float]
    comfort: list[float]


@dataclass(frozen=True, slots=True)
class _Fit:
    widths: Sequence[float]
    is_wide: bool
    padding: int


def _fit(wishes: Sequence[int], needs: _Needs, measure: int, look: TableLook) -> _Fit:
    """Widths in proportion to the wishes, mended so that words fit; type and padding give way."""
    usual, tight = twips(look.padding_pt), twips(_TIGHT_PADDING_PT)
    usually_wide = look.size_for(len(wishes)) == look.wide_size_pt
    choices = [(usually_wide, usual), (True, usual), (True, tight)]
    for is_wide, padding in choices:
        for need in (needs.comfort, needs.words):
            size = _size(look, is_wide=is_wide)
            least = _widths(need, padding, size)
            if sum(least) <= measure:
                widths = _settled(_mended(wishes, least, measure), least, padding, size)
                return _Fit(widths, is_wide, padding)
    least = _widths(needs.words, tight, _size(look, is_wide=True))
    return _Fit([width * measure / sum(least) for width in least], is_wide=True, padding=tight)


def _settled(
    widths: Sequence[float], least: Sequence[float], padding: int, size: int
) -> list[float]:
    """Widths a little off whole characters, where a hair's breadth would decide on a line more.

    The widest column pays for what the others gain.
    """
    widest = max(range(len(widths)), key=widths.__getitem__)
    settled: list[float] = []
    for width, need in zip(widths, least, strict=True):
        whole = int((width - 2 * padding) / size)
        choices = ((each + _BETWEEN) * size + 2 * padding for each in range(whole - 1, whole + 3))
        fitting = (choice for choice in choices if choice >= need)
        settled.append(
            min(fitting, key=lambda choice, width=width: abs(choice - width), default=width)
        )
    rest = sum(widths) - sum(settled) + settled[widest] - 2 * padding
    settled[widest] = (int(rest / size * 20 - 0.5) + 0.5) / 20 * size + 2 * padding
    return settled if settled[widest] >= least[widest] else list(widths)


def _size(look: TableLook, *, is_wide: bool) -> int:
    return twips(look.wide_size_pt if is_wide else look.size_pt)


def _widths(needs: Sequence[float], padding: int, size: int) -> list[float]:
    return [need * size + 2 * padding for need in needs]


def _mended(wishes: Sequence[int], least: Sequence[float], measure: int) -> list[float]:
    """The measure shared out by the wishes, but no column below its least."""
    raised: set[int] = set()
    while True:
        room = measure - sum(least[column] for column in raised)
        asked = sum(wish for column, wish in enumerate(wishes) if column not in raised)
        widths = [
            least[column] if column in raised else room * wish / asked
            for column, wish in enumerate(wishes)
        ]
        short = {column for column, width in enumerate(widths) if width < least[column] - 0.01}
        if not short:
            return widths
        raised |= short


def _needs(rows: Iterable[Places], count: int) -> _Needs:
    words, comfort = [1.0] * count, [1.0] * count
    spanning: list[Place] = []
    for places in breathing(rows):
        for place in places:
            if place.cell is None or not place.cell.text:
                continue
            if place.columns > 1:
                spanning.append(place)
                continue
            column = place.column
            if len(place.cell.text) > words[column]:  # else no word in it can ask for more
                words[column] = max(words[column], _widest_word(place.cell.text))
            comfort[column] = max(comfort[column], min(len(place.cell.text), _COMFORT_EM))
    for place in spanning:
        missing = _widest_word(place.cell.text if place.cell else "") - sum(
            words[place.column : place.end]
        )
        words[place.end - 1] += max(missing, 0.0)
    return _Needs(words, [max(pair) for pair in zip(words, comfort, strict=True)])


def _widest_word(text: str) -> float:
    widest = max((_word_width(word) for word in _WORD.findall(text)), default=1.0)
    return min(widest, _LONGEST_WORD_EM)


def _word_width(word: str) -> float:
    return sum(width_of(character, is_han=False) for character in word) + _SLACK_EM
