"""The look of the printed plan in one table, read by both renderers (GB/T 9704-2012 and practice).

Sizes are in points, distances in millimetres unless the name says otherwise. Faces are names of
roles (仿宋, 黑体 …); each renderer maps a face to the official font name or to an embedded file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from exporters.document import RowRole, TextRole


class Face(Enum):
    """A typeface of the official document, by its Chinese style."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANGSONG = "仿宋"
    SONG = "宋体"


OFFICIAL_FONTS: dict[Face, str] = {
    Face.TITLE: "方正小标宋简体",
    Face.HEI: "黑体",
    Face.KAI: "楷体_GB2312",
    Face.FANGSONG: "仿宋_GB2312",
    Face.SONG: "宋体",
}
LATIN_FONT = "Times New Roman"


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
    """Sheet and margins; left is the binding edge, measured on the portrait sheet."""

    width_mm: float = 210
    height_mm: float = 297
    top_mm: float = 37
    bottom_mm: float = 35
    left_mm: float = 28
    right_mm: float = 26
    lines: int = 22
    characters: int = 28
    number_size_pt: float = 14
    number_gap_mm: float = 7  # top of the page number's dash below the text area


PAGE = PageLook()
BODY_SIZE_PT = 16.0  # 三号
LINE_PT = 28.95  # 22 lines in 225 mm
TABLE_LINE_FACTOR = 1.35

TEXT: dict[TextRole, TextLook] = {
    TextRole.COVER_TITLE: TextLook(Face.TITLE, 26, 44, Setting.CENTRE, before_pt=150, after_pt=24),
    TextRole.COVER_LINE: TextLook(Face.KAI, 18, 36, Setting.CENTRE),
    TextRole.COVER_NOTE: TextLook(Face.KAI, 18, 36, Setting.CENTRE, after_pt=220),
    TextRole.FRONT_TITLE: TextLook(
        Face.TITLE, 22, 36, Setting.CENTRE, before_pt=12, after_pt=18, keep_with_next=True
    ),
    TextRole.BODY: TextLook(Face.FANGSONG, BODY_SIZE_PT, LINE_PT, first_indent=2),
    TextRole.LABELLED: TextLook(Face.FANGSONG, BODY_SIZE_PT, LINE_PT, first_indent=2),
    TextRole.SIGNATURE: TextLook(
        Face.FANGSONG, BODY_SIZE_PT, LINE_PT, Setting.RIGHT, right_indent=4, before_pt=8
    ),
    TextRole.NOTE: TextLook(Face.SONG, 10.5, 16, Setting.LEFT, before_pt=3, after_pt=3),
    TextRole.ANNEX_MARK: TextLook(
        Face.HEI, BODY_SIZE_PT, LINE_PT, Setting.LEFT, keep_with_next=True
    ),
    TextRole.ANNEX_TITLE: TextLook(
        Face.TITLE, 22, 32, Setting.CENTRE, before_pt=6, after_pt=10, keep_with_next=True
    ),
}

HEADINGS: dict[int, TextLook] = {
    1: TextLook(Face.HEI, BODY_SIZE_PT, LINE_PT, first_indent=2, keep_with_next=True),
    2: TextLook(Face.KAI, BODY_SIZE_PT, LINE_PT, first_indent=2, keep_with_next=True),
    3: TextLook(Face.FANGSONG, BODY_SIZE_PT, LINE_PT, first_indent=2, keep_with_next=True),
    4: TextLook(Face.FANGSONG, BODY_SIZE_PT, LINE_PT, first_indent=2, keep_with_next=True),
}
STRONG_FACE = Face.HEI  # emphasis is a change of face: a bold 仿宋 smears in print


@dataclass(frozen=True, slots=True)
class TableLook:
    """The look of tables: narrow ones at 五号, wide ones (from `wide_from` columns) smaller."""

    head_face: Face = Face.HEI
    body_face: Face = Face.SONG
    size_pt: float = 10.5
    wide_size_pt: float = 9
    wide_from: int = 9
    padding_pt: float = 3
    line_width_pt: float = 0.5
    frame_width_pt: float = 1.0
    before_pt: float = 4
    after_pt: float = 10


TABLE = TableLook()
ROW_FACES: dict[RowRole, Face] = {
    RowRole.NORMAL: Face.SONG,
    RowRole.GROUP: Face.HEI,
    RowRole.TOTAL: Face.HEI,
}
CAPTION = TextLook(Face.HEI, 12, 20, Setting.CENTRE, before_pt=6, after_pt=2, keep_with_next=True)
UNIT_LINE = TextLook(Face.SONG, 10.5, 16, Setting.RIGHT, keep_with_next=True)
CONTENTS_LOOKS: dict[int, TextLook] = {
    1: TextLook(Face.HEI, 14, 26, Setting.LEFT),
    2: TextLook(Face.KAI, 14, 26, Setting.LEFT, first_indent=1),
    3: TextLook(Face.FANGSONG, 14, 26, Setting.LEFT, first_indent=2),
}
PAGE_NUMBER = TextLook(Face.SONG, 14, 20, Setting.RIGHT, right_indent=1)
FIGURE_MAX_HEIGHT_MM = 110.0


def table_size_pt(column_count: int) -> float:
    """The type size of a table with so many columns, in points."""
    return TABLE.wide_size_pt if column_count >= TABLE.wide_from else TABLE.size_pt
