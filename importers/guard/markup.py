"""Every XML part streamed once: no document type, bounded depth, size, places and spans.

A part that passes can be read a second time without fear of what its shape costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

from importers.errors import Refused
from importers.guard.deadline import Deadline
from importers.guard.limits import LIMITS
from importers.guard.package import DAMAGED, ZIP_ERRORS, Package

Attributes = dict[str, str]
_CHUNK = 1 << 16
_LOOK_AT = 4096
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf16"}
_ROW_DIGITS = 7
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes."""
        ...


def place_of(reference: str) -> tuple[int, int]:
    """Column and row of a reference such as B7, from 1; `Refused` when it is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Refused("有写错的单元格位置")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if column > _LAST_COLUMN or row > _LAST_ROW:
        raise Refused("有超出工作表的单元格位置")
    return column, row


def area_of(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a reference such as B2:C7; `Refused` when it is none."""
    start, _, end = reference.partition(":")
    left, top = place_of(start)
    right, bottom = place_of(end or start)
    if right < left or bottom < top:
        raise Refused("有写错的合并区域")
    return left, top, right, bottom


class Tally:
    """What has been counted over all parts of a package."""

    def __init__(self) -> None:
        self.elements = 0
        self.counts: dict[str, int] = {}
        self.outside = 0  # links that lead out of the file

    def count(self, what: str, most: int, words: str) -> None:
        """One more of something; `Refused` beyond the limit."""
        now = self.counts[what] = self.counts.get(what, 0) + 1
        if now > most:
            raise Refused(f"{words}过多（超过 {most:,}）", _SMALLER)


_SMALLER = "请只保留需要的工作表或章节，另存为一份较小的文件。"


class Scan:
    """One pass over one part."""

    def __init__(self, name: str, tally: Tally) -> None:
        self._tally = tally
        self._sheet = name.startswith(("xl/worksheets/", "xl/chartsheets/"))
        self._depth = self._run = self._nested = self._merged = 0
        self.moves = 0
        self._rules: dict[str, Callable[[Attributes], None]] = {
            "Relationship": self._relationship,
            "sheet": lambda _: tally.count("sheets", LIMITS.sheets, "工作表"),
            "xf": lambda _: tally.count("styles", LIMITS.styles, "单元格样式"),
            "definedName": lambda _: tally.count("names", LIMITS.names, "定义的名称"),
            "si": lambda _: tally.count("strings", LIMITS.cells, "文字单元格"),
            "tbl": self._table,
            "tc": lambda _: tally.count("cells", LIMITS.cells, "单元格"),
            "gridCol": lambda _: tally.count("grid", LIMITS.rows, "表格列"),
            "gridSpan": self._span,
            "gridBefore": self._span,
            "gridAfter": self._span,
            "p": lambda _: tally.count("paragraphs", LIMITS.paragraphs, "段落"),
            "r": lambda _: tally.count("runs", LIMITS.runs, "文字片段"),
        }
        if self._sheet:
            self._rules |= {"c": self._cell, "row": self._row, "mergeCell": self._merge}

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        self.moves += 1
        self._depth += 1
        self._run = 0
        tally = self._tally
        tally.elements += 1
        if self._depth > LIMITS.depth:
            raise Refused("内容嵌套过深")
        if tally.elements > LIMITS.elements:
            raise Refused("内容过多", _SMALLER)
        for value in attributes.values():
            if len(value) > LIMITS.attribute:
                raise Refused("有异常长的属性")
        rule = self._rules.get(tag.rpartition(":")[2])
        if rule is not None:
            rule(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.moves += 1
        self._depth -= 1
        self._run = 0
        if tag.rpartition(":")[2] == "tbl":
            self._nested -= 1

    def text(self, text: str) -> None:
        """Some characters."""
        self.moves += 1
        self._run += len(text)
        if self._run > LIMITS.text:
            raise Refused("有异常长的文字")

    def other(self, *_: object) -> None:
        """A comment, an instruction, or white space outside."""
        self.moves += 1
        self._tally.count("remarks", LIMITS.elements, "注释")

    def _cell(self, attributes: Attributes) -> None:
        self._tally.count("cells", LIMITS.cells, "单元格")
        if "r" in attributes:
            _check_near(*place_of(attributes["r"]))

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "1")
        if not (number.isascii() and number.isdigit()) or len(number) > _ROW_DIGITS:
            raise Refused("有写错的行号")
        _check_near(1, int(number))
        self._tally.count("rows", LIMITS.cells, "行")

    def _merge(self, attributes: Attributes) -> None:
        left, top, right, bottom = area_of(attributes.get("ref", ""))
        _check_near(right, bottom)
        self._tally.count("merges", LIMITS.merges, "合并区域")
        self._merged += (right - left + 1) * (bottom - top + 1)
        if self._merged > LIMITS.merged_cells:
            raise Refused("合并区域过大", "请取消整行、整列的合并后另存，再试一次。")

    def _span(self, attributes: Attributes) -> None:
        value = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "val"), "1")
        if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > LIMITS.span:
            raise Refused("表格中有异常的跨列")

    def _table(self, _: Attributes) -> None:
        self._nested += 1
        if self._nested > LIMITS.nested_tables:
            raise Refused("表格嵌套过深")

    def _relationship(self, attributes: Attributes) -> None:
        self._tally.count("links", LIMITS.links, "链接")
        if attributes.get("TargetMode", "").lower() == "external":
            self._tally.outside += 1


