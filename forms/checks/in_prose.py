"""Where in a narrative something stands, said by the words before it."""

from __future__ import annotations

from forms.checks.narratives import Told, called
from forms.inline.footnotes import OPENS, notes_in
from forms.inline.marks import without_notes
from forms.view import PlanView

_AROUND = 12  # characters quoted, so that the place is found


def words_before(told: Told, start: int) -> str:
    """The words before a place; inside a footnote those of the note, else those of the text."""
    for note in notes_in(told.text):
        if note.start < start < note.end:
            return told.text[note.start + len(OPENS) : start]
    return without_notes(told.text[:start])


def where_in(view: PlanView, told: Told, start: int) -> str:
    """“用水说明”中“取水量”之后 -- for the beginning of a sentence."""
    line = words_before(told, start).rpartition("\n")[2]
    before = line.rpartition("}}")[2][-_AROUND:].strip()
    return f"{called(view, told)}中“{before}”之后" if before else f"{called(view, told)}中"
