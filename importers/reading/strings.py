"""The shared texts of a workbook, without the readings that stand above them."""

from __future__ import annotations

import re

from importers.errors import Refused
from importers.guard.limits import LIMITS
from importers.guard.markup import Attributes
from importers.guard.package import Package
from importers.reading.parts import walk

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with what workbooks write as _x000D_ put back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class SharedTexts:
    """Collects the texts of one part."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._listens = self._skips = False

    def start(self, tag: str, _: Attributes) -> None:
        """An element begins."""
        if tag == "s:si":
            self._parts = []
        elif tag == "s:rPh":
            self._skips = True
        elif tag == "s:t":
            self._listens = not self._skips

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "s:si":
            self.texts.append(unescaped("".join(self._parts)))
        elif tag == "s:rPh":
            self._skips = False
        elif tag == "s:t":
            self._listens = False

    def text(self, text: str) -> None:
        """Some characters."""
        if self._listens:
            self._length += len(text)
            if self._length > LIMITS.told_characters:
                raise Refused("文字内容过多")
            self._parts.append(text)


def read_shared_texts(package: Package, name: str) -> list[str]:
    """The shared texts; none when the workbook has no such part."""
    found = SharedTexts()
    if name and package.has(name):
        walk(package, name, found.start, found.end, found.text)
    return found.texts
