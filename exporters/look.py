"""The look of the printed plan, read by both renderers; its numbers are a file of resources/looks.

Sizes are in points, distances in millimetres where the name says so. Faces are names of roles
(仿宋, 黑体 …); each renderer maps a face to the official font name or to an embedded file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from exporters.document import RowRole, TextRole


class Face(Enum):
    """A typeface of the official document, by its Chinese style."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANGSONG = "仿宋"
    SONG = "宋体"


class Setting(Enum):
    """How the lines of a paragraph meet the margins."""

    JUSTIFIED = "justified"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TextLook:
    """The look of one paragraph role; indents are in characters of its own size."""

    face: Face
    size_pt: float
    line_pt: float  # exact distance of base lines
    setting: Setting = Setting.JUSTIFIED
    first_indent: float = 0
    before_pt: float = 0
    after_pt: float = 0
    right_indent: float = 0
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class PageLook:
    """Sheet, margins and the grid of body text; left is the binding edge of the upright sheet."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    lines: int
    characters: int
    body_size_pt: float
    line_pt: float
    number_gap_mm: float  # top of the page number's dash below the text area

    @property
    def text_width_mm(self) -> float:
        """The measure of the upright sheet."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def text_height_mm(self) -> float:
        """The height between the margins of the upright sheet."""
        return self.height_mm - self.top_mm - self.bottom_mm


@dataclass(frozen=True, slots=True)
class TableLook:
    """The look of tables: narrow ones at 五号, wide ones (from `wide_from` columns) smaller."""

    head_face: Face
    row_faces: Mapping[RowRole, Face]
    size_pt: float
    wide_size_pt: float
    wide_from: int
    line_factor: float
    padding_pt: float
    line_width_pt: float
    frame_width_pt: float
    before_pt: float
    after_pt: float
    whole_up_to_mm: float  # a table no higher than this is never parted by a page's end

    def size_for(self, column_count: int) -> float:
        """The type size of a table with so many columns, in points."""
        return self.wide_size_pt if column_count >= self.wide_from else self.size_pt


@dataclass(frozen=True, slots=True)
class Look:
    """One house style: all that decides how a document looks on paper."""

    name: str
    fonts: Mapping[Face, str]  # the official font of each face, as Word names it
    latin: str
    strong_face: Face
    figure_max_height_mm: float
    large_figure_max_height_mm: float
    page: PageLook
    text: Mapping[TextRole, TextLook]
    headings: Mapping[int, TextLook]
    contents: Mapping[int, TextLook]
    caption: TextLook
    unit_line: TextLook
    page_number: TextLook
    table: TableLook

    def figure_height_mm(self, *, large: bool, page_mm: float) -> float:
        """How high a picture may be on a page whose text is `page_mm` high."""
        if not large:
            return self.figure_max_height_mm
        heading_and_caption = self.page.text_height_mm - self.large_figure_max_height_mm
        return page_mm - heading_and_caption

    @property
    def figure_caption(self) -> TextLook:
        """The caption below a figure: close to it, and set off from what follows."""
        after = self.table.after_pt
        return replace(self.caption, before_pt=0, keep_with_next=False, after_pt=after)

    def heading(self, level: int) -> TextLook:
        """The look of a heading; levels beyond the last look like the last."""
        return self.headings[min(max(level, 1), max(self.headings))]

    def contents_entry(self, level: int) -> TextLook:
        """The look of a line of the contents; levels beyond the last look like the last."""
        return self.contents[min(max(level, 1), max(self.contents))]
