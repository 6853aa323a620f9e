"""References of the prose that lead nowhere, and footnotes without text."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.finding import Finding, Step
from forms.checks.in_prose import where_in
from forms.checks.narratives import Told, naming, narratives
from forms.inline.footnotes import PlacedNote, notes_in
from forms.inline.references import PlacedReference, references_in
from forms.schema import Severity
from forms.targets import named_at
from forms.view import PlanView

RULE_GONE = "REF-001"
RULE_EMPTY = "REF-002"
RULE_NOTE = "NTE-001"
_MARKS = ("{{@", "^[")


def references(view: PlanView) -> Iterator[Step]:
    """A finding for every reference without anything printed to lead to, and every empty note."""
    for told in narratives(view, RULE_GONE, None, naming(*_MARKS)):
        if told is not None:
            for placed in references_in(told.text):
                yield _reference(view, told, placed)
            for note in notes_in(told.text):
                if not note.note.text.strip():
                    yield _empty_note(view, told, note)
        yield None


def _reference(view: PlanView, told: Told, placed: PlacedReference) -> Finding | None:
    meant = named_at(view, placed)
    if not meant.fault:
        return None
    where = where_in(view, told, placed.start)
    if not meant.is_empty:
        sentence = f"{where}的引用没有所指：{meant.fault}"
        remedy = "删去这个引用，或另选一张表、一幅图、一个标题；误删的行可以撤销。"
        return Finding(RULE_GONE, Severity.MUST, sentence, remedy, (told.address,))
    sentence = f"{where}的引用没有编号：{meant.fault}"
    remedy = "填上被引用的内容，编号会自动出现；不打算填的，删去这个引用。"
    places = (told.address, meant.home) if meant.home else (told.address,)
    return Finding(RULE_EMPTY, Severity.MUST, sentence, remedy, places)


def _empty_note(view: PlanView, told: Told, note: PlacedNote) -> Finding:
    sentence = f"{where_in(view, told, note.start)}的脚注没有文字。"
    remedy = "写上脚注的内容，或删去这个脚注。"
    return Finding(RULE_NOTE, Severity.SHOULD, sentence, remedy, (told.address,))
