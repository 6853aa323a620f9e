"""A received document as headings, paragraphs, lists, tables and pictures, in their order.

The XML is walked as it comes: what a table looks like costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from importers.errors import Refused
from importers.guard.limits import LIMITS, MOST_PICTURE_BYTES, MOST_PICTURES
from importers.guard.markup import Attributes
from importers.guard.package import Package
from importers.guard.pictures import clean_picture
from importers.reading.numbering import Headings, Lists, outline_level, read_headings, read_lists
from importers.reading.outside import notes_on_parts
from importers.reading.parts import Link, links_of, walk
from importers.reading.word_tables import Tables, small
from importers.received import (
    Block,
    CleanPicture,
    Drawn,
    Item,
    Note,
    Paragraph,
    Words,
)

_MAIN = "word/document.xml"
# What these hold is not read: other versions of the same thing, and what was deleted or moved away.
_SKIPPED = {
    "mc:Fallback": "",
    "w:del": "含修订中已删除的文字，没有取",
    "w:moveFrom": "含修订中移走的文字，没有取",
    "w:txbxContent": "含文本框中的文字，没有取",
    "w:instrText": "",
    "w:pPrChange": "",
    "w:rPrChange": "",
    "w:object": "含嵌入的对象，没有打开",
}
_SAID = {
    "w:footnoteReference": "含脚注，没有取",
    "w:endnoteReference": "含尾注，没有取",
    "w:altChunk": "含插入的整篇文件，没有读取",
    "w:ins": "含修订中新增的文字，已按新增后的取",
    "w:sym": "含特殊符号字体的字符，没有取",
    "m:oMath": "含公式，只取了其中的文字",
    "v:imagedata": "含旧式图片，没有取",
}
_CHARACTERS = {
    "w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "",
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """The paragraph being read."""

    parts: list[str] = field(default_factory=list[str])
    pictures: list[str] = field(default_factory=list[str])
    style: str = ""
    level: int = -1
    list_id: str = ""
    list_level: str = "0"


class WordReader:
    """Turns the events of the main part into blocks."""

    def __init__(self, headings: Headings, lists: Lists) -> None:
        self.blocks: list[Block] = []
        self.pictures: list[str] = []
        self.said: dict[str, int] = {}
        self._headings, self._lists = headings, lists
        self._paragraphs: list[_Open] = []
        self._tables = Tables(self._say)
        self._skipping: list[str] = []
        self._listens = self._is_hidden = False
        self._told = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "w:p": lambda _: self._paragraphs.append(_Open()),
            "w:pStyle": self._style,
            "w:outlineLvl": self._outline,
            "w:numId": self._list,
            "w:ilvl": self._list_level,
            "w:r": self._run,
            "w:vanish": self._hide,
            "w:t": self._listen,
            "m:t": self._listen,
            "w:tbl": self._tables.begin_table,
            "w:tr": self._tables.begin_row,
            "w:tc": self._tables.begin_cell,
            "w:gridSpan": self._tables.span,
            "w:gridBefore": self._tables.before,
            "w:vMerge": self._tables.merge,
            "a:blip": self._picture,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skipping or tag in _SKIPPED:
            if not self._skipping and _SKIPPED[tag]:
                self._say(_SKIPPED[tag])
            self._skipping.append(tag)
            return
        if tag in _SAID:
            self._say(_SAID[tag])
        if tag in _CHARACTERS:
            self._put(_CHARACTERS[tag])
        begin = self._starts.get(tag)
        if begin is not None:
            begin(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping.pop()
        elif tag == "w:p":
            self._end_paragraph(self._paragraphs.pop())
        elif tag in ("w:t", "m:t"):
            self._listens = False
        elif tag == "w:r":
            self._is_hidden = False
        elif tag == "w:tc":
            self._tables.end_cell()
        elif tag == "w:tbl":
            grid = self._tables.end_table()
            if grid is not None:
                self.blocks.append(grid)

    def text(self, text: str) -> None:
        """Some characters."""
        if self._listens and not self._skipping:
            self._put(text)

    def _say(self, words: str) -> None:
        self.said[words] = self.said.get(words, 0) + 1

    def _put(self, text: str) -> None:
        if not self._paragraphs:
            return
        if self._is_hidden:
            self._say("含隐藏的文字，没有取")
            return
        self._told += len(text)
        if self._told > LIMITS.told_characters:
            raise Refused("文字内容过多")
        self._paragraphs[-1].parts.append(text)

    def _listen(self, _: Attributes) -> None:
        self._listens = True

    def _run(self, _: Attributes) -> None:
        self._is_hidden = False

    def _hide(self, attributes: Attributes) -> None:
        self._is_hidden = attributes.get("w:val", "true") not in ("0", "false", "off")

    def _style(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = attributes.get("w:val", "")

    def _outline(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = outline_level(attributes.get("w:val", ""))

    def _list(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_id = attributes.get("w:val", "")

    def _list_level(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_level = attributes.get("w:val", "0")

    def _picture(self, attributes: Attributes) -> None:
        if not self._paragraphs:
            return
        if "r:embed" in attributes:
            self._paragraphs[-1].pictures.append(attributes["r:embed"])
        elif "r:link" in attributes:
            self._say("含链接到文件之外的图片，没有取")

    def _end_paragraph(self, paragraph: _Open) -> None:
        text = "".join(paragraph.parts)
        if self._tables.is_open:
            self._tables.put(text)
            if paragraph.pictures:
                self._say("含表格中的图片，没有取")
            return
        if text.strip():
            self.blocks.append(self._block(paragraph, text))
        for link in paragraph.pictures:
            self.blocks.append(Drawn(len(self.pictures)))
            self.pictures.append(link)

    def _block(self, paragraph: _Open, text: str) -> Block:
        level = paragraph.level
        if level < 0:
            level = self._headings.level(paragraph.style)
        if level:
            return Paragraph(" ".join(text.split("\n")), level)
        style = self._headings.styles.get(paragraph.style)
        list_id = paragraph.list_id or (style.list_id if style else "")
        if list_id and list_id != "0":
            ordered = self._lists.is_numbered(list_id, paragraph.list_level)
            depth = small(paragraph.list_level)
            return Item(" ".join(text.split("\n")), ordered, depth)
        return Paragraph(text)


def read_words(package: Package, outside: int) -> Words:
    """The blocks of a checked package; `outside` is how many of its links lead out."""
    links = links_of(package, _MAIN)
    target = {link.kind: link.target for link in links.values()}
    reader = WordReader(
        read_headings(package, target.get("styles", "")),
        read_lists(package, target.get("numbering", "")),
    )
    walk(package, _MAIN, reader.start, reader.end, reader.text)
    notes = notes_on_parts(package, outside)
    notes += [
        Note("", "", f"{words}（{count} 处）" if count > 1 else words)
        for words, count in reader.said.items()
    ]
    return _with_pictures(package, reader, links, notes)


def _with_pictures(
    package: Package, reader: WordReader, links: dict[str, Link], notes: list[Note]
) -> Words:
    """Each picture made anew; one that cannot be is left out and told."""
    kept: dict[int, int] = {}
    pictures: list[CleanPicture] = []
    total = 0
    for place, name in enumerate(reader.pictures):
        link = links.get(name)
        try:
            if link is None or not link.target or not package.has(link.target):
                raise Refused("不在文件中")
            if len(pictures) >= MOST_PICTURES or total > MOST_PICTURE_BYTES:
                raise Refused("图片过多")
            picture = clean_picture(package.read(link.target, MOST_PICTURE_BYTES))
        except Refused as refused:
            notes.append(Note("", "", f"第 {place + 1} 张图片没有取：{refused.reason}"))
            continue
        kept[place] = len(pictures)
        total += len(picture.content)
        pictures.append(picture)
    blocks = tuple(_kept(reader.blocks, kept))
    return Words(blocks, tuple(pictures), tuple(notes))


def _kept(blocks: list[Block], kept: dict[int, int]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Drawn):
            yield block
        elif block.picture in kept:
            yield Drawn(kept[block.picture])
