"""Leftovers of writing: placeholders nobody filled in, and paragraphs standing in two places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from forms.address import Address, Cell
from forms.answers import SectionAnswers
from forms.checks.finding import Finding, Step
from forms.checks.rows import in_row_order
from forms.inline.marks import apart, with_marks
from forms.inline.reading import filled
from forms.kinds import Narrative, Text
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

_QUICK = re.compile(r"[XxＸ]{2}|××|待[补填]|某某|……|\.\.\.|___|＿＿＿|TB[DC]|TODO")
_Paragraph = tuple[str, Address]
_EMPTY: dict[Cell, Value] = {}


def leftovers(view: PlanView) -> Iterator[Step]:
    """Placeholders in texts, and long paragraphs that two narratives have in common."""
    fields: list[_Paragraph] = []
    tables: list[_ByRow] = []
    for key, section in view.answers.sections.items():
        if not view.shows_section(view.pack.index.sections[key]):
            continue
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
                long = partial(_paragraphs_in, view, home)
                tables.append(_filled(view, home, view.by_rows(RULE_REPEATED, home, long)))
    yield None
    for before, address in _repetitions(view, fields, tuple(tables)):
        yield _repeated(view, before, address)


_ByRow = Mapping[str, tuple[_Paragraph, ...]]
_Pairs = list[tuple[Address, Address]]


def _filled(view: PlanView, home: Address, lines: _ByRow) -> _ByRow:
    """The same paragraphs as they are read; untouched, and the very same, without live figures."""
    if not view.once("marked paragraphs", home, (lines,), partial(_is_marked, lines)):
        return lines
    return {
        place: tuple((_squeezed(filled(view, text)), address) for text, address in part)
        for place, part in lines.items()
    }


def _is_marked(lines: _ByRow) -> bool:
    return any("{{" in text for part in lines.values() for text, _ in part)


def _repetitions(view: PlanView, fields: list[_Paragraph], tables: tuple[_ByRow, ...]) -> _Pairs:
    """Where a paragraph stands a second time, with where it stood first.

    Tables may hold thousands of rows and seldom change: they are gone through apart.
    """
    found, first = view.once(RULE_REPEATED, "", tables, partial(_first_in, tables))
    pairs, here = list(found), dict[str, Address]()
    for text, address in fields:
        before = here.setdefault(text, first.get(text, address))
        if before.table != address.table:
            pairs.append((before, address))
    return pairs


def _first_in(tables: tuple[_ByRow, ...]) -> tuple[_Pairs, dict[str, Address]]:
    first: dict[str, Address] = {}
    found: _Pairs = []
    for text, address in (line for rows in tables for part in rows.values() for line in part):
        before = first.setdefault(text, address)
        if before.table != address.table:
            found.append((before, address))
    return found, first


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _of_fields(
    view: PlanView, key: str, section: SectionAnswers, shown: tuple[str, ...]
) -> tuple[tuple[Finding, ...], tuple[_Paragraph, ...]]:
    """The placeholders and the long paragraphs in the visible fields of a section."""
    found: list[Finding] = []
    paragraphs: list[_Paragraph] = []
    for item in shown:
        address, text = Address(key, item), section.fields[item]
        slot = slot_at(view.pack, address) if isinstance(text, str) else None
        if slot is not None and _is_text(slot):
            found += _placeholders(slot, str(text), address)
            paragraphs += _paragraphs(slot, str(text), address)
    return tuple(found), tuple(paragraphs)


_Texts = Iterator[tuple[Slot, str, Address]]


def _placeholders_in(
    view: PlanView, home: Address, rows: Sequence[str]
) -> dict[str, tuple[Finding, ...]]:
    cells = view.answers.table(home).rows
    texts = (
        (row, "\n".join(v for v in cells.get(row, _EMPTY).values() if isinstance(v, str)))
        for row in rows
    )
    suspects = [row for row, text in texts if _QUICK.search(text) is not None]
    found: dict[str, tuple[Finding, ...]] = {}
    for slot, text, address in _texts_in(view, home, suspects, _is_suspect):
        left = _placeholders(slot, text, address)
        if left:
            found[address.row] = (*found.get(address.row, ()), *left)
    return found


def _paragraphs_in(
    view: PlanView, home: Address, rows: Sequence[str]
) -> dict[str, tuple[_Paragraph, ...]]:
    found: dict[str, tuple[_Paragraph, ...]] = {}
    for slot, text, address in _texts_in(view, home, rows, _is_long):
        lines = _paragraphs(slot, text, address)
        if lines:
            found[address.row] = (*found.get(address.row, ()), *lines)
    return found


def _is_suspect(slot: Slot, text: str) -> bool:
    del slot
    return _QUICK.search(text) is not None


def _is_long(slot: Slot, text: str) -> bool:
    return len(text) >= _LONG_PARAGRAPH and isinstance(slot.kind, Narrative)


def _texts_in(
    view: PlanView, home: Address, rows: Sequence[str], is_worth: Callable[[Slot, str], bool]
) -> _Texts:
    """The texts typed into some rows that are worth a closer look."""
    cells = view.answers.table(home).rows
    texts: tuple[tuple[Cell, Slot], ...] | None = None
    for row in rows:
        if texts is None or not _has_rows_alike(view, home):
            texts = tuple(_text_cells(view, home, row))
        typed = cells.get(row, {})
        for cell, slot in texts:
            value = typed.get(cell)
            if isinstance(value, str) and is_worth(slot, value):
                yield slot, value, home.at(row, *cell)


def _has_rows_alike(view: PlanView, home: Address) -> bool:
    return isinstance(view.pack.index.items[home.section, home.item], Table)


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
    if _QUICK.search(text) is None:
        return ()
    text = with_marks(apart(text), lambda _: "")  # what a mark prints stands elsewhere
    left = tuple(dict.fromkeys(match[0] for match in _PLACEHOLDER.finditer(text)))
    return (_placeholder(slot.label, left, address),) if left else ()


def _paragraphs(slot: Slot, text: str, address: Address) -> tuple[_Paragraph, ...]:
    if not isinstance(slot.kind, Narrative):
        return ()
    lines = (_squeezed(line) for line in apart(text).splitlines())
    return tuple((line, address) for line in lines if len(line) >= _LONG_PARAGRAPH)


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
