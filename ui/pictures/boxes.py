"""The part of a picture that is meant, as a box: moved, stretched, shaped and turned.

All lengths are pixels of the picture; nothing here knows of a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

LEAST = 8
Size: TypeAlias = tuple[int, int]
Edges: TypeAlias = tuple[int, int]  # which edges move: -1 left or upper, 0 none, 1 right or lower
ALL: Edges = (0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture."""

    left: int
    top: int
    width: int
    height: int


def whole(size: Size) -> Box:
    """All of a picture."""
    return Box(0, 0, *size)


def moved(box: Box, across: int, down: int, size: Size) -> Box:
    """The box elsewhere, still within the picture."""
    left = _within(box.left + across, 0, size[0] - box.width)
    top = _within(box.top + down, 0, size[1] - box.height)
    return Box(left, top, box.width, box.height)


def stretched(box: Box, edges: Edges, by: tuple[int, int], size: Size, ratio: float = 0) -> Box:
    """The box with some of its edges moved; width : height stays `ratio` where that is not 0."""
    left, right = _span(box.left, box.width, edges[0], by[0], size[0])
    top, lower = _span(box.top, box.height, edges[1], by[1], size[1])
    made = Box(left, top, right - left, lower - top)
    return _in_ratio(made, edges, size, ratio) if ratio else made


def shaped(box: Box, ratio: float) -> Box:
    """The largest box of this ratio in the middle of the box."""
    width = min(box.width, max(LEAST, round(box.height * ratio)))
    height = min(box.height, max(LEAST, round(width / ratio)))
    left = box.left + (box.width - width) // 2
    return Box(left, box.top + (box.height - height) // 2, width, height)


def spanned(start: tuple[int, int], end: tuple[int, int], size: Size, ratio: float = 0) -> Box:
    """The box between two points of the picture."""
    edges = (1 if end[0] >= start[0] else -1, 1 if end[1] >= start[1] else -1)
    corner = Box(
        _within(start[0] - (LEAST if edges[0] < 0 else 0), 0, size[0] - LEAST),
        _within(start[1] - (LEAST if edges[1] < 0 else 0), 0, size[1] - LEAST),
        LEAST,
        LEAST,
    )
    by = (end[0] - start[0] - edges[0] * LEAST, end[1] - start[1] - edges[1] * LEAST)
    return stretched(corner, edges, by, size, ratio)


def turned(box: Box, size: Size) -> Box:
    """Where the box is after the picture of this size was turned clockwise by a quarter."""
    return Box(size[1] - box.top - box.height, box.left, box.height, box.width)


def turned_back(box: Box, size: Size) -> Box:
    """The same counter-clockwise."""
    return Box(box.top, size[0] - box.left - box.width, box.height, box.width)


def _span(start: int, length: int, edge: int, by: int, most: int) -> tuple[int, int]:
    end = start + length
    least = min(LEAST, most)
    if edge < 0:
        start = _within(start + by, 0, end - least)
    elif edge > 0:
        end = _within(end + by, start + least, most)
    return start, end


def _in_ratio(box: Box, edges: Edges, size: Size, ratio: float) -> Box:
    """The side that was not pulled follows; the opposite corner or the middle stays."""
    width = box.width if edges[0] else round(box.height * ratio)
    width = min(width, size[0], round(size[1] * ratio))
    room_across = box.left + box.width if edges[0] < 0 else size[0] - box.left
    room_down = box.top + box.height if edges[1] < 0 else size[1] - box.top
    width = max(LEAST, min(width, room_across, round(room_down * ratio)))
    height = max(LEAST, min(round(width / ratio), room_down))
    left = box.left + box.width - width if edges[0] < 0 else box.left
    top = box.top + box.height - height if edges[1] < 0 else box.top
    return Box(left, top, width, height)


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
