"""What composing a volume needs at every step: view, counters, pictures, annexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from exporters.compose.labels import Labels, no_labels
from exporters.compose.numbering import Numbers
from exporters.compose.picture_sizes import picture_size
from exporters.compose.steps import Steps
from exporters.document import (
    Block,
    Caption,
    Cell,
    Column,
    Figure,
    PageMap,
    Paragraph,
    Run,
    Table,
    TableRow,
    WantedWidth,
)
from forms.heading_numbers import LAST_LEVEL
from forms.kinds import Kind, unit_of
from forms.picture_marks import PictureMark
from forms.values import PaperWidth, Picture
from forms.view import PlanView

PictureBytes = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a block being composed."""

    view: PlanView
    numbers: Numbers
    pictures: PictureBytes
    annexes: dict[str, str]  # key of the annex: its printed label, for those that are printed
    pages: PageMap | None = None  # where everything stood when it was last laid out
    anchors: dict[str, str] = field(default_factory=dict[str, str])  # section: anchor of its head
    away: Mapping[str, str] = field(default_factory=dict[str, str])  # annex: how one refers to it
    labels: Labels = field(default_factory=no_labels)  # what references are printed as
    is_counting: bool = False  # only numbers are wanted: tables stay empty
    steps: Steps = field(default_factory=Steps)

    def heading(self, level: int, text: str) -> Block:
        """A heading; before the first chapter and below the last level a line of its own."""
        if level > LAST_LEVEL or self.numbers.is_before_chapters:
            return Paragraph((Run(text, strong=True),))
        return self.numbers.heading(level, text)

    def annex(self, key: str) -> tuple[Run, ...]:
        """How one refers to a printed annex: its label, leading there when it is in this volume."""
        label = self.annexes[key]
        if key in self.away:
            return (Run(self.away[key].format(label)),)
        return (Run(label, target=annex_anchor(key)),)

    def draw(
        self, picture: Picture, caption: Caption, address: str, *, large: bool = False
    ) -> Figure:
        """A picture of the plan as a figure."""
        return Figure(
            picture=self.pictures(picture.sha256),
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            caption=caption,
            alt=caption.text,
            address=address,
            large=large,
            wanted=_wanted(picture.printed),
        )

    def draw_inline(self, mark: PictureMark, caption: str) -> Block:
        """A picture named inside prose; a line saying so when the plan does not hold it."""
        try:
            content = self.pictures(mark.sha256)
        except KeyError:
            content = b""
        size = picture_size(content)
        if size is None:
            return Paragraph((Run(f"（图片缺失：{caption}）"),))
        sides = (size.width, size.height)
        named = Picture(mark.sha256, caption, size.media_type, *sides, printed=mark.printed)
        return self.draw(named, self.numbers.figure(caption or "附图"), "")


def _wanted(width: PaperWidth | None) -> WantedWidth | None:
    return None if width is None else WantedWidth(width.amount, width.is_percent)


def annex_anchor(key: str) -> str:
    """The anchor of an annex's heading, known before the annex is composed."""
    return f"annex/{key}"


def labelled_pairs(
    pairs: list[tuple[str, str, str]], title: str, caption: Caption | None
) -> Iterator[Block]:
    """Short values as a table of label and value; the title heads it when it has no caption."""
    if pairs:
        rows = tuple(
            TableRow((Cell(label), Cell(text, address=address))) for label, text, address in pairs
        )
        head = TableRow((Cell("项目" if caption else title), Cell("内容")))
        yield Table((Column(16), Column(34)), (head,), rows, caption)


def value_with_unit(text: str, kind: Kind) -> str:
    """A figure followed by its unit."""
    unit = unit_of(kind)
    return f"{text} {unit}" if unit and unit != "%" else f"{text}{unit}"
