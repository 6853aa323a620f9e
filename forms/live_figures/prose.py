"""Prose with its live figures filled in, and where each of its characters is stored."""

from __future__ import annotations

from dataclasses import dataclass

from forms.live_figures.marks import Placed, live_figures_in
from forms.live_figures.showing import shown_at
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Printed:
    """A live figure where it is read: between `start` and `end` of the filled text."""

    start: int
    end: int
    placed: Placed


@dataclass(frozen=True, slots=True)
class FilledProse:
    """A narrative as it is read, with the way back to what is stored."""

    stored: str
    text: str
    printed: tuple[Printed, ...] = ()

    def touched(self, start: int, end: int) -> tuple[Printed, ...]:
        """The live figures that share a character with this stretch of the filled text."""
        return tuple(one for one in self.printed if one.start < end and start < one.end)

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the filled text is stored; a touched mark belongs to it whole."""
        return self._stored(start, at_end=False), self._stored(end, at_end=True)

    def _stored(self, position: int, *, at_end: bool) -> int:
        shift = 0
        for one in self.printed:
            if position <= one.start:
                break
            if position < one.end:
                return one.placed.end if at_end else one.placed.start
            shift = one.placed.end - one.end
        return position + shift


def filled_prose(view: PlanView, stored: str) -> FilledProse:
    """A narrative with every live figure replaced by what it prints."""
    if "{{" not in stored:
        return FilledProse(stored, stored)
    pieces: list[str] = []
    printed: list[Printed] = []
    end = length = 0
    for placed in live_figures_in(stored):
        before, number = stored[end : placed.start], shown_at(view, placed).text
        pieces += (before, number)
        length += len(before)
        printed.append(Printed(length, length + len(number), placed))
        length += len(number)
        end = placed.end
    return FilledProse(stored, "".join((*pieces, stored[end:])), tuple(printed))
