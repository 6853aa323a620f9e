"""The printed plan as a tree of frozen blocks: what Word and PDF both render, and nothing of how.

A renderer walks `Document.parts` and ends every `match` on a block in `assert_never`: a new block
fails to type-check until each renderer has learnt it. Text is always plain: no markup, ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from exporters.charts import Chart
from exporters.drawing import Drawing

_COARSEST_DPI = 96  # of the dots of a screen


class PartRole(Enum):
    """Where a run of pages stands in the bound volume; decides its page numbers."""

    COVER = "cover"  # no page number
    FRONT = "front"  # Roman numerals
    BODY = "body"  # Arabic numerals from 1
    ANNEX = "annex"  # continues the body's numbers


class Orientation(Enum):
    """How the sheet of a part is turned."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class PartStart(Enum):
    """On which side of a leaf a part begins; a blank side before it is counted too."""

    NEXT = "next"
    ODD = "odd"  # the right-hand page of a volume printed on both sides


class TextRole(Enum):
    """The look of a paragraph; `look.py` holds the fonts and distances of each."""

    COVER_TITLE = "cover_title"
    COVER_LINE = "cover_line"
    COVER_NOTE = "cover_note"
    FRONT_TITLE = "front_title"  # 目录, 编制人员, 真实性承诺
    BODY = "body"
    LABELLED = "labelled"  # "建设内容及规模：…", label set in the heading face
    SIGNATURE = "signature"  # right-aligned lines of a signature block
    NOTE = "note"  # 注：, 数据来源： under a table
    FOOTNOTE = "footnote"  # at the foot of the page, ① and its text
    ANNEX_MARK = "annex_mark"  # 附件1 at the top left of its own page
    ANNEX_TITLE = "annex_title"


