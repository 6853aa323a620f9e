"""Leftovers of writing: placeholders nobody filled in, and paragraphs standing in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from forms.address import Address
from forms.answers import SectionAnswers
from forms.checks.finding import Finding, Step
from forms.kinds import Narrative, Text
from forms.live_figures import filled
from forms.live_figures.marks import with_marks
from forms.places import slot_at
from forms.schema import Severity
from forms.values import Value
from forms.view import PlanView

RULE_PLACEHOLDER = "LFT-001"
RULE_REPEATED = "LFT-002"
_LONG_PARAGRAPH = 60  # shorter ones may rightly be said twice
_BLANKS = re.compile(r"\s+")
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸ]{2,}(?![A-Za-z])|×{2,}|待补充?|待填写?|某{2,}|……|\.{3,}|_{3,}|＿{2,}"
    r"|(?<![A-Za-z])(?:TBD|TBC|TODO)(?![A-Za-z])"
)

_Paragraph = tuple[str, Address]


def leftovers(view: PlanView) -> Iterator[Step]:
    """Placeholders in texts, and long paragraphs that two narratives have in common."""
    first: dict[str, Address] = {}
    for key, section in view.answers.sections.items():
        if not view.shows_section(view.pack.index.sections[key]):
            continue
        for found, paragraphs in _parts(view, key, section):
            yield None
            yield from found
            for text, address in paragraphs:
                printed = _BLANKS.sub("", filled(view, text)) if "{{" in text else text
                before = first.setdefault(printed, address)
                if before.table != address.table:
                    yield _repeated(view, before, address)


_Part = tuple[tuple[Finding, ...], tuple[_Paragraph, ...]]


def _parts(view: PlanView, key: str, section: SectionAnswers) -> Iterator[_Part]:
    """What a section's fields hold, then what each row of its tables holds."""
    fields = {Address(key, item): value for item, value in section.fields.items()}
    yield _looked_through(view, {a: v for a, v in fields.items() if _is_shown(view, a)})
    for item, table in section.tables.items():
        if _is_shown(view, Address(key, item)):
            for row in table.rows:
                here = Address(key, item, row)
                yield view.remembered(RULE_PLACEHOLDER, here, partial(_of_row, view, here))


def _is_shown(view: PlanView, address: Address) -> bool:
    item = view.pack.index.items.get((address.section, address.item))
    return item is not None and view.shows_item(item)


def _of_row(view: PlanView, row: Address) -> _Part:
    return _looked_through(view, view.answers.row_values(row))


def _looked_through(view: PlanView, values: dict[Address, Value]) -> _Part:
    found: list[Finding] = []
    paragraphs: list[_Paragraph] = []
    for address, value in values.items():
        slot = slot_at(view.pack, address) if isinstance(value, str) else None
        if slot is None or not isinstance(slot.kind, Text | Narrative):
            continue
        text = with_marks(str(value), lambda _: "")  # what a live figure prints stands elsewhere
        left = tuple(dict.fromkeys(match[0] for match in _PLACEHOLDER.finditer(text)))
        if left:
            found.append(_placeholder(slot.label, left, address))
        if isinstance(slot.kind, Narrative):
            lines = (_BLANKS.sub("", line) for line in str(value).splitlines())
            paragraphs += ((line, address) for line in lines if len(line) >= _LONG_PARAGRAPH)
    return tuple(found), tuple(paragraphs)


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
