"""Reads a Word file back as a person sees it: printed numbers, cell grids, sections, anchors.

It walks the XML, because python-docx passes over everything inside content controls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZipFile

Xml: TypeAlias = Any  # an element of lxml, which has no types
etree: Any = import_module("lxml.etree")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHINESE = "零一二三四五六七八九"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass(frozen=True)
class Line:
    """A paragraph as printed."""

    style: str  # its name, not its id
    text: str  # with the number Word puts before it
    in_table: bool
    element: Xml


@dataclass(frozen=True)
class Section:
    """The sheet and page numbers of a section."""

    width_mm: float
    height_mm: float
    margins_mm: tuple[float, float, float, float]  # top, right, bottom, left
    turned: bool
    counting: str  # "" for no page number
    start: str
    footers: tuple[str, str]  # printed text of odd and even pages
    line_pitch: int


class WordFile:
    """A .docx file taken apart."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.document = self.tree("word/document.xml")
        self.styles = self.tree("word/styles.xml")
        self.style_names = {
            style.get(w("styleId")): style.find(w("name")).get(w("val"))
            for style in self.styles.iter(w("style"))
        }

    def tree(self, name: str) -> Xml:
        return etree.fromstring(self.parts[name])

    def style(self, name: str) -> Xml:
        return next(
            style
            for style in self.styles.iter(w("style"))
            if style.find(w("name")).get(w("val")) == name
        )

    @cached_property
    def lines(self) -> list[Line]:
        counter = _Counter(self.tree("word/numbering.xml"), self.styles)
        return [self._line(element, counter) for element in self.document.iter(w("p"))]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(line.style[-1]), line.text)
            for line in self.lines
            if line.style.startswith("heading ")
        ]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Entries with their pages."""
        entries = (line.text for line in self.lines if line.style.startswith("toc "))
        return [(text, page) for text, _, page in (entry.partition("\t") for entry in entries)]

    @property
    def tables(self) -> list[list[list[str | None]]]:
        """Each table as a full grid; None where a cell reaches in from the left or from above."""
        return [
            [list(_cells(row)) for row in table.iter(w("tr"))]
            for table in self.document.iter(w("tbl"))
        ]

    @property
    def controls(self) -> list[tuple[str, str]]:
        """Content controls: tag and text."""
        return [
            (control.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")), text_of(control))
            for control in self.document.iter(w("sdt"))
        ]

    @property
    def bookmarks(self) -> list[tuple[str, str]]:
        """Bookmarks: name and the text between start and end."""
        found: list[tuple[str, str]] = []
        for start in self.document.iter(w("bookmarkStart")):
            texts: list[str] = []
            for element in start.itersiblings():
                if element.tag == w("bookmarkEnd") and element.get(w("id")) == start.get(w("id")):
                    break
                texts.append(text_of(element))
            else:
                raise AssertionError(f"bookmark {start.get(w('name'))} never ends")
            found.append((start.get(w("name")), "".join(texts)))
        return found

    @property
    def properties(self) -> dict[str, str]:
        return {
            each.get("name"): "".join(each.itertext()) for each in self.tree("docProps/custom.xml")
        }

    @property
    def fields(self) -> list[str]:
        return [each.text.strip() for each in self.document.iter(w("instrText"))]

    @property
    def sections(self) -> list[Section]:
        return [self._section(each) for each in self.document.iter(w("sectPr"))]

    def _line(self, element: Xml, counter: _Counter) -> Line:
        style = element.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))
        in_table = any(each.tag == w("tc") for each in element.iterancestors())
        text = counter.number(element, style) + text_of(element)
        return Line(self.style_names[style], text, in_table, element)

    def _section(self, section: Xml) -> Section:
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        numbers = section.find(w("pgNumType"))
        attributes = {} if numbers is None else dict(numbers.attrib)
        odd, even = (self._footer(section, kind) for kind in ("default", "even"))
        return Section(
            _mm(size.get(w("w"))),
            _mm(size.get(w("h"))),
            (
                _mm(margins.get(w("top"))),
                _mm(margins.get(w("right"))),
                _mm(margins.get(w("bottom"))),
                _mm(margins.get(w("left"))),
            ),
            size.get(w("orient")) == "landscape",
            attributes.get(w("fmt"), ""),
            attributes.get(w("start"), ""),
            (odd, even),
            int(section.find(w("docGrid")).get(w("linePitch"))),
        )

    def _footer(self, section: Xml, kind: str) -> str:
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        relationship = next(
            each.get(key)
            for each in section.findall(w("footerReference"))
            if each.get(w("type")) == kind
        )
        target = next(
            each.get("Target")
            for each in self.tree("word/_rels/document.xml.rels")
            if each.get("Id") == relationship
        )
        return text_of(self.tree(f"word/{target}"))


def text_of(element: Xml) -> str:
    """The printed text of an element: field results without field codes."""
    pieces = {w("tab"): "\t", w("br"): "\n"}
    return "".join(
        (each.text or "") if each.tag == w("t") else pieces[each.tag]
        for each in element.iter(w("t"), w("br"), w("tab"))
        if each.getparent().tag == w("r")
    )


def _cells(row: Xml) -> Iterator[str | None]:
    for cell in row.findall(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        covered = merge is not None and merge.get(w("val")) is None
        yield None if covered else text_of(cell)
        yield from (None for _ in range(1, int(span.get(w("val"))) if span is not None else 1))


def _mm(twips: str) -> float:
    return round(int(twips) / 1440 * 25.4, 1)


class _Counter:
    """Counts list paragraphs as Word does."""

    def __init__(self, numbering: Xml, styles: Xml) -> None:
        abstracts = {
            each.get(w("abstractNumId")): each for each in numbering.iter(w("abstractNum"))
        }
        self.lists = {
            each.get(w("numId")): abstracts[each.find(w("abstractNumId")).get(w("val"))]
            for each in numbering.iter(w("num"))
        }
        self.restarting = {
            each.get(w("numId"))
            for each in numbering.iter(w("num"))
            if each.find(f"{w('lvlOverride')}/{w('startOverride')}") is not None
        }
        self.styles = {
            each.get(w("styleId")): each.find(f"{w('pPr')}/{w('numPr')}")
            for each in styles.iter(w("style"))
        }
        self.counts: dict[object, list[int]] = {}

    def number(self, paragraph: Xml, style: str) -> str:
        place = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        place = self.styles[style] if place is None else place
        if place is None:
            return ""
        identity = place.find(w("numId")).get(w("val"))
        if identity == "0":
            return ""
        depth = int(place.find(w("ilvl")).get(w("val")))
        counts = self._counts(identity)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        level = self.lists[identity].findall(w("lvl"))[depth]
        counting = level.find(w("numFmt")).get(w("val"))
        printed = _chinese(counts[depth]) if counting.startswith("chinese") else str(counts[depth])
        gap = " " if level.find(w("suff")).get(w("val")) == "space" else ""
        return level.find(w("lvlText")).get(w("val")).replace(f"%{depth + 1}", printed) + gap

    def _counts(self, identity: str) -> list[int]:
        abstract = self.lists[identity]
        if identity in self.restarting:
            self.restarting.discard(identity)
            self.counts[abstract] = [0] * 9
        return self.counts.setdefault(abstract, [0] * 9)


def _chinese(number: int) -> str:
    if number < 10:
        return CHINESE[number]
    tens, ones = divmod(number, 10)
    return (CHINESE[tens] if tens > 1 else "") + "十" + (CHINESE[ones] if ones else "")
