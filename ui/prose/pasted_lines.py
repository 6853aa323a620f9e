"""Lines from elsewhere become headings, items and tables: by what they were or how they count."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.narrative import table_source
from forms.prose_lines import HEADINGS, LineKind, ProseLine, write_lines

_LONGEST_HEADING = 40
_CHINESE = "一二三四五六七八九十百"
_FIRST = re.compile(rf"(?:[（(][{_CHINESE}]{{1,4}}[）)]|[{_CHINESE}]{{1,4}}、)[ \u3000]*(?=\S)")
_SECOND = re.compile(r"([0-9]{1,2})[.．、](?![0-9])[ \u3000]*(?=\S)")
_SIGN = re.compile(r"[•●■◆▪○▶➢\uf06c\uf0b7·-][ \t\u3000]+(?=\S)")
_ENDS = "。；，：！？;,:!?"


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line with what it was elsewhere; `level` of a heading, `is_first` of a list."""

    text: str
    kind: LineKind = LineKind.TEXT
    level: int = 0
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A table."""

    rows: tuple[tuple[str, ...], ...]


def stored_lines(pasted: Sequence[PastedLine | PastedTable]) -> str:
    """The stored text of lines and tables from elsewhere."""
    levels = [each.level for each in pasted if isinstance(each, PastedLine) and each.level]
    top = min(levels, default=0)
    lines: list[ProseLine] = []
    for place, each in enumerate(pasted):
        if isinstance(each, PastedTable):
            lines += _table(each, lines)
            continue
        below = pasted[place + 1] if place + 1 < len(pasted) else None
        above = lines[-1] if lines else None
        lines.append(_line(each, top, above, below))
    return write_lines(lines)


def shaped_text(text: str) -> str:
    """Plain text with the headings and items its numbers speak of; a lone line stays as it is."""
    lines = [PastedLine(line) for line in text.split("\n")]
    return stored_lines(lines) if len(lines) > 1 else text


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of copied sheet text; none when it is no table."""
    if "\t" not in text or "\n" not in text.strip("\r\n"):
        return ()
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter="\t") if any(row)]
    is_table = len(rows) > 1 and all(len(row) > 1 for row in rows)
    cells = ((" ".join(cell.split()) for cell in row) for row in rows)
    return tuple(map(tuple, cells)) if is_table else ()


def _table(table: PastedTable, above: list[ProseLine]) -> list[ProseLine]:
    """A table as a line; of one cell only its text; an empty line below another table."""
    if len(table.rows) == 1 and len(table.rows[0]) == 1:
        return [ProseLine(LineKind.TEXT, table.rows[0][0])]
    if max(map(len, table.rows)) == 1:  # a frame around text
        return [ProseLine(LineKind.TEXT, row[0]) for row in table.rows]
    between = [ProseLine(LineKind.TEXT, "")]
    made = [ProseLine(LineKind.TABLE, table_source(table.rows))]
    return between + made if above and above[-1].kind is LineKind.TABLE else made


def _line(
    line: PastedLine, top: int, above: ProseLine | None, below: PastedLine | PastedTable | None
) -> ProseLine:
    if line.kind is LineKind.TEXT:
        return _numbered(line.text, above, below)
    if line.kind in HEADINGS:
        return _heading(line, top)
    text = _SIGN.sub("", line.text, count=1)
    is_new = line.is_first and above is not None and above.kind is LineKind.NUMBERED
    return ProseLine(line.kind, text, restarts=line.kind is LineKind.NUMBERED and is_new)


def _heading(line: PastedLine, top: int) -> ProseLine:
    if found := _FIRST.match(line.text):
        return ProseLine(LineKind.HEADING, line.text[found.end() :])
    if found := _SECOND.match(line.text):
        return ProseLine(LineKind.SUBHEADING, line.text[found.end() :])
    kind = LineKind.HEADING if line.level == top else LineKind.SUBHEADING
    return ProseLine(kind, line.text)


def _numbered(
    text: str, above: ProseLine | None, below: PastedLine | PastedTable | None
) -> ProseLine:
    """A line that was typed with a number or a bullet of its own."""
    plain = ProseLine(LineKind.TEXT, text)
    is_short = len(text) <= _LONGEST_HEADING and text[-1:] not in _ENDS
    if found := _FIRST.match(text):
        return ProseLine(LineKind.HEADING, text[found.end() :]) if is_short else plain
    if found := _SIGN.match(text):
        return ProseLine(LineKind.BULLET, text[found.end() :])
    found = _SECOND.match(text)
    if found is None:
        return plain
    rest = text[found.end() :]
    in_list = above is not None and above.kind is LineKind.NUMBERED
    follows = isinstance(below, PastedLine) and _SECOND.match(below.text) is not None
    if is_short and not in_list and not follows:
        return ProseLine(LineKind.SUBHEADING, rest)
    if found[1] == "1":
        return replace(ProseLine(LineKind.NUMBERED, rest), restarts=in_list)
    return ProseLine(LineKind.NUMBERED, rest) if in_list else plain
