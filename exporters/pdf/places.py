"""Where everything is printed, kept small: values of the plan by address, and text by its signs.

Lengths are in points from the upper left corner of a page; pages are counted from 0.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.letting_go import let_go_one_by_one
from exporters.pdf.pages import Page, PlacedLine
from forms.breathing import breathing

_ASCENT, _DESCENT = 0.88, 0.12  # of the type size, above and below the base line
_MOST_HITS = 2_000
_AFTER_SLASH = chr(ord("/") + 1)  # what stands below an address is spelled before it


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Its size in square points."""
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle in which a value of the plan, or a part of it, is printed."""

    page: int
    address: str
    box: Box


@dataclass(frozen=True, slots=True)
class Hit:
    """A text found: a rectangle for each line it stands on."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: `edges` are the left ends of its signs and the right end of the last."""

    text: str
    edges: array[float]
    top: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        return self.edges[0] <= x <= self.edges[-1] and self.top <= y <= self.bottom


class Places:
    """An index of a laid out volume, which need not be kept for it."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._lines = [tuple(_lines(page)) for page in breathing(pages)]
        self._of_page: list[tuple[Spot, ...]] = [
            tuple(_spots(number, page)) for number, page in enumerate(breathing(pages))
        ]
        found: dict[str, list[Spot]] = defaultdict(list)
        for spots in breathing(self._of_page):
            for spot in spots:
                found[spot.address].append(spot)
        self._of_address: dict[str, Sequence[Spot]] = dict(found)
        self._sorted = sorted(found)
        self._order = {address: number for number, address in enumerate(found)}

    def let_go(self) -> None:
        """Forget all, page by page: other threads run between them.

        Gone at once, 4,000 projects kept Python to themselves for 75 ms.
        """
        let_go_one_by_one(self._of_address, self._order, self._lines, self._of_page, self._sorted)

    def of(self, address: str) -> tuple[Spot, ...]:
        """Where a value is printed; for a row, table or section, where anything of it is."""
        exact = self._of_address.get(address)
        if exact is not None:
            return tuple(exact)
        first = bisect_left(self._sorted, f"{address}/")
        below = self._sorted[first : bisect_left(self._sorted, f"{address}{_AFTER_SLASH}")]
        printed = sorted(below, key=self._order.__getitem__)
        return tuple(spot for known in printed for spot in self._of_address[known])

    def on(self, page: int) -> tuple[Spot, ...]:
        """What values a page prints, in the order of reading."""
        return self._of_page[page]

    def at(self, page: int, x: float, y: float) -> str:
        """The address of the value printed at a point, the smallest if several are; else "".

        Words that are no value themselves, as heads and names of rows are, lead to the value
        beside them, or to the next one below.
        """
        spots = self._of_page[page]
        held = [spot for spot in spots if spot.box.holds(x, y)]
        if held:
            return min(held, key=lambda spot: spot.box.area).address
        if not any(line.holds(x, y) for line in self._lines[page]):
            return ""
        beside = [spot for spot in spots if spot.box.top <= y <= spot.box.bottom]
        if beside:
            return min(beside, key=lambda spot: _away(spot.box, x)).address
        below = [spot for spot in spots if spot.box.top > y]
        return min(below, key=lambda spot: spot.box.top).address if below else ""

    def find(self, text: str) -> tuple[Hit, ...]:
        """Where a text is printed, over the ends of lines too; blanks and case do not count."""
        wanted = "".join(text.split()).casefold()
        hits: list[Hit] = []
        for page, lines in enumerate(self._lines):
            if wanted:
                hits += (Hit(page, boxes) for boxes in _found(lines, wanted))
            if len(hits) >= _MOST_HITS:
                break
        return tuple(hits[:_MOST_HITS])


def _away(box: Box, x: float) -> float:
    return max(box.left - x, x - box.right)


def _lines(page: Page) -> Iterator[_Line]:
    height = page.sheet.height
    for item in page.items:
        if isinstance(item, PlacedLine) and item.line.end > item.line.start:
            yield _Line(
                item.line.characters,
                array("f", _edges(item)),
                height - item.y - _ASCENT * item.size,
                height - item.y + _DESCENT * item.size,
            )


def _edges(placed: PlacedLine) -> list[float]:
    line, size, text = placed.line, placed.size, placed.line.text
    start, end = line.start, line.end
    opened, given, first = text.stretched[start], text.given[start], text.starts[start]
    edges = [
        placed.x
        + size * (at - first + line.opening * (more - opened) - line.squeeze * (less - given))
        for at, more, less in zip(
            text.starts[start:end], text.stretched[start:end], text.given[start:end], strict=True
        )
    ]
    return [*edges, placed.x + size * line.width]


def _spots(number: int, page: Page) -> Iterator[Spot]:
    height = page.sheet.height
    for value in page.values:
        box = Box(value.left, height - value.top, value.right, height - value.bottom)
        yield Spot(number, value.address, box)


def _found(lines: Sequence[_Line], wanted: str) -> Iterator[tuple[Box, ...]]:
    """The rectangles of each place in the lines of a page where the text stands."""
    signs: list[tuple[int, int]] = []  # line and sign of each character of `whole`
    whole: list[str] = []
    for number, line in enumerate(lines):
        for at, sign in enumerate(line.text):
            for folded in sign.casefold():
                if not folded.isspace():
                    whole.append(folded)
                    signs.append((number, at))
    text = "".join(whole)
    start = text.find(wanted)
    while start >= 0:
        yield tuple(_boxes(lines, signs[start : start + len(wanted)]))
        start = text.find(wanted, start + len(wanted))


def _boxes(lines: Sequence[_Line], signs: Sequence[tuple[int, int]]) -> Iterator[Box]:
    at = 0
    while at < len(signs):
        number, first = signs[at]
        end = bisect_right(signs, (number, len(lines[number].text)), at)
        line = lines[number]
        last = signs[end - 1][1]
        yield Box(line.edges[first], line.top, line.edges[last + 1], line.bottom)
        at = end