def check_markup(package: Package) -> Tally:
    """Stream every XML part of a package; what was counted, or `Refused`."""
    tally = Tally()
    for name in package.xml_parts:
        scan = Scan(name, tally)
        with package.open(name) as part:
            stream(part, scan, package.deadline)
    return tally


def stream(part: Readable, scan: Scan, deadline: Deadline) -> None:
    """Feed one part to a parser that knows no document types."""
    parser = hardened_parser()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.CommentHandler = parser.ProcessingInstructionHandler = scan.other
    silent = moves = 0
    for chunk in chunks(part):
        feed(parser, chunk, last=False)
        silent = silent + len(chunk) if scan.moves == moves else 0
        moves = scan.moves
        if silent > LIMITS.silent_bytes:
            raise Refused("有异常长的内容")
        deadline.check()
    feed(parser, b"", last=True)


def hardened_parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser that refuses a document type, and with it every entity."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.EntityDeclHandler = _refuse_type
    parser.ExternalEntityRefHandler = _refuse_type
    return parser


def feed(parser: expat.XMLParserType, chunk: bytes, *, last: bool) -> None:
    """Hand a chunk to the parser; what is no XML is `Refused`."""
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise Refused("内容不是完整的 XML，文件可能已损坏") from error


def chunks(part: Readable) -> Iterator[bytes]:
    """A part piece by piece, its declared encoding checked first; `Refused` when damaged."""
    first = True
    try:
        while chunk := part.read(_CHUNK):
            if first:
                _check_encoding(chunk[:_LOOK_AT])
                first = False
            yield chunk
    except ZIP_ERRORS as error:
        raise Refused(DAMAGED) from error


def _check_encoding(start: bytes) -> None:
    """Another encoding would make the parser look for a codec by a name the file chose."""
    found = _DECLARED.search(start.replace(b"\x00", b""))
    if found is not None and found[1].decode("ascii").lower() not in _ENCODINGS:
        raise Refused("内容用了不常见的文字编码")


def _check_near(column: int, row: int) -> None:
    if row > LIMITS.rows or column > LIMITS.columns:
        raise Refused(
            "有离表格很远的单元格或过多的行列",
            "请删除表格以外的行和列后另存，再试一次。",
        )


def _refuse_type(*_: object) -> int:
    raise Refused("内容中有文档类型声明（可用来夹带其他文件）")
