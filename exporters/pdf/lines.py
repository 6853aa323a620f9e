"""Breaking Chinese text into lines: first as they come, and again as a whole if that looks bad.

All measures are in em of the text's own size. No rule of characters is known here; they are in
`characters.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from exporters.pdf.characters import Break
from exporters.pdf.fitting import WIDEST_OPENING, fitted, is_unsightly
from exporters.pdf.prepared import Line, SetText

_EPSILON = 1e-6
_LOOK_AHEAD = 8  # characters that squeezing could bring up at most
_SQUEEZE_COST = 3.0  # a squeezed mark shows more than an opened gap


def break_lines(
    texts: Sequence[SetText], measure: float, *, indent: float = 0.0, justified: bool = False
) -> tuple[Line, ...]:
    """Cut texts into lines no wider than `measure`; the first of each text begins `indent` in.

    Only a single word wider than the whole measure is ever cut inside.
    """
    lines: list[Line] = []
    for text in texts:
        if text.width <= measure - indent + _EPSILON:
            lines.append(Line(text, 0, len(text.text), indent))
            continue
        broken = _broken(text, measure, indent, justified)
        if justified and is_unsightly(broken):
            broken = fitted(text, measure, indent) or broken
        lines.extend(broken)
    return tuple(lines)


def _broken(text: SetText, measure: float, indent: float, justified: bool) -> list[Line]:
    """Lines filled one after the other."""
    lines: list[Line] = []
    start = 0
    while start < len(text.text):
        lines.append(_next_line(text, start, measure, 0.0 if lines else indent, justified))
        start = text.skip_blanks(lines[-1].end)
    return lines


def _next_line(text: SetText, start: int, measure: float, indent: float, justified: bool) -> Line:
    """The line from `start`."""
    count = len(text.text)
    room = measure - indent
    last = bisect_right(text.ends, text.starts[start] + room + _EPSILON, start) - 1
    if last >= count - 1:
        return Line(text, start, count, indent)
    end, breaks_rule = _loose_end(text, start, max(last, start), room, justified)
    tight = _tight_end(text, start, last, room, justified)
    if tight is not None and (breaks_rule or _prefers(text, start, end, tight, room)):
        over = text.span(start, tight) - text.hang(tight) - room
        give = text.give(start, tight)
        squeeze = min(over / give, 1.0) if over > _EPSILON and give else 0.0
        return Line(text, start, tight, indent, 0.0, squeeze)
    end = text.drop_blanks(start, end)
    return Line(text, start, end, indent, _opening(text, start, end, room) if justified else 0.0)


def _opening(text: SetText, start: int, end: int, room: float) -> float:
    gaps = text.openings(start, end)
    short = room - text.span(start, end)
    return min(max(short / gaps, 0.0), WIDEST_OPENING) if gaps else 0.0


def _loose_end(
    text: SetText, start: int, last: int, room: float, justified: bool
) -> tuple[int, bool]:
    """Where a line ends that is not squeezed, and whether that breaks a rule."""
    best = _last_break(text, start, last, Break.FREE)
    opens_wide = justified and best and _opening(text, start, best, room) >= WIDEST_OPENING
    if best is None or opens_wide:
        glued = _last_break(text, start, last, Break.GLUED)
        if glued is not None:
            return glued, best is None
    if best is not None:
        return best, False
    inside = _last_break(text, start, last, Break.INSIDE_WORD)
    return (last + 1 if inside is None else inside), True


def _last_break(text: SetText, start: int, last: int, worst: Break) -> int | None:
    breaks = text.breaks
    for at in range(last, start - 1, -1):
        if breaks[at] <= worst:
            return at + 1
    return None


def _tight_end(text: SetText, start: int, last: int, room: float, justified: bool) -> int | None:
    """The first break past the limit, when squeezing marks makes room for it."""
    count = len(text.text)
    for end in range(last + 2, min(last + _LOOK_AHEAD, count) + 1):
        if end == count or text.breaks[end - 1] is Break.FREE:
            over = text.span(start, end) - text.hang(end) - room
            allowed = text.give(start, end) if justified else 0.0
            return end if over <= allowed + _EPSILON else None
    return None


def _prefers(text: SetText, start: int, loose: int, tight: int, room: float) -> bool:
    """Whether squeezing to `tight` shows less than opening to `loose`."""
    over = text.span(start, tight) - text.hang(tight) - room
    if over <= _EPSILON:
        return True
    return _SQUEEZE_COST * over / max(tight - start - 1, 1) < _opening(text, start, loose, room)
