"""Prose line by line: what each line of a stored narrative is, how it is spelled, and back.

The one place that knows the marks of the subset. Reading and writing again gives the same text,
letter by letter: blanks that nobody sees are kept beside what they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from forms.picture_marks import PictureMark, read_mark

INDENT = " \t\u3000"
_HEADING = re.compile(r"(#{1,6})([ \t\u3000]+)(.+)")
_BULLET = re.compile(r"(-)([ \t\u3000]+)(.+)")
_NUMBERED = re.compile(r"([0-9]{1,9})\.([ \t\u3000]+)(.+)")
_RULER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?")
_MARKED = "#-!0123456789"  # how a line begins that may be more than text


class LineKind(Enum):
    """What a line of prose is; all lines of a table are one."""

    TEXT = 0
    HEADING = 1
    SUBHEADING = 2
    BULLET = 3
    NUMBERED = 4
    TABLE = 5
    PICTURE = 6


HEADINGS = (LineKind.HEADING, LineKind.SUBHEADING)
ITEMS = (LineKind.BULLET, LineKind.NUMBERED)
ALONE = (LineKind.TABLE, LineKind.PICTURE)  # alone in their lines
_MARKS = {LineKind.HEADING: "#", LineKind.SUBHEADING: "##", LineKind.BULLET: "-"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """What of a line's spelling nobody sees: blanks around it and behind its mark, deep marks."""

    lead: str = ""
    mark: str = ""  # "": the usual one
    gap: str = " "
    tail: str = ""


USUAL = Spelling()


@dataclass(frozen=True, slots=True)
class ProseLine:
    """One line: its kind, its text without the mark, its spelling, and whether it counts anew.

    The text of a table is all of its lines as stored, that of a picture its mark.
    """

    kind: LineKind
    text: str
    spelling: Spelling = USUAL
    restarts: bool = False


@dataclass(slots=True)
class Counting:
    """Counts the items of lists, line by line."""

    count: int = 0

    def of(self, kind: LineKind, *, is_blank: bool, restarts: bool) -> int:
        """The number of the next line; 0 for what is no numbered item."""
        if kind is LineKind.NUMBERED:
            if is_blank:
                return 0
            self.count = 1 if restarts else self.count + 1
            return self.count
        if not is_blank:
            self.count = 0
        return 0


def read_lines(text: str) -> Iterator[ProseLine]:
    """The lines of a narrative; anything at all can be read."""
    raw = text.split("\n")
    lines = [line.strip(INDENT) for line in raw]
    place = count = 0
    while place < len(raw):
        line = lines[place]
        if line.startswith("|") and _starts_table(lines, place):
            end = _table_end(lines, place)
            yield ProseLine(LineKind.TABLE, "\n".join(raw[place:end]))
            place, count = end, 0
            continue
        made = _marked(raw[place], line, count) if line and line[0] in _MARKED else None
        if made is not None and made.kind is LineKind.NUMBERED:
            count = 1 if made.restarts else count + 1
        elif line:
            count = 0
        yield made or ProseLine(LineKind.TEXT, raw[place])
        place += 1


def numbered_items(text: str) -> dict[int, tuple[int, str]]:
    """By line the number and the text of each item of the numbered lists of a narrative."""
    found: dict[int, tuple[int, str]] = {}
    counting, place = Counting(), 0
    for line in read_lines(text):
        blank = is_blank(line.text)
        number = counting.of(line.kind, is_blank=blank, restarts=line.restarts)
        if number:
            found[place] = number, line.text
        place += line.text.count("\n") + 1
    return found


def starts_table(text: str, line: int) -> bool:
    """Whether the head of a table stands in a line of a narrative, its ruler below it."""
    lines = [each.strip(INDENT) for each in text.split("\n")]
    return lines[line].startswith("|") and _starts_table(lines, line)


def write_lines(lines: Iterable[ProseLine]) -> str:
    """The stored text of lines."""
    counting = Counting()
    return "\n".join(_counted(counting, line) for line in lines)


def write_line(line: ProseLine, number: int) -> str:
    """One line as it is stored; an item or heading without text is an empty line."""
    if line.kind in (LineKind.TEXT, LineKind.TABLE):
        return line.text
    spelling = line.spelling
    if line.kind is LineKind.PICTURE:
        return f"{spelling.lead}{line.text}{spelling.tail}"
    if is_blank(line.text):
        return ""
    mark = f"{number}." if line.kind is LineKind.NUMBERED else _MARKS[line.kind]
    return f"{spelling.lead}{spelling.mark or mark}{spelling.gap}{line.text}{spelling.tail}"


def is_blank(text: str) -> bool:
    """Whether nothing is written in a line."""
    return not text.strip(INDENT)


def picture_of(mark: str) -> PictureMark:
    """What the line of a picture says of it."""
    found = read_mark(mark.strip(INDENT))
    assert found is not None
    return found


def _counted(counting: Counting, line: ProseLine) -> str:
    number = counting.of(line.kind, is_blank=is_blank(line.text), restarts=line.restarts)
    return write_line(line, number)


def _marked(raw: str, line: str, count: int) -> ProseLine | None:
    """The line as what its mark says; None for one that is text after all."""
    lead = raw[: len(raw) - len(raw.lstrip(INDENT))]
    tail = raw[len(lead) + len(line) :]
    if found := _HEADING.fullmatch(line):
        kind = LineKind.HEADING if len(found[1]) == 1 else LineKind.SUBHEADING
        mark = "" if found[1] == _MARKS[kind] else found[1]
        return ProseLine(kind, found[3], Spelling(lead, mark, found[2], tail))
    if found := _BULLET.fullmatch(line):
        return ProseLine(LineKind.BULLET, found[3], Spelling(lead, "", found[2], tail))
    if found := _NUMBERED.fullmatch(line):
        spelling = Spelling(lead, "", found[2], tail)
        if found[1] == str(count + 1):
            return ProseLine(LineKind.NUMBERED, found[3], spelling)
        return ProseLine(LineKind.NUMBERED, found[3], spelling, True) if found[1] == "1" else None
    if line.startswith("![") and read_mark(line) is not None:
        return ProseLine(LineKind.PICTURE, line, Spelling(lead, "", " ", tail))
    return None


def _starts_table(lines: list[str], start: int) -> bool:
    if start + 1 >= len(lines):
        return False
    ruler = lines[start + 1]
    return "|" in ruler and _RULER.fullmatch(ruler) is not None


def _table_end(lines: list[str], start: int) -> int:
    end = start + 2
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return end
