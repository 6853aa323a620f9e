"""The number formats of a workbook, by the style index of a cell."""

from __future__ import annotations

from importers.guard.markup import Attributes
from importers.guard.package import Package
from importers.reading.numbers import format_of
from importers.reading.parts import walk

_LONGEST = 6
_LONGEST_CODE = 255  # what Excel allows


class Styles:
    """What is needed of `styles.xml`: the format code of each cell style."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._inside = False

    def code(self, style: str) -> str:
        """The format code of a style index; "" for plain numbers and unknown styles."""
        at = int(style) if style.isascii() and style.isdigit() else 0
        number = self._styles[at] if at < len(self._styles) else 0
        return format_of(number, self._codes.get(number))

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element of the part begins."""
        if tag == "s:numFmt":
            code = attributes.get("formatCode", "")
            self._codes[_whole(attributes.get("numFmtId", ""))] = code[:_LONGEST_CODE]
        elif tag == "s:cellXfs":
            self._inside = True
        elif tag == "s:xf" and self._inside:
            self._styles.append(_whole(attributes.get("numFmtId", "")))

    def end(self, tag: str) -> None:
        """An element of the part ends."""
        if tag == "s:cellXfs":
            self._inside = False


def read_styles(package: Package, name: str) -> Styles:
    """The styles of a workbook; plain ones when it has none."""
    styles = Styles()
    if name and package.has(name):
        walk(package, name, styles.start, styles.end, lambda _: None)
    return styles


def _whole(text: str) -> int:
    is_small = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if is_small else 0
