"""Finding and replacing words in all texts of a plan, as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from forms.address import Address, Cell
from forms.edits import SetValue
from forms.inline.marks import Mark, may_hold_marks, pieces_of
from forms.kinds import Narrative, Text
from forms.places import slot_at
from forms.prose_lines import LineKind, read_lines
from forms.schema import Item, Table
from forms.values import Value
from forms.view import PlanView

Words = Callable[[Mark], str]
_CONTEXT = 18  # letters told on either side
_BREAK = "\n"  # no words that are looked for hold it
_AT_A_TIME = 100  # texts that are read between two pauses
_PLAIN_BRACKETS = str.maketrans("[]", "【】")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to look for; by default large and small, half and full width are alike."""

    words: str
    minds_case: bool = False
    minds_width: bool = False

    def folded(self, text: str) -> str:
        """A text as it is compared, letter by letter."""
        return text.translate(_folding(self.minds_case, self.minds_width))


class _Folding(dict[int, str]):
    """How each letter is compared, found out when it is first met."""

    def __init__(self, *, minds_case: bool, minds_width: bool) -> None:
        super().__init__()
        self._minds_case = minds_case
        self._minds_width = minds_width

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if not self._minds_width:
            char = (
                " " if code == 0x3000 else chr(code - 0xFEE0 if 0xFF01 <= code < 0xFF5F else code)
            )
        low = char.casefold()
        self[code] = char if self._minds_case or len(low) != 1 else low
        return self[code]


