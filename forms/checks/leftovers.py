"""Leftovers of writing: placeholders nobody filled in, and paragraphs standing in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from forms.address import Address, Cell
from forms.answers import SectionAnswers
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.inline.marks import apart, with_marks
from forms.inline.reading import filled
from forms.joined import JoinedTexts, texts_of
from forms.kinds import Narrative, Text
from forms.picture_marks import read_mark
from forms.places import slot_at
from forms.schema import INDICATOR_TEXTS, IndicatorTable, Severity, Table
from forms.slots import Slot, slot_key
from forms.values import Value
from forms.view import PlanView

RULE_PLACEHOLDER = "LFT-001"
RULE_REPEATED = "LFT-002"
_LONG_PARAGRAPH = 60  # shorter ones may rightly be said twice
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸ]{2,}(?![A-Za-z])|×{2,}|待补充?|待填写?|某{2,}|……|\.{3,}|_{3,}|＿{2,}"
    r"|(?<![A-Za-z])(?:TBD|TBC|TODO)(?![A-Za-z])"
)

_TOLD_BY = (  # one of these stands in every placeholder
    *(one + other for one in "XxＸ" for other in "XxＸ"),
    *("××", "待补", "待填", "某某", "……", "...", "___", "＿＿＿", "TBD", "TBC", "TODO"),
)
_EMPTY: dict[Cell, Value] = {}
_Place = tuple[Address, str, str]  # table, row, column


def leftovers(view: PlanView) -> Iterator[Step]:
    """Placeholders in texts, and long paragraphs that two narratives have in common."""
    fields: list[tuple[str, Address]] = []
    tables: list[_Prose] = []
    for key, section in view.answers.sections.items():
        known = view.pack.index.sections.get(key)
        if known is None or not view.shows_section(known):
            continue  # kept aside, or of a later pack
        yield None
        shown = tuple(item for item in section.fields if _is_shown(view, Address(key, item)))
        read = partial(_of_fields, view, key, section, shown)
        found, lines = view.once("texts of fields", key, (section.fields, shown), read)
        yield from found
        for text, where in lines:
            fields.append((_squeezed(filled(view, text)) if "{{" in text else text, where))
        for home in (Address(key, item) for item in section.tables):
            if _is_shown(view, home):
                left = view.by_rows(RULE_PLACEHOLDER, home, partial(_placeholders_in, view, home))
                for findings in in_row_order(view, home, left):
                    yield from findings
                tables.append((home, view.rows(home), tuple(_columns(view, home))))
    yield None
    for before, address in _repetitions(view, fields, tuple(tables)):
        yield _repeated(view, before, address)


_Columns = tuple[tuple[str, Mapping[str, str]], ...]  # each with the long lines of its rows
_Prose = tuple[Address, tuple[str, ...], _Columns]  # of a table of rows
_Pairs = list[tuple[Address, Address]]


def _columns(view: PlanView, home: Address) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The long paragraphs in each column of prose, as they are read."""
    item = view.pack.index.items[home.section, home.item]
    for column in item.columns if isinstance(item, Table) else ():
        if isinstance(column.kind, Narrative) and column.years is None:
            what = f"{RULE_REPEATED} {column.key}"
            lines = view.by_rows(what, home, partial(_paragraphs_in, view, home, column.key))
            yield column.key, _filled(view, what, home, lines)


def _filled(
    view: PlanView, what: str, home: Address, lines: Mapping[str, str]
) -> Mapping[str, str]:
    """The same paragraphs as they are read; untouched, and the very same, without live figures."""
    if not view.once(what, home, (lines,), partial(_is_marked, lines)):
        return lines
    return {
        row: "\n".join(_squeezed(filled(view, line)) for line in text.split("\n"))
        for row, text in lines.items()
    }


def _is_marked(lines: Mapping[str, str]) -> bool:
    return any("{{" in text for text in lines.values())


def _repetitions(
    view: PlanView, fields: list[tuple[str, Address]], tables: tuple[_Prose, ...]
) -> _Pairs:
    """Where a paragraph stands a second time, with where it stood first.

    Tables may hold thousands of rows and seldom change: they are gone through apart.
    """
    found, first = view.once(RULE_REPEATED, "", tables, partial(_first_in, tables))
    pairs, here = list(found), dict[str, Address]()
    for text, address in fields:
        place = first.get(text)
        before = here.setdefault(text, _address(place) if place else address)
        if before.table != address.table:
            pairs.append((before, address))
    return pairs


def _first_in(tables: tuple[_Prose, ...]) -> tuple[_Pairs, dict[str, _Place]]:
    first: dict[str, _Place] = {}
    found: _Pairs = []
    lines = (
        (line, (home, row, column))
        for home, rows, columns in tables
        for row in rows
        for column, texts in columns
        if row in texts
        for line in texts[row].split("\n")
    )
    for line, place in lines:
        before = first.setdefault(line, place)
        if before[0] is not place[0]:
            found.append((_address(before), _address(place)))
    return found, first


def _address(place: _Place) -> Address:
    home, row, column = place
    return home.at(row, column)


