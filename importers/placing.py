"""Which column of a received sheet belongs into which column of a table, and its texts there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from importers.received import Sheet, Sort

_BRACKETS = re.compile(r"[（(【\[]([^）)】\]]*)[）)】\]]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")
_BLANKS = re.compile(r"[\s·、，,:：/\-—_*＊]+")
_HEADS_WITHIN = 30
_ALPHABET = 26


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

    def below(self, row: int) -> tuple[tuple[str, ...], ...]:
        """The rows further down."""
        pairs = zip(self.numbers, self.rows, strict=True)
        return tuple(texts for number, texts in pairs if number > row)


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the plan's table: the words in its head, and whether it takes figures."""

    label: str
    group: str = ""
    is_numeric: bool = False


def lines_of(sheet: Sheet, *, hidden: bool) -> Lines:
    """The rows of a sheet that hold something, with or without what Excel does not show."""
    shown = [cell for cell in sheet.cells if hidden or not cell.hidden]
    texts = [cell for cell in shown if cell.sort not in (Sort.ERROR, Sort.UNCALCULATED)]
    columns = tuple(sorted({cell.column for cell in texts}))
    place = {column: at for at, column in enumerate(columns)}
    rows: dict[int, list[str]] = {}
    for cell in texts:
        row = rows.setdefault(cell.row, [""] * len(columns))
        row[place[cell.column]] = cell.text
    numbers = tuple(sorted(rows))
    skipped = len(sheet.cells) - len(shown)
    return Lines(columns, numbers, tuple(tuple(rows[number]) for number in numbers), skipped)


def head_row(lines: Lines, targets: Sequence[Target]) -> int:
    """The row whose texts name most columns of the table; 0 when no row names any."""
    best, most = 0, 0
    for number, texts in list(zip(lines.numbers, lines.rows, strict=True))[:_HEADS_WITHIN]:
        found = sum(place is not None for place in matched(texts, targets))
        if found > most:
            best, most = number, found
    return best


def matched(heads: Sequence[str], targets: Sequence[Target]) -> list[int | None]:
    """For each column of the table the place of the head that names it, each used once."""
    names = [_bare(head) for head in heads]
    found: list[int | None] = [None] * len(targets)
    for fits in (_is_same, _is_label, _is_part):
        for at, target in enumerate(targets):
            if found[at] is None:
                free = [n for n, name in enumerate(names) if name and n not in found]
                named = [n for n in free if fits(names[n], target)]
                if len(named) == 1:
                    found[at] = named[0]
    return found


def in_order(lines: Lines, targets: Sequence[Target]) -> list[int | None]:
    """The columns one after the other, for a sheet without heads."""
    count = len(lines.columns)
    return [at if at < count else None for at in range(len(targets))]


def block_of(
    lines: Lines, head: int, places: Sequence[int | None], targets: Sequence[Target]
) -> list[list[str]]:
    """The texts for the table, row by row; figures carry the unit that stands in their head."""
    units = [_unit(text) for text in lines.heads(head)] if head else [""] * len(lines.columns)
    block: list[list[str]] = []
    for texts in lines.below(head):
        row = [
            "" if at is None else _with_unit(texts[at], units[at], target)
            for at, target in zip(places, targets, strict=True)
        ]
        if any(text.strip() for text in row):
            block.append(row)
    return block


def column_letters(column: int) -> str:
    """The name of a column in Excel."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub("", _BRACKETS.sub("", plain))


def _is_same(name: str, target: Target) -> bool:
    return name in (_bare(target.group + target.label), _bare(target.label + target.group))


def _is_label(name: str, target: Target) -> bool:
    return name == _bare(target.label)


def _is_part(name: str, target: Target) -> bool:
    label = _bare(target.label)
    least = 2
    return min(len(name), len(label)) >= least and (name in label or label in name)


def _unit(head: str) -> str:
    found = _BRACKETS.findall(head)
    return found[-1].removeprefix("单位").strip(":： ") if found else ""


def _with_unit(text: str, unit: str, target: Target) -> str:
    is_bare = target.is_numeric and _PLAIN_NUMBER.fullmatch(text.strip())
    return f"{text.strip()}{unit}" if unit and is_bare else text