@lru_cache
def _folding(minds_case: bool, minds_width: bool) -> _Folding:
    return _Folding(minds_case=minds_case, minds_width=minds_width)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: in the stored text, and as it is read around it."""

    address: Address
    start: int
    end: int
    before: str
    words: str
    after: str
    kind: LineKind
    fixed: bool  # a part of it is what a mark shows: nothing there can be replaced


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    start: int
    end: int
    fixed: bool = False


def find_in_plan(view: PlanView, wanted: Wanted, words: Words) -> tuple[Hit, ...]:
    """Every place in the order of the plan; `words` says what a mark reads as."""
    return tuple(hit for hit in find_steps(view, wanted, words) if hit is not None)


def find_steps(view: PlanView, wanted: Wanted, words: Words) -> Iterator[Hit | None]:
    """The same, one place after the other; None where one may pause or give it up."""
    if not wanted.words:
        return
    for number, (address, text, is_prose) in enumerate(_texts(view), start=1):
        yield from _hits(address, text, wanted, words if is_prose else None)
        if is_prose or number % _AT_A_TIME == 0:
            yield None


def replacing(view: PlanView, hits: Iterable[Hit], by: str) -> tuple[SetValue, ...]:
    """The edits that put other words in those places; what marks show stays."""
    line = " ".join(by.split("\n"))
    edits: list[SetValue] = []
    loose = (hit for hit in hits if not hit.fixed)
    for address, group in groupby(loose, key=lambda hit: hit.address):
        text = str(view.answers.get(address) or "")
        for hit in reversed(list(group)):
            text = f"{text[: hit.start]}{_fitting(line, hit.kind)}{text[hit.end :]}"
        edits.append(SetValue(address, text if text.strip() else None))
    return tuple(edits)


def _fitting(words: str, kind: LineKind) -> str:
    """Words as they may stand in a cell or a caption."""
    if kind is LineKind.TABLE:
        return words.replace("|", "\\|")
    return words.translate(_PLAIN_BRACKETS) if kind is LineKind.PICTURE else words


def _texts(view: PlanView) -> Iterator[tuple[Address, str, bool]]:
    """Every typed text that is shown, and whether it is prose, in the order of the plan."""
    for section in view.pack.sections():
        if view.shows_section(section):
            fields = view.answers.section(section.key).fields
            for item in section.items:
                if not view.shows_item(item):
                    continue
                at = Address(section.key, item.key)
                typed = _typed(view, at, fields.get(item.key))
                if typed is not None:
                    yield at, *typed
                yield from _texts_in_rows(view, at, item)


def _texts_in_rows(view: PlanView, at: Address, item: Item) -> Iterator[tuple[Address, str, bool]]:
    rows = view.answers.table(at).rows
    if not rows:
        return
    shown = view.rows(at)
    columns: dict[Cell, bool | None] = {}  # of a table of rows: whether they hold prose or no text
    is_alike = isinstance(item, Table)
    for row in dict.fromkeys((*shown, *rows)):
        for cell, value in rows.get(row, {}).items():
            if not isinstance(value, str):
                continue
            if not is_alike or cell not in columns:
                columns[cell] = _is_prose(view, at.at(row, *cell))
            is_prose = columns[cell]
            if is_prose is not None:
                yield at.at(row, *cell), value, is_prose


def _typed(view: PlanView, at: Address, value: Value | None) -> tuple[str, bool] | None:
    is_prose = _is_prose(view, at) if isinstance(value, str) else None
    return (str(value), is_prose) if is_prose is not None else None


def _is_prose(view: PlanView, address: Address) -> bool | None:
    """Whether prose is typed there; None where no text is."""
    slot = slot_at(view.pack, address)
    if slot is None or not isinstance(slot.kind, Text | Narrative):
        return None
    return isinstance(slot.kind, Narrative)


def _hits(address: Address, text: str, wanted: Wanted, words: Words | None) -> Iterator[Hit]:
    sought = wanted.folded(wanted.words)
    may = may_hold_marks(text) and words is not None
    if not may and sought not in wanted.folded(text):
        return
    for kind, letters in _stretches(text, words):
        read = "".join(letter.char for letter in letters)
        folded = wanted.folded(read)
        at = folded.find(sought)
        while at >= 0:
            end = at + len(sought)
            yield Hit(
                address,
                letters[at].start,
                letters[end - 1].end,
                read[max(0, at - _CONTEXT) : at].rpartition(_BREAK)[2],
                read[at:end],
                read[end : end + _CONTEXT].partition(_BREAK)[0],
                kind,
                any(letter.fixed for letter in letters[at:end]),
            )
            at = folded.find(sought, end)


def _stretches(text: str, words: Words | None) -> Iterator[tuple[LineKind, list[_Letter]]]:
    """The lines of a text as they are read, without the marks of their shape."""
    if words is None:
        yield LineKind.TEXT, _letters(text, 0, None)
        return
    start = 0
    raw = text.split("\n")
    at = 0
    for line in read_lines(text):
        count = line.text.count("\n") + 1 if line.kind is LineKind.TABLE else 1
        length = sum(map(len, raw[at : at + count])) + count - 1
        match line.kind:
            case LineKind.TABLE:
                yield line.kind, _table_letters(raw[at : at + count], start, words)
            case LineKind.PICTURE:
                caption = line.text[2 : line.text.index("](")]
                begin = start + len(line.spelling.lead) + 2
                yield line.kind, _letters(caption, begin, words)
            case _:
                begin = start + length - len(line.text)
                begin -= len(line.spelling.tail) if line.kind is not LineKind.TEXT else 0
                yield line.kind, _letters(line.text, begin, words)
        start += length + 1
        at += count


def _table_letters(rows: list[str], start: int, words: Words) -> list[_Letter]:
    """The cells of a table, breaks between them; the ruler below its head is not read."""
    letters: list[_Letter] = []
    for number, row in enumerate(rows):
        if number != 1:
            letters += [
                each if each.fixed or each.char != "|" else _Letter(_BREAK, each.start, each.end)
                for each in _letters(row, start, words)
            ]
        letters.append(_Letter(_BREAK, start + len(row), start + len(row)))
        start += len(row) + 1
    return letters


def _letters(text: str, start: int, words: Words | None) -> list[_Letter]:
    letters: list[_Letter] = []
    at = start
    for piece in pieces_of(text) if words is not None else (text,):
        if isinstance(piece, str):
            letters += [_Letter(char, at + n, at + n + 1) for n, char in enumerate(piece)]
            at += len(piece)
        else:
            end = at + len(piece.source)
            shown = words(piece) if words is not None else ""
            letters += [_Letter(char, at, end, True) for char in shown]
            at = end
    return letters