def _squeezed(text: str) -> str:
    words = text.replace(" ", "").split()  # mostly there are no other blanks
    return words[0] if len(words) == 1 else "".join(words)


def _of_fields(
    view: PlanView, key: str, section: SectionAnswers, shown: tuple[str, ...]
) -> tuple[tuple[Finding, ...], tuple[tuple[str, Address], ...]]:
    """The placeholders and the long paragraphs in the visible fields of a section."""
    found: list[Finding] = []
    paragraphs: list[tuple[str, Address]] = []
    for item in shown:
        address, text = Address(key, item), section.fields[item]
        slot = slot_at(view.pack, address) if isinstance(text, str) else None
        if slot is not None and _is_text(slot):
            found += _placeholders(slot, str(text), address)
            if isinstance(slot.kind, Narrative):
                paragraphs += ((line, address) for line in _paragraphs(str(text)))
    return tuple(found), tuple(paragraphs)


def _placeholders_in(
    view: PlanView, home: Address, rows: Sequence[str]
) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for some, cell, slot, joined in _texts_in(view, home, rows):
        for number in sorted(joined.with_any(_TOLD_BY)):
            row = some[number]
            left = _placeholders(slot, joined.texts[number], home.at(row, *cell))
            if left:
                found[row] = (*found.get(row, ()), *left)
    return found


def _paragraphs_in(
    view: PlanView, home: Address, column: str, rows: Sequence[str]
) -> dict[str, str]:
    """The long paragraphs in a column, those of a row one below the other."""
    found: dict[str, str] = {}
    for row, text in zip(rows, view.figures.columns.texts(home, column, rows).texts, strict=True):
        lines = _paragraphs(text) if len(text) >= _LONG_PARAGRAPH else ()
        if lines:
            found[row] = "\n".join(lines)
    return found


_Texts = tuple[Sequence[str], Cell, Slot, JoinedTexts]


def _texts_in(view: PlanView, home: Address, rows: Sequence[str]) -> Iterator[_Texts]:
    """The texts typed into some rows: by column where the rows are alike, else cell by cell."""
    is_alike = isinstance(view.pack.index.items[home.section, home.item], Table)
    answers = view.answers.table(home).rows
    for some in (rows,) if is_alike else ((row,) for row in rows):
        for cell, slot in _text_cells(view, home, some[0]) if some else ():
            if slot.is_plain and is_alike:
                yield some, cell, slot, view.figures.columns.texts(home, cell[0], some)
            else:
                typed = [answers.get(row, _EMPTY).get(cell) for row in some]
                yield some, cell, slot, JoinedTexts(texts_of(typed))


def _text_cells(view: PlanView, home: Address, row: str) -> Iterator[tuple[Cell, Slot]]:
    """The cells of a row that hold texts."""
    item = view.pack.index.items[home.section, home.item]
    columns: tuple[str, ...] = INDICATOR_TEXTS if isinstance(item, IndicatorTable) else ()
    if isinstance(item, Table):
        columns = tuple(column.key for column in item.columns)
    for column in columns:
        slot = view.pack.index.slots.get(slot_key(item, home.at(row, column)))
        if slot is not None and slot.years is None and _is_text(slot):
            yield (column, 0), slot


def _is_shown(view: PlanView, address: Address) -> bool:
    item = view.pack.index.items.get((address.section, address.item))
    return item is not None and view.shows_item(item)


def _is_text(slot: Slot) -> bool:
    return isinstance(slot.kind, Text | Narrative)


def _placeholders(slot: Slot, text: str, address: Address) -> tuple[Finding, ...]:
    if not any(map(text.__contains__, _TOLD_BY)):
        return ()
    text = with_marks(apart(text), lambda _: "")  # what a mark prints stands elsewhere
    left = tuple(dict.fromkeys(match[0] for match in _PLACEHOLDER.finditer(text)))
    return (_placeholder(slot.label, left, address),) if left else ()


def _paragraphs(text: str) -> list[str]:
    """The long lines of a text without their blanks; a picture may stand in two texts."""
    found: list[str] = []
    for line in apart(text).splitlines():
        if len(line) >= _LONG_PARAGRAPH and read_mark(line.strip()) is None:
            told = _squeezed(line)
            if len(told) >= _LONG_PARAGRAPH:
                found.append(told)
    return found


def _placeholder(label: str, left: tuple[str, ...], address: Address) -> Finding:
    named = "、".join(f"“{text}”" for text in left)
    sentence = f"“{label}”中还有占位文字{named}。"
    remedy = "补上实际内容，或删去占位文字。"
    return Finding(RULE_PLACEHOLDER, Severity.MUST, sentence, remedy, (address,))


def _repeated(view: PlanView, before: Address, address: Address) -> Finding:
    here, there = _called(view, address), _called(view, before)
    sentence = f"{here}有一段与{there}完全相同。"
    remedy = "保留一处，另一处改写或删去。"
    return Finding(RULE_REPEATED, Severity.SHOULD, sentence, remedy, (address, before))


def _called(view: PlanView, address: Address) -> str:
    slot = slot_at(view.pack, address)
    title = view.pack.index.sections[address.section].title
    return f"“{title}”的“{slot.label if slot else ''}”"
