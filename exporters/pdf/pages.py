"""Pages as the layout leaves them for drawing: each item has its place, in points from below.

Nothing here is drawn twice or moved again; only page labels are filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from exporters.document import Listed, Orientation, PartRole
from exporters.drawing import Drawing
from exporters.look import Face, PageLook
from exporters.pdf.prepared import Line
from exporters.roman import roman

POINTS_PER_MM = 72 / 25.4
_ASCENT = 0.88  # of the em square above the base line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its text area, in points; `top` is measured from the upper edge."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    text_height: float

    @property
    def bottom(self) -> float:
        """Where the text area ends, from the lower edge."""
        return self.height - self.top - self.text_height


def sheet_for(orientation: Orientation, page: PageLook) -> Sheet:
    """The sheet of a part: as the look has it, the same area turned a quarter when landscape."""
    mm = POINTS_PER_MM
    width, height = page.text_width_mm, page.text_height_mm
    if orientation is Orientation.PORTRAIT:
        left, top = page.left_mm * mm, page.top_mm * mm
        return Sheet(page.width_mm * mm, page.height_mm * mm, left, top, width * mm, height * mm)
    side = (page.top_mm + page.bottom_mm) / 2 * mm  # the binding edge is the head of the page
    return Sheet(
        page.height_mm * mm, page.width_mm * mm, side, page.left_mm * mm, height * mm, width * mm
    )


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A text line; (x, y) is the left end of its base line."""

    line: Line
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke; `dash` is the length of its dashes and of the gaps between them."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture's rectangle, by its lower left corner."""

    content: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedDrawing:
    """A drawing by its upper left corner, printed so many times its own size."""

    drawing: Drawing
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A line of a list awaiting leaders, page label and link to the `target`-th thing listed."""

    listed: Listed
    target: int
    x: float
    text_end: float
    right: float
    y: float
    size: float
    face: Face


Placed: TypeAlias = PlacedLine | Rule | PlacedPicture | PlacedDrawing | PlacedEntry


@dataclass(frozen=True, slots=True)
class Landing:
    """A place that can be jumped to: a heading (level 1 to 4) or a caption (level 0)."""

    anchor: str
    title: str
    level: int
    listed: Listed
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to an anchor."""

    anchor: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A rectangle in which a value of the plan is printed."""

    address: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Region:
    """The height a table takes on a page, with the label of its caption."""

    label: str
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A laid out page."""

    sheet: Sheet
    role: PartRole
    items: list[Placed] = field(default_factory=list[Placed])
    landings: list[Landing] = field(default_factory=list[Landing])
    links: list[Link] = field(default_factory=list[Link])
    values: list[PlacedValue] = field(default_factory=list[PlacedValue])
    regions: list[Region] = field(default_factory=list[Region])
    is_blank: bool = False  # put in so that the next part begins on the right: no number printed


def base_line(top: float, line_pt: float, size: float) -> float:
    """Where text of a size stands in a line whose upper edge is at `top`, both from below."""
    return top - (line_pt - size) / 2 - _ASCENT * size


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page's number among those counted with it, and how it is printed; covers have 0 and ""."""

    number: int
    label: str


def page_numbers(pages: Sequence[Page]) -> tuple[PageNumber, ...]:
    """The number of each page: none on covers, i ii iii in front, then 1 2 3 to the end.

    A blank page is counted with those before it and shows no number.
    """
    numbers: list[PageNumber] = []
    front = body = 0
    for page in pages:
        match page.role:
            case PartRole.COVER:
                numbers.append(PageNumber(0, ""))
            case PartRole.FRONT:
                front += 1
                numbers.append(PageNumber(front, "" if page.is_blank else roman(front)))
            case PartRole.BODY | PartRole.ANNEX:
                body += 1
                numbers.append(PageNumber(body, "" if page.is_blank else str(body)))
            case _:
                assert_never(page.role)
    return tuple(numbers)
