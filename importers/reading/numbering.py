"""Which paragraphs of a document are headings and which are lines of lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.guard.markup import Attributes
from importers.guard.package import Package
from importers.reading.parts import walk

_DEEPEST = 9
_LONGEST_CHAIN = 20


@dataclass(slots=True)
class _Style:
    name: str = ""
    base: str = ""
    level: int = 0
    list_id: str = ""


@dataclass(slots=True)
class Headings:
    """The styles of a document, by id."""

    styles: dict[str, _Style] = field(default_factory=dict[str, _Style])
    _now: _Style | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element of the part begins."""
        if tag == "w:style":
            self._now = self.styles[attributes.get("w:styleId", "")] = _Style()
        elif self._now is not None:
            value = attributes.get("w:val", "")
            if tag == "w:name":
                self._now.name = value.lower()
            elif tag == "w:basedOn":
                self._now.base = value
            elif tag == "w:outlineLvl":
                self._now.level = outline_level(value)
            elif tag == "w:numId":
                self._now.list_id = value

    def end(self, tag: str) -> None:
        """An element of the part ends."""
        if tag == "w:style":
            self._now = None

    def level(self, style: str) -> int:
        """The level of the headings a style makes; 0 for text."""
        for _ in range(_LONGEST_CHAIN):
            found = self.styles.get(style)
            if found is None:
                return 0
            if found.level:
                return found.level
            named = found.name.removeprefix("heading ")
            if named != found.name and named.isdigit():
                return min(int(named[:2]), _DEEPEST)
            style = found.base
        return 0


def outline_level(value: str) -> int:
    """The level of a heading from an outline level, which counts from 0; 0 for body text."""
    return int(value) + 1 if value in tuple("012345678") else 0


@dataclass(slots=True)
class Lists:
    """The lists of a document: whether a level of one is numbered."""

    _abstract: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    _lists: dict[str, str] = field(default_factory=dict[str, str])
    _now: str = ""
    _level: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element of the part begins."""
        if tag == "w:abstractNum":
            self._now = attributes.get("w:abstractNumId", "")
            self._abstract[self._now] = {}
        elif tag == "w:lvl":
            self._level = attributes.get("w:ilvl", "0")
        elif tag == "w:numFmt" and self._now in self._abstract:
            self._abstract[self._now][self._level] = attributes.get("w:val", "")
        elif tag == "w:num":
            self._now = attributes.get("w:numId", "")
        elif tag == "w:abstractNumId":
            self._lists[self._now] = attributes.get("w:val", "")

    def is_numbered(self, list_id: str, level: str) -> bool:
        """Whether the lines of a list carry numbers."""
        levels = self._abstract.get(self._lists.get(list_id, ""), {})
        return levels.get(level, "decimal") not in ("bullet", "none")


def read_headings(package: Package, name: str) -> Headings:
    """The styles of a document."""
    found = Headings()
    if name and package.has(name):
        walk(package, name, found.start, found.end, lambda _: None)
    return found


def read_lists(package: Package, name: str) -> Lists:
    """The lists of a document."""
    found = Lists()
    if name and package.has(name):
        walk(package, name, found.start, lambda _: None, lambda _: None)
    return found
