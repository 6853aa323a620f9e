"""How much room words take: widths by rule of thumb, lines broken to a width, names shortened.

No font is asked, so that a figure is laid out the same on every machine. The widths are those of
wide faces; what is printed is a little narrower.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

from exporters.drawing import Hold, Label

MM_PER_POINT = 25.4 / 72
ASCENT, DESCENT = 0.88, 0.22  # of the type size above and below the base line
LEADING = 1.25  # of the type size from base line to base line
_JOINT = 0.15  # em that Chinese typesetting leaves between Han and Latin
_SAFE = 1.03  # no face printed is wider than this times the estimate
_NARROW = frozenset("iljI.,:;'|!()[]{}ft ")
_WIDE = frozenset("mwMW@%‰—")
_NO_START = frozenset("，。、；：？！）】》”’%‰℃/·-—…）)]")
_NO_END = frozenset("（【《“‘([")
ELLIPSIS = "…"
_EVENING_STEPS = 6
Box = tuple[float, float, float, float]  # left, top, right, bottom


def width_mm(text: str, size_pt: float) -> float:
    """The width of a line of text, no less than what any usual face needs."""
    return _ems(text) * size_pt * MM_PER_POINT * _SAFE


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    joints = sum(
        (_em(one) == 1.0) != (_em(other) == 1.0) and one.isalnum() and other.isalnum()
        for one, other in pairwise(text)
    )
    return sum(map(_em, text)) + joints * _JOINT


def line_mm(size_pt: float) -> float:
    """From one base line to the next."""
    return size_pt * LEADING * MM_PER_POINT


@cache
def _em(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.92
    if character.isupper():
        return 0.74
    return 0.56


def filled(text: str, room_mm: float, size_pt: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most so many full lines; what does not fit is shortened with an ellipsis.

    A line always holds one character, however little room there is.
    """
    return _filled(" ".join(text.split()), room_mm, size_pt, most)


def broken(text: str, room_mm: float, size_pt: float, most: int = 2) -> tuple[str, ...]:
    """A name in no more lines than `filled` gives, all about as long, brackets kept together."""
    whole = " ".join(text.split())
    lines = _filled(whole, room_mm, size_pt, most)
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    head, sign, tail = whole.partition("（")
    pair = (head, sign + tail)
    if len(lines) == 2 and tail and all(width_mm(part, size_pt) <= room_mm for part in pair):
        return pair
    return _even(whole, room_mm, size_pt, len(lines))


def _even(text: str, room_mm: float, size_pt: float, count: int) -> tuple[str, ...]:
    """As many lines with the narrowest room that still gives no more."""
    narrow, wide = room_mm / 2, room_mm
    best = _filled(text, room_mm, size_pt, count)
    for _ in range(_EVENING_STEPS):
        middle = (narrow + wide) / 2
        lines = _filled(text, middle, size_pt, count)
        if lines[-1].endswith(ELLIPSIS) or any(width_mm(each, size_pt) > middle for each in lines):
            narrow = middle
        else:
            best, wide = lines, middle
    return best


def _filled(text: str, room_mm: float, size_pt: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        at = _fitting(rest, room_mm, size_pt)
        if at < len(rest) and len(lines) == most - 1:
            lines.append(shortened(rest, room_mm, size_pt))
            break
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(lines)


def shortened(text: str, room_mm: float, size_pt: float) -> str:
    """The text itself where it fits, else its beginning and an ellipsis."""
    if width_mm(text, size_pt) <= room_mm:
        return text
    room = room_mm - width_mm(ELLIPSIS, size_pt)
    end = len(text)
    while end > 1 and width_mm(text[:end], size_pt) > room:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def _fitting(text: str, room_mm: float, size_pt: float) -> int:
    """How many characters a line takes, not parting words, nor signs from what they belong to."""
    end = 1
    while end < len(text) and width_mm(text[: end + 1], size_pt) <= room_mm:
        end += 1
    if end == len(text):
        return end
    best = end
    while best > 1 and not _may_break(text, best):
        best -= 1
    return best if best > end // 3 else end


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NO_START or before in _NO_END:
        return False
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".,")


def label_box(label: Label) -> Box:
    """The room a label takes, in millimetres."""
    width = width_mm(label.text, label.size_pt)
    up, down = label.size_pt * MM_PER_POINT * ASCENT, label.size_pt * MM_PER_POINT * DESCENT
    before = {Hold.START: 0.0, Hold.MIDDLE: width / 2, Hold.END: width}[label.hold]
    if label.turned:
        return (label.x - up, label.y - width + before, label.x + down, label.y + before)
    return (label.x - before, label.y - up, label.x - before + width, label.y + down)


def overlaps(one: Box, other: Box, slack: float = 0.0) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def centred(lines: tuple[str, ...], middle: float, size_pt: float) -> list[tuple[str, float]]:
    """Each line with its base line, the block centred on a height."""
    height = (len(lines) - 1) * line_mm(size_pt)
    first = middle - height / 2 + (ASCENT - DESCENT) / 2 * size_pt * MM_PER_POINT
    return [(line, first + at * line_mm(size_pt)) for at, line in enumerate(lines)]


def block_mm(count: int, size_pt: float) -> float:
    """The height of so many lines."""
    return max(count - 1, 0) * line_mm(size_pt) + (ASCENT + DESCENT) * size_pt * MM_PER_POINT
