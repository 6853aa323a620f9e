"""Prose as people read it, with its marks filled in, and where each of its characters is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from forms.address import Address
from forms.inline.footnotes import OPENS, PlacedNote, cut_escapes
from forms.inline.marks import Mark, marks_in, may_hold_marks, pieces_of, with_marks
from forms.inline.references import PlacedReference
from forms.kinds import Narrative
from forms.live_figures.marks import Placed
from forms.live_figures.showing import shown_at
from forms.places import slot_at
from forms.targets import named_at
from forms.view import PlanView

NOTE_BEFORE, NOTE_AFTER = "（注：", "）"


def said(view: PlanView, mark: Mark) -> str:
    """What a mark reads where there are neither printed numbers nor a foot of the page."""
    match mark:
        case Placed():
            return shown_at(view, mark).text
        case PlacedReference():
            return named_at(view, mark).text
        case PlacedNote():
            return f"{NOTE_BEFORE}{filled(view, mark.note.text)}{NOTE_AFTER}"
        case _:
            assert_never(mark)


def filled(view: PlanView, text: str) -> str:
    """A narrative as it is read in one piece: footnotes stand in brackets where they belong."""
    if not may_hold_marks(text):
        return text
    return with_marks(text, lambda mark: said(view, mark))


def read_text(view: PlanView, address: Address) -> str:
    """A value as people read it, prose with its marks filled in; "" for empty."""
    text = view.text(address)
    if not may_hold_marks(text):
        return text
    slot = slot_at(view.pack, address)
    return filled(view, text) if slot and isinstance(slot.kind, Narrative) else text


@dataclass(frozen=True, slots=True)
class Printed:
    """A mark where it is read: between `start` and `end` of the filled text."""

    start: int
    end: int
    placed: Mark


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the filled text and where it is stored; `whole` when it belongs together."""

    start: int
    end: int
    stored_start: int
    stored_end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class FilledProse:
    """A narrative as it is read, footnotes below their line, and the way back to what is stored."""

    stored: str
    text: str
    printed: tuple[Printed, ...] = ()
    stretches: tuple[_Stretch, ...] = ()

    def touched(self, start: int, end: int) -> tuple[Printed, ...]:
        """The marks that share a character with this stretch of the filled text."""
        return tuple(one for one in self.printed if one.start < end and start < one.end)

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the filled text is stored; a touched mark belongs to it whole."""
        if not self.stretches:
            return start, end
        return self._stored(start, at_end=False), self._stored(end, at_end=True)

    def _stored(self, position: int, *, at_end: bool) -> int:
        for one in self.stretches:
            is_in = one.start < position <= one.end if at_end else one.start <= position < one.end
            if is_in and one.whole:
                return one.stored_end if at_end else one.stored_start
            if is_in:
                return one.stored_start + position - one.start
        return self._beside(position)

    def _beside(self, position: int) -> int:
        """An end of the text, or a place between two lines."""
        before = [one for one in self.stretches if one.end <= position]
        return max(before, key=lambda one: one.end).stored_end if before else 0


def filled_prose(view: PlanView, stored: str) -> FilledProse:
    """A narrative as checks read it: figures filled in, each footnote a line below its own."""
    if not may_hold_marks(stored):
        return FilledProse(stored, stored)
    known = view.once("filled prose", "", (view,), dict[str, FilledProse])
    if stored not in known:
        known[stored] = _filled_prose(view, stored)
    return known[stored]


def _filled_prose(view: PlanView, stored: str) -> FilledProse:
    filling = _Filling(view)
    start = 0
    for number, line in enumerate(stored.split("\n")):
        if number:
            filling.put("\n", start - 1, start)
        for note in filling.line(line, start):
            filling.note(note, start)
        start += len(line) + 1
    return FilledProse(
        stored, "".join(filling.pieces), tuple(filling.printed), tuple(filling.stretches)
    )


class _Filling:
    """Fills one narrative from left to right."""

    def __init__(self, view: PlanView) -> None:
        self._view = view
        self._length = 0
        self.pieces: list[str] = []
        self.printed: list[Printed] = []
        self.stretches: list[_Stretch] = []

    def put(self, text: str, start: int, end: int, *, whole: bool = False) -> None:
        """Add a text that is stored between two places."""
        if not text and not whole:
            return
        self.stretches.append(_Stretch(self._length, self._length + len(text), start, end, whole))
        self.pieces.append(text)
        self._length += len(text)

    def line(self, line: str, offset: int) -> list[PlacedNote]:
        """Add a line that is stored from a place on; the footnotes that were left out."""
        notes: list[PlacedNote] = []
        place = 0
        for piece in pieces_of(line):
            source = piece if isinstance(piece, str) else piece.source
            start, end = offset + place, offset + place + len(source)
            if isinstance(piece, str):
                self.put(piece, start, end)
            elif isinstance(piece, PlacedNote):
                notes.append(piece)
            else:
                self._mark(piece, start, end)
            place += len(source)
        return notes

    def note(self, note: PlacedNote, offset: int) -> None:
        """Add a footnote as a line of its own."""
        start = offset + note.start + len(OPENS)
        self.put("\n", start, start, whole=True)
        for text, place, is_escape in _unescaped(note.inner):
            if is_escape:
                self.put(text, start + place, start + place + 2, whole=True)
            else:
                for inner in self.line(text, start + place):
                    self.note(inner, start + place)

    def _mark(self, mark: Mark, start: int, end: int) -> None:
        words = said(self._view, mark)
        self.printed.append(Printed(self._length, self._length + len(words), mark))
        self.put(words, start, end, whole=True)


def _unescaped(inner: str) -> Iterator[tuple[str, int, bool]]:
    """The stretches of a stored footnote: text, place, and whether it is an escaped sign."""
    end = 0
    for start, after, sign in cut_escapes(inner):
        yield inner[end:start], end, False
        yield sign, start, True
        end = after
    yield inner[end:], end, False


def holds_note(stored: str) -> bool:
    """Whether a footnote stands in a stretch of a stored text, which no repair may swallow."""
    return any(isinstance(mark, PlacedNote) for mark in marks_in(stored))
