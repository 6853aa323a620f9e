"""A received workbook as sheets of cells, read from its XML so that every figure is exact."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.guard.limits import LIMITS
from importers.guard.markup import Attributes
from importers.guard.package import Package
from importers.reading.outside import notes_on_parts
from importers.reading.parts import Link, links_of, walk
from importers.reading.sheet import Book, SheetReader
from importers.reading.strings import read_shared_texts
from importers.reading.styles import read_styles
from importers.received import Note, Sheet, Workbook

_MAIN = "xl/workbook.xml"


@dataclass(slots=True)
class _Outline:
    """The list of sheets in the main part: name, whether hidden, relationship."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list[tuple[str, bool, str]])
    is_1904: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "s:sheet":
            hidden = attributes.get("state", "visible") != "visible"
            name = attributes.get("name", "")[:100] or "（无名）"
            self.sheets.append((name, hidden, attributes.get("r:id", "")))
        elif tag == "s:workbookPr":
            self.is_1904 = attributes.get("date1904", "") in ("1", "true")


def read_workbook(package: Package, outside: int) -> Workbook:
    """The sheets of a checked package; `outside` is how many of its links lead out."""
    outline = _Outline()
    walk(package, _MAIN, outline.start, lambda _: None, lambda _: None)
    links = links_of(package, _MAIN)
    texts = read_shared_texts(package, _target(links, "sharedStrings"))
    styles = read_styles(package, _target(links, "styles"))
    book = Book(texts, styles, outline.is_1904)
    book.notes.extend(notes_on_parts(package, outside))
    sheets = tuple(
        sheet
        for name, hidden, link in outline.sheets[: LIMITS.sheets]
        if (sheet := _sheet(package, links.get(link), name, book, hidden=hidden)) is not None
    )
    if book.left_out:
        book.notes.append(Note("", "", f"另有 {book.left_out} 处说明没有逐条列出"))
    return Workbook(sheets, tuple(book.notes))


def _sheet(
    package: Package, link: Link | None, name: str, book: Book, *, hidden: bool
) -> Sheet | None:
    if link is None or not link.target or not package.has(link.target):
        book.note(name, "", "工作表的内容不在文件中，没有取")
        return None
    if link.kind != "worksheet":
        book.note(name, "", "不是普通工作表（图表或宏表），没有取")
        return None
    reader = SheetReader(name, book)
    walk(package, link.target, reader.start, reader.end, reader.text)
    return reader.sheet(hidden=hidden)


def _target(links: dict[str, Link], kind: str) -> str:
    return next((link.target for link in links.values() if link.kind == kind), "")
