"""Which column of a received sheet belongs into which column of a table, and its texts there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from forms.sheet_cells import plain_figure, sheet_unit
from forms.stepwise import ended
from importers.received import Sheet, Sort

_BRACKETS = re.compile(r"[（(【\[]([^）)】\]]*)[）)】\]]")
_DIGITS = re.compile(r"[+-]?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)")
_BLANKS = re.compile(r"[\s·、，,:：/\-—_*＊]+")
_UNIT_SAID = re.compile(r"(?:计量)?单位\s*[:：]\s*([^）)\s]+)")
_BEHIND_SLASH = re.compile(r".*[/／]\s*([^/／]+)")
_BETWEEN_UNITS = re.compile(r"[、,，;；]")
# So ends what is meant as a unit, even an unknown one: 万美元 must not pass as 万元.
_SEEMS_UNIT = re.compile(r".*(?:元|币|吨|斤|立方|方|米|度|时|焦|卡|亩|[%‰³²A-Za-z])")
_SUM = re.compile(
    r"[（(]?[一二三四五六七八九十0-9]{0,3}[）)、.．]?"
    r"(?:.{0,16}小计|合计|总计|共计|累计)(?:[（(：:0-9].*)?"
)
_NUMBERED = re.compile(r"序号|编号|行号|no\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FIRST_OF_FIGURES = "0123456789０１２３４５６７８９+-.(（¥￥"
_SUM_WITHIN = 3
_HEADS_WITHIN = 30
_ALPHABET = 26
_CELLS_AT_ONCE, _ROWS_AT_ONCE = 5_000, 100  # between two pauses

Fits = Callable[[str, str], bool]  # whether a figure in one unit can be read in another


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet as rows of texts over the columns that are used; `numbers` are those of the sheet."""

    columns: tuple[int, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    skipped: int = 0  # hidden cells that hold something

    def heads(self, row: int) -> tuple[str, ...]:
        """The texts of the row with a number in the sheet; blanks when there is none."""
        if row in self.numbers:
            return self.rows[self.numbers.index(row)]
        return ("",) * len(self.columns)


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the plan's table: the words in its head, and what it takes."""

    label: str
    group: str = ""
    is_numeric: bool = False
    unit: str = ""
    names: bool = False  # the rows are known by it
    units: bool = False  # it says the unit of each row
    takes: bool = True  # something can be put into it


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows: names and units by column, and units said for all of them."""

    number: int = 0  # of the row with the names; 0 for none
    last: int = 0  # the row the rows begin below
    texts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    for_all: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row for the table: a text for each of its columns, None where nothing is taken."""

    number: int  # in the sheet
    texts: tuple[str | None, ...]
    adds_up: bool = False  # a sum of others: 合计, 小计 or the like
    said: tuple[str, ...] = ()  # units said for all rows, for a table whose rows have their own


def lines_of(sheet: Sheet, *, hidden: bool) -> Lines:
    """The rows of a sheet that hold something, with or without what Excel does not show."""
    return ended(line_steps(sheet, hidden=hidden))


def line_steps(sheet: Sheet, *, hidden: bool) -> Generator[None, None, Lines]:
    """`lines_of` with pauses: a large sheet takes a while."""
    shown = [cell for cell in sheet.cells if hidden or not cell.hidden]
    texts = [cell for cell in shown if cell.sort not in (Sort.ERROR, Sort.UNCALCULATED)]
    columns = tuple(sorted({cell.column for cell in texts}))
    place = {column: at for at, column in enumerate(columns)}
    rows: dict[int, list[str]] = {}
    for number, cell in enumerate(texts, start=1):
        row = rows.setdefault(cell.row, [""] * len(columns))
        row[place[cell.column]] = cell.text
        if not number % _CELLS_AT_ONCE:
            yield
    numbers = tuple(sorted(rows))
    skipped = len(sheet.cells) - len(shown)
    return Lines(columns, numbers, tuple(tuple(rows[number]) for number in numbers), skipped)


def lines_of_block(block: Sequence[Sequence[str]]) -> Lines:
    """The rows of a block that hold something, as those of a sheet that begins with it."""
    texts = [[text if text.strip() else "" for text in row] for row in block]
    rows = [(number, row) for number, row in enumerate(texts, start=1) if any(row)]
    wide = max((len(row) for _, row in rows), default=0)
    whole = [(*row, *[""] * (wide - len(row))) for _, row in rows]
    used = [at for at, column in enumerate(zip(*whole, strict=True)) if any(column)]
    kept = whole if len(used) == wide else [tuple(row[at] for at in used) for row in whole]
    return Lines(tuple(at + 1 for at in used), tuple(number for number, _ in rows), tuple(kept))


def turned(lines: Lines) -> Lines:
    """Rows for columns and columns for rows."""
    rows = tuple(zip(*lines.rows, strict=True))
    return Lines(tuple(range(1, len(lines.rows) + 1)), lines.columns, rows, lines.skipped)


def turned_below_titles(lines: Lines) -> Lines:
    """`turned`, with a title and what it says of units still above."""
    titles = tuple(takewhile(_is_title, lines.rows))
    count = len(titles)
    if not count or count == len(lines.rows):
        return turned(lines)
    below = turned(replace(lines, numbers=lines.numbers[count:], rows=lines.rows[count:]))
    blanks = [""] * len(below.columns)
    said = ((" ".join(filter(None, row)), *blanks)[: len(blanks)] for row in titles)
    numbers = (*range(1, count + 1), *(at + count for at in below.numbers))
    return replace(below, numbers=numbers, rows=(*said, *below.rows))


def head_row(lines: Lines, targets: Sequence[Target]) -> int:
    """The row whose texts name most columns of the table; 0 when no row names any."""
    best, most = 0, 0
    for number in lines.numbers[:_HEADS_WITHIN]:
        if sum(_is_value(text) for text in lines.heads(number)) > 1:
            continue  # figures make no heads, but for years
        found = _named(head_texts(lines, number, targets), targets)
        if found > most:
            best, most = number, found
    return best


def head_texts(lines: Lines, number: int, targets: Sequence[Target]) -> tuple[str, ...]:
    """The heads in a row; with the group above where two rows together name more columns."""
    own = lines.heads(number)
    at = lines.numbers.index(number) if number in lines.numbers else 0
    if not at:
        return own
    together = _together(lines.rows[at - 1], own)
    return together if _named(together, targets) > _named(own, targets) else own


def read_head(lines: Lines, number: int, targets: Sequence[Target], fits: Fits) -> Head:
    """What stands in and around the row of heads; `number` 0: nothing does."""
    if not number:
        return Head(texts=("",) * len(lines.columns), units=("",) * len(lines.columns))
    texts = head_texts(lines, number, targets)
    units = [_unit(text, fits) for text in texts]
    below = lines.numbers.index(number) + 1
    last = number
    if below < len(lines.rows) and _are_units(lines.rows[below], fits):
        last = lines.numbers[below]
        units = [
            sheet_unit(under) or unit for under, unit in zip(lines.rows[below], units, strict=True)
        ]
    above = " ".join(text for row in lines.rows[: below - 1] for text in row)
    said = [u for found in _UNIT_SAID.findall(above) for u in _BETWEEN_UNITS.split(found)]
    return Head(number, last, texts, tuple(units), tuple(sheet_unit(unit) for unit in said))


def matched(heads: Sequence[str], targets: Sequence[Target]) -> list[int | None]:
    """For each column of the table the place of the head that names it, each used once."""
    free = {at: _bare(head) for at, head in enumerate(heads) if _bare(head)}
    found: list[int | None] = [None] * len(targets)
    for fits in (_is_same, _is_grouped, _is_label, _is_part):
        for at, target in enumerate(targets):
            if found[at] is None and free:
                named = [place for place, name in free.items() if fits(name, target)]
                if len(named) == 1:
                    found[at] = named[0]
                    del free[named[0]]
    return found


def in_order(lines: Lines, targets: Sequence[Target], order: Sequence[int]) -> list[int | None]:
    """One column after the other into those of the table in an order, for a sheet without heads."""
    free = [at for at in order if targets[at].takes]
    found: list[int | None] = [None] * len(targets)
    for place, at in zip(range(len(lines.columns)), free, strict=False):
        found[at] = place
    return found


def rows_of(
    lines: Lines, head: Head, places: Sequence[int | None], targets: Sequence[Target], fits: Fits
) -> list[Row]:
    """The texts for the table, row by row; figures carry the unit said for them, when one is."""
    return ended(row_steps(lines, head, places, targets, fits))


def row_steps(
    lines: Lines, head: Head, places: Sequence[int | None], targets: Sequence[Target], fits: Fits
) -> Generator[None, None, list[Row]]:
    """`rows_of` with pauses: thousands of rows take a while."""
    said = _said(head, places, targets)
    units = [
        "" if at is None else head.units[at] or unit_among(said, target.unit, fits)
        for at, target in zip(places, targets, strict=True)
    ]
    saying = next((at for at, t in zip(places, targets, strict=True) if t.units), None)
    naming = next((at for at, t in zip(places, targets, strict=True) if t.names), None)
    found: list[Row] = []
    wanted = list(zip(places, units, targets, strict=True))
    for read, (number, texts) in enumerate(zip(lines.numbers, lines.rows, strict=True), start=1):
        if not read % _ROWS_AT_ONCE:
            yield
        if number <= head.last:
            continue
        own = sheet_unit(texts[saying]) if saying is not None else ""
        own = own or (_unit(texts[naming], fits) if naming is not None else "")
        row = tuple(
            None if at is None else with_unit(texts[at], own or unit, target)
            for at, unit, target in wanted
        )
        if any(text and text.strip() for text in row):
            found.append(Row(number, row, is_sum(texts), said))
    return found


def is_sum(texts: Sequence[str]) -> bool:
    """Whether a row adds up others: 合计, 小计 or the like stands near its beginning."""
    if not any("计" in text for text in texts):
        return False
    said = [text for text in texts if text.strip()]
    return any(_SUM.fullmatch("".join(text.split())) for text in said[:_SUM_WITHIN])


def unplaced(lines: Lines, head: Head, places: Sequence[int | None]) -> tuple[int, ...]:
    """The places of columns that hold something and go nowhere; row numbers are not missed."""
    rows = [row for n, row in zip(lines.numbers, lines.rows, strict=True) if n > head.last]
    return tuple(
        at
        for at, text in enumerate(head.texts)
        if at not in places
        and not _NUMBERED.fullmatch(_bare(text))
        and any(row[at].strip() for row in rows)
    )


def rows_by_name(texts: Sequence[str], names: Sequence[str]) -> list[int | None]:
    """For each text the place of the name it means, each used once; None where it means none."""
    found: list[int | None] = [None] * len(texts)
    targets = [Target(name.removeprefix("其中：")) for name in names]
    plain = [re.sub(r"^\s*其中\s*[:：]", "", text) for text in texts]
    for at, place in enumerate(matched(plain, targets)):
        if place is not None:
            found[place] = at
    return found


def unit_among(said: Sequence[str], wanted: str, fits: Fits) -> str:
    """The first unit that can stand for a wanted one; "" when none can."""
    return next((unit for unit in said if wanted and fits(unit, wanted)), "")


def with_unit(text: str, unit: str, target: Target) -> str:
    """A bare figure with its unit; any other text as it is."""
    if not unit or not target.is_numeric:
        return text
    figure = plain_figure(text)
    is_bare = not figure.unit and _DIGITS.fullmatch(figure.digits)
    return replace(figure, unit=unit).text if is_bare else text


def column_letters(column: int) -> str:
    """The name of a column in Excel."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_value(text: str) -> bool:
    digits = plain_figure(text).digits if text[:1] in _FIRST_OF_FIGURES and text else ""
    return bool(_DIGITS.fullmatch(digits)) and not _YEAR.fullmatch(digits)


def _named(heads: Sequence[str], targets: Sequence[Target]) -> int:
    """How many columns heads name; one bare number alone may be a year in a row of values."""
    found = [_bare(heads[place]) for place in matched(heads, targets) if place is not None]
    bare = sum(text.isdigit() for text in found)
    return len(found) - (bare == 1)


def _together(above: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Two rows of heads as one: a group stands in the first of its columns only."""
    group, texts = "", list[str]()
    for over, text in zip(above, own, strict=True):
        if over.strip():
            group = over.strip()
        elif not text.strip():
            group = ""
        texts.append(f"{group}{text.strip()}" if text.strip() else over)
    return tuple(texts)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub("", _BRACKETS.sub("", plain))


def _is_same(name: str, target: Target) -> bool:
    return name in (_bare(target.group + target.label), _bare(target.label + target.group))


def _is_grouped(name: str, target: Target) -> bool:
    group = _bare(target.group.rpartition("·")[2])
    return bool(group) and name != group and _bare(target.label) in name and group in name


def _is_label(name: str, target: Target) -> bool:
    return name == _bare(target.label)


def _is_part(name: str, target: Target) -> bool:
    label = _bare(target.label)
    if name.isdigit() and not _YEAR.fullmatch(name):
        return False
    least = 2
    return min(len(name), len(label)) >= least and (name in label or label in name)


def _unit(head: str, fits: Fits) -> str:
    """The unit in a head: in its last brackets, behind 单位： or behind a stroke."""
    brackets = _BRACKETS.findall(head)
    said = _UNIT_SAID.findall(head) or brackets[-1:]
    if said:
        unit = sheet_unit(said[-1])
        return unit if fits(unit, unit) or _SEEMS_UNIT.fullmatch(unit) else ""
    behind = _BEHIND_SLASH.fullmatch(" ".join(head.split()))
    unit = sheet_unit(behind[1]) if behind else ""
    return unit if unit and fits(unit, unit) else ""


def _are_units(texts: Sequence[str], fits: Fits) -> bool:
    """Whether a row holds nothing but units, as tables have it below their heads."""
    said = [sheet_unit(text) for text in texts if text.strip()]
    return bool(said) and all(not unit or fits(unit, unit) for unit in said) and any(said)


def _is_title(row: Sequence[str]) -> bool:
    """Whether a row above a table is no part of it: one text, or another with a unit behind it."""
    texts = [text for text in row if text.strip()]
    few = 2
    return len(texts) == 1 or (
        len(texts) == few and bool(_UNIT_SAID.match(texts[-1].strip("（( ")))
    )


def _said(head: Head, places: Sequence[int | None], targets: Sequence[Target]) -> tuple[str, ...]:
    """The units said for all figures: above the heads, or over the names and units of rows."""
    over = (
        head.units[at]
        for at, target in zip(places, targets, strict=True)
        if at is not None and (target.names or target.units)
    )
    return (*head.for_all, *(unit for unit in over if unit))
