"""Breaking a paragraph as a whole, so that no line is wide open and no character ends it alone.

Used where filling line by line looks bad; every way of breaking that keeps the rules is weighed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from exporters.pdf.characters import Break, Kind
from exporters.pdf.prepared import Line, SetText

WIDEST_OPENING = 0.5  # em; a justified gap opens no further: a ragged line is better
_UNSIGHTLY = 0.12  # em a gap opens, from where the paragraph is broken again
_EPSILON = 1e-6
_LOOK_AHEAD = 8
_WAYS = 12  # line ends weighed for each line start
_OPENING_SCALE = 0.1  # em of opening that counts as one
_SQUEEZE_BASE, _SQUEEZE = 0.15, 1.2
_LONE_CHARACTER = 4.0
_RAGGED = 60.0


class _Way(NamedTuple):
    """A line that leads to a place in the text, and what it alone costs."""

    cost: float
    start: int
    end: int
    opening: float
    squeeze: float


_BEGINNING = _Way(0.0, -1, 0, 0.0, 0.0)


def is_unsightly(lines: Sequence[Line]) -> bool:
    """Whether some line is opened wide, or the last one holds a single character."""
    if any(line.opening > _UNSIGHTLY for line in lines):
        return True
    return len(lines) > 1 and _is_lone(lines[-1].text, lines[-1].start)


def _is_lone(text: SetText, start: int) -> bool:
    """Whether from `start` there is only one character, marks aside."""
    rest = text.glyphs[start:]
    return len(rest) <= 3 and sum(glyph.kind is not Kind.CLOSE for glyph in rest) == 1


class _Waiting:
    """Ways through a text that wait for their turn: the cheapest first, then from further up."""

    def __init__(self, text: SetText) -> None:
        self._text = text
        self._heap: list[tuple[float, int, int, int, float, _Way, Iterator[_Way]]] = [
            (0.0, 0, _BEGINNING.start, 0, 0.0, _BEGINNING, iter(()))
        ]
        self._serial = 0

    def add(self, cost: float, ways: Iterator[_Way]) -> None:
        """Lines from a place reached at a cost, in the order of their own; one at a time waits."""
        way = next(ways, None)
        if way is not None:
            self._serial += 1
            place = self._text.skip_blanks(way.end)
            total = cost + way.cost
            heappush(self._heap, (total, place, way.start, self._serial, cost, way, ways))

    def take(self) -> tuple[float, int, _Way] | None:
        """The cheapest way: what it costs from the beginning, and where it leads."""
        if not self._heap:
            return None
        total, place, _, _, cost, way, ways = heappop(self._heap)
        self.add(cost, ways)
        return total, place, way


def fitted(text: SetText, measure: float, indent: float) -> list[Line] | None:
    """The lines that show least; None when no way through the text keeps the rules.

    Places are left in the order of what it costs to reach them, and a line is opened further only
    when its turn has come, so most ways are never looked at.
    """
    count = len(text.text)
    ways: dict[int, _Way] = {}
    waiting = _Waiting(text)
    while (taken := waiting.take()) is not None:
        cost, place, way = taken
        if place in ways:
            continue
        ways[place] = way
        if place == count:
            return _traced(text, ways, indent)
        for some in lines_from(text, place, measure if place else measure - indent):
            waiting.add(cost, some)
    return None


def _traced(text: SetText, ways: dict[int, _Way], indent: float) -> list[Line]:
    lines: list[Line] = []
    at = len(text.text)
    while at:
        way = ways[at]
        at = way.start
        lines.append(Line(text, at, way.end, 0.0 if at else indent, way.opening, way.squeeze))
    return lines[::-1]


def lines_from(text: SetText, start: int, room: float) -> Iterator[Iterator[_Way]]:
    """The lines that may begin at `start`, in groups whose cost rises."""
    count = len(text.text)
    last = bisect_right(text.ends, text.starts[start] + room + _EPSILON, start) - 1
    if last >= count - 1:
        cost = _LONE_CHARACTER if start and _is_lone(text, start) else 0.0
        yield iter((_Way(cost, start, count, 0.0, 0.0),))
    for end in range(last + 2, min(last + _LOOK_AHEAD, count) + 1):
        if end == count or text.breaks[end - 1] is Break.FREE:
            way = _squeezed(text, start, end, room)
            if way is not None:
                yield iter((way,))
    yield _cheapest_first(_opened(text, start, min(last + 1, count - 1), room))


def _cheapest_first(ways: Iterator[_Way]) -> Iterator[_Way]:
    """Opened lines, which cost more the earlier they end, as long as they are not ragged."""
    for way in ways:
        if way.cost >= _RAGGED:
            yield from sorted((way, *ways), key=lambda way: way.cost)
        else:
            yield way


def _squeezed(text: SetText, start: int, end: int, room: float) -> _Way | None:
    over = text.span(start, end) - text.hang(end) - room
    give = text.give(start, end)
    if over > give + _EPSILON:
        return None
    squeeze = min(over / give, 1.0) if over > _EPSILON and give else 0.0
    cost = _SQUEEZE_BASE + _SQUEEZE * squeeze * squeeze if squeeze else 0.0
    return _Way(cost, start, end, 0.0, squeeze)


def _opened(text: SetText, start: int, longest: int, room: float) -> Iterator[_Way]:
    """The lines that end where they fit, the longest first; this is where the time goes."""
    breaks, ends, stretched = text.breaks, text.ends, text.stretched
    left, gaps_before = text.starts[start], stretched[start]
    weighed = 0
    for free in range(longest, start, -1):
        if breaks[free - 1] is not Break.FREE:
            continue
        end = text.drop_blanks(start, free)
        gaps = stretched[end - 1] - gaps_before
        short = room - (ends[end - 1] - left)
        if short <= 0.0:
            cost = opening = 0.0
        elif gaps:
            opening = short / gaps
            cost = (opening / _OPENING_SCALE) ** 2
            if opening > WIDEST_OPENING:
                opening = WIDEST_OPENING
                cost += _RAGGED
        else:
            cost, opening = _RAGGED, 0.0
        yield _Way(cost, start, end, opening, 0.0)
        weighed += 1
        if weighed == _WAYS:
            break