class Align(Enum):
    """Horizontal setting of a table column or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class RowRole(Enum):
    """What a table row is, for its face and for page breaks."""

    NORMAL = "normal"
    GROUP = "group"  # a full-width row naming the group that follows
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    strong: bool = False
    address: str = ""  # the plan value this run prints, for reading edits back
    live: str = ""  # the mark of the live figure whose number this run prints
    target: str = ""  # the anchor of the heading or caption whose label this run names
    note: str = ""  # a footnote whose mark stands after this run


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; `level` is 1 (一、) to 4 (（1）), `number` is its printed number."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text set in one role."""

    runs: tuple[Run, ...]
    role: TextRole = TextRole.BODY

    @property
    def text(self) -> str:
        """The paragraph's characters without faces."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list written by the user inside a narrative; ordered lists print 1. 2. 3."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its share of the width (any positive scale) and how its cells are set."""

    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; a cell covered by a span is left out of its row, as in HTML."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None  # None: as its column
    address: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table body."""

    cells: tuple[Cell, ...]
    role: RowRole = RowRole.NORMAL
    key: str = ""  # the row's stable id, for reading edits back


@dataclass(frozen=True, slots=True)
class Caption:
    """The numbered title of a table or figure, such as 表3-1 or 图3-1."""

    label: str  # "表3-1"
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head rows repeat on every page; `unit` stands above its right edge."""

    columns: tuple[Column, ...]
    head: tuple[TableRow, ...]
    body: tuple[TableRow, ...]
    caption: Caption | None = None
    unit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedWidth:
    """How wide somebody wants a picture: in mm, or in percent of the width of the text."""

    amount: int
    is_percent: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption below; the bytes are PNG or JPEG, sizes in pixels.

    A map or scan of an annex is `large`: it has a page of its own, and has to be legible.
    """

    picture: bytes
    media_type: str
    width: int
    height: int
    caption: Caption
    alt: str
    address: str = ""
    large: bool = False
    wanted: WantedWidth | None = None

    def printed_mm(self, across: float, highest: float) -> tuple[float, float]:
        """Width and height on paper in mm, where the text is so wide and a picture so high at most.

        Nobody having asked for a width, no picture is blown up beyond the dots of a screen.
        """
        width, height = max(1, self.width), max(1, self.height)
        wanted = width * 25.4 / _COARSEST_DPI
        if self.wanted is not None:
            share = across / 100 if self.wanted.is_percent else 1.0
            wanted = self.wanted.amount * share
        scale = min(min(across, wanted) / width, highest / height)
        return width * scale, height * scale


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """A figure drawn from the plan's data, its caption below.

    Where `chart` is given a renderer may show it as a chart of its own kind instead.
    """

    drawing: Drawing
    caption: Caption
    alt: str
    chart: Chart | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealBox:
    """An empty place for a seal, on the right, with what is to be stamped written in it."""

    text: str = "（盖章）"
    width_mm: int = 60
    height_mm: int = 45


class Listed(Enum):
    """What a list in the front matter lists."""

    HEADINGS = "headings"
    TABLES = "tables"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, or the list of tables or figures; renderers fill it.

    `depth` is the deepest level of headings listed; captions have no levels.
    """

    title: str = "目录"
    depth: int = 3
    listed: Listed = Listed.HEADINGS


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = (
    Heading | Paragraph | ListBlock | Table | Figure | DrawnFigure | SealBox | Contents | PageBreak
)


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one role and orientation; a part always starts on a new page."""

    role: PartRole
    blocks: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT
    start: PartStart = PartStart.NEXT


def captions_of(parts: Iterable[Part]) -> Iterator[tuple[Listed, Caption]]:
    """Every caption of some parts in print order, with the list it belongs in."""
    for part in parts:
        for block in part.blocks:
            match block:
                case Table() if block.caption is not None:
                    yield Listed.TABLES, block.caption
                case Figure() | DrawnFigure():
                    yield Listed.FIGURES, block.caption
                case _:
                    continue


@dataclass(frozen=True, slots=True)
class Numbered:
    """Something a reference can name: how it is called, its printed label, where it stands."""

    name: str
    label: str  # 表1-5, 附表3, 一、（三）
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole volume in print order."""

    title: str
    parts: tuple[Part, ...]
    author: str = ""
    subject: str = ""
    plan_id: str = ""
    export_id: str = ""
    watermark: str = ""  # such as 征求意见稿, light and slanting below the text of every page
    keywords: tuple[str, ...] = ()
    numbered: tuple[Numbered, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in print order."""
        for part in self.parts:
            yield from part.blocks

    def headings(self) -> Iterator[Heading]:
        """Every heading in print order."""
        for block in self.blocks():
            if isinstance(block, Heading):
                yield block

    def captions(self) -> Iterator[tuple[Listed, Caption]]:
        """Every caption in print order, with the list it belongs in."""
        yield from captions_of(self.parts)


@dataclass(frozen=True, slots=True)
class PageMap:
    """On which printed page each anchor stands, as the label printed there ("ii", "12")."""

    pages: tuple[tuple[str, str], ...] = ()
    count: int = 0  # sheets of paper sides in all
    values: tuple[tuple[str, str], ...] = ()  # of each printed address, where it is first printed

    def page_of(self, anchor: str) -> str:
        """The page label of an anchor, or "" when it is not known."""
        return dict(self.pages).get(anchor, "")


def outline(document: Document) -> str:
    """The tree as indented text: the golden form used in tests and for comparing versions."""
    return "\n".join(_outline_lines(document)) + "\n"


def _outline_lines(document: Document) -> Iterator[str]:
    for part in document.parts:
        odd = " odd" if part.start is PartStart.ODD else ""
        yield f"[{part.role.value} {part.orientation.value}{odd}]"
        for block in part.blocks:
            yield from (f"  {line}" for line in _block_lines(block))


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {block.number}{block.text}"
        case Paragraph():
            yield f"{block.role.value}: {block.text}"
        case ListBlock():
            for item in block.items:
                yield f"{'1.' if block.ordered else '-'} {''.join(run.text for run in item)}"
        case Table():
            yield from _table_lines(block)
        case Figure():
            yield f"figure: {block.caption.label} {block.caption.text}"
        case DrawnFigure():
            yield f"drawn figure: {block.caption.label} {block.caption.text}"
            yield from (f"  {label.text}" for label in block.drawing.labels())
            yield from (f"  note: {note}" for note in block.notes)
        case SealBox():
            yield f"seal: {block.text}"
        case Contents():
            yield f"contents: {block.title}"
        case PageBreak():
            yield "page break"


def _table_lines(table: Table) -> Iterator[str]:
    caption = f"{table.caption.label} {table.caption.text}" if table.caption else ""
    yield f"table: {caption} {f'单位：{table.unit}' if table.unit else ''}".rstrip()
    for row in table.head:
        yield "  | " + " | ".join(cell.text for cell in row.cells) + " |"
    for row in table.body:
        mark = {RowRole.NORMAL: " ", RowRole.GROUP: "=", RowRole.TOTAL: "+"}[row.role]
        yield f"  {mark} " + " | ".join(cell.text for cell in row.cells)
    for note in table.notes:
        yield f"  note: {note}"
