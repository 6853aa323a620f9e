"""Every mark of a text in one row: what an editor shows as chips and paper prints as runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from forms.inline.footnotes import PlacedNote, notes_in
from forms.inline.references import PlacedReference, references_in
from forms.live_figures.marks import Placed, live_figures_in

Mark: TypeAlias = Placed | PlacedReference | PlacedNote


def may_hold_marks(text: str) -> bool:
    """Whether a text is worth a closer look; most texts hold no mark at all."""
    return "{{" in text or "^[" in text


def marks_in(text: str) -> tuple[Mark, ...]:
    """The marks of a text from left to right; what stands inside a footnote belongs to it."""
    return _marks_in(text) if may_hold_marks(text) else ()


@lru_cache(maxsize=1024)
def _marks_in(text: str) -> tuple[Mark, ...]:
    marks = (*live_figures_in(text), *references_in(text), *notes_in(text))
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return tuple(found)


def with_marks(text: str, put: Callable[[Mark], str]) -> str:
    """The text with each mark replaced by what `put` gives for it."""
    return "".join(piece if isinstance(piece, str) else put(piece) for piece in pieces_of(text))


def pieces_of(text: str) -> Iterator[str | Mark]:
    """A text as its stretches of letters and its marks, in order; nothing is left out."""
    end = 0
    for mark in marks_in(text):
        if mark.start > end:
            yield text[end : mark.start]
        yield mark
        end = mark.end
    if end < len(text):
        yield text[end:]


def apart(text: str) -> str:
    """The text with each footnote taken out and put below its line, as a line of its own."""
    if "^[" not in text:
        return text
    return "\n".join(line for each in text.split("\n") for line in _lines(each))


def without_notes(text: str) -> str:
    """The text with its footnotes left out."""
    return "\n".join(next(_lines(line)) for line in text.split("\n"))


def _lines(line: str) -> Iterator[str]:
    notes: list[str] = []
    said: list[str] = []
    for piece in pieces_of(line):
        if isinstance(piece, PlacedNote):
            notes.append(piece.note.text)
        else:
            said.append(piece if isinstance(piece, str) else piece.source)
    yield "".join(said)
    yield from notes
